#pragma once
// A session's recording, read from asciinema v2 text (spec/session-manager.md 3.8): what the terminal was sent, and when. Never changed once it
// is made, so that threads share it. The text may be torn or hostile: it is read within bounds, and what stands before the first broken line plays.

#include "backend/core/clock.h"

#include <QByteArray>
#include <QCoreApplication>
#include <QList>
#include <QString>

#include <memory>
#include <vector>

namespace fb {

struct RecordingEvent {
    enum class Kind : quint8 { Output, Resize, Mark, Gap };

    qint64 at = 0; // microseconds since the session's start; never less than those before it
    qint64 begin
        = 0; // Output: of its bytes in Recording::bytes; Mark, Gap: of its label in Recording::labels
    quint32 size = 0; // Output: bytes; Resize: columns << 16 | rows
    Kind kind = Kind::Output;

    int columns() const { return static_cast<int>(size >> 16); }
    int rows() const { return static_cast<int>(size & 0xffff); }
    bool operator==(const RecordingEvent &) const = default;
};

struct RecordingMark { // what is shown of a mark or a gap
    size_t event = 0;
    Microseconds at {};
    QString label; // of an operator: hostile
    bool isGap = false;
    bool operator==(const RecordingMark &) const = default;
};

struct Recording {
    Q_DECLARE_TR_FUNCTIONS(fb::Recording)
public:
    // Nothing that can be played: `problem` says why.
    struct Reading {
        std::shared_ptr<const Recording> recording;
        QString problem;
    };
    static Reading read(const QByteArray &cast);

    // Bounds; a recording beyond them plays up to there.
    static constexpr qint64 kMostEvents = 4'000'000;
    static constexpr qsizetype kMostLine = 4 << 20;
    static constexpr int kMostMarks = 10'000;
    static constexpr int kMostCells = 1000; // columns, and rows
    static constexpr qint64 kLongest = qint64(366) * 24 * 3600 * 1'000'000;

    int columns = 80; // at the start
    int rows = 24;
    qint64 startedAt = 0; // seconds since 1970; 0: not said
    QString title;
    std::vector<RecordingEvent> events;
    QByteArray bytes; // of all output, end to end
    QList<RecordingMark> marks;
    qint64 brokenLine = 0; // the first line that was not understood; what follows is left out. 0: none
    bool isTorn = false; // it is the last one, and cut in the middle, as after a crash

    Microseconds length() const { return Microseconds(events.empty() ? 0 : events.back().at); }
    QByteArray outputOf(const RecordingEvent &event) const
    {
        return bytes.mid(static_cast<qsizetype>(event.begin), static_cast<qsizetype>(event.size));
    }
    size_t eventsUntil(Microseconds at) const; // how many are not later
};

}
