#pragma once
// How a recording lies in the artifact store: a header, then blocks of at most 64 KiB of asciinema v2 text, each sealed with AES-256-GCM
// under the recording's own key and bound to the block before it by a SHA-256 chain. Pure; any thread.
//
//     segment  := "FBREC1\n" u32 size, envelope of the key (vault) ; block...
//     block    := u32 size of what follows ; nonce ; sealed(u64 terminal offset after it, asciinema text)
//     chain(n) := SHA-256(chain(n-1), block n); a block's associated data are session id and chain(n-1), so none can be left out, moved or
//                 taken from elsewhere; chain of nothing: 32 zero bytes
//
// After a crash the last block may be torn; recording goes on in a new segment, and the torn block is skipped.

#include "backend/core/random.h"
#include "backend/core/result.h"
#include "backend/core/secret_bytes.h"

#include <QByteArray>
#include <QString>

#include <optional>
#include <string>

namespace fb {

inline constexpr size_t kRecordingBlockBytes = 64 * 1024;
inline const auto kRecordingHashField
    = QStringLiteral("RecordingHash"); // of the error that tells of an altered one
inline const auto kRecordingRemovedField
    = QStringLiteral("RecordingRemovedDate"); // of the error that tells of one that was removed to make room

// Where a recording stands after a whole block.
struct RecordingPosition {
    quint64 terminalOffset = 0; // the terminal's bytes below it are recorded
    std::string chain = std::string(32, '\0');
    bool operator==(const RecordingPosition &) const = default;
};

class RecordingSealer
{
public:
    RecordingSealer(SecretBytes key, std::string sessionId, RecordingPosition position, Random &random);
    static QByteArray segmentHeader(const QByteArray &keyEnvelope);
    struct Block {
        QByteArray bytes;
        RecordingPosition position; // after it
    };
    Block seal(std::string_view text, quint64 terminalOffset) const; // the next block, once it is kept
    void keep(const Block &block) { m_position = block.position; }
    const RecordingPosition &position() const { return m_position; }

private:
    SecretBytes m_key;
    std::string m_sessionId;
    RecordingPosition m_position;
    Random &m_random;
};

// Reads a segment from its bytes, which may come in pieces.
class RecordingReader
{
public:
    RecordingReader(SecretBytes key, std::string sessionId, RecordingPosition position = {});
    // The key's envelope and the header's size; nothing when the bytes do not begin a segment.
    struct Header {
        QByteArray keyEnvelope;
        qsizetype size = 0;
    };
    static std::optional<Header> readHeader(const QByteArray &segment);

    void add(const QByteArray &bytes) { m_bytes += bytes; } // after the header
    // The text of the next whole block; nothing when the rest is torn or not there yet. InternalServerError when a block was altered.
    Result<std::optional<std::string>> next();
    bool hasRest() const { return m_at < static_cast<size_t>(m_bytes.size()); }
    const RecordingPosition &position() const { return m_position; }
    qint64 consumed() const { return m_consumed; } // bytes of whole blocks

private:
    SecretBytes m_key;
    std::string m_sessionId;
    RecordingPosition m_position;
    QByteArray m_bytes;
    size_t m_at = 0;
    qint64 m_consumed = 0;
};

}
