#pragma once
// What the document operations take, with AWS's field names and limits (spec/documents.md 2.1, 6). Plain values; any thread.

#include "backend/documents/attachment.h"
#include "backend/documents/stored_document.h"

namespace fb {

namespace document_patterns {
    inline constexpr const char *kName = "[a-zA-Z0-9_\\-.]{3,128}"; // of a new document
    inline constexpr const char *kReference = "[a-zA-Z0-9_\\-.:/]{3,512}"; // name or ARN
    inline constexpr const char *kVersionName = "[a-zA-Z0-9_\\-.]{1,128}";
    inline constexpr const char *kVersion = "([$]LATEST|[$]DEFAULT|[1-9][0-9]*)";
    inline constexpr const char *kDisplayName = "[\\w\\.\\-\\:\\/ ]*";
    inline constexpr const char *kTargetType = "\\/[\\w\\.\\-\\:\\/]*";
}

struct CreateDocumentRequest {
    QString content;
    QString name;
    QString displayName;
    QString versionName;
    QString documentType; // empty: from the content's schema version
    QString documentFormat = QStringLiteral("JSON");
    QString targetType;
    QList<DocumentTag> tags;
    QList<DocumentRequires> requiredDocuments;
    QList<AttachmentsSource> attachments;
};
template <std::same_as<CreateDocumentRequest> R>
constexpr auto fieldsOf(const R *)
{
    return fieldTable(
        field("Content", &R::content).required(),
        field("Name", &R::name).required().pattern(document_patterns::kName),
        field("DisplayName", &R::displayName)
            .omitEmpty()
            .length(0, 1024)
            .pattern(document_patterns::kDisplayName),
        field("VersionName", &R::versionName).omitEmpty().pattern(document_patterns::kVersionName),
        field("DocumentType", &R::documentType).omitEmpty(),
        field("DocumentFormat", &R::documentFormat).omitEmpty().oneOf("JSON", "YAML", "TEXT"),
        field("TargetType", &R::targetType)
            .omitEmpty()
            .length(0, 200)
            .pattern(document_patterns::kTargetType),
        field("Tags", &R::tags).items(0, 1000),
        field("Requires", &R::requiredDocuments).omitEmpty().items(1, 50),
        field("Attachments", &R::attachments).omitEmpty().items(0, 20));
}

struct UpdateDocumentRequest {
    QString content;
    QString name;
    QString displayName;
    QString versionName;
    QString documentVersion; // empty, $LATEST or the latest number
    QString documentFormat = QStringLiteral("JSON");
    QString targetType;
    QList<AttachmentsSource> attachments; // of the new version; the earlier one's do not come along
};
template <std::same_as<UpdateDocumentRequest> R>
constexpr auto fieldsOf(const R *)
{
    return fieldTable(
        field("Content", &R::content).required(),
        field("Name", &R::name).required().pattern(document_patterns::kReference),
        field("DisplayName", &R::displayName)
            .omitEmpty()
            .length(0, 1024)
            .pattern(document_patterns::kDisplayName),
        field("VersionName", &R::versionName).omitEmpty().pattern(document_patterns::kVersionName),
        field("DocumentVersion", &R::documentVersion).omitEmpty().pattern(document_patterns::kVersion),
        field("DocumentFormat", &R::documentFormat).omitEmpty().oneOf("JSON", "YAML", "TEXT"),
        field("TargetType", &R::targetType)
            .omitEmpty()
            .length(0, 200)
            .pattern(document_patterns::kTargetType),
        field("Attachments", &R::attachments).omitEmpty().items(0, 20));
}

// Which version of which document: GetDocument, DescribeDocument.
struct DocumentReference {
    QString name; // or ARN
    QString documentVersion; // empty or $DEFAULT, $LATEST, a number
    QString versionName;
    QString documentFormat; // GetDocument: convert to it
};
template <std::same_as<DocumentReference> R>
constexpr auto fieldsOf(const R *)
{
    return fieldTable(
        field("Name", &R::name).required().pattern(document_patterns::kReference),
        field("DocumentVersion", &R::documentVersion).omitEmpty().pattern(document_patterns::kVersion),
        field("VersionName", &R::versionName).omitEmpty().pattern(document_patterns::kVersionName),
        field("DocumentFormat", &R::documentFormat).omitEmpty().oneOf("JSON", "YAML", "TEXT"));
}

struct DocumentKeyValuesFilter {
    QString key;
    QStringList values;
};
template <std::same_as<DocumentKeyValuesFilter> T>
constexpr auto fieldsOf(const T *)
{
    return fieldTable(field("Key", &T::key).required().length(1, 128),
                      field("Values", &T::values).items(1, 50).length(1, 256));
}

// The old form: one value, lower-case members.
struct DocumentFilter {
    QString key;
    QString value;
};
template <std::same_as<DocumentFilter> T>
constexpr auto fieldsOf(const T *)
{
    return fieldTable(field("key", &T::key).required(), field("value", &T::value).required());
}

struct ListDocumentsRequest {
    QList<DocumentKeyValuesFilter> filters;
    QList<DocumentFilter> documentFilterList;
    int maxResults = 50;
    QString nextToken;
};
template <std::same_as<ListDocumentsRequest> R>
constexpr auto fieldsOf(const R *)
{
    return fieldTable(field("Filters", &R::filters).items(0, 6),
                      field("DocumentFilterList", &R::documentFilterList).items(0, 6),
                      field("MaxResults", &R::maxResults).range(1, 50), field("NextToken", &R::nextToken));
}

struct ListDocumentsResult {
    QList<DocumentIdentifier> documentIdentifiers;
    QString nextToken;
};
template <std::same_as<ListDocumentsResult> T>
constexpr auto fieldsOf(const T *)
{
    return fieldTable(field("DocumentIdentifiers", &T::documentIdentifiers),
                      field("NextToken", &T::nextToken).omitEmpty());
}

struct ListDocumentVersionsRequest {
    QString name;
    int maxResults = 50;
    QString nextToken;
};
template <std::same_as<ListDocumentVersionsRequest> R>
constexpr auto fieldsOf(const R *)
{
    return fieldTable(field("Name", &R::name).required().pattern(document_patterns::kReference),
                      field("MaxResults", &R::maxResults).range(1, 50), field("NextToken", &R::nextToken));
}

struct ListDocumentVersionsResult {
    QList<DocumentVersionInfo> documentVersions; // newest first
    QString nextToken;
};
template <std::same_as<ListDocumentVersionsResult> T>
constexpr auto fieldsOf(const T *)
{
    return fieldTable(field("DocumentVersions", &T::documentVersions),
                      field("NextToken", &T::nextToken).omitEmpty());
}

struct UpdateDefaultVersionRequest {
    QString name;
    QString documentVersion; // a number
};
template <std::same_as<UpdateDefaultVersionRequest> R>
constexpr auto fieldsOf(const R *)
{
    return fieldTable(field("Name", &R::name).required().pattern(document_patterns::kReference),
                      field("DocumentVersion", &R::documentVersion).required().pattern("[0-9]{1,19}"));
}

struct DefaultVersionDescription {
    QString name;
    QString defaultVersion;
    QString defaultVersionName;
};
template <std::same_as<DefaultVersionDescription> R>
constexpr auto fieldsOf(const R *)
{
    return fieldTable(field("Name", &R::name), field("DefaultVersion", &R::defaultVersion),
                      field("DefaultVersionName", &R::defaultVersionName).omitEmpty());
}

struct DeleteDocumentRequest {
    QString name;
    QString documentVersion; // empty: all versions
    QString versionName;
    bool force = false;
};
template <std::same_as<DeleteDocumentRequest> R>
constexpr auto fieldsOf(const R *)
{
    return fieldTable(
        field("Name", &R::name).required().pattern(document_patterns::kReference),
        field("DocumentVersion", &R::documentVersion).omitEmpty().pattern(document_patterns::kVersion),
        field("VersionName", &R::versionName).omitEmpty().pattern(document_patterns::kVersionName),
        field("Force", &R::force));
}

}
