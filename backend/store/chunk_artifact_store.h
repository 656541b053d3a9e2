#pragma once
// Artifacts as rows of at most 256 KiB in the PostgreSQL database, so that every engine reads them. Made by ArtifactStore::make(). Engine
// thread; reads and digests run on the read pool.

#include "backend/store/artifact_store.h"

namespace fb {

class ChunkArtifactStore final : public ArtifactStore
{
    Q_OBJECT

public:
    ChunkArtifactStore(Database &database, const Clock &clock, Random &random);

    void whenDiscarded(std::function<void()> then) override;

protected:
    bool sharesBytes() const override { return false; }
    void store(std::vector<Piece> pieces, Done done) override;
    QFuture<Result<QByteArray>> fetch(const ArtifactInfo &artifact, qint64 offset, qint64 most,
                                      bool verify) override;
    void digest(const ArtifactInfo &artifact, std::function<void(const Result<QString> &)> done) override;
    void sealed(const ArtifactInfo &artifact) override;
    void discard(const ArtifactInfo &artifact, bool lastOfItsDigest) override;
};

}
