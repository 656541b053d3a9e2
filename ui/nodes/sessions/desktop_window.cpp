#include "ui/nodes/sessions/desktop_window.h"

#include "models/table/visible_text.h"
#include "ui/nodes/sessions/desktop_head.h"
#include "ui/nodes/sessions/desktop_screen.h"
#include "ui/theme/theme.h"
#include "ui/widgets/surface.h"

#include <QCloseEvent>
#include <QIcon>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

DesktopWindow::DesktopWindow(DesktopScreens &screens, int number, DesktopScreen &screen)
    : m_screens(screens),
      m_number(number),
      m_head(new DesktopHead(screens, number))
{
    const Metrics &m = themeOf(this).metrics();
    setObjectName(u"desktopWindow"_s);
    setAttribute(Qt::WA_QuitOnClose, false); // the console's window decides
    setWindowIcon(QIcon(u":/logo/logo.svg"_s));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_head);
    column->addWidget(new Divider(Qt::Horizontal));
    column->addWidget(&screen, 1);
    screen.show();
    resize(m.lines(74), m.lines(48));
    connect(&screens.desktops(), &RemoteDesktops::rowsChanged, this, &DesktopWindow::update);
    connect(&screens.desktops(), &RemoteDesktops::timesChanged, this, &DesktopWindow::update);
    update();
}

void DesktopWindow::update()
{
    for (const DesktopRow &row : m_screens.desktops().rows()) {
        if (row.number != m_number)
            continue;
        setWindowTitle(tr("%1 - Flagbridge").arg(visibleText(row.nodeName, 100)));
        m_head->setRow(row, DesktopHead::Where::OurWindow);
    }
}

void DesktopWindow::closeEvent(QCloseEvent *event)
{
    event->accept();
    emit shut();
}

}
