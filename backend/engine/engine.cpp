#include "backend/engine/engine.h"

#include "backend/engine/engine_parts.h"

#include <QPointer>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr std::chrono::milliseconds kReturnSpread {2000}; // nodes come back after a restart within this
}

Engine::Engine(EngineOptions options, MasterKeyRequest masterKey)
    : m_options(std::move(options)),
      m_masterKey(std::move(masterKey)),
      m_store(std::make_unique<EngineStore>())
{
}

Engine::~Engine()
{
    if (m_store->database) { // what reads and what waits for a commit refers to the services
        m_store->database->endReads();
        drainStore();
    }
}

void Engine::start(std::function<void(const Result<EngineInfo> &)> done)
{
    if (const Result<void> opened = openStore(); !opened)
        return done(opened.error());
    const Result<bool> hasKey = Vault::hasKey(m_store->database->reader());
    if (!hasKey)
        return done(hasKey.error());
    // The key may come from another thread, and later.
    m_masterKey(m_store->database->fleet(), *hasKey, [self = QPointer(this), done](Result<SecretBytes> key) {
        if (!self)
            return;
        auto shared = std::make_shared<Result<SecretBytes>>(std::move(key));
        QMetaObject::invokeMethod(
            self.get(), [self, shared, done] { self->takeMasterKey(std::move(*shared), done); },
            Qt::AutoConnection);
    });
}

Result<void> Engine::openStore()
{
    auto database
        = Database::open({.dataDir = m_options.dataDir, .url = m_options.storeUrl}, m_clock, m_random);
    if (!database)
        return database.error();
    m_store->database = std::move(*database);
    m_store->artifacts = ArtifactStore::make(*m_store->database, m_clock, m_random);
    connect(m_store->database.get(), &Database::readOnlyChanged, this, &Engine::storeReadOnlyChanged);
    return {};
}

void Engine::takeMasterKey(Result<SecretBytes> key,
                           const std::function<void(const Result<EngineInfo> &)> &done)
{
    if (!key)
        return done(key.error());
    auto parts = Parts::build(*m_store, std::move(*key), m_clock, m_random);
    if (!parts)
        return done(parts.error());
    m_parts = std::move(*parts);
    m_owner = m_parts->owner;
    watchSeat();
    const Result<EngineInfo> info = m_parts->start(m_options);
    if (info)
        m_info = *info;
    done(info);
}

// Nobody is there until somebody signed in; where nobody can, the owner of the store is.
void Engine::watchSeat()
{
    SignInService &signIn = *m_parts->signIn;
    connect(&signIn, &SignInService::sessionEnded, this, [this](const QString &sessionId, SessionEnd why) {
        if (sessionId != m_seat)
            return;
        vacate();
        emit consoleVacated(why);
    });
    connect(&signIn, &SignInService::requiredChanged, this, [this] {
        if (!m_seat.isEmpty())
            return;
        vacate();
        if (m_parts->signIn->isRequired())
            emit consoleVacated(SessionEnd::None);
    });
    vacate();
}

void Engine::seat(const Principal &who, const QString &sessionId)
{
    m_atConsole = who;
    m_seat = sessionId;
}

bool Engine::sees(const Principal &who, const Node &node) const
{
    return m_parts->access
        ->check(who, actions::kDescribeInstanceInformation,
                {.nodeIds = {toQString(node.id)}, .nodeTags = node.tags})
        .has_value();
}

void Engine::vacate()
{
    m_seat.clear();
    m_atConsole = m_parts->signIn->isRequired() ? Principal() : m_owner;
    m_atConsole.source = QStringLiteral("console");
}

void Engine::stop(std::function<void()> done)
{
    if (m_parts)
        static_cast<void>(m_parts->signIn->endHere());
    if (!m_parts || !m_parts->gateway->isListening())
        return done();
    if (m_parts->control)
        m_parts->control->close();
    if (m_parts->plugins)
        m_parts->plugins->shutDown();
    if (m_parts->api) {
        m_parts->api->stop();
        m_parts->refusals->tell();
    }
    connect(
        m_parts->gateway.get(), &Gateway::stopped, this,
        [this, done = std::move(done)] {
            m_store->artifacts->flush();
            static_cast<void>(m_parts->metrics->flush());
            drainStore();
            done();
        },
        Qt::SingleShotConnection);
    m_parts->gateway->stop({}, kReturnSpread, u"restart"_s);
}

// What runs after a commit may write in turn, and so on: until nothing is left.
void Engine::drainStore()
{
    constexpr int kMostRounds = 100;
    for (int round = 0; round < kMostRounds; ++round) {
        static_cast<void>(m_store->database->flush());
        const auto isOpen = std::make_shared<bool>(true);
        m_store->database->whenCommitted([isOpen](const Result<void> &) { *isOpen = false; });
        if (!*isOpen)
            return;
    }
}

void Engine::whenCommitted(std::function<void(const Result<void> &)> then)
{
    if (!m_store->database)
        return then({});
    m_store->database->whenCommitted(std::move(then));
}

OperatorService &Engine::operators() { return *m_parts->operators; }
OperatorAccess &Engine::access() { return *m_parts->access; }
SignInService &Engine::signIn() { return *m_parts->signIn; }
FleetService &Engine::fleet() { return *m_parts->fleet; }
HardwareService &Engine::hardware() { return *m_parts->hardware; }
NodeProfileService &Engine::profiles() { return *m_parts->profiles; }
ServiceSettings &Engine::settings() { return *m_parts->settings; }
AgentBuildService &Engine::agentBuilds() { return *m_parts->agentBuilds; }

CaRollOverService &Engine::rollOver() { return *m_parts->rollOver; }

ActivationService &Engine::activations() { return *m_parts->activations; }
ApprovalService &Engine::approvals() { return *m_parts->approvals; }

DocumentService &Engine::documents() { return *m_parts->documents; }

ParameterService &Engine::parameters() { return *m_parts->parameters; }

RunCommandService &Engine::runCommand() { return *m_parts->runCommand; }

SessionService &Engine::sessions() { return *m_parts->sessions; }

ToolService &Engine::tools() { return *m_parts->tools; }
PortTunnels &Engine::tunnels() { return *m_parts->tunnels; }

EventHistory &Engine::eventHistory() { return *m_parts->eventHistory; }

AuditService &Engine::audit() { return *m_parts->auditService; }

EventBus &Engine::events() { return *m_parts->events; }

MetricStore &Engine::metrics() { return *m_parts->metrics; }

ArtifactSpace &Engine::artifactSpace() { return *m_parts->space; }

NodeRooms &Engine::nodeRooms() { return *m_parts->rooms; }

const OperationTable &Engine::operations() const { return m_parts->operations; }

}
