#include "backend/applications/parameters/parameter_keys.h"

#include "backend/base/fail.h"
#include "backend/core/aead.h"
#include "backend/events/arn.h"
#include "backend/security/audit_log.h"

#include <QLoggingCategory>
#include <QRegularExpression>

namespace fb {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

Q_LOGGING_CATEGORY(parameterKeysLog, "fb.parameters.keys")

namespace {
    constexpr auto kBetweenSteps = 10ms;
    constexpr auto kBetweenLooks
        = 60s; // for keys whose time has come, rotations of another engine that ended
    const QString kKeyField = u"KeyId"_s;

    Error notUsable(const QString &name, const QString &why)
    {
        return qtError(errors::kInvalidKeyId, u"The key %1 %2."_s.arg(name.left(200), why), kKeyField);
    }
}

ParameterKeys::ParameterKeys(Parts parts, QObject *parent) : QObject(parent), m_parts(parts)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        const Result<bool> more = work();
        if (!more)
            qCWarning(parameterKeysLog) << "the keys' work waits:" << more.error().message.c_str();
        m_timer.start(more.value_or(false) ? kBetweenSteps : std::chrono::milliseconds(kBetweenLooks));
    });
}

Result<void> ParameterKeys::start()
{
    const std::string fresh = m_parts.random.bytes(kAeadKeyBytes);
    SecretBytes kek(fresh);
    const auto made = m_parts.database.write([&](Transaction &tx) -> Result<void> {
        const ParameterKey key {.name = kDefaultParameterKey,
                                .createdAt = m_parts.clock.now(),
                                .createdBy = enginePrincipal().name};
        const auto inserted = m_rows.insert(tx, key);
        if (!inserted)
            return inserted.error();
        return *inserted ? m_parts.source.put(tx, key.name, key.generation, kek.view()) : Result<void>();
    });
    if (made)
        m_timer.start(kBetweenSteps);
    return made;
}

// ---- For the service -----------------------------------------------------------------------------------------------

QString ParameterKeys::keyName(const QString &keyId) const
{
    const QString resource = arnResource(m_parts.database.fleet(), keyId);
    return resource.startsWith(u"alias/"_s) ? resource : keyId;
}

Result<ParameterKey> ParameterKeys::usableKey(Reader &reader, const QString &name) const
{
    const auto key = m_rows.key(reader, name);
    if (!key)
        return key.error();
    if (!*key)
        return notUsable(name, u"does not exist"_s);
    if ((*key)->state != ParameterKeyState::Enabled)
        return notUsable(name, u"is %1; it must be Enabled"_s.arg(enumName((*key)->state)));
    if (m_parts.source.isLocked())
        return keyUnavailable(name);
    return **key;
}

Result<void> ParameterKeys::checkUsable(Reader &reader, const QString &name) const
{
    return usableKey(reader, name).map([](const ParameterKey &) {});
}

Result<ParameterKeys::Sealed> ParameterKeys::seal(Transaction &tx, const QString &name,
                                                  const SealedPlace &place, std::string_view plain)
{
    const auto key = usableKey(tx, name);
    if (!key)
        return key.error();
    const WrappingKey wrapping {.name = name, .generation = key->generation};
    const auto kek = m_parts.source.key(tx, name, key->generation);
    if (!kek)
        return kek.error();
    return Sealed {.blob = sealParameter(place, wrapping, kek->view(), plain, m_parts.random),
                   .key = wrapping};
}

Result<SecretBytes> ParameterKeys::open(Reader &reader, const SealedPlace &place, const QByteArray &blob,
                                        const QString &what) const
{
    const auto altered = [&what] {
        return fail(
            errors::kInternal,
            u"The value of %1 cannot be opened: it was altered, or belongs to another parameter or version. "
            "Restore it from another version."_s.arg(what));
    };
    const auto wrapping = wrappingKeyOf(blob);
    if (!wrapping)
        return altered();
    if (auto usable = checkUsable(reader, wrapping->name); !usable) {
        // a key's name that was altered is no key's name
        const auto known = m_rows.key(reader, wrapping->name);
        return known && !*known ? Result<SecretBytes>(altered()) : usable.error();
    }
    const auto kek = m_parts.source.key(reader, wrapping->name, wrapping->generation);
    if (!kek)
        return kek.error();
    auto plain = openParameter(place, kek->view(), blob);
    if (!plain)
        return altered();
    return std::move(*plain);
}

