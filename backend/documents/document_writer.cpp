#include "backend/documents/document_writer.h"

#include "backend/base/fail.h"
#include "backend/core/byte_encoding.h"

#include <limits>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    QList<DocumentParameterInfo> parametersOf(const Document &document)
    {
        QList<DocumentParameterInfo> list;
        for (const ParameterDefinition &definition : document.parameters)
            list.append({toQString(definition.name), toQString(parameterTypeName(definition.type)),
                         toQString(definition.description), toQString(definition.defaultText())});
        return list;
    }

    QStringList platformNames(const Document &document)
    {
        QStringList names;
        for (const std::string &name : document.platforms.names())
            names.append(toQString(name));
        return names;
    }
}

Result<DocumentDraft> DocumentWriter::draft(const Principal &who, const QString &content,
                                            const QString &format, DocumentType type) const
{
    DocumentDraft made;
    made.content = content.toUtf8();
    const QString documentFormat = format.isEmpty() ? u"JSON"_s : format;
    const auto parsed
        = parseDocument(viewOf(made.content), *documentFormatNamed(toStd(documentFormat)), type, m_rules);
    if (!parsed)
        return parsed.error();
    made.version.documentType = toQString(documentTypeName(type));
    made.version.hash = toQString(sha256Hex(viewOf(made.content)));
    made.version.format = documentFormat;
    made.version.schemaVersion = toQString(schemaVersionName(parsed->schema));
    made.version.description = toQString(parsed->description);
    made.version.parameters = parametersOf(*parsed);
    made.version.platformTypes = platformNames(*parsed);
    made.version.status = u"Active"_s;
    made.tree = parsed->tree;
    made.version.createdAt = m_clock.now();
    made.version.createdBy = who.name;
    return made;
}

Result<void> DocumentWriter::insertFirst(Transaction &tx, DocumentDraft &draft) const
{
    draft.version.version = draft.version.defaultVersion = draft.version.latestVersion = 1;
    const DocumentRepository::Head head {.name = draft.version.name,
                                         .owner = draft.version.owner,
                                         .documentType = draft.version.documentType,
                                         .defaultVersion = 1,
                                         .latestVersion = 1,
                                         .highestVersion = 1};
    const auto inserted = m_rows.insertDocument(tx, head, draft.version.createdAt);
    if (!inserted)
        return inserted.error();
    if (!*inserted)
        return fail(errors::kDocumentAlreadyExists, u"Document %1 exists already."_s.arg(head.name),
                    u"Name"_s);
    return m_rows.insertVersion(tx, draft.version, draft.content);
}

Result<void> DocumentWriter::insertNext(Transaction &tx, DocumentDraft &draft,
                                        DocumentRepository::Head head) const
{
    head.latestVersion = ++head.highestVersion;
    draft.version.name = head.name;
    draft.version.owner = head.owner;
    draft.version.version = draft.version.latestVersion = head.latestVersion;
    draft.version.defaultVersion = head.defaultVersion;
    if (auto set = m_rows.setVersions(tx, head, draft.version.createdAt); !set)
        return set;
    return m_rows.insertVersion(tx, draft.version, draft.content);
}

Result<void> DocumentWriter::deleteVersion(Transaction &tx, DocumentRepository::Head head,
                                           qint64 version) const
{
    const Instant now = m_clock.now();
    if (auto removed = m_rows.deleteVersion(tx, head.name, version, now); !removed)
        return removed;
    const auto left = m_rows.versions(tx, head.name, std::numeric_limits<qint64>::max(), 1);
    if (!left)
        return left.error();
    head.latestVersion
        = left->first().documentVersion.toLongLong(); // the default is never deleted, so one is left
    return m_rows.setVersions(tx, head, now);
}

}
