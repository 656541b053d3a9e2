#include "agent/supervisor/node_core_private.h"

#include "backend/protocol/features.h"

#include <fmt/format.h>

namespace fb::agent {

using namespace protocol;

namespace {
    constexpr size_t kMaxKeptMetrics = 360; // 6 h at one a minute; the oldest go first
    constexpr std::chrono::seconds kLedgerRetryAfter {2};
}

// ---- Turns -------------------------------------------------------------------------------------------------------

void NodeCore::Private::endTurn()
{
    if (turn.isFailing() && clock.tick() < ledgerRetryAt)
        return;
    while (!turn.isEmpty()) {
        const bool wasFailing = turn.isFailing();
        if (auto ended = turn.end(); !ended) {
            ledgerRetryAt = clock.tick() + kLedgerRetryAfter;
            if (!wasFailing)
                events.push_back(LedgerFailed {ended.error()});
            return;
        }
        if (wasFailing) {
            ledgerRetryAt = Tick::max();
            orders.startWhatMay();
            // What came while nothing could be stored was dropped: on a new link the engine sends it again.
            if (link)
                breakLink(makeError(errors::kServiceUnavailable, "the ledger can be written again"));
        }
    }
}

void NodeCore::Private::breakLink(Error error)
{
    if (!broken)
        events.push_back(LinkBroken {std::move(error)});
    broken = true;
}

void NodeCore::Private::afterReceive()
{
    if (!link)
        return;
    for (const LinkEvent &event : link->takeEvents()) {
        handle(event);
        if (broken)
            break;
    }
    if (isServing()) {
        terminals.passCredit();
        tools.passCredit();
        forwards.passCredit();
    }
    endTurn();
}

// ---- NodeCore ----------------------------------------------------------------------------------------------------

NodeCore::NodeCore(NodeConfig config, Ledger &ledger, WorkerHost &host, const Clock &clock, Random &random)
    : d(std::make_unique<Private>(std::move(config), ledger, host, clock, random))
{
    host.setEvents(d.get());
}

NodeCore::~NodeCore() { d->host.setEvents(nullptr); }

void NodeCore::setToolHost(ToolHost *host) { d->tools.setHost(host); }
void NodeCore::setToolDenial(std::function<std::string(const std::string &tool)> denial)
{
    d->tools.setDenial(std::move(denial));
}
void NodeCore::setForwards(ForwardHost *host) { d->forwards.setHost(host); }

void NodeCore::setMachine(const std::string &fingerprint, const wire::HardwareRecord &hardware)
{
    d->config.fingerprint = fingerprint;
    d->config.hardware = hardware;
}

void NodeCore::start()
{
    d->terminals.start();
    d->orders.start();
    d->endTurn();
}

void NodeCore::connected()
{
    disconnected();
    d->link = std::make_unique<Link>(LinkSide::Agent, d->config.linkLimits, d->clock, d->random);
    const LedgerFacts facts = d->ledger.facts();
    wire::Hello hello;
    hello.set_protocol_min(std::max(kOldestServedLevel, facts.protocolFloor));
    hello.set_protocol_max(kProtocolLevel);
    hello.add_features(std::string(features::kZstd));
    hello.add_features(std::string(features::kSignedOrders));
    hello.add_features(std::string(features::kSignedOpens));
    hello.set_open_challenge(d->signedOpens.beginConnection(d->random));
    hello.set_agent_version(d->config.agentVersion);
    hello.set_boot_id(d->config.bootId);
    hello.set_process_id(d->config.processId);
    hello.set_settled_watermark(facts.settledWatermark);
    hello.set_lease_epoch(facts.leaseEpoch);
    hello.set_wall_clock_us(toMicros(d->clock.now()));
    hello.set_spool_bytes(d->host.spoolBytes());
    hello.set_spool_limit(d->host.spoolLimit());
    hello.set_fingerprint(d->config.fingerprint);
    if (d->config.hardware.ByteSizeLong() > 0)
        *hello.mutable_hardware() = d->config.hardware;
    hello.set_protocol_floor(facts.protocolFloor);
    if (d->config.caVersion > 0)
        hello.set_ca_version(d->config.caVersion);
    *hello.mutable_facts() = d->config.facts;
    d->terminals.fill(hello);
    d->link->send(FrameType::Hello, hello);
}

void NodeCore::disconnected()
{
    if (!d->link)
        return;
    d->outputs.linkDown();
    d->files.linkDown();
    d->terminals.linkDown();
    d->tools.linkDown();
    d->forwards.linkDown();
    if (d->welcomed)
        d->host.linkChanged(false);
    d->welcomed = false;
    d->quarantined = false;
    d->broken = false;
    d->link.reset();
}

void NodeCore::received(std::string_view message)
{
    if (!d->link || d->broken)
        return;
    d->link->receive(message);
    d->afterReceive();
}

bool NodeCore::wantsToRead() const { return d->link && !d->broken && d->link->wantsToRead(); }

bool NodeCore::hasOutput() const
{
    return d->link && (d->link->hasOutput() || (d->welcomed && d->outputs.hasReady()));
}

std::optional<std::string> NodeCore::nextMessage()
{
    if (!d->link)
        return std::nullopt;
    std::optional<std::string> message = d->link->nextMessage();
    if (!message
        && d->isServing()) { // the link's own queue is empty: room for what waits in spool and terminals
        d->outputs.pump();
        d->terminals.passCredit();
        d->tools.passCredit();
        d->forwards.passCredit();
        message = d->link->nextMessage();
    }
    return message;
}

bool NodeCore::isWelcomed() const { return d->welcomed && !d->broken; }

void NodeCore::onTime()
{
    if (d->link && !d->broken) {
        d->link->onTime();
        d->afterReceive();
    }
    d->orders.onTime();
    d->outputs.onTime();
    d->files.onTime();
    d->forwards.onTime();
    d->endTurn();
}

Tick NodeCore::nextDeadline() const
{
    Tick next = std::min({d->ledgerRetryAt, d->orders.nextDeadline(), d->outputs.nextDeadline(),
                          d->files.nextDeadline(), d->forwards.nextDeadline()});
    if (d->link && !d->broken)
        next = std::min(next, d->link->nextDeadline());
    return next;
}

std::vector<NodeEvent> NodeCore::takeEvents() { return std::exchange(d->events, {}); }

void NodeCore::reportMetrics(const wire::MetricReport &report)
{
    if (isWelcomed())
        return d->link->send(FrameType::Metrics, report);
    if (d->keptMetrics.size() >= kMaxKeptMetrics)
        d->keptMetrics.pop_front();
    d->keptMetrics.push_back(report);
}

void NodeCore::reportFacts(const wire::NodeFacts &facts)
{
    d->config.facts = facts;
    if (!isWelcomed()) {
        d->keptFacts = facts;
        return;
    }
    wire::FactsReport report;
    *report.mutable_facts() = facts;
    d->link->send(FrameType::Inventory, report);
}

void NodeCore::renewCertificate(std::string_view csrDer)
{
    if (!isWelcomed())
        return;
    wire::Renew renew;
    renew.set_csr_der(std::string(csrDer));
    d->link->send(FrameType::Renew, renew);
}

void NodeCore::trustKept(uint64_t version, std::string_view refused)
{
    d->config.caVersion = version;
    if (!isWelcomed())
        return; // the next HELLO says so
    wire::TrustKept kept;
    kept.set_version(version);
    if (!refused.empty())
        kept.set_refused(std::string(refused));
    d->link->send(FrameType::EndpointsKept, kept);
}

void NodeCore::goAway(std::string_view reason)
{
    if (!isWelcomed())
        return;
    wire::GoAway away;
    away.set_reason(std::string(reason));
    d->link->send(FrameType::GoAway, away);
}

void NodeCore::stopWork(std::string_view reason)
{
    d->orders.cancelAll();
    d->terminals.endAll(reason);
    d->endTurn();
}

size_t NodeCore::ordersRunning() const { return d->orders.running(); }
size_t NodeCore::ordersQueued() const { return d->orders.queued(); }
size_t NodeCore::terminalsOpen() const { return d->terminals.count(); }

bool NodeCore::isIdle() const
{
    return d->orders.isEmpty() && d->outputs.isEmpty() && d->terminals.count() == 0 && d->turn.isEmpty();
}

}
