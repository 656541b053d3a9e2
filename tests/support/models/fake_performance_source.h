#pragma once
// The counters of a node, scripted: each sample moves them on; the test says when, and when there is none.

#include "models/nodes/tools/performance_source.h"

#include <QHash>

namespace fb::test {

class FakePerformanceSource : public QObject, public PerformanceSource
{
public:
    void sample(const QString &nodeId, QObject *asker, Sampled sampled) override;
    void close(const QString &nodeId) override { closed << nodeId; }
    Instant now() const override { return m_now; }

    void advance(double seconds); // clock and counters: one of two cores is busy
    bool advances = true; // by a second at each sample of the first node
    PerformanceCounters counters;
    std::optional<ShownError> problem; // of every sample
    QHash<QString, ShownError> problems; // of one node's
    QStringList nodes; // that were asked; the second is half as busy as the first, the third a third
    int samples = 0;
    QStringList closed;
    Instant m_now = fromMicros(1790000000000000);

private:
    PerformanceCounters countersOf(qsizetype place) const;
};

}
