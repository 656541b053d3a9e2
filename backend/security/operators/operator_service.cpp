#include "backend/security/operators/operator_service.h"

#include "backend/base/elsewhere.h"
#include "backend/base/fail.h"
#include "backend/base/on_result.h"
#include "backend/base/qt_text.h"
#include "backend/core/byte_encoding.h"
#include "backend/core/text_safety.h"
#include "backend/security/actions.h"
#include "backend/security/audit_log.h"
#include "backend/security/operators/password_hash.h"

#include <QLoggingCategory>

#include <algorithm>

namespace fb {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

Q_LOGGING_CATEGORY(lcOperators, "fb.operators")

namespace {
    constexpr auto kKeyPurpose = "access-key";
    constexpr size_t kShortestPassword = 12;
    constexpr size_t kLongestPassword = 128;

    SecretName secretOf(const QString &accessKeyId)
    {
        return {.purpose = QString::fromLatin1(kKeyPurpose), .name = accessKeyId};
    }

    Error unknownOperator(const QString &name)
    {
        return qtError(errors::kResourceNotFound, u"There is no operator %1."_s.arg(name.left(64)),
                       u"Name"_s);
    }

    Error unknownKey(const QString &id)
    {
        return qtError(errors::kResourceNotFound, u"There is no access key %1."_s.arg(id.left(128)),
                       u"AccessKeyId"_s);
    }

    QString newAccessKeyId(Random &random)
    {
        static constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        std::string id = "AKFB";
        for (const char byte : random.bytes(kAccessKeyIdBytes - id.size()))
            id.push_back(letters[static_cast<unsigned char>(byte) % letters.size()]);
        return toQString(id);
    }

    SecretBytes newSecret(Random &random)
    {
        std::string text = toBase64(random.bytes(kSecretAccessKeyBytes / 4 * 3));
        SecretBytes secret(text);
        std::ranges::fill(text, '\0');
        return secret;
    }
}

OperatorService::OperatorService(Parts parts, QObject *parent) : QObject(parent), m_parts(parts)
{
    m_timer.setInterval(1min);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        const auto stored = storeUses();
        const auto read = stored ? reload() : stored;
        if (!read)
            qCWarning(lcOperators) << "operators wait for the store:" << toQString(read.error().message);
    });
}

Result<Principal> OperatorService::start(const QString &osUser, const QString &source)
{
    auto owner = m_parts.database.write(
        [&](Transaction &tx) { return m_rows.owner(tx, osUser, m_parts.clock.now(), source); });
    if (!owner)
        return owner;
    m_owner = owner->name;
    if (auto loaded = reload(); !loaded)
        return loaded.error();
    m_timer.start();
    return owner;
}

Result<void> OperatorService::reload()
{
    auto loaded = load();
    return loaded ? loadKeys() : loaded;
}

Result<void> OperatorService::load()
{
    auto operators = m_rows.all(m_parts.database.reader());
    if (!operators)
        return operators.error();
    auto groups = m_rows.groups(m_parts.database.reader());
    if (!groups)
        return groups.error();
    m_operators = std::move(*operators);
    m_groups = std::move(*groups);
    publish();
    return {};
}

Result<void> OperatorService::loadKeys()
{
    auto keys = m_rows.keys(m_parts.database.reader());
    if (!keys)
        return keys.error();
    for (const AccessKey &gone : std::as_const(m_keys)) {
        if (std::ranges::none_of(*keys,
                                 [&](const AccessKey &key) { return key.accessKeyId == gone.accessKeyId; }))
            m_parts.keys.remove(gone.accessKeyId);
    }
    m_keys = std::move(*keys);
    for (const AccessKey &key : std::as_const(m_keys)) {
        const Operator *holder = find(key.operatorName);
        SecretBytes secret = secretFor(key.accessKeyId);
        if (secret.isEmpty() || holder == nullptr) {
            m_parts.keys.remove(key.accessKeyId);
            continue;
        }
        AccessKeyRing::Key usable {.key = key, .role = holder->role, .secret = std::move(secret)};
        usable.key.enabled = key.enabled && holder->enabled;
        m_parts.keys.put(std::move(usable));
    }
    return {};
}

