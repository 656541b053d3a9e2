#include "app/console/open_console.h"

#include "backend/base/on_result.h"
#include "backend/engine/artifact_space.h"
#include "backend/nodes/sessions/port_tunnels.h"
#include "backend/security/access.h"

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    StoreRoom storeRoomOf(const ArtifactSpaceState &state)
    {
        StoreRoom room {.canRemove = state.canRemove};
        switch (state.full) {
        case ArtifactLimit::None:
            break;
        case ArtifactLimit::Disk:
            room.full = StoreRoom::Limit::Disk;
            room.used = state.freeBytes.value_or(0);
            room.limit = state.limits.leastFree;
            break;
        case ArtifactLimit::Total:
            room.full = StoreRoom::Limit::Total;
            room.used = state.usage.total();
            room.limit = state.limits.total;
            break;
        case ArtifactLimit::Outputs:
            room.full = StoreRoom::Limit::Outputs;
            room.used = state.usage.of(ArtifactKind::Output);
            room.limit = state.limits.of(ArtifactKind::Output);
            break;
        case ArtifactLimit::Recordings:
            room.full = StoreRoom::Limit::Recordings;
            room.used = state.usage.of(ArtifactKind::Recording);
            room.limit = state.limits.of(ArtifactKind::Recording);
            break;
        }
        return room;
    }
}

OpenConsole::OpenConsole(EngineThread &engine, KeyBackup &keyBackup, SignInViewModel &signIn,
                         const Setup &setup)
    : m_engine(engine),
      m_fleetFeed(engine),
      m_nodeFeed(engine),
      m_processFeed(engine),
      m_accountFeed(engine),
      m_performanceFeed(engine),
      m_serviceFeed(engine),
      m_journalFeed(engine),
      m_fileFeed(engine),
      m_transferFeed(engine),
      m_activationsFeed(engine),
      m_approvalsFeed(engine),
      m_hardwareFeed(engine),
      m_profilesFeed(engine),
      m_runFeed(engine),
      m_sessionsFeed(engine),
      m_recordingsFeed(engine),
      m_linksFeed(engine),
      m_documentsFeed(engine),
      m_eventsFeed(engine),
      m_auditFeed(engine),
      m_fleetSettingsFeed(engine),
      m_agentBuildsFeed(engine),
      m_rollOverFeed(engine),
      m_drafts(setup.dataDir + u"/drafts"_s),
      m_settings(setup.dataDir + u"/console.ini"_s),
      m_tunnelsFeed(engine, m_settings),
      m_fleet(std::make_unique<FleetViewModel>(m_fleetFeed)),
      m_runs(std::make_unique<RunsViewModel>(m_runFeed)),
      m_demo(std::make_unique<DemoFleet>(*m_fleet, setup.agentProgram, setup.dataDir + u"/demo-agents"_s)),
      m_sessions(
          std::make_unique<SessionsViewModel>(m_sessionsFeed, &SessionTable::idOf, SessionTable::columns())),
      m_recordings(std::make_unique<RecordingSearchViewModel>(m_recordingsFeed, &RecordingMatchTable::idOf,
                                                              RecordingMatchTable::columns())),
      m_tunnels(
          std::make_unique<TunnelsViewModel>(m_tunnelsFeed, &TunnelTable::idOf, TunnelTable::columns())),
      m_desktops(std::make_unique<RemoteDesktops>(*m_tunnels, m_clock)),
      m_documents(std::make_unique<DocumentsViewModel>(m_documentsFeed, &DocumentTable::idOf,
                                                       DocumentTable::columns())),
      m_events(std::make_unique<EventsViewModel>(m_eventsFeed)),
      m_audit(std::make_unique<AuditViewModel>(m_auditFeed)),
      m_activations(std::make_unique<ActivationsViewModel>(m_activationsFeed, &ActivationTable::idOf,
                                                           ActivationTable::columns())),
      m_approvals(std::make_unique<ApprovalsViewModel>(m_approvalsFeed, &ApprovalTable::idOf,
                                                       ApprovalTable::columns())),
      m_hardware(std::make_unique<HardwareViewModel>(m_hardwareFeed, &HardwareTable::idOf,
                                                     HardwareTable::columns())),
      m_profiles(
          std::make_unique<ProfilesViewModel>(m_profilesFeed, &ProfileTable::idOf, ProfileTable::columns())),
      m_fleetSettings(std::make_unique<FleetSettingsViewModel>(m_fleetSettingsFeed, &FleetSettingTable::idOf,
                                                               FleetSettingTable::columns())),
      m_agentBuilds(std::make_unique<AgentBuildsViewModel>(m_agentBuildsFeed, *m_fleet)),
      m_rollOver(std::make_unique<CaRollOverViewModel>(m_rollOverFeed)),
      m_firstSteps(std::make_unique<FirstSteps>(*m_fleet, *m_runs, keyBackup, m_settings))
{
    if (!setup.language.isEmpty())
        m_settings.setLanguage(setup.language);
    if (!setup.theme.isEmpty())
        m_settings.setTheme(setup.theme);
    const ConsoleFacts facts {.operatorName = setup.operatorName,
                              .dataDir = setup.dataDir,
                              .keyPlace = setup.keyPlace,
                              .tookOver = setup.tookOver,
                              .whyNotHeadless = setup.whyNotHeadless};
    const ToolSources tools {m_processFeed,     m_fileFeed,    m_transferFeed, m_accountFeed,
                             m_performanceFeed, m_serviceFeed, m_journalFeed};
    m_console = std::make_unique<Console>(
        ConsoleModels {*m_fleet,     *m_runs,          *m_demo,        *m_sessions, m_linksFeed,
                       *m_documents, m_drafts,         *m_events,      *m_audit,    *m_activations,
                       *m_approvals, *m_hardware,      *m_profiles,    m_nodeFeed,  tools,
                       m_settings,   keyBackup,        *m_firstSteps,  *m_tunnels,  *m_recordings,
                       *m_desktops,  *m_fleetSettings, *m_agentBuilds, *m_rollOver, signIn},
        facts);
    start(setup.demo);
    watchStore();
}

