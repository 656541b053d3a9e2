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

// Filters in the one form that the lists work with, or why they are none. `place`: the name of the list that was given.
Result<QList<NodeFilter>> FleetService::checkedFilters(const QList<NodeFilter> &filters,
                                                       const QList<OldNodeFilter> &oldFilters,
                                                       const QString &place, ErrorCode badValue) const
{
    if (!filters.isEmpty() && !oldFilters.isEmpty())
        return fail(errors::kInvalidFilterKey,
                    u"%1 and the older list of filters cannot be given together."_s.arg(place), place);
    QList<NodeFilter> all = filters;
    for (const OldNodeFilter &old : oldFilters) {
        all.append({.key = old.key, .values = old.values});
        if (old.key != u"InstanceIds"_s)
            continue;
        for (const QString &id : old.values) {
            if (!find(toId<NodeId>(id)))
                return fail(errors::kInvalidInstanceId,
                            u"%1: there is no managed node %2."_s.arg(place, id.left(40)), place);
        }
    }
    const QStringList known = nodeFilterKeys();
    for (qsizetype i = 0; i < all.size(); ++i) {
        const NodeFilter &filter = all[i];
        if (!known.contains(filter.key) && filter.key != u"AssociationStatus"_s
            && !(filter.key.startsWith(u"tag:"_s) && filter.key.size() > 4))
            return fail(errors::kInvalidFilterKey,
                        u"%1[%2].Key is \"%3\"; use one of %4 or tag:<key>."_s.arg(place).arg(i).arg(
                            filter.key.left(80), known.join(u", "_s)),
                        u"%1[%2].Key"_s.arg(place).arg(i));
        if (filter.key != u"PingStatus"_s)
            continue;
        for (const QString &value : filter.values) {
            if (value != u"Online"_s && value != u"ConnectionLost"_s && value != u"Inactive"_s)
                return fail(badValue,
                            u"PingStatus is \"%1\"; it must be Online, ConnectionLost or Inactive."_s.arg(
                                value.left(80)),
                            u"%1[%2].Values"_s.arg(place).arg(i));
        }
    }
    return all;
}

// A page in the order of ids. What the operator's permissions do not reach is not there, as if it did not exist (3.2).
Result<QList<Node>> FleetService::page(const Principal &who, Action action, const QList<NodeFilter> &filters,
                                       int most, QString &token) const
{
    QString scope = toQString(action.name());
    for (const NodeFilter &filter : filters)
        scope += u'|' + filter.key + u'=' + enumName(filter.op) + u':' + filter.values.join(u',');
    const Result<QByteArray> position = m_parts.tokens.open(scope, token);
    if (!position)
        return fail(position.error());
    token.clear();
    QList<Node> nodes;
    for (auto it
         = position->isEmpty() ? m_nodes.begin() : m_nodes.upper_bound(NodeId(position->toStdString()));
         it != m_nodes.end(); ++it) {
        const Node &node = it->second.node;
        if (!std::ranges::all_of(filters, [&](const NodeFilter &filter) { return matches(node, filter); })
            || !m_parts.access.check(who, action, {.nodeIds = {toQString(node.id)}, .nodeTags = node.tags}))
            continue;
        if (nodes.size() == most) {
            token = m_parts.tokens.issue(scope, QByteArray::fromStdString(nodes.constLast().id.text()));
            break;
        }
        nodes.append(node);
    }
    return nodes;
}

Result<DescribeInstanceInformationResult>
FleetService::describeInstanceInformation(const Principal &who,
                                          const DescribeInstanceInformationRequest &request) const
{
    if (auto allowed = m_parts.access.check(who, actions::kDescribeInstanceInformation); !allowed)
        return fail(allowed.error());
    const auto filters
        = checkedFilters(request.filters, request.oldFilters,
                         request.oldFilters.isEmpty() ? u"Filters"_s : u"InstanceInformationFilterList"_s,
                         errors::kInvalidInstanceInformationFilterValue);
    if (!filters)
        return filters.error();
    QString token = request.nextToken;
    auto nodes = page(who, actions::kDescribeInstanceInformation, *filters,
                      request.maxResults > 0 ? request.maxResults : kPage, token);
    if (!nodes)
        return nodes.error();
    return DescribeInstanceInformationResult {std::move(*nodes), token};
}

Result<DescribeInstancePropertiesResult>
FleetService::describeInstanceProperties(const Principal &who,
                                         const DescribeInstancePropertiesRequest &request) const
{
    if (auto allowed = m_parts.access.check(who, actions::kDescribeInstanceProperties); !allowed)
        return fail(allowed.error());
    const auto filters = checkedFilters(request.filters, request.oldFilters,
                                        request.oldFilters.isEmpty() ? u"FiltersWithOperator"_s
                                                                     : u"InstancePropertyFilterList"_s,
                                        errors::kInvalidInstancePropertyFilterValue);
    if (!filters)
        return filters.error();
    QString token = request.nextToken;
    auto nodes = page(who, actions::kDescribeInstanceProperties, *filters,
                      request.maxResults > 0 ? request.maxResults : kPage, token);
    if (!nodes)
        return nodes.error();
    return DescribeInstancePropertiesResult {std::move(*nodes), token};
}

}
