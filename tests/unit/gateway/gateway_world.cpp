#include "tests/unit/gateway/gateway_world.h"

#include "backend/core/byte_encoding.h"
#include "backend/protocol/features.h"

#include <QCoreApplication>
#include <QElapsedTimer>

namespace fb::test {

using namespace transport;

// ---- FakeServices ------------------------------------------------------------------------------------------------

void FakeServices::admit(const NodeConnection &connection, std::function<void(AdmitDecision)> decide)
{
    asked.push_back(connection);
    AdmitDecision answer;
    if (decision) {
        answer = decision(connection);
    } else {
        wire::Welcome welcome;
        welcome.set_lease_epoch(7);
        answer = welcome;
    }
    if (holdsBack)
        held.push_back([decide, answer] { decide(answer); });
    else
        decide(answer);
}

void FakeServices::enrol(const wire::EnrolRequest &request, const QString &,
                         std::function<void(wire::EnrolAnswer)> answer)
{
    enrolments.push_back(request);
    wire::EnrolAnswer made;
    made.set_node_id(kNodeA.text());
    answer(enrolAnswer ? enrolAnswer(request) : made);
}

void FakeServices::renew(const NodeConnection &, const std::string &csrDer,
                         std::function<void(wire::Renewed)> answer)
{
    renewals.push_back(csrDer);
    wire::Renewed renewed;
    renewed.set_certificate_der("new certificate");
    answer(renewed);
}

// ---- TestAgent ---------------------------------------------------------------------------------------------------

TestAgent::TestAgent(GatewayWorld &world_, std::shared_ptr<const TlsIdentity> identity,
                     std::shared_ptr<SessionCache> sessions)
    : world(world_),
      m_identity(std::move(identity)),
      m_sessions(std::move(sessions))
{
    hello.set_protocol_min(1);
    hello.set_protocol_max(protocol::kProtocolLevel);
    hello.add_features(std::string(protocol::features::kZstd));
    hello.add_features(std::string(protocol::features::kSignedOrders));
    hello.set_boot_id("boot-1");
    hello.set_process_id("process-1");
    hello.set_agent_version("0.1.0");
}

TestAgent::~TestAgent() = default;

void TestAgent::connect()
{
    link = std::make_unique<protocol::Link>(protocol::LinkSide::Agent, protocol::LinkLimits {}, world.clock,
                                            world.random);
    events.clear();
    welcome.reset();
    closed.reset();
    opened = false;
    auto options = world.clientOptions(m_identity);
    options.sessions = m_sessions;
    m_socket = connectWebSocket(world.context, std::move(options), *this);
}

void TestAgent::onOpened()
{
    opened = true;
    resumed = m_socket->peer().resumed;
    if (hello.has_protocol_max() || hello.has_boot_id())
        link->send(protocol::FrameType::Hello, hello);
    pump();
}

void TestAgent::send(protocol::FrameType type, const google::protobuf::MessageLite &message,
                     std::string payload)
{
    link->send(type, message, std::move(payload));
    pump();
}

void TestAgent::sendRaw(std::string message)
{
    m_raw.push_back(std::move(message));
    write();
}

void TestAgent::pump()
{
    link->onTime(); // acknowledgements and credit that were held together
    for (auto &event : link->takeEvents()) {
        if (const auto *control = std::get_if<protocol::ControlReceived>(&event)) {
            if (control->type == protocol::FrameType::Welcome)
                welcome = protocol::messageOf<wire::Welcome>(*control).value();
        }
        events.push_back(std::move(event));
    }
    write();
}

void TestAgent::write()
{
    if (!m_socket || !m_socket->isOpen() || m_socket->isWriting() || isMute)
        return;
    if (!m_raw.empty()) {
        std::string message = std::move(m_raw.front());
        m_raw.erase(m_raw.begin());
        return m_socket->send(std::move(message));
    }
    if (auto message = link->nextMessage())
        m_socket->send(std::move(*message));
}

void TestAgent::onMessage(std::string_view message)
{
    link->receive(message);
    pump();
}

void TestAgent::onWritten() { write(); }

void TestAgent::onClosed(const Error &cause)
{
    closed = cause;
    closeCode = m_socket->closeCode();
}

std::optional<wire::ErrorReport> TestAgent::error() const
{
    std::optional<wire::ErrorReport> newest;
    for (const auto &control : all<protocol::ControlReceived>()) {
        if (control.type == protocol::FrameType::Error)
            newest = protocol::messageOf<wire::ErrorReport>(control).value();
    }
    return newest;
}

std::optional<wire::GoAway> TestAgent::goAway() const
{
    std::optional<wire::GoAway> newest;
    for (const auto &control : all<protocol::ControlReceived>()) {
        if (control.type == protocol::FrameType::GoAway)
            newest = protocol::messageOf<wire::GoAway>(control).value();
    }
    return newest;
}

// ---- GatewayWorld ------------------------------------------------------------------------------------------------

GatewayWorld::GatewayWorld(GatewayOptions options)
{
    gateway = std::make_unique<Gateway>(clock, random, services, services, services);
    options.port = 0;
    if (options.ioThreads == 0)
        options.ioThreads = 2;
    options.fleet = FleetId(kFleet);
    const TestCertificate engine = ca.engine(kFleet);
    const GatewayTls tls {engine.der, engine.key.copy(), {ca.der()}};
    const auto started = gateway->start(std::move(options), tls);
    if (!started)
        qFatal("%s", started.error().message.c_str());
    ClientTlsOptions trust;
    trust.caDer = {ca.der()};
    trust.serverRules = {PeerRole::Engine, std::string("fb:engine/") + kFleet, true};
    clientTls = ClientTls::make(std::move(trust)).value();

    Gateway *g = gateway.get();
    QObject::connect(g, &Gateway::nodeConnected, &m_poll,
                     [this](const NodeConnection &connection) { nodesConnected.append(connection); });
    QObject::connect(g, &Gateway::nodeLost, &m_poll,
                     [this](const NodeId &node, quint64 connection, const Error &cause, Instant) {
                         losses.push_back({node, connection, cause});
                     });
    QObject::connect(g, &Gateway::controlReceived, &m_poll,
                     [this](const QList<NodeMessage> &batch) { messages.append(batch); });
    QObject::connect(g, &Gateway::streamsChanged, &m_poll,
                     [this](const QList<StreamEvent> &batch) { streamEvents.append(batch); });
    QObject::connect(g, &Gateway::certificateRefused, &m_poll,
                     [this](const RefusedCertificate &refused) { refusedCertificates.append(refused); });
    QObject::connect(g, &Gateway::duplicateNodeSeen, &m_poll,
                     [this](const NodeConnection &newcomer) { clones.push_back(newcomer); });
    QObject::connect(g, &Gateway::identityViolated, &m_poll, [this](const NodeId &node, const QString &what) {
        violations.emplace_back(node, what);
    });
    QObject::connect(g, &Gateway::nodeSilent, &m_poll,
                     [this](const NodeId &node) { silent.push_back(node); });
    QObject::connect(&m_poll, &QTimer::timeout, &m_poll, [this] {
        context.restart();
        context.poll();
    });
    m_poll.start(1);
}

GatewayWorld::~GatewayWorld()
{
    m_poll.stop();
    context.restart();
    context.poll(); // what agents left behind
}

std::shared_ptr<const TlsIdentity> GatewayWorld::identity(const TestCertificate &certificate) const
{
    return TlsIdentity::load(certificate.der, {}, certificate.key).value();
}

std::shared_ptr<const TlsIdentity> GatewayWorld::identity(const NodeId &node) const
{
    return identity(ca.node(kFleet, node.text()));
}

std::unique_ptr<TestAgent> GatewayWorld::agent(const NodeId &node)
{
    return std::make_unique<TestAgent>(*this, identity(node));
}

std::unique_ptr<TestAgent> GatewayWorld::connected(const NodeId &node)
{
    auto made = agent(node);
    made->connect();
    if (!waitFor([&] { return made->isWelcomed() && gateway->isConnected(node); }))
        qFatal("%s was not welcomed: %s", node.text().c_str(),
               made->closed ? made->closed->message.c_str() : "");
    return made;
}

ClientOptions GatewayWorld::clientOptions(std::shared_ptr<const TlsIdentity> identity) const
{
    ClientOptions options;
    options.url = {"127.0.0.1", gateway->port(), std::string(protocol::kAgentPath)};
    options.tls = clientTls;
    options.identity = std::move(identity);
    options.subprotocol = std::string(protocol::kSubprotocol);
    return options;
}

std::unique_ptr<HttpPost> GatewayWorld::post(std::string body, std::optional<Result<HttpAnswer>> &answer)
{
    ClientTlsOptions trust;
    trust.caSha256 = sha256(ca.der());
    PostOptions options;
    options.url = {"127.0.0.1", gateway->port(), std::string(protocol::kEnrolPath)};
    options.tls = ClientTls::make(std::move(trust)).value();
    options.body = std::move(body);
    return postOnce(context, std::move(options),
                    [&answer](Result<HttpAnswer> got) { answer = std::move(got); });
}

bool GatewayWorld::waitFor(const std::function<bool()> &until, std::chrono::milliseconds within)
{
    QElapsedTimer timer;
    timer.start();
    while (!until()) {
        if (std::chrono::milliseconds(timer.elapsed()) > within)
            return false;
        QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents, 20);
    }
    return true;
}

}
