#pragma once
// Files that a document brings to the nodes that run it, and where they come from (spec/documents.md 2.1, 3.7). Plain values with AWS's field
// names; any thread.

#include "backend/base/field.h"
#include "backend/core/clock.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace fb {

inline constexpr qsizetype kMostAttachments = 20; // of one version
inline constexpr qint64 kMostAttachmentBytes = 1024LL * 1024 * 1024; // of one file

struct AttachmentsSource {
    QString key; // SourceUrl, S3FileUrl, AttachmentReference
    QStringList values;
    QString name; // the file's, of one that is not a folder
    bool operator==(const AttachmentsSource &) const = default;
};
template <std::same_as<AttachmentsSource> T>
constexpr auto fieldsOf(const T *)
{
    return fieldTable(field("Key", &T::key).required().oneOf("SourceUrl", "S3FileUrl", "AttachmentReference"),
                      field("Values", &T::values).items(1, 1).length(1, 1024),
                      field("Name", &T::name).omitEmpty().pattern("[a-zA-Z0-9_\\-.]{3,128}"));
}

// DescribeDocument's: the name alone.
struct AttachmentInformation {
    QString name;
    bool operator==(const AttachmentInformation &) const = default;
};
template <std::same_as<AttachmentInformation> T>
constexpr auto fieldsOf(const T *)
{
    return fieldTable(field("Name", &T::name));
}

// GetDocument's.
struct AttachmentContent {
    QString name;
    qint64 size = 0;
    QString hash; // SHA-256, hex
    QString hashType = QStringLiteral("Sha256");
    QString url; // where it lies: by its hash
    bool operator==(const AttachmentContent &) const = default;
};
template <std::same_as<AttachmentContent> A>
constexpr auto fieldsOf(const A *)
{
    return fieldTable(field("Name", &A::name), field("Size", &A::size), field("Hash", &A::hash),
                      field("HashType", &A::hashType), field("Url", &A::url));
}

// A file of the artifact store that has a name: artifact://<folder>/<name>.
struct ArtifactEntry {
    QString folder;
    QString name;
    QString sha256; // hex
    qint64 size = 0;
    Instant addedDate {};
    QString addedBy;
    bool operator==(const ArtifactEntry &) const = default;
};
template <std::same_as<ArtifactEntry> A>
constexpr auto fieldsOf(const A *)
{
    return fieldTable(field("Folder", &A::folder).required().pattern("[a-zA-Z0-9_\\-.]{1,128}"),
                      field("Name", &A::name).required().pattern("[a-zA-Z0-9_\\-.]{3,128}"),
                      field("Sha256", &A::sha256).required().pattern("[0-9a-f]{64}"),
                      field("Size", &A::size).range(0, static_cast<double>(kMostAttachmentBytes)),
                      field("AddedDate", &A::addedDate), field("AddedBy", &A::addedBy));
}

}