// It never changes, so that the vault is asked once. Empty: a damaged one, which harms nobody but that key.
SecretBytes OperatorService::secretFor(const QString &accessKeyId) const
{
    if (const auto known = m_parts.keys.find(toStd(accessKeyId)))
        return known->secret.copy();
    auto stored = m_parts.vault.get(m_parts.database.reader(), QString::fromLatin1(kKeyPurpose), accessKeyId);
    if (!stored)
        qCWarning(lcOperators) << "access key" << accessKeyId
                               << "cannot be used:" << toQString(stored.error().message);
    return stored && *stored ? std::move((*stored)->secret) : SecretBytes();
}

void OperatorService::publish() { m_parts.access.setOperators(m_operators, m_groups); }

const Operator *OperatorService::find(const QString &name) const
{
    const auto it = std::ranges::find(m_operators, name, &Operator::name);
    return it == m_operators.end() ? nullptr : &*it;
}

Error OperatorService::refused(const Principal &who, Action action, const QString &target,
                               const Error &error) const
{
    static_cast<void>(m_parts.audit.record({.who = who,
                                            .action = toQString(action.name()),
                                            .target = target,
                                            .result = toQString(error.code.name()),
                                            .diff = {}}));
    return error;
}

// The change with its audit entry; then what Access and the wire know is read anew.
Result<void> OperatorService::write(const Principal &who, Action action, const QString &target,
                                    const QJsonObject &diff,
                                    const std::function<Result<void>(Transaction &)> &change)
{
    return m_parts.database.write([&](Transaction &tx) -> Result<void> {
        if (auto changed = change(tx); !changed)
            return changed;
        m_parts.audit.append(
            tx, {.who = who, .action = toQString(action.name()), .target = target, .diff = diff});
        // Whether it is committed or lost: what is stored counts.
        const auto again = [this] {
            if (const auto read = reload(); !read)
                qCWarning(lcOperators) << "operators cannot be read:" << toQString(read.error().message);
            emit operatorsChanged();
            emit keysChanged();
        };
        tx.onCommitted(again);
        tx.onRolledBack([again](const Error &) { again(); });
        return {};
    });
}

// ---- Operators -----------------------------------------------------------------------------------------------------

Result<QList<Operator>> OperatorService::listOperators(const Principal &who) const
{
    if (auto allowed = m_parts.access.check(who, actions::kListOperators); !allowed)
        return allowed.error();
    return m_operators;
}

PermissionScope OperatorService::scopeOf(const QString &name) const
{
    const Operator *known = find(name);
    return known ? known->scope : PermissionScope();
}

Result<void> OperatorService::checkWish(const Operator &wish) const
{
    if (auto valid = validate(wish); !valid)
        return valid;
    if (wish.name == enginePrincipal().name)
        return fail(errors::kValidation, u"Name is \"%1\"; that is the engine itself."_s.arg(wish.name),
                    u"Name"_s);
    for (const QString &group : wish.groups) {
        if (std::ranges::find(m_groups, group, &OperatorGroup::name) == m_groups.end())
            return fail(errors::kResourceNotFound, u"There is no group %1."_s.arg(group.left(64)),
                        u"Groups"_s);
    }
    return {};
}

// Whoever runs the engine stays its Administrator, unnarrowed: no change can lock everybody out.
Result<void> OperatorService::checkOwnerStays(const Operator &changed, bool removed) const
{
    if (changed.name != m_owner)
        return {};
    if (!removed && changed.enabled && changed.role == Role::Administrator && changed.scope.isEmpty()
        && changed.statements.isEmpty() && changed.groups.isEmpty())
        return {};
    return fail(
        errors::kConflict,
        u"%1 is the Administrator that this engine's own user acts as: it stays one, enabled, with all "
        "permissions, in no group."_s.arg(changed.name),
        u"Name"_s);
}

