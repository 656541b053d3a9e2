#pragma once
// The tables of attachments and of the files that are named in the artifact store. Engine thread.

#include "backend/documents/attachment.h"
#include "backend/store/transaction.h"

namespace fb {

class AttachmentRepository
{
public:
    // ---- Files, by hash
    Result<void> putFile(Transaction &tx, const QString &sha256, qint64 size, Instant now);
    Result<void> markOrphans(Transaction &tx, Instant now); // after something that named files is gone
    Result<QStringList> orphans(Reader &reader, Instant before, int most) const;
    Result<void> removeFile(Transaction &tx, const QString &sha256);

    // ---- Attachments of a version, by name
    Result<void> insert(Transaction &tx, const QString &document, qint64 version,
                        const QList<AttachmentContent> &files);
    Result<QList<AttachmentContent>> of(Reader &reader, const QString &document, qint64 version) const;

    // ---- artifact://<folder>/<name>
    Result<void> putEntry(Transaction &tx, const ArtifactEntry &entry); // replaces
    Result<std::optional<ArtifactEntry>> entry(Reader &reader, const QString &folder,
                                               const QString &name) const;
    Result<QList<ArtifactEntry>> entries(Reader &reader, const QString &folder) const; // empty folder: all
    Result<void> removeEntry(Transaction &tx, const QString &folder, const QString &name);
};

}
