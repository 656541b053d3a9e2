#include "models/nodes/fleet/fleet_feed.h"

#include "backend/base/on_result.h"
#include "backend/base/qt_text.h"
#include "backend/events/metric_store.h"
#include "backend/nodes/activations/activation_service.h"
#include "backend/nodes/fleet/fleet_service.h"
#include "backend/nodes/profiles/node_profile_service.h"
#include "models/nodes/fleet/node_values.h"

namespace fb {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

    const auto kCpu = u"cpu_usage_active"_s; // percent
    const auto kMemory = u"mem_used_percent"_s;
    constexpr auto kChartSpan = 3h;
    constexpr int kSlice = 5000; // nodes: some milliseconds on either thread
    constexpr int kOftenRefreshed = 2000; // nodes; larger fleets are read again more seldom

    struct NodeWithMetrics { // read together on the engine thread
        Node node;
        std::optional<double> cpu;
        std::optional<double> memory;
    };

    std::optional<double> shareOf(const std::optional<double> &percent)
    {
        return percent ? std::optional(std::clamp(*percent / 100, 0.0, 1.0)) : std::nullopt;
    }

    QList<ChartPoint> chartOf(const QList<MetricPoint> &points)
    {
        QList<ChartPoint> chart;
        for (const MetricPoint &point : points)
            chart.append({point.time, std::clamp(point.average() / 100, 0.0, 1.0)});
        return chart;
    }

    Result<QList<Tag>> tagsOf(const QStringList &texts)
    {
        QList<Tag> tags;
        for (const QString &text : texts)
            tags.append({text.section(u'=', 0, 0), text.section(u'=', 1)});
        return tags;
    }
}

FleetFeed::FleetFeed(EngineThread &engine, QObject *parent) : FleetSource(parent), m_engine(engine)
{
    connect(&m_refresh, &QTimer::timeout, this, &FleetFeed::readAll);
    m_detail.setInterval(30s); // the chart's newest minute
    connect(&m_detail, &QTimer::timeout, this, &FleetFeed::readDetail);
    m_ends.setInterval(10min); // certificates last for weeks
    connect(&m_ends, &QTimer::timeout, this, &FleetFeed::readCertificateEnds);
}

void FleetFeed::start()
{
    const auto connected = m_engine.post([this](Engine &engine) -> Result<EngineInfo> {
        m_sees = [&engine, who = engine.atConsole()](const Node &node) { return engine.sees(who, node); };
        connect(&engine.fleet(), &FleetService::nodesChanged, this, &FleetFeed::applyNodes);
        connect(&engine.fleet(), &FleetService::nodeDeregistered, this, [this](const NodeId &node) {
            const QString id = toQString(node);
            m_known.remove(id);
            m_newer.insert(id);
            emit nodesRemoved({id});
        });
        connect(&engine.profiles(), &NodeProfileService::profilesChanged, this, &FleetFeed::readProfiles);
        connect(&engine.metrics(), &MetricStore::recorded, this, &FleetFeed::applySamples);
        return engine.info();
    });
    onResult(connected, this, [this](const Result<EngineInfo> &info) {
        if (!info)
            return emit problemArose(shownErrorOf(info.error()));
        m_info = *info;
        readProfiles();
        readAll();
    });
}

void FleetFeed::readAll()
{
    if (m_isReading)
        return;
    m_isReading = true;
    m_newer.clear();
    readSlice({});
}

void FleetFeed::readSlice(const NodeId &after)
{
    struct Slice {
        QList<NodeWithMetrics> nodes; // that the operator may see
        NodeId last;
        int visited = 0;
    };
    const auto read = m_engine.post([after, wantsShares = !m_isComplete](Engine &engine) -> Result<Slice> {
        Slice slice;
        slice.nodes.reserve(kSlice);
        engine.fleet().eachAfter(after, kSlice, [&](const Node &node) {
            slice.last = node.id;
            ++slice.visited;
            if (!engine.sees(engine.atConsole(), node))
                return;
            slice.nodes.append({node});
            if (wantsShares) {
                slice.nodes.last().cpu = engine.metrics().latest(node.id, kCpu);
                slice.nodes.last().memory = engine.metrics().latest(node.id, kMemory);
            }
        });
        return slice;
    });
    onResult(read, this, [this](const Result<Slice> &slice) {
        if (!slice)
            return failReading(slice.error());
        QList<NodeRow> rows;
        rows.reserve(slice->nodes.size());
        for (const NodeWithMetrics &one : slice->nodes) {
            if (!m_newer.isEmpty() && m_newer.contains(toQString(one.node.id)))
                continue;
            rows.append(rowOf(one.node, {shareOf(one.cpu), shareOf(one.memory)}));
        }
        emit nodesArrived(rows);
        if (slice->visited == kSlice)
            readSlice(slice->last);
        else
            endReading();
    });
}

