#include "backend/applications/parameters/parameter_key_repository.h"

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr auto kSelect
        = "SELECT k.name, k.state, k.generation, k.created_at, k.created_by, k.deletion_at, r.total, r.done, "
          "r.started_at FROM parameter_key k LEFT JOIN parameter_key_rotation r ON r.key_name = k.name ";

    ParameterKey keyOf(const Row &row)
    {
        ParameterKey key {
            .name = row.text(0),
            .state = enumNamed<ParameterKeyState>(row.text(1), {}).value_or(ParameterKeyState::Disabled),
            .generation = row.integer(2),
            .createdAt = row.instant(3),
            .createdBy = row.text(4),
            .deletionAt = row.instantIfAny(5),
            .rotation = {}};
        if (!row.isNull(6))
            key.rotation = {.total = row.integer(6), .done = row.integer(7), .startedAt = row.instant(8)};
        return key;
    }

    QString select(const QString &rest) { return QString::fromLatin1(kSelect) + rest; }
}

Result<QList<ParameterKey>> ParameterKeyRepository::keys(Reader &reader) const
{
    return reader.all(select(u"ORDER BY k.name"_s), {}, keyOf);
}

Result<std::optional<ParameterKey>> ParameterKeyRepository::key(Reader &reader, const QString &name) const
{
    return reader.one(select(u"WHERE k.name = ?"_s), {name}, keyOf);
}

Result<bool> ParameterKeyRepository::insert(Transaction &tx, const ParameterKey &key) const
{
    const auto inserted
        = tx.execute(u"INSERT INTO parameter_key (name, state, generation, created_at, created_by) "
                     "VALUES (?, ?, ?, ?, ?) ON CONFLICT (name) DO NOTHING"_s,
                     {key.name, enumName(key.state), key.generation, toSql(key.createdAt), key.createdBy});
    if (!inserted)
        return inserted.error();
    if (*inserted == 0)
        return false;
    return tx
        .execute(
            u"INSERT INTO parameter_key_generation (key_name, generation, created_at) VALUES (?, ?, ?)"_s,
            {key.name, key.generation, toSql(key.createdAt)})
        .map([](qint64) { return true; });
}

Result<void> ParameterKeyRepository::setState(Transaction &tx, const ParameterKey &key) const
{
    return tx
        .execute(u"UPDATE parameter_key SET state = ?, deletion_at = ? WHERE name = ?"_s,
                 {enumName(key.state), toSql(key.deletionAt), key.name})
        .map([](qint64) {});
}

Result<QList<ParameterKey>> ParameterKeyRepository::toBeDeleted(Reader &reader, Instant now) const
{
    return reader.all(select(u"WHERE k.state = ? AND k.deletion_at <= ?"_s),
                      {enumName(ParameterKeyState::PendingDeletion), toSql(now)}, keyOf);
}

Result<QList<qint64>> ParameterKeyRepository::generations(Reader &reader, const QString &name) const
{
    return reader.all(
        u"SELECT generation FROM parameter_key_generation WHERE key_name = ? ORDER BY generation"_s, {name},
        [](const Row &row) { return row.integer(0); });
}

Result<qint64> ParameterKeyRepository::versionsBelow(Reader &reader, const QString &name,
                                                     qint64 generation) const
{
    return reader.number(
        u"SELECT count(*) FROM parameter_version WHERE key_name = ? AND key_generation < ?"_s,
        {name, generation});
}

Result<void> ParameterKeyRepository::addGeneration(Transaction &tx, const ParameterKey &key,
                                                   const ParameterKeyRotation &rotation) const
{
    const auto added = tx.execute(
        u"INSERT INTO parameter_key_generation (key_name, generation, created_at) VALUES (?, ?, ?)"_s,
        {key.name, key.generation, toSql(rotation.startedAt)});
    if (!added)
        return added.error();
    const auto moved
        = tx.execute(u"UPDATE parameter_key SET generation = ? WHERE name = ?"_s, {key.generation, key.name});
    if (!moved)
        return moved.error();
    return tx
        .execute(
            u"INSERT INTO parameter_key_rotation (key_name, total, done, started_at) VALUES (?, ?, ?, ?)"_s,
            {key.name, rotation.total, rotation.done, toSql(rotation.startedAt)})
        .map([](qint64) {});
}

Result<QList<ParameterKeyRepository::Wrapped>>
ParameterKeyRepository::wrappedBy(Transaction &tx, const QString &name, qint64 generation,
                                  const Position &after, int limit) const
{
    return tx.all(u"SELECT v.parameter_id, v.version, p.canonical_name, v.key_generation, v.value "
                  "FROM parameter_version v JOIN parameter p ON p.id = v.parameter_id "
                  "WHERE v.key_name = ? AND v.key_generation = ? AND (v.parameter_id, v.version) > (?, ?) "
                  "ORDER BY v.parameter_id, v.version LIMIT ?"_s,
                  {name, generation, after.parameterId, after.version, limit}, [](const Row &row) {
                      return Wrapped {.parameterId = row.integer(0),
                                      .version = row.integer(1),
                                      .canonicalName = row.text(2),
                                      .generation = row.integer(3),
                                      .blob = row.bytes(4)};
                  });
}

Result<void> ParameterKeyRepository::setWrapped(Transaction &tx, const Wrapped &wrapped) const
{
    return tx
        .execute(u"UPDATE parameter_version SET value = ?, key_generation = ? "
                 "WHERE parameter_id = ? AND version = ?"_s,
                 {wrapped.blob, wrapped.generation, wrapped.parameterId, wrapped.version})
        .map([](qint64) {});
}

Result<void> ParameterKeyRepository::addProgress(Transaction &tx, const QString &name, qint64 done) const
{
    return tx.execute(u"UPDATE parameter_key_rotation SET done = done + ? WHERE key_name = ?"_s, {done, name})
        .map([](qint64) {});
}

Result<void> ParameterKeyRepository::endRotation(Transaction &tx, const QString &name) const
{
    return tx.execute(u"DELETE FROM parameter_key_rotation WHERE key_name = ?"_s, {name}).map([](qint64) {});
}

Result<void> ParameterKeyRepository::removeGeneration(Transaction &tx, const QString &name,
                                                      qint64 generation) const
{
    return tx
        .execute(u"DELETE FROM parameter_key_generation WHERE key_name = ? AND generation = ?"_s,
                 {name, generation})
        .map([](qint64) {});
}

}
