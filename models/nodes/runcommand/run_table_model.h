#pragma once
// Rows of the list of commands, live (LiveTableModel). Ui thread.

#include "models/nodes/runcommand/run.h"
#include "models/table/live_table_model.h"

namespace fb {

class RunTableModel : public LiveTableModel
{
    Q_OBJECT
public:
    enum class Column { Title, Status, Document, Nodes, Requested, By, Duration, Id, Count };
    enum Role { CountsRole = Qt::UserRole + 100 }; // RunCounts, of column Nodes

    explicit RunTableModel(QObject *parent = nullptr);

    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index,
                  int role = Qt::DisplayRole) const override; // starts with checkIndex()
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    const RunRow *run(const QString &id) const;
    const std::vector<RunRow> &all() const { return m_rows; }
    QList<FilterProperty> filterProperties() const override;
    bool ages(int column) const override;

    // Older and newer of two chosen runs; of one, it and the latest before it of the same document. Empty: there are no two.
    std::pair<QString, QString> pairToCompare(const QStringList &chosen) const;

    // What a run is called: its comment, or the first line it runs, or its document.
    static QString titleOf(const RunRow &run);

public slots:
    void applyRuns(const QList<fb::RunRow> &runs);

protected:
    QString searchText(int sourceRow) const override;
    bool less(int column, int sourceA, int sourceB) const override;
    FilterValue filterValue(int sourceRow, const QString &key) const override;
    void swapRemove(int sourceRow) override;

private:
    Microseconds durationOf(const RunRow &run) const;
    QVariant shown(const RunRow &run, Column column) const;

    std::vector<RunRow> m_rows;
};

}

Q_DECLARE_METATYPE(fb::RunCounts)
