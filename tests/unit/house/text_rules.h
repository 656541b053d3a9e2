#pragma once
// What a line of C++ must not hold outside its place (style.md sections 1 and 7). Any thread.

#include <QString>

namespace fb::test {

bool holdsSql(const QString &line); // an SQL statement in a string
bool holdsColour(const QString &line); // a colour spelled out rather than asked of the theme

}
