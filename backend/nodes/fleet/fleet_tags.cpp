// A node's tags, as operators change them: they decide what permissions reach (spec/security T16).
#include "backend/nodes/fleet/fleet_service.h"

#include "backend/base/fail.h"
#include "backend/security/actions.h"

namespace fb {

using namespace Qt::StringLiterals;

Result<void> FleetService::mayOn(const Principal &who, Action action, const Node *node) const
{
    if (!node)
        return m_parts.access.check(who, action);
    AccessTarget target {.nodeIds = {toQString(node->id)}, .nodeTags = node->tags};
    if (target.nodeTags.isEmpty())
        target.nodeTags.insert(QString(), QString()); // none, and not "look them up": no key is empty
    return m_parts.access.check(who, action, target);
}

Result<void> FleetService::addTags(const Principal &who, const NodeId &id, const QList<Tag> &tags)
{
    const Node *before = node(id);
    if (auto allowed = mayOn(who, actions::kAddTagsToResource, before); !allowed)
        return allowed;
    if (!before)
        return fail(errors::kInvalidResourceId, u"There is no managed node %1."_s.arg(toQString(id).left(64)),
                    u"ResourceId"_s);
    const Result<TagMap> merged = withTags(before->tags, tags);
    if (!merged)
        return fail(merged.error());
    Node after = *before;
    after.tags = *merged;
    if (auto allowed = mayOn(who, actions::kAddTagsToResource, &after); !allowed)
        return allowed; // nobody tags a node out of, or into, what the permissions reach (T16)
    return store(who, u"ssm:AddTagsToResource"_s, *before, after);
}

Result<void> FleetService::removeTags(const Principal &who, const NodeId &id, const QStringList &keys)
{
    const Node *before = node(id);
    if (auto allowed = mayOn(who, actions::kRemoveTagsFromResource, before); !allowed)
        return allowed;
    if (!before)
        return fail(errors::kInvalidResourceId, u"There is no managed node %1."_s.arg(toQString(id).left(64)),
                    u"ResourceId"_s);
    Node after = *before;
    for (const QString &key : keys)
        after.tags.remove(key);
    if (auto allowed = mayOn(who, actions::kRemoveTagsFromResource, &after); !allowed)
        return allowed;
    return store(who, u"ssm:RemoveTagsFromResource"_s, *before, after);
}

Result<QList<Tag>> FleetService::tagsOf(const Principal &who, const NodeId &id) const
{
    const Node *found = node(id);
    if (auto allowed = mayOn(who, actions::kListTagsForResource, found); !allowed)
        return fail(allowed.error());
    if (!found)
        return fail(errors::kInvalidResourceId, u"There is no managed node %1."_s.arg(toQString(id).left(64)),
                    u"ResourceId"_s);
    QList<Tag> tags;
    for (auto it = found->tags.cbegin(); it != found->tags.cend(); ++it)
        tags.append({it.key(), it.value()});
    return tags;
}

}
