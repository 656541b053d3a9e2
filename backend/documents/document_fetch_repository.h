#pragma once
// Versions whose attachments are still being fetched, and from where: what a restarted engine goes on with. Engine thread.

#include "backend/documents/attachment.h"
#include "backend/store/transaction.h"

namespace fb {

struct DocumentFetch {
    QString document;
    qint64 version = 0;
    Instant startedAt {}; // tells it from a version of a document that was deleted and made again
    QList<AttachmentsSource> sources;
    bool operator==(const DocumentFetch &) const = default;
};

class DocumentFetchRepository
{
public:
    Result<void> insert(Transaction &tx, const DocumentFetch &fetch);
    Result<bool> isOpen(Reader &reader, const DocumentFetch &fetch) const; // that very one
    Result<QList<DocumentFetch>> all(Reader &reader) const; // the oldest first
    Result<void> remove(Transaction &tx, const DocumentFetch &fetch);
};

}
