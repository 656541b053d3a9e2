#pragma once
// A file of this machine on its way into an artifact of the engine. It is read on a thread of a pool, which waits for the engine, so that neither
// screen nor engine waits for a disk.

#include "backend/engine/engine_thread.h"
#include "backend/store/artifact_upload.h"

#include <QIODevice>

namespace fb {

// Asks the engine and waits. Never on the ui thread.
template <typename Fn>
auto askEngine(EngineThread &engine, Fn fn) -> std::invoke_result_t<Fn, Engine &>
{
    auto future = engine.post(std::move(fn));
    future.waitForFinished();
    if (future.resultCount() > 0)
        return future.result();
    return makeError(errors::kServiceUnavailable, "The engine stopped.");
}

struct FileIntake {
    qint64 size = 0; // of the file, as its hash was made
    // On the engine thread: whether it is wanted, and the upload for it, which is a service's: it ends with the engine, if not before.
    std::function<Result<ArtifactUpload *>(Engine &)> open;
    // After each piece, on the calling thread: bytes on the engine's disk. False: no more; what came is thrown away. May be empty.
    std::function<bool(qint64 bytes)> goesOn;
};

// Once it answers without an error, the artifact is sealed, now or by an earlier upload of the same bytes.
Result<void> takeIn(EngineThread &engine, QIODevice &file, const FileIntake &intake);

}
