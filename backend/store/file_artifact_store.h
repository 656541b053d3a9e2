#pragma once
// Artifacts as files beside the SQLite database. Made by ArtifactStore::make(). Engine thread; the disk is touched by two threads of its
// own, one for appends and one for reads, digests and removals.

#include "backend/store/artifact_files.h"
#include "backend/store/artifact_store.h"
#include "backend/store/job_thread.h"

namespace fb {

class FileArtifactStore final : public ArtifactStore
{
    Q_OBJECT

public:
    FileArtifactStore(Database &database, const Clock &clock, Random &random);
    ~FileArtifactStore() override;

    void whenDiscarded(std::function<void()> then) override;

protected:
    bool sharesBytes() const override { return true; }
    void store(std::vector<Piece> pieces, Done done) override;
    QFuture<Result<QByteArray>> fetch(const ArtifactInfo &artifact, qint64 offset, qint64 most,
                                      bool verify) override;
    void digest(const ArtifactInfo &artifact, std::function<void(const Result<QString> &)> done) override;
    void sealed(const ArtifactInfo &artifact) override;
    void discard(const ArtifactInfo &artifact, bool lastOfItsDigest) override;
    void removeLeftBytes() override;

private:
    bool isPutOff(std::function<void()> removal); // until nobody keeps all bytes
    void removeOrphans(QStringList folders);
    void removeUnheld(const QStringList &digests);

    ArtifactFiles m_files;
    std::vector<std::function<void()>> m_putOff;
    JobThread m_reads;
    JobThread m_writes; // last: ends first, while the others still are
};

}
