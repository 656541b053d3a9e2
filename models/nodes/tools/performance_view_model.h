#pragma once
// Live charts of one node: a sample a second while somebody looks (spec/fleet-manager.md 3.6). When the node goes, what was measured stays,
// and the time without it is a gap. Ui thread.

#include "models/nodes/tools/performance_history.h"

#include <QTimer>

namespace fb {

class PerformanceViewModel : public QObject
{
    Q_OBJECT
public:
    enum class State { Waiting, Live, Offline, Failed };

    PerformanceViewModel(PerformanceSource &source, const QString &nodeId, QObject *parent = nullptr);
    ~PerformanceViewModel() override; // closes the channel

    QList<PerformanceHistory::Chart> charts() const { return m_history.charts(); }
    int cores() const { return m_cores; } // 0: not known
    State state() const { return m_state; }
    const ShownError &problem() const { return m_problem; } // of Offline and Failed
    Instant asOf() const { return m_asOf; } // of the newest sample; 0: there is none
    Instant now() const { return m_source.now(); }

    void setLooking(bool looking); // the first look reads at once
    void readNow();

    static constexpr std::chrono::seconds kInterval {1};

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
    bool m_isLooking = false;
    bool m_isAsking = false;
    QTimer m_pace;
};

}
