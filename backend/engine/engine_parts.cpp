#include "backend/engine/engine_parts.h"

#include "backend/applications/parameters/parameter_api.h"
#include "backend/base/fail.h"
#include "backend/documents/built_in_documents.h"
#include "backend/documents/documents_api.h"
#include "backend/engine/audit_verify_stream.h"
#include "backend/engine/backup_stream.h"
#include "backend/engine/follow_command_stream.h"
#include "backend/engine/hand_over_stream.h"
#include "backend/engine/restored_store.h"
#include "backend/engine/shell_stream.h"
#include "backend/engine/ssh_proxy_stream.h"
#include "backend/engine/tag_operations.h"
#include "backend/engine/upload_stream.h"
#include "backend/events/arn.h"
#include "backend/nodes/activations/activation_api.h"
#include "backend/nodes/agentbuilds/agent_build_api.h"
#include "backend/nodes/fleet/fleet_api.h"
#include "backend/nodes/fleet/hardware_api.h"
#include "backend/nodes/profiles/node_profile_api.h"
#include "backend/nodes/rollover/ca_roll_over_api.h"
#include "backend/nodes/runcommand/run_command_api.h"
#include "backend/nodes/sessions/session_api.h"
#include "backend/security/operators/operator_api.h"
#include "backend/security/signin/sign_in_api.h"
#include "backend/settings/service_setting_api.h"

#include <QFile>
#include <QHostAddress>
#include <QLoggingCategory>
#include <QStorageInfo>
#include <QSysInfo>

namespace fb {

using namespace Qt::StringLiterals;

Q_LOGGING_CATEGORY(engineLog, "fb.engine")

namespace {
    const SecretName kOrderSigningSeed {.purpose = u"order-signing"_s, .name = u"seed"_s};
    constexpr auto kEventsKept = std::chrono::days(14); // spec/events-and-metrics.md 2.1
    constexpr auto kAuditKept = std::chrono::days(3650);
    // After they expired: an old key may still be proven, and what was approved on the last day fetched.
    constexpr auto kCertificatesKept = kApprovable + std::chrono::days(7);
    constexpr quint16 kDeregisteredClose = 4001; // spec/fleet-manager.md B3.5
    constexpr quint16 kReadmitClose = 1001; // going away: come again

    // What nodes are told: an address that listens everywhere is none to dial, so this machine's name stands in.
    QString reachableHost(const EngineOptions &options)
    {
        if (!options.advertiseHost.isEmpty())
            return options.advertiseHost;
        const QHostAddress address(options.listenAddress);
        return address == QHostAddress::AnyIPv4 || address == QHostAddress::AnyIPv6
                || address == QHostAddress::Any
            ? QSysInfo::machineHostName()
            : options.listenAddress;
    }

