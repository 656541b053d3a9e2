#include "backend/nodes/fleet/node_query.h"

#include "backend/base/qt_text.h"

#include <QVersionNumber>

#include <algorithm>
#include <array>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    struct Key {
        const char *name;
        QString (*valueOf)(const Node &node);
    };

    constexpr auto kTag = "tag:";
    constexpr auto kTagKey = "tag-key";

    const std::array kKeys {
        Key {"InstanceIds", [](const Node &node) { return toQString(node.id); }},
        Key {"AgentVersion", [](const Node &node) -> QString { return node.agentVersion; }},
        Key {"PingStatus", [](const Node &node) { return enumName(node.ping); }},
        Key {"PlatformTypes", [](const Node &node) -> QString { return node.platformType; }},
        Key {"PlatformType", [](const Node &node) -> QString { return node.platformType; }},
        Key {"ActivationIds", [](const Node &node) { return toQString(node.activation); }},
        Key {"IamRole", [](const Node &node) -> QString { return node.iamRole; }},
        Key {"ResourceType", [](const Node &node) -> QString { return node.resourceType; }},
        Key {"SourceIds", [](const Node &node) -> QString { return node.sourceId; }},
        Key {"SourceTypes", [](const Node &node) -> QString { return node.sourceType; }},
    };

    // Versions part by part: 3.10 is above 3.9.
    int compared(const QString &a, const QString &b)
    {
        return QVersionNumber::compare(QVersionNumber::fromString(a), QVersionNumber::fromString(b));
    }

    bool holds(const QString &value, const NodeFilter &filter)
    {
        switch (filter.op) {
        case NodeFilterOperator::Equal:
            return filter.values.contains(value);
        case NodeFilterOperator::NotEqual:
            return !filter.values.contains(value);
        case NodeFilterOperator::BeginWith:
            return std::ranges::any_of(filter.values,
                                       [&](const QString &start) { return value.startsWith(start); });
        case NodeFilterOperator::LessThan:
            return std::ranges::any_of(filter.values,
                                       [&](const QString &limit) { return compared(value, limit) < 0; });
        case NodeFilterOperator::GreaterThan:
            return std::ranges::any_of(filter.values,
                                       [&](const QString &limit) { return compared(value, limit) > 0; });
        }
        return false;
    }
}

QStringList nodeFilterKeys()
{
    QStringList names;
    for (const Key &key : kKeys)
        names.append(QString::fromLatin1(key.name));
    names.append(QString::fromLatin1(kTagKey));
    return names;
}

bool matches(const Node &node, const NodeFilter &filter)
{
    const auto key = std::ranges::find_if(
        kKeys, [&](const Key &candidate) { return filter.key == QLatin1String(candidate.name); });
    if (key != kKeys.end())
        return holds(key->valueOf(node), filter);
    if (filter.key == QLatin1String(kTagKey)) {
        const bool any = std::ranges::any_of(filter.values,
                                             [&](const QString &name) { return node.tags.contains(name); });
        return any == (filter.op != NodeFilterOperator::NotEqual);
    }
    const auto tag = node.tags.constFind(filter.key.mid(4));
    if (tag == node.tags.cend())
        return filter.op == NodeFilterOperator::NotEqual;
    return holds(*tag, filter);
}

}
