#pragma once
// The console's own window over fake sources, as each gui test opens it.

#include "app/console/console.h"
#include "tests/support/manual_clock.h"
#include "tests/support/models/fake_account_source.h"
#include "tests/support/models/fake_activations_source.h"
#include "tests/support/models/fake_agent_builds_source.h"
#include "tests/support/models/fake_approvals_source.h"
#include "tests/support/models/fake_audit_source.h"
#include "tests/support/models/fake_ca_roll_over_source.h"
#include "tests/support/models/fake_documents_source.h"
#include "tests/support/models/fake_events_source.h"
#include "tests/support/models/fake_file_source.h"
#include "tests/support/models/fake_fleet_settings_source.h"
#include "tests/support/models/fake_hardware_source.h"
#include "tests/support/models/fake_journal_source.h"
#include "tests/support/models/fake_key_backup.h"
#include "tests/support/models/fake_node_source.h"
#include "tests/support/models/fake_performance_source.h"
#include "tests/support/models/fake_process_source.h"
#include "tests/support/models/fake_profiles_source.h"
#include "tests/support/models/fake_recording_search.h"
#include "tests/support/models/fake_service_source.h"
#include "tests/support/models/fake_session_links_source.h"
#include "tests/support/models/fake_sessions_source.h"
#include "tests/support/models/fake_sign_in_source.h"
#include "tests/support/models/fake_sources.h"
#include "tests/support/models/fake_tunnels_source.h"

#include <QTemporaryDir>

namespace fb::test {

class ConsoleFixture
{
public:
    enum class Fleet { Empty, Sample };

    explicit ConsoleFixture(Fleet fleet, const QString &language = QStringLiteral("en"),
                            SchemeChoice scheme = SchemeChoice::Light);
    ~ConsoleFixture();

    ConsoleModels models() { return models(settings); }
    ConsoleModels models(ConsoleSettings &settings)
    {
        return {*fleet,
                *runs,
                *demo,
                *sessions,
                linksSource,
                *documents,
                *drafts,
                *events,
                *audit,
                *activations,
                *approvals,
                *hardware,
                *profiles,
                nodeSource,
                {processSource, fileSource, transferSource, accountSource, performanceSource, serviceSource,
                 journalSource},
                settings,
                keyBackup,
                *firstSteps,
                *tunnels,
                *recordings,
                *desktops,
                *fleetSettings,
                *agentBuilds,
                *rollOver,
                *signIn};
    }
    MainWindow &window() { return console->window(); }
    template <typename T>
    T *find(const char *name)
    {
        return window().findChild<T *>(QString::fromLatin1(name));
    }
    void addLostNotice(); // a node lost its connection; its button shows the audit log
    // The first visible one; sheets that are closing keep their names until they are deleted.
    QWidget *visible(const char *name);
    void click(const char *name); // on it; fails when there is none

    QTemporaryDir folder;
    FakeFleetSource fleetSource;
    FakeRunSource runSource;
    FakeSessionsSource sessionsSource;
    FakeRecordingSearch recordingSearch;
    FakeTunnelsSource tunnelsSource;
    FakeSessionLinksSource linksSource;
    FakeDocumentsSource documentsSource;
    FakeEventsSource eventsSource;
    FakeAuditSource auditSource;
    FakeActivationsSource activationsSource;
    FakeApprovalsSource approvalsSource;
    FakeHardwareSource hardwareSource;
    FakeProfilesSource profilesSource;
    FakeFleetSettingsSource fleetSettingsSource;
    FakeAgentBuildsSource agentBuildsSource;
    FakeCaRollOverSource rollOverSource;
    FakeSignInSource signInSource;
    FakeNodeSource nodeSource;
    FakeProcessSource processSource;
    FakeAccountSource accountSource;
    FakePerformanceSource performanceSource;
    FakeServiceSource serviceSource;
    FakeJournalSource journalSource;
    FakeFileSource fileSource;
    FakeTransferSource transferSource;
    ConsoleSettings settings;
    ManualClock clock; // of what has a time limit
    std::unique_ptr<FleetViewModel> fleet;
    std::unique_ptr<RunsViewModel> runs;
    std::unique_ptr<DemoFleet> demo;
    std::unique_ptr<SessionsViewModel> sessions;
    std::unique_ptr<RecordingSearchViewModel> recordings;
    std::unique_ptr<TunnelsViewModel> tunnels;
    std::unique_ptr<RemoteDesktops> desktops;
    std::unique_ptr<DocumentsViewModel> documents;
    std::unique_ptr<DraftStore> drafts;
    std::unique_ptr<EventsViewModel> events;
    std::unique_ptr<AuditViewModel> audit;
    std::unique_ptr<ActivationsViewModel> activations;
    std::unique_ptr<ApprovalsViewModel> approvals;
    std::unique_ptr<HardwareViewModel> hardware;
    std::unique_ptr<ProfilesViewModel> profiles;
    std::unique_ptr<FleetSettingsViewModel> fleetSettings;
    std::unique_ptr<AgentBuildsViewModel> agentBuilds;
    std::unique_ptr<CaRollOverViewModel> rollOver;
    std::unique_ptr<SignInViewModel> signIn; // nobody has to
    FakeKeyBackup keyBackup;
    std::unique_ptr<FirstSteps> firstSteps;
    std::unique_ptr<Console> console;
};

}
