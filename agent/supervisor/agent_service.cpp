#include "agent/supervisor/agent_service.h"

#include "agent/collectors/node_facts.h"
#include "agent/platform/process_tree.h"
#include "agent/supervisor/connect_trouble.h"
#include "agent/supervisor/node_key.h"
#include "agent/supervisor/trusted_cas.h"
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
#include <fcntl.h>
#include <unistd.h>

namespace fb::agent {

using namespace std::chrono_literals;

namespace {

    constexpr std::chrono::minutes kReserveEvery {1};
    constexpr std::string_view kReserveName = "reserve";
    constexpr int64_t kReserveBytes = 16 * 1024 * 1024;
    constexpr std::chrono::milliseconds kStopWithin {1500};
    constexpr std::chrono::minutes kSpoolFullFor {2}; // it fills and drains many times a second: one warning
    constexpr int kLastWords = 4; // messages

}

// ---- Making ------------------------------------------------------------------------------------------------------

AgentService::AgentService(boost::asio::io_context &context, const PrivateFolder &state,
                           AgentServiceOptions options, const Clock &clock, Random &random)
    : m_context(context),
      m_state(state),
      m_options(std::move(options)),
      m_clock(clock),
      m_log(std::make_unique<AgentLog>(m_options.logFile)),
      m_random(random),
      m_identity(state),
      m_launcher({.program = m_options.program,
                  .sandboxRequired = m_options.sandboxRequired,
                  .unconfined = [this](const std::string &what) { warn(unconfinedText(what)); }}),
      m_readmission(context, m_identity, m_launcher, random),
      m_policy(clock, random),
      m_metrics(clock),
      m_reader(m_options.hardwareRoot),
      m_ticket(std::make_shared<NetworkTicket>()),
      m_connectTimer(context),
      m_coreTimer(context),
      m_metricsTimer(context),
      m_factsTimer(context),
      m_renewTimer(context),
      m_reserveTimer(context),
      m_stopTimer(context),
      m_signals(context, SIGTERM, SIGINT, kStartAgainSignal),
      m_rotateSignal(context, SIGUSR1)
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
    auto tls = trustOf(m_registration);
    if (!tls)
        return tls.error();
    m_tls = *tls;

    keepReserve();
    auto opened = SqliteLedger::openIn(m_state.path());
    if (!opened)
        return opened.error();
    if (!opened->setAside.empty())
        warn(fmt::format("the ledger was damaged and is kept as {}; a new one begins", opened->setAside));
    m_ledger = std::move(opened->ledger);
    auto host = ProcessWorkerHost::make(
        m_context, m_state,
        {.nodeId = m_registration.nodeId, .program = m_options.program, .spoolLimit = m_options.spoolLimit});
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
    config.caVersion = m_registration.caVersion;
    m_sentFacts = config.facts.SerializeAsString();
    m_core = std::make_unique<NodeCore>(std::move(config), *m_ledger, *m_host, m_clock, m_random);
    m_host->setAfterEvent([this] {
        watchSpool();
        pump();
    });
    m_host->setChildCollected([this](pid_t pid, int status) { m_launcher.childCollected(pid, status); });
    m_toolHost = std::make_unique<ProcessToolHost>(m_context, m_options.program, m_state.path().string(),
                                                   m_options.journalFolder);
    m_toolHost->setAfterEvent([this] { pump(); });
    m_core->setToolHost(m_toolHost.get());
    m_forwards = std::make_unique<TcpForwards>(m_context);
    m_forwards->setAfterEvent([this] { pump(); });
    m_core->setForwards(m_forwards.get());
    if (auto restrictions = readRestrictions(m_state))
        m_restrictions = *std::move(restrictions);
    else // no order comes before WELCOME, which brings the profile again
        warn(restrictions.error().message);
    m_restrictions.own = m_options.own;
    m_core->setToolDenial([this](const std::string &tool) { return m_restrictions.denialOfTool(tool); });
    applyProfile();
    return {};
}

void AgentService::log(std::string_view text, LogLevel level)
{
    if (level < m_logLevel)
        return;
    const bool wasFull = m_log->state().isFull;
    m_log->write(
        fmt::format("{} flagbridge-agent[{}]: {}", toIso8601Millis(m_clock.now()), ::getpid(), text));
    if (m_log->state().isFull != wasFull && m_core)
        boost::asio::post(m_context, [this] { reportHealth(); });
}

std::string AgentService::shownText(std::string_view text)
{
    return withVisibleEscapes(toValidUtf8(firstCodePoints(toValidUtf8(text), 300)));
}

