#include "backend/security/certificate_registry.h"

#include "backend/base/qt_text.h"

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    CertificateRow rowOf(const Row &row)
    {
        return {.serial = row.text(0),
                .owner = row.text(1),
                .notBefore = row.instant(2),
                .notAfter = row.instant(3),
                .publicKeySha256 = row.text(4),
                .revokedAt = row.instantIfAny(5),
                .revokedReason = row.text(6)};
    }
}

DenyList::Serials DenyList::snapshot() const
{
    const std::lock_guard lock(m_mutex);
    return m_serials;
}

bool DenyList::isRevoked(const std::string &serial) const { return snapshot()->contains(serial); }

size_t DenyList::size() const { return snapshot()->size(); }

void DenyList::set(std::unordered_set<std::string> serials)
{
    Serials fresh = std::make_shared<std::unordered_set<std::string>>(std::move(serials));
    const std::lock_guard lock(m_mutex);
    m_serials = std::move(fresh);
}

void DenyList::add(const QStringList &serials)
{
    auto more = *snapshot();
    for (const QString &serial : serials)
        more.insert(toStd(serial));
    set(std::move(more));
}

Result<void> CertificateRegistry::record(Transaction &tx, const IssuedCertificate &certificate,
                                         const QString &owner)
{
    return tx
        .execute(
            u"INSERT INTO certificate (serial, owner, not_before, not_after, public_key_sha256) VALUES (?, ?, ?, ?, ?)"_s,
            {certificate.serial, owner, toSql(certificate.notBefore), toSql(certificate.notAfter),
             certificate.publicKeySha256})
        .map([](qint64) {});
}

Result<void> CertificateRegistry::revokeWhere(Transaction &tx, const QString &condition,
                                              const QVariantList &binds, const QString &reason)
{
    const auto serials = tx.all(
        u"UPDATE certificate SET revoked_at = ?, revoked_reason = ? WHERE revoked_at IS NULL AND "_s
            + condition + u" RETURNING serial"_s,
        QVariantList {toSql(m_clock.now()), reason} + binds, [](const Row &row) { return row.text(0); });
    if (!serials)
        return serials.error();
    if (!serials->isEmpty())
        tx.onCommitted([this, revokedSerials = QStringList(*serials)] {
            m_denyList->add(revokedSerials);
            emit revoked(revokedSerials);
        });
    return {};
}

Result<void> CertificateRegistry::revokeNode(Transaction &tx, const NodeId &node, const QString &reason)
{
    return revokeWhere(tx, u"owner = ?"_s, {toSql(node)}, reason);
}

Result<void> CertificateRegistry::revokeOthers(Transaction &tx, const NodeId &node, const QString &keptSerial,
                                               const QString &reason)
{
    return revokeWhere(tx, u"owner = ? AND serial <> ?"_s, {toSql(node), keptSerial}, reason);
}

Result<QList<CertificateRow>> CertificateRegistry::certificatesOf(Reader &reader, const QString &owner) const
{
    return reader.all(
        u"SELECT serial, owner, not_before, not_after, public_key_sha256, revoked_at, revoked_reason "
        "FROM certificate WHERE owner = ? ORDER BY not_after DESC, serial"_s,
        {owner}, rowOf);
}

Result<void> CertificateRegistry::reload(Reader &reader)
{
    std::unordered_set<std::string> serials;
    auto read = reader.each(
        u"SELECT serial FROM certificate WHERE revoked_at IS NOT NULL AND not_after > ?"_s,
        {toSql(m_clock.now())}, [&serials](const Row &row) { serials.insert(toStd(row.text(0))); });
    if (!read)
        return read.error();
    m_denyList->set(std::move(serials));
    return {};
}

Result<qint64> CertificateRegistry::prune(Transaction &tx, Instant expiredBefore)
{
    return tx.execute(u"DELETE FROM certificate WHERE not_after < ?"_s, {toSql(expiredBefore)});
}

}
