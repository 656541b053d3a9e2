// What comes over the link, and to whom it goes.
#include "agent/supervisor/node_core_private.h"

#include "backend/protocol/features.h"

#include <fmt/format.h>

namespace fb::agent {

using namespace protocol;

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

}
