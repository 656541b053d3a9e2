#pragma once
// Every page of the console and its main states by name, for the tests that look at all of them.

#include "tests/gui/console_fixture.h"
#include "ui/welcome/welcome_window.h"

namespace fb::test {

class PageStates
{
public:
    static QStringList names();
    static ConsoleFixture::Fleet fleetOf(const QString &name); // what the console is to be opened with
    static void open(const QString &name, ConsoleFixture &shown); // asserts
    // Before there is a store, and so no window of the console.
    static QStringList ofWelcome();
    static std::unique_ptr<WelcomeWindow> welcome(const QString &name);

private:
    static void openDesk(const QString &name, ConsoleFixture &shown); // page_states_sessions.cpp
    static QStringList ofPlayer();
    static void openPlayer(const QString &name, ConsoleFixture &shown);
    static void beforeServices(const QString &name, ConsoleFixture &shown); // page_states_services.cpp
    static void openServices(const QString &name, ConsoleFixture &shown);
};

}
