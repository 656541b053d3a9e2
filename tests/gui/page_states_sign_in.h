#pragma once
// Signing in, the lock and the operator's own account. Part of PageStates.

#include "tests/gui/console_fixture.h"
#include "ui/signin/sign_in_window.h"

namespace fb::test {

class SignInPageStates
{
public:
    static QStringList names(); // in the console's window
    static void open(const QString &name, ConsoleFixture &shown); // asserts
    static QStringList ofWindow(); // in the place of it
    static std::unique_ptr<SignInWindow> window(const QString &name, ConsoleFixture &shown);
};

}
