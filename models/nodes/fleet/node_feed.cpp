#include "models/nodes/fleet/node_feed.h"

#include "backend/base/on_result.h"
#include "backend/base/qt_text.h"
#include "backend/events/event_bus.h"
#include "backend/events/metric_store.h"
#include "backend/nodes/fleet/fleet_service.h"
#include "backend/nodes/fleet/node_room.h"
#include "backend/nodes/runcommand/run_command_service.h"
#include "backend/nodes/sessions/session_service.h"
#include "models/nodes/fleet/node_values.h"
#include "models/nodes/fleet/node_words.h"

#include <QJsonObject>
#include <QSet>

#include <algorithm>

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    constexpr int kHistory = 200;
    constexpr int kRuns = 50; // the most of one page of the API
    constexpr int kMostPoints = 720; // of a series

    NodeHappening happeningOf(const Event &event)
    {
        return {.at = event.time,
                .kind = NodeHappening::Kind::State,
                .what = event.detail.value(u"state"_s).toString(event.detailType),
                .reason = event.detail.value(u"reason"_s).toString(),
                .who = {},
                .result = {}};
    }

    QString valueText(const QJsonValue &value)
    {
        return value.isString() ? value.toString() : value.toVariant().toString();
    }

    // Of two sets of tags what differs: "+owner=m.tanaka, -site".
    QStringList entriesChanged(const QJsonObject &from, const QJsonObject &to)
    {
        QStringList changed;
        for (auto entry = to.begin(); entry != to.end(); ++entry) {
            if (from.value(entry.key()) != entry.value())
                changed << u"+%1=%2"_s.arg(entry.key(), valueText(entry.value()));
        }
        for (auto entry = from.begin(); entry != from.end(); ++entry) {
            if (!to.contains(entry.key()))
                changed << u'-' + entry.key();
        }
        return changed;
    }

    // What changed, as the audit log tells it, {"Name": {"from": "a", "to": "b"}}, in short: "a → b".
    QString changeText(const QJsonObject &diff)
    {
        if (const QJsonValue object = diff.value(u"Object"_s); object.isString())
            return object.toString(); // what a tool was used on
        QStringList parts;
        for (auto field = diff.begin(); field != diff.end(); ++field) {
            const QJsonValue from = field.value()[u"from"_s];
            const QJsonValue to = field.value()[u"to"_s];
            if (to.isObject())
                parts << entriesChanged(from.toObject(), to.toObject());
            else if (!to.isUndefined())
                parts << u"%1 → %2"_s.arg(valueText(from), valueText(to));
        }
        return parts.join(u", "_s);
    }

    NodeHappening happeningOf(const AuditEntry &entry)
    {
        return {.at = entry.at,
                .kind = NodeHappening::Kind::Change,
                .what = entry.action,
                .reason = changeText(entry.diff),
                .who = entry.who.name,
                .result = entry.result};
    }

    struct RunsOfNode {
        QList<Command> commands;
        QList<InvocationDetails> invocations;
    };

    QList<NodeRun> runsOf(const RunsOfNode &found)
    {
        QList<NodeRun> runs;
        for (const InvocationDetails &row : found.invocations) {
            NodeRun run;
            run.commandId = toQString(row.invocation.commandId);
            run.details = row.invocation.statusDetails();
            run.requested = row.invocation.requestedAt;
            run.finished = row.invocation.endedAt.value_or(Instant());
            const auto command
                = std::find_if(found.commands.begin(), found.commands.end(),
                               [&](const Command &one) { return one.commandId == row.invocation.commandId; });
            if (command != found.commands.end()) {
                run.document = command->request.documentName;
                run.comment = command->request.comment;
                run.by = command->requestedBy;
            }
            runs << run;
        }
        std::sort(runs.begin(), runs.end(),
                  [](const NodeRun &a, const NodeRun &b) { return a.requested > b.requested; });
        return runs;
    }
}

NodeFeed::NodeFeed(EngineThread &engine, QObject *parent) : NodeSource(parent), m_engine(engine) { }

void NodeFeed::start()
{
    const auto followed = m_engine.post([this](Engine &engine) -> Result<void> {
        connect(&engine.fleet(), &FleetService::nodesChanged, this, [this](const QList<Node> &nodes) {
            for (const Node &node : nodes) {
                emit partTouched(toQString(node.id), NodePart::Detail);
                emit partTouched(toQString(node.id), NodePart::History);
            }
        });
        connect(&engine.nodeRooms(), &NodeRooms::changed, this,
                [this](const NodeId &node) { emit partTouched(toQString(node), NodePart::Detail); });
        connect(&engine.metrics(), &MetricStore::recorded, this, [this](const QList<MetricSample> &samples) {
            QSet<QString> nodes;
            for (const MetricSample &sample : samples)
                nodes.insert(toQString(sample.node));
            for (const QString &node : std::as_const(nodes))
                emit partTouched(node, NodePart::Metrics);
        });
        connect(&engine.runCommand(), &RunCommandService::invocationsChanged, this,
                [this](const QList<Invocation> &invocations) {
                    for (const Invocation &invocation : invocations)
                        emit partTouched(invocation.instanceId, NodePart::Runs);
                });
        connect(&engine.events(), &EventBus::eventsPublished, this, [this](const QList<Event> &events) {
            for (const Event &event : events) {
                for (const QString &resource : event.resources) {
                    if (resource.contains(u":managed-instance/"))
                        emit partTouched(resource.section(u'/', -1), NodePart::History);
                }
            }
        });
        connect(&engine.sessions(), &SessionService::sessionsChanged, this,
                [this](const QList<Session> &sessions) {
                    for (const Session &session : sessions)
                        emit partTouched(toQString(session.target), NodePart::Sessions);
                });
        return {};
    });
    onResult(followed, this, [](const Result<void> &) {});
}

