#pragma once
// Sharing of documents with other accounts, that is fleets (spec/documents.md 3.8, 6). Part of DocumentService. Lives on the engine thread.

#include "backend/documents/document_checks.h"
#include "backend/documents/document_journal.h"
#include "backend/documents/document_share_repository.h"
#include "backend/store/database.h"

namespace fb {

class PagingTokens;

class DocumentSharing
{
public:
    struct Collaborators {
        Database &database;
        const Access &access;
        DocumentJournal &journal;
        const PagingTokens &tokens;
        const Clock &clock;
    };
    DocumentSharing(const Collaborators &with, const DocumentLookup &lookup, const DocumentLimits &limits)
        : m_with(with),
          m_lookup(lookup),
          m_limits(limits)
    {
    }

    // `all` takes the place of every account, and an account takes the place of `all`. InvalidDocument (built-in ones too),
    void setPublicSharing(bool allowed) { m_limits.publicSharing = allowed; } // with `all`, from now on
    // InvalidPermissionType (also `all` where public sharing is off), DocumentPermissionLimit, ValidationException.
    Result<void> modifyPermission(const Principal &who, const ModifyDocumentPermissionRequest &request);
    Result<DescribeDocumentPermissionResult>
    describePermission(const Principal &who, const DescribeDocumentPermissionRequest &request);

private:
    Result<void> checkRequest(const ModifyDocumentPermissionRequest &request) const;
    Result<void> checkLimits(Transaction &tx, const QString &name) const;
    Result<DocumentRepository::Head> shareable(const Result<std::optional<DocumentRepository::Head>> &head,
                                               const QString &name) const;

    Collaborators m_with;
    const DocumentLookup &m_lookup;
    DocumentLimits m_limits;
    DocumentRepository m_rows;
    DocumentShareRepository m_shares;
};

}
