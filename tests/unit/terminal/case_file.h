#pragma once
// Rows of data/cases/*.case. Their format: data/README.md.

#include "backend/terminal/terminal.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>

namespace fb::test {

struct TerminalCase {
    QString file; // "cursor"
    QString name;
    TerminalSize size {20, 6};
    int cellWidth = 0; // pixels
    int cellHeight = 0;
    QByteArray feed;
    bool oneByteAtATime = false;
    std::optional<QList<QByteArray>> screen;
    QList<std::pair<QByteArray, QByteArray>>
        others; // key and value, in order: cursor, pens, reply, title, ...
};

QList<TerminalCase> casesOf(const QString &path); // what is no row is a failure of the test
QList<TerminalCase> allCases(); // of data/cases
QByteArray unescaped(const QByteArray &text);

}
