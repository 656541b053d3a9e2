#pragma once
// What the document store keeps and shows (spec/documents.md 2). Plain values with AWS's field names; any thread.

#include "backend/base/field.h"
#include "backend/core/clock.h"
#include "backend/documents/attachment.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace fb {

struct DocumentTag {
    QString key;
    QString value;
    bool operator==(const DocumentTag &) const = default;
};
template <std::same_as<DocumentTag> T>
constexpr auto fieldsOf(const T *)
{
    return fieldTable(field("Key", &T::key).required().length(1, 128),
                      field("Value", &T::value).length(0, 256));
}

struct DocumentRequires {
    QString name;
    QString version;
    QString requireType;
    QString versionName;
    bool operator==(const DocumentRequires &) const = default;
};
template <std::same_as<DocumentRequires> T>
constexpr auto fieldsOf(const T *)
{
    return fieldTable(field("Name", &T::name).required().length(1, 512),
                      field("Version", &T::version).omitEmpty(),
                      field("RequireType", &T::requireType).omitEmpty().length(0, 128),
                      field("VersionName", &T::versionName).omitEmpty());
}

// A parameter as DescribeDocument lists it; the default as text, lists and maps as compact JSON.
struct DocumentParameterInfo {
    QString name;
    QString type;
    QString description;
    QString defaultValue;
    bool operator==(const DocumentParameterInfo &) const = default;
};
template <std::same_as<DocumentParameterInfo> T>
constexpr auto fieldsOf(const T *)
{
    return fieldTable(field("Name", &T::name), field("Type", &T::type),
                      field("Description", &T::description).omitEmpty(),
                      field("DefaultValue", &T::defaultValue).omitEmpty());
}

// One version as stored, with what belongs to the document as a whole.
struct StoredVersion {
    QString name;
    QString owner; // account id, or Amazon for built-ins
    QString documentType;
    qint64 version = 0;
    qint64 defaultVersion = 0;
    qint64 latestVersion = 0; // highest that exists
    QString versionName; // empty if none
    QString hash; // SHA-256 of the content's bytes, lower-case hex
    QString format; // JSON, YAML, TEXT
    QString schemaVersion;
    QString displayName;
    QString targetType;
    QString description;
    QList<DocumentParameterInfo> parameters;
    QStringList platformTypes;
    QList<DocumentRequires> requiredDocuments;
    QString status; // Active; with attachments Creating, Updating, Failed
    QString statusInformation;
    Instant createdAt {};
    QString createdBy;

    bool isBuiltIn() const { return owner == QStringLiteral("Amazon"); }
};

// DescribeDocument, CreateDocument and UpdateDocument answer with this.
struct DocumentDescription {
    QString hash;
    QString hashType = QStringLiteral("Sha256");
    QString name;
    QString displayName;
    QString versionName;
    QString owner;
    Instant createdDate {};
    QString status;
    QString statusInformation;
    QString documentVersion;
    QString description;
    QList<DocumentParameterInfo> parameters;
    QStringList platformTypes;
    QString documentType;
    QString schemaVersion;
    QString latestVersion;
    QString defaultVersion;
    QString documentFormat;
    QString targetType;
    QList<DocumentTag> tags;
    QList<DocumentRequires> requiredDocuments;
    QList<AttachmentInformation> attachmentsInformation;
    bool operator==(const DocumentDescription &) const = default;
};
template <std::same_as<DocumentDescription> D>
constexpr auto fieldsOf(const D *)
{
    return fieldTable(
        field("Hash", &D::hash), field("HashType", &D::hashType), field("Name", &D::name),
        field("DisplayName", &D::displayName).omitEmpty(), field("VersionName", &D::versionName).omitEmpty(),
        field("Owner", &D::owner), field("CreatedDate", &D::createdDate), field("Status", &D::status),
        field("StatusInformation", &D::statusInformation).omitEmpty(),
        field("DocumentVersion", &D::documentVersion), field("Description", &D::description).omitEmpty(),
        field("Parameters", &D::parameters), field("PlatformTypes", &D::platformTypes),
        field("DocumentType", &D::documentType), field("SchemaVersion", &D::schemaVersion).omitEmpty(),
        field("LatestVersion", &D::latestVersion), field("DefaultVersion", &D::defaultVersion),
        field("DocumentFormat", &D::documentFormat), field("TargetType", &D::targetType).omitEmpty(),
        field("Tags", &D::tags), field("Requires", &D::requiredDocuments).omitEmpty(),
        field("AttachmentsInformation", &D::attachmentsInformation).omitEmpty());
}

