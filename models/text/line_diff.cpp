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

    DiffLine changedLine(const QString &old, const QString &text, int number, int oldNumber)
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
                old,
                oldNumber};
    }

    DiffLine removedLine(const QString &text, int oldNumber)
    {
        return {.kind = DiffLine::Kind::Removed, .text = text, .oldNumber = oldNumber};
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
            for (int i = 0; i < a.size(); ++i)
                result.append(removedLine(a[i], before + i + 1));
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
        QList<int> gone; // of the base, waiting for a line that replaces them
        QList<DiffLine> come;
        const auto flush = [&] {
            for (const int line : std::as_const(gone))
                result.append(removedLine(a[line], before + line + 1));
            gone.clear();
            result += std::exchange(come, {}); // what went stands before what came
        };
        qsizetype i = 0;
        qsizetype j = 0;
        while (i < a.size() || j < b.size()) {
            const int number = before + static_cast<int>(j) + 1;
            if (i < a.size() && j < b.size() && a[i] == b[j]) {
                flush();
                result.append(
                    {.number = number, .text = b[j], .oldNumber = before + static_cast<int>(i) + 1});
                ++i;
                ++j;
            } else if (i < a.size() && (j == b.size() || at(i + 1, j) >= at(i, j + 1))) {
                gone << static_cast<int>(i++);
            } else {
                const auto old = std::find_if(gone.begin(), gone.end(),
                                              [&](int line) { return similar(a[line], b[j]); });
                if (old != gone.end()) {
                    come.append(changedLine(a[*old], b[j], number, before + *old + 1));
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
    const qsizetype longer = b.size() - a.size();
    const auto same = [&](qsizetype line, qsizetype shift) {
        result.append({.number = static_cast<int>(line) + 1,
                       .text = b[line],
                       .oldNumber = static_cast<int>(line - shift) + 1});
    };
    for (qsizetype line = 0; line < front; ++line)
        same(line, 0);
    result += diffMiddle(a.mid(front, a.size() - front - back), b.mid(front, b.size() - front - back),
                         static_cast<int>(front));
    for (qsizetype line = b.size() - back; line < b.size(); ++line)
        same(line, longer);
    return result;
}

QList<DiffLine> withLinesBefore(const QList<DiffLine> &lines)
{
    QList<DiffLine> result;
    for (const DiffLine &line : lines) {
        if (line.kind == DiffLine::Kind::Changed) {
            result.append(removedLine(line.before, line.oldNumber));
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
