#pragma once
// Everything that lives while the engine starts and runs: the feeds that read from it, the models on them, and the console over those. Ui thread.

#include "app/console/console.h"
#include "backend/engine/engine_thread.h"
#include "models/nodes/activations/activations_feed.h"
#include "models/nodes/activations/approvals_feed.h"
#include "models/nodes/agentbuilds/agent_builds_feed.h"
#include "models/nodes/fleet/fleet_feed.h"
#include "models/nodes/fleet/hardware_feed.h"
#include "models/nodes/fleet/node_feed.h"
#include "models/nodes/profiles/profiles_feed.h"
#include "models/nodes/rollover/ca_roll_over_feed.h"
#include "models/nodes/runcommand/run_feed.h"
#include "models/nodes/sessions/recording_search_feed.h"
#include "models/nodes/sessions/session_links_feed.h"
#include "models/nodes/sessions/sessions_feed.h"
#include "models/nodes/sessions/tunnels_feed.h"
#include "models/nodes/tools/account_feed.h"
#include "models/nodes/tools/file_feed.h"
#include "models/nodes/tools/journal_feed.h"
#include "models/nodes/tools/performance_feed.h"
#include "models/nodes/tools/process_feed.h"
#include "models/nodes/tools/service_feed.h"
#include "models/nodes/tools/transfer_feed.h"
#include "models/setup/first_steps.h"
#include "models/setup/key_backup.h"
#include "models/shared/audit/audit_feed.h"
#include "models/shared/documents/documents_feed.h"
#include "models/shared/events/events_feed.h"
#include "models/shared/fleetsettings/fleet_settings_feed.h"

namespace fb {

class OpenConsole : public QObject
{
    Q_OBJECT
public:
    struct Setup {
        QString dataDir;
        QString agentProgram; // of the demo fleet
        QString language; // empty: as kept
        QString theme; // empty: as kept
        QString operatorName;
        KeyPlace keyPlace = KeyPlace::None;
        bool tookOver = false; // from a headless engine
        std::function<QString()> whyNotHeadless; // as in ConsoleFacts
        bool demo = false; // start the demo fleet at once
    };

    // Shown at once; lists fill when the engine has started.
    OpenConsole(EngineThread &engine, KeyBackup &keyBackup, SignInViewModel &signIn, const Setup &setup);
    ~OpenConsole() override; // leave() was called, and the engine has stopped

    // Ends all that speaks with the engine but the feeds: those may still be called by it until it has stopped.
    void leave();
    // Its operator has left, and the engine goes on: windows, desktops, tunnels and the demo fleet end. The models stay until leave(), for
    // answers that are still on their way; nobody sees them, and the next operator gets an OpenConsole of their own.
    void retire();
    void setStarted(const EngineInfo &info);

    Console &console() { return *m_console; }
    DemoFleet &demo() { return *m_demo; }
    FleetViewModel &fleet() { return *m_fleet; }
    RunsViewModel &runs() { return *m_runs; }

private:
    void start(bool demo);
    void watchStore();
    void readRoom();

    EngineThread &m_engine;
    FleetFeed m_fleetFeed;
    NodeFeed m_nodeFeed;
    ProcessFeed m_processFeed;
    AccountFeed m_accountFeed;
    PerformanceFeed m_performanceFeed;
    ServiceFeed m_serviceFeed;
    JournalFeed m_journalFeed;
    FileFeed m_fileFeed;
    TransferFeed m_transferFeed;
    ActivationsFeed m_activationsFeed;
    ApprovalsFeed m_approvalsFeed;
    HardwareFeed m_hardwareFeed;
    ProfilesFeed m_profilesFeed;
    RunFeed m_runFeed;
    SessionsFeed m_sessionsFeed;
    RecordingSearchFeed m_recordingsFeed;
    SessionLinksFeed m_linksFeed;
    DocumentsFeed m_documentsFeed;
    EventsFeed m_eventsFeed;
    AuditFeed m_auditFeed;
    FleetSettingsFeed m_fleetSettingsFeed;
    AgentBuildsFeed m_agentBuildsFeed;
    CaRollOverFeed m_rollOverFeed;
    DraftStore m_drafts;
    ConsoleSettings m_settings;
    SystemClock m_clock;
    TunnelsFeed m_tunnelsFeed;
    // In the order they are made; leave() ends them the other way round.
    std::unique_ptr<FleetViewModel> m_fleet;
    std::unique_ptr<RunsViewModel> m_runs;
    std::unique_ptr<DemoFleet> m_demo;
    std::unique_ptr<SessionsViewModel> m_sessions;
    std::unique_ptr<RecordingSearchViewModel> m_recordings;
    std::unique_ptr<TunnelsViewModel> m_tunnels;
    std::unique_ptr<RemoteDesktops> m_desktops;
    std::unique_ptr<DocumentsViewModel> m_documents;
    std::unique_ptr<EventsViewModel> m_events;
    std::unique_ptr<AuditViewModel> m_audit;
    std::unique_ptr<ActivationsViewModel> m_activations;
    std::unique_ptr<ApprovalsViewModel> m_approvals;
    std::unique_ptr<HardwareViewModel> m_hardware;
    std::unique_ptr<ProfilesViewModel> m_profiles;
    std::unique_ptr<FleetSettingsViewModel> m_fleetSettings;
    std::unique_ptr<AgentBuildsViewModel> m_agentBuilds;
    std::unique_ptr<CaRollOverViewModel> m_rollOver;
    std::unique_ptr<FirstSteps> m_firstSteps;
    std::unique_ptr<Console> m_console;
};

}
