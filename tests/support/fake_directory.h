#pragma once
// Registered nodes for tests of what fans out.

#include "backend/dispatch/node_directory.h"

#include <map>

namespace fb::test {

class FakeDirectory final : public NodeDirectory
{
public:
    DirectoryNode &add(const NodeId &id, const QMap<QString, QString> &tags = {},
                       const QString &platform = QStringLiteral("Linux"))
    {
        DirectoryNode &node = m_nodes[id];
        node = {.id = id,
                .name = QString::fromStdString(id.text()).right(4),
                .platformType = platform,
                .tags = tags};
        return node;
    }
    void remove(const NodeId &id) { m_nodes.erase(id); }

    const DirectoryNode *find(const NodeId &node) const override
    {
        const auto it = m_nodes.find(node);
        return it == m_nodes.end() ? nullptr : &it->second;
    }
    const DirectoryNode *findBySourceId(const QString &sourceId) const override
    {
        for (const auto &[id, node] : m_nodes) {
            if (node.sourceId == sourceId)
                return &node;
        }
        return nullptr;
    }
    void forEach(const std::function<void(const DirectoryNode &)> &visit) const override
    {
        for (const auto &[id, node] : m_nodes)
            visit(node);
    }
    std::optional<QList<NodeId>> resourceGroup(const QString &name) const override
    {
        const auto it = groups.find(name);
        return it == groups.end() ? std::nullopt : std::optional(it->second);
    }

    std::map<QString, QList<NodeId>> groups;

    // mi- and 17 digits, ascending with the number.
    static NodeId nodeId(int number)
    {
        return NodeId(QStringLiteral("mi-%1").arg(number, 17, 16, QLatin1Char('0')).toStdString());
    }

private:
    std::map<NodeId, DirectoryNode> m_nodes;
};

}
