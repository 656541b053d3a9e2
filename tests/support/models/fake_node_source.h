#pragma once
// What the page of one node shows, of the test's choice: six metrics, a history, runs, sessions.

#include "models/nodes/fleet/node_source.h"

namespace fb::test {

class FakeNodeSource : public NodeSource
{
    Q_OBJECT
public:
    using NodeSource::NodeSource;

    void start() override { }
    void readDetail(const QString &nodeId) override;
    void readMetrics(const QString &nodeId, Instant from, Instant to) override;
    void readHistory(const QString &nodeId) override;
    void readRuns(const QString &nodeId) override;
    void readSessions(const QString &nodeId) override;
    Instant now() const override { return m_now; }

    QList<NodeRow> nodes;
    QStringList reads; // "metrics mi-..."
    QList<QPair<Instant, Instant>> ranges; // of the metrics that were asked for
    bool isMeasured = true;
    NodeRoomValues room; // of every node
    std::optional<ShownError> problem; // of the next read
    QList<NodeHappening> happenings; // besides the sample's
    Instant m_now = fromMicros(1790000000000000);

private:
    QStringList m_measured; // nodes whose metrics were read, in this order
    void later(std::function<void()> fn);
    bool fails(const QString &nodeId, NodePart part);
};

}