int AgentService::run()
{
    m_signals.async_wait([this](const boost::system::error_code &error, int number) {
        if (error)
            return;
        m_startsAgain = number == kStartAgainSignal;
        stop();
    });
    awaitRotation();
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
    options.subprotocol = std::string(protocol::kSubprotocol);
    m_reading = true;
    m_socket = connectNetworkLink(m_context, m_launcher, m_launcher.start(), options, m_ticket, *this);
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

void AgentService::onWritten()
{
    pump();
    if (!m_stopping)
        return;
    ++m_lastWords;
    closeOnceSaid();
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
    const std::string trouble
        = fmt::format("{}: {}", m_endpoint, shownText(wasUp ? cause.message : explained(cause).message));
    if (wasUp || trouble != m_lastTrouble)
        warn(wasUp ? "the link is down: " + trouble : "cannot connect to " + trouble);
    m_lastTrouble = trouble;
    schedule();

    if (std::exchange(m_switchingPair, false)) { // a planned change to the renewed certificate
        if (auto loaded = loadIdentity(); !loaded)
            warn(loaded.error().message);
        return connectAfter(0ms);
    }
    if (!wasUp && tryOtherPair(cause))
        return connectAfter(m_policy.ended());
    namespace closeCodes = transport::closeCodes;
    const bool cutOff = std::exchange(m_cutOff, false) || code == closeCodes::kDeregistered
        || code == closeCodes::kRevoked || cause.code == transport::causes::kRevoked;
    if (cutOff)
        m_core->stopWork("deregistered"); // whoever sent it has lost the right to (fleet-manager B3.5)
    if (!cutOff && cause.code == transport::causes::kExpired)
        return askForReadmission();
    if (cutOff && !m_hibernating)
        hibernate(code == closeCodes::kDeregistered ? "this node was deregistered"
                                                    : shownText(cause.message));
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
        // Few in flight, so that what is urgent does not queue behind what is not.
        while (m_socket->mayWrite()) {
            auto message = m_core->nextMessage();
            if (!message)
                break;
            m_socket->send(*std::move(message));
        }
    }
    schedule();
}

void AgentService::schedule()
{
    const Tick deadline = m_core->nextDeadline();
    // An earlier wake-up looks again; one that is over was slept through, since timers stand still in suspend.
    if (deadline == Tick::max() || (deadline >= m_wakesAt && m_wakesAt > m_clock.tick()))
        return;
    m_wakesAt = deadline;
    m_coreTimer.expires_after(std::max(Microseconds(0), deadline - m_clock.tick()));
    m_coreTimer.async_wait([this](const boost::system::error_code &error) {
        if (error)
            return;
        m_wakesAt = Tick::max();
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
                            shownText(moved->reason)));
            m_policy.goAway(moved->after, moved->spread);
            ++m_nextEndpoint;
            if (m_socket)
                m_socket->close(transport::closeCodes::kGoingAway, "moving on");
        } else if (const auto *broken = std::get_if<LinkBroken>(&event)) {
            warn("the link is given up: " + shownText(broken->error.message));
            if (m_socket)
                m_socket->close(transport::closeCodes::kProtocol, "protocol");
        } else if (const auto *no = std::get_if<RefusedByEngine>(&event)) {
            refused(*no);
        } else if (const auto *certificate = std::get_if<CertificateRenewed>(&event)) {
            renewed(certificate->renewed);
        } else if (const auto *endpoints = std::get_if<EndpointsChanged>(&event)) {
            endpointsChanged(*endpoints);
        } else if (const auto *trust = std::get_if<TrustGiven>(&event)) {
            trustGiven(trust->bundle);
        } else if (const auto *key = std::get_if<SigningKeyOffered>(&event)) {
            m_registration.orderSigningKey = key->key;
            if (auto stored = m_identity.setRegistration(m_registration); !stored)
                warn(stored.error().message);
        } else if (const auto *given = std::get_if<ProfileGiven>(&event)) {
            profileGiven(given->profile);
        } else if (const auto *tried = std::get_if<UnsignedRefused>(&event)) {
            warn(fmt::format("refused: {} is not signed by the engine's key", shownText(tried->what)));
        } else if (const auto *failed = std::get_if<LedgerFailed>(&event)) {
            warn(failed->error.message);
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
    m_otherPairTried = false;
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
            warn(kept.error().message);
    }
    if (welcome.metrics_interval_ms() > 0)
        m_metricsInterval
            = std::chrono::seconds(std::clamp(welcome.metrics_interval_ms() / 1000, 10u, 3600u));
    watchCertificate(welcome.renew_certificate());
    if (health().warns())
        reportHealth(); // an engine that has just begun knows nothing of it
}

