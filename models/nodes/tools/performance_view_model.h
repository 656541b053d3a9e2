#pragma once
// Live charts of one node, or of several over each other: a sample of each a second while somebody looks (spec/fleet-manager.md 3.6). When a
// node goes, what was measured stays, and the time without it is a gap. Ui thread.

#include "models/nodes/tools/node_samples.h"

#include <QTimer>

#include <memory>
#include <vector>

namespace fb {

class PerformanceViewModel : public QObject
{
    Q_OBJECT
public:
    using State = NodeSamples::State;

    PerformanceViewModel(PerformanceSource &source, const QString &nodeId, QObject *parent = nullptr);

    QList<PerformanceHistory::Chart> charts() const { return m_own.history().charts(); }
    int cores() const { return m_own.cores(); } // 0: not known
    State state() const { return m_own.state(); }
    const ShownError &problem() const { return m_own.problem(); } // of Offline and Failed
    Instant asOf() const { return m_own.asOf(); } // of the newest sample; 0: there is none
    Instant now() const { return m_source.now(); }

    // The others beside this node. One that stays keeps what was measured.
    void setCompared(const QStringList &nodeIds);
    // A line for each node: this one first, then the compared ones in their order. `names`: of them all.
    QList<PerformanceHistory::Chart> overlay(const QStringList &names) const;
    const NodeSamples *samplesOf(const QString &nodeId) const; // also of this one; nullptr: not compared

    void setLooking(bool looking); // the first look reads at once
    void readNow();

    static constexpr std::chrono::seconds kInterval {1};

signals:
    void changed();

private:
    PerformanceSource &m_source;
    NodeSamples m_own;
    std::vector<std::unique_ptr<NodeSamples>> m_compared;
    bool m_isLooking = false;
    QTimer m_pace;
};

}
