#include "backend/security/vault_repository.h"

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr auto kInsert
        = "INSERT INTO vault_item (purpose, name, version, envelope, stored_at) VALUES (?, ?, ?, ?, ?) "
          "ON CONFLICT (purpose, name) ";
}

Result<std::optional<QString>> VaultRepository::keyId(Reader &reader) const
{
    return reader.one(u"SELECT key_id FROM vault_key"_s, {}, [](const Row &row) { return row.text(0); });
}

Result<void> VaultRepository::setKeyId(Transaction &tx, const QString &keyId, Instant now) const
{
    return tx.execute(u"INSERT INTO vault_key (key_id, stored_at) VALUES (?, ?)"_s, {keyId, toSql(now)})
        .map([](qint64) {});
}

Result<std::optional<VaultRow>> VaultRepository::item(Reader &reader, const QString &purpose,
                                                      const QString &name) const
{
    return reader.one(
        u"SELECT version, envelope FROM vault_item WHERE purpose = ? AND name = ?"_s, {purpose, name},
        [](const Row &row) { return VaultRow {.version = row.integer(0), .envelope = row.bytes(1)}; });
}

Result<void> VaultRepository::put(Transaction &tx, const QString &purpose, const QString &name,
                                  const VaultRow &row, Instant now) const
{
    return tx
        .execute(QString::fromLatin1(kInsert)
                     + u"DO UPDATE SET version = excluded.version, envelope = excluded.envelope, "
                       "stored_at = excluded.stored_at"_s,
                 {purpose, name, row.version, row.envelope, toSql(now)})
        .map([](qint64) {});
}

Result<void> VaultRepository::insertIfAbsent(Transaction &tx, const QString &purpose, const QString &name,
                                             const VaultRow &row, Instant now) const
{
    return tx
        .execute(QString::fromLatin1(kInsert) + u"DO NOTHING"_s,
                 {purpose, name, row.version, row.envelope, toSql(now)})
        .map([](qint64) {});
}

Result<bool> VaultRepository::remove(Transaction &tx, const QString &purpose, const QString &name) const
{
    return tx.execute(u"DELETE FROM vault_item WHERE purpose = ? AND name = ?"_s, {purpose, name})
        .map([](qint64 rows) { return rows > 0; });
}

}
