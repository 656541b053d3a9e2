#pragma once
// What a terminal shows, in the words of the test data (data/README.md): rows of text, and the pen of a cell as "bold fg=1 bg=#0a141e".

#include "backend/terminal/terminal.h"

#include <QByteArray>
#include <QList>

namespace fb::test {

QList<QByteArray> screenRows(const Terminal &terminal); // trailing blanks and empty rows at the bottom cut
QByteArray penWords(const Pen &pen);
QByteArray colorWord(const TerminalColor &color); // "": the default
// Of the cell at a row and column of the screen, from 0. The right half of a wide character has the pen of the left one.
Pen penAt(const Terminal &terminal, int row, int column);
bool isBlankAt(const Terminal &terminal, int row, int column);
// All that can be told apart from outside: screen, pens, history, cursor, modes.
QByteArray everything(const Terminal &terminal);

}
