#pragma once
// Puts the console together: models in, a window out; theme and language switch while it runs. Engine-free, so that tests give it
// models of their own. Ui thread.

#include "app/console/language.h"
#include "app/console/look.h"
#include "models/activity/desktop_notices.h"
#include "models/activity/engine_pulse.h"
#include "models/activity/export_activities.h"
#include "models/activity/fleet_notices.h"
#include "models/activity/run_activities.h"
#include "models/activity/store_room.h"
#include "models/drafts/draft_store.h"
#include "models/nodes/activations/activations_source.h"
#include "models/nodes/activations/approvals_source.h"
#include "models/nodes/agentbuilds/agent_builds_view_model.h"
#include "models/nodes/fleet/demo_fleet.h"
#include "models/nodes/fleet/fleet_view_model.h"
#include "models/nodes/fleet/hardware_source.h"
#include "models/nodes/fleet/node_source.h"
#include "models/nodes/profiles/profiles_source.h"
#include "models/nodes/rollover/ca_roll_over_view_model.h"
#include "models/nodes/runcommand/runs_view_model.h"
#include "models/nodes/sessions/recording_match.h"
#include "models/nodes/sessions/remote_desktop.h"
#include "models/nodes/sessions/session_desk_model.h"
#include "models/nodes/sessions/sessions_source.h"
#include "models/nodes/sessions/tunnels_source.h"
#include "models/nodes/tools/tool_sources.h"
#include "models/settings/console_settings.h"
#include "models/setup/first_steps.h"
#include "models/setup/key_backup.h"
#include "models/shared/audit/audit_source.h"
#include "models/shared/documents/documents_source.h"
#include "models/shared/events/events_view_model.h"
#include "models/shared/fleetsettings/fleet_settings_source.h"
#include "models/signin/sign_in_view_model.h"
#include "models/terminal/terminal_thread.h"
#include "ui/activity/desktop_notifier.h"
#include "ui/nodes/sessions/desktop_screens.h"
#include "ui/shell/main_window.h"
#include "ui/theme/color_scheme_watch.h"

#include <vector>

namespace fb {

struct ConsoleFeature;

struct ConsoleModels {
    FleetViewModel &fleet;
    RunsViewModel &runs;
    DemoFleet &demo;
    SessionsViewModel &sessions;
    SessionLinksSource &links; // what open sessions speak through
    DocumentsViewModel &documents;
    DraftStore &drafts;
    EventsViewModel &events;
    AuditViewModel &audit;
    ActivationsViewModel &activations;
    ApprovalsViewModel &approvals;
    HardwareViewModel &hardware; // possible clones
    ProfilesViewModel &profiles;
    NodeSource &nodes; // what the page of one node shows
    ToolSources tools; // live, on one node
    ConsoleSettings &settings;
    KeyBackup &keyBackup;
    FirstSteps &firstSteps;
    TunnelsViewModel &tunnels;
    RecordingSearchViewModel &recordings;
    RemoteDesktops &desktops;
    FleetSettingsViewModel &fleetSettings;
    AgentBuildsViewModel &agentBuilds;
    CaRollOverViewModel &rollOver;
    SignInViewModel &signIn;
};

enum class KeyPlace { None, Keychain, Passphrase };

// No words of it: those are of the language that is spoken when they are shown.
struct ConsoleFacts {
    QString operatorName;
    QString dataDir;
    bool hasStarted = false; // the engine
    QString store; // "SQLite, 1.2 MiB"
    KeyPlace keyPlace = KeyPlace::None; // where the master key is
    bool tookOver = false; // from a headless engine
    std::function<QString()> whyNotHeadless; // why no engine can go on without the console; empty: it can
};

class Console : public QObject
{
    Q_OBJECT
public:
    Console(ConsoleModels models, const ConsoleFacts &facts, QObject *parent = nullptr);
    ~Console() override;

    // Language and text size rebuild the window at the same address; the theme is changed in place.
    void setLanguage(const QString &code);
    void setScheme(SchemeChoice choice);
    void setTextSize(int pixels); // 11 to 26; 0: as the system
    QString keyWord() const; // empty: not known
    QString roleWord() const;
    const ConsoleFacts &facts() const { return m_facts; }
    void show();
    MainWindow &window() { return *m_window; }
    void openComposer(const QStringList &nodeIds); // empty: no targets yet
    void openStartSession(const QStringList &nodeIds); // empty: none chosen yet
    SessionDeskModel &desk() { return m_desk; }
    void setKeysGoTo(const QString &node); // its terminal has the focus; empty: none has
    void openComposerWith(const RunRequest &request); // filled in as an earlier run was
    void setFacts(const ConsoleFacts &facts);
    void warn(const QString &statement, const QString &sentence); // a banner above every page
    void endWarning();
    void setStoreRoom(const StoreRoom &room); // of the artifacts
    // Asked once a second whether the engine answers; without it that is taken for granted.
    void watchEngine(EnginePulse::Ask ask);
    void openKeyBackup();
    void openHeadlessSetUp();
    void openFirstAdministrator();
    void tell(const QString &statement, const QString &sentence); // among the notifications
    ActivityList &activities() { return m_activities; }
    NoticeList &notices() { return m_notices; }

signals:
    void storeChangeRequested(); // the welcome is to be shown again
    void headlessRequested(); // end, and let an engine go on

private:
    void build(const Navigator::Steps &steps);
    QList<ConsoleFeature> features(); // in the order of the sidebar
    QList<ShellCommand> lookCommands();
    QList<ShellCommand> quitCommands();
    QList<ShellCommand> operatorCommands();
    void openChangePassword();
    void openTwoStep();
    void updateAllowed();
    void updateStatus();
    void updatePulse();
    StatusItem engineItem() const;
    QString whyNotHeadless() const { return m_facts.whyNotHeadless ? m_facts.whyNotHeadless() : QString(); }
    QList<DockEntry> docks();
    void askCancel(const Activity &activity);
    void showNotice(const Notice &notice);
    bool mayClose(); // else a sheet asks
    void keepHeadless();
    void applyScheme();
    void rebuild();
    void onSettingChanged(const QString &key);
    class Composer *makeComposer();
    class Sheet *openSheet() const; // the one that is shown; null: none

    ConsoleModels m_models;
    ConsoleFacts m_facts;
    Language m_language;
    ColorSchemeWatch m_schemeWatch;
    TerminalThread m_terminals; // of the sessions, and of the recordings that are played
    SessionDeskModel m_desk;
    DesktopScreens m_screens; // of the remote desktops: they outlive the windows
    QString m_keysGoTo;
    std::unique_ptr<MainWindow> m_window;
    std::vector<std::unique_ptr<MainWindow>> m_leaving; // of the look before, until their event is over
    QPair<QString, QString> m_warning;
    StoreRoom m_storeRoom;
    ActivityList m_activities;
    NoticeList m_notices;
    RunActivities m_runActivities;
    ExportActivities m_exports;
    FleetNotices m_fleetNotices;
    DesktopNotices m_desktopNotices;
    DesktopNotifier m_desktop;
    std::unique_ptr<EnginePulse> m_pulse;
    bool m_quits = false; // was asked and said yes
};

}