void FleetFeed::failReading(const Error &error)
{
    m_isReading = false;
    m_refresh.start(5s); // reads all again
    emit problemArose(shownErrorOf(error));
}

void FleetFeed::endReading()
{
    m_isReading = false;
    if (!m_isComplete) {
        m_isComplete = true;
        emit firstListComplete();
        readCertificateEnds();
        m_ends.start();
    }
    m_refresh.start(m_known.size() <= kOftenRefreshed ? 5s : 60s); // pings move without being announced
}

NodeRow FleetFeed::rowOf(const Node &node, const Known &first)
{
    NodeRow row = nodeRowOf(node, now());
    m_texts.share(row);
    auto found = m_known.find(row.id);
    if (found == m_known.end())
        found = m_known.insert(row.id, first);
    Known &known = *found;
    if (row.ping == PingState::ConnectionLost) // what was then says nothing of now
        known.cpu = known.memory = std::nullopt;
    row.cpu = known.cpu;
    row.memory = known.memory;
    row.certificateEnds = known.certificateEnds;
    return row;
}

void FleetFeed::applyNodes(const QList<Node> &nodes)
{
    QList<NodeRow> rows;
    for (const Node &node : nodes) {
        if (node.state == NodeState::Deregistered)
            continue;
        if (!m_sees(node)) { // or no longer, as its tags are now
            if (m_known.remove(toQString(node.id)) > 0)
                emit nodesRemoved({toQString(node.id)});
            continue;
        }
        rows << rowOf(node, {});
        if (m_isReading)
            m_newer.insert(rows.last().id);
    }
    emit nodesArrived(rows);
}

void FleetFeed::readCertificateEnds()
{
    using Ends = QHash<QString, Instant>;
    const auto asked = m_engine.post([](Engine &engine) -> Result<QFuture<Result<Ends>>> {
        return engine.fleet().history().certificateEnds(engine.atConsole());
    });
    onResult(asked, this, [this](const Result<QFuture<Result<Ends>>> &future) {
        if (!future)
            return;
        onResult(*future, this, [this](const Result<Ends> &ends) {
            if (!ends)
                return;
            for (auto known = m_known.begin(); known != m_known.end(); ++known)
                known->certificateEnds = ends->value(known.key());
            emit certificateEndsArrived(*ends);
        });
    });
}

void FleetFeed::applySamples(const QList<MetricSample> &samples)
{
    QHash<QString, NodeShares> changed;
    for (const MetricSample &sample : samples) {
        if (!sample.dimensions.isEmpty() || (sample.name != kCpu && sample.name != kMemory))
            continue;
        const QString id = toQString(sample.node);
        const auto known = m_known.find(id);
        if (known == m_known.end())
            continue;
        NodeShares &shares = changed[id];
        shares.id = id;
        if (sample.name == kCpu)
            shares.cpu = known->cpu = shareOf(sample.value);
        else
            shares.memory = known->memory = shareOf(sample.value);
    }
    if (!changed.isEmpty())
        emit sharesArrived(changed.values());
    if (changed.contains(m_watched))
        readDetail();
}

void FleetFeed::createActivation(const ActivationWish &wish)
{
    const auto made = m_engine.post([wish](Engine &engine) -> Result<CreatedActivation> {
        const Result<QList<Tag>> tags = tagsOf(wish.tags);
        if (!tags)
            return tags.error();
        CreateActivationRequest request;
        request.defaultInstanceName = wish.defaultName;
        request.iamRole = wish.profile;
        request.registrationLimit = wish.registrationLimit;
        request.expirationDate = SystemClock().now() + wish.validFor;
        request.tags = *tags;
        for (const NodeTag &tag : wish.tagPairs)
            request.tags.append({tag.key, tag.value});
        request.requiresApproval = wish.requiresApproval;
        request.allowedNetworks = wish.networks;
        return engine.activations().createActivation(engine.atConsole(), request);
    });
    onResult(made, this, [this, wish](const Result<CreatedActivation> &created) {
        tellMade(wish.requestId, wish.validFor, created);
    });
}

