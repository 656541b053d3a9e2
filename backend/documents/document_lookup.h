#pragma once
// Finds the document and version that a request means, and reads what it holds. Used by DocumentService and by services that run
// documents. No check of Access. Lives on the engine thread.

#include "backend/documents/attachment_repository.h"
#include "backend/documents/document_cache.h"
#include "backend/documents/document_repository.h"
#include "backend/documents/document_requests.h"
#include "backend/store/fleet_identity.h"

namespace fb {

// A version somebody is about to use: number and hash stay what they are, whatever is edited later.
struct ResolvedDocument {
    StoredVersion version;
    QByteArray content;
    SharedDocument document; // parsed
    QList<AttachmentContent> attachments {}; // by name
};

class DocumentLookup
{
public:
    explicit DocumentLookup(const FleetIdentity &fleet) : m_fleet(fleet) { }

    // The name in a name or ARN; InvalidDocument for the ARN of another fleet's document.
    Result<QString> nameOf(const QString &nameOrArn) const;
    // Of a document that is there. Both given: they must mean the same version, else InvalidDocumentVersion.
    Result<qint64> versionNumber(Reader &reader, const DocumentRepository::Head &head, const QString &version,
                                 const QString &versionName) const;
    Result<StoredVersion> version(Reader &reader, const DocumentReference &reference) const;
    Result<QByteArray> content(Reader &reader, const StoredVersion &version) const;
    Result<DocumentDescription> description(Reader &reader, const StoredVersion &version) const;
    Result<ResolvedDocument> resolve(Reader &reader, const DocumentReference &reference, const QString &hash);

private:
    FleetIdentity m_fleet;
    DocumentRepository m_rows;
    AttachmentRepository m_files;
    DocumentCache m_cache;
};

Error noSuchDocument(const QString &name);
Error noSuchVersion(const QString &name, const QString &version);

}
