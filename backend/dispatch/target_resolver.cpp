#include "backend/dispatch/target_resolver.h"

#include "backend/base/fail.h"
#include "backend/base/qt_text.h"

#include <QSet>

#include <algorithm>
#include <set>

using namespace Qt::StringLiterals;

namespace fb {

namespace {
    const auto kTagPrefix = u"tag:"_s;
    const auto kTagKey = u"tag-key"_s;
    const auto kInstanceIds = u"InstanceIds"_s;
    const auto kGroupName = u"resource-groups:Name"_s;
    const auto kGroupTypes = u"resource-groups:ResourceTypeFilters"_s;
    const auto kManagedInstance = u"AWS::SSM::ManagedInstance"_s;
    const auto kEveryNode = u"*"_s;

    bool isKnownKey(const QString &key)
    {
        return (key.startsWith(kTagPrefix) && key.size() > kTagPrefix.size()) || key == kTagKey
            || key == kInstanceIds || key == kGroupName || key == kGroupTypes;
    }

    Result<void> checkTarget(const Target &target, qsizetype index)
    {
        const QString field = u"Targets[%1]"_s.arg(index);
        if (target.key.isEmpty() || target.key.size() > kMaxTargetKeyCharacters)
            return fail(errors::kValidation,
                        u"%1.Key has %2 characters; it must have 1 to %3."_s.arg(field)
                            .arg(target.key.size())
                            .arg(kMaxTargetKeyCharacters),
                        field + u".Key"_s);
        if (!isKnownKey(target.key))
            return fail(
                errors::kValidation,
                u"%1.Key: \"%2\" is none of tag:<key>, tag-key, InstanceIds, resource-groups:Name and "
                "resource-groups:ResourceTypeFilters."_s.arg(field, target.key),
                field + u".Key"_s);
        if (target.values.isEmpty() || target.values.size() > kMaxTargetValues)
            return fail(errors::kValidation,
                        u"%1.Values has %2 items; it must have 1 to %3."_s.arg(field)
                            .arg(target.values.size())
                            .arg(kMaxTargetValues),
                        field + u".Values"_s);
        if (target.key == kGroupName && target.values.size() != 1)
            return fail(errors::kValidation,
                        u"%1.Values has %2 items; resource-groups:Name takes one group."_s.arg(field).arg(
                            target.values.size()),
                        field + u".Values"_s);
        if (target.key == kInstanceIds && target.values.contains(kEveryNode) && target.values.size() != 1)
            return fail(errors::kValidation,
                        u"%1.Values: \"*\" means every node and stands alone."_s.arg(field),
                        field + u".Values"_s);
        return {};
    }

    // One target, made ready for asking 10,000 nodes.
    struct Matcher {
        enum class Kind { Tag, TagKey, Ids, Everything, Nothing };
        Kind kind = Kind::Nothing;
        QString tagKey;
        QSet<QString> values;
        std::set<NodeId> ids;

        bool matches(const DirectoryNode &node) const
        {
            switch (kind) {
            case Kind::Tag: {
                const auto tag = node.tags.constFind(tagKey);
                return tag != node.tags.constEnd() && values.contains(*tag);
            }
            case Kind::TagKey:
                return std::any_of(values.begin(), values.end(),
                                   [&](const QString &key) { return node.tags.contains(key); });
            case Kind::Ids:
                return ids.contains(node.id);
            case Kind::Everything:
                return true;
            case Kind::Nothing:
                return false;
            }
            return false;
        }
    };

    Result<Matcher> makeMatcher(const Target &target, qsizetype index, const NodeDirectory &directory,
                                std::set<QString> &unknownIds)
    {
        Matcher matcher;
        if (target.key.startsWith(kTagPrefix)) {
            matcher.kind = Matcher::Kind::Tag;
            matcher.tagKey = target.key.mid(kTagPrefix.size());
            matcher.values = QSet<QString>(target.values.begin(), target.values.end());
        } else if (target.key == kTagKey) {
            matcher.kind = Matcher::Kind::TagKey;
            matcher.values = QSet<QString>(target.values.begin(), target.values.end());
        } else if (target.key == kInstanceIds) {
            if (target.values.first() == kEveryNode) {
                matcher.kind = Matcher::Kind::Everything;
                return matcher;
            }
            matcher.kind = Matcher::Kind::Ids;
            for (const QString &id : target.values) {
                if (const DirectoryNode *node = findNode(id, directory))
                    matcher.ids.insert(node->id);
                else
                    unknownIds.insert(id);
            }
        } else if (target.key == kGroupName) {
            const auto members = directory.resourceGroup(target.values.first());
            if (!members)
                return fail(errors::kValidation,
                            u"Targets[%1].Values[0]: there is no resource group \"%2\"."_s.arg(index).arg(
                                target.values.first()),
                            u"Targets[%1].Values[0]"_s.arg(index));
            matcher.kind = Matcher::Kind::Ids;
            matcher.ids = std::set<NodeId>(members->begin(), members->end());
        } else if (target.values.contains(kManagedInstance)) {
            matcher.kind = Matcher::Kind::Everything; // other resource types have no nodes
        }
        return matcher;
    }
}

Result<void> checkTargets(const QList<Target> &targets)
{
    if (targets.size() > kMaxTargets)
        return fail(errors::kValidation,
                    u"Targets has %1 items; it may have %2."_s.arg(targets.size()).arg(kMaxTargets),
                    u"Targets"_s);
    for (qsizetype i = 0; i < targets.size(); ++i) {
        if (auto checked = checkTarget(targets[i], i); !checked)
            return checked;
    }
    return {};
}

Result<ResolvedTargets> resolveTargets(const QList<Target> &targets, const NodeDirectory &directory)
{
    std::vector<Matcher> matchers;
    std::set<QString> unknownIds;
    for (qsizetype i = 0; i < targets.size(); ++i) {
        auto matcher = makeMatcher(targets[i], i, directory, unknownIds);
        if (!matcher)
            return fail(matcher.error());
        matchers.push_back(std::move(*matcher));
    }
    ResolvedTargets resolved;
    directory.forEach([&](const DirectoryNode &node) {
        if (std::ranges::all_of(matchers, [&](const Matcher &matcher) { return matcher.matches(node); }))
            resolved.nodes.append(node.id);
    });
    // An id that no node has can satisfy no other target, but it is what was asked for when it stands alone.
    if (targets.size() == 1)
        resolved.unknownIds = QStringList(unknownIds.begin(), unknownIds.end());
    return resolved;
}

const DirectoryNode *findNode(const QString &id, const NodeDirectory &directory)
{
    if (id.startsWith(u"i-"_s))
        return directory.findBySourceId(id);
    return directory.find(toId<NodeId>(id));
}

bool isInstanceId(const QString &id)
{
    const bool isManaged = id.startsWith(u"mi-"_s);
    if (!isManaged && !id.startsWith(u"i-"_s))
        return false;
    const QStringView digits = QStringView(id).mid(isManaged ? 3 : 2);
    if (digits.size() != 17 && (isManaged || digits.size() != 8))
        return false;
    return std::all_of(digits.begin(), digits.end(),
                       [](QChar c) { return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f'); });
}

}
