#include "agent/supervisor/node_core.h"

#include "agent/supervisor/file_streams.h"
#include "agent/supervisor/forward_streams.h"
#include "agent/supervisor/order_book.h"
#include "agent/supervisor/output_streams.h"
#include "agent/supervisor/signed_opens.h"
#include "agent/supervisor/terminal_streams.h"
#include "agent/tools/tool_streams.h"
#include "backend/protocol/features.h"

#include <fmt/format.h>

#include <deque>

namespace fb::agent {

using namespace protocol;

namespace {
    constexpr size_t kMaxKeptMetrics = 360; // 6 h at one a minute; the oldest go first
    constexpr std::chrono::seconds kLedgerRetryAfter {2};
}

class NodeCore::Private final : public WorkerEvents, public OrderBook::Owner
{
public:
    Private(NodeConfig given, Ledger &ledgerGiven, WorkerHost &hostGiven, const Clock &clockGiven,
            Random &randomGiven)
        : config(std::move(given)),
          ledger(ledgerGiven),
          host(hostGiven),
          clock(clockGiven),
          random(randomGiven),
          turn(ledger),
          signedOpens(config),
          orders(config, ledger, host, clock, turn, *this),
          outputs(host, clock),
          files(host, clock),
          terminals(host),
          forwards(clock)
    {
    }

    bool isServing() const { return welcomed && !quarantined && !broken; }

    // ---- Turns
    void endTurn();
    void afterReceive();

    // ---- OrderBook::Owner
    void tell(FrameType type, const google::protobuf::MessageLite &header,
              const google::protobuf::MessageLite *payload) override
    {
        if (welcomed)
            link->send(type, payload ? *payload : header);
    }
    void outputsFound(const WorkerFound &found) override
    {
        for (const OutputFound &output : found.outputs)
            outputs.found(output);
    }
    void unsignedRefused(const std::string &what) override
    {
        if (const auto report = signedOpens.reportOf(what, clock.tick())) {
            tell(FrameType::Event, *report, nullptr);
            events.push_back(UnsignedRefused {what});
        }
    }
    void orderForgotten(const OrderKey &key) override
    {
        files.orderForgotten(key);
        outputs.orderForgotten(key);
    }

    // ---- WorkerEvents
    void outputGrew(const OutputKey &key, uint64_t size) override { outputs.grew(key, size); }
    void stepEnded(const OrderKey &key, const wire::OrderStep &step) override
    {
        outputs.stepEnded(key, step);
        orders.stepEnded(key, step);
        endTurn();
    }
    void workerEnded(const OrderKey &key, const wire::OrderResult &result) override
    {
        outputs.workerEnded(key, result);
        orders.workerEnded(key, result);
        endTurn();
    }
    void workerCancelled(const OrderKey &key, uint32_t killed, uint32_t survived) override
    {
        orders.workerCancelled(key, killed, survived);
        endTurn();
    }
    void fileWanted(const OrderKey &key, const WantedFile &file) override { files.wanted(key, file); }
    void terminalStarted(const TerminalState &state) override { terminals.terminalStarted(state); }
    void terminalFailed(const std::string &token, const Error &error) override
    {
        terminals.terminalFailed(token, error);
    }
    void terminalOutput(const std::string &token, uint64_t offset, std::string_view bytes,
                        bool isError) override
    {
        terminals.terminalOutput(token, offset, bytes, isError);
    }
    void terminalInputTaken(const std::string &token, uint64_t bytes, bool echo) override
    {
        terminals.inputTaken(token, bytes, echo);
    }
    void terminalEnded(const std::string &token, uint64_t finalOffset, int exitCode,
                       const std::string &reason) override
    {
        terminals.terminalEnded(token, finalOffset, exitCode, reason);
    }

    // ---- From the link
    void handle(const LinkEvent &event);
    void takeProfile(const wire::NodeProfile &profile, uint64_t number, const std::string &signature)
    {
        if (ledger.facts().signedOpensRequired && !signedOpens.isSigned(profile, number, signature))
            return unsignedRefused("a node profile");
        events.push_back(ProfileGiven {profile});
    }
    void handleControl(const ControlReceived &control);
    void handleWelcome(const ControlReceived &control);
    void breakLink(Error error);
    template <typename Message, typename Fn>
    void with(const Result<Message> &message, Fn &&fn)
    {
        if (message)
            fn(*message);
        else
            breakLink(message.error());
    }

