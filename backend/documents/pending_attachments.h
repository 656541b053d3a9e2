#pragma once
// Versions that are Creating or Updating while their attachments are fetched, and what becomes of them: Active, or Failed with the reason
// (spec/documents.md 2.2, 3.7). They are in the store, so that an engine that was killed goes on. Used by DocumentService. Engine thread.

#include "backend/documents/attachment_fetch.h"
#include "backend/documents/document_attachments.h"
#include "backend/documents/document_journal.h"

namespace fb {

class PendingAttachments : public QObject
{
    Q_OBJECT

public:
    PendingAttachments(const DocumentAttachments::Collaborators &with, const DocumentAttachments &attachments,
                       DocumentJournal &journal, QObject *parent = nullptr);
    ~PendingAttachments() override;

    void setLimits(const AttachmentFetchLimits &limits) { m_limits = limits; }
    // Begins when the transaction is committed.
    Result<void> add(Transaction &tx, const StoredVersion &version, const QList<AttachmentsSource> &sources);
    Result<void> takeUp(); // at start: those an earlier run has left
    void versionsGone(); // after a commit: fetches for versions that were deleted end

signals:
    void settled(const QString &document); // a version is Active or Failed

private:
    void begin(const DocumentFetch &fetch);
    void ended(const DocumentFetch &fetch, const Result<QList<AttachmentContent>> &files);
    void endAgain(const DocumentFetch &fetch, const Result<QList<AttachmentContent>> &files); // later
    Result<void> settle(Transaction &tx, const DocumentFetch &fetch,
                        const Result<QList<AttachmentContent>> &files);
    Result<QString> faultOf(Reader &reader, const StoredVersion &version,
                            const QList<AttachmentContent> &files) const;

    DocumentAttachments::Collaborators m_with;
    const DocumentAttachments &m_attachments;
    DocumentJournal &m_journal;
    AttachmentFetchLimits m_limits;
    DocumentRepository m_versions;
    AttachmentRepository m_files;
    DocumentFetchRepository m_fetches;
    QThreadPool m_pool; // of its own: a server that answers slowly holds up nothing else
    StoringTurn m_turn;
    QList<AttachmentFetch *> m_running;
};

}
