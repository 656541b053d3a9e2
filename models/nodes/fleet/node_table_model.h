#pragma once
// Rows of the fleet table, live (LiveTableModel). Ui thread.

#include "models/nodes/fleet/node_row.h"
#include "models/table/live_table_model.h"

#include <deque>

namespace fb {

class NodeTableModel : public LiveTableModel
{
    Q_OBJECT
public:
    enum class Column {
        Name,
        Ping,
        LastPing,
        Platform,
        Tags,
        Cpu,
        Memory,
        Agent,
        Address,
        Id,
        Registered,
        Certificate,
        Profile,
        Count
    };

    explicit NodeTableModel(QObject *parent = nullptr);

    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index,
                  int role = Qt::DisplayRole) const override; // starts with checkIndex()
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    const NodeRow *node(const QString &id) const; // also of rows that the filter hides; nullptr: unknown
    const std::deque<NodeRow> &allNodes() const { return m_rows; }
    // Fewer than seven days are left: its agent should have renewed it long before (spec/fleet-manager.md B3.3).
    bool hasEndingCertificate(const NodeRow &row) const;
    QList<FilterProperty> filterProperties() const override;
    bool ages(int column) const override;

public slots:
    void applyNodes(const QList<fb::NodeRow> &nodes); // inserts and updates by id
    void applyShares(const QList<fb::NodeShares> &shares);
    void applyCertificateEnds(const QHash<QString, fb::Instant> &ends);
    void removeNodes(const QStringList &ids);

protected:
    QString searchText(int sourceRow) const override;
    bool less(int column, int sourceA, int sourceB) const override;
    FilterValue filterValue(int sourceRow, const QString &key) const override;
    void beginSort(int column) override; // names are folded once a row, not at each comparison
    void endSort() override { m_names = {}; }
    void swapRemove(int sourceRow) override;

private:
    static QString certificateText(const NodeRow &row, Instant now);
    QVariant shown(const NodeRow &row, Column column) const;

    std::deque<NodeRow> m_rows; // grows without moving, and so without holes, at any size
    std::vector<QString> m_names; // by source row, while a sort by name runs
};

}
