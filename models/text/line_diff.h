#pragma once
// How one text differs from another, line by line. Values; any thread.

#include <QList>
#include <QString>

namespace fb {

struct DiffLine {
    enum class Kind { Same, Changed, Added, Removed };
    Kind kind = Kind::Same;
    int number = 0; // in the newer text, from 1; 0 for a removed line
    QString text;
    int changedFrom = 0; // of a changed line: the part that differs, by characters
    int changedLength = 0;
    QString before {}; // of a changed line: what stood there
    int oldNumber = 0; // in the base, from 1; 0 for an added line
    bool operator==(const DiffLine &) const = default;
};

// Lines of `text` against `base`. Where they differ over more than 2,000 lines on either side, that part is shown as removed and added whole.
QList<DiffLine> diffLines(const QString &base, const QString &text);
// The same, with what stood there before in front of each changed line.
QList<DiffLine> withLinesBefore(const QList<DiffLine> &lines);
int changesIn(const QList<DiffLine> &lines); // lines that are not the same

}
