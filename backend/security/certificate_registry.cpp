#include "backend/security/certificate_registry.h"

#include "backend/base/qt_text.h"

namespace fb {

Result<void> CertificateRegistry::record(Transaction &tx, const IssuedCertificate &certificate,
                                         const QString &owner)
{
    return m_rows.insert(tx, certificate, owner);
}

void CertificateRegistry::deny(Transaction &tx, const QStringList &serials)
{
    if (serials.isEmpty())
        return;
    tx.onCommitted([this, serials] {
        m_denyList->add(serials);
        emit revoked(serials);
    });
}

Result<void> CertificateRegistry::revokeNode(Transaction &tx, const NodeId &node, const QString &reason)
{
    const auto serials = m_rows.revoke(tx, toQString(node), reason, m_clock.now());
    if (!serials)
        return serials.error();
    deny(tx, *serials);
    return {};
}

Result<void> CertificateRegistry::revokeOlder(Transaction &tx, const NodeId &node, const QString &usedSerial,
                                              const QString &reason)
{
    const auto serials = m_rows.revokeOlder(tx, toQString(node), usedSerial, reason, m_clock.now());
    if (!serials)
        return serials.error();
    deny(tx, *serials);
    return {};
}

Result<void> CertificateRegistry::revokeBelow(Transaction &tx, qint64 ca, const QString &reason)
{
    const auto serials = m_rows.revokeBelow(tx, ca, reason, m_clock.now());
    if (!serials)
        return serials.error();
    deny(tx, *serials);
    return {};
}

Result<std::optional<CertificateRow>> CertificateRegistry::find(Reader &reader, const QString &serial) const
{
    return m_rows.find(reader, serial);
}

Result<QList<CertificateRow>> CertificateRegistry::certificatesOf(Reader &reader, const QString &owner) const
{
    return m_rows.ofOwner(reader, owner);
}

Result<void> CertificateRegistry::reload(Reader &reader)
{
    const auto revokedNow = m_rows.revokedSerials(reader, m_clock.now());
    if (!revokedNow)
        return revokedNow.error();
    std::unordered_set<std::string> serials;
    for (const QString &serial : *revokedNow)
        serials.insert(toStd(serial));
    m_denyList->set(std::move(serials));
    return {};
}

Result<qint64> CertificateRegistry::prune(Transaction &tx, Instant expiredBefore)
{
    return m_rows.removeExpired(tx, expiredBefore);
}

}
