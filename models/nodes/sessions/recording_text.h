#pragma once
// The words of a recording: what was written to the terminal without control sequences, for search. What a backspace took back is gone, and a
// bare carriage return begins a line, so that each state of a progress line can be found. Never changed once made; any thread.

#include "models/nodes/sessions/recording.h"

#include <atomic>

namespace fb {

struct RecordingHit {
    Microseconds at {}; // when its last character was written
    size_t event = 0;
    QString line; // around it, at most 120 characters: hostile
    bool operator==(const RecordingHit &) const = default;
};

class RecordingText
{
public:
    explicit RecordingText(std::shared_ptr<const Recording> recording);

    static constexpr int kMostHits = 10'000;
    // In order, at most kMostHits; a later one that begins inside another is not told. `stop`: nobody waits for it any more.
    QList<RecordingHit> find(const QString &wanted, Qt::CaseSensitivity sensitivity,
                             const std::atomic<bool> &stop) const;
    const QByteArray &utf8() const { return m_text; }

private:
    RecordingHit hitAt(qsizetype begin, qsizetype end) const;

    std::shared_ptr<const Recording> m_recording;
    QByteArray m_text;
    std::vector<qint64> m_ends; // size of the text after each event
};

}
