#include "models/nodes/sessions/recording.h"

#include "backend/nodes/sessions/cast_line.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    constexpr QByteArrayView kGap = "recording gap: "; // how the engine says that bytes are missing

    bool isCellCount(int count) { return count >= 1 && count <= Recording::kMostCells; }

    // "132x43"
    bool readSize(QByteArrayView text, RecordingEvent &event)
    {
        const qsizetype cross = text.indexOf('x');
        bool hasColumns = false;
        bool hasRows = false;
        const int columns = cross > 0 && cross < 6 ? text.first(cross).toInt(&hasColumns) : 0;
        const int rows = cross > 0 && text.size() - cross < 7 ? text.sliced(cross + 1).toInt(&hasRows) : 0;
        if (!hasColumns || !hasRows || !isCellCount(columns) || !isCellCount(rows))
            return false;
        event.size = static_cast<quint32>(columns) << 16 | static_cast<quint32>(rows);
        return true;
    }

    bool readHeader(QByteArrayView line, Recording &recording)
    {
        const QJsonObject header
            = QJsonDocument::fromJson(QByteArray::fromRawData(line.data(), line.size())).object();
        recording.columns = header.value(u"width"_s).toInt();
        recording.rows = header.value(u"height"_s).toInt();
        recording.startedAt = header.value(u"timestamp"_s).toInteger();
        recording.title = header.value(u"title"_s).toString().left(256);
        return header.value(u"version"_s).toInt() == 2 && isCellCount(recording.columns)
            && isCellCount(recording.rows);
    }

    // Adds what the line says; false when it says nothing that is understood.
    bool takeLine(QByteArrayView line, CastLine &parsed, Recording &recording)
    {
        if (!parsed.read(line) || recording.events.size() >= static_cast<size_t>(Recording::kMostEvents))
            return false;
        RecordingEvent event;
        event.at = std::max(parsed.at, recording.events.empty() ? 0 : recording.events.back().at);
        if (event.at > Recording::kLongest)
            return false;
        if (parsed.code == "o") {
            event.begin = recording.bytes.size();
            event.size = static_cast<quint32>(parsed.text.size());
            recording.bytes += parsed.text;
        } else if (parsed.code == "r") {
            event.kind = RecordingEvent::Kind::Resize;
            if (!readSize(parsed.text, event))
                return false;
        } else if (parsed.code == "m") {
            if (recording.marks.size() >= Recording::kMostMarks)
                return true;
            const bool isGap = parsed.text.startsWith(kGap);
            event.kind = isGap ? RecordingEvent::Kind::Gap : RecordingEvent::Kind::Mark;
            event.begin = recording.marks.size();
            recording.marks.append(
                {.event = recording.events.size(),
                 .at = Microseconds(event.at),
                 .label = QString::fromUtf8(parsed.text.first(std::min<qsizetype>(parsed.text.size(), 1024))),
                 .isGap = isGap});
        } else {
            return true; // input, and what later versions may add, is not shown
        }
        recording.events.push_back(event);
        return true;
    }
}

Recording::Reading Recording::read(const QByteArray &cast)
{
    auto recording = std::make_shared<Recording>();
    const QByteArrayView all(cast);
    const qsizetype headerEnd = all.indexOf('\n');
    if (all.isEmpty())
        return {{}, tr("The recording is empty.")};
    if (headerEnd < 0 || headerEnd > 64 * 1024 || !readHeader(all.first(headerEnd), *recording))
        return {{},
                tr("This is not a recording that can be played: its first line is not an asciinema header.")};
    recording->bytes.reserve(all.size() / 2);
    CastLine parsed;
    qint64 number = 1;
    for (qsizetype begin = headerEnd + 1; begin < all.size();) {
        ++number;
        const qsizetype end = all.indexOf('\n', begin);
        const QByteArrayView line = all.sliced(begin, (end < 0 ? all.size() : end) - begin);
        const bool isBlank = line.trimmed().isEmpty();
        if (!isBlank && (line.size() > kMostLine || !takeLine(line, parsed, *recording))) {
            recording->brokenLine = number;
            recording->isTorn = end < 0;
            break;
        }
        begin = end < 0 ? all.size() : end + 1;
    }
    recording->bytes.squeeze();
    recording->events.shrink_to_fit();
    return {recording, {}};
}

size_t Recording::eventsUntil(Microseconds at) const
{
    const auto later
        = std::upper_bound(events.begin(), events.end(), at.count(),
                           [](qint64 time, const RecordingEvent &event) { return time < event.at; });
    return static_cast<size_t>(later - events.begin());
}

}
