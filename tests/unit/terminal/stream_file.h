#pragma once
// Recorded streams of data/streams. What they are: data/README.md.

#include "backend/terminal/terminal.h"

#include <QByteArray>
#include <QHash>
#include <QStringList>

namespace fb::test {

struct ResizedScreen {
    TerminalSize size;
    QByteArray cursor; // "row,column" from 1
    int historyRows = 0;
    QList<QByteArray> rows; // the history's first
};

struct StreamFile {
    TerminalSize size;
    QByteArray bytes;
    QList<QByteArray> screen; // rows, trailing blanks cut
    QHash<std::pair<int, int>, QByteArray> pens; // by row and column from 0; not there: the default pen
    QByteArray cursor; // "row,column" from 1
    bool isAlternate = false;
    int historyRows = 0;
    QList<ResizedScreen> resized; // one after the other; mostly none
};

QStringList streamNames();
StreamFile readStream(const QString &name);

}