// ---- Operations ----------------------------------------------------------------------------------------------------

Result<QList<ParameterKey>> ParameterKeys::keys(const Principal &who) const
{
    if (auto allowed = m_parts.access.check(who, actions::kDescribeParameterKeys); !allowed)
        return allowed.error();
    return m_rows.keys(m_parts.database.reader());
}

void ParameterKeys::record(Transaction &tx, const Principal &who, const QString &operation,
                           const ParameterKey &before, const ParameterKey &after)
{
    QJsonObject diff = auditDiff(before, after);
    diff.insert(u"operation"_s, operation);
    m_parts.audit.append(tx,
                         {.who = who,
                          .action = toQString(actions::kManageParameterKeys.name()),
                          .target = arn(m_parts.database.fleet(), u"kms"_s, after.name),
                          .diff = diff});
    tx.onCommitted([this] {
        emit keysChanged();
        m_timer.start(kBetweenSteps);
    });
}

Result<ParameterKey> ParameterKeys::createKey(const Principal &who, const QString &name)
{
    if (auto allowed = m_parts.access.check(who, actions::kManageParameterKeys, {.resource = name}); !allowed)
        return allowed.error();
    static const QRegularExpression pattern(
        QRegularExpression::anchoredPattern(u"alias/[a-zA-Z0-9][a-zA-Z0-9/_-]{0,199}"_s));
    if (!pattern.match(name).hasMatch() || name.startsWith(u"alias/aws/"_s))
        return fail(
            errors::kValidation,
            u"KeyId is \"%1\"; it must be alias/ and 1 to 200 letters, digits, and /_-. alias/aws/ is "
            "reserved."_s.arg(name.left(80)),
            kKeyField);
    if (m_parts.source.isLocked())
        return keyUnavailable(name);
    const std::string fresh = m_parts.random.bytes(kAeadKeyBytes);
    SecretBytes kek(fresh);
    return m_parts.database.write([&](Transaction &tx) -> Result<ParameterKey> {
        const auto all = m_rows.keys(tx);
        if (!all)
            return all.error();
        if (all->size() >= kMostKeys)
            return fail(errors::kThrottling, u"There are %1 keys, which is the limit."_s.arg(all->size()),
                        kKeyField);
        const ParameterKey key {.name = name, .createdAt = m_parts.clock.now(), .createdBy = who.name};
        const auto inserted = m_rows.insert(tx, key);
        if (!inserted)
            return inserted.error();
        if (!*inserted)
            return fail(errors::kConflict, u"There is a key %1 already."_s.arg(name), kKeyField);
        if (auto kept = m_parts.source.put(tx, name, key.generation, kek.view()); !kept)
            return kept.error();
        record(tx, who, u"CreateKey"_s, {}, key);
        return key;
    });
}

Result<ParameterKey>
ParameterKeys::change(const Principal &who, const QString &operation, const QString &name,
                      const std::function<Result<ParameterKey>(Transaction &, const ParameterKey &)> &fn)
{
    if (auto allowed = m_parts.access.check(who, actions::kManageParameterKeys, {.resource = name}); !allowed)
        return allowed.error();
    return m_parts.database.write([&](Transaction &tx) -> Result<ParameterKey> {
        const auto before = m_rows.key(tx, name);
        if (!before)
            return before.error();
        if (!*before)
            return notUsable(name, u"does not exist"_s);
        auto after = fn(tx, **before);
        if (after)
            record(tx, who, operation, **before, *after);
        return after;
    });
}

