#include "backend/nodes/sessions/session_recorder.h"

#include "backend/base/qt_text.h"
#include "backend/core/text_safety.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    std::string line(const QJsonDocument &json)
    {
        return json.toJson(QJsonDocument::Compact).toStdString() + "\n";
    }

    // How many bytes at the end begin a character whose rest is missing: 0 to 3.
    qsizetype cutCharacter(const QByteArray &bytes)
    {
        for (qsizetype back = 1; back <= std::min<qsizetype>(3, bytes.size()); ++back) {
            const auto byte = static_cast<uint8_t>(bytes[bytes.size() - back]);
            if ((byte & 0xc0) == 0x80)
                continue; // inside a character
            const qsizetype wanted = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
            return wanted > back ? back : 0;
        }
        return 0;
    }
}

QString recordingOwner(const SessionId &session, int segment)
{
    return u"session/%1/recording/%2"_s.arg(toQString(session)).arg(segment);
}

SessionRecorder::SessionRecorder(ArtifactStore &artifacts, const RecordingStart &start, ArtifactId artifact,
                                 int segment, RecordingSealer sealer)
    : m_artifacts(artifacts),
      m_start(start),
      m_artifact(std::move(artifact)),
      m_sealer(std::move(sealer)),
      m_offset(m_sealer.position().terminalOffset)
{
    m_durable.segment = segment;
    m_durable.position = m_sealer.position();
}

Result<std::unique_ptr<SessionRecorder>> SessionRecorder::begin(ArtifactStore &artifacts,
                                                                const RecordingStart &start, SecretBytes key,
                                                                const QByteArray &keyEnvelope, int segment,
                                                                const RecordingPosition &position,
                                                                Random &random)
{
    const auto artifact = artifacts.open(recordingOwner(start.session, segment));
    if (!artifact)
        return artifact.error();
    std::unique_ptr<SessionRecorder> recorder(
        new SessionRecorder(artifacts, start, artifact->id, segment,
                            RecordingSealer(std::move(key), start.session.text(), position, random)));
    const QByteArray header = RecordingSealer::segmentHeader(keyEnvelope);
    if (auto appended = artifacts.append(artifact->id, header); !appended)
        return appended.error();
    recorder->m_durable.length = header.size();
    if (segment == 0) {
        recorder->m_text = line(QJsonDocument(QJsonObject {
            {u"version"_s, 2},
            {u"width"_s, start.columns},
            {u"height"_s, start.rows},
            {u"timestamp"_s, static_cast<qint64>(toMicros(start.startedAt) / 1'000'000)},
            {u"title"_s, start.title},
            {u"env"_s, QJsonObject {{u"TERM"_s, u"xterm-256color"_s}, {u"SHELL"_s, u"/bin/sh"_s}}}}));
    }
    return recorder;
}

void SessionRecorder::event(Instant at, const char *code, const QString &text)
{
    m_lastAt = at;
    const double seconds = static_cast<double>(toMicros(at) - toMicros(m_start.startedAt)) / 1e6;
    const std::string added
        = line(QJsonDocument(QJsonArray {std::max(0.0, seconds), QLatin1String(code), text}));
    if (m_text.size() + added.size() > kRecordingBlockBytes)
        flush(); // blocks end with a line, so that a torn one breaks no other
    m_text += added;
}

void SessionRecorder::output(const QByteArray &bytes, Instant at)
{
    m_partial += bytes;
    constexpr qsizetype kSlice = 8 * 1024; // escaped at six bytes for one, an event still fits into a block
    const qsizetype whole = m_partial.size() - cutCharacter(m_partial);
    for (qsizetype from = 0; from < whole;) {
        qsizetype size = std::min(kSlice, whole - from);
        QByteArray slice = m_partial.mid(from, size);
        if (from + size < whole)
            slice.chop(cutCharacter(slice));
        QString text = toQString(toValidUtf8(viewOf(slice)));
        if (m_start.isPlain)
            text.replace(u"\n"_s, u"\r\n"_s);
        event(at, "o", text);
        from += slice.size();
        m_offset += static_cast<quint64>(slice.size());
    }
    m_partial.remove(0, whole);
}

void SessionRecorder::input(const QByteArray &bytes, Instant at)
{
    constexpr qsizetype kSlice = 8 * 1024;
    for (qsizetype from = 0; from < bytes.size(); from += kSlice)
        event(at, "i", toQString(toValidUtf8(viewOf(bytes.mid(from, kSlice)))));
}

void SessionRecorder::resized(int columns, int rows, Instant at)
{
    event(at, "r", u"%1x%2"_s.arg(columns).arg(rows));
}

void SessionRecorder::mark(const QString &label, Instant at) { event(at, "m", label.left(256)); }

void SessionRecorder::end(Instant at)
{
    if (!m_partial.isEmpty()) {
        event(at, "o", toQString(toValidUtf8(viewOf(m_partial))));
        m_offset += static_cast<quint64>(m_partial.size());
        m_partial.clear();
    }
    flush();
}

void SessionRecorder::skipTo(quint64 offset, Instant at)
{
    flush();
    const quint64 lost = offset - m_offset;
    m_offset = offset;
    m_lost += static_cast<qint64>(lost);
    mark(kRecordingGapLabel + u"%1 bytes were lost with the engine"_s.arg(lost), at);
}

void SessionRecorder::flush()
{
    if (m_text.empty())
        return;
    const std::string text = std::exchange(m_text, {});
    if (m_gap > 0) {
        const qint64 gap = m_gap;
        event(m_lastAt, "m", kRecordingGapLabel + u"%1 bytes are missing, the store took no more"_s.arg(gap));
        if (!keep(std::exchange(m_text, {})))
            return lose(text.size());
        m_gap = 0;
    }
    if (!keep(text))
        lose(text.size());
}

void SessionRecorder::lose(size_t bytes)
{
    m_gap += static_cast<qint64>(bytes); // told by the next block that is taken
    m_lost += static_cast<qint64>(bytes);
    m_lostUpTo = m_offset;
    m_isDegraded = true;
}

bool SessionRecorder::keep(const std::string &text)
{
    const RecordingSealer::Block sealed = m_sealer.seal(text, m_offset);
    const auto length = m_artifacts.append(m_artifact, sealed.bytes);
    if (!length)
        return false;
    m_sealer.keep(sealed);
    m_unsynced.push_back({m_durable.segment, *length, m_sealer.position()});
    return true;
}

quint64 SessionRecorder::durableOffset() const
{
    if (m_isDegraded)
        return m_offset;
    const quint64 durable = m_durable.position.terminalOffset;
    return m_unsynced.empty() ? std::max(durable, m_lostUpTo) : durable;
}

bool SessionRecorder::durable(qint64 length)
{
    const quint64 before = durableOffset();
    if (!m_unsynced.empty() && m_unsynced.front().length <= length)
        m_isDegraded = false;
    while (!m_unsynced.empty() && m_unsynced.front().length <= length) {
        m_durable = m_unsynced.front();
        m_unsynced.pop_front();
    }
    return durableOffset() != before || m_isDegraded;
}

}
