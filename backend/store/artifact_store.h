#pragma once
// Big or binary things: outputs beyond 8 KiB, packages, recordings. An artifact is first open, an append file named by its owner, then
// sealed: named by its SHA-256, immutable, checked on read (design 6). Files under DIR/artifacts with SQLite, 256 KiB rows with
// PostgreSQL. Lives on the engine thread; append() never waits for the disk.
//
//     auto artifact = store.open(u"invocation/<command>/<node>/stdout"_s);   // makes it, or goes on where it was durable
//     store.append(artifact->id, bytes);                                     // durable within 200 ms or 256 KiB
//     connect(&store, &ArtifactStore::durable, this, ...);                   // now acknowledge up to `length`
//     onResult(store.seal(artifact->id), this, ...);

#include "backend/core/ids.h"
#include "backend/store/artifact_kind.h"
#include "backend/store/database.h"

#include <QByteArray>
#include <QFuture>
#include <QObject>
#include <QSet>
#include <QTimer>

#include <functional>
#include <memory>
#include <unordered_map>

namespace fb {

using ArtifactId = Id<struct ArtifactTag>; // ULID

// Of the error that tells of bytes that are not those that were sealed.
inline const auto kArtifactDamagedField = QStringLiteral("Sha256");

struct ArtifactInfo {
    ArtifactId id;
    QString owner; // who it belongs to, unique: "invocation/<command>/<node>/stdout"
    bool sealed = false;
    qint64 durableLength = 0; // bytes that survive a crash; all of them once sealed
    QString sha256; // hex, once sealed
};

class ArtifactStore : public QObject
{
    Q_OBJECT

public:
    static constexpr qint64 kSyncBytes = 256 * 1024;
    static constexpr std::chrono::milliseconds kSyncDelay {200};
    static constexpr qint64 kMostPendingBytes = 64 * 1024 * 1024; // of all artifacts, in memory

    static std::unique_ptr<ArtifactStore> make(Database &database, const Clock &clock, Random &random);
    ~ArtifactStore() override;

    // ConflictException if the owner's artifact is sealed already.
    Result<ArtifactInfo> open(const QString &owner);
    // How much may wait for the disk, of all artifacts; kMostPendingBytes unless told otherwise.
    void setMostPendingBytes(qint64 most) { m_mostPendingBytes = most; }
    // The length with these bytes. ThrottlingException while 64 MiB wait for a slow or full disk: take no more from the sender.
    Result<qint64> append(const ArtifactId &id, const QByteArray &bytes);
    qint64
    length(const ArtifactId &id) const; // of an open one, with what is not durable yet; 0 if it is not open
    void flush(); // begins to make everything durable now
    // Once all that is in memory now is durable; at once where nothing is, or where the disk refuses it.
    void whenStored(std::function<void()> then);

    // At most `most` bytes (up to 4 MiB) from `offset`, also those not durable yet; fewer at the end. InternalServerError when a sealed
    // artifact's bytes are not those it was sealed with.
    QFuture<Result<QByteArray>> read(const ArtifactId &id, qint64 offset, qint64 most);
    // The same whatever the digest says, for who has a proof of his own.
    QFuture<Result<QByteArray>> readUnproven(const ArtifactId &id, qint64 offset, qint64 most);
    QFuture<Result<ArtifactInfo>> seal(const ArtifactId &id); // after it append() is refused
    Result<void> remove(Transaction &tx, const ArtifactId &id); // its bytes go after the commit

    Result<std::optional<ArtifactInfo>> find(Reader &reader, const QString &owner) const;
    Result<std::optional<ArtifactInfo>> info(Reader &reader, const ArtifactId &id) const;

    // ---- Room (spec/security-and-robustness.md R12)
    QFuture<Result<ArtifactUsage>> usage(); // of what is committed
    // Sealed ones of the kind, the oldest first.
    Result<QList<ArtifactInfo>> oldest(Reader &reader, ArtifactKind kind, int most) const;
    // Whether this many bytes more may be brought; the owner of the limits says so.
    void setAdmission(std::function<Result<void>(ArtifactKind kind, qint64 bytes)> admission)
    {
        m_admission = std::move(admission);
    }
    Result<void> admit(const QString &owner, qint64 bytes) const;
    virtual void whenDiscarded(std::function<void()> then)
        = 0; // the bytes of all that is removed now are gone
    // While a backup reads them: bytes stay that a removed or sealed artifact leaves behind, and go once nobody keeps them any more.
    void keepAllBytes() { ++m_keepers; }
    void letBytesGo();
    bool keepsAllBytes() const { return m_keepers > 0; }

signals:
    void durable(const fb::ArtifactId &id, qint64 length);
    // The bytes stay in memory and are tried again each second.
    void writeFailed(const fb::Error &error);

protected:
    struct Piece {
        ArtifactId id;
        qint64 offset = 0;
        QByteArray bytes;
    };
    using Done = std::function<void(const Result<void> &)>;

    ArtifactStore(Database &database, const Clock &clock, Random &random);

    // Makes the pieces durable with their lengths in the rows; `done` on the engine thread.
    virtual void store(std::vector<Piece> pieces, Done done) = 0;
    // Bytes that store() has taken. `verify`: first check the whole against its digest.
    virtual QFuture<Result<QByteArray>> fetch(const ArtifactInfo &artifact, qint64 offset, qint64 most,
                                              bool verify)
        = 0;
    // The digest of the whole; prepares its sealed form. `done` on the engine thread.
    virtual void digest(const ArtifactInfo &artifact, std::function<void(const Result<QString> &)> done) = 0;
    virtual void sealed(const ArtifactInfo &artifact) = 0; // the row is committed
    virtual void discard(const ArtifactInfo &artifact, bool lastOfItsDigest) = 0; // the row is gone

    Result<void> setLengths(Transaction &tx, const std::vector<Piece> &pieces) const;
    // Its sealed bytes are about to go, although somebody may be sealing the same at this moment: they are then sealed once more.
    void forgetDigest(const QString &sha256);
    Result<bool> isHeld(Reader &reader, const QString &sha256) const; // by a sealed artifact
    virtual bool sharesBytes() const = 0; // one copy for all of one digest
    virtual void removeLeftBytes() { } // nobody keeps them any more

    Database &m_database;

private:
    struct Open {
        ArtifactInfo info;
        QByteArray pending; // from info.durableLength on
        std::shared_ptr<QPromise<Result<ArtifactInfo>>> sealing;
        bool digesting = false;
        QSet<QString> gone; // digests whose bytes were removed meanwhile
    };

    QFuture<Result<QByteArray>> readBytes(const ArtifactId &id, qint64 offset, qint64 most, bool proven);
    void stored(const std::vector<Piece> &pieces, const Result<void> &outcome);
    void tellStored();
    void sealIfDrained();
    void digested(const ArtifactId &id, const Result<QString> &sha256);
    void finishSealing(const ArtifactId &id, const Result<ArtifactInfo> &outcome);

    const Clock &m_clock;
    Random &m_random;
    QTimer m_timer;
    std::function<Result<void>(ArtifactKind, qint64)> m_admission;
    std::unordered_map<ArtifactId, Open> m_open;
    std::unordered_map<ArtifactId, bool> m_verified; // sealed ones whose digest was checked since the start
    qint64 m_pendingBytes = 0;
    qint64 m_mostPendingBytes = kMostPendingBytes;
    int m_keepers = 0;
    bool m_storing = false;
    std::vector<std::function<void()>>
        m_waitForNext; // what is appended while some is stored is in the next round
    std::vector<std::function<void()>> m_waitForThis;
};

}