Result<Operator> OperatorService::createOperator(const Principal &who, const Operator &wish)
{
    if (auto allowed
        = m_parts.access.check(who, actions::kCreateOperator, {.resource = u"operator "_s + wish.name});
        !allowed)
        return refused(who, actions::kCreateOperator, wish.name, allowed.error());
    if (auto valid = checkWish(wish); !valid)
        return valid.error();
    if (find(wish.name))
        return fail(errors::kConflict, u"There is an operator %1 already."_s.arg(wish.name), u"Name"_s);
    if (m_operators.size() >= kMostOperators)
        return fail(errors::kValidation, u"There are %1 operators; that is the limit."_s.arg(kMostOperators));
    Operator made = wish;
    made.createDate = m_parts.clock.now();
    made.lastSignInAt.reset();
    made.hasPassword = false;
    made.groups.sort();
    auto written = write(who, actions::kCreateOperator, made.name, auditDiff(Operator {}, made),
                         [&](Transaction &tx) { return m_rows.put(tx, made); });
    if (!written)
        return written.error();
    m_operators.append(made);
    std::ranges::sort(m_operators, {}, &Operator::name);
    publish();
    return made;
}

Result<Operator> OperatorService::updateOperator(const Principal &who, const Operator &wish)
{
    if (auto allowed
        = m_parts.access.check(who, actions::kUpdateOperator, {.resource = u"operator "_s + wish.name});
        !allowed)
        return refused(who, actions::kUpdateOperator, wish.name, allowed.error());
    const Operator *known = find(wish.name);
    if (!known)
        return unknownOperator(wish.name);
    if (auto valid = checkWish(wish); !valid)
        return valid.error();
    if (auto stays = checkOwnerStays(wish, false); !stays)
        return stays.error();
    const Operator before = *known;
    Operator after = wish;
    after.createDate = before.createDate;
    after.lastSignInAt = before.lastSignInAt;
    after.hasPassword = before.hasPassword;
    after.groups.sort();
    auto written = write(who, actions::kUpdateOperator, after.name, auditDiff(before, after),
                         [&](Transaction &tx) { return m_rows.put(tx, after); });
    if (!written)
        return written.error();
    return after;
}

Result<void> OperatorService::deleteOperator(const Principal &who, const QString &name)
{
    if (auto allowed
        = m_parts.access.check(who, actions::kDeleteOperator, {.resource = u"operator "_s + name});
        !allowed)
        return refused(who, actions::kDeleteOperator, name, allowed.error());
    const Operator *known = find(name);
    if (!known)
        return unknownOperator(name);
    if (auto stays = checkOwnerStays(*known, true); !stays)
        return stays;
    return write(who, actions::kDeleteOperator, name, auditDiff(*known, Operator {}),
                 [&](Transaction &tx) -> Result<void> {
                     for (const AccessKey &key : std::as_const(m_keys)) {
                         if (key.operatorName != name)
                             continue;
                         auto gone
                             = m_parts.vault.remove(tx, QString::fromLatin1(kKeyPurpose), key.accessKeyId);
                         if (!gone)
                             return gone.error();
                     }
                     return m_rows.remove(tx, name);
                 });
}

