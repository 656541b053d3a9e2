#pragma once
// The processes of one node, read again every few seconds while somebody looks (spec/fleet-manager.md 3.5): as a flat table or as a tree, and
// what is done to them. When the node goes, the last known ones stay with their time. Ui thread.

#include "models/nodes/tools/paced_reading.h"
#include "models/nodes/tools/process_source.h"

#include <QObject>

#include <optional>

namespace fb {

class ProcessesViewModel : public QObject
{
    Q_OBJECT
public:
    enum class State { Waiting, Live, Offline, Failed };

    ProcessesViewModel(ProcessSource &source, const QString &nodeId, QObject *parent = nullptr);
    ~ProcessesViewModel() override; // closes the channel

    ValueTableModel<ProcessRow> &table() { return m_table; }
    const ProcessRow *process(const QString &id) const { return m_table.value(id); }
    State state() const { return m_state; }
    const ShownError &problem() const { return m_problem; } // of Offline and Failed
    Instant asOf() const { return m_asOf; } // of what is shown; 0: nothing is yet
    Instant now() const { return m_source.now(); }
    int total() const { return m_total; } // of the node; may be more than are shown
    bool isCut() const { return m_total > m_snapshot.processes.size(); }

    void setLooking(bool looking) { m_reading.setLooking(looking); }
    void readNow() { m_reading.readNow(); }
    std::chrono::seconds interval() const { return m_interval; }
    void setInterval(std::chrono::seconds interval); // 1 to 60
    bool isTree() const { return m_isTree; }
    void setTree(bool tree); // processes below those that started them
    bool isOfAllCores() const { return m_isOfAllCores; }
    void setOfAllCores(bool all); // CPU as a share of the machine, not of one core

    void perform(const ProcessDeed &deed);

    static constexpr std::chrono::seconds kPatience {5}; // after TERM, before KILL is offered

signals:
    void changed(); // state, time, counts
    void done(const fb::ProcessDeed &deed, const fb::ProcessOutcome &outcome);
    void refused(const fb::ProcessDeed &deed, const fb::ShownError &problem);
    void stillRuns(const QString &id); // kPatience after it was asked to end

private:
    void ask();
    void take(const ShownError &problem, const ProcessSnapshot &snapshot);
    void show();
    void placeInTree(QList<ProcessRow> &rows) const;

    ProcessSource &m_source;
    QString m_nodeId;
    ValueTableModel<ProcessRow> m_table;
    ProcessSnapshot m_snapshot;
    State m_state = State::Waiting;
    ShownError m_problem;
    Instant m_asOf {};
    int m_total = 0;
    std::chrono::seconds m_interval {2};
    bool m_isTree = false;
    bool m_isOfAllCores = false;
    PacedReading m_reading;
};

}
