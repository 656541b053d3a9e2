#include "backend/documents/document_reviews.h"

#include "backend/base/fail.h"
#include "backend/base/field_table.h"
#include "backend/documents/document_service.h"

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    Error hasNoReviews(ErrorCode code, const DocumentDescription &document)
    {
        return qtError(
            code,
            u"%1 is a document of type %2; only change templates (Automation.ChangeTemplate) have reviews."_s
                .arg(document.name, document.documentType),
            u"Name"_s);
    }
}

Result<void> DocumentService::updateDocumentMetadata(const Principal &who,
                                                     const UpdateDocumentMetadataRequest &request)
{
    if (auto valid = validate(request); !valid)
        return valid.error();
    const auto name = m_lookup.nameOf(request.name);
    if (!name)
        return name.error();
    if (auto allowed = check(who, actions::kUpdateDocument, *name); !allowed)
        return allowed.error();
    const auto document
        = describeDocument(who, {.name = request.name, .documentVersion = request.documentVersion});
    return document ? hasNoReviews(errors::kInvalidDocumentOperation, *document) : document.error();
}

Result<void> DocumentService::listDocumentMetadataHistory(const Principal &who,
                                                          const ListDocumentMetadataHistoryRequest &request)
{
    if (auto valid = validate(request); !valid)
        return valid.error();
    const auto document
        = describeDocument(who, {.name = request.name, .documentVersion = request.documentVersion});
    return document ? hasNoReviews(errors::kInvalidDocument, *document) : document.error();
}

}
