#include "backend/nodes/profiles/node_profile_service.h"

#include "backend/base/fail.h"
#include "backend/core/text_safety.h"
#include "backend/nodes/fleet/fleet_service.h"
#include "backend/security/actions.h"
#include "backend/security/audit_log.h"
#include "backend/settings/service_settings.h"

#include <QUrl>

#include <limits>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    Error unknownProfile(const QString &name)
    {
        return qtError(errors::kResourceNotFound, u"There is no node profile %1."_s.arg(name.left(64)),
                       u"Name"_s);
    }

    Result<void> checkProxy(const QString &proxy)
    {
        const QUrl url(proxy, QUrl::StrictMode);
        if (proxy.isEmpty()
            || (url.isValid() && (url.scheme() == u"http"_s || url.scheme() == u"https"_s)
                && !url.host().isEmpty() && url.userInfo().isEmpty()))
            return {};
        return fail(
            errors::kValidation,
            u"Proxy is \"%1\"; it must be http://HOST:PORT or https://HOST:PORT, without a password."_s.arg(
                proxy.left(80)),
            u"Proxy"_s);
    }

    Result<void> checkProfile(const NodeProfile &profile)
    {
        if (auto valid = validate(profile); !valid)
            return valid;
        if (hasControlOrBidi(toStd(profile.description)))
            return fail(errors::kValidation,
                        u"Description has a control character or a text-direction mark; remove it."_s,
                        u"Description"_s);
        return checkProxy(profile.proxy);
    }
}

NodeProfileService::NodeProfileService(Parts parts, QObject *parent) : QObject(parent), m_parts(parts)
{
    m_parts.settings.addCheck(settings::kDefaultHostManagement, [this](const QString &value) -> Result<void> {
        if (value == settings::kNone)
            return {};
        auto known = checkRole(value);
        return known ? known : fail(errors::kValidation, toQString(known.error().message), u"SettingValue"_s);
    });
    connect(&m_parts.settings, &ServiceSettings::changed, this, [this](const QString &id) {
        if (id == settings::kDefaultHostManagement)
            emit profilesChanged();
    });
}

Result<void> NodeProfileService::start()
{
    const auto all = m_repository.all(m_parts.database.reader());
    if (!all)
        return all.error();
    m_profiles.clear();
    for (const NodeProfile &profile : *all)
        m_profiles.emplace(profile.name, profile);
    return {};
}

// ---- Operations ----------------------------------------------------------------------------------------------------

Result<QList<NodeProfile>> NodeProfileService::profiles(const Principal &who) const
{
    if (auto allowed = m_parts.access.check(who, actions::kDescribeNodeProfiles); !allowed)
        return allowed.error();
    QHash<QString, int> nodes;
    m_parts.fleet.eachAfter({}, std::numeric_limits<int>::max(),
                            [&](const Node &node) { ++nodes[profileNameOf(node.iamRole)]; });
    const QString forNewNodes = profileNameOf(m_parts.settings.value(settings::kDefaultHostManagement));
    QList<NodeProfile> all;
    for (const auto &[name, profile] : m_profiles) {
        all.append(profile);
        all.last().nodes = nodes.value(name);
        all.last().isForNewNodes = name == forNewNodes;
    }
    return all;
}

Result<void> NodeProfileService::create(const Principal &who, const NodeProfile &profile)
{
    if (auto allowed = m_parts.access.check(who, actions::kPutNodeProfile); !allowed)
        return allowed;
    if (auto valid = checkProfile(profile); !valid)
        return valid;
    if (m_profiles.contains(profile.name))
        return fail(errors::kConflict, u"There is a node profile %1 already."_s.arg(profile.name), u"Name"_s);
    if (m_profiles.size() >= kMostProfiles)
        return fail(errors::kThrottling,
                    u"There are %1 node profiles, which is the limit. Delete one that is not used."_s.arg(
                        kMostProfiles),
                    u"Name"_s);
    return store(who, actions::kPutNodeProfile, {}, profile);
}

Result<void> NodeProfileService::change(const Principal &who, const NodeProfile &profile)
{
    if (auto allowed = m_parts.access.check(who, actions::kPutNodeProfile); !allowed)
        return allowed;
    if (auto valid = checkProfile(profile); !valid)
        return valid;
    const auto before = m_profiles.find(profile.name);
    if (before == m_profiles.end())
        return unknownProfile(profile.name);
    return store(who, actions::kPutNodeProfile, before->second, profile);
}

Result<void> NodeProfileService::store(const Principal &who, Action action, const NodeProfile &before,
                                       NodeProfile after)
{
    after.changedAt = m_parts.clock.now();
    after.changedBy = who.name;
    after.nodes = 0;
    after.isForNewNodes = false;
    const std::optional<NodeProfile> earlier = before.name.isEmpty() ? std::nullopt : std::optional(before);
    const auto stored = m_parts.database.write([&](Transaction &transaction) -> Result<void> {
        if (auto put = m_repository.put(transaction, after); !put)
            return put;
        m_parts.audit.append(transaction,
                             {.who = who,
                              .action = toQString(action.name()),
                              .target = u"node-profile/"_s + after.name,
                              .diff = auditDiff(before, after)});
        transaction.onRolledBack([this, name = after.name, earlier](const Error &) { keep(name, earlier); });
        transaction.onCommitted([this, name = after.name] {
            emit profilesChanged();
            emit nodesAffected(nodesWith(name));
        });
        return {};
    });
    if (stored)
        keep(after.name, after);
    return stored;
}

