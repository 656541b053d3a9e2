#include "models/shared/documents/attached_files.h"

#include "backend/base/fail.h"
#include "backend/documents/document_service.h"
#include "models/shared/intake/file_intake.h"

#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>
#include <QThreadPool>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    Result<AttachmentsSource> bring(EngineThread &engine, const QString &path, const QString &folder)
    {
        QFile file(path);
        QCryptographicHash hash(QCryptographicHash::Sha256);
        if (!file.open(QIODevice::ReadOnly) || !hash.addData(&file) || !file.seek(0))
            return fail(errors::kValidation, u"%1 cannot be read: %2."_s.arg(path, file.errorString()),
                        u"Attachments"_s);
        const ArtifactEntry entry {.folder = folder,
                                   .name = QFileInfo(path).fileName(),
                                   .sha256 = QString::fromLatin1(hash.result().toHex()),
                                   .size = file.size()};
        FileIntake intake;
        intake.size = entry.size;
        intake.open = [&entry](Engine &each) -> Result<ArtifactUpload *> {
            DocumentAttachments &attachments = each.documents().attachments();
            if (auto sound = attachments.checkArtifact(each.atConsole(), entry); !sound)
                return sound.error();
            return attachments.upload(entry, &each.documents());
        };
        if (auto taken = takeIn(engine, file, intake); !taken)
            return taken.error();
        auto put = askEngine(engine, [&](Engine &each) {
            return each.documents().attachments().putArtifact(each.atConsole(), entry);
        });
        if (!put)
            return put.error();
        return AttachmentsSource {.key = u"S3FileUrl"_s,
                                  .values = {u"artifact://%1/%2"_s.arg(entry.folder, entry.name)},
                                  .name = entry.name};
    }

    Result<DocumentSaved> makeVersion(Engine &engine, const DocumentFilesEdit &edit,
                                      const QList<AttachmentsSource> &added)
    {
        DocumentService &documents = engine.documents();
        const auto before
            = documents.getDocument(engine.atConsole(), {.name = edit.name, .documentVersion = edit.basedOn});
        const auto described = documents.describeDocument(
            engine.atConsole(), {.name = edit.name, .documentVersion = edit.basedOn});
        const auto kept = keptFiles(engine, edit.name, edit.basedOn);
        if (!before || !described || !kept)
            return !before ? before.error() : !described ? described.error() : kept.error();
        UpdateDocumentRequest request {.content = before->content,
                                       .name = edit.name,
                                       .documentVersion = edit.basedOn,
                                       .documentFormat = before->documentFormat,
                                       .attachments = added};
        for (const AttachmentsSource &file : *kept) {
            const bool isReplaced
                = std::any_of(added.begin(), added.end(),
                              [&](const AttachmentsSource &each) { return each.name == file.name; });
            if (!edit.removed.contains(file.name) && !isReplaced)
                request.attachments.append(file);
        }
        const auto made = documents.updateDocument(engine.atConsole(), request);
        if (!made)
            return made.error();
        DocumentSaved saved {made->documentVersion, {}};
        if (described->defaultVersion == edit.basedOn && made->status == u"Active"_s) {
            const auto set = documents.updateDocumentDefaultVersion(engine.atConsole(),
                                                                    {edit.name, made->documentVersion});
            if (!set)
                saved.defaultProblem = shownErrorOf(set.error());
        }
        return saved;
    }
}

Result<QList<AttachmentsSource>> keptFiles(Engine &engine, const QString &name, const QString &version)
{
    const auto before
        = engine.documents().getDocument(engine.atConsole(), {.name = name, .documentVersion = version});
    if (!before)
        return before.error();
    if (before->status == u"Creating"_s || before->status == u"Updating"_s) // those to come would be lost
        return fail(errors::kInvalidDocumentOperation,
                    u"The files of version %1 are still being fetched; save when they are there."_s.arg(
                        before->documentVersion),
                    u"Attachments"_s);
    QList<AttachmentsSource> files;
    for (const AttachmentContent &file : before->attachmentsContent)
        files.append({.key = u"AttachmentReference"_s,
                      .values = {u"%1/%2/%3"_s.arg(name, before->documentVersion, file.name)},
                      .name = file.name});
    return files;
}

QFuture<Result<DocumentSaved>> saveFiles(EngineThread &engine, const DocumentFilesEdit &edit)
{
    auto promise = std::make_shared<QPromise<Result<DocumentSaved>>>();
    promise->start();
    auto future = promise->future();
    QThreadPool::globalInstance()->start([promise, edit, &engine] {
        const auto work = [&]() -> Result<DocumentSaved> {
            QList<AttachmentsSource> added;
            for (const QString &path : edit.added) {
                auto source = bring(engine, path, edit.name);
                if (!source)
                    return source.error();
                added.append(*source);
            }
            for (const RemoteFiles &remote : edit.fetched)
                added.append({.key = remote.name.isEmpty() ? u"SourceUrl"_s : u"S3FileUrl"_s,
                              .values = {remote.address},
                              .name = remote.name});
            return askEngine(engine, [&](Engine &each) { return makeVersion(each, edit, added); });
        };
        promise->addResult(work());
        promise->finish();
    });
    return future;
}

}
