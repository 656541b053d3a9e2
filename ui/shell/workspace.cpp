#include "ui/shell/workspace.h"

#include "models/settings/console_settings.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/surface.h"
#include "ui/widgets/text_label.h"

#include <QDockWidget>
#include <QHBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    const auto kPart = u"window/docks"_s;

    QWidget *titleBar(const DockEntry &entry, QDockWidget *dock)
    {
        const Metrics &m = themeOf(dock).metrics();
        auto *bar = new Surface(Token::Chrome);
        bar->setEdges(Qt::BottomEdge | Qt::LeftEdge);
        auto *line = new QHBoxLayout(bar);
        line->setContentsMargins(m.step(3), m.step(1), m.step(1), m.step(1));
        line->setSpacing(m.step(1));
        line->addWidget(new TextLabel(entry.title, TextRole::SectionHeading), 1);
        auto *floating = makeIconButton(entry.name + u"Float"_s, Icon::FullPage,
                                        Workspace::tr("Take out of the window, or put back"));
        auto *close = makeIconButton(entry.name + u"Close"_s, Icon::Close, Workspace::tr("Close"));
        QObject::connect(floating, &QToolButton::clicked, dock,
                         [dock] { dock->setFloating(!dock->isFloating()); });
        QObject::connect(close, &QToolButton::clicked, dock, &QWidget::close);
        line->addWidget(floating);
        line->addWidget(close);
        return bar;
    }
}

Workspace::Workspace(ConsoleSettings &settings, QWidget *page, QWidget *parent)
    : QMainWindow(parent, Qt::Widget),
      m_settings(settings)
{
    setObjectName(u"workspace"_s);
    setContextMenuPolicy(Qt::NoContextMenu); // Qt's own list of docks; ours stands in the menu
    setCentralWidget(page);
    setDockOptions(QMainWindow::AllowTabbedDocks | QMainWindow::AllowNestedDocks);
}

void Workspace::addDock(const DockEntry &entry)
{
    auto *dock = new QDockWidget(entry.title, this);
    dock->setObjectName(u"dock-"_s + entry.name);
    dock->setAccessibleName(entry.title);
    auto *inside = new Surface(Token::Page);
    inside->setEdges(Qt::LeftEdge);
    auto *column = new QVBoxLayout(inside);
    column->setContentsMargins(1, 0, 0, 0);
    column->addWidget(entry.make(inside));
    dock->setWidget(inside);
    dock->setTitleBarWidget(titleBar(entry, dock));
    addDockWidget(Qt::RightDockWidgetArea, dock);
    dock->hide();
    resizeDocks({dock}, {themeOf(this).metrics().detailWidth()}, Qt::Horizontal);
}

void Workspace::restoreDocks() { restoreState(m_settings.layout(kPart)); }

void Workspace::keepNow() { m_settings.setLayout(kPart, saveState()); }

QDockWidget *Workspace::dock(const QString &name) const
{
    return findChild<QDockWidget *>(u"dock-"_s + name);
}

void Workspace::toggleDock(const QString &name)
{
    if (isDockShown(name))
        dock(name)->close();
    else
        showDock(name);
}

void Workspace::showDock(const QString &name)
{
    if (QDockWidget *wanted = dock(name)) {
        wanted->show();
        wanted->raise();
    }
}

bool Workspace::isDockShown(const QString &name) const
{
    const QDockWidget *wanted = dock(name);
    return wanted && wanted->isVisible();
}

QList<QWidget *> Workspace::shownDocks() const
{
    QList<QWidget *> shown;
    const QList<QDockWidget *> docks = findChildren<QDockWidget *>();
    for (QDockWidget *each : docks) {
        if (each->isVisible())
            shown << each;
    }
    return shown;
}

}
