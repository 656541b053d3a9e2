#include "models/text/line_diff.h"

#include <QStringList>

#include <algorithm>
#include <vector>

namespace fb {

namespace {

    constexpr qsizetype kMaxDiffLines = 2000;

    QStringList linesOf(const QString &text)
    {
        QStringList lines = text.split(u'\n');
        if (!lines.isEmpty() && lines.last().isEmpty())
            lines.removeLast();
        return lines;
    }

    DiffLine changedLine(const QString &old, const QString &text, int number)
    {
        qsizetype front = 0;
        while (front < old.size() && front < text.size() && old[front] == text[front])
            ++front;
        qsizetype back = 0;
        while (back < old.size() - front && back < text.size() - front
               && old[old.size() - 1 - back] == text[text.size() - 1 - back])
            ++back;
        // Whole words: a version of which one digit changed is marked as a whole.
        while (front > 0 && !text[front - 1].isSpace())
            --front;
        while (back > 0 && !text[text.size() - back].isSpace())
            --back;
        return {DiffLine::Kind::Changed,
                number,
                text,
                static_cast<int>(front),
                static_cast<int>(qMax<qsizetype>(0, text.size() - back - front)),
                old};
    }

    bool similar(const QString &a, const QString &b)
    {
        const auto key = [](const QString &line) { return line.section(u' ', 0, 0); };
        return !key(a).isEmpty() && key(a) == key(b);
    }
}

namespace {

    // Of `a` and `b` between what both begin and end with; `before`: lines before them.
    QList<DiffLine> diffMiddle(const QStringList &a, const QStringList &b, int before)
    {
        QList<DiffLine> result;
        if (a.size() > kMaxDiffLines || b.size() > kMaxDiffLines) {
            for (const QString &line : a)
                result.append({DiffLine::Kind::Removed, 0, line});
            for (int i = 0; i < b.size(); ++i)
                result.append({DiffLine::Kind::Added, before + i + 1, b[i]});
            return result;
        }
        // Longest common subsequence, filled from the end.
        const auto width = static_cast<size_t>(b.size()) + 1;
        std::vector<uint16_t> common((static_cast<size_t>(a.size()) + 1) * width, 0);
        const auto at = [&](qsizetype i, qsizetype j) -> uint16_t & {
            return common[static_cast<size_t>(i) * width + static_cast<size_t>(j)];
        };
        for (qsizetype i = a.size() - 1; i >= 0; --i) {
            for (qsizetype j = b.size() - 1; j >= 0; --j)
                at(i, j) = a[i] == b[j] ? static_cast<uint16_t>(at(i + 1, j + 1) + 1)
                                        : std::max(at(i + 1, j), at(i, j + 1));
        }
        QStringList gone; // of the base, waiting for a line that replaces them
        QList<DiffLine> come;
        const auto flush = [&] {
            for (const QString &line : std::as_const(gone))
                result.append({DiffLine::Kind::Removed, 0, line});
            gone.clear();
            result += std::exchange(come, {}); // what went stands before what came
        };
        qsizetype i = 0;
        qsizetype j = 0;
        while (i < a.size() || j < b.size()) {
            const int number = before + static_cast<int>(j) + 1;
            if (i < a.size() && j < b.size() && a[i] == b[j]) {
                flush();
                result.append({DiffLine::Kind::Same, number, b[j]});
                ++i;
                ++j;
            } else if (i < a.size() && (j == b.size() || at(i + 1, j) >= at(i, j + 1))) {
                gone << a[i++];
            } else {
                const auto old = std::find_if(gone.begin(), gone.end(),
                                              [&](const QString &line) { return similar(line, b[j]); });
                if (old != gone.end()) {
                    come.append(changedLine(*old, b[j], number));
                    gone.erase(old);
                } else {
                    come.append({DiffLine::Kind::Added, number, b[j]});
                }
                ++j;
            }
        }
        flush();
        return result;
    }
}

QList<DiffLine> diffLines(const QString &base, const QString &text)
{
    const QStringList a = linesOf(base);
    const QStringList b = linesOf(text);
    qsizetype front = 0;
    while (front < a.size() && front < b.size() && a[front] == b[front])
        ++front;
    qsizetype back = 0;
    while (back < a.size() - front && back < b.size() - front
           && a[a.size() - 1 - back] == b[b.size() - 1 - back])
        ++back;
    QList<DiffLine> result;
    const auto same = [&](qsizetype line) {
        result.append({DiffLine::Kind::Same, static_cast<int>(line) + 1, b[line]});
    };
    for (qsizetype line = 0; line < front; ++line)
        same(line);
    result += diffMiddle(a.mid(front, a.size() - front - back), b.mid(front, b.size() - front - back),
                         static_cast<int>(front));
    for (qsizetype line = b.size() - back; line < b.size(); ++line)
        same(line);
    return result;
}

QList<DiffLine> withLinesBefore(const QList<DiffLine> &lines)
{
    QList<DiffLine> result;
    for (const DiffLine &line : lines) {
        if (line.kind == DiffLine::Kind::Changed) {
            result.append({DiffLine::Kind::Removed, 0, line.before});
            result.append({DiffLine::Kind::Added, line.number, line.text});
        } else {
            result.append(line);
        }
    }
    return result;
}

int changesIn(const QList<DiffLine> &lines)
{
    return static_cast<int>(std::count_if(
        lines.begin(), lines.end(), [](const DiffLine &line) { return line.kind != DiffLine::Kind::Same; }));
}

}
