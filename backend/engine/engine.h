#pragma once
// Engine: builds the services in order, starts and stops them (design 2, 5). Lives on the engine thread; others reach it through
// EngineThread::post().

#include "backend/core/clock.h"
#include "backend/core/random.h"
#include "backend/core/result.h"
#include "backend/core/secret_bytes.h"
#include "backend/security/principal.h"
#include "backend/store/fleet_identity.h"

#include <QObject>
#include <QString>

#include <chrono>
#include <functional>
#include <memory>

namespace fb {

class ActivationService;
class AgentBuildService;
class ArtifactSpace;
class ApprovalService;
class AuditService;
class CaRollOverService;
class Database;
class DocumentService;
struct EngineStore;
class EventBus;
class EventHistory;
class FleetService;
class Gateway;
class HardwareService;
class MetricStore;
struct Node;
class NodeProfileService;
class NodeRooms;
class OperationTable;
class OperatorAccess;
class OperatorService;
class ParameterService;
class PortTunnels;
class RunCommandService;
class ServiceSettings;
enum class SessionEnd;
class SessionService;
class SignInService;
class ToolService;

struct EngineOptions {
    QString dataDir;
    QString storeUrl; // empty: SQLite in dataDir
    QString listenAddress = QStringLiteral("127.0.0.1");
    quint16 listenPort = 8443; // 0: any free one
    QString advertiseHost; // what nodes are told; empty: listenAddress
    std::chrono::seconds nodeCertificateLife {0}; // 0: 45 days
    bool controlSocket = true;
    QString apiAddress; // of the AWS wire; empty: it is not served
    quint16 apiPort = 8444; // 0: any free one
    QString apiHostName; // another name that clients call it by
    QString apiCertificateFile; // PEM, with its chain; without one the wire is served on loopback alone
    QString apiKeyFile; // PEM
    // Of a headless engine: stops it, when a console on this machine takes the store over. Empty: it cannot be.
    std::function<void()> handOver;
};

// Asks for the master key once the store is open; answers once, on any thread, at once or later. Headless: headlessMasterKey(); a desktop:
// keychainMasterKey().
using MasterKeyRequest = std::function<void(const FleetIdentity &fleet, bool storeHasKey,
                                            std::function<void(Result<SecretBytes>)> done)>;

struct EngineInfo { // of a running engine
    QString agentUrl; // wss://host:port/agent/v1
    QString caSha256; // hex
    QString version;
    QString storeName; // "SQLite" or "PostgreSQL, host"
    QString fleetId;
    bool asksToSignIn = false; // operators have passwords
    QString apiUrl; // http://127.0.0.1:8444; empty: not served
};

class Engine : public QObject
{
    Q_OBJECT

public:
    Engine(EngineOptions options, MasterKeyRequest masterKey);
    ~Engine() override;

    void start(std::function<void(const Result<EngineInfo> &)> done);
    // Tells nodes to come back after `spread`, commits, closes. `done` follows.
    void stop(std::function<void()> done);

    const EngineInfo &info() const { return m_info; }
    const Principal &owner() const { return m_owner; } // the stored Administrator: who the control socket is
    // Who acts at this program's console: the owner until operators have passwords; then whoever signed in, and nobody before.
    const Principal &atConsole() const { return m_atConsole; }
    bool sees(const Principal &who, const Node &node) const; // any thread
    void seat(const Principal &who, const QString &sessionId); // signed in
    void vacate(); // signed out

    // Runs `then` once what this turn wrote is committed or lost.
    void whenCommitted(std::function<void(const Result<void> &)> then);

    OperatorService &operators();
    OperatorAccess &access();
    SignInService &signIn();
    FleetService &fleet();
    HardwareService &hardware();
    NodeProfileService &profiles();
    ServiceSettings &settings();
    AgentBuildService &agentBuilds();
    CaRollOverService &rollOver();
    ActivationService &activations();
    ApprovalService &approvals();
    DocumentService &documents();
    ParameterService &parameters();
    RunCommandService &runCommand();
    SessionService &sessions();
    ToolService &tools();
    PortTunnels &tunnels();
    EventBus &events();
    EventHistory &eventHistory();
    AuditService &audit();
    MetricStore &metrics();
    ArtifactSpace &artifactSpace();
    NodeRooms &nodeRooms();
    const OperationTable &operations() const;

signals:
    void storeReadOnlyChanged(bool readOnly, const QString &reason);
    // Nobody is at the console any more: the session has ended, or (None) operators have passwords from now on.
    void consoleVacated(fb::SessionEnd why);

private:
    class Parts;

    Result<void> openStore();
    void drainStore();
    void watchSeat();
    void takeMasterKey(Result<SecretBytes> key, const std::function<void(const Result<EngineInfo> &)> &done);

    EngineOptions m_options;
    EngineInfo m_info;
    Principal m_owner;
    Principal m_atConsole;
    QString m_seat; // the session of who is there; empty: none
    SystemClock m_clock;
    SecureRandom m_random;
    MasterKeyRequest m_masterKey;
    std::unique_ptr<EngineStore> m_store;
    std::unique_ptr<Parts> m_parts;
};

}