void OperatorService::setPassword(const Principal &who, const QString &name, SecretBytes password,
                                  std::function<void(const Result<void> &)> done)
{
    const auto allowed = who.name == name
        ? Result<void>()
        : m_parts.access.check(who, actions::kSetOperatorPassword, {.resource = u"operator "_s + name});
    if (!allowed)
        return done(refused(who, actions::kSetOperatorPassword, name, allowed.error()));
    if (!find(name))
        return done(unknownOperator(name));
    const size_t length = codePointCount(password.view());
    if (length < kShortestPassword || length > kLongestPassword)
        return done(fail(errors::kValidation,
                         u"Password has %1 characters; it must have %2 to %3."_s.arg(length)
                             .arg(kShortestPassword)
                             .arg(kLongestPassword),
                         u"Password"_s));
    const auto hidden = std::make_shared<SecretBytes>(std::move(password));
    onResult(elsewhere<std::string>([hidden] { return passwordHash(*hidden); }), this,
             [this, who, name, done = std::move(done)](const Result<std::string> &hash) {
                 if (!hash)
                     return done(hash.error());
                 done(write(who, actions::kSetOperatorPassword, name, {}, [&](Transaction &tx) {
                     return m_rows.setPasswordHash(tx, name, toQString(*hash), m_parts.clock.now());
                 }));
             });
}

// ---- Groups --------------------------------------------------------------------------------------------------------

Result<QList<OperatorGroup>> OperatorService::listGroups(const Principal &who) const
{
    if (auto allowed = m_parts.access.check(who, actions::kListOperators); !allowed)
        return allowed.error();
    return m_groups;
}

Result<void> OperatorService::putGroup(const Principal &who, const OperatorGroup &group)
{
    const AccessTarget target {.resource = u"operator group "_s + group.name};
    if (auto allowed = m_parts.access.check(who, actions::kPutOperatorGroup, target); !allowed)
        return refused(who, actions::kPutOperatorGroup, group.name, allowed.error());
    if (auto valid = validate(group); !valid)
        return valid;
    const auto known = std::ranges::find(m_groups, group.name, &OperatorGroup::name);
    if (known == m_groups.end() && m_groups.size() >= kMostGroups)
        return fail(errors::kValidation, u"There are %1 groups; that is the limit."_s.arg(kMostGroups));
    const OperatorGroup before = known == m_groups.end() ? OperatorGroup {} : *known;
    return write(who, actions::kPutOperatorGroup, group.name, auditDiff(before, group),
                 [&](Transaction &tx) { return m_rows.putGroup(tx, group, m_parts.clock.now()); });
}

Result<void> OperatorService::deleteGroup(const Principal &who, const QString &name)
{
    const AccessTarget target {.resource = u"operator group "_s + name};
    if (auto allowed = m_parts.access.check(who, actions::kDeleteOperatorGroup, target); !allowed)
        return refused(who, actions::kDeleteOperatorGroup, name, allowed.error());
    const auto known = std::ranges::find(m_groups, name, &OperatorGroup::name);
    if (known == m_groups.end())
        return fail(errors::kResourceNotFound, u"There is no group %1."_s.arg(name.left(64)), u"Name"_s);
    return write(who, actions::kDeleteOperatorGroup, name, auditDiff(*known, OperatorGroup {}),
                 [&](Transaction &tx) { return m_rows.removeGroup(tx, name); });
}

// ---- Access keys ---------------------------------------------------------------------------------------------------

Result<QList<AccessKey>> OperatorService::listKeys(const Principal &who, const QString &operatorName) const
{
    if (who.name != operatorName) {
        if (auto allowed = m_parts.access.check(who, actions::kListAccessKeys,
                                                {.resource = u"operator "_s + operatorName});
            !allowed)
            return allowed.error();
    }
    QList<AccessKey> keys;
    std::ranges::copy_if(m_keys, std::back_inserter(keys), [&](const AccessKey &key) {
        return operatorName.isEmpty() || key.operatorName == operatorName;
    });
    return keys;
}

