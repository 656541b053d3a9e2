#pragma once
// Nodes in groups, for the tree beside the sessions: by the value of one of their tags, by platform, or all in one list. What is chosen and
// unfolded stays while nodes change. Ui thread.

#include "models/nodes/fleet/fleet_view_model.h"

#include <QAbstractItemModel>
#include <QSet>
#include <QTimer>

#include <vector>

namespace fb {

class NodeGroupsModel : public QAbstractItemModel
{
    Q_OBJECT
public:
    enum Role {
        IdRole = Qt::UserRole, // of a node; of a group: its key, empty for those without
        IsGroupRole,
        CountRole, // of a group
        PingRole, // PingState
        OpenRole, // a session to it is open here
    };
    static constexpr auto kByPlatform = "\1platform";
    static constexpr auto kAll = "\1all";

    explicit NodeGroupsModel(FleetViewModel &fleet, QObject *parent = nullptr);

    // A tag's key, kByPlatform or kAll; a key that no node has: all.
    void setGrouping(const QString &grouping);
    QString grouping() const { return m_grouping; }
    QStringList tagKeys() const; // that can be grouped by, the most common first
    QString usualGrouping() const; // "role", "env", or the most common key; else by platform
    void setFilter(const QString &words); // all of them, in name, id, platform or tags
    void setOpenNodes(const QSet<QString> &nodeIds);
    QModelIndex indexOf(const QString &nodeId) const;
    int nodeCount() const; // that the filter lets through

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &) const override { return 1; }
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

signals:
    void rebuilt(); // rows are others than before: unfold and choose again

private:
    struct Node {
        QString id;
        QString name;
        QString platform;
        PingState ping = PingState::Registered;
        bool operator==(const Node &) const = default;
    };
    struct Group {
        QString key;
        QString title;
        std::vector<Node> nodes;
    };
    QString keyOf(const NodeRow &row) const;
    QString titleOf(const QString &key) const;
    std::vector<Group> build() const;
    void take();

    FleetViewModel &m_fleet;
    QString m_grouping;
    QStringList m_words;
    QSet<QString> m_open;
    std::vector<Group> m_groups;
    QTimer m_soon;
};

}
