#pragma once
// Two runs node by node: what became better, what worse, who was in one of them only, and whose output differs. Follows both while they
// run. Ui thread.

#include "models/nodes/runcommand/run_view_model.h"
#include "models/table/value_table_model.h"

namespace fb {

enum class RunChange { Worse, Better, Other, Same, OnlyFirst, OnlySecond };
enum class OutputChange { None, Same, Differs }; // None: neither said anything, or one was not there

struct RunChangeRow {
    QString nodeId;
    QString nodeName;
    QString first; // StatusDetails; empty: not in this run
    QString second;
    int firstCode = -1;
    int secondCode = -1;
    RunChange change = RunChange::Same;
    OutputChange output = OutputChange::None;
    bool operator==(const RunChangeRow &) const = default;
};

struct RunChangeTable {
    Q_DECLARE_TR_FUNCTIONS(fb::RunChangeTable)
public:
    enum Column { Node, First, Second, Change, Code, Output, Id };

    static QString idOf(const RunChangeRow &row) { return row.nodeId; }
    static QList<TableColumn<RunChangeRow>> columns();
    static QString word(RunChange change);
    // From two rows of which at least one is there.
    static RunChange changeOf(const QString &first, const QString &second);
};

class RunComparison : public QObject
{
    Q_OBJECT
public:
    RunComparison(RunSource &source, const RunRow &first, const RunRow &second, QObject *parent = nullptr);

    RunViewModel &first() { return m_first; }
    RunViewModel &second() { return m_second; }
    ValueTableModel<RunChangeRow> &rows() { return m_rows; }
    int count(RunChange change) const { return m_counts.value(static_cast<int>(change)); }
    int outputsThatDiffer() const { return m_outputs; }
    QString firstOutput(const QString &nodeId) const { return m_first.output().text(nodeId); }
    QString secondOutput(const QString &nodeId) const { return m_second.output().text(nodeId); }

signals:
    void changed(); // rows, counts or outputs; at most four times a second

private:
    void compare();

    mutable RunViewModel m_first;
    mutable RunViewModel m_second;
    ValueTableModel<RunChangeRow> m_rows;
    QList<int> m_counts; // by RunChange
    int m_outputs = 0;
    QTimer m_soon;
};

}
