#include "ui/nodes/sessions/session_window.h"

#include "models/table/visible_text.h"
#include "ui/nodes/sessions/pane_tree.h"
#include "ui/nodes/sessions/session_pane.h"
#include "ui/nodes/sessions/session_strip.h"
#include "ui/terminal/terminal_view.h"
#include "ui/theme/theme.h"

#include <QAction>
#include <QCloseEvent>
#include <QMenu>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

SessionWindow::SessionWindow(SessionDeskModel &desk, int tab, DeskActions::Ways ways)
    : m_desk(desk),
      m_tab(tab),
      m_actions(nullptr),
      m_strip(new SessionStrip),
      m_tree(new PaneTree(desk, tab))
{
    setObjectName(u"sessionWindow"_s);
    setAttribute(Qt::WA_QuitOnClose, false); // the console's window decides
    setWindowIcon(QIcon(u":/logo/logo.svg"_s));
    ways.viewOf = [this](int pane) -> QWidget * {
        SessionPane *shown = m_tree->pane(pane);
        return shown ? &shown->view() : nullptr;
    };
    m_actions = new DeskActions(desk, ways, this);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_strip);
    column->addWidget(m_tree, 1);
    connect(m_tree, &PaneTree::menuAsked, this, [this](int pane, const QPoint &at) {
        auto *menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        m_actions->addPaneActions(*menu, pane);
        menu->popup(at);
    });
    connect(m_tree, &PaneTree::closeAsked, m_actions, &DeskActions::endPane);
    connect(m_actions, &DeskActions::focusWanted, m_tree, &PaneTree::focusPane);
    connect(&desk, &SessionDeskModel::tabChanged, this, &SessionWindow::update);
    connect(&desk, &SessionDeskModel::focusChanged, this, &SessionWindow::update);
    addKeys(ways);
    resize(themeOf(this).metrics().lines(50), themeOf(this).metrics().lines(34));
    update();
}

void SessionWindow::addKeys(const DeskActions::Ways &ways)
{
    const auto add = [&](const QString &command, std::function<void()> run) {
        auto *action = new QAction(this);
        action->setObjectName(command);
        action->setShortcut(ways.keysOf(command));
        connect(action, &QAction::triggered, this, std::move(run));
        addAction(action);
    };
    add(u"sessionSplitRight"_s, [this] { m_desk.splitAgain(pane(), Qt::Horizontal); });
    add(u"sessionSplitBelow"_s, [this] { m_desk.splitAgain(pane(), Qt::Vertical); });
    add(u"sessionEnd"_s, [this] { m_actions->endPane(pane()); });
    add(u"sessionPalette"_s, ways.openPalette);
}

int SessionWindow::pane() const
{
    const DeskTab *tab = m_desk.tab(m_tab);
    return tab ? tab->focused : 0;
}

void SessionWindow::update()
{
    const DeskTab *tab = m_desk.tab(m_tab);
    if (!tab)
        return;
    m_strip->setLink(m_desk.link(tab->focused));
    setWindowTitle(tr("%1 - Flagbridge").arg(visibleText(m_desk.titleOf(*tab), 100)));
}

void SessionWindow::closeEvent(QCloseEvent *event)
{
    event->accept();
    emit shut();
}

}
