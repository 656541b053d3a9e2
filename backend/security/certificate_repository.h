#pragma once
// The rows of every certificate issued. Used by CertificateRegistry. Thread: that of the Reader.

#include "backend/core/ids.h"
#include "backend/security/certificate.h"
#include "backend/store/transaction.h"

#include <QHash>

#include <optional>

namespace fb {

struct CertificateRow {
    QString serial;
    QString owner; // node id, or "engine"
    Instant notBefore {};
    Instant notAfter {};
    QString publicKeySha256;
    std::optional<Instant> revokedAt;
    QString revokedReason;
};

class CertificateRepository
{
public:
    Result<void> insert(Transaction &tx, const IssuedCertificate &certificate, const QString &owner) const;
    // All of the owner's that are not revoked yet; their serials.
    Result<QStringList> revoke(Transaction &tx, const QString &owner, const QString &reason,
                               Instant now) const;
    // Of those, the others that were not issued after `usedSerial`. Nothing when that one is unknown.
    Result<QStringList> revokeOlder(Transaction &tx, const QString &owner, const QString &usedSerial,
                                    const QString &reason, Instant now) const;
    Result<std::optional<CertificateRow>> find(Reader &reader, const QString &serial) const;
    Result<QList<CertificateRow>> ofOwner(Reader &reader, const QString &owner) const; // newest first
    // The end of each node's newest certificate that is not revoked.
    Result<QHash<QString, Instant>> ends(Reader &reader) const;
    Result<QStringList> revokedSerials(Reader &reader, Instant now) const; // that have not expired
    Result<qint64> removeExpired(Transaction &tx, Instant before) const;
};

}
