#pragma once
// What UpdateDocumentMetadata and ListDocumentMetadataHistory take: reviews, which change templates alone have (spec/documents.md 6). Plain
// values; any thread.

#include "backend/documents/document_requests.h"

namespace fb {

struct ReviewComment {
    QString type;
    QString content;
};
template <std::same_as<ReviewComment> T>
constexpr auto fieldsOf(const T *)
{
    return fieldTable(field("Type", &T::type).omitEmpty().oneOf("Comment"),
                      field("Content", &T::content).omitEmpty().length(1, 4096));
}

struct DocumentReviewWish {
    QString action;
    QList<ReviewComment> comment;
};
template <std::same_as<DocumentReviewWish> T>
constexpr auto fieldsOf(const T *)
{
    return fieldTable(
        field("Action", &T::action).required().oneOf("SendForReview", "UpdateReview", "Approve", "Reject"),
        field("Comment", &T::comment).items(0, 1));
}

struct UpdateDocumentMetadataRequest {
    QString name;
    QString documentVersion;
    DocumentReviewWish documentReviews;
};
template <std::same_as<UpdateDocumentMetadataRequest> R>
constexpr auto fieldsOf(const R *)
{
    return fieldTable(
        field("Name", &R::name).required().pattern(document_patterns::kReference),
        field("DocumentVersion", &R::documentVersion).omitEmpty().pattern(document_patterns::kVersion),
        field("DocumentReviews", &R::documentReviews).required());
}

struct ListDocumentMetadataHistoryRequest {
    QString name;
    QString documentVersion;
    QString metadata;
    QString nextToken;
    int64_t maxResults = 50;
};
template <std::same_as<ListDocumentMetadataHistoryRequest> R>
constexpr auto fieldsOf(const R *)
{
    return fieldTable(
        field("Name", &R::name).required().pattern(document_patterns::kReference),
        field("DocumentVersion", &R::documentVersion).omitEmpty().pattern(document_patterns::kVersion),
        field("Metadata", &R::metadata).required().oneOf("DocumentReviews"),
        field("NextToken", &R::nextToken).omitEmpty(), field("MaxResults", &R::maxResults).range(1, 50));
}

}
