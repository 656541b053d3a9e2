#include "backend/nodes/fleet/fleet_service.h"

#include "backend/base/fail.h"
#include "backend/security/actions.h"

#include <algorithm>

// The lists that FleetService answers.

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr int kPage = 50;
}

bool FleetService::matches(const Node &node, const NodeFilter &filter) const
{
    const auto has = [&](const QString &value) { return filter.values.contains(value); };
    if (filter.key == u"InstanceIds"_s)
        return has(toQString(node.id));
    if (filter.key == u"AgentVersion"_s)
        return has(node.agentVersion);
    if (filter.key == u"PingStatus"_s)
        return has(enumName(node.ping));
    if (filter.key == u"PlatformTypes"_s || filter.key == u"PlatformType"_s)
        return has(node.platformType);
    if (filter.key == u"ActivationIds"_s)
        return has(toQString(node.activation));
    if (filter.key == u"IamRole"_s)
        return has(node.iamRole);
    if (filter.key == u"ResourceType"_s)
        return has(node.resourceType);
    if (filter.key == u"SourceIds"_s)
        return has(node.sourceId);
    if (filter.key == u"SourceTypes"_s)
        return has(node.sourceType);
    if (filter.key == u"tag-key"_s)
        return std::ranges::any_of(filter.values,
                                   [&](const QString &key) { return node.tags.contains(key); });
    const auto tag = node.tags.constFind(filter.key.mid(4));
    return tag != node.tags.cend() && has(*tag);
}

Result<DescribeInstanceInformationResult>
FleetService::describeInstanceInformation(const Principal &who,
                                          const DescribeInstanceInformationRequest &request) const
{
    if (auto allowed = m_parts.access.check(who, actions::kDescribeInstanceInformation); !allowed)
        return fail(allowed.error());
    static const QStringList known {u"InstanceIds"_s,   u"AgentVersion"_s, u"PingStatus"_s,
                                    u"PlatformTypes"_s, u"PlatformType"_s, u"ActivationIds"_s,
                                    u"IamRole"_s,       u"ResourceType"_s, u"SourceIds"_s,
                                    u"SourceTypes"_s,   u"tag-key"_s};
    QString scope = u"DescribeInstanceInformation"_s;
    for (qsizetype i = 0; i < request.filters.size(); ++i) {
        const NodeFilter &filter = request.filters[i];
        if (!known.contains(filter.key) && !(filter.key.startsWith(u"tag:"_s) && filter.key.size() > 4))
            return fail(errors::kInvalidFilterKey,
                        u"Filters[%1].Key is \"%2\"; use one of %3 or tag:<key>."_s.arg(i).arg(
                            filter.key.left(80), known.join(u", "_s)),
                        u"Filters[%1].Key"_s.arg(i));
        if (filter.key == u"PingStatus"_s) {
            for (const QString &value : filter.values) {
                if (value != u"Online"_s && value != u"ConnectionLost"_s && value != u"Inactive"_s)
                    return fail(errors::kInvalidInstanceInformationFilterValue,
                                u"PingStatus is \"%1\"; it must be Online, ConnectionLost or Inactive."_s.arg(
                                    value.left(80)),
                                u"Filters[%1].Values"_s.arg(i));
            }
        }
        scope += u'|' + filter.key + u'=' + filter.values.join(u',');
    }
    const Result<QByteArray> position = m_parts.tokens.open(scope, request.nextToken);
    if (!position)
        return fail(position.error());

    DescribeInstanceInformationResult answer;
    const int most = request.maxResults > 0 ? request.maxResults : kPage;
    for (auto it
         = position->isEmpty() ? m_nodes.begin() : m_nodes.upper_bound(NodeId(position->toStdString()));
         it != m_nodes.end(); ++it) {
        const Node &node = it->second.node;
        if (!std::ranges::all_of(request.filters,
                                 [&](const NodeFilter &filter) { return matches(node, filter); }))
            continue;
        if (answer.nodes.size() == most) {
            answer.nextToken
                = m_parts.tokens.issue(scope, QByteArray::fromStdString(answer.nodes.constLast().id.text()));
            break;
        }
        answer.nodes.append(node);
    }
    return answer;
}

}