void FleetFeed::createReenrolmentToken(const QString &requestId, const QString &nodeId)
{
    const auto made = m_engine.post([nodeId](Engine &engine) -> Result<CreatedActivation> {
        const Node *node = engine.fleet().node(toId<NodeId>(nodeId));
        if (!node)
            return makeError(errors::kInvalidInstanceId, "The node is not managed any more.");
        return engine.activations().createReenrolmentToken(engine.atConsole(), *node);
    });
    onResult(made, this, [this, requestId](const Result<CreatedActivation> &created) {
        tellMade(requestId, ActivationService::kTokenLife, created);
    });
}

void FleetFeed::tellMade(const QString &requestId, std::chrono::seconds validFor,
                         const Result<CreatedActivation> &made)
{
    if (!made)
        return emit activationRefused(requestId, shownErrorOf(made.error()));
    emit activationMade({.requestId = requestId,
                         .id = toQString(made->id),
                         .code = made->code,
                         .engineUrl = m_info.agentUrl,
                         .caSha256 = made->caSha256,
                         .installCommand = made->installCommand,
                         .expires = now() + validFor});
}

namespace {

    // One node's part of a change on the engine's thread; what went wrong stays with its node.
    template <typename Fn>
    void note(FleetOutcome &outcome, const QString &nodeId, Fn change)
    {
        if (const Result<void> done = change(); done)
            outcome.done << nodeId;
        else
            outcome.failed.append({nodeId, shownErrorOf(done.error())});
    }

    QList<NodeTag> tagListOf(const Node &node)
    {
        QList<NodeTag> tags;
        for (auto tag = node.tags.constBegin(); tag != node.tags.constEnd(); ++tag)
            tags.append({tag.key(), tag.value()});
        return tags;
    }

    Result<void> changeTagsOf(Engine &engine, const NodeTagChange &change)
    {
        const auto id = toId<NodeId>(change.nodeId);
        if (!change.removed.isEmpty()) { // first, so that fifty tags may be exchanged for others
            if (auto removed = engine.fleet().removeTags(engine.atConsole(), id, change.removed); !removed)
                return removed;
        }
        QList<Tag> set;
        for (const NodeTag &tag : change.set)
            set.append({tag.key, tag.value});
        return set.isEmpty() ? Result<void>() : engine.fleet().addTags(engine.atConsole(), id, set);
    }
}

void FleetFeed::tell(FleetDeed deed, const QStringList &nodeIds,
                     std::function<Result<void>(Engine &, const QString &, FleetOutcome &)> change)
{
    const auto changed = m_engine.post([=](Engine &engine) -> Result<FleetOutcome> {
        FleetOutcome outcome;
        outcome.deed = deed;
        for (const QString &id : nodeIds)
            note(outcome, id, [&] { return change(engine, id, outcome); });
        return outcome;
    });
    onResult(changed, this, [this, deed, nodeIds](const Result<FleetOutcome> &outcome) {
        if (outcome)
            return emit outcomeArrived(*outcome);
        FleetOutcome lost; // nothing of it was kept
        lost.deed = deed;
        for (const QString &id : nodeIds)
            lost.failed.append({id, shownErrorOf(outcome.error())});
        emit outcomeArrived(lost);
    });
}

void FleetFeed::setQuarantined(const QStringList &nodeIds, bool quarantined)
{
    tell(quarantined ? FleetDeed::Quarantine : FleetDeed::Release, nodeIds,
         [quarantined](Engine &engine, const QString &id, FleetOutcome &) {
             const auto node = toId<NodeId>(id);
             return quarantined ? engine.fleet().quarantine(engine.atConsole(), node)
                                : engine.fleet().release(engine.atConsole(), node);
         });
}

void FleetFeed::deregister(const QStringList &nodeIds)
{
    tell(FleetDeed::Deregister, nodeIds, [](Engine &engine, const QString &id, FleetOutcome &) {
        return engine.fleet().deregister(engine.atConsole(), toId<NodeId>(id));
    });
}

void FleetFeed::setProfile(const QStringList &nodeIds, const QString &profile)
{
    tell(FleetDeed::ChangeProfile, nodeIds, [profile](Engine &engine, const QString &id, FleetOutcome &) {
        return engine.profiles().setProfileOf(engine.atConsole(), toId<NodeId>(id), profile);
    });
}

