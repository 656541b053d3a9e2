#include "models/shared/intake/file_intake.h"

#include "backend/base/fail.h"

#include <QPointer>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr qint64 kPiece = 1024 * 1024;
    constexpr qint64 kMostAhead = 8 * kPiece; // of the disk
    constexpr unsigned long kLookMilliseconds = 10;

    // Looked at on the engine thread alone.
    struct Upload {
        QPointer<ArtifactUpload> upload;
        qint64 durable = 0;
        std::optional<Result<ArtifactInfo>> outcome;
    };
    using SharedUpload = std::shared_ptr<Upload>;

    Result<SharedUpload> begin(Engine &engine, const FileIntake &intake)
    {
        const auto opened = intake.open(engine);
        if (!opened)
            return opened.error();
        auto taking = std::make_shared<Upload>();
        ArtifactUpload *upload = *opened;
        taking->upload = upload;
        QObject::connect(upload, &ArtifactUpload::taken, upload,
                         [taking](qint64 bytes) { taking->durable = bytes; });
        QObject::connect(upload, &ArtifactUpload::sealed, upload,
                         [taking](const Result<ArtifactInfo> &outcome) { taking->outcome = outcome; });
        const auto isThere = upload->begin();
        if (!isThere) {
            delete upload;
            return isThere.error();
        }
        if (*isThere)
            taking->outcome = Result<ArtifactInfo>(ArtifactInfo {});
        return taking;
    }

    // Bytes on the disk; nothing once it is sealed.
    Result<std::optional<qint64>> progressOf(const Upload &taking)
    {
        if (!taking.outcome)
            return std::optional(taking.durable);
        if (!*taking.outcome)
            return taking.outcome->error();
        return std::optional<qint64>();
    }

    Result<void> pour(EngineThread &engine, QIODevice &file, const FileIntake &intake,
                      const SharedUpload &taking)
    {
        for (qint64 given = 0;;) {
            const QByteArray piece = file.read(kPiece);
            if (piece.isEmpty() && given < intake.size) // what was hashed is not what is read now
                return fail(
                    errors::kValidation,
                    u"The file ended after %1 of its %2 bytes: it was changed while it was read."_s.arg(given)
                        .arg(intake.size));
            if (!piece.isEmpty()) {
                auto taken = askEngine(engine, [&](Engine &) {
                    return taking->outcome || !taking->upload ? Result<void>() : taking->upload->take(piece);
                });
                if (!taken)
                    return taken;
                given += piece.size();
            }
            for (;;) {
                const auto done = askEngine(engine, [&](Engine &) { return progressOf(*taking); });
                if (!done)
                    return done.error();
                if (!*done)
                    return {};
                if (intake.goesOn && !intake.goesOn(**done))
                    return fail(errors::kServiceUnavailable, u"It was broken off."_s);
                if (!piece.isEmpty() && given - **done <= kMostAhead)
                    break;
                QThread::msleep(kLookMilliseconds);
            }
        }
    }
}

Result<void> takeIn(EngineThread &engine, QIODevice &file, const FileIntake &intake)
{
    const auto taking = askEngine(engine, [&](Engine &each) { return begin(each, intake); });
    if (!taking)
        return taking.error();
    auto poured = pour(engine, file, intake, *taking);
    (void)askEngine(engine, [&](Engine &) -> Result<void> {
        delete (*taking)->upload.data(); // what was not whole goes with it
        return {};
    });
    return poured;
}

}
