#include "backend/security/operators/operator_access.h"

#include "backend/base/qt_text.h"
#include "backend/security/operators/role_permissions.h"

#include <algorithm>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    bool matchesAny(const QStringList &patterns, const QString &text)
    {
        const std::string subject = toStd(text);
        return std::ranges::any_of(
            patterns, [&](const QString &pattern) { return matchesWildcard(toStd(pattern), subject); });
    }

    // A path covers itself and all below it: /prod is /prod and /prod/db, not /production.
    bool liesBelowAny(const QStringList &paths, const QString &name)
    {
        return matchesAny(paths, name) || std::ranges::any_of(paths, [&](const QString &path) {
                   return matchesWildcard(toStd(path.endsWith(u'/') ? path : path + u'/') + '*', toStd(name));
               });
    }

    using Match = bool (*)(const QStringList &patterns, const QString &name);

    bool allOf(const QStringList &patterns, const QStringList &names, Match matches)
    {
        return patterns.isEmpty()
            || std::ranges::all_of(names, [&](const QString &name) { return matches(patterns, name); });
    }

    bool anyOf(const QStringList &patterns, const QStringList &names, Match matches)
    {
        return patterns.isEmpty()
            || std::ranges::any_of(names, [&](const QString &name) { return matches(patterns, name); });
    }

    bool hasTags(const QMap<QString, QStringList> &wanted, const QMap<QString, QString> &tags)
    {
        for (auto it = wanted.begin(); it != wanted.end(); ++it) {
            const auto tag = tags.constFind(it.key());
            if (tag == tags.constEnd() || !matchesAny(it.value(), *tag))
                return false;
        }
        return true;
    }

    // Whether all that the target names lies within the scope. What it does not name is not narrowed.
    bool covers(const PermissionScope &scope, Action action, const AccessTarget &target)
    {
        if (!scope.nodeTags.isEmpty() && target.nodeIds.isEmpty() && !goesWithoutNode(action))
            return false;
        if (!scope.nodeTags.isEmpty() && !target.nodeIds.isEmpty()
            && !hasTags(scope.nodeTags, target.nodeTags))
            return false;
        return allOf(scope.documents, target.documents, matchesAny)
            && allOf(scope.parameterPaths, target.parameters, liesBelowAny);
    }

    // Whether an Allow with this scope speaks of the target: it must name what the scope narrows by.
    bool reaches(const PermissionScope &scope, Action action, const AccessTarget &target)
    {
        // These are asked about once more, with all that they touch.
        const bool isAskedAgain = action == actions::kSendCommand || action == actions::kStartSession;
        const bool namesAll = (scope.nodeTags.isEmpty() || !target.nodeIds.isEmpty())
            && (scope.documents.isEmpty() || !target.documents.isEmpty())
            && (scope.parameterPaths.isEmpty() || !target.parameters.isEmpty());
        const bool namesPart = target.nodeIds.isEmpty() != target.documents.isEmpty();
        return (namesAll || (isAskedAgain && namesPart)) && covers(scope, action, target);
    }

    // Whether a Deny with this scope speaks of the target: any part of it is enough.
    bool touches(const PermissionScope &scope, Action action, const AccessTarget &target)
    {
        if (!scope.nodeTags.isEmpty() && target.nodeIds.isEmpty() && !goesWithoutNode(action))
            return true;
        if (!scope.nodeTags.isEmpty()
            && (target.nodeIds.isEmpty() || !hasTags(scope.nodeTags, target.nodeTags)))
            return false;
        return anyOf(scope.documents, target.documents, matchesAny)
            && anyOf(scope.parameterPaths, target.parameters, liesBelowAny);
    }

    bool needsTags(const PermissionScope &scope) { return !scope.nodeTags.isEmpty(); }
}

void OperatorAccess::setNodeTags(NodeTags nodeTags)
{
    const std::lock_guard lock(m_mutex);
    m_nodeTags = std::move(nodeTags);
}

void OperatorAccess::setOperators(const QList<Operator> &operators, const QList<OperatorGroup> &groups)
{
    auto made = std::make_shared<Holders>();
    for (const Operator &who : operators) {
        Holder holder {.who = who, .statements = {}};
        for (const PermissionStatement &statement : who.statements)
            holder.statements.append({QString(), statement});
        for (const OperatorGroup &group : groups) {
            if (!who.groups.contains(group.name))
                continue;
            for (const PermissionStatement &statement : group.statements)
                holder.statements.append({group.name, statement});
        }
        made->insert(who.name, holder);
    }
    const std::lock_guard lock(m_mutex);
    m_holders = std::move(made);
}

std::shared_ptr<const OperatorAccess::Holders> OperatorAccess::holders() const
{
    const std::lock_guard lock(m_mutex);
    return m_holders;
}

