#include "backend/store/artifact_store.h"

#include "backend/base/fail.h"
#include "backend/base/on_result.h"
#include "backend/store/chunk_artifact_store.h"
#include "backend/store/file_artifact_store.h"

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr qint64 kMostReadBytes = 4 * 1024 * 1024;
    constexpr std::chrono::milliseconds kRetryDelay {1000};
    constexpr auto kColumns = "id, owner, state, durable_length, sha256";

    ArtifactInfo infoOf(const Row &row)
    {
        return {.id = row.id<ArtifactId>(0),
                .owner = row.text(1),
                .sealed = row.text(2) == u"sealed"_s,
                .durableLength = row.integer(3),
                .sha256 = row.text(4)};
    }

    tl::unexpected<Error> notOpen(const ArtifactId &id)
    {
        return fail(errors::kConflict, u"The artifact %1 is not open for appending."_s.arg(toQString(id)));
    }
}

std::unique_ptr<ArtifactStore> ArtifactStore::make(Database &database, const Clock &clock, Random &random)
{
    if (database.dialect() == Dialect::Postgres)
        return std::make_unique<ChunkArtifactStore>(database, clock, random);
    return std::make_unique<FileArtifactStore>(database, clock, random);
}

ArtifactStore::ArtifactStore(Database &database, const Clock &clock, Random &random)
    : m_database(database),
      m_clock(clock),
      m_random(random)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &ArtifactStore::flush);
}

ArtifactStore::~ArtifactStore() = default;

Result<std::optional<ArtifactInfo>> ArtifactStore::find(Reader &reader, const QString &owner) const
{
    return reader.one(u"SELECT %1 FROM artifact WHERE owner = ?"_s.arg(QString::fromLatin1(kColumns)),
                      {owner}, infoOf);
}

Result<std::optional<ArtifactInfo>> ArtifactStore::info(Reader &reader, const ArtifactId &id) const
{
    return reader.one(u"SELECT %1 FROM artifact WHERE id = ?"_s.arg(QString::fromLatin1(kColumns)),
                      {toSql(id)}, infoOf);
}

Result<ArtifactInfo> ArtifactStore::open(const QString &owner)
{
    const auto found = find(m_database.reader(), owner);
    if (!found)
        return found.error();
    if (*found && (*found)->sealed)
        return fail(errors::kConflict, u"The artifact of %1 is sealed."_s.arg(owner));
    ArtifactInfo artifact = found->value_or(ArtifactInfo {});
    if (!*found) {
        artifact.id = ArtifactId(newUlid(m_random, toMicros(m_clock.now()) / 1000));
        artifact.owner = owner;
        auto made = m_database.write([&](Transaction &tx) {
            tx.onRolledBack([this, id = artifact.id](const Error &) {
                if (const auto lost = m_open.find(id); lost != m_open.end()) {
                    m_pendingBytes -= lost->second.pending.size();
                    m_open.erase(lost);
                }
            });
            return tx.execute(
                u"INSERT INTO artifact (id, owner, kind, state, durable_length, sha256, created_at) "
                "VALUES (?, ?, ?, 'open', 0, '', ?)"_s,
                {toSql(artifact.id), owner, artifactKindName(artifactKindOf(owner)), toSql(m_clock.now())});
        });
        if (!made)
            return made.error();
    }
    return m_open
        .try_emplace(artifact.id,
                     Open {.info = artifact, .pending = {}, .sealing = {}, .digesting = false, .gone = {}})
        .first->second.info;
}

Result<qint64> ArtifactStore::append(const ArtifactId &id, const QByteArray &bytes)
{
    const auto found = m_open.find(id);
    if (found == m_open.end() || found->second.sealing)
        return notOpen(id);
    if (m_pendingBytes + bytes.size() > m_mostPendingBytes)
        return fail(errors::kThrottling,
                    u"%1 MiB of output already wait for the disk."_s.arg(m_pendingBytes / (1024 * 1024)));
    Open &artifact = found->second;
    artifact.pending += bytes;
    m_pendingBytes += bytes.size();
    if (artifact.pending.size() >= kSyncBytes)
        flush();
    else if (!m_timer.isActive())
        m_timer.start(kSyncDelay);
    return artifact.info.durableLength + artifact.pending.size();
}

qint64 ArtifactStore::length(const ArtifactId &id) const
{
    const auto found = m_open.find(id);
    return found == m_open.end() ? 0 : found->second.info.durableLength + found->second.pending.size();
}

