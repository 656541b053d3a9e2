#include "backend/nodes/agentbuilds/agent_build_service.h"

#include "backend/base/fail.h"
#include "backend/core/byte_encoding.h"
#include "backend/events/arn.h"
#include "backend/events/event_bus.h"
#include "backend/protocol/agent_build_signature.h"
#include "backend/security/actions.h"
#include "backend/security/audit_log.h"
#include "backend/store/artifact_owners.h"

#include <QPointer>

#include <algorithm>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    wire::AgentBuild toWire(const AgentBuild &build)
    {
        wire::AgentBuild wire;
        wire.set_version(toStd(build.version));
        wire.set_platform(toStd(build.platform));
        wire.set_architecture(toStd(build.architecture));
        wire.set_sha256(fromHex(toStd(build.sha256)).value_or(""));
        wire.set_size(build.size > 0 ? static_cast<uint64_t>(build.size) : 0);
        wire.set_signature(fromBase64(toStd(build.signature)).value_or(""));
        return wire;
    }

    QString targetOf(const QString &version, const QString &platform, const QString &architecture)
    {
        return u"agent-build/%1/%2/%3"_s.arg(version.left(64), platform.left(32), architecture.left(32));
    }

    QString targetOf(const AgentBuild &build)
    {
        return targetOf(build.version, build.platform, build.architecture);
    }
}

AgentBuildService::AgentBuildService(Parts parts, QObject *parent) : QObject(parent), m_parts(parts) { }

Result<void> AgentBuildService::allowed(const Principal &who, Action action, const QString &target)
{
    auto allowed = m_parts.access.check(who, action);
    if (allowed)
        return allowed;
    if (auto recorded = m_parts.audit.record({.who = who,
                                              .action = toQString(action.name()),
                                              .target = target,
                                              .result = toQString(allowed.error().code.name())});
        !recorded)
        return recorded;
    return allowed;
}

void AgentBuildService::note(Transaction &tx, const Principal &who, Action action, const QString &target,
                             const QJsonObject &diff)
{
    tx.onCommitted([self = QPointer(this)] { // the batch may end after the service has
        if (self)
            emit self->agentBuildsChanged();
    });
    m_parts.audit.append(tx,
                         {.who = who, .action = toQString(action.name()), .target = target, .diff = diff});
}

Result<void> AgentBuildService::publish(Transaction &tx, const AgentBuild &build, const QString &state)
{
    return m_parts.events.publish(tx,
                                  {.detailType = u"Agent Build State Change"_s,
                                   .detail = {{u"version"_s, build.version},
                                              {u"platform"_s, build.platform},
                                              {u"architecture"_s, build.architecture},
                                              {u"state"_s, state}}});
}

Result<AgentBuildList> AgentBuildService::listAgentBuilds(const Principal &who) const
{
    if (auto may = m_parts.access.check(who, actions::kListAgentBuilds); !may)
        return may.error();
    auto builds = m_rows.all(m_parts.database.reader());
    const auto key = m_rows.releaseKey(m_parts.database.reader());
    if (!builds || !key)
        return builds ? key.error() : builds.error();
    std::sort(builds->begin(), builds->end(), [](const AgentBuild &a, const AgentBuild &b) {
        const int order = protocol::compareAgentVersions(toStd(a.version), toStd(b.version));
        return order != 0 ? order > 0 : targetOf(a) < targetOf(b);
    });
    return AgentBuildList {.builds = *builds,
                           .releaseKey = QString::fromLatin1(key->key.toHex()),
                           .releaseKeySetAt = key->key.isEmpty() ? std::nullopt : std::optional(key->setAt),
                           .releaseKeySetBy = key->setBy};
}

Result<void> AgentBuildService::checkAgentBuild(const Principal &who, const AgentBuild &build)
{
    if (auto may = allowed(who, actions::kPublishAgentBuild, targetOf(build)); !may)
        return may;
    const wire::AgentBuild wire = toWire(build);
    if (auto sound = protocol::checkAgentBuild(wire); !sound)
        return sound;
    Reader &reader = m_parts.database.reader();
    const auto key = m_rows.releaseKey(reader);
    if (!key)
        return key.error();
    if (key->key.isEmpty())
        return fail(
            errors::kValidation,
            u"There is no release key yet. Set it first: flagbridge-engine agent-build key --data DIR FILE"_s,
            u"Signature"_s);
    if (!protocol::verifyAgentBuild(key->key.toStdString(), wire))
        return fail(
            errors::kValidation,
            u"Signature is not one of this build by the release key %1... Sign it with: flagbridge-engine "
            "agent-build sign"_s.arg(QString::fromLatin1(key->key.toHex().left(16))),
            u"Signature"_s);
    const auto known = m_rows.find(reader, {build.version, build.platform, build.architecture});
    const auto all = m_rows.all(reader);
    if (!known || !all)
        return known ? all.error() : known.error();
    if (*known)
        return fail(
            errors::kConflict,
            u"Version %1 for %2 %3 is published already. Remove it first, or give the new build a version "
            "of its own."_s.arg(build.version, build.platform, build.architecture),
            u"Version"_s);
    if (all->size() >= kMostBuilds)
        return fail(errors::kConflict,
                    u"%1 builds are published; that is the most. Remove old ones first."_s.arg(all->size()),
                    u"Version"_s);
    return {};
}

