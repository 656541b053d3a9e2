#include "backend/engine/backup_stream.h"

#include "backend/base/fail.h"
#include "backend/security/access.h"
#include "backend/security/audit_log.h"
#include "backend/store/store_copy.h"

#include <QDir>
#include <QFile>
#include <QPointer>
#include <QStorageInfo>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr qint64 kStaysFree = 64 * 1024 * 1024;
    constexpr qint64 kMostHeadBytes = 1024;
    const QString kCopies = u"backups"_s;
    const QString kCopy = u"backups/online.db"_s;
}

BackupStream::BackupStream(Database &database, ArtifactStore &artifacts, const Access &access,
                           AuditLog &audit, JobThread &jobs, Principal who, QString file)
    : m_database(database),
      m_artifacts(artifacts),
      m_access(access),
      m_audit(audit),
      m_jobs(jobs),
      m_who(std::move(who)),
      m_file(std::move(file))
{
}

BackupStream::~BackupStream()
{
    if (!m_keeps)
        return;
    m_artifacts.letBytesGo();
    m_jobs.post([copy = m_database.dataDir() + u'/' + kCopy] { QFile::remove(copy); });
}

void BackupStream::receive(const QJsonObject &input)
{
    if (!std::exchange(m_started, true)) {
        if (auto begun = begin(); !begun)
            emit finished(begun.error());
        return;
    }
    if (input[u"Done"].toBool() && m_isCopied)
        emit finished(QJsonObject {});
}

Result<void> BackupStream::begin()
{
    if (auto allowed = m_access.check(m_who, actions::kBackUp); !allowed)
        return allowed;
    if (m_database.dialect() == Dialect::Postgres)
        return fail(
            errors::kValidation,
            u"This engine's store is in PostgreSQL. Back that up with pg_dump --format=custom, which has "
            "everything, artifacts too; and keep the master key."_s,
            u"data"_s);
    if (m_artifacts.keepsAllBytes())
        return fail(errors::kConflict, u"A backup is being made already."_s);
    const QString folder = m_database.dataDir() + u'/' + kCopies;
    const qint64 size = QFile(m_database.dataDir() + u"/flagbridge.db"_s).size();
    const qint64 free = QStorageInfo(m_database.dataDir()).bytesAvailable();
    if (free >= 0 && free < size + kStaysFree)
        return fail(errors::kServiceUnavailable,
                    u"The disk of %1 has %2 bytes free; the copy of the store needs %3."_s.arg(
                        m_database.dataDir(), QString::number(free), QString::number(size + kStaysFree)));
    if (!QDir().mkpath(folder))
        return fail(errors::kServiceUnavailable, u"The folder %1 for the copy cannot be made."_s.arg(folder));
    QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    m_artifacts.keepAllBytes();
    m_keeps = true;
    if (auto recorded = m_audit.record({.who = m_who,
                                        .action = QString::fromUtf8(actions::kBackUp.name()),
                                        .target = m_file.isEmpty() ? u"store"_s : m_file});
        !recorded)
        return recorded;
    m_database.whenCommitted([self = QPointer(this)](const Result<void> &committed) {
        if (!self)
            return;
        if (!committed)
            return emit self->finished(committed.error());
        // With the output that has come so far: its commands may be over.
        self->m_artifacts.whenStored([self] {
            if (self)
                self->copy();
        });
    });
    return {};
}

void BackupStream::copy()
{
    // Before the copy: an anchor that is newer than the rows would look as if they had been cut off.
    if (QFile head(m_database.dataDir() + u"/audit.head"_s); head.open(QIODevice::ReadOnly))
        m_auditHead = head.read(kMostHeadBytes);
    m_jobs.post([database = &m_database, folder = m_database.dataDir(), self = QPointer(this)] {
        QFile::remove(folder + u'/' + kCopy); // what an engine that was killed has left
        const Result<void> outcome = copyStore(folder, folder + u'/' + kCopy);
        QMetaObject::invokeMethod(
            database,
            [self, outcome] {
                if (self)
                    self->copied(outcome);
            },
            Qt::QueuedConnection);
    });
}

void BackupStream::copied(const Result<void> &outcome)
{
    if (!outcome)
        return emit finished(outcome.error());
    m_isCopied = true;
    emit event({{u"StoreFile"_s, kCopy}, {u"AuditHead"_s, QString::fromLatin1(m_auditHead.toBase64())}});
}

}