Result<void> NodeProfileService::refuseInUse(const QString &name) const
{
    QStringList users;
    if (const qsizetype nodes = nodesWith(name).size(); nodes > 0)
        users << u"%1 nodes"_s.arg(nodes);
    for (const User &user : m_users) {
        const auto count = user.count(name);
        if (!count)
            return count.error();
        if (*count > 0)
            users << u"%1 %2"_s.arg(*count).arg(user.what);
    }
    if (profileNameOf(m_parts.settings.value(settings::kDefaultHostManagement)) == name)
        users << u"default host management"_s;
    if (users.isEmpty())
        return {};
    return fail(
        errors::kConflict,
        u"The node profile %1 is in use by %2. Give them another one first."_s.arg(name, users.join(u", "_s)),
        u"Name"_s);
}

Result<void> NodeProfileService::remove(const Principal &who, const QString &name)
{
    if (auto allowed = m_parts.access.check(who, actions::kDeleteNodeProfile); !allowed)
        return allowed;
    const auto found = m_profiles.find(name);
    if (found == m_profiles.end())
        return unknownProfile(name);
    if (name == kDefaultProfile)
        return fail(errors::kConflict, u"The node profile Default is built in and stays."_s, u"Name"_s);
    if (auto unused = refuseInUse(name); !unused)
        return unused;
    const NodeProfile before = found->second;
    const auto removed = m_parts.database.write([&](Transaction &transaction) -> Result<void> {
        if (auto gone = m_repository.remove(transaction, name); !gone)
            return gone;
        m_parts.audit.append(transaction,
                             {.who = who,
                              .action = toQString(actions::kDeleteNodeProfile.name()),
                              .target = u"node-profile/"_s + name,
                              .diff = auditDiff(before, NodeProfile {})});
        transaction.onRolledBack([this, before](const Error &) { keep(before.name, before); });
        transaction.onCommitted([this] { emit profilesChanged(); });
        return {};
    });
    if (removed)
        keep(name, std::nullopt);
    return removed;
}

Result<void> NodeProfileService::setProfileOf(const Principal &who, const NodeId &id, const QString &iamRole)
{
    const Node *node = m_parts.fleet.node(id);
    if (auto allowed
        = m_parts.access.check(who, actions::kUpdateManagedInstanceRole,
                               {.nodeIds = {toQString(id)}, .nodeTags = node ? node->tags : TagMap()});
        !allowed)
        return allowed;
    if (!node)
        return fail(errors::kInvalidInstanceId, u"There is no managed node %1."_s.arg(toQString(id).left(64)),
                    u"InstanceId"_s);
    if (auto known = checkRole(iamRole); !known)
        return known;
    return m_parts.database.write([&](Transaction &transaction) -> Result<void> {
        if (auto set = m_parts.fleet.setRole(transaction, who, id, iamRole); !set)
            return set;
        transaction.onCommitted([this, id] {
            emit profilesChanged(); // how many nodes each has
            emit nodesAffected({id});
        });
        return {};
    });
}

// ---- For the other rooms -------------------------------------------------------------------------------------------

Result<void> NodeProfileService::checkRole(const QString &iamRole) const
{
    if (m_profiles.contains(profileNameOf(iamRole)))
        return {};
    QStringList names;
    for (const auto &[name, profile] : m_profiles)
        names << name;
    return fail(errors::kValidation,
                u"Not existing role: %1. There are the node profiles %2."_s.arg(
                    iamRole.left(64), names.mid(0, 10).join(u", "_s)),
                u"IamRole"_s);
}

QString NodeProfileService::roleForNewNode(const QString &iamRole) const
{
    const QString byDefault = m_parts.settings.value(settings::kDefaultHostManagement);
    const bool isOn = byDefault != settings::kNone && m_profiles.contains(profileNameOf(byDefault));
    return isOn && profileNameOf(iamRole) == kDefaultProfile ? byDefault : iamRole;
}

NodeProfile NodeProfileService::profileOf(const NodeId &id) const
{
    const Node *node = m_parts.fleet.node(id);
    const auto found = m_profiles.find(node ? profileNameOf(node->iamRole) : kDefaultProfile);
    if (found != m_profiles.end())
        return found->second;
    const auto byDefault = m_profiles.find(kDefaultProfile);
    return byDefault == m_profiles.end() ? NodeProfile {.name = kDefaultProfile} : byDefault->second;
}

void NodeProfileService::addUser(const QString &what,
                                 std::function<Result<qint64>(const QString &name)> count)
{
    m_users.push_back({what, std::move(count)});
}

QList<NodeId> NodeProfileService::nodesWith(const QString &name) const
{
    QList<NodeId> nodes;
    m_parts.fleet.eachAfter({}, std::numeric_limits<int>::max(), [&](const Node &node) {
        if (profileNameOf(node.iamRole) == name)
            nodes.append(node.id);
    });
    return nodes;
}

void NodeProfileService::keep(const QString &name, const std::optional<NodeProfile> &profile)
{
    if (profile)
        m_profiles.insert_or_assign(name, *profile);
    else
        m_profiles.erase(name);
}

}