void ArtifactStore::forgetDigest(const QString &sha256)
{
    for (auto &[id, artifact] : m_open) {
        if (artifact.digesting)
            artifact.gone.insert(sha256);
    }
}

void ArtifactStore::letBytesGo()
{
    if (--m_keepers == 0)
        removeLeftBytes();
}

void ArtifactStore::whenStored(std::function<void()> then)
{
    m_waitForNext.push_back(std::move(then));
    flush();
}

void ArtifactStore::tellStored()
{
    for (const auto &then : std::exchange(m_waitForThis, {}))
        then();
}

void ArtifactStore::flush()
{
    if (m_storing)
        return; // stored() looks again
    m_waitForThis = std::exchange(m_waitForNext, {});
    std::vector<Piece> pieces;
    for (const auto &[id, artifact] : m_open) {
        if (!artifact.pending.isEmpty())
            pieces.push_back({id, artifact.info.durableLength, artifact.pending});
    }
    if (pieces.empty()) {
        tellStored();
        return sealIfDrained();
    }
    m_timer.stop();
    m_storing = true;
    auto shared = std::make_shared<std::vector<Piece>>(pieces);
    store(std::move(pieces), [this, shared](const Result<void> &outcome) { stored(*shared, outcome); });
}

void ArtifactStore::stored(const std::vector<Piece> &pieces, const Result<void> &outcome)
{
    m_storing = false;
    if (!outcome) {
        m_timer.start(kRetryDelay);
        emit writeFailed(outcome.error());
        return tellStored();
    }
    std::vector<std::pair<ArtifactId, qint64>> lengths;
    for (const Piece &piece : pieces) {
        const auto found = m_open.find(piece.id);
        if (found == m_open.end())
            continue; // removed meanwhile
        Open &artifact = found->second;
        artifact.pending.remove(0, piece.bytes.size());
        m_pendingBytes -= piece.bytes.size();
        artifact.info.durableLength = piece.offset + piece.bytes.size();
        lengths.emplace_back(piece.id, artifact.info.durableLength);
    }
    for (const auto &[id, length] : lengths)
        emit durable(id, length);
    tellStored();
    bool more = false;
    bool urgent = !m_waitForNext.empty();
    for (const auto &[id, artifact] : m_open) {
        more = more || !artifact.pending.isEmpty();
        urgent = urgent || artifact.pending.size() >= kSyncBytes
            || (artifact.sealing && !artifact.pending.isEmpty());
    }
    if (urgent)
        flush();
    else if (more && !m_timer.isActive())
        m_timer.start(kSyncDelay);
    sealIfDrained();
}

Result<void> ArtifactStore::setLengths(Transaction &tx, const std::vector<Piece> &pieces) const
{
    for (const Piece &piece : pieces) {
        auto set = tx.execute(u"UPDATE artifact SET durable_length = ? WHERE id = ? AND state = 'open'"_s,
                              {piece.offset + piece.bytes.size(), toSql(piece.id)});
        if (!set)
            return set.error();
    }
    return {};
}

QFuture<Result<QByteArray>> ArtifactStore::read(const ArtifactId &id, qint64 offset, qint64 most)
{
    return readBytes(id, offset, most, true);
}

QFuture<Result<QByteArray>> ArtifactStore::readUnproven(const ArtifactId &id, qint64 offset, qint64 most)
{
    return readBytes(id, offset, most, false);
}

QFuture<Result<QByteArray>> ArtifactStore::readBytes(const ArtifactId &id, qint64 offset, qint64 most,
                                                     bool proven)
{
    using Answer = Result<QByteArray>;
    most = std::min(most, kMostReadBytes);
    if (offset < 0 || most < 0)
        return readyResult(
            Answer(qtError(errors::kValidation, u"An artifact is read from %1 on."_s.arg(offset))));
    const auto opened = m_open.find(id);
    if (opened == m_open.end()) {
        const auto found = info(m_database.reader(), id);
        if (!found)
            return readyResult(Answer(found.error()));
        if (!*found)
            return readyResult(Answer(qtError(
                errors::kResourceNotFound,
                u"There is no artifact %1; it may have been removed by retention."_s.arg(toQString(id)))));
        const ArtifactInfo artifact = **found;
        const qint64 count = std::clamp<qint64>(artifact.durableLength - offset, 0, most);
        const bool verify = proven && artifact.sealed && !m_verified.contains(id);
        if (count == 0 && !artifact.sealed)
            return readyResult(Answer(QByteArray())); // one without a byte has no file yet
        const auto bytes = fetch(artifact, offset, count, verify);
        if (verify)
            onResult(bytes, this, [this, id](const Answer &answer) {
                if (answer)
                    m_verified.emplace(id, true);
            });
        return bytes;
    }
    const ArtifactInfo &artifact = opened->second.info;
    const qint64 inStore = std::clamp<qint64>(artifact.durableLength - offset, 0, most);
    const QByteArray inMemory
        = opened->second.pending.mid(std::max<qint64>(0, offset - artifact.durableLength), most - inStore);
    if (inStore == 0)
        return readyResult(Answer(inMemory));
    auto promise = std::make_shared<QPromise<Answer>>();
    promise->start();
    onResult(fetch(artifact, offset, inStore, false), this, [promise, inMemory](const Answer &answer) {
        promise->addResult(answer ? Answer(*answer + inMemory) : answer);
        promise->finish();
    });
    return promise->future();
}