Result<NewAccessKey> OperatorService::createKey(const Principal &who, const QString &operatorName,
                                                const std::optional<Instant> &expiresAt)
{
    if (auto allowed
        = m_parts.access.check(who, actions::kCreateAccessKey, {.resource = u"operator "_s + operatorName});
        !allowed)
        return refused(who, actions::kCreateAccessKey, operatorName, allowed.error());
    const Operator *owner = find(operatorName);
    if (!owner)
        return unknownOperator(operatorName);
    const Instant now = m_parts.clock.now();
    if (expiresAt && *expiresAt <= now)
        return fail(errors::kValidation, u"ExpiresAt has passed; give a time that is still to come."_s,
                    u"ExpiresAt"_s);
    const auto own = std::ranges::count(m_keys, operatorName, &AccessKey::operatorName);
    if (own >= kMostAccessKeys)
        return fail(
            errors::kValidation,
            u"%1 has %2 access keys; that is the limit. Delete one first."_s.arg(operatorName).arg(own),
            u"OperatorName"_s);
    NewAccessKey made {.key = {.accessKeyId = newAccessKeyId(m_parts.random),
                               .operatorName = operatorName,
                               .createDate = now,
                               .expiresAt = expiresAt},
                       .secret = newSecret(m_parts.random)};
    auto written = write(who, actions::kCreateAccessKey, made.key.accessKeyId,
                         auditDiff(AccessKey {}, made.key), [&](Transaction &tx) -> Result<void> {
                             auto sealed
                                 = m_parts.vault.put(tx, secretOf(made.key.accessKeyId), made.secret.view());
                             return sealed ? m_rows.putKey(tx, made.key) : sealed;
                         });
    if (!written)
        return written.error();
    return made;
}

Result<const AccessKey *> OperatorService::keyFor(const Principal &who, const QString &accessKeyId,
                                                  Action action) const
{
    const auto known = std::ranges::find(m_keys, accessKeyId, &AccessKey::accessKeyId);
    const bool isOwn = known != m_keys.end() && known->operatorName == who.name;
    if (!isOwn) {
        if (auto allowed
            = m_parts.access.check(who, action, {.resource = u"access key "_s + accessKeyId.left(128)});
            !allowed)
            return refused(who, action, accessKeyId, allowed.error());
    }
    if (known == m_keys.end())
        return unknownKey(accessKeyId);
    return &*known;
}

Result<void> OperatorService::setKeyEnabled(const Principal &who, const QString &accessKeyId, bool enabled)
{
    const auto known = keyFor(who, accessKeyId, actions::kUpdateAccessKey);
    if (!known)
        return known.error();
    const AccessKey before = **known;
    if (enabled
        && before.operatorName
            == who.name) { // what an Administrator has disabled, its holder does not enable
        if (auto allowed = m_parts.access.check(who, actions::kUpdateAccessKey,
                                                {.resource = u"access key "_s + accessKeyId});
            !allowed)
            return refused(who, actions::kUpdateAccessKey, accessKeyId, allowed.error());
    }
    AccessKey after = before;
    after.enabled = enabled;
    return write(who, actions::kUpdateAccessKey, accessKeyId, auditDiff(before, after),
                 [&](Transaction &tx) { return m_rows.putKey(tx, after); });
}

Result<void> OperatorService::deleteKey(const Principal &who, const QString &accessKeyId)
{
    const auto known = keyFor(who, accessKeyId, actions::kDeleteAccessKey);
    if (!known)
        return known.error();
    return write(who, actions::kDeleteAccessKey, accessKeyId, auditDiff(**known, AccessKey {}),
                 [&](Transaction &tx) -> Result<void> {
                     auto gone = m_parts.vault.remove(tx, QString::fromLatin1(kKeyPurpose), accessKeyId);
                     return gone ? m_rows.removeKey(tx, accessKeyId) : Result<void>(gone.error());
                 });
}

Result<void> OperatorService::storeUses()
{
    const auto uses = m_parts.keys.takeUses();
    if (uses.empty())
        return {};
    return m_parts.database.write([&](Transaction &tx) -> Result<void> {
        for (const AccessKeyRing::Use &use : uses) {
            if (auto stored = m_rows.keyUsed(tx, use.accessKeyId, use.at, use.from); !stored)
                return stored;
        }
        return {};
    });
}

}
