#pragma once
// The live samples of one node, asked for one after another; what was measured stays when the node goes. Ui thread.

#include "models/nodes/tools/performance_history.h"

#include <QObject>

namespace fb {

class NodeSamples : public QObject
{
    Q_OBJECT
public:
    enum class State { Waiting, Live, Offline, Failed };

    NodeSamples(PerformanceSource &source, const QString &nodeId, QObject *parent = nullptr);
    ~NodeSamples() override; // closes the channel

    void read(); // unless an answer is on its way
    const QString &nodeId() const { return m_nodeId; }
    const PerformanceHistory &history() const { return m_history; }
    State state() const { return m_state; }
    const ShownError &problem() const { return m_problem; } // of Offline and Failed
    Instant asOf() const { return m_asOf; } // of the newest sample; 0: there is none
    int cores() const { return m_cores; } // 0: not known

signals:
    void changed();

private:
    PerformanceSource &m_source;
    QString m_nodeId;
    PerformanceHistory m_history;
    State m_state = State::Waiting;
    ShownError m_problem;
    Instant m_asOf {};
    int m_cores = 0;
    bool m_isAsking = false;
};

}
