#include "app/fleetsim/sim_node.h"

#include "agent/supervisor/node_key.h"
#include "agent/supervisor/trusted_cas.h"
#include "backend/protocol/features.h"
#include "backend/protocol/frame.h"
#include "backend/transport/causes.h"

#include <boost/asio/post.hpp>
#include <fmt/format.h>

namespace fb::sim {

namespace {
    constexpr size_t kMostAnswerBytes = 64 * 1024;
    constexpr std::chrono::seconds kAnswerWithin {60}; // a thousand others ask too
    constexpr uint64_t kLongestBootMs = 2000;

    std::chrono::microseconds untilTick(Tick tick, Tick now)
    {
        return tick > now ? tick - now : std::chrono::microseconds(0);
    }
}

SimNode::SimNode(boost::asio::io_context &context, const SimEngine &engine, size_t number, Owner &owner)
    : m_context(context),
      m_engine(engine),
      m_number(number),
      m_name(fmt::format("sim-{:05}", number)),
      m_owner(owner),
      m_policy(m_clock, m_random),
      m_timer(context),
      m_renewTimer(context),
      m_host(m_name, m_clock)
{
}

SimNode::~SimNode() = default;

wire::NodeFacts SimNode::facts() const
{
    wire::NodeFacts facts;
    facts.set_computer_name(m_name);
    facts.set_platform_type("Linux");
    facts.set_platform_name("Simulated GNU/Linux");
    facts.set_platform_version("1");
    facts.set_ip_address(
        fmt::format("10.{}.{}.{}", m_number >> 16 & 255, m_number >> 8 & 255, m_number & 255));
    facts.set_architecture("x86_64");
    facts.set_cpu_count(2);
    facts.set_memory_bytes(uint64_t {4} * 1024 * 1024 * 1024);
    facts.set_time_zone("UTC");
    facts.set_runs_as_root(false);
    facts.set_run_as_user("simulated");
    facts.set_machine_id(fmt::format("{:032x}", m_number + 1));
    return facts;
}

// ---- Enrolment

void SimNode::enrol(const SimActivation &activation)
{
    if (m_stopping)
        return;
    m_activation = activation;
    if (m_pending.nonce.empty()) {
        auto key = agent::newNodeKey();
        if (!key)
            return m_owner.enrolmentFailed(key.error(), false);
        m_pending = {m_engine.urlText, activation.id, m_random.bytes(16), *std::move(key)};
        m_fingerprint = m_random.bytes(16);
    }
    const auto csr = agent::certificateRequest(m_pending.key);
    if (!csr)
        return m_owner.enrolmentFailed(csr.error(), false);
    agent::EnrolmentOptions enrolment;
    enrolment.engineUrl = m_engine.urlText;
    enrolment.activationId = activation.id;
    enrolment.activationCode = SecretBytes(activation.code);
    enrolment.facts = facts();
    enrolment.agentVersion = m_engine.agentVersion;
    enrolment.fingerprint = m_fingerprint;

    transport::PostOptions post;
    post.url = m_engine.url;
    post.url.path = std::string(protocol::kEnrolPath);
    post.tls = m_engine.pinnedTls;
    post.body = agent::enrolRequest(enrolment, m_pending, *csr).SerializeAsString();
    post.answerWithin = kAnswerWithin;
    m_enrolment
        = transport::postOnce(m_context, std::move(post), [this](Result<transport::HttpAnswer> answer) {
              enrolmentAnswered(std::move(answer));
          });
}

void SimNode::enrolmentAnswered(Result<transport::HttpAnswer> answer)
{
    if (!answer)
        return retryEnrolment(answer.error());
    const auto read = protocol::parse<wire::EnrolAnswer>(answer->body, kMostAnswerBytes);
    if (!read || (read->error_code().empty() && read->node_id().empty())) {
        const Error error
            = makeError(errors::kServiceUnavailable,
                        fmt::format("the engine answered {} {}", answer->status, answer->reason));
        return answer->status == 429 || answer->status >= 500 ? retryEnrolment(error)
                                                              : m_owner.enrolmentFailed(error, false);
    }
    const auto registration = agent::readEnrolAnswer(*read, m_engine.urlText);
    if (registration)
        return begin(*registration, read->certificate_der());
    if (registration.error().code == errors::kServiceUnavailable)
        return retryEnrolment(registration.error());
    m_owner.enrolmentFailed(registration.error(), false);
}

void SimNode::retryEnrolment(const Error &error)
{
    m_owner.enrolmentFailed(error, true);
    m_timer.expires_after(m_policy.ended());
    m_timer.async_wait([this](const boost::system::error_code &cancelled) {
        if (!cancelled)
            enrol(m_activation);
    });
}

void SimNode::begin(const agent::Registration &registration, const std::string &certificateDer)
{
    auto identity = transport::TlsIdentity::load(certificateDer, {}, m_pending.key);
    auto tls = m_owner.tlsFor(registration);
    if (!identity || !tls)
        return m_owner.enrolmentFailed(identity ? tls.error() : identity.error(), false);
    m_registration = registration;
    m_pair = *identity;
    m_identity = m_pair;
    m_tls = *tls;
    m_sessions = std::make_shared<transport::SessionCache>();
    agent::NodeConfig config;
    config.fleetId = registration.fleetId;
    config.nodeId = registration.nodeId;
    config.agentVersion = m_engine.agentVersion;
    config.bootId = m_random.bytes(16);
    config.processId = m_random.bytes(16);
    config.fingerprint = m_fingerprint;
    config.facts = facts();
    config.orderSigningKey = registration.orderSigningKey;
    config.caVersion = registration.caVersion;
    m_core = std::make_unique<agent::NodeCore>(std::move(config), m_ledger, m_host, m_clock, m_random);
    m_core->start();
    m_owner.enrolled();
    dial();
}

// ---- Connection

void SimNode::dial()
{
    if (m_stopping)
        return;
    transport::ClientOptions options;
    options.url = m_engine.url;
    options.tls = m_tls;
    options.identity = m_identity;
    options.sessions = m_sessions;
    options.subprotocol = std::string(protocol::kSubprotocol);
    options.limits.maskedWriteBytes = 1024; // orders' answers are small, and ten thousand buffers are not
    m_socket = transport::connectWebSocket(m_context, std::move(options), *this);
}

void SimNode::dialLater() { dialAfter(m_policy.ended()); }

void SimNode::dialAfter(std::chrono::milliseconds delay)
{
    m_timer.expires_after(delay);
    m_armedFor = Tick::max();
    m_timer.async_wait([this](const boost::system::error_code &cancelled) {
        if (!cancelled)
            dial();
    });
}

void SimNode::onOpened()
{
    m_core->connected();
    pump();
}

void SimNode::onMessage(std::string_view message)
{
    m_core->received(message);
    pump();
}

void SimNode::onWritten() { pump(); }

void SimNode::onClosed(const Error &cause)
{
    namespace causes = transport::causes;
    m_socket.reset();
    m_core->disconnected();
    if (std::exchange(m_welcomed, false))
        m_owner.disconnected();
    else if (cause.code == causes::kRefused || cause.code == causes::kUnknownCa
             || cause.code == causes::kRevoked)
        useOtherPair();
    if (!m_stopping)
        dialLater();
}

void SimNode::pump()
{
    takeEvents();
    while (m_host.hasEvents()) {
        m_host.deliver();
        takeEvents();
    }
    if (!m_socket || !m_socket->isOpen())
        return;
    m_socket->pauseReading(!m_core->wantsToRead());
    if (!m_socket->isWriting() && m_core->hasOutput()) {
        if (auto message = m_core->nextMessage())
            m_socket->send(std::move(*message));
    }
    armTimer();
}

void SimNode::takeEvents()
{
    for (const agent::NodeEvent &event : m_core->takeEvents()) {
        if (const auto *welcomed = std::get_if<agent::Welcomed>(&event)) {
            m_policy.welcomed(std::chrono::milliseconds(welcomed->welcome.reconnect_spread_ms()));
            m_welcomed = true;
            m_owner.connected();
            this->welcomed();
        } else if (const auto *trust = std::get_if<agent::TrustGiven>(&event)) {
            trustGiven(trust->bundle);
        } else if (const auto *certificate = std::get_if<agent::CertificateRenewed>(&event)) {
            renewed(certificate->renewed);
        } else if (const auto *moved = std::get_if<agent::MovedOn>(&event)) {
            m_policy.goAway(moved->after, moved->spread);
            if (m_socket)
                m_socket->close(transport::closeCodes::kGoingAway, moved->reason);
        } else if (std::holds_alternative<agent::LinkBroken>(event)
                   || std::holds_alternative<agent::RefusedByEngine>(event)) {
            if (m_socket)
                m_socket->close(transport::closeCodes::kProtocol, {});
        }
    }
}

// ---- Trust and certificate

bool SimNode::powerFails()
{
    if (m_engine.powerCuts == 0 || m_random.below(100) >= static_cast<uint64_t>(m_engine.powerCuts))
        return false;
    m_renewTimer.cancel();
    m_core->disconnected();
    m_core->trustKept(m_registration.caVersion); // what its next HELLO reads from the disk
    m_identity = m_nextPair ? m_nextPair : m_pair;
    m_sessions->clear();
    if (std::exchange(m_welcomed, false))
        m_owner.disconnected();
    // Destroyed outside its own call.
    boost::asio::post(m_context, [socket = std::shared_ptr<transport::WebSocket>(std::move(m_socket))] {});
    if (!m_stopping) // a machine that starts knows of no earlier failures
        dialAfter(std::chrono::milliseconds(m_random.below(kLongestBootMs)));
    return true;
}

void SimNode::trustGiven(const wire::TrustBundle &bundle)
{
    if (!m_socket || powerFails())
        return;
    const auto after = agent::withBundle(m_registration, bundle);
    if (after && *after) {
        const auto tls = m_owner.tlsFor(**after);
        if (!tls)
            return m_core->trustKept(m_registration.caVersion, tls.error().message);
        m_registration = **after;
        m_tls = *tls;
        m_sessions->clear();
    }
    if (powerFails())
        return;
    m_core->trustKept(m_registration.caVersion, after ? std::string_view() : after.error().message);
    if (bundle.renew_within_ms() > 0)
        renewWithin(std::chrono::milliseconds(bundle.renew_within_ms()));
}

void SimNode::renewWithin(std::chrono::milliseconds spread)
{
    m_renewTimer.expires_after(
        std::chrono::milliseconds(m_random.below(static_cast<uint64_t>(spread.count()) + 1)));
    m_renewTimer.async_wait([this](const boost::system::error_code &cancelled) {
        if (cancelled || !m_core->isWelcomed())
            return;
        auto key = agent::newNodeKey();
        const auto csr = key ? agent::certificateRequest(*key) : Result<std::string>(key.error());
        if (!csr)
            return;
        m_renewalKey = *std::move(key);
        m_core->renewCertificate(*csr);
        pump();
    });
}

void SimNode::renewed(const wire::Renewed &renewed)
{
    auto pair = transport::TlsIdentity::load(renewed.certificate_der(), {}, m_renewalKey);
    if (!pair || !m_socket || powerFails())
        return;
    m_nextPair = *pair;
    if (powerFails())
        return;
    m_identity = m_nextPair;
    m_sessions->clear();
    m_policy.goAway(std::chrono::milliseconds(0), std::chrono::milliseconds(0));
    m_socket->close(transport::closeCodes::kNormal, "renewed certificate");
}

void SimNode::welcomed()
{
    if (!m_nextPair || powerFails())
        return;
    if (m_identity == m_nextPair) // proven: it takes the place of the earlier one
        m_pair = m_nextPair;
    m_nextPair.reset();
}

void SimNode::useOtherPair()
{
    if (!m_nextPair)
        return;
    m_identity = m_identity == m_pair ? m_nextPair : m_pair;
    m_sessions->clear();
}

void SimNode::armTimer()
{
    const Tick deadline = m_core->nextDeadline();
    if (deadline == m_armedFor)
        return;
    m_armedFor = deadline;
    if (deadline == Tick::max()) {
        m_timer.cancel();
        return;
    }
    m_timer.expires_after(untilTick(deadline, m_clock.tick()));
    m_timer.async_wait([this](const boost::system::error_code &cancelled) {
        if (cancelled)
            return;
        m_armedFor = Tick::max();
        m_core->onTime();
        pump();
    });
}

void SimNode::stop()
{
    m_stopping = true;
    m_timer.cancel();
    m_renewTimer.cancel();
    m_enrolment.reset();
    if (!m_socket)
        return;
    if (!m_socket->isOpen()) {
        m_socket.reset();
        return;
    }
    m_core->goAway("stopped");
    pump();
    m_socket->close(transport::closeCodes::kGoingAway, "stopped");
}

}
