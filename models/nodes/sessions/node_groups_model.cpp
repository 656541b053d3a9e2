#include "models/nodes/sessions/node_groups_model.h"

#include "models/table/natural_order.h"
#include "models/table/plain_tool_tip.h"
#include "models/table/visible_text.h"

#include <QHash>
#include <QMap>

#include <algorithm>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr qsizetype kLongestTitle = 120;

    QString platformKey() { return QString::fromLatin1(NodeGroupsModel::kByPlatform); }
    QString allKey() { return QString::fromLatin1(NodeGroupsModel::kAll); }
}

NodeGroupsModel::NodeGroupsModel(FleetViewModel &fleet, QObject *parent)
    : QAbstractItemModel(parent),
      m_fleet(fleet),
      m_grouping(allKey())
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(std::chrono::milliseconds(150)); // a fleet that comes in piece by piece
    connect(&m_soon, &QTimer::timeout, this, &NodeGroupsModel::take);
    connect(&m_fleet, &FleetViewModel::nodesChanged, this, [this] {
        if (!m_soon.isActive())
            m_soon.start();
    });
    take();
}

QStringList NodeGroupsModel::tagKeys() const
{
    constexpr qsizetype kMost = 30;
    QHash<QString, int> uses;
    for (const NodeRow &row : m_fleet.nodes().allNodes()) {
        for (const NodeTag &tag : row.tagPairs)
            ++uses[tag.key];
    }
    QStringList keys = uses.keys();
    std::sort(keys.begin(), keys.end(), [&uses](const QString &a, const QString &b) {
        return uses[a] != uses[b] ? uses[a] > uses[b] : comesBeforeNaturally(a, b);
    });
    return keys.first(std::min(kMost, keys.size()));
}

QString NodeGroupsModel::usualGrouping() const
{
    const QStringList keys = tagKeys();
    for (const QString &wanted : {u"role"_s, u"env"_s}) {
        for (const QString &key : keys) {
            if (key.compare(wanted, Qt::CaseInsensitive) == 0)
                return key;
        }
    }
    return keys.isEmpty() ? platformKey() : keys.first();
}

void NodeGroupsModel::setGrouping(const QString &grouping)
{
    if (grouping == m_grouping)
        return;
    m_grouping = grouping;
    take();
}

void NodeGroupsModel::setFilter(const QString &words)
{
    m_words = words.split(u' ', Qt::SkipEmptyParts);
    take();
}

void NodeGroupsModel::setOpenNodes(const QSet<QString> &nodeIds)
{
    if (nodeIds == m_open)
        return;
    m_open = nodeIds;
    for (int group = 0; group < rowCount(); ++group) {
        const QModelIndex of = index(group, 0);
        if (rowCount(of) > 0)
            emit dataChanged(index(0, 0, of), index(rowCount(of) - 1, 0, of));
    }
}

QString NodeGroupsModel::keyOf(const NodeRow &row) const
{
    if (m_grouping == allKey())
        return {};
    if (m_grouping == platformKey())
        return row.platform;
    for (const NodeTag &tag : row.tagPairs) {
        if (tag.key == m_grouping)
            return u'=' + tag.value; // an empty value is one too
    }
    return {};
}

QString NodeGroupsModel::titleOf(const QString &key) const
{
    if (m_grouping == allKey())
        return tr("All nodes");
    if (m_grouping == platformKey())
        return key.isEmpty() ? tr("Unknown platform") : visibleText(key, kLongestTitle);
    if (key.isEmpty())
        return tr("No tag %1").arg(visibleText(m_grouping, kLongestTitle));
    return visibleText(m_grouping + u" = "_s + key.mid(1), kLongestTitle);
}

std::vector<NodeGroupsModel::Group> NodeGroupsModel::build() const
{
    QHash<QString, std::vector<Node>> byKey;
    for (const NodeRow &row : m_fleet.nodes().allNodes()) {
        if (row.matches(m_words))
            byKey[keyOf(row)].push_back({row.id, row.name, row.platform, row.ping});
    }
    std::vector<Group> groups;
    for (auto it = byKey.begin(); it != byKey.end(); ++it) {
        Group group {it.key(), titleOf(it.key()), std::move(it.value())};
        std::sort(group.nodes.begin(), group.nodes.end(), [](const Node &a, const Node &b) {
            if (comesBeforeNaturally(a.name, b.name))
                return true;
            return !comesBeforeNaturally(b.name, a.name) && a.id < b.id;
        });
        groups.push_back(std::move(group));
    }
    std::sort(groups.begin(), groups.end(), [](const Group &a, const Group &b) {
        if (a.key.isEmpty() != b.key.isEmpty())
            return b.key.isEmpty(); // those without come last
        return comesBeforeNaturally(a.title, b.title);
    });
    return groups;
}

