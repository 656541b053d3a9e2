#include "models/nodes/runcommand/output_groups.h"

#include <QCryptographicHash>

#include <algorithm>

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
        return {DiffLine::Kind::Changed, number, text, static_cast<int>(front),
                static_cast<int>(qMax<qsizetype>(0, text.size() - back - front))};
    }

    bool similar(const QString &a, const QString &b)
    {
        const auto key = [](const QString &line) { return line.section(u' ', 0, 0); };
        return !key(a).isEmpty() && key(a) == key(b);
    }
}

QList<DiffLine> diffLines(const QString &base, const QString &text)
{
    const QStringList a = linesOf(base);
    const QStringList b = linesOf(text);
    QList<DiffLine> result;
    if (a.size() > kMaxDiffLines || b.size() > kMaxDiffLines) {
        for (int i = 0; i < b.size(); ++i)
            result.append({DiffLine::Kind::Same, i + 1, b[i]});
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
    const auto flushGone = [&] {
        for (const QString &line : std::as_const(gone))
            result.append({DiffLine::Kind::Removed, 0, line});
        gone.clear();
    };
    qsizetype i = 0;
    qsizetype j = 0;
    while (i < a.size() || j < b.size()) {
        const int number = static_cast<int>(j) + 1;
        if (i < a.size() && j < b.size() && a[i] == b[j]) {
            flushGone();
            result.append({DiffLine::Kind::Same, number, b[j]});
            ++i;
            ++j;
        } else if (i < a.size() && (j == b.size() || at(i + 1, j) >= at(i, j + 1))) {
            gone << a[i++];
        } else {
            const auto old = std::find_if(gone.begin(), gone.end(),
                                          [&](const QString &line) { return similar(line, b[j]); });
            if (old != gone.end()) {
                result.append(changedLine(*old, b[j], number));
                gone.erase(old);
            } else {
                result.append({DiffLine::Kind::Added, number, b[j]});
            }
            ++j;
        }
    }
    flushGone();
    return result;
}

QList<OutputGroup> groupOutputs(const std::vector<InvocationRow> &invocations,
                                const std::function<OutputOf(const QString &nodeId)> &outputOf)
{
    QList<OutputGroup> groups;
    QHash<QByteArray, int> placeOf;
    for (const InvocationRow &row : invocations) {
        if (!RunWords::isOver(row.details))
            continue;
        const OutputOf output = outputOf(row.nodeId);
        QCryptographicHash hash(QCryptographicHash::Sha256);
        hash.addData(row.details.toUtf8());
        hash.addData(QByteArray::number(row.responseCode));
        hash.addData(output.text.toUtf8());
        const QByteArray key = hash.result();
        auto place = placeOf.find(key);
        if (place == placeOf.end()) {
            place = placeOf.insert(key, static_cast<int>(groups.size()));
            groups.append({QString::fromLatin1(key.toHex()),
                           RunWords::kind(row.details),
                           row.details,
                           row.responseCode,
                           output.onlyErrors,
                           {},
                           output.text,
                           0});
        }
        groups[*place].nodeIds << row.nodeId;
    }
    std::stable_sort(groups.begin(), groups.end(), [](const OutputGroup &a, const OutputGroup &b) {
        return a.nodeIds.size() > b.nodeIds.size();
    });
    for (qsizetype i = 1; i < groups.size(); ++i) {
        const QList<DiffLine> lines = diffLines(groups.first().text, groups[i].text);
        groups[i].linesThatDiffer
            = static_cast<int>(std::count_if(lines.begin(), lines.end(), [](const DiffLine &line) {
                  return line.kind != DiffLine::Kind::Same;
              }));
    }
    return groups;
}

}
