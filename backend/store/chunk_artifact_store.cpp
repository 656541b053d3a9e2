#include "backend/store/chunk_artifact_store.h"

#include "backend/base/fail.h"
#include "backend/base/on_result.h"
#include "backend/core/byte_encoding.h"

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr qint64 kChunkBytes = 256 * 1024;
    constexpr qint64 kTailBytes
        = 16 * 1024; // a row shorter than this is added to, so that slow output makes few rows

    // The bytes from `offset` on, read in steps so that memory stays small however long the artifact is.
    Result<QByteArray> range(Reader &reader, const ArtifactId &id, qint64 offset, qint64 most)
    {
        QByteArray bytes;
        auto read = reader.each(
            u"SELECT start_offset, bytes FROM artifact_chunk WHERE artifact_id = ? AND start_offset > ? "
            "AND start_offset < ? ORDER BY start_offset"_s,
            {toSql(id), offset - kChunkBytes, offset + most}, [&](const Row &row) {
                const qint64 wanted = offset + bytes.size();
                const QByteArray chunk = row.bytes(1);
                const qint64 skip = wanted - row.integer(0);
                if (skip >= 0 && skip < chunk.size())
                    bytes += chunk.mid(skip, most - bytes.size());
            });
        if (!read)
            return read.error();
        return bytes;
    }

    Result<QString> wholeDigest(Reader &reader, const ArtifactId &id, qint64 length)
    {
        Sha256 hash;
        for (qint64 offset = 0; offset < length;) {
            const auto bytes = range(reader, id, offset, std::min<qint64>(16 * kChunkBytes, length - offset));
            if (!bytes)
                return bytes.error();
            if (bytes->isEmpty())
                return fail(errors::kInternal,
                            u"The artifact %1 is damaged: bytes from %2 on are missing."_s.arg(toQString(id))
                                .arg(offset),
                            kArtifactDamagedField);
            hash.add(viewOf(*bytes));
            offset += bytes->size();
        }
        return toQString(toHex(hash.finish()));
    }

    // As much as fits goes to the end of a short last row.
    Result<qint64> addToTail(Transaction &tx, const ArtifactId &id, qint64 offset, const QByteArray &bytes)
    {
        const auto tail
            = tx.one(u"SELECT start_offset FROM artifact_chunk WHERE artifact_id = ? AND start_offset > ? "
                     "ORDER BY start_offset DESC LIMIT 1"_s,
                     {toSql(id), offset - kTailBytes}, [](const Row &row) { return row.integer(0); });
        if (!tail)
            return tail.error();
        if (!*tail)
            return 0;
        const QByteArray part = bytes.left(kChunkBytes - (offset - **tail));
        auto added = tx.execute(
            u"UPDATE artifact_chunk SET bytes = bytes || ? WHERE artifact_id = ? AND start_offset = ?"_s,
            {part, toSql(id), **tail});
        if (!added)
            return added.error();
        return part.size();
    }

    Result<void> addBytes(Transaction &tx, const ArtifactId &id, qint64 offset, QByteArray bytes)
    {
        // A commit whose answer was lost may have kept some of them.
        const auto kept = tx.number(u"SELECT durable_length FROM artifact WHERE id = ?"_s, {toSql(id)});
        if (!kept)
            return kept.error();
        bytes.remove(0, std::clamp<qint64>(*kept - offset, 0, bytes.size()));
        offset = std::max(offset, *kept);
        if (bytes.isEmpty())
            return {};
        const auto added = addToTail(tx, id, offset, bytes);
        if (!added)
            return added.error();
        for (qint64 at = *added; at < bytes.size();
             at += kChunkBytes) { // each a statement: their text is long
            auto inserted = tx.execute(
                u"INSERT INTO artifact_chunk (artifact_id, start_offset, bytes) VALUES (?, ?, ?)"_s,
                {toSql(id), offset + at, bytes.mid(at, kChunkBytes)});
            if (!inserted)
                return inserted.error();
        }
        return {};
    }
}

ChunkArtifactStore::ChunkArtifactStore(Database &database, const Clock &clock, Random &random)
    : ArtifactStore(database, clock, random)
{
}

void ChunkArtifactStore::store(std::vector<Piece> pieces, Done done)
{
    auto stored = m_database.write([&](Transaction &tx) -> Result<void> {
        for (const Piece &piece : pieces) {
            if (auto added = addBytes(tx, piece.id, piece.offset, piece.bytes); !added)
                return added;
        }
        return setLengths(tx, pieces);
    });
    if (stored)
        m_database.whenCommitted(std::move(done));
    else
        QMetaObject::invokeMethod(
            this, [done, stored] { done(stored); }, Qt::QueuedConnection);
}

QFuture<Result<QByteArray>> ChunkArtifactStore::fetch(const ArtifactInfo &artifact, qint64 offset,
                                                      qint64 most, bool verify)
{
    return m_database.read([artifact, offset, most, verify](Reader &reader) -> Result<QByteArray> {
        if (verify) {
            const auto sha256 = wholeDigest(reader, artifact.id, artifact.durableLength);
            if (!sha256)
                return sha256.error();
            if (*sha256 != artifact.sha256)
                return fail(errors::kInternal,
                            u"The artifact %1 is damaged: its bytes are not those that were stored."_s.arg(
                                toQString(artifact.id)),
                            kArtifactDamagedField);
        }
        return range(reader, artifact.id, offset, most);
    });
}

void ChunkArtifactStore::digest(const ArtifactInfo &artifact,
                                std::function<void(const Result<QString> &)> done)
{
    onResult(m_database.read([artifact](Reader &reader) {
        return wholeDigest(reader, artifact.id, artifact.durableLength);
    }),
             this, std::move(done));
}

void ChunkArtifactStore::sealed(const ArtifactInfo &) { } // the rows stay as they are

void ChunkArtifactStore::discard(const ArtifactInfo &, bool) { } // the rows went with the artifact's

void ChunkArtifactStore::whenDiscarded(std::function<void()> then)
{
    QMetaObject::invokeMethod(this, std::move(then), Qt::QueuedConnection);
}
}
