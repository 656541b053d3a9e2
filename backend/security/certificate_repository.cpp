#include "backend/security/certificate_repository.h"

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    const QString kSelect = u"SELECT serial, owner, not_before, not_after, public_key_sha256, revoked_at, "
                            "revoked_reason, ca_number FROM certificate "_s;

    CertificateRow rowOf(const Row &row)
    {
        return {.serial = row.text(0),
                .owner = row.text(1),
                .notBefore = row.instant(2),
                .notAfter = row.instant(3),
                .publicKeySha256 = row.text(4),
                .revokedAt = row.instantIfAny(5),
                .revokedReason = row.text(6),
                .ca = row.integer(7)};
    }

    QString serialOfRow(const Row &row) { return row.text(0); }
}

Result<void> CertificateRepository::insert(Transaction &tx, const IssuedCertificate &certificate,
                                           const QString &owner) const
{
    return tx
        .execute(u"INSERT INTO certificate (serial, owner, not_before, not_after, public_key_sha256, "
                 "ca_number) VALUES (?, ?, ?, ?, ?, ?)"_s,
                 {certificate.serial, owner, toSql(certificate.notBefore), toSql(certificate.notAfter),
                  certificate.publicKeySha256, certificate.ca})
        .map([](qint64) {});
}

Result<QStringList> CertificateRepository::revoke(Transaction &tx, const QString &owner,
                                                  const QString &reason, Instant now) const
{
    return tx
        .all(u"UPDATE certificate SET revoked_at = ?, revoked_reason = ? WHERE revoked_at IS NULL AND owner "
             u"= ? RETURNING serial"_s,
             {toSql(now), reason, owner}, serialOfRow)
        .map([](const QList<QString> &serials) { return QStringList(serials); });
}

Result<QStringList> CertificateRepository::revokeOlder(Transaction &tx, const QString &owner,
                                                       const QString &usedSerial, const QString &reason,
                                                       Instant now) const
{
    return tx
        .all(u"UPDATE certificate SET revoked_at = ?, revoked_reason = ? WHERE revoked_at IS NULL AND owner "
             u"= ? AND serial <> ? AND not_before <= (SELECT used.not_before FROM certificate used WHERE "
             u"used.serial = ?) RETURNING serial"_s,
             {toSql(now), reason, owner, usedSerial, usedSerial}, serialOfRow)
        .map([](const QList<QString> &serials) { return QStringList(serials); });
}

Result<QStringList> CertificateRepository::revokeBelow(Transaction &tx, qint64 ca, const QString &reason,
                                                       Instant now) const
{
    return tx
        .all(u"UPDATE certificate SET revoked_at = ?, revoked_reason = ? WHERE revoked_at IS NULL AND "
             u"ca_number < ? RETURNING serial"_s,
             {toSql(now), reason, ca}, serialOfRow)
        .map([](const QList<QString> &serials) { return QStringList(serials); });
}

Result<QSet<QString>> CertificateRepository::ownersOnly(Reader &reader, qint64 ca) const
{
    QSet<QString> owners;
    return reader
        .each(u"SELECT owner FROM certificate WHERE revoked_at IS NULL GROUP BY owner HAVING "
              u"min(ca_number) >= ?"_s,
              {ca}, [&](const Row &row) { owners.insert(row.text(0)); })
        .map([&](int) { return owners; });
}

Result<std::optional<CertificateRow>> CertificateRepository::find(Reader &reader, const QString &serial) const
{
    return reader.one(kSelect + u"WHERE serial = ?"_s, {serial}, rowOf);
}

Result<QList<CertificateRow>> CertificateRepository::ofOwner(Reader &reader, const QString &owner) const
{
    return reader.all(kSelect + u"WHERE owner = ? ORDER BY not_after DESC, serial"_s, {owner}, rowOf);
}

Result<QHash<QString, Instant>> CertificateRepository::ends(Reader &reader) const
{
    QHash<QString, Instant> ends;
    return reader
        .each(u"SELECT owner, max(not_after) FROM certificate WHERE revoked_at IS NULL GROUP BY owner"_s, {},
              [&](const Row &row) { ends.insert(row.text(0), row.instant(1)); })
        .map([&](int) { return ends; });
}

Result<QStringList> CertificateRepository::revokedSerials(Reader &reader, Instant now) const
{
    return reader
        .all(u"SELECT serial FROM certificate WHERE revoked_at IS NOT NULL AND not_after > ?"_s, {toSql(now)},
             serialOfRow)
        .map([](const QList<QString> &serials) { return QStringList(serials); });
}

Result<qint64> CertificateRepository::removeExpired(Transaction &tx, Instant before) const
{
    return tx.execute(u"DELETE FROM certificate WHERE not_after < ?"_s, {toSql(before)});
}

Result<QHash<QString, CertificateRow>> CertificateRepository::all(Reader &reader) const
{
    QHash<QString, CertificateRow> rows;
    return reader
        .each(kSelect, {},
              [&](const Row &row) {
                  const CertificateRow found = rowOf(row);
                  rows.insert(found.serial, found);
              })
        .map([&](int) { return rows; });
}

Result<void> CertificateRepository::carryOver(Transaction &tx, const QList<CertificateRow> &rows) const
{
    QList<QVariantList> values;
    values.reserve(rows.size());
    for (const CertificateRow &row : rows)
        values.append({row.serial, row.owner, toSql(row.notBefore), toSql(row.notAfter), row.publicKeySha256,
                       toSql(row.revokedAt), row.revokedAt ? QVariant(row.revokedReason) : QVariant(),
                       row.ca});
    return tx
        .insertRows(u"certificate"_s,
                    {u"serial"_s, u"owner"_s, u"not_before"_s, u"not_after"_s, u"public_key_sha256"_s,
                     u"revoked_at"_s, u"revoked_reason"_s, u"ca_number"_s},
                    values,
                    u"ON CONFLICT (serial) DO UPDATE SET "
                    "revoked_reason = CASE WHEN certificate.revoked_at IS NULL THEN excluded.revoked_reason "
                    "ELSE certificate.revoked_reason END, "
                    "revoked_at = coalesce(certificate.revoked_at, excluded.revoked_at)"_s)
        .map([](qint64) {});
}

}