QFuture<Result<ArtifactInfo>> ArtifactStore::seal(const ArtifactId &id)
{
    const auto found = m_open.find(id);
    if (found == m_open.end())
        return readyResult(Result<ArtifactInfo>(notOpen(id).value()));
    if (!found->second.sealing) {
        found->second.sealing = std::make_shared<QPromise<Result<ArtifactInfo>>>();
        found->second.sealing->start();
        QMetaObject::invokeMethod(this, &ArtifactStore::flush, Qt::QueuedConnection);
    }
    return found->second.sealing->future();
}

void ArtifactStore::sealIfDrained()
{
    std::vector<ArtifactInfo> drained;
    for (auto &[id, artifact] : m_open) {
        if (artifact.sealing && artifact.pending.isEmpty() && !artifact.digesting) {
            artifact.digesting = true;
            drained.push_back(artifact.info);
        }
    }
    for (const ArtifactInfo &artifact : drained)
        digest(artifact, [this, id = artifact.id](const Result<QString> &sha256) { digested(id, sha256); });
}

void ArtifactStore::digested(const ArtifactId &id, const Result<QString> &sha256)
{
    const auto found = m_open.find(id);
    if (found == m_open.end())
        return;
    ArtifactInfo artifact = found->second.info;
    const QSet<QString> gone = std::exchange(found->second.gone, {});
    if (!sha256)
        return finishSealing(id, sha256.error());
    if (gone.contains(*sha256))
        return digest(artifact, [this, id](const Result<QString> &again) { digested(id, again); });
    artifact.sealed = true;
    artifact.sha256 = *sha256;
    auto sealed = m_database.write([&](Transaction &tx) {
        return tx.execute(u"UPDATE artifact SET state = 'sealed', sha256 = ?, sealed_at = ? WHERE id = ?"_s,
                          {*sha256, toSql(m_clock.now()), toSql(id)});
    });
    if (!sealed)
        return finishSealing(id, sealed.error());
    m_database.whenCommitted([this, artifact](const Result<void> &kept) {
        if (!kept)
            return finishSealing(artifact.id, kept.error());
        this->sealed(artifact);
        finishSealing(artifact.id, artifact);
    });
}

// After a failure the artifact is open again, and seal() may be called once more.
void ArtifactStore::finishSealing(const ArtifactId &id, const Result<ArtifactInfo> &outcome)
{
    const auto found = m_open.find(id);
    if (found == m_open.end())
        return;
    const auto promise = std::exchange(found->second.sealing, {});
    found->second.digesting = false;
    if (outcome)
        m_open.erase(found);
    if (promise) {
        promise->addResult(outcome);
        promise->finish();
    }
}

Result<void> ArtifactStore::remove(Transaction &tx, const ArtifactId &id)
{
    const auto found = info(tx, id);
    if (!found)
        return found.error();
    if (!*found)
        return {};
    if (auto removed = tx.execute(u"DELETE FROM artifact WHERE id = ?"_s, {toSql(id)}); !removed)
        return removed.error();
    const auto sharers = (*found)->sealed
        ? tx.number(u"SELECT count(*) FROM artifact WHERE sha256 = ?"_s, {(*found)->sha256})
        : Result<qint64>(0);
    if (!sharers)
        return sharers.error();
    tx.onCommitted([this, artifact = **found, last = *sharers == 0] {
        if (const auto opened = m_open.find(artifact.id); opened != m_open.end()) {
            m_pendingBytes -= opened->second.pending.size();
            const auto promise = opened->second.sealing;
            m_open.erase(opened);
            if (promise) {
                promise->addResult(Result<ArtifactInfo>(notOpen(artifact.id).value()));
                promise->finish();
            }
        }
        m_verified.erase(artifact.id);
        discard(artifact, last);
    });
    return {};
}

}
