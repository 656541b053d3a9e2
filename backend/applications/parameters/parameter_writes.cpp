// PutParameter, in the order of spec/parameter-store.md 3.2: the first check that fails says so, and nothing is written.

#include "backend/applications/parameters/parameter_service.h"
#include "backend/base/fail.h"
#include "backend/core/aead.h"
#include "backend/security/audit_entry.h"
#include "backend/settings/service_settings.h"

namespace fb {

using namespace Qt::StringLiterals;

struct ParameterService::Writing {
    const Principal &who;
    const PutParameterRequest &request;
    ParameterName name;
    Instant now {};
    std::optional<ParameterHead> existing {};
    ParameterVersion before {}; // its newest version
    ParameterHead head {}; // as it will be
    ParameterVersion version {};
    Result<QList<PolicyRule>> rules {}; // judged late, after what comes before it
};

namespace {
    Error busy(const QString &name)
    {
        return qtError(
            errors::kTooManyUpdates,
            u"The parameter %1 is being changed by another engine. Try again."_s.arg(name.left(200)),
            u"Name"_s);
    }
}

Result<PutParameterResult> ParameterService::putParameter(const Principal &who,
                                                          const PutParameterRequest &request)
{
    if (auto shaped = checkPutShape(request); !shaped)
        return shaped.error();
    const auto name = parameterName(m_parts.database.fleet(), request.name);
    if (!name)
        return name.error();
    if (auto allowed = allow(who, actions::kPutParameter, name->canonical); !allowed)
        return allowed.error();
    Writing writing {.who = who, .request = request, .name = *name, .now = m_parts.clock.now()};
    return m_parts.database.write([&](Transaction &tx) { return put(tx, writing); });
}

Result<PutParameterResult> ParameterService::put(Transaction &tx, Writing &writing)
{
    const PutParameterRequest &request = writing.request;
    auto head = m_rows.lockedHead(tx, writing.name.canonical);
    if (!head)
        return head.error();
    if (!*head) { // new, or held by another engine
        const auto held = m_rows.head(tx, writing.name.canonical);
        if (!held)
            return held.error();
        if (*held && request.overwrite)
            return busy(writing.name.given);
        head = *held;
    }
    writing.existing = *head;
    if (writing.existing) {
        const auto newest = m_rows.version(tx, writing.existing->id, writing.existing->version);
        if (!newest)
            return newest.error();
        if (!*newest)
            return fail(errors::kInternal,
                        u"The parameter %1 has lost its newest version."_s.arg(writing.name.given));
        writing.before = **newest;
    }
    for (const auto step : {&ParameterService::settleTypeAndKey, &ParameterService::settleTier}) {
        if (auto settled = (this->*step)(tx, writing); !settled)
            return settled.error();
    }
    if (auto checked = checkValue(writing); !checked)
        return checked.error();
    if (auto room = makeRoom(tx, writing); !room)
        return room.error();
    if (auto stored = store(tx, writing); !stored)
        return stored.error();
    return PutParameterResult {.version = writing.head.version, .tier = writing.head.tier};
}

// Steps 4 to 8.
Result<void> ParameterService::settleTypeAndKey(Transaction &tx, Writing &writing)
{
    const PutParameterRequest &request = writing.request;
    const auto &existing = writing.existing;
    if (!existing && !request.type)
        return fail(errors::kValidation, u"A parameter type is required when you create a parameter."_s,
                    u"Type"_s);
    const ParameterKind type = request.type ? *request.type : existing->type;
    writing.version.dataType = request.dataType.value_or(existing ? existing->dataType : kTextDataType);
    if (auto checked = checkDataType(writing.version.dataType, type); !checked)
        return checked;
    if (existing && !request.overwrite)
        return fail(errors::kParameterAlreadyExists,
                    u"The parameter already exists. To overwrite this value, set the overwrite option in the "
                    "request to true."_s,
                    u"Name"_s);
    if (existing && type != existing->type)
        return fail(errors::kHierarchyTypeMismatch,
                    u"The parameter %1 is a %2 and cannot become a %3. Delete it and create it again."_s.arg(
                        existing->name, enumName(existing->type), enumName(type)),
                    u"Type"_s);
    writing.head = existing.value_or(ParameterHead {});
    writing.head.type = type;
    if (type != ParameterKind::SecureString) {
        if (!request.keyId)
            return {};
        return fail(errors::kValidation,
                    u"KeyId is required for SecureString type parameter only; this one is a %1."_s.arg(
                        enumName(type)),
                    u"KeyId"_s);
    }
    const QString kept = existing ? existing->keyName : kDefaultParameterKey;
    writing.head.keyName = request.keyId ? m_keys.keyName(*request.keyId) : kept;
    return m_keys.checkUsable(tx, writing.head.keyName);
}

// Step 9.
Result<void> ParameterService::settleTier(Transaction &tx, Writing &writing)
{
    const PutParameterRequest &request = writing.request;
    const auto &existing = writing.existing;
    writing.rules = request.policies ? parsePolicies(*request.policies, writing.now)
                                     : Result<QList<PolicyRule>>(storedPolicies(writing.before.policies));
    TierQuestion question {
        .requested = request.tier,
        .existing = existing ? std::optional(existing->tier) : std::nullopt,
        .byDefault = enumNamed<ParameterTier>(m_parts.settings.value(settings::kDefaultParameterTier), {})
                         .value_or(ParameterTier::Standard),
        .valueBytes = request.value->toUtf8().size(),
        .hasPolicies = !writing.rules || !writing.rules->isEmpty()};
    if (question.requested.value_or(question.byDefault) == ParameterTier::IntelligentTiering) {
        const auto standard = m_rows.countOf(tx, ParameterTier::Standard, m_limits.standard);
        if (!standard)
            return standard.error();
        question.standardIsFull = *standard >= m_limits.standard;
    }
    const auto tier = resolveTier(question);
    if (!tier)
        return tier.error();
    writing.version.tier = *tier;
    return checkValueSize(question.valueBytes, *tier);
}

// Steps 10 to 12.
Result<void> ParameterService::checkValue(Writing &writing)
{
    const PutParameterRequest &request = writing.request;
    const QString &value = *request.value;
    ParameterVersion &version = writing.version;
    version.description = request.description.value_or(writing.before.description);
    version.allowedPattern = request.allowedPattern.value_or(writing.before.allowedPattern);
    if (auto checked = checkNotNested(value); !checked)
        return checked;
    if (auto checked = checkPattern(writing.name.given, version.allowedPattern, value, writing.head.type);
        !checked)
        return checked;
    if (auto checked = checkValueForm(value, version.dataType); !checked)
        return checked;
    if (!writing.rules)
        return writing.rules.error();
    if (!writing.rules->isEmpty() && version.tier == ParameterTier::Standard)
        return fail(errors::kValidation,
                    u"Parameters of the Standard tier can't have policies. Give Tier as Advanced."_s,
                    u"Policies"_s);
    version.policies = policiesText(*writing.rules);
    return {};
}

// Steps 13 and 14.
Result<void> ParameterService::makeRoom(Transaction &tx, const Writing &writing)
{
    if (!writing.existing) {
        const bool standard = writing.version.tier == ParameterTier::Standard;
        const qint64 most = standard ? m_limits.standard : m_limits.advanced;
        const auto count = m_rows.countOf(tx, writing.version.tier, most);
        if (!count)
            return count.error();
        if (*count < most)
            return {};
        return fail(
            errors::kParameterLimitExceeded,
            u"There are %1 parameters of the %2 tier, which is the limit. Delete some%3."_s.arg(most).arg(
                enumName(writing.version.tier), standard ? u", or give Tier as Advanced"_s : QString()),
            u"Name"_s);
    }
    const auto kept = m_rows.keptVersions(tx, writing.existing->id);
    if (!kept)
        return kept.error();
    if (kept->count < m_limits.versions)
        return {};
    const auto labels = m_marks.labels(tx, writing.existing->id);
    if (!labels)
        return labels.error();
    if (labels->values().contains(kept->oldest))
        return fail(
            errors::kParameterMaxVersionLimitExceeded,
            u"The parameter %1 has %2 versions, and the oldest, version %3, cannot be dropped since it has "
            "a label (%4). Move the label to a newer version, then try again."_s.arg(writing.existing->name)
                .arg(kept->count)
                .arg(kept->oldest)
                .arg(labels->key(kept->oldest)),
            u"Name"_s);
    return m_rows.removeVersion(tx, writing.existing->id, kept->oldest);
}

Result<void> ParameterService::seal(Transaction &tx, Writing &writing)
{
    if (writing.head.type != ParameterKind::SecureString) {
        writing.version.value = writing.request.value->toUtf8();
        return {};
    }
    std::string plain = toStd(*writing.request.value);
    auto sealed = m_keys.seal(
        tx, writing.head.keyName,
        sealedPlace(m_parts.database.fleet(), writing.name.canonical, writing.version.version), plain);
    wipe(plain);
    if (!sealed)
        return sealed.error();
    writing.version.value = sealed->blob;
    writing.version.keyName = sealed->key.name;
    writing.version.keyGeneration = sealed->key.generation;
    return {};
}

// Step 15, and what goes with the new version.
Result<void> ParameterService::store(Transaction &tx, Writing &writing)
{
    ParameterHead &head = writing.head;
    ParameterVersion &version = writing.version;
    const qint64 earlier = writing.existing ? writing.existing->version : 0;
    version.version = earlier + 1;
    version.modifiedAt = writing.now;
    version.modifiedBy = userArn(writing.who);
    head.version = version.version;
    head.dataType = version.dataType;
    head.tier = version.tier;
    if (auto sealed = seal(tx, writing); !sealed)
        return sealed;
    if (writing.existing) {
        const auto updated = m_rows.update(tx, head, earlier);
        if (!updated)
            return updated.error();
        if (!*updated)
            return busy(head.name);
    } else {
        head.canonicalName = writing.name.canonical;
        head.name = writing.name.given;
        const auto tags = withParameterTags({}, writing.request.tags, m_limits.tags);
        if (!tags)
            return tags.error();
        const auto id = m_rows.insert(tx, head, writing.name.parentPath());
        if (!id)
            return id.error();
        if (!*id) // another engine was first
            return busy(head.name);
        head.id = **id;
        if (auto set = m_marks.setTags(tx, head.id, *tags); !set)
            return set;
        countPath(tx, head.canonicalName, 1);
    }
    ParameterMetadata before;
    if (writing.existing) {
        const auto shown = metadataOf(tx, *writing.existing, writing.before);
        if (!shown)
            return shown.error();
        before = *shown;
    }
    if (auto stored = m_rows.insertVersion(tx, head.id, version); !stored)
        return stored;
    if (auto stored = storePolicies(tx, writing); !stored)
        return stored;
    const auto after = metadataOf(tx, head, version);
    if (!after)
        return after.error();
    changed(tx, head);
    return m_journal.record(tx, writing.who, actions::kPutParameter,
                            writing.existing ? ParameterChange::Update : ParameterChange::Create, head,
                            version.description, auditDiff(before, *after));
}

Result<void> ParameterService::storePolicies(Transaction &tx, const Writing &writing)
{
    if (writing.rules->isEmpty() && writing.before.policies.isEmpty())
        return {};
    const auto before = m_policies.policies(tx, writing.head.id);
    if (!before)
        return before.error();
    tx.onCommitted([this] { scheduleSweep(); });
    return m_policies.setPolicies(tx, writing.head.id, duePolicies(*writing.rules, writing.now, *before));
}

}
