#include "models/nodes/sessions/recording_text.h"

#include "models/nodes/sessions/plain_output.h"

#include <algorithm>

namespace fb {

namespace {

    constexpr size_t kMostTakenBack = 512; // events that a backspace reaches over: a line typed key by key
    constexpr qsizetype kPiece = 1 << 20; // of the text, searched at once
    constexpr qsizetype kMostLine = 120; // characters shown around a hit

    bool isInside(char byte) { return (static_cast<unsigned char>(byte) & 0xc0) == 0x80; }
}

RecordingText::RecordingText(std::shared_ptr<const Recording> recording) : m_recording(std::move(recording))
{
    const std::vector<RecordingEvent> &events = m_recording->events;
    m_ends.reserve(events.size());
    m_text.reserve(m_recording->bytes.size());
    PlainOutput plain;
    for (const RecordingEvent &event : events) {
        if (event.kind == RecordingEvent::Kind::Output) {
            const qsizetype floor
                = m_ends.size() < kMostTakenBack ? 0 : m_ends[m_ends.size() - kMostTakenBack];
            plain.add(QByteArrayView(m_recording->bytes)
                          .sliced(static_cast<qsizetype>(event.begin), static_cast<qsizetype>(event.size)),
                      m_text, floor);
            for (auto earlier = m_ends.rbegin(); earlier != m_ends.rend() && *earlier > m_text.size();
                 ++earlier)
                *earlier = m_text.size(); // what they wrote was taken back
        }
        m_ends.push_back(m_text.size());
    }
    m_text.squeeze();
}

RecordingHit RecordingText::hitAt(qsizetype begin, qsizetype end) const
{
    const auto event = std::lower_bound(m_ends.begin(), m_ends.end(), end);
    RecordingHit hit;
    hit.event = static_cast<size_t>(event - m_ends.begin());
    hit.at = Microseconds(m_recording->events[hit.event].at);
    qsizetype from = std::max<qsizetype>(0, m_text.lastIndexOf('\n', begin) + 1);
    from = std::max(from, begin - kMostLine);
    while (from < begin && isInside(m_text[from]))
        ++from;
    const qsizetype lineEnd = m_text.indexOf('\n', end);
    const qsizetype to = std::min(lineEnd < 0 ? m_text.size() : lineEnd, end + kMostLine);
    hit.line = QString::fromUtf8(m_text.mid(from, to - from)).trimmed().left(kMostLine);
    return hit;
}

QList<RecordingHit> RecordingText::find(const QString &wanted, Qt::CaseSensitivity sensitivity,
                                        const std::atomic<bool> &stop) const
{
    QList<RecordingHit> hits;
    if (wanted.isEmpty() || wanted.contains(u'\n'))
        return hits;
    for (qsizetype begin = 0; begin < m_text.size() && !stop;) {
        // Pieces end with a line, so that no hit lies across two; a line without end is cut between characters.
        qsizetype end = std::min(m_text.size(), begin + kPiece);
        if (end < m_text.size()) {
            const qsizetype lineEnd = m_text.lastIndexOf('\n', end - 1);
            if (lineEnd > begin)
                end = lineEnd + 1;
            while (end < m_text.size() && isInside(m_text[end]))
                ++end;
        }
        const QString piece = QString::fromUtf8(QByteArrayView(m_text).sliced(begin, end - begin));
        qsizetype readTo = 0; // characters of the piece
        qsizetype offset = begin; // the same in bytes of the text
        for (qsizetype at = piece.indexOf(wanted, 0, sensitivity); at >= 0;
             at = piece.indexOf(wanted, readTo, sensitivity)) {
            offset += QStringView(piece).sliced(readTo, at - readTo).toUtf8().size();
            const qsizetype size = QStringView(piece).sliced(at, wanted.size()).toUtf8().size();
            hits.append(hitAt(offset, offset + size));
            if (hits.size() == kMostHits)
                return hits;
            offset += size;
            readTo = at + wanted.size();
        }
        begin = end;
    }
    return hits;
}

}
