#include "app/console/console_entrance.h"

#include <QApplication>

namespace fb {

using namespace Qt::StringLiterals;

ConsoleEntrance::ConsoleEntrance(ConsoleProgram &program, ConsoleDoor &door) : m_program(program)
{
    connect(&program, &ConsoleProgram::ready, this, [this] {
        const QString link = std::exchange(m_wanted, {});
        if (link.isEmpty())
            return;
        if (m_program.console()->window().isLink(link))
            m_program.console()->window().openAddress(link);
        else
            qWarning("There is no such page: %s", qPrintable(link));
    });
    door.answerWith([this](const ConsoleDoor::Visit &visit) { return open(visit); });
}

QString ConsoleEntrance::open(const ConsoleDoor::Visit &visit)
{
    Console *console = m_program.console();
    const SignInDesk *desk = m_program.desk();
    if (console && desk && desk->isLocked()) { // to the front, and no further
        comeToFront(visit.token);
        return visit.link.isEmpty() ? QString() : u"the console is locked"_s;
    }
    if (!visit.link.isEmpty() && console && !console->window().isLink(visit.link))
        return u"there is no such page"_s;
    comeToFront(visit.token);
    if (visit.link.isEmpty())
        return {};
    if (console)
        console->window().openAddress(visit.link);
    else
        m_wanted = visit.link;
    return {};
}

void ConsoleEntrance::comeToFront(const QString &token)
{
    if (!token.isEmpty())
        qputenv("XDG_ACTIVATION_TOKEN", token.toLatin1()); // Qt takes it from there, once
    const QWidgetList windows = QApplication::topLevelWidgets();
    for (QWidget *window : windows) { // the console, or the welcome, or what keeps it from starting
        if (!window->isVisible() || window->windowType() != Qt::Window)
            continue;
        window->setWindowState((window->windowState() & ~Qt::WindowMinimized) | Qt::WindowActive);
        window->raise();
        window->activateWindow();
    }
}

}
