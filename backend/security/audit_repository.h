#pragma once
// The audit log's rows. Used by AuditLog only. Thread: that of the Reader.

#include "backend/security/audit_entry.h"
#include "backend/store/transaction.h"

#include <functional>
#include <optional>

namespace fb {

struct AuditRow {
    QList<QByteArray> hashed; // the columns that go into the hash, in their order, as text
    qint64 sequence = 0;
    QByteArray hash;
};

class AuditRepository
{
public:
    static QList<QByteArray> hashedColumns(const AuditEntry &entry);

    Result<void> insert(Transaction &tx, const QList<AuditEntry> &entries,
                        const QList<QByteArray> &hashes) const;
    Result<QList<AuditEntry>> entries(Reader &reader, qint64 before, int limit) const; // newest first
    // Of the newest 200,000 entries those whose target is exactly one of these, newest first.
    Result<QList<AuditEntry>> about(Reader &reader, const QStringList &targets, int limit) const;
    // Those above `after`, oldest first.
    Result<int> eachRow(Reader &reader, qint64 after, const std::function<void(const AuditRow &)> &fn) const;
    Result<std::optional<AuditAnchor>> placeOf(Reader &reader, qint64 sequence) const; // of a row
    Result<qint64> count(Reader &reader) const; // from the oldest number to the newest

    struct StoredAnchor {
        AuditAnchor anchor;
        QByteArray mac;
    };
    Result<std::optional<StoredAnchor>> anchor(Reader &reader, const QString &name) const;
    Result<void> setAnchor(Transaction &tx, const QString &name, const StoredAnchor &stored) const;

    // The newest entry older than `before`, of the oldest 10,000.
    Result<std::optional<AuditAnchor>> lastBefore(Reader &reader, Instant before) const;
    Result<qint64> removeUpTo(Transaction &tx, qint64 sequence) const;
};

}
