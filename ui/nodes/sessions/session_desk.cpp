#include "ui/nodes/sessions/session_desk.h"

#include "models/settings/console_settings.h"
#include "models/table/visible_text.h"
#include "ui/nodes/sessions/desk_empty.h"
#include "ui/nodes/sessions/node_tree.h"
#include "ui/nodes/sessions/pane_tree.h"
#include "ui/nodes/sessions/session_lists.h"
#include "ui/nodes/sessions/session_pane.h"
#include "ui/nodes/sessions/session_strip.h"
#include "ui/nodes/sessions/session_window.h"
#include "ui/nodes/sessions/start_sheet.h"
#include "ui/nodes/sessions/tab_strip.h"
#include "ui/terminal/terminal_view.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/edit_gate.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/surface.h"

#include <QApplication>
#include <QPainter>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    const auto kGrouping = u"sessions/grouping"_s; // of the tree, kept with the layout

    enum Part { Desk, Lists };
}

SessionDesk::SessionDesk(SessionDeskModel &desk, SessionsViewModel &sessions,
                         RecordingSearchViewModel &recordings, TunnelsViewModel &tunnels,
                         DesktopScreens &screens, FleetViewModel &fleet, ConsoleSettings &settings,
                         const DeskActions::Ways &ways, QWidget *parent)
    : Page(u"sessions"_s, parent),
      m_desk(desk),
      m_sessions(sessions),
      m_fleet(fleet),
      m_settings(settings),
      m_ways(ways),
      m_actions(nullptr),
      m_parts(new QStackedWidget),
      m_nodes(new NodeTree(fleet, QString::fromUtf8(settings.layout(kGrouping)))),
      m_tabs(new TabStrip),
      m_grid(makeIconButton(u"deskGrid"_s, Icon::Grid, tr("Arrange the panes as a grid"))),
      m_broadcast(makeIconButton(u"deskBroadcast"_s, Icon::Broadcast, tr("Type into several panes at once"))),
      m_more(makeIconButton(u"deskMore"_s, Icon::More, tr("More actions of this tab"))),
      m_banner(new Banner),
      m_strip(new SessionStrip),
      m_front(new QStackedWidget),
      m_empty(new DeskEmpty(fleet)),
      m_lists(new SessionLists(sessions, recordings, tunnels, screens, fleet)),
      m_toActive(makeButton(u"deskActive"_s, {}, Icon::Sessions, ButtonKind::Plain))
{
    m_ways.viewOf = [this](int of) -> QWidget * {
        SessionPane *shown = tree() ? tree()->pane(of) : nullptr;
        return shown ? &shown->view() : nullptr;
    };
    m_actions = new DeskActions(desk, m_ways, this);
    m_banner->setObjectName(u"deskBanner"_s);
    m_banner->hide();
    auto *splitter = new QSplitter(Qt::Horizontal);
    splitter->setObjectName(u"deskSplitter"_s);
    splitter->addWidget(makeLeft());
    splitter->addWidget(makeRight());
    splitter->setStretchFactor(0, 0);
    splitter->setStretchFactor(1, 1);
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(1);
    const Metrics &m = themeOf(this).metrics();
    splitter->setSizes({m.lines(10.5), m.lines(56)});
    m_parts->addWidget(splitter);
    m_parts->addWidget(m_lists);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(m_parts);

    connect(m_lists, &SessionLists::deskAsked, this, &SessionDesk::showDesk);
    connect(m_lists, &SessionLists::viewChanged, this, &Page::viewChanged);
    connect(&m_lists->page(), &Page::navigate, this, &Page::navigate);
    connect(&m_lists->recordings(), &Page::navigate, this, &Page::navigate);
    connect(&m_lists->tunnels(), &Page::navigate, this, &Page::navigate);
    connect(&m_lists->page(), &SessionsPage::resumeAsked, this, [this](const SessionRow &row) {
        showDesk();
        m_desk.openLeft(row.id,
                        {.nodeId = row.nodeId,
                         .nodeName = row.nodeName,
                         .document = row.document,
                         .reason = row.reason,
                         .parameters = {}});
    });
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget *, QWidget *now) { noteFocus(now); });
    connectModel();
    desk.source().documents(
        [self = QPointer<SessionDesk>(this)](const QList<SessionDocument> &documents, const ShownError &) {
            if (!self)
                return;
            for (const SessionDocument &each : documents) {
                if (each.form.name == u"SSM-SessionManagerRunShell")
                    self->m_reasonRequired = each.reasonRequired;
            }
        });
    updateTabs();
    updateBanner();
}

