#include "backend/store/file_artifact_store.h"

#include "backend/base/on_result.h"
#include "backend/base/qt_text.h"

#include <QLoggingCategory>
#include <QSet>

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
    removeOrphans(m_files.sealedFolders());
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
    if (isPutOff([this, artifact] { sealed(artifact); }))
        return;
    // behind the reads that were asked for while it was open
    m_reads.post([files = m_files, id = toQString(artifact.id)] { files.removeOpen(id); });
}

bool FileArtifactStore::isPutOff(std::function<void()> removal)
{
    if (keepsAllBytes())
        m_putOff.push_back(std::move(removal));
    return keepsAllBytes();
}

void FileArtifactStore::removeLeftBytes()
{
    for (const auto &removal : std::exchange(m_putOff, {}))
        removal();
}

void FileArtifactStore::discard(const ArtifactInfo &artifact, bool lastOfItsDigest)
{
    if (isPutOff([this, artifact, lastOfItsDigest] { discard(artifact, lastOfItsDigest); }))
        return;
    m_writes.post([files = m_files, id = toQString(artifact.id)] { files.removeOpen(id); });
    if (artifact.sealed && lastOfItsDigest)
        removeUnheld({artifact.sha256});
}

// The row went first, so that none is without its bytes; those that a crash has left are found at the next start. On the thread of the digests:
// what is sealed after this gets bytes of its own, and what is being sealed now is told.
void FileArtifactStore::removeUnheld(const QStringList &digests)
{
    if (isPutOff([this, digests] { removeUnheld(digests); }))
        return;
    QStringList unheld;
    for (const QString &sha256 : digests) {
        const auto held = isHeld(m_database.reader(), sha256);
        if (!held || *held)
            continue;
        forgetDigest(sha256);
        unheld.append(sha256);
    }
    if (unheld.isEmpty())
        return;
    m_reads.post([files = m_files, unheld] {
        for (const QString &sha256 : unheld)
            files.removeSealed(sha256);
    });
}

// One folder at a time: there are 256, and a store that is busy goes first.
void FileArtifactStore::removeOrphans(QStringList folders)
{
    if (folders.isEmpty())
        return;
    const QString folder = folders.takeFirst();
    m_reads.post([this, files = m_files, folder, folders] {
        const QStringList names = files.sealedIn(folder);
        QMetaObject::invokeMethod(
            this,
            [this, folder, folders, names] {
                using Held = QSet<QString>;
                const auto held = m_database.read([folder](Reader &reader) -> Result<Held> {
                    Held all;
                    auto read = reader.each(u"SELECT sha256 FROM artifact WHERE sha256 >= ? AND sha256 < ?"_s,
                                            {folder, folder + u'g'},
                                            [&all](const Row &row) { all.insert(row.text(0)); });
                    return read ? Result<Held>(all) : Result<Held>(read.error());
                });
                onResult(held, this, [this, folders, names](const Result<Held> &known) {
                    if (!known)
                        return; // the next start looks again
                    QStringList orphans;
                    for (const QString &name : names) {
                        if (!known->contains(name))
                            orphans.append(name);
                    }
                    if (!orphans.isEmpty())
                        qCInfo(lcArtifacts, "%d artifacts that a crash left behind are removed",
                               static_cast<int>(orphans.size()));
                    removeUnheld(orphans);
                    removeOrphans(folders);
                });
            },
            Qt::QueuedConnection);
    });
}

void FileArtifactStore::whenDiscarded(std::function<void()> then)
{
    if (isPutOff([this, then] { whenDiscarded(then); }))
        return;
    m_reads.post(
        [this, then = std::move(then)] { QMetaObject::invokeMethod(this, then, Qt::QueuedConnection); });
}

}