void AgentService::refused(const RefusedByEngine &refused)
{
    warn(fmt::format("the engine says {}: {}", shownText(refused.code), shownText(refused.text)));
    if (!refused.fatal)
        return;
    m_cutOff = refused.code == "deregistered";
    if (refused.code == "FingerprintMismatch" || refused.code == "DuplicateNode"
        || refused.code == "deregistered" || refused.code == "expired")
        hibernate(shownText(refused.text));
    if (m_socket)
        m_socket->close(transport::closeCodes::kNormal, "refused");
}

void AgentService::profileGiven(const wire::NodeProfile &profile)
{
    if (profile.SerializeAsString() == m_restrictions.profile.SerializeAsString())
        return;
    m_restrictions.profile = profile;
    // On disk first: it holds at the next start too, before there is a WELCOME.
    if (auto stored = writeRestrictions(m_state, m_restrictions); !stored)
        warn(stored.error().message);
    applyProfile();
    log(fmt::format("the node profile is {}", shownText(profile.name())));
}

void AgentService::applyProfile()
{
    const wire::NodeProfile &profile = m_restrictions.profile;
    m_host->setRestrictions(m_restrictions);
    if (profile.report_interval_s() > 0)
        m_factsInterval = std::chrono::seconds(std::clamp(profile.report_interval_s(), 60u, 3600u));
    if (profile.metrics_interval_s() > 0)
        m_metricsInterval = std::chrono::seconds(std::clamp(profile.metrics_interval_s(), 10u, 3600u));
    constexpr std::pair<std::string_view, LogLevel> kLevels[] = {{"debug", LogLevel::Debug},
                                                                 {"info", LogLevel::Info},
                                                                 {"warning", LogLevel::Warning},
                                                                 {"error", LogLevel::Error}};
    for (const auto &[name, level] : kLevels)
        if (profile.log_level() == name)
            m_logLevel = level;
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
        warn(stored.error().message);
}

// ---- Metrics, facts, disk ----------------------------------------------------------------------------------------

void AgentService::collect()
{
    if (m_log->state().isFull)
        m_log->tryAgain();
    if (m_spoolFullAt && !m_host->isSpoolFull() && m_clock.tick() - *m_spoolFullAt >= kSpoolFullFor) {
        m_spoolFullAt.reset();
        log("the spool has room again");
    }
    wire::MetricReport report = m_metrics.collect(m_core->ordersQueued(), m_reconnects);
    const NodeHealth now = health();
    now.addTo(report);
    m_toldSpoolFull = now.isSpoolFull;
    if (report.points_size() > 0)
        m_core->reportMetrics(report);
    pump();
    log(fmt::format("{} measurements", report.points_size()), LogLevel::Debug);
    m_metricsTimer.expires_after(
        untilNextCollection(m_clock.now(), m_metricsInterval, m_registration.nodeId));
    m_metricsTimer.async_wait([this](const boost::system::error_code &error) {
        if (!error)
            collect();
    });
}

NodeHealth AgentService::health() const
{
    return {.spoolBytes = m_host->spoolBytes(),
            .spoolLimit = m_host->spoolLimit(),
            .spoolDropped = m_host->spoolDropped(),
            .isSpoolFull = m_host->isSpoolFull() || m_spoolFullAt,
            .log = m_log->state()};
}

void AgentService::watchSpool()
{
    if (!m_host->isSpoolFull())
        return;
    if (!m_spoolFullAt)
        warn(fmt::format("the spool is full: {} of {} bytes; output is dropped until some is delivered",
                         m_host->spoolBytes(), m_host->spoolLimit()));
    m_spoolFullAt = m_clock.tick();
    if (!m_toldSpoolFull)
        reportHealth();
}

void AgentService::reportHealth()
{
    wire::MetricReport report;
    report.set_time_us(toMicros(m_clock.now()));
    const NodeHealth now = health();
    now.addTo(report);
    m_toldSpoolFull = now.isSpoolFull;
    m_core->reportMetrics(report);
    pump();
}

void AgentService::watchFacts()
{
    m_factsTimer.expires_after(m_factsInterval);
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
    closeOnceSaid();
}

// The goodbye goes first, behind what is on its way; output may be more than can be waited for.
void AgentService::closeOnceSaid()
{
    const bool isSaid = m_lastWords >= kLastWords || !m_core->hasOutput();
    if (m_socket && m_socket->isOpen() && !m_socket->isWriting() && isSaid)
        m_socket->close(transport::closeCodes::kGoingAway, "stopped");
}

void AgentService::finishStop() { m_context.stop(); }

}
