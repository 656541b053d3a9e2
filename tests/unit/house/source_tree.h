#pragma once
// The project's own files as the house tests read them. Any thread.

#include <QString>
#include <QStringList>

namespace fb::test {

struct SourceLine {
    int number = 0;
    QString text; // without the comment at its end
};

// Paths below the project's root ("backend/core/id.h") of all files in `folders` that end in one of `suffixes`, sorted.
QStringList sourceFiles(const QStringList &folders, const QStringList &suffixes);
QList<SourceLine> linesOf(const QString &path);

struct Include {
    int line = 0;
    QString target;
    bool quoted = false; // "x" rather than <x>
};
QList<Include> includesOf(const QString &path);

}
