#pragma once
// Bytes that come in pieces and become an artifact of a hash that was told before. What is not sealed in the end is thrown away. The next piece is
// asked for when the last is on the disk, so that nothing piles up. Engine thread.

#include "backend/store/artifact_store.h"

#include <functional>

namespace fb {

class ArtifactUpload : public QObject
{
    Q_OBJECT

public:
    ArtifactUpload(ArtifactStore &artifacts, Database &database, QString owner, qint64 size,
                   QObject *parent = nullptr);
    ~ArtifactUpload() override;

    // True: the bytes are there already, none is wanted. Otherwise taken(0) follows, or sealed() for an empty file.
    Result<bool> begin();
    // ValidationException when more comes than was told.
    Result<void> take(const QByteArray &bytes);

signals:
    void taken(qint64 bytes); // so far; ask for more while it is less than the size
    void sealed(const fb::Result<fb::ArtifactInfo> &outcome); // the last

private:
    void becameDurable(const ArtifactId &id, qint64 length);
    void seal();
    void drop();

    ArtifactStore &m_artifacts;
    Database &m_database;
    QString m_owner;
    qint64 m_size;
    qint64 m_taken = 0;
    ArtifactId m_artifact;
    bool m_isOpen = false;
};

}