void FleetFeed::readProfiles()
{
    const auto asked = m_engine.post([](Engine &engine) -> Result<QStringList> {
        return engine.profiles().profiles(engine.atConsole()).map([](const QList<NodeProfile> &all) {
            QStringList names;
            for (const NodeProfile &profile : all)
                names << profile.name;
            return names;
        });
    });
    onResult(asked, this, [this](const Result<QStringList> &names) {
        if (names)
            emit profilesArrived(*names);
    });
}

void FleetFeed::changeTags(const QList<NodeTagChange> &changes)
{
    QStringList ids;
    for (const NodeTagChange &change : changes)
        ids << change.nodeId;
    tell(FleetDeed::ChangeTags, ids, [changes](Engine &engine, const QString &id, FleetOutcome &outcome) {
        const auto change = std::find_if(changes.begin(), changes.end(),
                                         [&](const NodeTagChange &one) { return one.nodeId == id; });
        const Node *node = engine.fleet().node(toId<NodeId>(id));
        const QList<NodeTag> before = node ? tagListOf(*node) : QList<NodeTag>();
        const Result<void> done = changeTagsOf(engine, *change);
        if (const Node *after = engine.fleet().node(toId<NodeId>(id)))
            outcome.undoTags << tagChange(id, tagListOf(*after), before);
        return done;
    });
}

void FleetFeed::rename(const NodeRename &wish)
{
    tell(FleetDeed::Rename, {wish.nodeId}, [wish](Engine &engine, const QString &id, FleetOutcome &outcome) {
        const Node *node = engine.fleet().node(toId<NodeId>(id));
        const QString before = node ? node->name.text() : QString();
        const Result<void> done = engine.fleet().rename(engine.atConsole(), toId<NodeId>(id), wish.name);
        if (done)
            outcome.undoNames << NodeRename {.nodeId = id, .name = before};
        return done;
    });
}

void FleetFeed::watchNode(const QString &nodeId)
{
    m_watched = nodeId;
    if (nodeId.isEmpty())
        return m_detail.stop();
    m_detail.start();
    readDetail();
}

void FleetFeed::readDetail()
{
    const QString id = m_watched;
    if (id.isEmpty())
        return;
    const auto read = m_engine.post([id](Engine &engine) -> Result<Node> {
        const Node *node = engine.fleet().node(toId<NodeId>(id));
        if (!node)
            return makeError(errors::kInvalidInstanceId, "The node is not managed any more.");
        return *node;
    });
    onResult(read, this, [this, id](const Result<Node> &node) {
        if (!node || id != m_watched)
            return;
        NodeDetail detail = nodeDetailOf(*node, now());
        detail.node = rowOf(*node, {});
        detail.certificateExpires = detail.node.certificateEnds;
        // The two series follow; each answer brings the pane a step further.
        const auto series = [this, id](const QString &name, NodeDetail start,
                                       std::function<void(NodeDetail &, QList<ChartPoint>)> put,
                                       std::function<void(NodeDetail)> then) {
            // The engine answers on its thread with a future of the read pool's; it is unwrapped here.
            const auto asked = m_engine.post(
                [id, name, end = now()](Engine &engine) -> Result<QFuture<Result<QList<MetricPoint>>>> {
                    return engine.metrics().series(toId<NodeId>(id), name, end - kChartSpan, end + 1min);
                });
            onResult(asked, this,
                     [this, start, put, then](const Result<QFuture<Result<QList<MetricPoint>>>> &future) {
                         if (!future)
                             return then(start);
                         onResult(*future, this,
                                  [start, put, then](const Result<QList<MetricPoint>> &points) {
                                      NodeDetail next = start;
                                      if (points)
                                          put(next, chartOf(*points));
                                      then(next);
                                  });
                     });
        };
        emit detailArrived(detail);
        series(
            kCpu, detail, [](NodeDetail &next, QList<ChartPoint> chart) { next.cpu = std::move(chart); },
            [this, series](const NodeDetail &withCpu) {
                series(
                    kMemory, withCpu,
                    [](NodeDetail &next, QList<ChartPoint> chart) { next.memory = std::move(chart); },
                    [this](const NodeDetail &whole) { emit detailArrived(whole); });
            });
    });
}

}