SessionDesk::~SessionDesk()
{
    for (const auto &window : std::as_const(m_windows)) {
        if (window)
            delete window; // the desk that comes after this one makes it anew
    }
}

QWidget *SessionDesk::makeLeft()
{
    const Metrics &m = themeOf(this).metrics();
    auto *left = new Surface(Token::Page);
    left->setEdges(Qt::RightEdge);
    auto *toHistory = makeButton(u"deskToHistory"_s, tr("History"), Icon::History, ButtonKind::Plain);
    auto *toTunnels = makeButton(u"deskToTunnels"_s, tr("Tunnels"), Icon::Tunnel, ButtonKind::Plain);
    auto *column = new QVBoxLayout(left);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_nodes, 1);
    column->addWidget(new Divider(Qt::Horizontal));
    auto *lists = new QHBoxLayout;
    lists->setContentsMargins(m.step(1.5), m.step(1), m.step(1.5), m.step(1));
    lists->setSpacing(0);
    lists->addWidget(m_toActive);
    lists->addWidget(toHistory);
    lists->addWidget(toTunnels);
    lists->addStretch(1);
    column->addLayout(lists);
    connect(m_nodes, &NodeTree::connectAsked, this, [this](const QString &id) { connectTo({id}); });
    connect(m_nodes, &NodeTree::gridAsked, this, &SessionDesk::connectTo);
    connect(m_nodes, &NodeTree::menuAsked, this, &SessionDesk::openTreeMenu);
    connect(m_nodes, &NodeTree::groupingChanged, this,
            [this](const QString &grouping) { m_settings.setLayout(kGrouping, grouping.toUtf8()); });
    connect(m_toActive, &QPushButton::clicked, this, [this] { showLists(u"active"_s); });
    connect(toHistory, &QPushButton::clicked, this, [this] { showLists(u"history"_s); });
    connect(toTunnels, &QPushButton::clicked, this, [this] { showLists(u"tunnels"_s); });
    return left;
}

QWidget *SessionDesk::makeTabLine()
{
    const Metrics &m = themeOf(this).metrics();
    auto *surface = new Surface(Token::Chrome);
    surface->setEdges(Qt::BottomEdge);
    surface->setFixedHeight(m.tabStrip());
    auto *add = makeIconButton(u"deskAdd"_s, Icon::Add, tr("Start a session"));
    markChange(add, "ssm:StartSession");
    auto *line = new QHBoxLayout(surface);
    line->setContentsMargins(0, 0, m.step(2), 0);
    line->setSpacing(m.step(1));
    line->addWidget(m_tabs);
    line->addWidget(add);
    line->addStretch(1);
    for (QToolButton *button : {m_grid, m_broadcast, m_more})
        line->addWidget(button);
    m_tabs->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    connect(add, &QToolButton::clicked, this, [this] { openStart(); });
    connect(m_grid, &QToolButton::clicked, this, [this] { m_desk.arrangeGrid(m_desk.current()); });
    connect(m_broadcast, &QToolButton::clicked, this,
            [this] { m_actions->toggleBroadcast(m_desk.current()); });
    connect(m_more, &QToolButton::clicked, this,
            [this] { openTabMenu(m_desk.current(), m_more->mapToGlobal(QPoint(0, m_more->height() + 2))); });
    connect(m_tabs, &TabStrip::chosen, this, [this](int tab) { m_desk.setCurrent(tab); });
    connect(m_tabs, &TabStrip::entered, this, [this] {
        if (tree())
            tree()->focusPane();
    });
    connect(m_tabs, &TabStrip::closeAsked, m_actions, &DeskActions::endTab);
    connect(m_tabs, &TabStrip::renamed, &m_desk, &SessionDeskModel::rename);
    connect(m_tabs, &TabStrip::tearOffAsked, this, [this](int tab) { m_desk.setTornOff(tab, true); });
    connect(m_tabs, &TabStrip::menuAsked, this, &SessionDesk::openTabMenu);
    connect(m_tabs, &TabStrip::moveAsked, this, [this](int tab, int to) {
        QList<int> shown; // those in windows of their own stand between them in the model
        for (const DeskTab &each : m_desk.tabs()) {
            if (!each.isTornOff)
                shown << each.id;
        }
        if (to < 0 || to >= shown.size())
            return;
        const auto place = [this](int id) { return std::distance(m_desk.tabs().data(), m_desk.tab(id)); };
        m_desk.moveTab(place(tab), place(shown[to]));
    });
    connect(m_actions, &DeskActions::renameAsked, m_tabs, &TabStrip::rename);
    return surface;
}

