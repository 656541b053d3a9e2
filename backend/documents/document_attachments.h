#pragma once
// Attachments of documents (spec/documents.md 3.7): found at their sources when a version is made, kept by their hash from then on, so that the
// source may go. The artifact store's named files are such sources: artifact://<folder>/<name>. Used by DocumentService. Engine thread.

#include "backend/documents/attachment_repository.h"
#include "backend/documents/document_lookup.h"
#include "backend/download/s3_bucket.h"
#include "backend/security/access.h"
#include "backend/security/principal.h"
#include "backend/store/artifact_upload.h"
#include "backend/store/database.h"

#include <functional>

namespace fb {

class AuditLog;

class DocumentAttachments
{
public:
    struct Collaborators {
        Database &database;
        ArtifactStore *artifacts; // null: there are no attachments
        const Access &access;
        AuditLog &audit;
        const Clock &clock;
    };

    DocumentAttachments(const Collaborators &with, const DocumentLookup &lookup)
        : m_with(with),
          m_lookup(lookup)
    {
    }

    // Where s3:// leads, asked for each fetch. Not set: nowhere.
    using S3Reaching = std::function<Result<download::S3Reach>()>;
    void setS3Reach(S3Reaching reach) { m_reach = std::move(reach); }
    Result<download::S3Reach> s3Reach() const;

    // What the sources in the artifact store hold now. A request that is wrong is an error that names its field; a source that is not there, or bytes whose checksum
    // in the content's `files` is another: the version becomes Failed, for `failure`.
    struct Found {
        QList<AttachmentContent> files;
        QString failure;
        QList<AttachmentsSource>
            pending; // well formed ones on an S3 server: what they hold is yet to be fetched
    };
    Result<Found> find(Reader &reader, const Principal &who, const QList<AttachmentsSource> &sources,
                       const Tree &document) const;
    Result<void> store(Transaction &tx, const QString &document, qint64 version, const Found &found);
    // Why a version with this content cannot have these files; empty: it can.
    static QString faultOf(QList<AttachmentContent> files, const Tree &document);
    Result<QList<AttachmentContent>> of(Reader &reader, const QString &document, qint64 version) const
    {
        return m_rows.of(reader, document, version);
    }
    Result<void> versionsGone(Transaction &tx); // their files are nobody's, perhaps
    Result<qint64> prune(Instant before); // files that were nobody's before

    // ---- The artifact store's named files
    // Before the bytes are taken: may `who`, and is it well formed.
    Result<void> checkArtifact(const Principal &who, const ArtifactEntry &entry);
    // After they have become the sealed artifact documentFileArtifact(sha256) of that hash and size. Replaces one of that name.
    Result<ArtifactEntry> putArtifact(const Principal &who, ArtifactEntry entry);
    Result<QList<ArtifactEntry>> artifacts(const Principal &who,
                                           const QString &folder) const; // empty: of all
    // ResourceNotFoundException. Versions that were made with it keep it.
    Result<void> removeArtifact(const Principal &who, const QString &folder, const QString &name);
    // For the bytes of one that checkArtifact() has let pass.
    ArtifactUpload *upload(const ArtifactEntry &entry, QObject *owner) const;

private:
    Result<void> addSource(Reader &reader, const Principal &who, const AttachmentsSource &source,
                           qsizetype index, Found &found) const;
    Result<void> addReference(Reader &reader, const Principal &who, const QString &reference,
                              const QString &name, const QString &field, Found &found) const;
    Result<void> addRemote(const AttachmentsSource &source, const QString &field, Found &found) const;
    Result<void> allowed(const Principal &who, Action action, const QString &target) const;

    Collaborators m_with;
    const DocumentLookup &m_lookup;
    AttachmentRepository m_rows;
    S3Reaching m_reach;
};

}
