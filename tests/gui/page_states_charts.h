#pragma once
// The charts of a node's page, of this node alone and of several. Part of PageStates.

#include "tests/gui/console_fixture.h"

namespace fb::test {

class ChartPageStates
{
public:
    static QStringList names();
    static void open(const QString &name, ConsoleFixture &shown); // asserts
};

}
