#pragma once
// The console as a program: the engine on its thread, the models that speak with it, and the window; from start to stop. Main thread.

#include "app/console/console.h"
#include "backend/core/random.h"
#include "backend/engine/engine_thread.h"
#include "backend/security/os_keychain.h"
#include "models/nodes/activations/activations_feed.h"
#include "models/nodes/fleet/fleet_feed.h"
#include "models/nodes/fleet/node_feed.h"
#include "models/nodes/runcommand/run_feed.h"
#include "models/nodes/sessions/sessions_feed.h"
#include "models/shared/audit/audit_feed.h"
#include "models/shared/documents/documents_feed.h"
#include "models/shared/events/events_feed.h"

namespace fb {

struct ConsoleOptions {
    QString dataDir; // empty: the user's own
    QString storeUrl;
    QString listen; // "127.0.0.1:8443"; empty: that, or any free port with the demo fleet
    QString passphraseFile; // instead of the keychain
    QString language; // "en", "ja"; empty: as kept, or the system's
    QString theme; // "light", "dark", "system"; empty: as kept
    QString agentProgram; // empty: flagbridge-agent beside this program
    bool demo = false; // start the demo fleet at once
};

class StartProblem;

class ConsoleProgram : public QObject
{
    Q_OBJECT
public:
    explicit ConsoleProgram(const ConsoleOptions &options, QObject *parent = nullptr);
    ~ConsoleProgram() override; // ends the demo's agents, then the engine, and waits for it

    void start(); // shows the window when the engine is ready, or why it is not
    Console *console() { return m_console.get(); } // null until then
    DemoFleet *demo() { return m_demo.get(); }
    FleetViewModel *fleet() { return m_fleet.get(); }
    RunsViewModel *runs() { return m_runs.get(); }

signals:
    void ready();
    void failed(const fb::ShownError &error);

private:
    Result<EngineOptions> engineOptions() const;
    void open(const EngineInfo &info);
    void showProblem(const ShownError &error);
    void askKeychain(const FleetIdentity &fleet, bool storeHasKey,
                     std::function<void(Result<SecretBytes>)> done);

    ConsoleOptions m_options;
    SecureRandom m_random;
    OsKeychain m_keychain;
    // In the order they are made; the engine has stopped before any of them goes.
    std::unique_ptr<EngineThread> m_engine;
    std::unique_ptr<FleetFeed> m_fleetFeed;
    std::unique_ptr<NodeFeed> m_nodeFeed;
    std::unique_ptr<ActivationsFeed> m_activationsFeed;
    std::unique_ptr<ActivationsViewModel> m_activations;
    std::unique_ptr<RunFeed> m_runFeed;
    std::unique_ptr<FleetViewModel> m_fleet;
    std::unique_ptr<RunsViewModel> m_runs;
    std::unique_ptr<DemoFleet> m_demo;
    std::unique_ptr<SessionsFeed> m_sessionsFeed;
    std::unique_ptr<SessionsViewModel> m_sessions;
    std::unique_ptr<DocumentsFeed> m_documentsFeed;
    std::unique_ptr<DocumentsViewModel> m_documents;
    std::unique_ptr<DraftStore> m_drafts;
    std::unique_ptr<EventsFeed> m_eventsFeed;
    std::unique_ptr<EventsViewModel> m_events;
    std::unique_ptr<AuditFeed> m_auditFeed;
    std::unique_ptr<AuditViewModel> m_audit;
    std::unique_ptr<ConsoleSettings> m_settings;
    std::unique_ptr<Console> m_console;
    std::unique_ptr<StartProblem> m_problem;
};

}
