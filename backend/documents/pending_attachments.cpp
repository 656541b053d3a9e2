#include "backend/documents/pending_attachments.h"

#include "backend/base/fail.h"
#include "backend/language/document.h"
#include "backend/language/tree_text.h"

#include <QDir>
#include <QLoggingCategory>
#include <QPointer>
#include <QTimer>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    Q_LOGGING_CATEGORY(attachmentsLog, "fb.documents")

    const QString kFetchedFiles = u"fetch-*"_s; // of AttachmentFetch
    constexpr int kThreads = 3; // so many servers may be slow at once
    constexpr qsizetype kMostReason = 1000; // characters

    bool isPending(const StoredVersion &version)
    {
        return version.status == u"Creating"_s || version.status == u"Updating"_s;
    }

    Tree treeOf(const StoredVersion &version, const QByteArray &content)
    {
        const auto parsed
            = version.format == u"YAML"_s ? parseYaml(viewOf(content)) : parseJson(viewOf(content));
        return parsed ? *parsed : Tree::map(); // plain text names no checksums
    }
}

PendingAttachments::PendingAttachments(const DocumentAttachments::Collaborators &with,
                                       const DocumentAttachments &attachments, DocumentJournal &journal,
                                       QObject *parent)
    : QObject(parent),
      m_with(with),
      m_attachments(attachments),
      m_journal(journal)
{
    m_pool.setMaxThreadCount(kThreads);
}

PendingAttachments::~PendingAttachments()
{
    m_turn.close();
    m_running.clear();
    for (AttachmentFetch *each :
         findChildren<AttachmentFetch *>(Qt::FindDirectChildrenOnly)) { // those that ended, too
        each->disconnect(this);
        delete each;
    }
    m_pool.waitForDone();
}

Result<void> PendingAttachments::add(Transaction &tx, const StoredVersion &version,
                                     const QList<AttachmentsSource> &sources)
{
    const DocumentFetch fetch {.document = version.name,
                               .version = version.version,
                               .startedAt = version.createdAt,
                               .sources = sources};
    if (auto inserted = m_fetches.insert(tx, fetch); !inserted)
        return inserted;
    tx.onCommitted([this, fetch] { begin(fetch); });
    return {};
}

Result<void> PendingAttachments::takeUp()
{
    const auto left = m_fetches.all(m_with.database.reader());
    if (!left)
        return left.error();
    QDir folder(m_with.database.dataDir());
    const QStringList files
        = folder.entryList({kFetchedFiles}, QDir::Files); // where none can be without a name
    for (const QString &file : files)
        folder.remove(file);
    for (const DocumentFetch &fetch : *left)
        begin(fetch);
    return {};
}

void PendingAttachments::versionsGone()
{
    const QList<AttachmentFetch *> running = m_running;
    for (AttachmentFetch *each : running) {
        const auto isOpen = m_fetches.isOpen(m_with.database.reader(), each->what());
        if (isOpen && !*isOpen) {
            m_running.removeOne(each);
            each->disconnect(this);
            each->deleteLater();
        }
    }
}

void PendingAttachments::begin(const DocumentFetch &fetch)
{
    const auto reach = m_attachments.s3Reach();
    const auto kept = m_files.of(m_with.database.reader(), fetch.document, fetch.version);
    if (!reach || !kept || !m_with.artifacts || fetch.sources.isEmpty()) {
        const Error why = !reach ? reach.error()
            : !kept              ? kept.error()
                    : qtError(errors::kInternal, u"The sources of the attachments are not known any more."_s);
        QTimer::singleShot(0, this,
                           [this, fetch, why] { ended(fetch, Result<QList<AttachmentContent>>(why)); });
        return;
    }
    auto *running
        = new AttachmentFetch({m_with.database, *m_with.artifacts, m_with.clock, m_pool, m_turn, m_limits},
                              fetch, kMostAttachments - kept->size(), *reach, this);
    m_running.append(running);
    connect(running, &AttachmentFetch::ended, this,
            [this, running](const Result<QList<AttachmentContent>> &files) {
                m_running.removeOne(running);
                running->deleteLater();
                ended(running->what(), files);
            });
    QTimer::singleShot(0, running, &AttachmentFetch::begin); // a commit is under way
}

void PendingAttachments::ended(const DocumentFetch &fetch, const Result<QList<AttachmentContent>> &files)
{
    const auto kept = m_with.database.write([&](Transaction &tx) { return settle(tx, fetch, files); });
    if (!kept) {
        qCWarning(attachmentsLog) << "the end of a fetch was not stored:" << kept.error().message.c_str();
        return endAgain(fetch, files);
    }
    m_with.database.whenCommitted([self = QPointer(this), fetch, files](const Result<void> &batch) {
        if (self && !batch)
            self->endAgain(fetch, files);
    });
}

void PendingAttachments::endAgain(const DocumentFetch &fetch, const Result<QList<AttachmentContent>> &files)
{
    QTimer::singleShot(m_limits.settleAgain, this, [this, fetch, files] { ended(fetch, files); });
}

// Why the version cannot have these files; empty: it can.
Result<QString> PendingAttachments::faultOf(Reader &reader, const StoredVersion &version,
                                            const QList<AttachmentContent> &files) const
{
    const auto content = m_versions.content(reader, version.hash);
    if (!content)
        return content.error();
    return DocumentAttachments::faultOf(files, treeOf(version, content->value_or(QByteArray())));
}

Result<void> PendingAttachments::settle(Transaction &tx, const DocumentFetch &fetch,
                                        const Result<QList<AttachmentContent>> &files)
{
    const auto isOpen = m_fetches.isOpen(tx, fetch);
    const auto found = m_versions.version(tx, fetch.document, fetch.version);
    if (!isOpen || !found)
        return !isOpen ? isOpen.error() : found.error();
    if (!*isOpen || !*found || !isPending(**found)) // deleted meanwhile, or another engine was faster
        return {};
    StoredVersion version = **found;
    const auto before = m_files.of(tx, version.name, version.version);
    if (!before)
        return before.error();
    const auto fault
        = files ? faultOf(tx, version, *before + *files) : Result<QString>(toQString(files.error().message));
    if (!fault)
        return fault.error();
    const QString was = version.status;
    version.statusInformation = fault->left(kMostReason);
    version.status = fault->isEmpty() ? u"Active"_s : u"Failed"_s;
    Result<void> kept;
    if (fault->isEmpty()) { // a Failed one keeps those it had before: the next version is made from them
        for (const AttachmentContent &file : *files) { // whose rows were lost if their batch was
            if (kept)
                kept = m_files.putFile(tx, file.hash, file.size, m_with.clock.now());
        }
        if (kept)
            kept = m_files.insert(tx, version.name, version.version, *files);
    }
    if (kept)
        kept = m_versions.setStatus(tx, version);
    if (kept)
        kept = m_fetches.remove(tx, fetch);
    if (!kept)
        return kept;
    tx.onCommitted([this, name = version.name] { emit settled(name); });
    QJsonObject diff {{u"Status"_s, QJsonObject {{u"from"_s, was}, {u"to"_s, version.status}}}};
    if (!fault->isEmpty())
        diff.insert(u"StatusInformation"_s, version.statusInformation);
    return m_journal.record(tx, enginePrincipal(),
                            was == u"Creating"_s ? DocumentChange::Create : DocumentChange::Update, version,
                            diff);
}

}
