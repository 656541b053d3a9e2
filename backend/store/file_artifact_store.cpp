#include "backend/store/file_artifact_store.h"

#include "backend/base/qt_text.h"

#include <QLoggingCategory>

namespace fb {

using namespace Qt::StringLiterals;

Q_LOGGING_CATEGORY(lcArtifacts, "fb.store")

FileArtifactStore::FileArtifactStore(Database &database, const Clock &clock, Random &random)
    : ArtifactStore(database, clock, random),
      m_files(database.dataDir())
{
    if (auto made = m_files.makeFolders(); !made)
        qCWarning(lcArtifacts).noquote() << toQString(made.error().message); // each append then says so too
    const auto open = database.reader().all(u"SELECT id FROM artifact WHERE state = 'open'"_s, {},
                                            [](const Row &row) { return row.text(0); });
    if (open)
        m_writes.post([files = m_files, ids = QStringList(*open)] { files.removeOpenExcept(ids); });
}

FileArtifactStore::~FileArtifactStore() = default;

void FileArtifactStore::store(std::vector<Piece> pieces, Done done)
{
    auto shared = std::make_shared<const std::vector<Piece>>(std::move(pieces));
    m_writes.post([this, shared, done = std::move(done)] {
        Result<void> written;
        for (const Piece &piece : *shared) {
            written = m_files.append(toQString(piece.id), piece.offset, piece.bytes);
            if (!written)
                break;
        }
        QMetaObject::invokeMethod(
            this,
            [this, shared, written, done] {
                if (!written)
                    return done(written);
                auto set = m_database.write([&](Transaction &tx) { return setLengths(tx, *shared); });
                if (!set)
                    return done(set);
                m_database.whenCommitted(done);
            },
            Qt::QueuedConnection);
    });
}

QFuture<Result<QByteArray>> FileArtifactStore::fetch(const ArtifactInfo &artifact, qint64 offset, qint64 most,
                                                     bool verify)
{
    auto promise = std::make_shared<QPromise<Result<QByteArray>>>();
    promise->start();
    m_reads.post([files = m_files, artifact, offset, most, verify, promise] {
        promise->addResult(
            artifact.sealed ? files.readSealed(artifact.sha256, artifact.durableLength, offset, most, verify)
                            : files.readOpen(toQString(artifact.id), offset, most));
        promise->finish();
    });
    return promise->future();
}

void FileArtifactStore::digest(const ArtifactInfo &artifact,
                               std::function<void(const Result<QString> &)> done)
{
    m_reads.post([this, artifact, done = std::move(done)] {
        const auto sha256 = m_files.link(toQString(artifact.id), artifact.durableLength);
        QMetaObject::invokeMethod(
            this, [sha256, done] { done(sha256); }, Qt::QueuedConnection);
    });
}

void FileArtifactStore::sealed(const ArtifactInfo &artifact)
{
    // behind the reads that were asked for while it was open
    m_reads.post([files = m_files, id = toQString(artifact.id)] { files.removeOpen(id); });
}

void FileArtifactStore::discard(const ArtifactInfo &artifact, bool lastOfItsDigest)
{
    m_writes.post([files = m_files, artifact, lastOfItsDigest] {
        files.removeOpen(toQString(artifact.id));
        if (artifact.sealed && lastOfItsDigest)
            files.removeSealed(artifact.sha256);
    });
}

}
