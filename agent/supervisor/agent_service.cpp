#include "agent/supervisor/agent_service.h"

#include "agent/collectors/node_facts.h"
#include "agent/platform/process_tree.h"
#include "agent/supervisor/node_key.h"
#include "agent/update/running_agent.h"
#include "backend/core/byte_encoding.h"
#include "backend/core/text_safety.h"
#include "backend/core/time_text.h"
#include "backend/protocol/features.h"
#include "backend/transport/causes.h"
#include "backend/transport/endpoint_url.h"

#include <boost/asio/post.hpp>
#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <unistd.h>

namespace fb::agent {

using namespace std::chrono_literals;

namespace {

    constexpr std::chrono::hours kHibernation {1};
    constexpr std::chrono::hours kRenewRetry {1};
    constexpr int kHardwareTries = 3;
    constexpr std::chrono::seconds kHardwareEvery {5};
    constexpr std::chrono::minutes kFactsEvery {10};
    constexpr std::chrono::minutes kReserveEvery {1};
    constexpr std::string_view kReserveName = "reserve";
    constexpr int64_t kReserveBytes = 16 * 1024 * 1024;
    constexpr std::chrono::milliseconds kStopWithin {1500};

    std::string shown(std::string_view text)
    {
        return withVisibleEscapes(toValidUtf8(firstCodePoints(toValidUtf8(text), 300)));
    }

}

// ---- Making ------------------------------------------------------------------------------------------------------

AgentService::AgentService(boost::asio::io_context &context, const PrivateFolder &state,
                           AgentServiceOptions options, const Clock &clock, Random &random)
    : m_context(context),
      m_state(state),
      m_options(std::move(options)),
      m_clock(clock),
      m_random(random),
      m_identity(state),
      m_readmission(context, m_identity, random),
      m_policy(clock, random),
      m_metrics(clock),
      m_reader(m_options.hardwareRoot),
      m_sessions(std::make_shared<transport::SessionCache>()),
      m_connectTimer(context),
      m_coreTimer(context),
      m_metricsTimer(context),
      m_factsTimer(context),
      m_renewTimer(context),
      m_reserveTimer(context),
      m_stopTimer(context),
      m_signals(context, SIGTERM, SIGINT, kStartAgainSignal)
{
}

AgentService::~AgentService() = default;

Result<std::unique_ptr<AgentService>> AgentService::make(boost::asio::io_context &context,
                                                         const PrivateFolder &state,
                                                         AgentServiceOptions options, const Clock &clock,
                                                         Random &random)
{
    std::unique_ptr<AgentService> service(
        new AgentService(context, state, std::move(options), clock, random));
    if (auto prepared = service->prepare(); !prepared)
        return prepared.error();
    return service;
}

Result<void> AgentService::prepare()
{
    auto registration = m_identity.registration();
    if (!registration)
        return registration.error();
    m_registration = *std::move(registration);
    if (auto loaded = loadIdentity(); !loaded)
        return loaded;
    auto tls = transport::ClientTls::make(
        {.caDer = m_registration.caDer,
         .serverRules = {transport::PeerRole::Engine, "fb:engine/" + m_registration.fleetId, true}});
    if (!tls)
        return tls.error();
    m_tls = *tls;

    keepReserve();
    auto opened = SqliteLedger::openIn(m_state.path());
    if (!opened)
        return opened.error();
    if (!opened->setAside.empty())
        log(fmt::format("the ledger was damaged and is kept as {}; a new one begins", opened->setAside));
    m_ledger = std::move(opened->ledger);
    auto host = ProcessWorkerHost::make(m_context, m_state,
                                        {.nodeId = m_registration.nodeId, .program = m_options.program});
    if (!host)
        return host.error();
    m_host = *std::move(host);

    auto machine = KnownMachine::load(m_state, m_random);
    if (!machine)
        return machine.error();
    m_machine = *std::move(machine);
    NodeConfig config;
    config.fleetId = m_registration.fleetId;
    config.nodeId = m_registration.nodeId;
    config.agentVersion = m_options.agentVersion;
    config.bootId = currentBootId();
    config.processId = m_random.bytes(16);
    config.facts = collectNodeFacts();
    config.orderSigningKey = m_registration.orderSigningKey;
    m_sentFacts = config.facts.SerializeAsString();
    m_core = std::make_unique<NodeCore>(std::move(config), *m_ledger, *m_host, m_clock, m_random);
    m_host->setAfterEvent([this] { pump(); });
    m_toolHost = std::make_unique<ProcessToolHost>(m_context, m_options.program, m_state.path().string());
    m_toolHost->setAfterEvent([this] { pump(); });
    m_core->setToolHost(m_toolHost.get());
    m_forwards = std::make_unique<TcpForwards>(m_context);
    m_forwards->setAfterEvent([this] { pump(); });
    m_core->setForwards(m_forwards.get());
    return {};
}

Result<void> AgentService::loadIdentity()
{
    std::string complaint;
    auto pair = m_identity.usablePair(m_preferNewPair, complaint);
    if (!complaint.empty())
        log(complaint);
    if (!pair)
        return pair.error();
    if (m_pair.tls && m_pair.tls->fingerprint() != pair->tls->fingerprint())
        m_sessions->clear(); // a ticket speaks for the certificate it was given to
    m_pair = *std::move(pair);
    return {};
}

void AgentService::log(std::string_view text) const
{
    std::fprintf(stderr, "%s flagbridge-agent[%d]: %.*s\n", toIso8601Millis(m_clock.now()).c_str(),
                 ::getpid(), static_cast<int>(text.size()), text.data());
}

int AgentService::run()
{
    m_signals.async_wait([this](const boost::system::error_code &error, int number) {
        if (error)
            return;
        m_startsAgain = number == kStartAgainSignal;
        stop();
    });
    m_core->start();
    log(fmt::format("version {}, node {}, state {}", m_options.agentVersion, m_registration.nodeId,
                    m_state.path().string()));
    recogniseMachine(1);
    collect(); // the first reading of the counters
    watchFacts();
    m_context.restart();
    m_context.run();
    return 0;
}

// Devices may come late after a boot: three readings before anything is made of a difference (fleet-manager B3.4).
void AgentService::recogniseMachine(int tries)
{
    m_hardware = m_reader.read();
    if (m_options.hardwareRoot.empty() && tries < kHardwareTries && m_machine->mayComeLate(m_hardware)) {
        m_connectTimer.expires_after(kHardwareEvery);
        m_connectTimer.async_wait([this, tries](const boost::system::error_code &error) {
            if (!error)
                recogniseMachine(tries + 1);
        });
        return;
    }
    const auto isOther = m_machine->meet(m_hardware, m_random);
    if (!isOther)
        log(isOther.error().message);
    else if (*isOther)
        log("this is not the machine that was registered: its machine id is another one");
    m_core->setMachine(m_machine->fingerprint(), m_hardware);
    connect();
}

// ---- Connection --------------------------------------------------------------------------------------------------

std::vector<std::string> AgentService::endpointsInOrder() const
{
    std::vector<std::string> urls = m_registration.endpoints;
    // The last one that worked is never given up before another has (protocol-notes 9).
    if (!m_registration.lastWorked.empty()
        && std::find(urls.begin(), urls.end(), m_registration.lastWorked) == urls.end())
        urls.push_back(m_registration.lastWorked);
    return urls;
}

void AgentService::connect()
{
    if (m_stopping)
        return;
    const std::vector<std::string> urls = endpointsInOrder();
    m_endpoint = urls[m_nextEndpoint % urls.size()];
    const auto url = transport::parseEndpointUrl(m_endpoint);
    if (!url) {
        ++m_nextEndpoint;
        return connectAfter(m_policy.ended());
    }
    transport::ClientOptions options;
    options.url = *url;
    options.tls = m_tls;
    options.identity = m_pair.tls;
    options.sessions = m_sessions;
    options.subprotocol = std::string(protocol::kSubprotocol);
    m_reading = true;
    m_socket = transport::connectWebSocket(m_context, std::move(options), *this);
}

void AgentService::connectAfter(std::chrono::milliseconds delay)
{
    if (m_stopping)
        return;
    m_connectTimer.expires_after(delay);
    m_connectTimer.async_wait([this](const boost::system::error_code &error) {
        if (!error)
            connect();
    });
}

void AgentService::onOpened()
{
    m_core->connected();
    pump();
}

void AgentService::onMessage(std::string_view message)
{
    m_core->received(message);
    pump();
}

void AgentService::onClosed(const Error &cause)
{
    const uint16_t code = m_socket ? m_socket->closeCode() : uint16_t(0);
    const bool wasUp = m_core->isWelcomed();
    m_core->disconnected();
    m_oldSocket = std::move(m_socket); // we are in its call
    boost::asio::post(m_context, [this] { m_oldSocket.reset(); });
    if (m_stopping)
        return finishStop();
    ++m_reconnects;
    const std::string trouble = fmt::format("{}: {}", m_endpoint, shown(cause.message));
    if (wasUp || trouble != m_lastTrouble)
        log(wasUp ? "the link is down: " + trouble : "cannot connect to " + trouble);
    m_lastTrouble = trouble;
    schedule();

    if (std::exchange(m_switchingPair, false)) { // a planned change to the renewed certificate
        if (auto loaded = loadIdentity(); !loaded)
            log(loaded.error().message);
        return connectAfter(0ms);
    }
    if (!wasUp && m_pair.isNew && cause.code == transport::causes::kRefused) {
        // The renewed certificate is not taken: the old one still is, for a day (B3.3).
        log("the renewed certificate was refused; trying the earlier one");
        m_preferNewPair = false;
        if (auto loaded = loadIdentity(); !loaded)
            log(loaded.error().message);
        return connectAfter(m_policy.ended());
    }
    namespace closeCodes = transport::closeCodes;
    const bool cutOff = std::exchange(m_cutOff, false) || code == closeCodes::kDeregistered
        || code == closeCodes::kRevoked || cause.code == transport::causes::kRevoked;
    if (cutOff)
        m_core->stopWork("deregistered"); // whoever sent it has lost the right to (fleet-manager B3.5)
    if (!cutOff && cause.code == transport::causes::kExpired)
        return askForReadmission();
    if (cutOff && !m_hibernating)
        hibernate(code == closeCodes::kDeregistered ? "this node was deregistered" : shown(cause.message));
    if (m_hibernating)
        return connectAfter(kHibernation);
    if (!wasUp)
        ++m_nextEndpoint;
    connectAfter(m_policy.ended());
}

void AgentService::pump()
{
    takeEvents();
    if (m_socket && m_socket->isOpen()) {
        if (const bool wants = m_core->wantsToRead(); wants != m_reading) {
            m_reading = wants;
            m_socket->pauseReading(!wants);
        }
        // One write in flight, so that what is urgent does not queue behind what is not.
        if (!m_socket->isWriting()) {
            if (auto message = m_core->nextMessage())
                m_socket->send(*std::move(message));
        }
    }
    schedule();
}

void AgentService::schedule()
{
    const Tick deadline = m_core->nextDeadline();
    if (deadline == Tick::max()) {
        m_coreTimer.cancel();
        return;
    }
    m_coreTimer.expires_after(std::max(Microseconds(0), deadline - m_clock.tick()));
    m_coreTimer.async_wait([this](const boost::system::error_code &error) {
        if (error)
            return;
        m_core->onTime();
        pump();
    });
}

// ---- Events ------------------------------------------------------------------------------------------------------

void AgentService::takeEvents()
{
    for (const NodeEvent &event : m_core->takeEvents()) {
        if (const auto *up = std::get_if<Welcomed>(&event)) {
            welcomed(up->welcome);
        } else if (const auto *moved = std::get_if<MovedOn>(&event)) {
            log(fmt::format("the engine asks to come again in {} ms ({})", moved->after.count(),
                            shown(moved->reason)));
            m_policy.goAway(moved->after, moved->spread);
            ++m_nextEndpoint;
            if (m_socket)
                m_socket->close(transport::closeCodes::kGoingAway, "moving on");
        } else if (const auto *broken = std::get_if<LinkBroken>(&event)) {
            log("the link is given up: " + shown(broken->error.message));
            if (m_socket)
                m_socket->close(transport::closeCodes::kProtocol, "protocol");
        } else if (const auto *no = std::get_if<RefusedByEngine>(&event)) {
            refused(*no);
        } else if (const auto *certificate = std::get_if<CertificateRenewed>(&event)) {
            renewed(certificate->renewed);
        } else if (const auto *endpoints = std::get_if<EndpointsChanged>(&event)) {
            endpointsChanged(*endpoints);
        } else if (const auto *key = std::get_if<SigningKeyOffered>(&event)) {
            m_registration.orderSigningKey = key->key;
            if (auto stored = m_identity.setRegistration(m_registration); !stored)
                log(stored.error().message);
        } else if (const auto *failed = std::get_if<LedgerFailed>(&event)) {
            log(failed->error.message);
            m_state.remove(kReserveName); // what was kept for this moment
        }
    }
}

void AgentService::welcomed(const wire::Welcome &welcome)
{
    log(fmt::format("connected to {} as {}{}", m_endpoint, m_registration.nodeId,
                    welcome.quarantined() ? ", quarantined" : ""));
    m_lastTrouble.clear();
    noteConnected(m_state, m_options.agentVersion);
    m_hibernating = false;
    m_policy.welcomed(std::chrono::milliseconds(welcome.reconnect_spread_ms()));
    if (m_registration.lastWorked != m_endpoint) {
        m_registration.lastWorked = m_endpoint;
        (void)m_identity.setRegistration(m_registration);
    }
    if (m_pair.isNew) {
        m_identity.proveNewPair();
        m_pair.isNew = false;
        log("the renewed certificate is in use");
    } else if (!m_preferNewPair) {
        m_identity
            .dropNewPair(); // the earlier one carried a link, so the engine has not taken to the new one
        m_preferNewPair = true;
    }
    if (welcome.keep_hardware()) {
        if (auto kept = m_machine->keep(m_hardware); !kept)
            log(kept.error().message);
    }
    if (welcome.metrics_interval_ms() > 0)
        m_metricsInterval
            = std::chrono::seconds(std::clamp(welcome.metrics_interval_ms() / 1000, 10u, 3600u));
    watchCertificate(welcome.renew_certificate());
}

void AgentService::refused(const RefusedByEngine &refused)
{
    log(fmt::format("the engine says {}: {}", shown(refused.code), shown(refused.text)));
    if (!refused.fatal)
        return;
    m_cutOff = refused.code == "deregistered";
    if (refused.code == "FingerprintMismatch" || refused.code == "DuplicateNode"
        || refused.code == "deregistered" || refused.code == "expired")
        hibernate(shown(refused.text));
    if (m_socket)
        m_socket->close(transport::closeCodes::kNormal, "refused");
}

void AgentService::hibernate(std::string reason)
{
    m_hibernating = true;
    log(fmt::format(
        "{}. It tries again every hour. To register this machine anew: flagbridge-agent register --force "
        "--state {} ...",
        reason.empty() ? "the engine refuses this node" : reason, m_state.path().string()));
}

void AgentService::askForReadmission()
{
    log("the certificate of this node has expired; an operator has to approve the next one");
    m_readmission.begin(
        {.fleetId = m_registration.fleetId,
         .endpoints = endpointsInOrder(),
         .tls = m_tls,
         .preferNewPair = m_pair.isNew},
        [this](const Result<void> &outcome) {
            if (!outcome) {
                hibernate(shown(outcome.error().message));
                return connectAfter(kHibernation);
            }
            log("the next certificate was approved");
            m_preferNewPair = true;
            if (auto loaded = loadIdentity(); !loaded)
                log(loaded.error().message);
            connectAfter(0ms);
        },
        [this](const std::string &why) { log(shown(why)); });
}

void AgentService::endpointsChanged(const EndpointsChanged &changed)
{
    std::vector<wire::Endpoint> sorted = changed.endpoints;
    std::stable_sort(sorted.begin(), sorted.end(), [](const wire::Endpoint &a, const wire::Endpoint &b) {
        return a.weight() > b.weight();
    });
    std::vector<std::string> urls;
    for (const wire::Endpoint &endpoint : sorted)
        if (transport::parseEndpointUrl(endpoint.url()))
            urls.push_back(endpoint.url());
    if (urls.empty() || (changed.version > 0 && changed.version < m_registration.endpointsVersion)
        || urls == m_registration.endpoints)
        return;
    m_registration.endpoints = std::move(urls);
    m_registration.endpointsVersion = changed.version;
    if (auto stored = m_identity.setRegistration(m_registration); !stored)
        log(stored.error().message);
}

// ---- Certificate -------------------------------------------------------------------------------------------------

// Due at 2/3 of its life, +/- 10 % by this node's hash, or now when the engine wants it.
void AgentService::watchCertificate(bool now)
{
    const transport::PeerCertificate &certificate = m_pair.tls->certificate();
    const Microseconds life = certificate.notAfter - certificate.notBefore;
    const std::string hash = sha256(m_registration.nodeId);
    const double share
        = 2.0 / 3.0 * (0.9 + 0.2 * static_cast<double>(static_cast<unsigned char>(hash[0])) / 255.0);
    const Instant due = certificate.notBefore
        + std::chrono::duration_cast<Microseconds>(std::chrono::duration<double, std::micro>(
            share * static_cast<double>(life.count())));
    const Microseconds wait = now ? Microseconds(0) : std::max<Microseconds>(0s, due - m_clock.now());
    m_renewTimer.expires_after(
        std::min<Microseconds>(wait, 24h)); // looked at again: the wall clock may be set
    m_renewTimer.async_wait([this, early = wait > Microseconds(24h)](const boost::system::error_code &error) {
        if (error || !m_core->isWelcomed())
            return;
        if (early)
            watchCertificate(false);
        else
            renew();
    });
}

void AgentService::renew()
{
    m_renewTimer.expires_after(kRenewRetry); // if no answer comes, or a bad one
    m_renewTimer.async_wait([this](const boost::system::error_code &error) {
        if (!error && m_core->isWelcomed())
            renew();
    });
    const auto key = m_identity.beginRenewal();
    const auto csr = key ? certificateRequest(*key) : Result<std::string>(key.error());
    if (!csr)
        return log(csr.error().message);
    m_core->renewCertificate(*csr);
    pump();
}

void AgentService::renewed(const wire::Renewed &renewed)
{
    if (!renewed.refused().empty())
        return log("the engine did not renew the certificate: " + shown(renewed.refused()));
    if (auto stored = m_identity.finishRenewal(renewed.certificate_der()); !stored)
        return log("the renewed certificate cannot be used: " + stored.error().message);
    // Its first use is a connection of its own; streams and orders go on where they were.
    m_preferNewPair = true;
    m_switchingPair = true;
    m_policy.goAway(0ms, 0ms);
    if (m_socket)
        m_socket->close(transport::closeCodes::kNormal, "renewed certificate");
}

// ---- Metrics, facts, disk ----------------------------------------------------------------------------------------

void AgentService::collect()
{
    const wire::MetricReport report = m_metrics.collect(m_core->ordersQueued(), m_reconnects);
    if (report.points_size() > 0)
        m_core->reportMetrics(report);
    pump();
    m_metricsTimer.expires_after(
        untilNextCollection(m_clock.now(), m_metricsInterval, m_registration.nodeId));
    m_metricsTimer.async_wait([this](const boost::system::error_code &error) {
        if (!error)
            collect();
    });
}

void AgentService::watchFacts()
{
    m_factsTimer.expires_after(kFactsEvery);
    m_factsTimer.async_wait([this](const boost::system::error_code &error) {
        if (error)
            return;
        const wire::NodeFacts facts = collectNodeFacts();
        if (std::string bytes = facts.SerializeAsString(); bytes != m_sentFacts) {
            m_sentFacts = std::move(bytes);
            m_core->reportFacts(facts);
            pump();
        }
        watchFacts();
    });
}

// 16 MiB kept aside, so that on a full disk results still get out (run-command 7); given up when the ledger or a worker needs them.
void AgentService::keepReserve()
{
    m_reserveTimer.expires_after(kReserveEvery);
    m_reserveTimer.async_wait([this](const boost::system::error_code &error) {
        if (!error)
            keepReserve();
    });
    if (m_state.has(kReserveName))
        return;
    struct statvfs status {
    };
    if (::fstatvfs(m_state.fd(), &status) != 0
        || static_cast<int64_t>(status.f_bavail * status.f_frsize) < 4 * kReserveBytes)
        return;
    if (auto fd = m_state.openForAppend(kReserveName);
        fd && ::posix_fallocate(fd->get(), 0, kReserveBytes) != 0)
        m_state.remove(kReserveName);
}

// ---- End ---------------------------------------------------------------------------------------------------------

void AgentService::stop()
{
    if (m_stopping)
        return;
    m_stopping = true;
    log("stopping; what runs goes on in its workers");
    for (boost::asio::steady_timer *timer :
         {&m_connectTimer, &m_metricsTimer, &m_factsTimer, &m_renewTimer, &m_reserveTimer})
        timer->cancel();
    if (!m_socket || !m_core->isWelcomed())
        return finishStop();
    m_core->goAway("stopped");
    pump();
    m_stopTimer.expires_after(kStopWithin);
    m_stopTimer.async_wait([this](const boost::system::error_code &error) {
        if (!error)
            finishStop();
    });
    // Once what was queued has gone out: the closing handshake waits behind it.
    boost::asio::post(m_context, [this] {
        if (m_socket)
            m_socket->close(transport::closeCodes::kGoingAway, "stopped");
    });
}

void AgentService::finishStop() { m_context.stop(); }

}