    NodeConfig config;
    Ledger &ledger;
    WorkerHost &host;
    const Clock &clock;
    Random &random;
    NodeTurn turn;
    SignedOpens signedOpens;
    OrderBook orders;
    OutputStreams outputs;
    FileStreams files;
    TerminalStreams terminals;
    ToolStreams tools;
    ForwardStreams forwards;
    std::unique_ptr<Link> link;
    bool welcomed = false;
    bool quarantined = false;
    bool broken = false; // the owner was told to close; nothing more is read
    std::vector<NodeEvent> events;
    std::deque<wire::MetricReport> keptMetrics;
    std::optional<wire::NodeFacts> keptFacts;
    Tick ledgerRetryAt = Tick::max();
};

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

// ---- Link events -------------------------------------------------------------------------------------------------

void NodeCore::Private::handle(const LinkEvent &event)
{
    std::visit(
        [this](const auto &e) {
            using E = std::decay_t<decltype(e)>;
            if constexpr (std::is_same_v<E, ControlReceived>) {
                handleControl(e);
            } else if constexpr (std::is_same_v<E, StreamOpenReceived>) {
                if (quarantined)
                    link->refuse(e.stream, "denied", "this node is quarantined");
                else if (ledger.facts().signedOpensRequired && !signedOpens.isSigned(e)) {
                    link->refuse(e.stream, "bad-signature", "it is not signed by the key this node pinned");
                    unsignedRefused(fmt::format("a stream of kind {}", e.open.kind()));
                } else if (e.open.kind() == static_cast<uint32_t>(StreamKind::Pty))
                    terminals.openReceived(e);
                else if (ToolStreams::serves(e.open.kind()))
                    tools.openReceived(e);
                else if (e.open.kind() == static_cast<uint32_t>(StreamKind::ForwardTcp))
                    forwards.openReceived(e, terminals.count());
                else
                    link->refuse(e.stream, "unknown-kind", "this agent does not serve streams of that kind");
            } else if constexpr (std::is_same_v<E, StreamOpened>) {
                if (outputs.owns(e.stream))
                    outputs.opened(e.stream, e.opened);
            } else if constexpr (std::is_same_v<E, StreamRefused>) {
                if (outputs.owns(e.stream))
                    outputs.refused(e.stream, e.code);
                else if (files.owns(e.stream))
                    files.refused(e);
            } else if constexpr (std::is_same_v<E, StreamData>) {
                if (terminals.owns(e.stream))
                    terminals.dataReceived(e.stream, e.offset, e.bytes);
                else if (tools.owns(e.stream))
                    tools.dataReceived(e.stream, e.bytes);
                else if (forwards.owns(e.stream))
                    forwards.dataReceived(e.stream, e.bytes);
                else if (files.owns(e.stream))
                    files.dataReceived(e.stream, e.offset, e.bytes);
            } else if constexpr (std::is_same_v<E, StreamAcked>) {
                if (outputs.owns(e.stream))
                    outputs.acknowledged(e.stream, e.offset);
                else if (terminals.owns(e.stream))
                    terminals.acknowledged(e.stream, e.offset);
            } else if constexpr (std::is_same_v<E, StreamWritable>) {
                if (outputs.owns(e.stream))
                    outputs.writable(e.stream);
            } else if constexpr (std::is_same_v<E, StreamFinished>) {
                if (terminals.owns(e.stream))
                    terminals.finished(e.stream, e.fin);
                else if (tools.owns(e.stream))
                    tools.finished(e.stream);
                else if (forwards.owns(e.stream))
                    forwards.finished(e.stream, e.fin);
                else if (files.owns(e.stream))
                    files.finished(e.stream);
            } else if constexpr (std::is_same_v<E, StreamReset>) {
                if (outputs.owns(e.stream))
                    outputs.reset(e.stream);
                else if (terminals.owns(e.stream))
                    terminals.reset(e.stream, e.code);
                else if (tools.owns(e.stream))
                    tools.reset(e.stream);
                else if (forwards.owns(e.stream))
                    forwards.reset(e.stream);
                else if (files.owns(e.stream))
                    files.reset(e);
            } else if constexpr (std::is_same_v<E, StreamResized>) {
                terminals.resized(e.stream, e.columns, e.rows);
            } else if constexpr (std::is_same_v<E, StreamSignalled>) {
                terminals.signalled(e.stream, e.number);
            } else if constexpr (std::is_same_v<E, PeerClock>) {
                orders.engineClockSeen(e.offset);
            } else if constexpr (std::is_same_v<E, LinkFailed>) {
                breakLink(e.error);
            }
        },
        event);
}

void NodeCore::Private::handleControl(const ControlReceived &control)
{
    switch (control.type) {
    case FrameType::Welcome:
        return handleWelcome(control);
    case FrameType::Order:
        if (turn.isFailing())
            return; // nothing can be stored: not answered, so that it is sent again
        return with(parse<wire::OrderHead>(control.header),
                    [&](const wire::OrderHead &head) { orders.orderReceived(head, control.payload); });
    case FrameType::OrderSettled:
        return with(messageOf<wire::OrderSettled>(control),
                    [&](const wire::OrderSettled &settled) { orders.settledReceived(settled); });
    case FrameType::Cancel:
        return with(messageOf<wire::Cancel>(control),
                    [&](const wire::Cancel &cancel) { orders.cancelReceived(cancel); });
    case FrameType::GoAway:
        return with(messageOf<wire::GoAway>(control), [&](const wire::GoAway &away) {
            events.push_back(MovedOn {std::chrono::milliseconds(away.after_ms()),
                                      std::chrono::milliseconds(away.spread_ms()), away.reason()});
        });
    case FrameType::Error:
        return with(messageOf<wire::ErrorReport>(control), [&](const wire::ErrorReport &report) {
            events.push_back(RefusedByEngine {report.code(), report.text(), report.fatal()});
        });
    case FrameType::Config:
        return with(messageOf<wire::Config>(control), [&](const wire::Config &config) {
            if (config.has_profile())
                takeProfile(config.profile(), config.signed_number(), config.profile_signature());
        });
    case FrameType::Endpoints:
        if (quarantined)
            return;
        return with(messageOf<wire::TrustBundle>(control),
                    [&](const wire::TrustBundle &bundle) { events.push_back(TrustGiven {bundle}); });
    case FrameType::Renewed:
        return with(messageOf<wire::Renewed>(control),
                    [&](const wire::Renewed &renewed) { events.push_back(CertificateRenewed {renewed}); });
    default:
        return; // messages of later systems: nothing here acts on them
    }
}

void NodeCore::Private::handleWelcome(const ControlReceived &control)
{
    const auto parsed = messageOf<wire::Welcome>(control);
    if (!parsed)
        return breakLink(parsed.error());
    const wire::Welcome &welcome = *parsed;
    if (welcomed)
        return breakLink(makeError(errors::kValidation, "a second WELCOME on one connection"));
    LedgerFacts facts = ledger.facts();
    const auto has = [&](std::string_view name) {
        return std::any_of(welcome.features().begin(), welcome.features().end(),
                           [&](const std::string &feature) { return feature == name; });
    };
    const auto refuse = [&](std::string_view code, std::string text) {
        wire::ErrorReport report;
        report.set_code(std::string(code));
        report.set_text(text);
        report.set_fatal(true);
        link->send(FrameType::Error, report);
        breakLink(makeError(errors::kUpgradeRequired, std::move(text)));
    };
    // Policy floors stand on this node's disk and never go down (T11).
    if (welcome.protocol() < facts.protocolFloor || welcome.protocol() > kProtocolLevel)
        return refuse("downgrade",
                      fmt::format("the engine chose protocol {}; this node takes {} to {}",
                                  welcome.protocol(), std::max(facts.protocolFloor, kOldestServedLevel),
                                  kProtocolLevel));
    if (facts.signedOrdersRequired && !has(features::kSignedOrders))
        return refuse("downgrade", "the engine left out signed-orders, which this node has agreed on before");
    if (facts.signedOpensRequired && !has(features::kSignedOpens))
        return refuse("downgrade", "the engine left out signed-opens, which this node has agreed on before");
    if (welcome.lease_epoch() < facts.leaseEpoch)
        return refuse("old-epoch",
                      fmt::format("lease epoch {} is below {}, the highest this node has seen",
                                  welcome.lease_epoch(), facts.leaseEpoch));

    facts.leaseEpoch = welcome.lease_epoch();
    facts.protocolFloor = std::max(facts.protocolFloor, std::min(welcome.protocol_floor(), kProtocolLevel));
    if (config.orderSigningKey.empty() && welcome.order_signing_key().size() == 32) {
        config.orderSigningKey = welcome.order_signing_key();
        orders.pinSigningKey(config.orderSigningKey);
        events.push_back(SigningKeyOffered {config.orderSigningKey});
    }
    if (has(features::kSignedOrders) && !config.orderSigningKey.empty())
        facts.signedOrdersRequired = true;
    if (has(features::kSignedOpens) && !config.orderSigningKey.empty())
        facts.signedOpensRequired = true;
    if (!(facts == ledger.facts()))
        turn.change([facts](Ledger &l) { l.setFacts(facts); });
    welcomed = true;
    link->setCompression(has(features::kZstd));
    if (welcome.ping_after_ms() > 0)
        link->setPingAfter(std::chrono::milliseconds(std::clamp(welcome.ping_after_ms(), 1000u, 60000u)));
    if (welcome.has_engine_clock_us())
        orders.engineClockSeen(fromMicros(welcome.engine_clock_us()) - clock.now());
    if (welcome.max_parallel_orders() > 0)
        orders.setMaxParallel(std::min(welcome.max_parallel_orders(), 10u));
    if (welcome.has_profile())
        takeProfile(welcome.profile(), 0, welcome.profile_signature());
    quarantined = welcome.quarantined();
    orders.setQuarantined(quarantined);
    if (quarantined) {
        events.push_back(Welcomed {welcome});
        return; // only "identify" is served
    }
    host.linkChanged(true);
    terminals.linkUp(*link);
    tools.linkUp(*link);
    forwards.linkUp(*link);
    outputs.linkUp(*link);
    files.linkUp(*link);
    orders.welcomed(welcome);
    if (keptFacts) {
        wire::FactsReport report;
        *report.mutable_facts() = *std::exchange(keptFacts, std::nullopt);
        link->send(FrameType::Inventory, report);
    }
    for (const wire::MetricReport &report : keptMetrics)
        link->send(FrameType::Metrics, report);
    keptMetrics.clear();
    events.push_back(Welcomed {welcome});
    if (welcome.endpoints_size() > 0)
        events.push_back(EndpointsChanged {{welcome.endpoints().begin(), welcome.endpoints().end()},
                                           welcome.endpoints_version()});
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