Result<ParameterKey> ParameterKeys::rotateKey(const Principal &who, const QString &name)
{
    const std::string fresh = m_parts.random.bytes(kAeadKeyBytes);
    SecretBytes kek(fresh);
    return change(who, u"RotateKey"_s, name, [&](Transaction &tx, ParameterKey key) -> Result<ParameterKey> {
        if (auto usable = checkUsable(tx, name); !usable)
            return usable.error();
        if (key.rotation)
            return fail(errors::kConflict,
                        u"The key %1 is being rotated: %2 of %3 values are done. Wait until it is through."_s
                            .arg(name)
                            .arg(key.rotation->done)
                            .arg(key.rotation->total),
                        kKeyField);
        ++key.generation;
        const auto total = m_rows.versionsBelow(tx, name, key.generation);
        if (!total)
            return total.error();
        key.rotation = {.total = *total, .done = 0, .startedAt = m_parts.clock.now()};
        if (auto added = m_rows.addGeneration(tx, key, *key.rotation); !added)
            return added.error();
        if (auto kept = m_parts.source.put(tx, name, key.generation, kek.view()); !kept)
            return kept.error();
        return key;
    });
}

Result<ParameterKey> ParameterKeys::setEnabled(const Principal &who, const QString &name, bool enabled)
{
    return change(
        who, enabled ? u"EnableKey"_s : u"DisableKey"_s, name,
        [&](Transaction &tx, ParameterKey key) -> Result<ParameterKey> {
            using State = ParameterKeyState;
            if (key.name == kDefaultParameterKey)
                return fail(errors::kValidation,
                            u"%1 is the key of the store itself and stays enabled."_s.arg(name), kKeyField);
            if (key.state != State::Enabled && key.state != State::Disabled)
                return notUsable(name, u"is %1; cancel its deletion first"_s.arg(enumName(key.state)));
            key.state = enabled ? State::Enabled : State::Disabled;
            return m_rows.setState(tx, key).map([&] { return key; });
        });
}

Result<ParameterKey> ParameterKeys::scheduleDeletion(const Principal &who, const QString &name, int days)
{
    return change(
        who, u"ScheduleKeyDeletion"_s, name, [&](Transaction &tx, ParameterKey key) -> Result<ParameterKey> {
            if (key.name == kDefaultParameterKey)
                return fail(errors::kValidation,
                            u"%1 is the key of the store itself and is not deleted."_s.arg(name), kKeyField);
            if (days < kLeastDays || days > kMostDays)
                return fail(errors::kValidation,
                            u"PendingWindowInDays is %1; it must be %2 to %3."_s.arg(days)
                                .arg(kLeastDays)
                                .arg(kMostDays),
                            u"PendingWindowInDays"_s);
            if (key.state == ParameterKeyState::Deleted || key.deletionAt)
                return notUsable(name, u"is %1 already"_s.arg(enumName(key.state)));
            key.state = ParameterKeyState::PendingDeletion;
            key.deletionAt = m_parts.clock.now() + std::chrono::days(days);
            return m_rows.setState(tx, key).map([&] { return key; });
        });
}

Result<ParameterKey> ParameterKeys::cancelDeletion(const Principal &who, const QString &name)
{
    return change(
        who, u"CancelKeyDeletion"_s, name, [&](Transaction &tx, ParameterKey key) -> Result<ParameterKey> {
            if (key.state != ParameterKeyState::PendingDeletion)
                return notUsable(name, u"is %1, so no deletion can be cancelled"_s.arg(enumName(key.state)));
            key.state = ParameterKeyState::Disabled;
            key.deletionAt.reset();
            return m_rows.setState(tx, key).map([&] { return key; });
        });
}

// ---- Work ----------------------------------------------------------------------------------------------------------

Result<bool> ParameterKeys::work()
{
    if (m_parts.source.isLocked())
        return false;
    return m_parts.database.write([&](Transaction &tx) -> Result<bool> {
        const auto mine = tx.number(tryJobLock(tx.dialect(), ParameterKeyRepository::kRotationLock));
        if (!mine)
            return mine.error();
        if (*mine == 0)
            return false;
        if (auto deleted = deleteDue(tx); !deleted || *deleted)
            return deleted;
        const auto keys = m_rows.keys(tx);
        if (!keys)
            return keys.error();
        for (const ParameterKey &key : *keys) {
            if (key.rotation)
                return rotate(tx, key);
        }
        return false;
    });
}

