#pragma once
// The nodes of one command, live (LiveTableModel). Ui thread.

#include "models/nodes/runcommand/run.h"
#include "models/table/live_table_model.h"

#include <functional>

namespace fb {

class InvocationTableModel : public LiveTableModel
{
    Q_OBJECT
public:
    enum class Column { Node, State, Exit, Started, Duration, Platform, Note, Output, Count };

    explicit InvocationTableModel(QObject *parent = nullptr);

    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index,
                  int role = Qt::DisplayRole) const override; // starts with checkIndex()
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    const InvocationRow *invocation(const QString &nodeId) const;
    const std::vector<InvocationRow> &all() const { return m_rows; }
    RunCounts counts() const;
    QList<FilterProperty> filterProperties() const override;
    bool ages(int column) const override; // durations of what still runs
    // What a node said, for the column of outputs and for export.
    void setOutputs(std::function<QString(const QString &nodeId)> outputs) { m_outputs = std::move(outputs); }
    // Shows these nodes only; nothing: all. Beside the query.
    void showOnly(const std::optional<QStringList> &nodeIds);

public slots:
    void applyInvocations(const QList<fb::InvocationRow> &invocations);

protected:
    QString searchText(int sourceRow) const override;
    bool less(int column, int sourceA, int sourceB) const override;
    FilterValue filterValue(int sourceRow, const QString &key) const override;
    void swapRemove(int sourceRow) override;

private:
    Microseconds durationOf(const InvocationRow &row) const;
    QVariant shown(const InvocationRow &row, Column column) const;

    std::vector<InvocationRow> m_rows;
    std::function<QString(const QString &nodeId)> m_outputs;
};

}
