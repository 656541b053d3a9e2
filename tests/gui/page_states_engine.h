#pragma once
// Pages of what the engine is told as a whole: fleet settings and agent builds. Part of PageStates.

#include "tests/gui/console_fixture.h"

namespace fb::test {

class EnginePageStates
{
public:
    static QStringList names();
    static void open(const QString &name, ConsoleFixture &shown); // asserts
};

}
