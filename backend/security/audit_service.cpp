#include "backend/security/audit_service.h"

#include "backend/base/fail.h"
#include "backend/base/on_result.h"
#include "backend/security/actions.h"

#include <QLoggingCategory>
#include <QPointer>
#include <QTimer>

namespace fb {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

Q_LOGGING_CATEGORY(auditServiceLog, "fb.audit")

namespace {
    constexpr auto kAfterTheStart = 5s; // which has better things to do
}

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

QFuture<Result<AuditVerdict>> AuditService::verify(const Principal &who, const AuditLog::Progress &progress)
{
    if (auto allowed = m_access.check(who, actions::kReadAuditLog); !allowed)
        return readyResult(Result<AuditVerdict>(allowed.error()));
    QFuture<Result<AuditVerdict>> verdict
        = m_database.read([this, progress](Reader &reader) { return m_log.verify(reader, progress); });
    onResult(verdict, this, [this, who](const Result<AuditVerdict> &found) {
        if (!found)
            return;
        m_brokenAt = found->intact ? std::nullopt : std::optional(*found);
        AuditEntry entry {
            .who = who, .action = QString::fromUtf8(actions::kReadAuditLog.name()), .target = u"audit log"_s};
        entry.diff = {{u"Verified"_s, found->entries}, {u"Intact"_s, found->intact}};
        if (!found->intact)
            entry.diff.insert(u"FirstBad"_s, found->firstBad);
        static_cast<void>(m_log.record(entry)); // the verdict stands without it
    });
    return verdict;
}

void AuditService::verifySoon() { QTimer::singleShot(kAfterTheStart, this, &AuditService::verifyNewest); }

void AuditService::verifyNewest()
{
    const QFuture<Result<AuditVerdict>> verdict
        = m_database.read([this](Reader &reader) { return m_log.verifyNewest(reader, kVerifiedAtStart); });
    onResult(verdict, this, [this](const Result<AuditVerdict> &found) {
        if (!found || found->intact) {
            if (!found)
                qCWarning(auditServiceLog)
                    << "the audit log was not verified:" << found.error().message.c_str();
            return;
        }
        qCCritical(auditServiceLog).noquote()
            << "the audit log breaks at entry" << found->firstBad << ":" << found->problem;
        m_brokenAt = *found;
        static_cast<void>(
            m_log.record({.who = enginePrincipal(),
                          .action = u"flagbridge:AuditLogBroken"_s,
                          .target = u"audit log"_s,
                          .result = u"Failed"_s,
                          .diff = {{u"FirstBad"_s, found->firstBad}, {u"Problem"_s, found->problem}}}));
        emit foundBroken(*found);
    });
}

}
