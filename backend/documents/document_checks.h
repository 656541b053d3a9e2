#pragma once
// Whether a change of a document may be made: the rules that need the store (spec/documents.md 2.3, 3.7, 3.10, 6). Used by DocumentService.
// Lives on the engine thread.

#include "backend/documents/attachment_repository.h"
#include "backend/documents/document_lookup.h"
#include "backend/documents/document_share_repository.h"
#include "backend/documents/document_writer.h"

namespace fb {

struct DocumentLimits {
    qint64 documents = 10'000; // of this account; AWS's default is 500
    qint64 versions = 1'000; // of one document
    qsizetype tags = 50;
    bool unknownPlugins = false; // let plugin names pass that the program does not know
    qint64 sharedAccounts = 1'000; // of one document
    qint64 publicDocuments = 5; // of this account
    bool publicSharing = true; // /ssm/documents/console/public-sharing-permission
};

class DocumentChecks
{
public:
    DocumentChecks(const DocumentLookup &lookup, const DocumentLimits &limits)
        : m_lookup(lookup),
          m_limits(limits)
    {
    }

    Result<void> tags(const QList<DocumentTag> &tags) const; // keys: given once, not aws:
    Result<void> tagCount(const QString &name, qsizetype count) const;
    Result<void> requiredDocuments(Reader &reader, const QList<DocumentRequires> &required) const;
    // `files` null: not known yet, so that they may be others than those of a version with the same text.
    Result<void> update(Reader &reader, const UpdateDocumentRequest &request,
                        const DocumentRepository::Head &head, const DocumentDraft &draft,
                        const QList<AttachmentContent> *files) const;
    // `version` 0: the whole document.
    Result<void> deletion(Reader &reader, const DocumentRepository::Head &head, qint64 version,
                          bool force) const;

private:
    const DocumentLookup &m_lookup;
    DocumentLimits m_limits;
    DocumentRepository m_rows;
    AttachmentRepository m_files;
    DocumentShareRepository m_shares;
};

}
