#include "backend/engine/document_sources.h"

#include "backend/base/fail.h"
#include "backend/documents/document_names.h"
#include "backend/security/actions.h"

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    SendableDocument sendable(const ResolvedDocument &found)
    {
        QList<SendableFile> files;
        for (const AttachmentContent &file : found.attachments)
            files.append({file.name, file.hash, file.size});
        return {.name = found.version.name,
                .version = QString::number(found.version.version),
                .content = QString::fromUtf8(found.content),
                .format = documentFormatNamed(toStd(found.version.format)).value_or(DocumentFormat::Json),
                .document = found.document,
                .files = files};
    }
}

Result<ResolvedDocument> DocumentSources::resolved(const Principal &who, const QString &name,
                                                   const QString &version, const QString &hash)
{
    // Permissions speak of plain names, whatever was given.
    const auto plain = documentNameOf(m_database.fleet(), name);
    if (!plain)
        return fail(plain.error());
    if (auto allowed = m_access.check(who, actions::kGetDocument, {.documents = {*plain}}); !allowed)
        return fail(allowed.error());
    return m_documents.resolve(m_database.reader(), {.name = *plain, .documentVersion = version}, hash);
}

Result<SendableDocument> DocumentSources::documentToSend(const Principal &who, const QString &name,
                                                         const QString &version, const QString &hash,
                                                         const QString &)
{
    const Result<ResolvedDocument> found = resolved(who, name, version, hash);
    if (!found)
        return fail(found.error());
    if (found->document->type != DocumentType::Command)
        return fail(
            errors::kInvalidDocument,
            u"%1 is of type %2, which cannot be sent as a command."_s.arg(name, found->version.documentType),
            u"DocumentName"_s);
    return sendable(*found);
}

Result<SendableDocument> DocumentSources::documentToRead(const Principal &who, const QString &name,
                                                         const QString &version)
{
    return resolved(who, name, version, {}).map(&sendable);
}

Result<ResolvedSessionDocument> DocumentSources::sessionDocument(const Principal &who, const QString &name)
{
    const Result<ResolvedDocument> found = resolved(who, name, {}, {});
    if (!found)
        return fail(found.error());
    if (found->document->type != DocumentType::Session)
        return fail(errors::kInvalidDocument,
                    u"%1 is of type %2; a session needs one of type Session."_s.arg(
                        name, found->version.documentType),
                    u"DocumentName"_s);
    return ResolvedSessionDocument {found->version.name, found->document};
}

std::shared_ptr<const Document> DocumentSources::preferencesDocument()
{
    const auto found
        = m_documents.resolve(m_database.reader(), {.name = QString::fromLatin1(kDefaultSessionDocument)});
    return found ? found->document : nullptr;
}

}
