#pragma once
// A flagbridge:// address that comes from outside: pasted, from a web page, from a mail. It names a page of this console and nothing else:
// no file, no program, no other machine (security case U07).

#include <QString>

namespace fb {

struct ConsoleLink {
    static constexpr qsizetype kMostChars = 2048;

    static ConsoleLink read(const QString &text);

    QString address; // "run-command/3f2c..."; empty: refused
    QString problem; // why, for who gave it; English
};

}
