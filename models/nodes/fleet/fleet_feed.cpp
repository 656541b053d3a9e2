#include "models/nodes/fleet/fleet_feed.h"

#include "backend/base/on_result.h"
#include "backend/base/qt_text.h"
#include "backend/events/metric_store.h"
#include "backend/nodes/activations/activation_service.h"
#include "backend/nodes/fleet/fleet_service.h"

namespace fb {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

    const auto kCpu = u"cpu_usage_active"_s; // percent
    const auto kMemory = u"mem_used_percent"_s;
    const auto kNodeProfile = u"Default"_s;
    constexpr auto kSilentAfter = 40s; // spec/fleet-manager.md 3.1
    constexpr auto kChartSpan = 3h;
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

    PingState pingOf(const Node &node, Instant now)
    {
        switch (node.state) {
        case NodeState::Registered:
            return PingState::Registered;
        case NodeState::Quarantined:
            return PingState::Quarantined;
        case NodeState::Active:
        case NodeState::Deregistered:
            break;
        }
        if (node.ping == PingStatus::ConnectionLost)
            return PingState::ConnectionLost;
        return node.lastPing && now - *node.lastPing > kSilentAfter ? PingState::Silent : PingState::Online;
    }

    NodeRow rowOf(const Node &node, Instant now)
    {
        NodeRow row;
        row.id = toQString(node.id);
        row.name = node.shownName().isEmpty() ? row.id : node.shownName();
        row.ping = pingOf(node, now);
        row.lastPing = node.lastPing.value_or(Instant());
        row.platform = u"%1 %2"_s.arg(node.platformName, node.platformVersion).trimmed();
        row.agentVersion = node.agentVersion;
        row.address = node.ipAddress;
        for (auto tag = node.tags.constBegin(); tag != node.tags.constEnd(); ++tag)
            row.tags << tag.key() + u'=' + tag.value();
        row.registered = node.registeredAt;
        row.activationId = toQString(node.activation);
        return row;
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

FleetFeed::FleetFeed(EngineThread &engine, const EngineInfo &info, QObject *parent)
    : FleetSource(parent),
      m_engine(engine),
      m_info(info)
{
    connect(&m_refresh, &QTimer::timeout, this, &FleetFeed::refresh);
    m_detail.setInterval(30s); // the chart's newest minute
    connect(&m_detail, &QTimer::timeout, this, &FleetFeed::readDetail);
}

void FleetFeed::start()
{
    const auto listed = m_engine.post([this](Engine &engine) -> Result<QList<NodeWithMetrics>> {
        connect(&engine.fleet(), &FleetService::nodesChanged, this, &FleetFeed::applyNodes);
        connect(&engine.fleet(), &FleetService::nodeDeregistered, this, [this](const NodeId &node) {
            m_rows.remove(toQString(node));
            emit nodesRemoved({toQString(node)});
        });
        connect(&engine.metrics(), &MetricStore::recorded, this, &FleetFeed::applySamples);
        QList<NodeWithMetrics> all;
        const QList<Node> nodes = engine.fleet().allNodes();
        for (const Node &node : nodes)
            all.append(
                {node, engine.metrics().latest(node.id, kCpu), engine.metrics().latest(node.id, kMemory)});
        return all;
    });
    onResult(listed, this, [this](const Result<QList<NodeWithMetrics>> &all) {
        if (!all)
            return emit problemArose(shownErrorOf(all.error()));
        QList<NodeRow> rows;
        for (const NodeWithMetrics &one : *all) {
            NodeRow row = rowOf(one.node, now());
            row.cpu = shareOf(one.cpu);
            row.memory = shareOf(one.memory);
            if (m_rows.contains(row.id)) // a change came before this answer, and is newer
                continue;
            m_rows.insert(row.id, row);
            rows << row;
        }
        emit nodesArrived(rows);
        emit firstListComplete();
        m_refresh.start(m_rows.size() <= kOftenRefreshed ? 5s : 60s);
    });
}

void FleetFeed::refresh()
{
    const auto listed
        = m_engine.post([](Engine &engine) -> Result<QList<Node>> { return engine.fleet().allNodes(); });
    onResult(listed, this, [this](const Result<QList<Node>> &nodes) {
        if (nodes)
            applyNodes(*nodes);
    });
    m_refresh.setInterval(m_rows.size() <= kOftenRefreshed ? 5s : 60s);
}

void FleetFeed::applyNodes(const QList<Node> &nodes)
{
    QList<NodeRow> rows;
    for (const Node &node : nodes) {
        if (node.state == NodeState::Deregistered)
            continue;
        NodeRow row = rowOf(node, now());
        const NodeRow before = m_rows.value(row.id);
        row.cpu = row.ping == PingState::ConnectionLost ? std::nullopt
                                                        : before.cpu; // what was then says nothing of now
        row.memory = row.ping == PingState::ConnectionLost ? std::nullopt : before.memory;
        m_rows.insert(row.id, row);
        rows << row;
    }
    emit nodesArrived(rows);
}

void FleetFeed::applySamples(const QList<MetricSample> &samples)
{
    QHash<QString, NodeRow> changed;
    for (const MetricSample &sample : samples) {
        if (!sample.dimensions.isEmpty() || (sample.name != kCpu && sample.name != kMemory))
            continue;
        const auto known = m_rows.find(toQString(sample.node));
        if (known == m_rows.end())
            continue;
        (sample.name == kCpu ? known->cpu : known->memory) = shareOf(sample.value);
        changed.insert(known.key(), *known);
    }
    if (!changed.isEmpty())
        emit nodesArrived(changed.values());
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
        request.iamRole = kNodeProfile;
        request.registrationLimit = wish.registrationLimit;
        request.expirationDate = SystemClock().now() + wish.validFor;
        request.tags = *tags;
        return engine.activations().createActivation(engine.owner(), request);
    });
    onResult(made, this, [this, wish](const Result<CreatedActivation> &created) {
        if (!created)
            return emit activationRefused(wish.requestId, shownErrorOf(created.error()));
        emit activationMade({.requestId = wish.requestId,
                             .id = toQString(created->id),
                             .code = created->code,
                             .engineUrl = m_info.agentUrl,
                             .caSha256 = m_info.caSha256,
                             .installCommand = created->installCommand,
                             .expires = now() + wish.validFor});
    });
}

void FleetFeed::deregister(const QStringList &nodeIds)
{
    for (const QString &id : nodeIds) {
        const auto gone = m_engine.post([id](Engine &engine) -> Result<void> {
            return engine.fleet().deregister(engine.owner(), toId<NodeId>(id));
        });
        onResult(gone, this, [this](const Result<void> &done) {
            if (!done)
                emit problemArose(shownErrorOf(done.error()));
        });
    }
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
        NodeDetail detail;
        detail.node = rowOf(*node, now());
        if (const auto row = m_rows.constFind(id); row != m_rows.constEnd())
            detail.node = *row;
        detail.kernel = node->kernel;
        detail.architecture = node->architecture;
        detail.cpuModel = node->cpuModel;
        detail.cpuCount = node->cpuCount;
        detail.memoryBytes = node->memoryBytes;
        detail.bootedAt = node->bootTime.value_or(Instant());
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