    QString urlHost(const QString &host) { return host.contains(u':') ? u'[' + host + u']' : host; }
}

Result<std::unique_ptr<Engine::Parts>> Engine::Parts::build(EngineStore &store, SecretBytes masterKey,
                                                            const Clock &clock, Random &random)
{
    std::unique_ptr<Parts> parts(new Parts(*store.database, *store.artifacts, clock, random));
    if (auto opened = parts->openTrust(std::move(masterKey)); !opened)
        return opened.error();
    parts->makeServices();
    parts->connectServices();
    parts->bindOperations();
    parts->addRetention();
    return parts;
}

Result<void> Engine::Parts::openTrust(SecretBytes masterKey)
{
    auto openedVault = Vault::open(m_database, std::move(masterKey), m_clock, m_random);
    if (!openedVault)
        return openedVault.error();
    vault = std::move(*openedVault);
    auto openedCa = FleetCa::open(m_database, *vault, m_clock, m_random);
    if (!openedCa)
        return openedCa.error();
    ca = std::move(*openedCa);
    certificates = std::make_unique<CertificateRegistry>(m_clock);
    audit = std::make_unique<AuditLog>(m_database, m_clock, vault->derive(kAuditAnchorKey));
    events = std::make_unique<EventBus>(m_database, m_clock, m_random);
    tokens = std::make_unique<PagingTokens>(vault->derive("paging-tokens"), m_clock);
    access = std::make_unique<OperatorAccess>();
    accessKeys = std::make_unique<AccessKeyRing>();
    operators = std::make_unique<OperatorService>(
        OperatorService::Parts {m_database, *vault, *audit, *access, *accessKeys, m_clock, m_random});
    auto stored = operators->start(osUserName(), u"control"_s);
    if (!stored)
        return stored.error();
    owner = *stored;
    return openOrderSigner();
}

Result<void> Engine::Parts::openOrderSigner()
{
    const SecretBytes fresh = OrderSigner::newSeed(m_random);
    const auto seed = m_database.write([&](Transaction &transaction) {
        return vault->putIfAbsent(transaction, kOrderSigningSeed, fresh.view());
    });
    if (!seed)
        return seed.error();
    auto signer = OrderSigner::make(m_database.fleet().fleetId, *seed);
    if (!signer)
        return signer.error();
    orderSigner = std::make_unique<OrderSigner>(std::move(*signer));
    return {};
}

void Engine::Parts::makeServices()
{
    metrics = std::make_unique<MetricStore>(m_database, m_clock);
    eventHistory = std::make_unique<EventHistory>(m_database, *events, *access);
    auditService = std::make_unique<AuditService>(m_database, *audit, *access);
    rooms = std::make_unique<NodeRooms>(m_database, *events);
    QObject::connect(metrics.get(), &MetricStore::recorded, rooms.get(), &NodeRooms::take);
    makeSpace();
    documents = std::make_unique<DocumentService>(DocumentService::Collaborators {
        m_database, *access, *audit, *events, *tokens, m_clock, &m_artifacts});
    documentSources = std::make_unique<DocumentSources>(*documents, m_database, *access);
    settings = std::make_unique<ServiceSettings>(
        ServiceSettings::Parts {m_database, *audit, *access, m_clock, vault.get()});
    signIn = std::make_unique<SignInService>(
        SignInService::Parts {m_database, *vault, *audit, *access, *operators, m_clock, m_random});
    parameterKeys = std::make_unique<VaultKeySource>(*vault);
    parameters = std::make_unique<ParameterService>(ParameterService::Parts {
        m_database, *audit, *events, *access, *tokens, *settings, *parameterKeys, m_clock, m_random});
    parameterReferences = std::make_unique<ParameterReferences>(*parameters);
    fleet = std::make_unique<FleetService>(
        FleetService::Parts {m_database, *events, *audit, *access, *tokens, m_clock});
    access->setNodeTags([this](const QString &nodeId) -> std::optional<QMap<QString, QString>> {
        const DirectoryNode *node = fleet->find(toId<NodeId>(nodeId));
        return node ? std::optional(node->tags) : std::nullopt;
    });
    hardware = std::make_unique<HardwareService>(
        HardwareService::Parts {m_database, *audit, *access, *fleet, *settings, m_clock});
    profiles = std::make_unique<NodeProfileService>(
        NodeProfileService::Parts {m_database, *audit, *access, *fleet, *settings, m_clock});
    activations = std::make_unique<ActivationService>(ActivationService::Parts {
        m_database, *events, *audit, *profiles, *access, *tokens, m_clock, m_random});
    approvals = std::make_unique<ApprovalService>(
        ApprovalService::Parts {m_database, *events, *audit, *access, *fleet, *ca, *certificates, m_clock});
    enrolment = std::make_unique<NodeEnrolment>(NodeEnrolment::Parts {m_database, *activations, *approvals,
                                                                      *fleet, *hardware, *profiles, *ca,
                                                                      *certificates, m_clock, m_random});
    enrolment->setOrderSigningKey(orderSigner->publicKey());
    agentBuilds = std::make_unique<AgentBuildService>(
        AgentBuildService::Parts {m_database, m_artifacts, *audit, *events, *access, m_clock});
    offeredBuilds = std::make_unique<OfferedBuilds>(*agentBuilds);
    parameters->publicParameters().setAgents([this] { return offeredAgents(*agentBuilds); });
    enrolment->setReleaseKey([this] { return agentBuilds->releaseKey(); });
    admission = std::make_unique<NodeAdmission>(*fleet, *hardware, *metrics);
    tickets = std::make_unique<TicketKeyKeeper>(m_database, *vault, m_clock, m_random);
    certificate = std::make_unique<EngineCertificate>(*ca, m_clock);
    gateway = std::make_unique<Gateway>(m_clock, m_random, *admission, *enrolment, *enrolment);
    gateway->setSigner([this](std::string_view text) { return orderSigner->signText(text); });
    orderChannel = std::make_unique<GatewayOrderChannel>(*gateway, *fleet);
    outputChannel = std::make_unique<GatewayOutputChannel>(*gateway);
    fileChannel = std::make_unique<GatewayFileChannel>(*gateway);
    sessionChannel = std::make_unique<GatewaySessionChannel>(*gateway);
    toolChannel = std::make_unique<GatewayToolChannel>(*gateway);
    trustChannel = std::make_unique<GatewayTrustChannel>(*gateway);
    rollOver = std::make_unique<CaRollOverService>(CaRollOverService::Parts {
        m_database, *ca, *certificates, *fleet, *events, *audit, *access, m_clock, *trustChannel});
    outbox = std::make_unique<OrderOutbox>(m_database, *orderChannel, m_clock, m_random);
    outbox->setSigner(orderSigner.get());
    RunCommandParts runParts {m_database, *outbox, *orderChannel, *fleet,   *documentSources,  *events,
                              *audit,     *access, m_clock,       m_random, m_database.fleet()};
    runParts.agentBuilds = offeredBuilds.get();
    runParts.spaceWarning = [this] { return space->warning(); };
    runParts.parameterValues = parameterReferences.get();
    runCommand = std::make_unique<RunCommandService>(runParts, m_artifacts, *outputChannel, *tokens);
    orderFiles = std::make_unique<OrderFiles>(m_database, m_artifacts, *outbox, *fileChannel);
    orderFiles->addOwner(QString::fromLatin1(RunCommandService::kOwnerName), *runCommand);
    outbox->addOwner(QString::fromLatin1(RunCommandService::kOwnerName), *runCommand);
    SessionSettings sessionSettings;
    sessionSettings.freeBytes
        = [folder = m_database.dataDir()] { return QStorageInfo(folder).bytesAvailable(); };
    sessions = std::make_unique<SessionService>(
        SessionParts {m_database, m_artifacts, *vault, *sessionChannel, *fleet, *documentSources, *events,
                      *audit, *access, *tokens, m_clock, m_random},
        sessionSettings);
    tools = std::make_unique<ToolService>(
        ToolParts {*toolChannel, *fleet, *audit, *access, m_database.fleet(), m_clock});
    tunnels = std::make_unique<PortTunnels>(*sessions, m_database, m_clock);
    space->addRemovable(ArtifactKind::Output, [this](Transaction &tx, qint64 bytes) {
        return runCommand->outputs().removeOldest(tx, bytes);
    });
    space->addRemovable(ArtifactKind::Recording, [this](Transaction &tx, qint64 bytes) {
        return sessions->removeOldestRecordings(tx, bytes);
    });
}

void Engine::Parts::makeSpace()
{
    std::function<std::optional<qint64>()> freeBytes; // of a database's own machine nothing is known
    if (m_database.dialect() == Dialect::Sqlite) {
        freeBytes = [folder = m_database.dataDir()]() -> std::optional<qint64> {
            const QStorageInfo disk(folder);
            return disk.isValid() ? std::optional(disk.bytesAvailable()) : std::nullopt;
        };
    }
    space = std::make_unique<ArtifactSpace>(
        ArtifactSpace::Parts {m_database, m_artifacts, *events, *audit, m_clock, freeBytes});
    m_artifacts.setAdmission([this](ArtifactKind kind, qint64 bytes) { return space->admit(kind, bytes); });
}

ArtifactLimits Engine::Parts::artifactLimits() const
{
    const auto bytesOf = [this](const QString &id) { return settings->value(id).toLongLong() << 20; };
    ArtifactLimits limits {.total = bytesOf(settings::kArtifactsMiB),
                           .byKind = {},
                           .leastFree = bytesOf(settings::kLeastFreeMiB),
                           .mayRemoveRecordings = settings->isOn(settings::kRemoveRecordings)};
    for (const auto &[kind, id] : {std::pair(ArtifactKind::Output, settings::kOutputsMiB),
                                   std::pair(ArtifactKind::Recording, settings::kRecordingsMiB),
                                   std::pair(ArtifactKind::DocumentFile, settings::kDocumentFilesMiB),
                                   std::pair(ArtifactKind::AgentBuild, settings::kAgentBuildsMiB)})
        limits.byKind[static_cast<size_t>(kind)] = bytesOf(id);
    return limits;
}

void Engine::Parts::followSettings()
{
    settings->addCheck(settings::kDeniedForwards, [](const QString &value) {
        return deniedForwardsOf(value).map([](const QStringList &) {});
    });
    const auto apply = [this] {
        sessions->setDeniedForwards(
            deniedForwardsOf(settings->value(settings::kDeniedForwards)).value_or(QStringList()));
        sessions->setReasonRequired(settings->isOn(settings::kSessionReason));
        signIn->setIdleLimit(
            std::chrono::minutes(settings->value(settings::kConsoleIdleMinutes).toLongLong()));
        space->setLimits(artifactLimits());
        parameters->setMostParameters(settings->value(settings::kStandardParameters).toLongLong(),
                                      settings->value(settings::kAdvancedParameters).toLongLong());
        documents->sharing().setPublicSharing(settings->value(settings::kPublicDocumentSharing)
                                              != QStringView(u"Disable"));
    };
    apply();
    documents->attachments().setS3Reach([this] { return s3Reach(); });
    QObject::connect(settings.get(), &ServiceSettings::changed, sessions.get(), apply);
}

Result<download::S3Reach> Engine::Parts::s3Reach() const
{
    const auto textOf = [this](const QString &id) {
        const QString value = settings->value(id);
        return value == settings::kNone ? std::string() : toStd(value);
    };
    const QString region = settings->value(settings::kS3Region);
    download::S3Reach reach {.endpoint = textOf(settings::kS3Endpoint),
                             .accessKeyId = textOf(settings::kS3AccessKeyId),
                             .endpointSetting = "the fleet setting " + toStd(settings::kS3Endpoint)};
    if (region != settings::kNone)
        reach.region = toStd(region);
    auto secret = settings->secret(settings::kS3SecretAccessKey);
    if (!secret)
        return secret.error();
    if (*secret)
        reach.secretAccessKey = std::make_shared<const SecretBytes>(std::move(**secret));
    return reach;
}

void Engine::Parts::connectServices()
{
    // Fleet first: the others ask it about the node that has just connected.
    admission->listenTo(*gateway);
    enrolment->listenTo(*gateway);
    news = std::make_unique<GatewayNews>(GatewayNews::Parts {*gateway, *orderChannel, *sessionChannel,
                                                             *toolChannel, *outbox, *runCommand, *orderFiles,
                                                             *sessions, *tools, *rollOver, *audit});
    admission->addWelcomeStep([this](const NodeConnection &connection, wire::Welcome &welcome) {
        welcome.set_pending_orders(outbox->pendingOrders(connection.node));
        welcome.set_engine_watermark(outbox->settledWatermark(connection.node));
        welcome.set_order_signing_key(orderSigner->publicKey());
        const NodeProfile profile = profiles->profileOf(connection.node);
        *welcome.mutable_profile() = wireProfile(profile);
        welcome.set_metrics_interval_ms(static_cast<uint32_t>(profile.metricsInterval) * 1000);
    });
    fleet->onDeregister([this](Transaction &transaction, const NodeId &node) -> Result<void> {
        if (auto revoked = certificates->revokeNode(transaction, node, u"deregistered"_s); !revoked)
            return revoked;
        if (auto forgotten = approvals->forget(transaction, node); !forgotten)
            return forgotten;
        if (auto forgotten = hardware->forget(transaction, node); !forgotten)
            return forgotten;
        if (auto forgotten = rollOver->forget(transaction, node); !forgotten)
            return forgotten;
        if (auto told = runCommand->nodeDeregistered(transaction, node); !told)
            return told;
        return sessions->endSessionsOf(transaction, node);
    });
    profiles->addUser(u"activations"_s,
                      [this](const QString &name) { return activations->usableWith(name); });
    // Those that are connected hear of it now, the others with their next WELCOME.
    QObject::connect(profiles.get(), &NodeProfileService::nodesAffected, gateway.get(),
                     [this](const QList<NodeId> &nodes) {
                         for (const NodeId &node : nodes)
                             gateway->sendProfile(node, wireProfile(profiles->profileOf(node)));
                     });
    // The spread of reconnects follows the whole fleet, not those who are back already.
    QObject::connect(fleet.get(), &FleetService::nodesChanged, gateway.get(),
                     [this] { gateway->setFleetSize(fleet->count()); });
    QObject::connect(fleet.get(), &FleetService::nodeDeregistered, rooms.get(), &NodeRooms::forget);
    QObject::connect(fleet.get(), &FleetService::nodeDeregistered, gateway.get(), [this](const NodeId &node) {
        gateway->disconnectNode(node, kDeregisteredClose,
                                makeError(errors::kInvalidInstanceId, "This node was deregistered."));
    });
    // It comes again at once, and is served, or served no longer.
    QObject::connect(fleet.get(), &FleetService::quarantineChanged, gateway.get(),
                     [this](const NodeId &node) {
                         gateway->disconnectNode(node, kReadmitClose,
                                                 makeError(errors::kServiceUnavailable, "Come again."));
                     });
    QObject::connect(outbox.get(), &OrderOutbox::watermarkRolledBack, outbox.get(),
                     [this](const NodeId &node, quint64 reported, quint64 confirmed) {
                         reportRollBack(node, reported, confirmed);
                     });
    QObject::connect(certificates.get(), &CertificateRegistry::revoked, gateway.get(),
                     [this](const QStringList &serials) {
                         for (const QString &serial : serials)
                             gateway->addRevoked(serial.toLatin1());
                     });
}

void Engine::Parts::reportRollBack(const NodeId &node, quint64 reported, quint64 confirmed)
{
    const auto told = m_database.write([&](Transaction &transaction) {
        return events->publish(
            transaction,
            {.detailType = u"Managed Node State Change"_s,
             .resources = {nodeArn(m_database.fleet(), node)},
             .detail = {{u"instance-id"_s, toQString(node)},
                        {u"state"_s, u"Online"_s},
                        {u"reason"_s, u"ledger rolled back: the node's disk was set to an earlier state"_s},
                        {u"reported-watermark"_s, static_cast<qint64>(reported)},
                        {u"confirmed-watermark"_s, static_cast<qint64>(confirmed)}}});
    });
    if (!told)
        qCWarning(engineLog) << "a roll-back was not recorded:" << told.error().message.c_str();
}

void Engine::Parts::bindOperations()
{
    bindActivations(operations, *activations, *approvals, *fleet);
    bindFleet(operations, *fleet);
    bindOperators(operations, *operators);
    bindSignIn(operations, *signIn);
    bindAgentBuilds(operations, *agentBuilds);
    bindHardware(operations, *hardware);
    bindServiceSettings(operations, *settings);
    bindNodeProfiles(operations, *profiles);
    bindCaRollOver(operations, *rollOver);
    bindDocumentOperations(operations, *documents);
    bindParameters(operations, *parameters);
    bindRunCommand(operations, *runCommand);
    bindSessions(operations, *sessions);
    plugins = std::make_unique<PluginSessions>(
        *sessions, *audit, m_database.fleet(), m_clock, m_random,
        [this](const QString &session) { return api ? api->channelUrl(session) : QString(); });
    bindPluginSessions(operations, *plugins);
    recordingPreferences
        = std::make_unique<RecordingPreferencesService>(m_database, *audit, *access, m_clock);
    bindRecordingPreferences(operations, *recordingPreferences);
    bindTags(operations, *fleet, *documents, *parameters);
}

void Engine::Parts::addRetention()
{
    retention = std::make_unique<Retention>();
    const auto inWrite = [this](auto prune) {
        return [this, prune] {
            return m_database.write([&](Transaction &transaction) { return prune(transaction); });
        };
    };
    retention->add(u"commands"_s, [this] { return runCommand->removeExpired(); });
    retention->add(u"events"_s, inWrite([this](Transaction &tx) {
                       return events->prune(tx, m_clock.now() - kEventsKept);
                   }));
    retention->add(u"audit entries"_s,
                   inWrite([this](Transaction &tx) { return audit->prune(tx, m_clock.now() - kAuditKept); }));
    retention->add(u"certificates"_s, inWrite([this](Transaction &tx) {
                       return certificates->prune(tx, m_clock.now() - kCertificatesKept);
                   }));
    retention->add(u"document contents"_s, [this] { return documents->prune(); });
    retention->start();
}

Result<void> Engine::Parts::takeUp()
{
    if (auto read = certificates->reload(m_database.reader()); !read)
        return read;
    const auto builtIns = builtInDocuments();
    if (!builtIns)
        return builtIns.error();
    if (auto brought = documents->bringBuiltIns(*builtIns); !brought)
        return brought;
    if (auto started = metrics->start(); !started)
        return started;
    if (auto started = settings->start(); !started)
        return started;
    if (auto started = signIn->start(); !started)
        return started;
    if (auto started = profiles->start(); !started)
        return started;
    if (auto started = parameters->start(); !started)
        return started;
    followSettings();
    if (auto taken = documents->pendingAttachments().takeUp(); !taken)
        return taken;
    if (auto started = fleet->start(); !started)
        return started;
    RestoredStore restored(
        {m_database, *audit, *activations, *approvals, *fleet, *outbox, *sessions, *signIn});
    if (auto begun = restored.beginEpoch(); !begun)
        return begun;
    if (auto started = rollOver->start(); !started)
        return started;
    if (auto started = outbox->start(); !started)
        return started;
    if (auto started = runCommand->start(); !started)
        return started;
    if (auto started = sessions->start(); !started)
        return started;
    if (auto finished = restored.finish(); !finished)
        return finished;
    auditService->verifySoon();
    return space->start();
}

Result<QList<wire::Endpoint>> Engine::Parts::listen(const EngineOptions &options)
{
    gateway->setFleetSize(fleet->count());
    auto ring = tickets->open();
    if (!ring)
        return ring.error();
    auto tls = certificate->issue();
    if (!tls)
        return tls.error();
    GatewayOptions gatewayOptions;
    gatewayOptions.listenAddress = options.listenAddress;
    gatewayOptions.port = options.listenPort;
    gatewayOptions.fleet = m_database.fleet().fleetId;
    gatewayOptions.tickets = *ring;
    gatewayOptions.requireSignedOrders = false;
    if (auto started = gateway->start(std::move(gatewayOptions), *tls); !started)
        return started.error();
    certificate->renewFor(*gateway);
    for (const std::string &serial : certificates->denyList()->serials())
        gateway->addRevoked(QByteArray::fromStdString(serial));
    const QString host = reachableHost(options);
    wire::Endpoint endpoint;
    endpoint.set_url(toStd(u"wss://%1:%2/agent/v1"_s.arg(urlHost(host)).arg(gateway->port())));
    endpoint.set_weight(1);
    return QList<wire::Endpoint> {endpoint};
}

Result<void> Engine::Parts::openControl(const EngineOptions &options)
{
    if (!options.controlSocket)
        return {};
    control = std::make_unique<ControlServer>(operations, owner,
                                              [this](std::function<void(const Result<void> &)> then) {
                                                  m_database.whenCommitted(std::move(then));
                                              });
    control->addStream(u"FollowCommand"_s, [this](const Principal &who, const QJsonObject &input) {
        return std::make_unique<FollowCommandStream>(*runCommand, m_database, who, input);
    });
    control->addStream(u"AddAgentBuild"_s, [this](const Principal &who, const QJsonObject &input) {
        return std::make_unique<UploadStream>(m_artifacts, m_database,
                                              agentBuildUpload(*agentBuilds, who, input));
    });
    control->addStream(u"PutArtifact"_s, [this](const Principal &who, const QJsonObject &input) {
        return std::make_unique<UploadStream>(m_artifacts, m_database,
                                              artifactUpload(documents->attachments(), who, input));
    });
    control->addStream(u"VerifyAuditLog"_s, [this](const Principal &who, const QJsonObject &) {
        return std::make_unique<AuditVerifyStream>(*auditService, who);
    });
    backupJobs = std::make_unique<JobThread>();
    control->addStream(u"BackUp"_s, [this](const Principal &who, const QJsonObject &input) {
        return std::make_unique<BackupStream>(m_database, m_artifacts, *access, *audit, *backupJobs, who,
                                              input[u"File"].toString());
    });
    control->addStream(u"Shell"_s, [this](const Principal &who, const QJsonObject &input) {
        return std::make_unique<ShellStream>(*sessions, m_database, who, input);
    });
    control->addStream(u"SshProxy"_s, [this](const Principal &who, const QJsonObject &input) {
        return std::make_unique<SshProxyStream>(*sessions, m_database, who, input);
    });
    if (options.handOver) {
        control->addStream(u"HandOver"_s, [this, &options](const Principal &who, const QJsonObject &) {
            const QString listen = u"%1:%2"_s.arg(options.listenAddress).arg(gateway->port());
            return std::make_unique<HandOverStream>(*access, *audit, options, listen, who);
        });
    }
    return control->listen(options.dataDir);
}

Result<QString> Engine::Parts::openApi(const EngineOptions &options)
{
    ApiOptions wish {.address = options.apiAddress,
                     .port = options.apiPort,
                     .hostName = options.apiHostName,
                     .fleet = m_database.fleet()};
    if (!options.apiCertificateFile.isEmpty()) {
        QFile certificate(options.apiCertificateFile);
        QFile key(options.apiKeyFile);
        if (!certificate.open(QIODevice::ReadOnly) || !key.open(QIODevice::ReadOnly))
            return fail(errors::kValidation,
                        u"The API's certificate %1 or its key %2 cannot be read."_s.arg(
                            options.apiCertificateFile, options.apiKeyFile),
                        u"api-certificate"_s);
        wish.certificatePem = certificate.readAll();
        QByteArray pem = key.readAll();
        wish.keyPem = SecretBytes(std::string_view(pem.constData(), static_cast<size_t>(pem.size())));
        pem.fill('\0');
    }
    refusals = std::make_unique<RefusalLog>(*audit);
    wish.refusals = refusals.get();
    api = std::make_unique<ApiServer>(operations, *accessKeys, m_clock, m_random,
                                      [this](std::function<void(const Result<void> &)> then) {
                                          m_database.whenCommitted(std::move(then));
                                      });
    api->serveChannels(
        [this](const QString &session, const QString &peer) { return plugins->openChannel(session, peer); });
    return api->start(std::move(wish));
}

Result<EngineInfo> Engine::Parts::start(const EngineOptions &options)
{
    if (options.nodeCertificateLife.count() > 0)
        ca->setNodeLifetime(options.nodeCertificateLife);
    if (auto taken = takeUp(); !taken)
        return taken.error();
    const auto endpoints = listen(options);
    if (!endpoints)
        return endpoints.error();
    enrolment->setEndpoints(*endpoints);
    EngineInfo info {.agentUrl = toQString(endpoints->constFirst().url()),
                     .caSha256 = ca->caSha256(),
                     .version = QStringLiteral(FB_VERSION),
                     .storeName = m_database.dialect() == Dialect::Sqlite ? u"SQLite"_s : u"PostgreSQL"_s,
                     .fleetId = toQString(m_database.fleet().fleetId),
                     .asksToSignIn = signIn->isRequired()};
    const auto tellReach = [this, url = info.agentUrl] { activations->setReach(url, ca->pins().join(u':')); };
    tellReach();
    QObject::connect(rollOver.get(), &CaRollOverService::trustChanged, gateway.get(), [this, tellReach] {
        certificate->renew(*gateway);
        tellReach();
        // Another engine may have retired the CA: links with its certificates end here too.
        if (auto read = certificates->reload(m_database.reader()); !read)
            qCWarning(engineLog) << "the revoked certificates were not read:" << read.error().message.c_str();
        QSet<QByteArray> revoked;
        for (const std::string &serial : certificates->denyList()->serials())
            revoked.insert(QByteArray::fromStdString(serial));
        gateway->setRevoked(revoked);
    });
    if (auto opened = openControl(options); !opened)
        return opened.error();
    if (!options.apiAddress.isEmpty()) {
        auto url = openApi(options);
        if (!url)
            return url.error();
        info.apiUrl = *url;
    }
    if (auto kept = m_database.flush(); !kept)
        return kept.error();
    return info;
}

}
