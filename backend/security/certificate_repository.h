#pragma once
// The rows of every certificate issued. Used by CertificateRegistry. Thread: that of the Reader.

#include "backend/core/ids.h"
#include "backend/security/certificate.h"
#include "backend/store/transaction.h"

#include <QHash>
#include <QSet>

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
    qint64 ca = 1; // the number of the CA that signed it
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
    // All that an earlier CA than this one signed.
    Result<QStringList> revokeBelow(Transaction &tx, qint64 ca, const QString &reason, Instant now) const;
    // Who has certificates of this CA, or a later one, and no others that are not revoked.
    Result<QSet<QString>> ownersOnly(Reader &reader, qint64 ca) const;
    Result<std::optional<CertificateRow>> find(Reader &reader, const QString &serial) const;
    Result<QList<CertificateRow>> ofOwner(Reader &reader, const QString &owner) const; // newest first
    // The end of each node's newest certificate that is not revoked.
    Result<QHash<QString, Instant>> ends(Reader &reader) const;
    Result<QStringList> revokedSerials(Reader &reader, Instant now) const; // that have not expired
    Result<qint64> removeExpired(Transaction &tx, Instant before) const;
    Result<QHash<QString, CertificateRow>> all(Reader &reader) const; // by serial
    // Of a store that this one takes the place of: those that are unknown here are kept, those revoked there are revoked here.
    Result<void> carryOver(Transaction &tx, const QList<CertificateRow> &rows) const;
};

}
