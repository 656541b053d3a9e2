#pragma once
// The states of Sessions > Desktops, for PageStates.

#include "tests/gui/console_fixture.h"

namespace fb::test {

class DesktopStates
{
public:
    static QStringList names();
    static void open(const QString &name, ConsoleFixture &shown); // asserts
    // So many desktops with a client that shows nothing, and ends with its fixture.
    static void openDesktops(ConsoleFixture &shown, const QStringList &nodes);
};

}
