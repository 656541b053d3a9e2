#include "models/shared/documents/attached_files.h"

#include "backend/base/fail.h"
#include "backend/documents/document_service.h"

#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>
#include <QPointer>
#include <QThread>
#include <QThreadPool>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr qint64 kPiece = 1024 * 1024;
    constexpr qint64 kMostAhead = 8 * kPiece; // of the disk
    constexpr unsigned long kLookMilliseconds = 10;

    // Looked at on the engine thread alone. The upload is the document service's: it ends with the engine, if not before.
    struct Intake {
        QPointer<ArtifactUpload> upload;
        qint64 durable = 0;
        std::optional<Result<ArtifactInfo>> outcome;
    };

    template <typename Fn>
    auto ask(EngineThread &engine, Fn fn) -> std::invoke_result_t<Fn, Engine &>
    {
        auto future = engine.post(std::move(fn));
        future.waitForFinished();
        if (future.resultCount() > 0)
            return future.result();
        return makeError(errors::kServiceUnavailable, "The engine stopped.");
    }

    Result<std::shared_ptr<Intake>> begin(Engine &engine, const ArtifactEntry &entry)
    {
        DocumentAttachments &attachments = engine.documents().attachments();
        if (auto sound = attachments.checkArtifact(engine.owner(), entry); !sound)
            return sound.error();
        auto intake = std::make_shared<Intake>();
        ArtifactUpload *upload = attachments.upload(entry, &engine.documents());
        intake->upload = upload;
        QObject::connect(upload, &ArtifactUpload::taken, upload,
                         [intake](qint64 bytes) { intake->durable = bytes; });
        QObject::connect(upload, &ArtifactUpload::sealed, upload,
                         [intake](const Result<ArtifactInfo> &outcome) { intake->outcome = outcome; });
        const auto isThere = upload->begin();
        if (!isThere) {
            delete upload;
            return isThere.error();
        }
        if (*isThere)
            intake->outcome = Result<ArtifactInfo>(ArtifactInfo {});
        return intake;
    }

    // Bytes on the disk; nothing once it is sealed.
    Result<std::optional<qint64>> progressOf(const Intake &intake)
    {
        if (!intake.outcome)
            return std::optional(intake.durable);
        if (!*intake.outcome)
            return intake.outcome->error();
        return std::optional<qint64>();
    }

    Result<void> pour(EngineThread &engine, QFile &file, const std::shared_ptr<Intake> &intake)
    {
        for (qint64 given = 0;;) {
            const QByteArray piece = file.read(kPiece);
            if (!piece.isEmpty()) {
                auto taken = ask(engine, [&](Engine &) {
                    return intake->outcome || !intake->upload ? Result<void>() : intake->upload->take(piece);
                });
                if (!taken)
                    return taken;
                given += piece.size();
            }
            for (;;) {
                const auto done = ask(engine, [&](Engine &) { return progressOf(*intake); });
                if (!done)
                    return done.error();
                if (!*done)
                    return {};
                if (!piece.isEmpty() && given - **done <= kMostAhead)
                    break;
                QThread::msleep(kLookMilliseconds);
            }
        }
    }

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
        auto intake = ask(engine, [&](Engine &each) { return begin(each, entry); });
        if (!intake)
            return intake.error();
        auto poured = pour(engine, file, *intake);
        (void)ask(engine, [&](Engine &) -> Result<void> {
            delete (*intake)->upload.data(); // what was not whole goes with it
            return {};
        });
        if (!poured)
            return poured.error();
        auto put = ask(engine, [&](Engine &each) {
            return each.documents().attachments().putArtifact(each.owner(), entry);
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
            = documents.getDocument(engine.owner(), {.name = edit.name, .documentVersion = edit.basedOn});
        const auto described = documents.describeDocument(
            engine.owner(), {.name = edit.name, .documentVersion = edit.basedOn});
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
        const auto made = documents.updateDocument(engine.owner(), request);
        if (!made)
            return made.error();
        DocumentSaved saved {made->documentVersion, {}};
        if (described->defaultVersion == edit.basedOn && made->status == u"Active"_s) {
            const auto set
                = documents.updateDocumentDefaultVersion(engine.owner(), {edit.name, made->documentVersion});
            if (!set)
                saved.defaultProblem = shownErrorOf(set.error());
        }
        return saved;
    }
}

Result<QList<AttachmentsSource>> keptFiles(Engine &engine, const QString &name, const QString &version)
{
    const auto before
        = engine.documents().getDocument(engine.owner(), {.name = name, .documentVersion = version});
    if (!before)
        return before.error();
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
            return ask(engine, [&](Engine &each) { return makeVersion(each, edit, added); });
        };
        promise->addResult(work());
        promise->finish();
    });
    return future;
}

}
