#pragma once
// Reading the audit log, for those who may: newest first by pages, live, and its chain verified. Reads run on the read pool. Engine thread.

#include "backend/security/access.h"
#include "backend/security/audit_log.h"

#include <QFuture>
#include <QObject>

#include <optional>

namespace fb {

class AuditService : public QObject
{
    Q_OBJECT
public:
    static constexpr int kMostEntries = 500; // a page

    AuditService(Database &database, AuditLog &log, const Access &access, QObject *parent = nullptr);

    // Newest first, below `before` (0: from the newest). AccessDeniedException; ValidationException for a limit that is not 1 to 500.
    QFuture<Result<QList<AuditEntry>>> listEntries(const Principal &who, qint64 before, int limit) const;
    // Reads the whole log. Audited itself, with its verdict. `progress` is called on the thread that reads.
    QFuture<Result<AuditVerdict>> verify(const Principal &who, const AuditLog::Progress &progress = {});
    // A moment after the start, of the newest 100,000 entries. What is wrong is logged, audited and told by foundBroken().
    void verifySoon();
    static constexpr qint64 kVerifiedAtStart = 100'000;
    void verifyNewest();
    // What the last check found, if that was wrong.
    const std::optional<AuditVerdict> &brokenAt() const { return m_brokenAt; }

signals:
    void foundBroken(const fb::AuditVerdict &verdict);
    void entriesAppended(const QList<fb::AuditEntry> &entries); // committed, oldest first; of this engine

private:
    Database &m_database;
    AuditLog &m_log;
    const Access &m_access;
    std::optional<AuditVerdict> m_brokenAt;
};

}