// One row of ListDocuments: the default version.
struct DocumentIdentifier {
    QString name;
    Instant createdDate {};
    QString displayName;
    QString owner;
    QString versionName;
    QStringList platformTypes;
    QString documentVersion;
    QString documentType;
    QString schemaVersion;
    QString documentFormat;
    QString targetType;
    QList<DocumentTag> tags;
    QList<DocumentRequires> requiredDocuments;
    bool operator==(const DocumentIdentifier &) const = default;
};
template <std::same_as<DocumentIdentifier> D>
constexpr auto fieldsOf(const D *)
{
    return fieldTable(
        field("Name", &D::name), field("CreatedDate", &D::createdDate),
        field("DisplayName", &D::displayName).omitEmpty(), field("Owner", &D::owner),
        field("VersionName", &D::versionName).omitEmpty(), field("PlatformTypes", &D::platformTypes),
        field("DocumentVersion", &D::documentVersion), field("DocumentType", &D::documentType),
        field("SchemaVersion", &D::schemaVersion).omitEmpty(), field("DocumentFormat", &D::documentFormat),
        field("TargetType", &D::targetType).omitEmpty(), field("Tags", &D::tags),
        field("Requires", &D::requiredDocuments).omitEmpty());
}

// One row of ListDocumentVersions.
struct DocumentVersionInfo {
    QString name;
    QString displayName;
    QString documentVersion;
    QString versionName;
    Instant createdDate {};
    bool isDefaultVersion = false;
    QString documentFormat;
    QString status;
    QString statusInformation;
    bool operator==(const DocumentVersionInfo &) const = default;
};
template <std::same_as<DocumentVersionInfo> D>
constexpr auto fieldsOf(const D *)
{
    return fieldTable(field("Name", &D::name), field("DisplayName", &D::displayName).omitEmpty(),
                      field("DocumentVersion", &D::documentVersion),
                      field("VersionName", &D::versionName).omitEmpty(),
                      field("CreatedDate", &D::createdDate), field("IsDefaultVersion", &D::isDefaultVersion),
                      field("DocumentFormat", &D::documentFormat), field("Status", &D::status),
                      field("StatusInformation", &D::statusInformation).omitEmpty());
}

// GetDocument's answer.
struct DocumentContent {
    QString name;
    Instant createdDate {};
    QString displayName;
    QString versionName;
    QString documentVersion;
    QString status;
    QString statusInformation;
    QString content;
    QString documentType;
    QString documentFormat;
    QList<DocumentRequires> requiredDocuments;
    QList<AttachmentContent> attachmentsContent;
    bool operator==(const DocumentContent &) const = default;
};
template <std::same_as<DocumentContent> D>
constexpr auto fieldsOf(const D *)
{
    return fieldTable(
        field("Name", &D::name), field("CreatedDate", &D::createdDate),
        field("DisplayName", &D::displayName).omitEmpty(), field("VersionName", &D::versionName).omitEmpty(),
        field("DocumentVersion", &D::documentVersion), field("Status", &D::status),
        field("StatusInformation", &D::statusInformation).omitEmpty(), field("Content", &D::content),
        field("DocumentType", &D::documentType), field("DocumentFormat", &D::documentFormat),
        field("Requires", &D::requiredDocuments).omitEmpty(),
        field("AttachmentsContent", &D::attachmentsContent).omitEmpty());
}

}
