#pragma once
// Files from this machine into the artifact store, and a version of a document that brings them and those of an S3 server. They are read on a thread of the pool, so that
// neither screen nor engine waits for a disk.

#include "backend/documents/attachment.h"
#include "backend/engine/engine_thread.h"
#include "models/shared/documents/document_row.h"

namespace fb {

QFuture<Result<DocumentSaved>> saveFiles(EngineThread &engine, const DocumentFilesEdit &edit);

// Engine thread: the files of a version, to be taken along by the next one.
Result<QList<AttachmentsSource>> keptFiles(Engine &engine, const QString &name, const QString &version);

}