void NodeGroupsModel::take()
{
    std::vector<Group> now = build();
    const bool sameRows = std::equal(
        now.begin(), now.end(), m_groups.begin(), m_groups.end(), [](const Group &a, const Group &b) {
            return a.key == b.key && a.title == b.title
                && std::equal(a.nodes.begin(), a.nodes.end(), b.nodes.begin(), b.nodes.end(),
                              [](const Node &x, const Node &y) { return x.id == y.id; });
        });
    if (!sameRows) {
        beginResetModel();
        m_groups = std::move(now);
        endResetModel();
        emit rebuilt();
        return;
    }
    for (size_t group = 0; group < now.size(); ++group) {
        for (size_t node = 0; node < now[group].nodes.size(); ++node) {
            if (now[group].nodes[node] == m_groups[group].nodes[node])
                continue;
            m_groups[group].nodes[node] = now[group].nodes[node];
            const QModelIndex changed = index(static_cast<int>(node), 0, index(static_cast<int>(group), 0));
            emit dataChanged(changed, changed);
        }
    }
}

QModelIndex NodeGroupsModel::indexOf(const QString &nodeId) const
{
    for (int group = 0; group < rowCount(); ++group) {
        const auto &nodes = m_groups[static_cast<size_t>(group)].nodes;
        for (size_t node = 0; node < nodes.size(); ++node) {
            if (nodes[node].id == nodeId)
                return index(static_cast<int>(node), 0, index(group, 0));
        }
    }
    return {};
}

int NodeGroupsModel::nodeCount() const
{
    size_t count = 0;
    for (const Group &group : m_groups)
        count += group.nodes.size();
    return static_cast<int>(count);
}

// Groups have the internal id 0, their nodes the number of the group and one.
QModelIndex NodeGroupsModel::index(int row, int column, const QModelIndex &parent) const
{
    if (column != 0 || row < 0 || row >= rowCount(parent))
        return {};
    return createIndex(row, column, parent.isValid() ? static_cast<quintptr>(parent.row()) + 1 : 0);
}

QModelIndex NodeGroupsModel::parent(const QModelIndex &index) const
{
    if (!index.isValid() || index.internalId() == 0)
        return {};
    return createIndex(static_cast<int>(index.internalId()) - 1, 0, static_cast<quintptr>(0));
}

int NodeGroupsModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return static_cast<int>(m_groups.size());
    if (parent.internalId() != 0)
        return 0;
    return static_cast<int>(m_groups[static_cast<size_t>(parent.row())].nodes.size());
}

QVariant NodeGroupsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const bool isGroup = index.internalId() == 0;
    if (role == IsGroupRole)
        return isGroup;
    if (isGroup) {
        const Group &group = m_groups[static_cast<size_t>(index.row())];
        switch (role) {
        case Qt::DisplayRole:
            return group.title;
        case Qt::AccessibleTextRole:
            return tr("%1, %n node(s)", nullptr, static_cast<int>(group.nodes.size())).arg(group.title);
        case IdRole:
            return group.key;
        case CountRole:
            return static_cast<int>(group.nodes.size());
        default:
            return {};
        }
    }
    const Node &node
        = m_groups[static_cast<size_t>(index.internalId()) - 1].nodes[static_cast<size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return visibleText(node.name, kLongestTitle);
    case Qt::AccessibleTextRole:
        return m_open.contains(node.id)
            ? tr("%1, %2, a session is open")
                  .arg(visibleText(node.name, kLongestTitle), PingWords::word(node.ping))
            : u"%1, %2"_s.arg(visibleText(node.name, kLongestTitle), PingWords::word(node.ping));
    case Qt::ToolTipRole:
        return plainToolTip(u"%1\n%2\n%3, %4"_s.arg(visibleText(node.name, kLongestTitle), node.id,
                                                    PingWords::word(node.ping),
                                                    visibleText(node.platform, kLongestTitle)));
    case IdRole:
        return node.id;
    case PingRole:
        return static_cast<int>(node.ping);
    case OpenRole:
        return m_open.contains(node.id);
    default:
        return {};
    }
}

}