QWidget *SessionDesk::makeRight()
{
    const Metrics &m = themeOf(this).metrics();
    auto *right = new QWidget;
    auto *bannerBox = new QWidget;
    auto *bannerLine = new QVBoxLayout(bannerBox);
    bannerLine->setContentsMargins(m.step(2), 0, m.step(2), 0);
    bannerLine->addWidget(m_banner);
    auto *column = new QVBoxLayout(right);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeTabLine());
    column->addWidget(bannerBox);
    column->addWidget(m_strip);
    column->addWidget(m_front, 1);
    m_front->addWidget(m_empty);
    connect(m_empty, &DeskEmpty::startClicked, this, [this] { openStart(); });
    connect(m_empty, &DeskEmpty::historyClicked, this, [this] { showLists(u"history"_s); });
    connect(m_empty, &DeskEmpty::fleetClicked, this, [this] { emit navigate(u"fleet"_s); });
    connect(m_banner, &Banner::actionClicked, this, [this] {
        m_banner->hide();
        m_desk.resumeAll();
    });
    return right;
}

void SessionDesk::connectModel()
{
    connect(&m_desk, &SessionDeskModel::tabsChanged, this, [this] {
        updateTrees();
        updateTabs();
    });
    connect(&m_desk, &SessionDeskModel::tabChanged, this, &SessionDesk::updateTabs);
    connect(&m_desk, &SessionDeskModel::currentChanged, this, [this] {
        updateTabs();
        if (tree() && isVisible() && m_parts->currentIndex() == Desk)
            tree()->focusPane();
    });
    connect(&m_desk, &SessionDeskModel::focusChanged, this, &SessionDesk::updateFront);
    connect(&m_desk, &SessionDeskModel::linksChanged, this, &SessionDesk::updateBanner);
    connect(&m_desk, &SessionDeskModel::problemArose, this, [this](const ShownError &problem) {
        m_banner->showProblem(problem, tr("A session was not ended."));
        m_banner->setAction({});
    });
    connect(m_actions, &DeskActions::focusWanted, this, [this] {
        if (tree())
            tree()->focusPane();
    });
    const auto countActive = [this] {
        int active = 0;
        for (const SessionRow &row : m_sessions.values().values())
            active += row.isEnded() ? 0 : 1;
        //: button: the list of sessions that run, of everybody
        m_toActive->setText(active > 0 ? tr("Active (%1)").arg(QLocale().toString(active)) : tr("Active"));
        m_toActive->updateGeometry();
    };
    connect(&m_sessions, &ListViewModel::valuesChanged, this, countActive);
    countActive();
}

void SessionDesk::updateTabs()
{
    QList<TabLook> looks;
    QSet<QString> open;
    for (const DeskTab &tab : m_desk.tabs()) {
        const QList<int> panes = tab.layout.panes();
        bool isLive = false;
        for (const int each : panes) {
            const SessionLink *link = m_desk.link(each);
            if (!link || !link->isLive())
                continue;
            isLive = true;
            open << link->wish().nodeId;
        }
        if (tab.isTornOff)
            continue;
        const SessionLink *first = m_desk.link(panes.value(0));
        const QString reason = first ? first->news().reason : QString();
        TabLook look {.id = tab.id,
                      .icon = isLive ? Icon::Sessions : Icon::Over,
                      .title = visibleText(m_desk.titleOf(tab), 80),
                      .context = visibleText(m_desk.contextOf(tab), 60),
                      .toolTip = {},
                      .isUnseen = tab.isUnseen,
                      .hasRung = tab.hasRung,
                      .isBroadcasting = !tab.broadcast.isEmpty()};
        look.toolTip = reason.isEmpty() ? look.title : u"%1\n%2"_s.arg(look.title, visibleText(reason));
        looks << look;
    }
    m_tabs->setLooks(looks, m_desk.current());
    m_tabs->setVisible(!looks.isEmpty());
    m_nodes->setOpenNodes(open);
    updateFront();
}