AccessTarget OperatorAccess::withTags(const AccessTarget &target) const
{
    NodeTags nodeTags;
    {
        const std::lock_guard lock(m_mutex);
        nodeTags = m_nodeTags;
    }
    AccessTarget whole = target;
    if (nodeTags && target.nodeTags.isEmpty())
        whole.nodeTags = nodeTags(target.nodeIds.front()).value_or(QMap<QString, QString>());
    return whole;
}

AccessDecision OperatorAccess::explain(const Principal &who, Action action, const AccessTarget &target) const
{
    if (who == enginePrincipal())
        return {true, u"The engine does this by itself."_s, DecidedBy::Engine, {}};
    const auto all = holders();
    const auto holder = all->constFind(who.name);
    if (who.name.isEmpty() || holder == all->constEnd())
        return {false, u"There is no operator of that name."_s, DecidedBy::NoOperator, {}};
    if (!holder->who.enabled)
        return {false, u"The operator is disabled."_s, DecidedBy::Disabled, {}};
    const bool asksForTags = needsTags(holder->who.scope)
        || std::ranges::any_of(holder->statements,
                               [](const Holder::From &from) { return needsTags(from.statement.scope); });
    if (!asksForTags || target.nodeIds.isEmpty())
        return decide(*holder, action, target);
    if (target.nodeIds.size() == 1)
        return decide(*holder, action, withTags(target));
    AccessDecision last; // each node for itself; the first that is refused decides
    for (const QString &nodeId : target.nodeIds) {
        AccessTarget one = target;
        one.nodeIds = {nodeId};
        one.nodeTags.clear();
        last = decide(*holder, action, withTags(one));
        if (!last.allowed)
            return last;
    }
    return last;
}

AccessDecision OperatorAccess::decide(const Holder &holder, Action action, const AccessTarget &target) const
{
    const QString name = toQString(action.name());
    const Holder::From *allowing = nullptr;
    for (const Holder::From &from : holder.statements) {
        if (!matchesAny(from.statement.actions, name))
            continue;
        if (from.statement.effect == Effect::Deny && touches(from.statement.scope, action, target))
            return {false, named(from) + u" denies it."_s, DecidedBy::Denied, from.group};
        if (from.statement.effect == Effect::Allow && !allowing
            && reaches(from.statement.scope, action, target))
            allowing = &from;
    }
    const bool byRole = roleAllows(holder.who.role, action);
    if (!byRole && !allowing)
        return {false,
                u"Role %1 does not allow it, and no statement does."_s.arg(enumName(holder.who.role)),
                DecidedBy::NoRole,
                {}};
    if (widensPermissions(action) && isNarrowed(holder))
        return {
            false,
            u"Only an Administrator whose own permissions are not narrowed may change those of operators."_s,
            DecidedBy::Narrowed,
            {}};
    if (!covers(holder.who.scope, action, target))
        return {
            false, u"It is outside what the operator's permissions are narrowed to."_s, DecidedBy::Scope, {}};
    if (byRole)
        return {true, u"Role %1 allows it."_s.arg(enumName(holder.who.role)), DecidedBy::Role, {}};
    return {true, named(*allowing) + u" allows it."_s, DecidedBy::Statement, allowing->group};
}

// Whoever is narrowed, or denied something, must not be able to lift that (spec/security T16).
bool OperatorAccess::isNarrowed(const Holder &holder)
{
    return holder.who.role != Role::Administrator || !holder.who.scope.isEmpty()
        || std::ranges::any_of(holder.statements, [](const Holder::From &from) {
               return from.statement.effect == Effect::Deny;
           });
}

QString OperatorAccess::named(const Holder::From &from)
{
    return from.group.isEmpty() ? u"a statement of this operator"_s : u"a statement of group "_s + from.group;
}

AccessDecision OperatorAccess::explainAnywhere(const Principal &who, Action action) const
{
    const auto all = holders();
    const auto holder = all->constFind(who.name);
    if (holder == all->constEnd() || !holder->who.enabled)
        return explain(who, action);
    const QString name = toQString(action.name());
    const Holder::From *allowing = nullptr;
    for (const Holder::From &from : holder->statements) {
        if (!matchesAny(from.statement.actions, name))
            continue;
        if (from.statement.effect == Effect::Deny && from.statement.scope.isEmpty())
            return {false, named(from) + u" denies it."_s, DecidedBy::Denied, from.group};
        if (from.statement.effect == Effect::Allow && !allowing)
            allowing = &from;
    }
    const bool byRole = roleAllows(holder->who.role, action);
    if (!byRole && !allowing)
        return decide(*holder, action, {});
    if (widensPermissions(action) && isNarrowed(*holder))
        return decide(*holder, action, {});
    if (byRole)
        return {true, u"Role %1 allows it."_s.arg(enumName(holder->who.role)), DecidedBy::Role, {}};
    return {true, named(*allowing) + u" allows it."_s, DecidedBy::Statement, allowing->group};
}

Result<void> OperatorAccess::check(const Principal &who, Action action, const AccessTarget &target) const
{
    if (explain(who, action, target).allowed)
        return {};
    return accessDenied(who, action, target);
}

}
