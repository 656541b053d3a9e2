#include "backend/security/audit_service.h"

#include "backend/base/fail.h"
#include "backend/base/on_result.h"
#include "backend/security/actions.h"

#include <QPointer>

namespace fb {

using namespace Qt::StringLiterals;

AuditService::AuditService(Database &database, AuditLog &log, const Access &access, QObject *parent)
    : QObject(parent),
      m_database(database),
      m_log(log),
      m_access(access)
{
    m_log.setAppendedHandler([self = QPointer<AuditService>(this)](const QList<AuditEntry> &entries) {
        if (self)
            emit self->entriesAppended(entries);
    });
}

QFuture<Result<QList<AuditEntry>>> AuditService::listEntries(const Principal &who, qint64 before,
                                                             int limit) const
{
    if (auto allowed = m_access.check(who, actions::kReadAuditLog); !allowed)
        return readyResult(Result<QList<AuditEntry>>(allowed.error()));
    if (limit < 1 || limit > kMostEntries)
        return readyResult(Result<QList<AuditEntry>>(qtError(
            errors::kValidation, u"MaxResults is %1; it must be 1 to %2."_s.arg(limit).arg(kMostEntries),
            u"MaxResults"_s)));
    return m_database.read(
        [this, before, limit](Reader &reader) { return m_log.entries(reader, before, limit); });
}

QFuture<Result<AuditVerdict>> AuditService::verify(const Principal &who)
{
    if (auto allowed = m_access.check(who, actions::kReadAuditLog); !allowed)
        return readyResult(Result<AuditVerdict>(allowed.error()));
    QFuture<Result<AuditVerdict>> verdict
        = m_database.read([this](Reader &reader) { return m_log.verify(reader); });
    onResult(verdict, this, [this, who](const Result<AuditVerdict> &found) {
        if (!found)
            return;
        AuditEntry entry {
            .who = who, .action = QString::fromUtf8(actions::kReadAuditLog.name()), .target = u"audit log"_s};
        entry.diff = {{u"Verified"_s, found->entries}, {u"Intact"_s, found->intact}};
        if (!found->intact)
            entry.diff.insert(u"FirstBad"_s, found->firstBad);
        static_cast<void>(m_log.record(entry)); // the verdict stands without it
    });
    return verdict;
}

}