OpenConsole::~OpenConsole() = default;

void OpenConsole::leave()
{
    m_console.reset();
    m_firstSteps.reset();
    m_rollOver.reset();
    m_agentBuilds.reset();
    m_fleetSettings.reset();
    m_profiles.reset();
    m_hardware.reset();
    m_approvals.reset();
    m_activations.reset();
    m_audit.reset();
    m_events.reset();
    m_documents.reset();
    m_desktops.reset(); // with their tunnels
    m_tunnels.reset();
    m_recordings.reset();
    m_sessions.reset();
    m_demo.reset(); // its agents say good-bye while the engine still listens
    m_runs.reset();
    m_fleet.reset();
}

void OpenConsole::retire()
{
    const QList<DesktopRow> desktops = m_desktops->rows();
    for (const DesktopRow &each : desktops)
        m_desktops->end(each.number);
    m_console.reset();
    m_demo.reset();
    // Ports of this machine that lead to nodes were opened in the name of who has left.
    const auto closed = m_engine.post([](Engine &engine) -> Result<void> {
        const QList<Tunnel> tunnels = engine.tunnels().tunnels();
        for (const Tunnel &each : tunnels)
            static_cast<void>(engine.tunnels().close(enginePrincipal(), each.number));
        return {};
    });
    Q_UNUSED(closed)
}

void OpenConsole::setStarted(const EngineInfo &info)
{
    ConsoleFacts facts = m_console->facts();
    facts.hasStarted = true;
    facts.store = info.storeName;
    m_console->setFacts(facts);
    m_console->watchEngine([this](std::function<void()> answered) {
        onResult(m_engine.post([](Engine &) -> Result<void> { return {}; }), this,
                 [answered = std::move(answered)](const Result<void> &) { answered(); });
    });
}

void OpenConsole::start(bool demo)
{
    m_fleet->start();
    m_runs->start();
    m_sessions->start();
    m_recordings->start();
    m_tunnels->start();
    m_documents->start();
    m_events->start();
    m_audit->start();
    m_activations->start();
    m_approvals->start();
    m_hardware->start();
    m_profiles->start();
    m_fleetSettings->start();
    m_agentBuilds->start();
    m_rollOver->start();
    m_nodeFeed.start();
    m_console->show();
    if (!demo)
        return;
    if (m_fleet->isLoaded())
        m_demo->start();
    else
        connect(m_fleet.get(), &FleetViewModel::loadedChanged, m_demo.get(), &DemoFleet::start);
}

void OpenConsole::watchStore()
{
    const auto watched = m_engine.post([this](Engine &engine) -> Result<void> {
        connect(&engine, &Engine::storeReadOnlyChanged, this, [this](bool readOnly, const QString &reason) {
            if (!m_console)
                return;
            if (readOnly)
                m_console->warn(tr("The store is read-only."),
                                tr("Nothing can be changed until this is solved: %1").arg(reason));
            else
                m_console->endWarning();
        });
        connect(&engine.artifactSpace(), &ArtifactSpace::changed, this, &OpenConsole::readRoom);
        return {};
    });
    onResult(watched, this, [this](const Result<void> &) { readRoom(); });
}

void OpenConsole::readRoom()
{
    const auto read = m_engine.post(
        [](Engine &engine) -> Result<StoreRoom> { return storeRoomOf(engine.artifactSpace().state()); });
    onResult(read, this, [this](const Result<StoreRoom> &room) {
        if (m_console && room)
            m_console->setStoreRoom(*room);
    });
}

}