Result<bool> ParameterKeys::deleteDue(Transaction &tx)
{
    const auto due = m_rows.toBeDeleted(tx, m_parts.clock.now());
    if (!due)
        return due.error();
    for (const ParameterKey &before : *due) {
        ParameterKey key = before;
        key.state = ParameterKeyState::Deleted;
        if (auto set = m_rows.setState(tx, key); !set)
            return set.error();
        const auto generations = m_rows.generations(tx, key.name);
        if (!generations)
            return generations.error();
        for (const qint64 generation : *generations) { // the rows stay: what was sealed refers to them
            if (auto removed = m_parts.source.remove(tx, key.name, generation); !removed)
                return removed.error();
        }
        if (auto ended = m_rows.endRotation(tx, key.name); !ended)
            return ended.error();
        record(tx, enginePrincipal(), u"DeleteKey"_s, before, key);
    }
    return !due->isEmpty();
}

// One step through the oldest generation that is left.
Result<bool> ParameterKeys::rotate(Transaction &tx, const ParameterKey &key)
{
    const auto generations = m_rows.generations(tx, key.name);
    if (!generations)
        return generations.error();
    tx.onRolledBack([this](const Error &) { m_rotating.clear(); }); // what was passed was not
    if (m_rotating != key.name) {
        m_rotating = key.name;
        m_generation = 0;
    }
    for (const qint64 generation : *generations) {
        if (generation >= key.generation || generation < m_generation)
            continue;
        if (generation != m_generation) {
            m_generation = generation;
            m_position = {};
        }
        const auto passed = rewrap(tx, key, generation);
        if (!passed)
            return passed.error();
        if (*passed > 0)
            return true;
        if (auto retired = retire(tx, key, generation); !retired)
            return retired.error();
        m_generation = generation + 1;
    }
    m_rotating.clear();
    tx.onCommitted([this] { emit keysChanged(); });
    return m_rows.endRotation(tx, key.name).map([] { return true; }); // another key may be waiting
}

Result<qint64> ParameterKeys::rewrap(Transaction &tx, const ParameterKey &key, qint64 generation)
{
    auto rows = m_rows.wrappedBy(tx, key.name, generation, m_position, kRewrappedAtOnce);
    if (!rows || rows->isEmpty())
        return rows.map([](const auto &) { return qint64(0); });
    const auto oldKek = m_parts.source.key(tx, key.name, generation);
    const auto kek = m_parts.source.key(tx, key.name, key.generation);
    if (!oldKek || !kek)
        return oldKek ? kek.error() : oldKek.error();
    const WrappingKey wrapping {.name = key.name, .generation = key.generation};
    qint64 done = 0;
    for (ParameterKeyRepository::Wrapped &row : *rows) {
        m_position = {.parameterId = row.parameterId, .version = row.version};
        const auto blob
            = rewrapParameter(sealedPlace(m_parts.database.fleet(), row.canonicalName, row.version),
                              oldKek->view(), wrapping, kek->view(), row.blob, m_parts.random);
        if (!blob) {
            qCWarning(parameterKeysLog).noquote()
                << row.canonicalName << "version" << row.version << "cannot be opened and keeps its old key";
            continue;
        }
        row.blob = *blob;
        row.generation = key.generation;
        if (auto set = m_rows.setWrapped(tx, row); !set)
            return set.error();
        ++done;
    }
    tx.onCommitted([this] { emit keysChanged(); });
    return m_rows.addProgress(tx, key.name, done).map([&rows] { return static_cast<qint64>(rows->size()); });
}

// Only what nothing refers to: what could not be opened may yet be restored from a backup.
Result<void> ParameterKeys::retire(Transaction &tx, const ParameterKey &key, qint64 generation)
{
    const auto left = m_rows.wrappedBy(tx, key.name, generation, {}, 1);
    if (!left || !left->isEmpty())
        return left.map([](const auto &) {});
    if (auto removed = m_rows.removeGeneration(tx, key.name, generation); !removed)
        return removed;
    return m_parts.source.remove(tx, key.name, generation);
}

}
