#pragma once
// What a session's screen showed, as lines of text with the times they stood there: so that a program which draws its screen piece by piece is
// found by the words an operator read, over all recordings (spec/session-manager.md 5). Any thread.

#include "backend/terminal/terminal.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>
#include <unordered_set>

namespace fb {

struct ScreenTextHit {
    qint64 at = 0; // milliseconds since the session's start: the line stood there
    QString line; // around the words, at most ScreenText::kMostLine characters: hostile
    bool operator==(const ScreenTextHit &) const = default;
};

// Drawn from a recording's asciinema v2 text into a terminal of its own. A screen counts once it has rested for kRest, at least every kEvery
// while it goes on changing, and before each change of size; lines that ran through in between count too.
class ScreenText
{
public:
    static constexpr qint64 kRest = 200; // milliseconds
    static constexpr qint64 kEvery = 1000;
    static constexpr qsizetype kMost = 32 << 20; // bytes; what was shown later is left out
    static constexpr qsizetype kMostLine = 200;

    // Lines "<milliseconds>\t<text>\n". Lines of the recording that are not understood are passed over.
    static QByteArray of(const QByteArray &cast);

    struct Found {
        QList<ScreenTextHit> hits; // in order
        bool isCut = false; // there are more than `most`
    };
    static Found find(const QByteArray &text, const QString &wanted, Qt::CaseSensitivity sensitivity,
                      int most);

    ScreenText(int columns, int rows);

private:
    void output(qint64 at, const QByteArray &bytes);
    void resize(int columns, int rows);
    void takeScreen();
    void takeHistory();
    void add(std::string_view line);

    Terminal m_terminal;
    QByteArray m_text;
    std::unordered_set<size_t> m_shown; // lines of the screen taken last, by their hashes
    int64_t m_historyLine = 0; // the first one that was not taken
    qint64 m_at = 0; // of the last output
    qint64 m_takenAt = 0;
    bool m_isDirty = false;
};

}
