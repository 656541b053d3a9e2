#pragma once
// The console on its sessions page.

#include "tests/gui/console_fixture.h"
#include "ui/terminal/terminal_view.h"

namespace fb::test {

class ShownDesk
{
public:
    explicit ShownDesk(ConsoleFixture::Fleet fleet = ConsoleFixture::Fleet::Sample,
                       const QString &language = QStringLiteral("en"));

    QWidget *focus() { return console.window().focusWidget(); }
    SessionDeskModel &desk() { return console.console->desk(); }
    int current() { return desk().tab(desk().current())->focused; } // pane
    QString idOf(const QString &node) const;
    int open(const QString &node); // a pane whose session is connected
    TerminalView *view(int pane); // null: not visible
    QModelIndex rowOf(const QString &node); // in the tree
    void click(const char *name);

    ConsoleFixture console;
};

}
