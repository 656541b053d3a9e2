#pragma once
// All that an engine is made of, in the order it is built; destroyed the other way round. Inside this room only. Engine thread.

#include "backend/api/api_server.h"
#include "backend/api/operation_table.h"
#include "backend/api/refusal_log.h"
#include "backend/applications/parameters/parameter_service.h"
#include "backend/control/control_server.h"
#include "backend/dispatch/order_outbox.h"
#include "backend/documents/document_service.h"
#include "backend/engine/artifact_space.h"
#include "backend/engine/document_sources.h"
#include "backend/engine/engine.h"
#include "backend/engine/engine_certificate.h"
#include "backend/engine/gateway_channels.h"
#include "backend/engine/gateway_news.h"
#include "backend/engine/parameter_sources.h"
#include "backend/engine/retention.h"
#include "backend/engine/ticket_key_keeper.h"
#include "backend/events/event_bus.h"
#include "backend/events/event_history.h"
#include "backend/events/metric_store.h"
#include "backend/gateway/gateway.h"
#include "backend/nodes/activations/activation_service.h"
#include "backend/nodes/activations/approval_service.h"
#include "backend/nodes/activations/node_enrolment.h"
#include "backend/nodes/agentbuilds/agent_build_service.h"
#include "backend/nodes/datachannel/plugin_sessions.h"
#include "backend/nodes/fleet/fleet_service.h"
#include "backend/nodes/fleet/hardware_service.h"
#include "backend/nodes/fleet/node_admission.h"
#include "backend/nodes/fleet/node_room.h"
#include "backend/nodes/guiconnect/recording_preferences_service.h"
#include "backend/nodes/profiles/node_profile_service.h"
#include "backend/nodes/rollover/ca_roll_over_service.h"
#include "backend/nodes/runcommand/order_files.h"
#include "backend/nodes/runcommand/run_command_service.h"
#include "backend/nodes/sessions/port_tunnels.h"
#include "backend/nodes/sessions/session_service.h"
#include "backend/nodes/tools/tool_service.h"
#include "backend/security/access.h"
#include "backend/security/audit_log.h"
#include "backend/security/audit_service.h"
#include "backend/security/certificate_registry.h"
#include "backend/security/fleet_ca.h"
#include "backend/security/operators/operator_service.h"
#include "backend/security/signin/sign_in_service.h"
#include "backend/security/vault.h"
#include "backend/settings/service_settings.h"
#include "backend/store/artifact_store.h"
#include "backend/store/database.h"
#include "backend/store/job_thread.h"

namespace fb {

// What stands once the store is open, before the master key is there.
struct EngineStore {
    std::unique_ptr<Database> database;
    std::unique_ptr<ArtifactStore> artifacts;
};

class Engine::Parts
{
public:
    static Result<std::unique_ptr<Parts>> build(EngineStore &store, SecretBytes masterKey, const Clock &clock,
                                                Random &random);
    // Takes up what an earlier run left, listens, answers on the control socket.
    Result<EngineInfo> start(const EngineOptions &options);

    Principal owner;
    std::unique_ptr<Vault> vault;
    std::unique_ptr<FleetCa> ca;
    std::unique_ptr<CertificateRegistry> certificates;
    std::unique_ptr<AuditLog> audit;
    std::unique_ptr<EventBus> events;
    std::unique_ptr<MetricStore> metrics;
    std::unique_ptr<OperatorAccess> access;
    std::unique_ptr<AccessKeyRing> accessKeys;
    std::unique_ptr<OperatorService> operators;
    std::unique_ptr<AuditService> auditService;
    std::unique_ptr<EventHistory> eventHistory;
    std::unique_ptr<ArtifactSpace> space;
    std::unique_ptr<NodeRooms> rooms;
    std::unique_ptr<PagingTokens> tokens;
    std::unique_ptr<DocumentService> documents;
    std::unique_ptr<DocumentSources> documentSources;
    std::unique_ptr<ServiceSettings> settings;
    std::unique_ptr<SignInService> signIn;
    std::unique_ptr<ParameterKeySource> parameterKeys;
    std::unique_ptr<ParameterService> parameters;
    std::unique_ptr<ParameterReferences> parameterReferences;
    std::unique_ptr<FleetService> fleet;
    std::unique_ptr<AgentBuildService> agentBuilds;
    std::unique_ptr<OfferedBuilds> offeredBuilds;
    std::unique_ptr<HardwareService> hardware;
    std::unique_ptr<NodeProfileService> profiles;
    std::unique_ptr<ActivationService> activations;
    std::unique_ptr<ApprovalService> approvals;
    std::unique_ptr<NodeEnrolment> enrolment;
    std::unique_ptr<NodeAdmission> admission;
    std::unique_ptr<TicketKeyKeeper> tickets;
    std::unique_ptr<EngineCertificate> certificate;
    std::unique_ptr<Gateway> gateway;
    std::unique_ptr<GatewayOrderChannel> orderChannel;
    std::unique_ptr<GatewayOutputChannel> outputChannel;
    std::unique_ptr<GatewayFileChannel> fileChannel;
    std::unique_ptr<GatewaySessionChannel> sessionChannel;
    std::unique_ptr<GatewayToolChannel> toolChannel;
    std::unique_ptr<GatewayTrustChannel> trustChannel;
    std::unique_ptr<CaRollOverService> rollOver;
    std::unique_ptr<OrderSigner> orderSigner;
    std::unique_ptr<OrderOutbox> outbox;
    std::unique_ptr<RunCommandService> runCommand;
    std::unique_ptr<OrderFiles> orderFiles;
    std::unique_ptr<SessionService> sessions;
    std::unique_ptr<ToolService> tools;
    std::unique_ptr<PortTunnels> tunnels;
    std::unique_ptr<GatewayNews> news;
    std::unique_ptr<Retention> retention;
    OperationTable operations;
    std::unique_ptr<RecordingPreferencesService> recordingPreferences;
    std::unique_ptr<PluginSessions> plugins;
    std::unique_ptr<JobThread> backupJobs;
    std::unique_ptr<ControlServer> control;
    std::unique_ptr<RefusalLog> refusals;
    std::unique_ptr<ApiServer> api;

private:
    Parts(Database &database, ArtifactStore &artifacts, const Clock &clock, Random &random)
        : m_database(database),
          m_artifacts(artifacts),
          m_clock(clock),
          m_random(random)
    {
    }

    Result<void> openTrust(SecretBytes masterKey);
    Result<void> openOrderSigner();
    void makeServices();
    void followSettings();
    void makeSpace();
    ArtifactLimits artifactLimits() const;
    Result<download::S3Reach> s3Reach() const;
    void connectServices();
    void reportRollBack(const NodeId &node, quint64 reported, quint64 confirmed);
    void bindOperations();
    void addRetention();
    Result<void> takeUp();
    Result<QList<wire::Endpoint>> listen(const EngineOptions &options);
    Result<void> openControl(const EngineOptions &options);
    Result<QString> openApi(const EngineOptions &options);

    Database &m_database;
    ArtifactStore &m_artifacts;
    const Clock &m_clock;
    Random &m_random;
};

}