template <typename T, typename Ask, typename Done>
void NodeFeed::fromPool(const QString &nodeId, NodePart part, Ask ask, Done done)
{
    const auto asked
        = m_engine.post([ask](Engine &engine) -> Result<QFuture<Result<T>>> { return ask(engine); });
    onResult(asked, this, [this, nodeId, part, done](const Result<QFuture<Result<T>>> &future) {
        if (!future)
            return emit readFailed(nodeId, part, shownErrorOf(future.error()));
        onResult(*future, this, [this, nodeId, part, done](const Result<T> &answer) {
            if (!answer)
                return emit readFailed(nodeId, part, shownErrorOf(answer.error()));
            done(*answer);
        });
    });
}

void NodeFeed::readDetail(const QString &nodeId)
{
    using Read = QPair<Node, NodeRoom>;
    const auto read = m_engine.post([nodeId](Engine &engine) -> Result<Read> {
        const Node *node = engine.fleet().node(toId<NodeId>(nodeId));
        if (!node || !engine.sees(engine.atConsole(), *node))
            return makeError(errors::kInvalidInstanceId, "The node is not managed any more.");
        return Read {*node, engine.nodeRooms().of(node->id)};
    });
    onResult(read, this, [this, nodeId](const Result<Read> &node) {
        if (!node)
            return emit readFailed(nodeId, NodePart::Detail, shownErrorOf(node.error()));
        NodeDetail detail = nodeDetailOf(node->first, now());
        detail.room = roomValuesOf(node->second);
        using Ends = QHash<QString, Instant>;
        fromPool<Ends>(
            nodeId, NodePart::Detail,
            [](Engine &engine) { return engine.fleet().history().certificateEnds(engine.atConsole()); },
            [this, detail](const Ends &ends) {
                NodeDetail whole = detail;
                whole.certificateExpires = ends.value(detail.node.id);
                emit detailArrived(whole);
            });
    });
}

void NodeFeed::readMetrics(const QString &nodeId, Instant from, Instant to)
{
    using All = QList<NodeSeries>;
    fromPool<All>(
        nodeId, NodePart::Metrics,
        [=](Engine &engine) {
            return engine.metrics().nodeSeries(toId<NodeId>(nodeId), NodeWords::metrics(), from, to,
                                               kMostPoints);
        },
        [=, this](const All &all) {
            NodeMetrics metrics {.nodeId = nodeId,
                                 .from = from,
                                 .to = to,
                                 .step = MetricStore::bucketFor(from, to, kMostPoints),
                                 .series = {}};
            for (const NodeSeries &series : all) {
                NodeSeriesValues values {
                    .metric = series.name, .dimensions = series.dimensions, .points = {}};
                for (const MetricPoint &point : series.points)
                    values.points.append({point.time, point.average()});
                metrics.series << values;
            }
            emit metricsArrived(metrics);
        });
}

void NodeFeed::readHistory(const QString &nodeId)
{
    fromPool<NodePast>(
        nodeId, NodePart::History,
        [nodeId](Engine &engine) {
            return engine.fleet().history().pastOf(engine.atConsole(), toId<NodeId>(nodeId), kHistory);
        },
        [this, nodeId](const NodePast &past) {
            QList<NodeHappening> happenings;
            for (const Event &event : past.events)
                happenings << happeningOf(event);
            for (const AuditEntry &entry : past.changes)
                happenings << happeningOf(entry);
            std::stable_sort(happenings.begin(), happenings.end(),
                             [](const NodeHappening &a, const NodeHappening &b) { return a.at > b.at; });
            emit historyArrived(nodeId, happenings);
        });
}

void NodeFeed::readRuns(const QString &nodeId)
{
    const auto read = m_engine.post([nodeId](Engine &engine) -> Result<RunsOfNode> {
        ListCommandInvocationsRequest invocations;
        invocations.instanceId = nodeId;
        invocations.maxResults = kRuns;
        ListCommandsRequest commands;
        commands.instanceId = nodeId;
        commands.maxResults = kRuns;
        const auto rows = engine.runCommand().listCommandInvocations(engine.atConsole(), invocations);
        if (!rows)
            return rows.error();
        const auto heads = engine.runCommand().listCommands(engine.atConsole(), commands);
        if (!heads)
            return heads.error();
        return RunsOfNode {heads->commands, rows->invocations};
    });
    onResult(read, this, [this, nodeId](const Result<RunsOfNode> &found) {
        if (!found)
            return emit readFailed(nodeId, NodePart::Runs, shownErrorOf(found.error()));
        emit runsArrived(nodeId, runsOf(*found));
    });
}

void NodeFeed::readSessions(const QString &nodeId)
{
    const auto read = m_engine.post([nodeId](Engine &engine) -> Result<QList<Session>> {
        QList<Session> all;
        for (const SessionList state : {SessionList::Active, SessionList::History}) {
            DescribeSessionsRequest request;
            request.state = state;
            request.filters = {{.key = u"Target"_s, .value = nodeId}};
            const auto page = engine.sessions().describeSessions(engine.atConsole(), request);
            if (!page)
                return page.error();
            all += page->sessions;
        }
        return all;
    });
    onResult(read, this, [this, nodeId](const Result<QList<Session>> &found) {
        if (!found)
            return emit readFailed(nodeId, NodePart::Sessions, shownErrorOf(found.error()));
        QList<NodeSession> sessions;
        for (const Session &session : *found)
            sessions.append({.id = toQString(session.sessionId),
                             .status = enumName(session.status),
                             .by = session.operatorName,
                             .reason = session.reason,
                             .started = session.startDate,
                             .ended = session.endDate.value_or(Instant())});
        emit sessionsArrived(nodeId, sessions);
    });
}

}
