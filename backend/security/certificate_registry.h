#pragma once
// Every certificate issued, and which are revoked. The rows on the engine thread; DenyList on the I/O threads, which ask it after every
// handshake, resumed ones too (spec/security T04).

#include "backend/core/ids.h"
#include "backend/security/certificate_repository.h"
#include "backend/security/deny_list.h"
#include "backend/store/database.h"

#include <QObject>

#include <memory>

namespace fb {

class CertificateRegistry : public QObject
{
    Q_OBJECT

public:
    explicit CertificateRegistry(const Clock &clock) : m_clock(clock) { }

    Result<void> record(Transaction &tx, const IssuedCertificate &certificate, const QString &owner);
    // Takes effect on the deny list, and is told by revoked(), once committed. Unknown and revoked serials are left as they are.
    Result<void> revokeNode(Transaction &tx, const NodeId &node, const QString &reason); // all of the node's
    // After the first use of a renewed certificate: those of the node that are not newer than it. One that was issued and not used yet
    // stays: the node may have lost the answer, or may come back with either (fleet-manager B3.3).
    Result<void> revokeOlder(Transaction &tx, const NodeId &node, const QString &usedSerial,
                             const QString &reason);

    // A CA is retired: what it and those before it have signed.
    Result<void> revokeBelow(Transaction &tx, qint64 ca, const QString &reason);
    // Nodes that have come with a certificate of this CA: their first use of it has revoked the others.
    Result<QSet<QString>> ownersOnly(Reader &reader, qint64 ca) const
    {
        return m_rows.ownersOnly(reader, ca);
    }

    Result<std::optional<CertificateRow>> find(Reader &reader, const QString &serial) const;
    Result<QList<CertificateRow>> certificatesOf(Reader &reader, const QString &owner) const; // newest first
    // Reads the deny list anew: at start, and every 60 s where several engines share the store.
    Result<void> reload(Reader &reader);
    Result<qint64> prune(Transaction &tx, Instant expiredBefore); // the number of rows removed
    std::shared_ptr<const DenyList> denyList() const { return m_denyList; }

signals:
    void revoked(const QStringList &serials); // committed: drop live connections that use them

private:
    void deny(Transaction &tx, const QStringList &serials);

    const Clock &m_clock;
    CertificateRepository m_rows;
    std::shared_ptr<DenyList> m_denyList = std::make_shared<DenyList>();
};

}
