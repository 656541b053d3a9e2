#pragma once
// The document store's rules: AWS's operations on documents, and what other features ask of it (spec/documents.md 2, 3.10, 6). Every change
// writes its event and its audit entry in the same transaction. Lives on the engine thread.

#include "backend/documents/document_attachments.h"
#include "backend/documents/document_checks.h"
#include "backend/documents/document_journal.h"
#include "backend/documents/document_reviews.h"
#include "backend/documents/document_sharing.h"
#include "backend/documents/pending_attachments.h"
#include "backend/security/access.h"
#include "backend/store/database.h"

#include <QObject>

#include <functional>
#include <vector>

namespace fb {

class AuditLog;
class EventBus;
class PagingTokens;
struct BuiltInDocument;

class DocumentService : public QObject
{
    Q_OBJECT

public:
    struct Collaborators {
        Database &database;
        const Access &access;
        AuditLog &audit;
        EventBus &events;
        const PagingTokens &tokens;
        const Clock &clock;
        ArtifactStore *artifacts = nullptr; // none: no attachments
    };

    explicit DocumentService(const Collaborators &with, const DocumentLimits &limits = {},
                             QObject *parent = nullptr);

    Result<DocumentDescription> createDocument(const Principal &who, const CreateDocumentRequest &request);
    Result<DocumentDescription> updateDocument(const Principal &who, const UpdateDocumentRequest &request);
    Result<DocumentContent> getDocument(const Principal &who, const DocumentReference &reference);
    Result<DocumentDescription> describeDocument(const Principal &who, const DocumentReference &reference);
    Result<ListDocumentsResult> listDocuments(const Principal &who, const ListDocumentsRequest &request);
    // All pages of it, for the other rooms of the engine and the console; `type` empty: of every type.
    Result<QList<DocumentIdentifier>> allDocuments(const Principal &who, const QString &type = {});
    Result<ListDocumentVersionsResult> listDocumentVersions(const Principal &who,
                                                            const ListDocumentVersionsRequest &request);
    Result<DefaultVersionDescription>
    updateDocumentDefaultVersion(const Principal &who, const UpdateDefaultVersionRequest &request);
    Result<void> deleteDocument(const Principal &who, const DeleteDocumentRequest &request);
    // InvalidDocument for one that is not there, and InvalidDocumentOperation for one that has no reviews: there are no change templates.
    Result<void> updateDocumentMetadata(const Principal &who, const UpdateDocumentMetadataRequest &request);
    // InvalidDocument for both.
    Result<void> listDocumentMetadataHistory(const Principal &who,
                                             const ListDocumentMetadataHistoryRequest &request);

    // Add/Remove/ListTagsForResource with ResourceType Document; errors name ResourceId.
    Result<void> addTags(const Principal &who, const QString &name, const QList<DocumentTag> &tags);
    Result<void> removeTags(const Principal &who, const QString &name, const QStringList &keys);
    Result<QList<DocumentTag>> listTags(const Principal &who, const QString &name);

    // For services that run documents. No check of Access: they check their own action on the document. InvalidDocument for one that is
    // not there, not Active, or whose hash is not `hash` (empty: any); InvalidDocumentVersion.
    Result<ResolvedDocument> resolve(Reader &reader, const DocumentReference &reference,
                                     const QString &hash = {})
    {
        return m_lookup.resolve(reader, reference, hash);
    }

    // Asked before a document (version 0) or one of its versions is deleted: features that use documents refuse here, with
    // AssociatedInstances or InvalidDocumentOperation naming what uses it.
    using DeletionCheck = std::function<Result<void>(Reader &reader, const QString &name, qint64 version)>;
    void addDeletionCheck(DeletionCheck check) { m_deletionChecks.push_back(std::move(check)); }

    // ModifyDocumentPermission, DescribeDocumentPermission.
    DocumentSharing &sharing() { return m_sharing; }

    // Files that documents bring, and the artifact store's named files.
    DocumentAttachments &attachments() { return m_attachments; }

    // Versions whose attachments come over the network.
    PendingAttachments &pendingAttachments() { return m_pending; }

    // At start: stores new built-ins and new versions of old ones, and brings the editable ones once. As the engine, audited.
    Result<void> bringBuiltIns(const QList<BuiltInDocument> &documents);

    // Removes contents that no version has held for 30 days. For the retention job.
    Result<qint64> prune();

signals:
    void
    documentChanged(const QString &name); // created, a new version or state of one, another default, tags
    void documentDeleted(const QString &name);

private:
    Result<void> check(const Principal &who, Action action, const QString &name = {});
    Result<DocumentRepository::Head>
    ownHead(Transaction &tx, const QString &name) const; // to be changed: exists, not built-in
    Result<void> bring(Transaction &tx, const BuiltInDocument &document);
    Result<void> record(Transaction &tx, const Principal &who, DocumentChange change,
                        const StoredVersion &version, const QJsonObject &diff);
    Result<void> keepFiles(Transaction &tx, const StoredVersion &version,
                           const DocumentAttachments::Found &files);
    Result<DocumentDescription> keptDescription(const QString &name, qint64 version);
    Result<DocumentRepository::Head> taggable(Reader &reader, const QString &name) const;
    Result<void> changeTags(const Principal &who, Action action, const QString &name,
                            const std::function<Result<void>(Transaction &)> &change);

    Collaborators m_with;
    DocumentLimits m_limits;
    DocumentRepository m_rows;
    DocumentLookup m_lookup;
    DocumentChecks m_checks;
    DocumentAttachments m_attachments;
    DocumentWriter m_writer;
    DocumentJournal m_journal;
    PendingAttachments m_pending;
    DocumentSharing m_sharing;
    std::vector<DeletionCheck> m_deletionChecks;
};

}
