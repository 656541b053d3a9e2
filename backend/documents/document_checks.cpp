#include "backend/documents/document_checks.h"

#include "backend/base/fail.h"
#include "backend/base/field_table.h"
#include "backend/documents/document_names.h"

#include <set>

namespace fb {

using namespace Qt::StringLiterals;

Result<void> DocumentChecks::tags(const QList<DocumentTag> &tags) const
{
    std::set<QString> keys;
    for (qsizetype i = 0; i < tags.size(); ++i) {
        const QString field = u"Tags[%1].Key"_s.arg(i);
        if (auto valid = validate(tags[i]); !valid)
            return fail(errors::kValidation, u"Tags[%1]: %2"_s.arg(i).arg(toQString(valid.error().message)),
                        field);
        if (tags[i].key.startsWith(u"aws:"_s, Qt::CaseInsensitive))
            return fail(errors::kValidation,
                        u"%1 is '%2'; keys that begin with aws: are reserved."_s.arg(field, tags[i].key),
                        field);
        if (!keys.insert(tags[i].key).second)
            return fail(errors::kValidation, u"%1 is '%2', which is given twice."_s.arg(field, tags[i].key),
                        field);
    }
    return {};
}

Result<void> DocumentChecks::tagCount(const QString &name, qsizetype count) const
{
    if (count <= m_limits.tags)
        return {};
    return fail(
        errors::kTooManyTags,
        u"Document %1 would have %2 tags; at most %3 are allowed."_s.arg(name).arg(count).arg(m_limits.tags),
        u"Tags"_s);
}

Result<void> DocumentChecks::requiredDocuments(Reader &reader, const QList<DocumentRequires> &required) const
{
    for (qsizetype i = 0; i < required.size(); ++i) {
        const QString field = u"Requires[%1].Name"_s.arg(i);
        const auto found = m_lookup.version(reader,
                                            {.name = required[i].name,
                                             .documentVersion = required[i].version,
                                             .versionName = required[i].versionName,
                                             .documentFormat = {}});
        if (found)
            continue;
        if (found.error().code == errors::kInvalidDocument
            || found.error().code == errors::kInvalidDocumentVersion)
            return fail(errors::kValidation,
                        u"%1 is '%2': %3"_s.arg(field, required[i].name, toQString(found.error().message)),
                        field);
        return found.error();
    }
    return {};
}

Result<void> DocumentChecks::update(Reader &reader, const UpdateDocumentRequest &request,
                                    const DocumentRepository::Head &head, const DocumentDraft &draft,
                                    const QList<AttachmentContent> *files) const
{
    const auto asked = request.documentVersion.isEmpty() ? AskedVersion {.kind = AskedVersion::Kind::Latest}
                                                         : askedVersion(request.documentVersion);
    const qint64 number = !asked                     ? 0
        : asked->kind == AskedVersion::Kind::Latest  ? head.latestVersion
        : asked->kind == AskedVersion::Kind::Default ? head.defaultVersion
                                                     : asked->number;
    if (number != head.latestVersion)
        return fail(
            errors::kInvalidDocumentVersion,
            u"DocumentVersion is '%1', but the latest version of document %2 is %3; only the latest can be updated. Read it again and redo the edit."_s
                .arg(request.documentVersion, head.name)
                .arg(head.latestVersion),
            u"DocumentVersion"_s);
    const auto same = m_rows.versionWithContent(reader, head.name, draft.version.hash);
    if (!same)
        return same.error();
    const auto sameFiles = *same ? m_files.of(reader, head.name, **same)
                                 : Result<QList<AttachmentContent>>(QList<AttachmentContent>());
    if (!sameFiles)
        return sameFiles.error();
    const bool hasSameFiles = files
        && std::equal(files->begin(), files->end(), sameFiles->begin(), sameFiles->end(),
                      [](const auto &a, const auto &b) { return a.name == b.name && a.hash == b.hash; });
    if (*same && hasSameFiles)
        return fail(errors::kDuplicateDocumentContent,
                    u"Version %1 of document %2 has the same content."_s.arg(**same).arg(head.name),
                    u"Content"_s);
    if (!request.versionName.isEmpty()) {
        const auto named = m_rows.versionNamed(reader, head.name, request.versionName);
        if (!named)
            return named.error();
        if (*named)
            return fail(errors::kDuplicateDocumentVersionName,
                        u"VersionName '%1' is version %2 of document %3 already."_s.arg(request.versionName)
                            .arg(**named)
                            .arg(head.name),
                        u"VersionName"_s);
    }
    const auto count = m_rows.versionCount(reader, head.name);
    if (!count)
        return count.error();
    if (*count >= m_limits.versions)
        return fail(
            errors::kDocumentVersionLimitExceeded,
            u"Document %1 has %2 versions, its limit; delete some first."_s.arg(head.name).arg(*count),
            u"Name"_s);
    return {};
}

Result<void> DocumentChecks::deletion(Reader &reader, const DocumentRepository::Head &head, qint64 version,
                                      bool force) const
{
    const auto shared = m_shares.count(reader, head.name);
    if (!shared)
        return shared.error();
    if (*shared > 0)
        return fail(errors::kInvalidDocumentOperation,
                    u"Document %1 is shared with %2 accounts; end that first (ModifyDocumentPermission)."_s
                        .arg(head.name)
                        .arg(*shared),
                    u"Name"_s);
    const auto dependants = m_rows.requiredBy(reader, head.name);
    if (!dependants)
        return dependants.error();
    if (version == 0 && !dependants->isEmpty())
        return fail(
            errors::kInvalidDocumentOperation,
            u"Document %1 is required by %2; delete these first."_s.arg(head.name, dependants->join(u", "_s)),
            u"Name"_s);
    if (version == 0 && !force && head.documentType == u"ApplicationConfigurationSchema"_s)
        return fail(errors::kInvalidDocumentOperation,
                    u"Document %1 is a configuration schema; Force is needed to delete it."_s.arg(head.name),
                    u"Force"_s);
    if (version != 0 && version == head.defaultVersion)
        return fail(errors::kInvalidDocumentOperation,
                    u"Version %1 of document %2 is its default version; make another one the default first."_s
                        .arg(version)
                        .arg(head.name),
                    u"DocumentVersion"_s);
    return {};
}

}
