#pragma once
// Where the page of one node gets what only it shows: metrics, history, runs, sessions. NodeFeed answers with the engine in this process;
// tests answer with values. Answers come as signals, later, on the ui thread; a failed read brings readFailed.

#include "models/nodes/fleet/node_detail.h"
#include "models/table/shown_error.h"

#include <QMap>
#include <QObject>

namespace fb {

struct NodeSeriesValues {
    QString metric; // "disk_used_percent"
    QMap<QString, QString> dimensions; // path, interface
    QList<ChartPoint> points; // oldest first, in the metric's own unit
};

struct NodeMetrics {
    QString nodeId;
    Instant from {};
    Instant to {};
    Microseconds step {}; // from one point to the next
    QList<NodeSeriesValues> series;
};

// One thing that happened to a node.
struct NodeHappening {
    enum class Kind { State, Change };
    Instant at {};
    Kind kind = Kind::State;
    QString what; // State: the new state; Change: "ssm:AddTagsToResource"
    QString reason; // State: "link lost"; Change: what was changed
    QString who; // Change: the operator
    QString result; // Change: "Success" or an error's code
    bool operator==(const NodeHappening &) const = default;
};

struct NodeRun {
    QString commandId;
    QString document;
    QString comment;
    QString details; // the API's StatusDetails of this node
    QString by;
    Instant requested {};
    Instant finished {}; // 0 while it runs
    bool operator==(const NodeRun &) const = default;
};

struct NodeSession {
    QString id;
    QString status; // the API's
    QString by;
    QString reason;
    Instant started {};
    Instant ended {}; // 0 while it lives
    bool operator==(const NodeSession &) const = default;
};

enum class NodePart { Detail, Metrics, History, Runs, Sessions };

inline size_t qHash(NodePart part, size_t seed = 0) { return ::qHash(static_cast<int>(part), seed); }

class NodeSource : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    virtual void start() = 0; // partTouched from now on
    virtual void readDetail(const QString &nodeId) = 0;
    virtual void readMetrics(const QString &nodeId, Instant from, Instant to) = 0;
    virtual void readHistory(const QString &nodeId) = 0;
    virtual void readRuns(const QString &nodeId) = 0;
    virtual void readSessions(const QString &nodeId) = 0;
    virtual Instant now() const = 0;

signals:
    void partTouched(const QString &nodeId, fb::NodePart part); // it would be answered otherwise now
    void detailArrived(const fb::NodeDetail &detail);
    void metricsArrived(const fb::NodeMetrics &metrics);
    void historyArrived(const QString &nodeId, const QList<fb::NodeHappening> &happenings); // newest first
    void runsArrived(const QString &nodeId, const QList<fb::NodeRun> &runs); // newest first
    void sessionsArrived(const QString &nodeId, const QList<fb::NodeSession> &sessions); // newest first
    void readFailed(const QString &nodeId, fb::NodePart part, const fb::ShownError &problem);
};

}

Q_DECLARE_METATYPE(fb::NodeMetrics)
Q_DECLARE_METATYPE(fb::NodeHappening)