// A tree for the tab in front, and windows for those that were torn off; made when they are first shown.
void SessionDesk::updateTrees()
{
    for (const int id : m_trees.keys()) {
        const DeskTab *tab = m_desk.tab(id);
        if (tab && !tab->isTornOff)
            continue;
        PaneTree *gone = m_trees.take(id);
        m_front->removeWidget(gone);
        gone->hide();
        gone->setParent(this);
        gone->deleteLater(); // what asked for it may be in it
    }
    for (const int id : m_windows.keys()) {
        const DeskTab *tab = m_desk.tab(id);
        if (tab && tab->isTornOff)
            continue;
        if (SessionWindow *window = m_windows.take(id)) {
            window->hide();
            window->deleteLater();
        }
    }
    if (!m_wasShown)
        return;
    for (const DeskTab &tab : m_desk.tabs()) {
        if (tab.isTornOff && !m_windows.contains(tab.id))
            tearOff(tab.id);
    }
}

void SessionDesk::tearOff(int tab)
{
    auto *made = new SessionWindow(m_desk, tab, m_ways);
    m_windows.insert(tab, made);
    connect(made, &SessionWindow::shut, this, [this, tab] { m_desk.setTornOff(tab, false); });
    made->show();
}

PaneTree *SessionDesk::tree() const { return m_trees.value(m_desk.current()); }

int SessionDesk::pane() const
{
    const DeskTab *tab = m_desk.tab(m_desk.current());
    return tab ? tab->focused : 0;
}

void SessionDesk::updateFront()
{
    const DeskTab *tab = m_desk.tab(m_desk.current());
    const auto panes = tab ? tab->layout.panes().size() : 0;
    m_grid->setEnabled(panes > 1);
    m_broadcast->setEnabled(panes > 1);
    m_broadcast->setCheckable(true);
    m_broadcast->setChecked(tab && !tab->broadcast.isEmpty());
    m_more->setEnabled(tab);
    m_strip->setLink(tab ? m_desk.link(tab->focused) : nullptr);
    setCrumb(m_parts->currentIndex() == Desk && tab ? visibleText(m_desk.titleOf(*tab), 80) : QString());
    if (!tab)
        return m_front->setCurrentWidget(m_empty);
    if (!m_wasShown)
        return; // the window's own parts are set up first
    PaneTree *&shown = m_trees[tab->id];
    if (!shown) {
        shown = new PaneTree(m_desk, tab->id);
        connect(shown, &PaneTree::menuAsked, this, &SessionDesk::openPaneMenu);
        connect(shown, &PaneTree::closeAsked, m_actions, &DeskActions::endPane);
        m_front->addWidget(shown);
    }
    m_front->setCurrentWidget(shown);
}

void SessionDesk::updateBanner()
{
    int left = 0;
    for (const int each : m_desk.resumable())
        left += m_desk.link(each)->state() == SessionLink::State::Left ? 1 : 0;
    if (left == 0) {
        if (m_banner->property("fbResume").toBool())
            m_banner->hide();
        m_banner->setProperty("fbResume", false);
        return;
    }
    m_banner->setProperty("fbResume", true);
    m_banner->showMessage(
        Tone::Accent, Icon::Sessions, tr("%n of your sessions are still running.", nullptr, left),
        tr("They kept running while this console was closed; their tabs are as you left them."));
    m_banner->setAction(left == 1 ? tr("Resume") : tr("Resume all"));
}

void SessionDesk::showDesk()
{
    m_parts->setCurrentIndex(Desk);
    updateFront();
    emit viewChanged();
    if (tree())
        tree()->focusPane();
}

void SessionDesk::showLists(const QString &tab)
{
    m_lists->setTab(tab);
    m_parts->setCurrentIndex(Lists);
    updateFront();
    emit viewChanged();
}

void SessionDesk::openTunnel()
{
    showLists(u"tunnels"_s);
    m_lists->tunnels().openSheet();
}

