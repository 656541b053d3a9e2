#include "backend/documents/document_lookup.h"

#include "backend/base/fail.h"
#include "backend/documents/document_names.h"

namespace fb {

using namespace Qt::StringLiterals;

Error noSuchDocument(const QString &name)
{
    return qtError(errors::kInvalidDocument, u"Document %1 does not exist."_s.arg(name), u"Name"_s);
}

Error noSuchVersion(const QString &name, const QString &version)
{
    return qtError(errors::kInvalidDocumentVersion, u"Document %1 has no version %2."_s.arg(name, version),
                   u"DocumentVersion"_s);
}

Result<QString> DocumentLookup::nameOf(const QString &nameOrArn) const
{
    return documentNameOf(m_fleet, nameOrArn);
}

Result<qint64> DocumentLookup::versionNumber(Reader &reader, const DocumentRepository::Head &head,
                                             const QString &version, const QString &versionName) const
{
    const auto asked = askedVersion(version);
    if (!asked)
        return noSuchVersion(head.name, version);
    qint64 number = head.defaultVersion;
    if (asked->kind == AskedVersion::Kind::Latest)
        number = head.latestVersion;
    else if (asked->kind == AskedVersion::Kind::Number)
        number = asked->number;
    if (versionName.isEmpty())
        return number;
    const auto named = m_rows.versionNamed(reader, head.name, versionName);
    if (!named)
        return named.error();
    if (!*named)
        return noSuchVersion(head.name, u"named '%1'"_s.arg(versionName));
    if (!version.isEmpty() && **named != number)
        return fail(
            errors::kInvalidDocumentVersion,
            u"VersionName '%1' is version %2 of document %3, DocumentVersion is %4; they must be the same."_s
                .arg(versionName)
                .arg(**named)
                .arg(head.name, version),
            u"VersionName"_s);
    return **named;
}

Result<StoredVersion> DocumentLookup::version(Reader &reader, const DocumentReference &reference) const
{
    const auto name = nameOf(reference.name);
    if (!name)
        return name.error();
    const auto head = m_rows.head(reader, *name);
    if (!head)
        return head.error();
    if (!*head)
        return noSuchDocument(*name);
    const auto number = versionNumber(reader, **head, reference.documentVersion, reference.versionName);
    if (!number)
        return number.error();
    auto found = m_rows.version(reader, *name, *number);
    if (!found)
        return found.error();
    if (!*found)
        return noSuchVersion(*name, QString::number(*number));
    return **found;
}

Result<QByteArray> DocumentLookup::content(Reader &reader, const StoredVersion &version) const
{
    auto found = m_rows.content(reader, version.hash);
    if (!found)
        return found.error();
    if (!*found)
        return fail(errors::kInternal,
                    u"The content of document %1, version %2, is missing in the store."_s.arg(version.name)
                        .arg(version.version));
    return **found;
}

Result<DocumentDescription> DocumentLookup::description(Reader &reader, const StoredVersion &version) const
{
    auto tags = m_rows.tags(reader, version.name);
    const auto files = m_files.of(reader, version.name, version.version);
    if (!tags || !files)
        return tags ? files.error() : tags.error();
    QList<AttachmentInformation> names;
    for (const AttachmentContent &file : *files)
        names.append({file.name});
    return DocumentDescription {.hash = version.hash,
                                .name = version.name,
                                .displayName = version.displayName,
                                .versionName = version.versionName,
                                .owner = version.owner,
                                .createdDate = version.createdAt,
                                .status = version.status,
                                .statusInformation = version.statusInformation,
                                .documentVersion = QString::number(version.version),
                                .description = version.description,
                                .parameters = version.parameters,
                                .platformTypes = version.platformTypes,
                                .documentType = version.documentType,
                                .schemaVersion = version.schemaVersion,
                                .latestVersion = QString::number(version.latestVersion),
                                .defaultVersion = QString::number(version.defaultVersion),
                                .documentFormat = version.format,
                                .targetType = version.targetType,
                                .tags = *tags,
                                .requiredDocuments = version.requiredDocuments,
                                .attachmentsInformation = names};
}

Result<ResolvedDocument> DocumentLookup::resolve(Reader &reader, const DocumentReference &reference,
                                                 const QString &hash)
{
    auto found = version(reader, reference);
    if (!found)
        return found.error();
    const QString what = u"Document %1, version %2,"_s.arg(found->name).arg(found->version);
    if (found->status != u"Active"_s)
        return fail(errors::kInvalidDocument, u"%1 is %2 and can't be run."_s.arg(what, found->status),
                    u"DocumentName"_s);
    if (!hash.isEmpty() && hash != found->hash)
        return fail(
            errors::kInvalidDocument,
            u"%1 has content that differs from the given hash: its hash is %2."_s.arg(what, found->hash),
            u"DocumentHash"_s);
    const auto bytes = content(reader, *found);
    if (!bytes)
        return bytes.error();
    const auto type = documentTypeNamed(toStd(found->documentType));
    const auto format = documentFormatNamed(toStd(found->format));
    if (!type || !format)
        return fail(errors::kInternal,
                    u"%1 has type '%2' and format '%3', which this program does not know."_s.arg(
                        what, found->documentType, found->format));
    // What was let in once runs: a setting that is stricter today is for new documents.
    const auto parsed = m_cache.document(found->hash, *type, *format, *bytes, {.unknownPlugins = true});
    if (!parsed)
        return fail(errors::kInvalidDocument,
                    u"%1 can't be read: %2"_s.arg(what, toQString(parsed.error().message)),
                    u"DocumentName"_s);
    const auto files = m_files.of(reader, found->name, found->version);
    if (!files)
        return files.error();
    return ResolvedDocument {*found, *bytes, *parsed, *files};
}

}