Result<AgentBuild> AgentBuildService::addAgentBuild(const Principal &who, AgentBuild build)
{
    if (auto sound = checkAgentBuild(who, build); !sound)
        return sound.error();
    const auto artifact = m_parts.artifacts.find(m_parts.database.reader(), agentBuildArtifact(build.sha256));
    if (!artifact)
        return artifact.error();
    if (!*artifact || !(*artifact)->sealed || (*artifact)->sha256 != build.sha256
        || (*artifact)->durableLength != build.size)
        return fail(errors::kValidation, u"The bytes that came are not those of Sha256 and Size."_s,
                    u"Sha256"_s);
    build.addedDate = m_parts.clock.now();
    build.addedBy = who.name;
    auto added = m_parts.database.write([&](Transaction &tx) -> Result<void> {
        if (auto inserted = m_rows.insert(tx, build); !inserted)
            return inserted;
        note(tx, who, actions::kPublishAgentBuild, targetOf(build),
             {{u"Sha256"_s, build.sha256}, {u"Size"_s, build.size}});
        return publish(tx, build, u"Published"_s);
    });
    if (!added)
        return added.error();
    return build;
}

Result<void> AgentBuildService::removeAgentBuild(const Principal &who, const AgentBuildName &name)
{
    const QString target = targetOf(name.version, name.platform, name.architecture);
    if (auto may = allowed(who, actions::kRemoveAgentBuild, target); !may)
        return may;
    return m_parts.database.write([&](Transaction &tx) -> Result<void> {
        const auto known = m_rows.find(tx, name);
        if (!known)
            return known.error();
        if (!*known)
            return fail(errors::kResourceNotFound,
                        u"Version %1 for %2 %3 is not published."_s.arg(
                            name.version.left(64), name.platform.left(32), name.architecture.left(32)),
                        u"Version"_s);
        if (auto removed = m_rows.remove(tx, name); !removed)
            return removed;
        const auto stillUsed = m_rows.isUsed(tx, (*known)->sha256);
        const auto artifact = m_parts.artifacts.find(tx, agentBuildArtifact((*known)->sha256));
        if (!stillUsed || !artifact)
            return stillUsed ? artifact.error() : stillUsed.error();
        if (!*stillUsed && *artifact) {
            if (auto gone = m_parts.artifacts.remove(tx, (*artifact)->id); !gone)
                return gone;
        }
        note(tx, who, actions::kRemoveAgentBuild, target, {{u"Sha256"_s, (*known)->sha256}});
        return publish(tx, **known, u"Removed"_s);
    });
}

Result<void> AgentBuildService::setReleaseKey(const Principal &who, const QByteArray &key)
{
    if (auto may = allowed(who, actions::kSetReleaseKey, u"release-key"_s); !may)
        return may;
    if (key.size() != 32)
        return fail(errors::kValidation,
                    u"ReleaseKey has %1 bytes; an Ed25519 public key has 32."_s.arg(key.size()),
                    u"ReleaseKey"_s);
    const auto before = m_rows.releaseKey(m_parts.database.reader());
    if (!before)
        return before.error();
    return m_parts.database.write([&](Transaction &tx) -> Result<void> {
        if (auto set = m_rows.setReleaseKey(tx, key, m_parts.clock.now(), who.name); !set)
            return set;
        note(tx, who, actions::kSetReleaseKey, u"release-key"_s,
             {{u"Before"_s, QString::fromLatin1(before->key.toHex())},
              {u"After"_s, QString::fromLatin1(key.toHex())}});
        return {};
    });
}

bool AgentBuildService::isSignedByReleaseKey(const AgentBuild &build) const
{
    const std::string key = releaseKey();
    return !key.empty() && protocol::verifyAgentBuild(key, toWire(build));
}

Result<bool> AgentBuildService::isPublished(const QString &sha256) const
{
    return m_rows.isUsed(m_parts.database.reader(), sha256);
}

std::string AgentBuildService::releaseKey() const
{
    const auto key = m_rows.releaseKey(m_parts.database.reader());
    return key ? key->key.toStdString() : std::string();
}

Result<std::vector<wire::AgentBuild>> AgentBuildService::offered() const
{
    const auto builds = m_rows.all(m_parts.database.reader());
    if (!builds)
        return builds.error();
    std::vector<wire::AgentBuild> offered;
    for (const AgentBuild &build : *builds)
        offered.push_back(toWire(build));
    return offered;
}

}
