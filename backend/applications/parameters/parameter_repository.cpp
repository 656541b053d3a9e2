#include "backend/applications/parameters/parameter_repository.h"

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    QVariant nullIfEmpty(const QString &text) { return text.isEmpty() ? QVariant() : QVariant(text); }

    template <HasNames Enum>
    Enum named(const QString &text, Enum otherwise)
    {
        return enumNamed<Enum>(text, {}).value_or(otherwise);
    }
}

const QString &ParameterRepository::headColumns()
{
    static const QString columns
        = u"p.id, p.canonical_name, p.name, p.type, p.data_type, p.tier, p.key_name, p.version"_s;
    return columns;
}

ParameterHead ParameterRepository::headOf(const Row &row)
{
    return {.id = row.integer(0),
            .canonicalName = row.text(1),
            .name = row.text(2),
            .type = named(row.text(3), ParameterKind::SecureString), // never shown by mistake
            .dataType = row.text(4),
            .tier = named(row.text(5), ParameterTier::Standard),
            .keyName = row.text(6),
            .version = row.integer(7)};
}

const QString &ParameterRepository::versionColumns()
{
    static const QString columns = u"v.version, v.value, v.data_type, v.tier, v.description, "
                                   u"v.allowed_pattern, v.policies, v.key_name, "
                                   "v.key_generation, v.modified_at, v.modified_by"_s;
    return columns;
}

ParameterVersion ParameterRepository::versionOf(const Row &row, int first)
{
    return {.version = row.integer(first),
            .value = row.bytes(first + 1),
            .dataType = row.text(first + 2),
            .tier = named(row.text(first + 3), ParameterTier::Standard),
            .description = row.text(first + 4),
            .allowedPattern = row.text(first + 5),
            .policies = row.text(first + 6),
            .keyName = row.text(first + 7),
            .keyGeneration = row.integer(first + 8),
            .modifiedAt = row.instant(first + 9),
            .modifiedBy = row.text(first + 10)};
}

Result<std::optional<ParameterHead>> ParameterRepository::head(Reader &reader,
                                                               const QString &canonicalName) const
{
    return reader.one(u"SELECT %1 FROM parameter p WHERE p.canonical_name = ?"_s.arg(headColumns()),
                      {canonicalName}, headOf);
}

Result<std::optional<ParameterHead>> ParameterRepository::lockedHead(Transaction &tx, qint64 id) const
{
    return tx.one(
        u"SELECT %1 FROM parameter p WHERE p.id = ?%2"_s.arg(headColumns(), skipLocked(tx.dialect())), {id},
        headOf);
}

Result<std::optional<ParameterHead>> ParameterRepository::lockedHead(Transaction &tx,
                                                                     const QString &canonicalName) const
{
    return tx.one(u"SELECT %1 FROM parameter p WHERE p.canonical_name = ?%2"_s.arg(headColumns(),
                                                                                   skipLocked(tx.dialect())),
                  {canonicalName}, headOf);
}

Result<std::optional<qint64>> ParameterRepository::insert(Transaction &tx, const ParameterHead &head,
                                                          const QString &parentPath) const
{
    const auto inserted
        = tx.execute(u"INSERT INTO parameter (canonical_name, name, parent_path, type, data_type, tier, "
                     u"key_name, version) "
                     "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (canonical_name) DO NOTHING"_s,
                     {head.canonicalName, head.name, parentPath, enumName(head.type), head.dataType,
                      enumName(head.tier), head.keyName, head.version});
    if (!inserted)
        return inserted.error();
    if (*inserted == 0)
        return std::optional<qint64>();
    return tx.one(u"SELECT id FROM parameter WHERE canonical_name = ?"_s, {head.canonicalName},
                  [](const Row &row) { return row.integer(0); });
}

Result<bool> ParameterRepository::update(Transaction &tx, const ParameterHead &head, qint64 expected) const
{
    return tx
        .execute(u"UPDATE parameter SET data_type = ?, tier = ?, key_name = ?, version = ? "
                 "WHERE id = ? AND version = ?"_s,
                 {head.dataType, enumName(head.tier), head.keyName, head.version, head.id, expected})
        .map([](qint64 rows) { return rows == 1; });
}

Result<bool> ParameterRepository::remove(Transaction &tx, qint64 id) const
{
    return tx.execute(u"DELETE FROM parameter WHERE id = ?"_s, {id}).map([](qint64 rows) {
        return rows == 1;
    });
}

Result<qint64> ParameterRepository::countOf(Reader &reader, ParameterTier tier, qint64 most) const
{
    return reader.number(
        u"SELECT count(*) FROM (SELECT 1 AS one FROM parameter WHERE tier = ? LIMIT ?) counted"_s,
        {enumName(tier), most});
}

Result<void> ParameterRepository::insertVersion(Transaction &tx, qint64 id,
                                                const ParameterVersion &version) const
{
    return tx
        .execute(
            u"INSERT INTO parameter_version (parameter_id, version, value, data_type, tier, description, "
            "allowed_pattern, policies, key_name, key_generation, modified_at, modified_by) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
            {id, version.version, version.value, version.dataType, enumName(version.tier),
             version.description, version.allowedPattern, version.policies, nullIfEmpty(version.keyName),
             version.keyName.isEmpty() ? QVariant() : QVariant(version.keyGeneration),
             toSql(version.modifiedAt), version.modifiedBy})
        .map([](qint64) {});
}

Result<std::optional<ParameterVersion>> ParameterRepository::version(Reader &reader, qint64 id,
                                                                     qint64 version) const
{
    return reader.one(u"SELECT %1 FROM parameter_version v WHERE v.parameter_id = ? AND v.version = ?"_s.arg(
                          versionColumns()),
                      {id, version}, [](const Row &row) { return versionOf(row); });
}

Result<QList<ParameterVersion>> ParameterRepository::versionsAfter(Reader &reader, qint64 id, qint64 after,
                                                                   int limit) const
{
    return reader.all(u"SELECT %1 FROM parameter_version v WHERE v.parameter_id = ? AND v.version > ? "
                      "ORDER BY v.version LIMIT ?"_s.arg(versionColumns()),
                      {id, after, limit}, [](const Row &row) { return versionOf(row); });
}

Result<ParameterRepository::Kept> ParameterRepository::keptVersions(Reader &reader, qint64 id) const
{
    return reader
        .one(u"SELECT count(*), min(version) FROM parameter_version WHERE parameter_id = ?"_s, {id},
             [](const Row &row) { return Kept {.count = row.integer(0), .oldest = row.integer(1)}; })
        .map([](const std::optional<Kept> &kept) { return kept.value_or(Kept {}); });
}

Result<void> ParameterRepository::removeVersion(Transaction &tx, qint64 id, qint64 version) const
{
    return tx
        .execute(u"DELETE FROM parameter_version WHERE parameter_id = ? AND version = ?"_s, {id, version})
        .map([](qint64) {});
}

}