void SessionDesk::openDesktop(const QString &nodeId)
{
    showLists(u"desktops"_s);
    m_lists->desktops().openSheet(nodeId);
}

void SessionDesk::goTo(int pane)
{
    const DeskTab *tab = m_desk.tabOf(pane);
    if (!tab)
        return;
    showDesk();
    if (tab->isTornOff) {
        if (SessionWindow *window = m_windows.value(tab->id)) {
            window->raise();
            window->activateWindow();
        }
        return m_desk.setFocused(pane);
    }
    m_desk.setCurrent(tab->id);
    m_desk.setFocused(pane);
    if (tree())
        tree()->focusPane();
}

ViewState SessionDesk::view() const
{
    ViewState view;
    if (m_parts->currentIndex() == Lists)
        m_lists->writeTo(view);
    return view;
}

void SessionDesk::setView(const ViewState &view)
{
    if (view.text().isEmpty())
        return showDesk();
    m_lists->readFrom(view);
    m_parts->setCurrentIndex(Lists);
    updateFront();
}

void SessionDesk::onShown()
{
    m_wasShown = true;
    updateTrees();
    updateFront();
    if (m_parts->currentIndex() == Desk && tree())
        tree()->focusPane();
}

void SessionDesk::focusFilter()
{
    if (m_parts->currentIndex() == Lists)
        m_lists->front().focusFilter();
    else
        m_nodes->focusFilter();
}

void SessionDesk::openStart(const QStringList &nodeIds)
{
    auto *sheet = new StartSheet(m_fleet, m_desk, window());
    if (!nodeIds.isEmpty())
        sheet->setNodes(nodeIds);
    connect(sheet, &StartSheet::started, this, &SessionDesk::showDesk);
    sheet->open();
}

QList<SessionWish> SessionDesk::wishesFor(const QStringList &nodeIds) const
{
    QList<SessionWish> wishes;
    for (const QString &id : nodeIds) {
        if (const NodeRow *row = m_fleet.nodes().node(id))
            wishes << SessionWish {
                .nodeId = id, .nodeName = row->name, .document = {}, .reason = {}, .parameters = {}};
    }
    return wishes;
}

void SessionDesk::connectTo(const QStringList &nodeIds)
{
    if (EditGate::isShut(*window()))
        return;
    if (m_reasonRequired)
        return openStart(nodeIds);
    const QList<SessionWish> wishes = wishesFor(nodeIds);
    if (wishes.isEmpty())
        return;
    showDesk();
    if (wishes.size() == 1)
        m_desk.open(wishes.first());
    else
        m_desk.openGrid(wishes);
}

void SessionDesk::run(const QString &command)
{
    if (m_parts->currentIndex() != Desk)
        return;
    const int at = pane();
    if (command == u"sessionNext")
        m_desk.step(1);
    else if (command == u"sessionPrevious")
        m_desk.step(-1);
    else if (at == 0 || (command.startsWith(u"sessionSplit") && EditGate::isShut(*window())))
        return;
    else if (command == u"sessionSplitRight")
        m_desk.splitAgain(at, Qt::Horizontal);
    else if (command == u"sessionSplitBelow")
        m_desk.splitAgain(at, Qt::Vertical);
    else if (command == u"sessionEnd")
        m_actions->endPane(at);
    else if (command == u"sessionBroadcast")
        m_actions->toggleBroadcast(m_desk.current());
    else if (command == u"sessionRename")
        m_tabs->rename(m_desk.current());
    else if (command == u"sessionTearOff")
        m_desk.setTornOff(m_desk.current(), true);
    else if (command == u"sessionFind")
        m_actions->trigger(at, u"terminalFind"_s);
    else if (command == u"sessionSave")
        m_actions->trigger(at, u"terminalSave"_s);
}

void SessionDesk::noteFocus(const QWidget *now)
{
    QString node;
    for (const QWidget *at = now; at; at = at->parentWidget()) {
        if (const auto *pane = qobject_cast<const SessionPane *>(at)) {
            if (const SessionLink *link = m_desk.link(pane->pane()); link && isAncestorOf(pane))
                node = link->wish().nodeName;
            break;
        }
    }
    if (node == m_keysGoTo)
        return;
    m_keysGoTo = node;
    emit keysGoTo(node);
}

void SessionDesk::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), themeOf(this).color(Token::Page));
}

}
