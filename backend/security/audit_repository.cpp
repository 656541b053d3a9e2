#include "backend/security/audit_repository.h"

#include "backend/base/field_table.h"

#include <QJsonDocument>

#include <limits>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr auto kColumns
        = "sequence, at, who, role, source, action, target, result, diff"; // in the order that is hashed
    constexpr int kHashedColumns = 9;
    constexpr int kPruneRows = 10000;

    constexpr int kSearchedRows = 200'000;

    QString columns() { return QString::fromLatin1(kColumns); }

    QVariantList valuesOf(const AuditEntry &entry)
    {
        const QByteArray diff = entry.diff.isEmpty()
            ? QByteArray("{}")
            : QJsonDocument(entry.diff).toJson(QJsonDocument::Compact);
        return {entry.sequence, toSql(entry.at), entry.who.name, enumName(entry.who.role), entry.who.source,
                entry.action,   entry.target,    entry.result,   QString::fromUtf8(diff)};
    }

    AuditEntry entryOf(const Row &row)
    {
        AuditEntry entry;
        entry.sequence = row.integer(0);
        entry.at = row.instant(1);
        entry.who = {.name = row.text(2),
                     .role = enumNamed<Role>(row.text(3), u"role"_s).value_or(Role::Viewer),
                     .source = row.text(4)};
        entry.action = row.text(5);
        entry.target = row.text(6);
        entry.result = row.text(7);
        entry.diff = QJsonDocument::fromJson(row.text(8).toUtf8()).object();
        return entry;
    }
}

QList<QByteArray> AuditRepository::hashedColumns(const AuditEntry &entry)
{
    QList<QByteArray> out;
    const QVariantList values = valuesOf(entry);
    for (const QVariant &value : values)
        out.append(value.toString().toUtf8());
    return out;
}

Result<void> AuditRepository::insert(Transaction &tx, const QList<AuditEntry> &entries,
                                     const QList<QByteArray> &hashes) const
{
    QList<QVariantList> rows;
    for (qsizetype i = 0; i < entries.size(); ++i)
        rows.append(valuesOf(entries.at(i)) << QString::fromLatin1(hashes.at(i)));
    return tx.insertRows(u"audit_entry"_s, (columns() + u", hash"_s).split(u", "_s), rows).map([](qint64) {});
}

Result<QList<AuditEntry>> AuditRepository::entries(Reader &reader, qint64 before, int limit) const
{
    return reader.all(
        u"SELECT %1 FROM audit_entry WHERE sequence < ? ORDER BY sequence DESC LIMIT ?"_s.arg(columns()),
        {before > 0 ? before : std::numeric_limits<qint64>::max(), limit}, entryOf);
}

Result<QList<AuditEntry>> AuditRepository::about(Reader &reader, const QStringList &targets, int limit) const
{
    QVariantList values {kSearchedRows};
    for (const QString &target : targets)
        values.append(target);
    values.append(limit);
    return reader.all(
        u"SELECT %1 FROM audit_entry WHERE sequence > (SELECT coalesce(max(sequence), 0) FROM audit_entry) "
        "- ? AND target IN (%2) ORDER BY sequence DESC LIMIT ?"_s.arg(
            columns(), QStringList(targets.size(), u"?"_s).join(u", "_s)),
        values, entryOf);
}

Result<std::optional<AuditAnchor>> AuditRepository::placeOf(Reader &reader, qint64 sequence) const
{
    return reader.one(u"SELECT sequence, hash FROM audit_entry WHERE sequence = ?"_s, {sequence},
                      [](const Row &row) {
                          return AuditAnchor {.sequence = row.integer(0), .hash = row.text(1).toLatin1()};
                      });
}

Result<qint64> AuditRepository::count(Reader &reader) const
{
    return reader.number(
        u"SELECT coalesce((SELECT max(sequence) FROM audit_entry) - (SELECT min(sequence) FROM audit_entry) "
        "+ 1, 0)"_s);
}

Result<int> AuditRepository::eachRow(Reader &reader, qint64 after,
                                     const std::function<void(const AuditRow &)> &fn) const
{
    return reader.each(
        u"SELECT %1, hash FROM audit_entry WHERE sequence > ? ORDER BY sequence"_s.arg(columns()), {after},
        [&fn](const Row &row) {
            AuditRow found {
                .hashed = {}, .sequence = row.integer(0), .hash = row.text(kHashedColumns).toLatin1()};
            for (int column = 0; column < kHashedColumns; ++column)
                found.hashed.append(row.text(column).toUtf8());
            fn(found);
        });
}

Result<std::optional<AuditRepository::StoredAnchor>> AuditRepository::anchor(Reader &reader,
                                                                             const QString &name) const
{
    return reader.one(
        u"SELECT sequence, hash, mac FROM audit_anchor WHERE name = ?"_s, {name}, [](const Row &row) {
            return StoredAnchor {.anchor = {.sequence = row.integer(0), .hash = row.text(1).toLatin1()},
                                 .mac = row.text(2).toLatin1()};
        });
}

Result<void> AuditRepository::setAnchor(Transaction &tx, const QString &name,
                                        const StoredAnchor &stored) const
{
    return tx
        .execute(
            u"INSERT INTO audit_anchor (name, sequence, hash, mac) VALUES (?, ?, ?, ?) ON CONFLICT (name) DO "
            "UPDATE SET sequence = excluded.sequence, hash = excluded.hash, mac = excluded.mac"_s,
            {name, stored.anchor.sequence, QString::fromLatin1(stored.anchor.hash),
             QString::fromLatin1(stored.mac)})
        .map([](qint64) {});
}

Result<std::optional<AuditAnchor>> AuditRepository::lastBefore(Reader &reader, Instant before) const
{
    return reader.one(
        u"SELECT sequence, hash FROM (SELECT sequence, hash, at FROM audit_entry ORDER BY sequence LIMIT ?) "
        "AS oldest WHERE at < ? ORDER BY sequence DESC LIMIT 1"_s,
        {kPruneRows, toSql(before)}, [](const Row &row) {
            return AuditAnchor {.sequence = row.integer(0), .hash = row.text(1).toLatin1()};
        });
}

Result<qint64> AuditRepository::removeUpTo(Transaction &tx, qint64 sequence) const
{
    return tx.execute(u"DELETE FROM audit_entry WHERE sequence <= ?"_s, {sequence});
}

}
