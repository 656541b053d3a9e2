#include "backend/nodes/sessions/recording_format.h"

#include "backend/base/fail.h"
#include "backend/core/aead.h"
#include "backend/core/byte_encoding.h"

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr std::string_view kMagic = "FBREC1\n";
    constexpr size_t kSizeBytes = 4;
    constexpr size_t kOffsetBytes = 8;
    constexpr size_t kMaxBlock = kAeadNonceBytes + kOffsetBytes + kRecordingBlockBytes + kAeadTagBytes;
    constexpr size_t kMinBlock = kAeadNonceBytes + kOffsetBytes + kAeadTagBytes;
    constexpr size_t kMaxEnvelope = 4096;

    std::string associated(std::string_view sessionId, std::string_view chain)
    {
        return std::string("flagbridge-recording-1\n").append(sessionId).append("\n").append(chain);
    }

    std::string nextChain(std::string_view chain, std::string_view block)
    {
        Sha256 digest;
        digest.add(chain);
        digest.add(block);
        return digest.finish();
    }
}

RecordingSealer::RecordingSealer(SecretBytes key, std::string sessionId, RecordingPosition position,
                                 Random &random)
    : m_key(std::move(key)),
      m_sessionId(std::move(sessionId)),
      m_position(std::move(position)),
      m_random(random)
{
}

QByteArray RecordingSealer::segmentHeader(const QByteArray &keyEnvelope)
{
    std::string out(kMagic);
    putBigEndian<uint32_t>(out, static_cast<uint32_t>(keyEnvelope.size()));
    out.append(viewOf(keyEnvelope));
    return toBytes(out);
}

RecordingSealer::Block RecordingSealer::seal(std::string_view text, quint64 terminalOffset) const
{
    std::string plain;
    plain.reserve(kOffsetBytes + text.size());
    putBigEndian<uint64_t>(plain, terminalOffset);
    plain.append(text);
    const std::string nonce = m_random.bytes(kAeadNonceBytes);
    const std::string block
        = nonce + aeadSeal(m_key.view(), nonce, associated(m_sessionId, m_position.chain), plain);
    wipe(plain);
    std::string out;
    out.reserve(kSizeBytes + block.size());
    putBigEndian<uint32_t>(out, static_cast<uint32_t>(block.size()));
    out += block;
    return {toBytes(out), {terminalOffset, nextChain(m_position.chain, block)}};
}

RecordingReader::RecordingReader(SecretBytes key, std::string sessionId, RecordingPosition position)
    : m_key(std::move(key)),
      m_sessionId(std::move(sessionId)),
      m_position(std::move(position))
{
}

std::optional<RecordingReader::Header> RecordingReader::readHeader(const QByteArray &segment)
{
    const std::string_view bytes = viewOf(segment);
    if (bytes.size() < kMagic.size() + kSizeBytes || bytes.substr(0, kMagic.size()) != kMagic)
        return std::nullopt;
    const size_t size = bigEndianAt<uint32_t>(bytes, kMagic.size());
    const size_t begin = kMagic.size() + kSizeBytes;
    if (size > kMaxEnvelope || bytes.size() - begin < size)
        return std::nullopt;
    return Header {toBytes(bytes.substr(begin, size)), static_cast<qsizetype>(begin + size)};
}

Result<std::optional<std::string>> RecordingReader::next()
{
    const std::string_view rest = viewOf(m_bytes).substr(m_at);
    if (rest.size() < kSizeBytes)
        return std::optional<std::string>();
    const size_t size = bigEndianAt<uint32_t>(rest, 0);
    const auto altered = [this] {
        return fail(
            errors::kInternal,
            u"The recording does not match its hash after %1 bytes: it was altered."_s.arg(m_consumed),
            kRecordingHashField);
    };
    if (size < kMinBlock || size > kMaxBlock)
        return altered();
    if (rest.size() - kSizeBytes < size)
        return std::optional<std::string>();
    const std::string_view block = rest.substr(kSizeBytes, size);
    const auto plain = aeadOpen(m_key.view(), block.substr(0, kAeadNonceBytes),
                                associated(m_sessionId, m_position.chain), block.substr(kAeadNonceBytes));
    if (!plain || plain->size() < kOffsetBytes)
        return altered();
    m_position.terminalOffset = bigEndianAt<uint64_t>(plain->view(), 0);
    m_position.chain = nextChain(m_position.chain, block);
    std::optional<std::string> text(std::string(plain->view().substr(kOffsetBytes)));
    m_at += kSizeBytes + size;
    m_consumed += static_cast<qint64>(kSizeBytes + size);
    if (m_at > 4 * kRecordingBlockBytes) {
        m_bytes.remove(0, static_cast<qsizetype>(m_at));
        m_at = 0;
    }
    return text;
}

}
