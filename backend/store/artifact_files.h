#pragma once
// The files of the artifact store: DIR/artifacts/open/<id> and DIR/artifacts/sealed/<first two digits>/<sha256>. Folders 0700, files
// 0600. Stateless but for the folder; any thread, one writer an artifact.

#include "backend/core/result.h"

#include <QByteArray>
#include <QString>

namespace fb {

class ArtifactFiles
{
public:
    explicit ArtifactFiles(const QString &dataDir);

    Result<void> makeFolders() const;
    // Cuts the file to `offset` (bytes beyond it were never durable), appends, and syncs.
    Result<void> append(const QString &id, qint64 offset, const QByteArray &bytes) const;
    Result<QByteArray> readOpen(const QString &id, qint64 offset, qint64 most) const;
    // `verify`: the whole file must have this digest and length.
    Result<QByteArray> readSealed(const QString &sha256, qint64 length, qint64 offset, qint64 most,
                                  bool verify) const;
    // Gives the first `length` bytes of an open file their sealed name as well; the digest. The open name goes with removeOpen().
    Result<QString> link(const QString &id, qint64 length) const;
    void removeOpen(const QString &id) const;
    void removeSealed(const QString &sha256) const;
    QStringList sealedFolders() const; // "00" to "ff", those that are there
    QStringList sealedIn(const QString &folder) const; // digests
    void removeOpenExcept(const QStringList &ids) const; // what a crash has left over
    QString openPath(const QString &id) const;
    QString sealedPath(const QString &sha256) const;

private:
    QString m_folder;
};

}
