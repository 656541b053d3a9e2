#include "models/shared/audit/audit_feed.h"

#include "backend/base/on_result.h"
#include "backend/core/text_safety.h"
#include "backend/security/audit_service.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QPointer>

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    using Entries = Result<QList<AuditEntry>>;

    AuditVerification verificationOf(const AuditVerdict &verdict)
    {
        return {.intact = verdict.intact,
                .entries = verdict.entries,
                .firstBad = verdict.firstBad,
                .problem = verdict.problem,
                .error = {}};
    }

    // Targets may hold what strangers sent (security U04).
    QString shown(const QString &text) { return toQString(withVisibleEscapes(toStd(text))); }

    AuditLogRow rowOf(const AuditEntry &entry)
    {
        return {.sequence = entry.sequence,
                .at = entry.at,
                .who = shown(entry.who.name),
                .role = enumName(entry.who.role),
                .source = shown(entry.who.source),
                .action = shown(entry.action),
                .target = shown(entry.target),
                .result = shown(entry.result),
                .diff = entry.diff.isEmpty()
                    ? QString()
                    : shown(QString::fromUtf8(QJsonDocument(entry.diff).toJson(QJsonDocument::Indented)))};
    }
}

AuditFeed::AuditFeed(EngineThread &engine, QObject *parent) : QObject(parent), m_engine(engine) { }

void AuditFeed::start(News news)
{
    m_news = std::move(news);
    if (!std::exchange(m_isFollowing, true)) {
        const auto followed = m_engine.post([this](Engine &engine) -> Result<void> {
            connect(&engine.audit(), &AuditService::entriesAppended, this, &AuditFeed::take);
            connect(&engine.audit(), &AuditService::foundBroken, this, [this](const AuditVerdict &verdict) {
                if (m_broken)
                    m_broken(verificationOf(verdict));
            });
            return {};
        });
        onResult(followed, this, [](const Result<void> &) {});
    }
    readBefore(0);
}

void AuditFeed::readOlder() { readBefore(m_oldest); }

void AuditFeed::readBefore(qint64 sequence)
{
    const auto asked = m_engine.post([sequence](Engine &engine) -> Result<QFuture<Entries>> {
        return engine.audit().listEntries(engine.atConsole(), sequence, AuditService::kMostEntries);
    });
    onResult(asked, this, [this](const Result<QFuture<Entries>> &future) {
        if (!future)
            return m_news.failed(shownErrorOf(future.error()));
        onResult(*future, this, [this](const Entries &entries) {
            if (!entries)
                return m_news.failed(shownErrorOf(entries.error()));
            take(*entries);
            m_news.complete(entries->size() == AuditService::kMostEntries);
        });
    });
}

void AuditFeed::take(const QList<AuditEntry> &entries)
{
    QList<AuditLogRow> rows;
    rows.reserve(entries.size());
    for (const AuditEntry &entry : entries) {
        rows << rowOf(entry);
        m_oldest = m_oldest == 0 ? entry.sequence : std::min(m_oldest, entry.sequence);
    }
    m_news.arrived(rows);
}

void AuditFeed::verify(std::function<void(qint64, qint64)> progress, Verified done)
{
    const auto told = [self = QPointer(this), progress](qint64 read, qint64 all) { // on the thread that reads
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [self, progress, read, all] {
                if (self)
                    progress(read, all);
            },
            Qt::QueuedConnection);
    };
    const auto asked = m_engine.post([told](Engine &engine) -> Result<QFuture<Result<AuditVerdict>>> {
        return engine.audit().verify(engine.atConsole(), told);
    });
    onResult(asked, this, [this, done](const Result<QFuture<Result<AuditVerdict>>> &future) {
        if (!future)
            return done({.error = shownErrorOf(future.error())});
        onResult(*future, this, [done](const Result<AuditVerdict> &verdict) {
            if (!verdict)
                return done({.error = shownErrorOf(verdict.error())});
            done(verificationOf(*verdict));
        });
    });
}

}
