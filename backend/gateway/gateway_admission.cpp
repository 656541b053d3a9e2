#include "backend/gateway/gateway_private.h"

#include "backend/base/qt_text.h"
#include "backend/protocol/features.h"
#include "backend/protocol/order_signature.h"
#include "backend/transport/causes.h"

#include <fmt/format.h>

#include <algorithm>

// From HELLO to WELCOME: policy floor (T11), clones (T06), the fleet service's word; and how a node is lost.

namespace fb {

namespace {
    constexpr auto kRefusalWithin = std::chrono::milliseconds(2000);
    constexpr auto kRevokedWithin = std::chrono::milliseconds(500); // T04 allows 1 s
    constexpr auto kMinSpread = std::chrono::milliseconds(2000);
    constexpr auto kMaxSpread = std::chrono::milliseconds(180'000);
    constexpr int kReturnsPerSecond = 250;

    bool lists(const wire::Hello &hello, std::string_view feature)
    {
        return std::any_of(hello.features().begin(), hello.features().end(),
                           [&](const std::string &each) { return each == feature; });
    }

    uint32_t chosenLevel(const wire::Hello &hello)
    {
        return std::min(hello.protocol_max(), protocol::kProtocolLevel);
    }

    wire::ErrorReport fatal(std::string_view code, std::string text)
    {
        wire::ErrorReport report;
        report.set_code(std::string(code));
        report.set_text(std::move(text));
        report.set_fatal(true);
        return report;
    }
}

void Gateway::Private::helloCame(HelloCame &&hello)
{
    const quint64 number = hello.connection.connection;
    Connection connection;
    connection.node = hello.connection.node;
    connection.number = number;
    connection.thread = hello.thread;
    connection.serial = hello.connection.serial.toStdString();
    connection.bootId = hello.connection.hello.boot_id();
    connection.liveness = std::move(hello.liveness);
    connection.hello = std::make_unique<NodeConnection>(std::move(hello.connection));
    const wire::Hello &body = connection.hello->hello;
    const auto refusal = refusalByPolicy(body);
    const bool isRevoked = revoked.contains(connection.serial); // since its handshake
    connections.emplace(number, std::move(connection));
    if (stopping)
        return dismiss(number, transport::closeCodes::kGoingAway, makeError(losses::kStopping, "stopping"),
                       {});
    if (isRevoked)
        return turnAway(number,
                        fatal(transport::causes::kRevoked.name(), "this node's certificate is revoked"),
                        transport::closeCodes::kRevoked);
    if (refusal)
        return turnAway(number, *refusal, transport::closeCodes::kPolicy);
    judgeDuplicate(number);
}

// What was offered decides, never what a version is called; nothing below the floor is served (protocol-notes 5).
std::optional<wire::ErrorReport> Gateway::Private::refusalByPolicy(const wire::Hello &hello) const
{
    const uint32_t floor = std::max(options.protocolFloor, protocol::kOldestServedLevel);
    const uint32_t level = chosenLevel(hello);
    if (!hello.has_protocol_max() || level < floor)
        return fatal(
            losses::kUpgradeRequired.name(),
            fmt::format("the agent speaks protocol level {}; this engine serves {} to {}. Update the agent.",
                        hello.protocol_max(), floor, protocol::kProtocolLevel));
    if (hello.protocol_min() > level || hello.protocol_floor() > level)
        return fatal(
            "engine-too-old",
            fmt::format("the agent needs protocol level {}; this engine speaks {}. Update the engine.",
                        std::max(hello.protocol_min(), hello.protocol_floor()), protocol::kProtocolLevel));
    if (options.requireSignedOrders && !lists(hello, protocol::features::kSignedOrders))
        return fatal(losses::kUpgradeRequired.name(),
                     "this fleet requires the feature signed-orders, which the agent did not offer. Update "
                     "the agent.");
    return std::nullopt;
}

bool Gateway::Private::signsOpens(const wire::Hello &hello) const
{
    return signer && lists(hello, protocol::features::kSignedOpens)
        && hello.open_challenge().size() == protocol::kOpenChallengeBytes;
}

// One certificate, two connections (protocol-notes 10.8): the same boot replaces; another boot must wait until the first has had its
// chance to answer.
void Gateway::Private::judgeDuplicate(quint64 number)
{
    Connection *newcomer = find(number);
    if (newcomer == nullptr)
        return;
    const auto first = served.find(newcomer->node);
    if (first == served.end())
        return askAdmission(number);
    const quint64 firstNumber = first->second;
    Connection *old = find(firstNumber);
    if (!newcomer->bootId.empty() && old->bootId == newcomer->bootId) {
        dismiss(firstNumber, transport::closeCodes::kReplaced,
                makeError(losses::kReplaced, "a newer connection of the same boot took over"), {});
        return askAdmission(number);
    }
    newcomer->stage = Stage::Waiting;
    const int64_t heardBefore = old->liveness->heardAt.load();
    toLink(*old, [](NodeLink &link) { link.ping(); });
    QTimer::singleShot(options.clonePingWithin, &q, [this, number, firstNumber, heardBefore] {
        const Connection *still = find(firstNumber);
        Connection *waiting = find(number);
        if (waiting == nullptr || waiting->stage != Stage::Waiting)
            return;
        if (still == nullptr) // it has gone by itself meanwhile
            return judgeDuplicate(number);
        if (still->liveness->heardAt.load() != heardBefore)
            return quarantineClone(number);
        dismiss(firstNumber, transport::closeCodes::kReplaced,
                makeError(losses::kReplaced, "it did not answer, and a connection of a newer boot took over"),
                {});
        judgeDuplicate(number);
    });
}

void Gateway::Private::quarantineClone(quint64 number)
{
    Connection *connection = find(number);
    if (const auto older = clones.find(connection->node); older != clones.end() && older->second != number) {
        dismiss(older->second, transport::closeCodes::kReplaced,
                makeError(losses::kReplaced, "a newer clone took its place"), {});
        connection = find(number);
    }
    const NodeId node = connection->node;
    const auto hello = std::move(connection->hello);
    connection->stage = Stage::Quarantined;
    clones[node] = number;
    wire::Welcome welcome;
    welcome.set_quarantined(true);
    const wire::Welcome whole = completed(std::move(welcome), *hello);
    auto report
        = fatal(errors::kDuplicateNode.name(),
                fmt::format("another machine is connected as {}; register this one anew", node.text()));
    report.set_fatal(false);
    toLink(*connection, [whole, report](NodeLink &link) {
        link.welcome(whole, false, false);
        link.send(protocol::FrameType::Error, report, {});
    });
    flushBatches();
    qCWarning(lcGateway) << "another machine dials as" << toQString(node) << "from" << hello->address;
    emit q.duplicateNodeSeen(*hello);
}

void Gateway::Private::askAdmission(quint64 number)
{
    Connection *connection = find(number);
    connection->stage = Stage::Deciding;
    const NodeConnection hello = *connection->hello; // the handler may end the connection
    flushBatches();
    admission.admit(hello,
                    [this, number, stillThere = std::weak_ptr<bool>(alive)](const AdmitDecision &decision) {
                        if (!stillThere.expired())
                            decided(number, decision);
                    });
}

void Gateway::Private::decided(quint64 number, const AdmitDecision &decision)
{
    Connection *connection = find(number);
    if (connection == nullptr || connection->stage != Stage::Deciding || !connection->hello)
        return;
    if (const auto *report = std::get_if<wire::ErrorReport>(&decision))
        return turnAway(number, *report, transport::closeCodes::kPolicy);
    if (served.contains(connection->node)) // another one was admitted while this one waited
        return judgeDuplicate(number);
    const auto &welcome = std::get<wire::Welcome>(decision);
    admit(*connection, welcome, !welcome.quarantined());
}

void Gateway::Private::admit(Connection &connection, wire::Welcome welcome, bool isServed)
{
    const auto hello = std::move(connection.hello);
    connection.stage = isServed ? Stage::Served : Stage::Quarantined;
    connection.wasAnnounced = true;
    served[connection.node] = connection.number;
    const wire::Welcome whole = completed(std::move(welcome), *hello);
    const bool compress = lists(hello->hello, protocol::features::kZstd);
    connection.compresses = compress;
    connection.signsOrders = lists(hello->hello, protocol::features::kSignedOrders);
    if (signsOpens(hello->hello))
        connection.openChallenge = hello->hello.open_challenge();
    connection.leaseEpoch = whole.lease_epoch();
    toLink(connection,
           [whole, compress, isServed](NodeLink &link) { link.welcome(whole, compress, isServed); });
    flushBatches();
    emit q.nodeConnected(*hello);
}

wire::Welcome Gateway::Private::completed(wire::Welcome welcome, const NodeConnection &hello) const
{
    welcome.set_protocol(chosenLevel(hello.hello));
    for (const std::string_view feature : {protocol::features::kZstd, protocol::features::kSignedOrders}) {
        if (lists(hello.hello, feature))
            welcome.add_features(std::string(feature));
    }
    if (signsOpens(hello.hello)) {
        welcome.add_features(std::string(protocol::features::kSignedOpens));
        const auto signature = signer(protocol::signedProfileText(
            options.fleet.text(), hello.node.text(), hello.hello.open_challenge(), 0, welcome.profile()));
        if (welcome.has_profile() && signature)
            welcome.set_profile_signature(*signature);
    }
    welcome.set_node_id(hello.node.text());
    welcome.set_engine_clock_us(toMicros(clock.now()));
    welcome.set_ping_after_ms(static_cast<uint32_t>(options.pingAfter.count()));
    welcome.set_protocol_floor(std::max(options.protocolFloor, protocol::kOldestServedLevel));
    const auto nodes = std::max(options.fleetSize, static_cast<int>(served.size()));
    const auto spread = std::clamp(std::chrono::milliseconds(int64_t(nodes) * 1000 / kReturnsPerSecond),
                                   kMinSpread, kMaxSpread);
    welcome.set_reconnect_spread_ms(static_cast<uint32_t>(spread.count()));
    for (const wire::Endpoint &endpoint : options.endpoints)
        *welcome.add_endpoints() = endpoint;
    welcome.set_endpoints_version(options.endpointsVersion);
    return welcome;
}

// ---- Ends --------------------------------------------------------------------------------------------------------

void Gateway::Private::turnAway(quint64 number, const wire::ErrorReport &report, quint16 closeCode)
{
    wire::ErrorReport told = report;
    told.set_fatal(true);
    dismiss(number, closeCode, makeError(transport::causeNamed(report.code()), report.text()), told);
}

void Gateway::Private::dismiss(quint64 number, quint16 closeCode, const Error &cause,
                               const std::optional<wire::ErrorReport> &report,
                               const std::optional<wire::GoAway> &goAway)
{
    const Connection *connection = find(number);
    if (connection == nullptr)
        return;
    const auto within = closeCode == transport::closeCodes::kRevoked ? kRevokedWithin : kRefusalWithin;
    toLink(*connection, [closeCode, cause, report, goAway, within](NodeLink &link) {
        link.end(closeCode, cause, report, goAway, within);
    });
    lose(number, cause);
}

void Gateway::Private::lose(quint64 number, const Error &cause)
{
    const auto found = connections.find(number);
    if (found == connections.end())
        return;
    const Connection connection = std::move(found->second);
    connections.erase(found);
    for (const auto &[stream, state] : connection.streams)
        streamEvents.append({{number, stream}, connection.node, StreamLost {}});
    if (const auto clone = clones.find(connection.node); clone != clones.end() && clone->second == number)
        clones.erase(clone);
    const auto first = served.find(connection.node);
    const bool wasFirst = first != served.end() && first->second == number;
    if (wasFirst)
        served.erase(first);
    flushBatches();
    if (connection.wasAnnounced)
        emit q.nodeLost(connection.node, number, cause, clock.now());
    if (wasFirst)
        makeRoomForClone(connection.node);
}

void Gateway::Private::makeRoomForClone(const NodeId &node)
{
    const auto clone = clones.find(node);
    if (clone == clones.end() || stopping)
        return;
    wire::GoAway goAway;
    goAway.set_after_ms(0);
    goAway.set_spread_ms(1000);
    goAway.set_reason("move-on");
    dismiss(clone->second, transport::closeCodes::kGoingAway,
            makeError(losses::kReplaced, "the first connection has gone; come again"), {}, goAway);
}

}
