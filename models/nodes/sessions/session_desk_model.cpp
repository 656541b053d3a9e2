#include "models/nodes/sessions/session_desk_model.h"

#include "models/nodes/sessions/kept_desk.h"
#include "models/settings/console_settings.h"

#include <algorithm>

namespace fb {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

SessionDeskModel::SessionDeskModel(SessionLinksSource &source, SessionsViewModel &sessions,
                                   TerminalThread &thread, ConsoleSettings &settings, QObject *parent)
    : QObject(parent),
      m_source(source),
      m_sessions(sessions),
      m_thread(thread),
      m_settings(settings)
{
    m_keep.setSingleShot(true);
    m_keep.setInterval(300ms); // a splitter on its way tells of each pixel
    connect(&m_keep, &QTimer::timeout, this, &SessionDeskModel::keep);
    connect(&m_sessions, &ListViewModel::stateChanged, this, &SessionDeskModel::judgeLeft);
    restore();
    judgeLeft();
}

SessionDeskModel::~SessionDeskModel()
{
    if (m_keep.isActive())
        keep();
}

const DeskTab *SessionDeskModel::tab(int id) const
{
    const auto found
        = std::find_if(m_tabs.begin(), m_tabs.end(), [id](const DeskTab &tab) { return tab.id == id; });
    return found == m_tabs.end() ? nullptr : &*found;
}

const DeskTab *SessionDeskModel::tabOf(int pane) const
{
    const auto found = std::find_if(m_tabs.begin(), m_tabs.end(), [pane](const DeskTab &tab) {
        return pane != 0 && tab.layout.contains(pane);
    });
    return found == m_tabs.end() ? nullptr : &*found;
}

DeskTab *SessionDeskModel::mutableTab(int id) { return const_cast<DeskTab *>(tab(id)); }

DeskTab *SessionDeskModel::mutableTabOf(int pane) { return const_cast<DeskTab *>(tabOf(pane)); }

SessionLink *SessionDeskModel::link(int pane) const
{
    const auto found = m_panes.find(pane);
    return found == m_panes.end() ? nullptr : &found->second->link();
}

TerminalModel *SessionDeskModel::terminal(int pane) const
{
    const auto found = m_panes.find(pane);
    return found == m_panes.end() ? nullptr : &found->second->terminal();
}

QString SessionDeskModel::titleOf(const DeskTab &tab) const
{
    if (!tab.name.isEmpty())
        return tab.name;
    const QList<int> panes = tab.layout.panes();
    const SessionLink *first = panes.isEmpty() ? nullptr : link(panes.first());
    return first ? first->wish().nodeName : QString();
}

QString SessionDeskModel::contextOf(const DeskTab &tab) const
{
    const QList<int> panes = tab.layout.panes();
    if (panes.size() > 1)
        return tr("%n pane(s)", nullptr, static_cast<int>(panes.size()));
    const SessionLink *only = panes.isEmpty() ? nullptr : link(panes.first());
    if (!only)
        return {};
    if (only->state() == SessionLink::State::Ended)
        //: beside the name of a tab: its session has ended
        return tr("ended");
    const QString document = only->news().document;
    //: beside the name of a tab: a session of the usual document
    return document.isEmpty() || document == u"SSM-SessionManagerRunShell" ? tr("shell") : document;
}

int SessionDeskModel::openCount() const
{
    return static_cast<int>(std::count_if(m_panes.begin(), m_panes.end(),
                                          [](const auto &pane) { return pane.second->link().isLive(); }));
}

QStringList SessionDeskModel::liveNodes(const QList<int> &panes) const
{
    QStringList names;
    for (const int pane : panes) {
        if (const SessionLink *each = link(pane); each && each->isLive())
            names << each->wish().nodeName;
    }
    return names;
}

int SessionDeskModel::addPane(const SessionWish &wish)
{
    const int pane = ++m_lastId;
    auto made = std::make_unique<SessionTerminal>(
        m_source, m_thread, wish, TerminalSetup {.scrollbackLines = m_settings.scrollbackLines()});
    SessionLink &link = made->link();
    connect(&link, &SessionLink::changed, this, [this, pane] {
        if (const DeskTab *tab = tabOf(pane))
            emit tabChanged(tab->id);
        emit linksChanged();
    });
    connect(&link, &SessionLink::began, this, &SessionDeskModel::keepSoon); // it has an id now
    TerminalModel &terminal = made->terminal();
    connect(&terminal, &TerminalModel::typed, this,
            [this, pane](const QByteArray &bytes) { typed(pane, bytes); });
    // Not outputArrived(): that leaves out what comes right after.
    connect(&terminal, &TerminalModel::consumed, this, [this, pane] { noteOutput(pane); });
    connect(&terminal, &TerminalModel::bell, this, [this, pane] { rang(pane); });
    m_panes.emplace(pane, std::move(made));
    return pane;
}

DeskTab &SessionDeskModel::addTab(const PaneLayout &layout)
{
    DeskTab tab;
    tab.id = ++m_lastId;
    tab.layout = layout;
    tab.focused = layout.panes().value(0);
    m_tabs << tab;
    return m_tabs.last();
}

int SessionDeskModel::open(const SessionWish &wish)
{
    const int pane = addPane(wish);
    const int id = addTab(PaneLayout(pane)).id;
    link(pane)->start();
    emit tabsChanged();
    setCurrent(id);
    keepSoon();
    return pane;
}

void SessionDeskModel::openGrid(const QList<SessionWish> &wishes)
{
    if (wishes.isEmpty())
        return;
    int first = 0;
    for (qsizetype at = 0; at < wishes.size(); at += PaneLayout::kMostPanes) { // a tab takes no more
        QList<int> panes;
        for (const SessionWish &wish : wishes.mid(at, PaneLayout::kMostPanes))
            panes << addPane(wish);
        const int id = addTab(PaneLayout::grid(panes)).id;
        first = first == 0 ? id : first;
        for (const int pane : std::as_const(panes))
            link(pane)->start();
    }
    emit tabsChanged();
    setCurrent(first);
    keepSoon();
}

void SessionDeskModel::openLeft(const QString &sessionId, const SessionWish &wish)
{
    for (const auto &[pane, each] : m_panes) {
        if (each->link().id() != sessionId || !each->link().isLive())
            continue;
        const int shown = pane;
        each->link().resume();
        setCurrent(tabOf(shown)->id);
        return setFocused(shown);
    }
    const int pane = addPane(wish);
    const int id = addTab(PaneLayout(pane)).id;
    link(pane)->setLeft(sessionId);
    link(pane)->resume();
    emit tabsChanged();
    setCurrent(id);
    keepSoon();
}

int SessionDeskModel::split(int pane, Qt::Orientation orientation, const SessionWish &wish)
{
    DeskTab *in = mutableTabOf(pane);
    if (!in || in->layout.panes().size() >= PaneLayout::kMostPanes)
        return 0;
    const int added = addPane(wish);
    in->layout.split(pane, orientation, added);
    const int id = in->id;
    link(added)->start();
    emit layoutChanged(id);
    emit tabChanged(id);
    setFocused(added);
    keepSoon();
    return added;
}

void SessionDeskModel::splitAgain(int pane, Qt::Orientation orientation)
{
    if (const SessionLink *like = link(pane))
        split(pane, orientation, SessionWish(like->wish()));
}

void SessionDeskModel::moveInto(int tab, int pane, Qt::Orientation orientation, bool before)
{
    DeskTab *from = mutableTab(tab);
    DeskTab *to = mutableTabOf(pane);
    if (!from || !to || from == to
        || from->layout.panes().size() + to->layout.panes().size() > PaneLayout::kMostPanes)
        return;
    const QList<int> moved = from->layout.panes();
    int beside = pane;
    for (const int each : moved) {
        to->layout.split(beside, orientation, each, before && beside == pane);
        beside = each;
    }
    to->focused = moved.first();
    const int id = to->id;
    m_tabs.removeIf([tab](const DeskTab &each) { return each.id == tab; });
    emit tabsChanged();
    emit layoutChanged(id);
    emit tabChanged(id);
    if (m_current != id)
        setCurrent(id);
    emit focusChanged(moved.first());
    keepSoon();
}

void SessionDeskModel::dropPane(int pane)
{
    const auto found = m_panes.find(pane);
    if (found == m_panes.end())
        return;
    found->second->link().disconnect(this);
    found->second->terminal().disconnect(this);
    SessionTerminal *gone = found->second.release(); // its own signal may be running
    gone->setParent(this);
    gone->deleteLater();
    m_panes.erase(found);
}

void SessionDeskModel::closePane(int pane)
{
    DeskTab *in = mutableTabOf(pane);
    SessionLink *closed = link(pane);
    if (!in || !closed)
        return;
    closed->end([self = QPointer<SessionDeskModel>(this)](const ShownError &problem) {
        if (self && !problem.isEmpty())
            emit self->problemArose(problem);
    });
    const QList<int> before = in->layout.panes();
    const qsizetype at = before.indexOf(pane);
    in->layout.remove(pane);
    in->broadcast.remove(pane);
    if (in->broadcast.size() < 2)
        in->broadcast.clear();
    const QList<int> left = in->layout.panes();
    const int id = in->id;
    if (in->focused == pane)
        in->focused = left.value(std::min(at, left.size() - 1));
    if (left.isEmpty()) {
        removeTab(id);
    } else {
        emit layoutChanged(id);
        emit tabChanged(id);
        emit focusChanged(in->focused);
    }
    dropPane(pane);
    emit linksChanged();
    keepSoon();
}

void SessionDeskModel::closeTab(int tab)
{
    const DeskTab *closed = this->tab(tab);
    if (!closed)
        return;
    const QList<int> panes = closed->layout.panes();
    for (const int pane : panes)
        closePane(pane);
}

void SessionDeskModel::removeTab(int tab)
{
    qsizetype at = 0;
    while (at < m_tabs.size() && m_tabs[at].id != tab)
        ++at;
    m_tabs.removeAt(at);
    const bool wasCurrent = m_current == tab;
    if (wasCurrent)
        m_current = 0;
    emit tabsChanged();
    if (!wasCurrent)
        return;
    // The neighbour at its right, as browsers do; those in windows of their own are no neighbours.
    for (const qsizetype next : {at, at - 1}) {
        if (next >= 0 && next < m_tabs.size() && !m_tabs[next].isTornOff)
            return setCurrent(m_tabs[next].id);
    }
    for (const DeskTab &each : std::as_const(m_tabs)) {
        if (!each.isTornOff)
            return setCurrent(each.id);
    }
    emit currentChanged(0);
}

void SessionDeskModel::setCurrent(int tab)
{
    DeskTab *shown = mutableTab(tab);
    if (!shown)
        return;
    const bool isNews = m_current != tab;
    const bool hadMarks = shown->isUnseen || shown->hasRung;
    shown->isUnseen = shown->hasRung = false;
    if (!shown->isTornOff)
        m_current = tab;
    if (hadMarks)
        emit tabChanged(tab);
    if (isNews)
        emit currentChanged(tab);
    keepSoon();
}

void SessionDeskModel::step(int by)
{
    QList<int> here;
    for (const DeskTab &each : std::as_const(m_tabs)) {
        if (!each.isTornOff)
            here << each.id;
    }
    if (here.size() > 1)
        setCurrent(here[(here.indexOf(m_current) + by + here.size()) % here.size()]);
}

void SessionDeskModel::setFocused(int pane)
{
    DeskTab *in = mutableTabOf(pane);
    if (!in || in->focused == pane)
        return;
    in->focused = pane;
    emit focusChanged(pane);
    keepSoon();
}

void SessionDeskModel::moveTab(qsizetype from, qsizetype to)
{
    if (from == to || from < 0 || to < 0 || from >= m_tabs.size() || to >= m_tabs.size())
        return;
    m_tabs.move(from, to);
    emit tabsChanged();
    keepSoon();
}

void SessionDeskModel::rename(int tab, const QString &name)
{
    constexpr qsizetype kMost = 80;
    DeskTab *renamed = mutableTab(tab);
    if (!renamed)
        return;
    renamed->name = name.simplified().left(kMost);
    emit tabChanged(tab);
    keepSoon();
}

void SessionDeskModel::setTornOff(int tab, bool tornOff)
{
    DeskTab *moved = mutableTab(tab);
    if (!moved || moved->isTornOff == tornOff)
        return;
    moved->isTornOff = tornOff;
    if (tornOff && m_current == tab) {
        m_current = 0;
        for (const DeskTab &each : std::as_const(m_tabs)) {
            if (!each.isTornOff)
                m_current = each.id;
        }
    } else if (!tornOff) {
        m_current = tab;
    }
    emit tabsChanged();
    emit currentChanged(m_current);
    keepSoon();
}

void SessionDeskModel::setShares(int tab, const QList<int> &path, const QList<double> &shares)
{
    if (DeskTab *in = mutableTab(tab))
        in->layout.setShares(path, shares);
    keepSoon();
}

void SessionDeskModel::arrangeGrid(int tab)
{
    DeskTab *in = mutableTab(tab);
    if (!in)
        return;
    in->layout = PaneLayout::grid(in->layout.panes());
    emit layoutChanged(tab);
    keepSoon();
}

void SessionDeskModel::setBroadcast(int tab, const QSet<int> &panes)
{
    DeskTab *in = mutableTab(tab);
    if (!in || in->broadcast == panes)
        return;
    in->broadcast = panes;
    emit tabChanged(tab);
}

void SessionDeskModel::typed(int pane, const QByteArray &bytes)
{
    const DeskTab *in = tabOf(pane);
    if (!in || !in->broadcast.contains(pane))
        return;
    for (const int other : in->broadcast) {
        if (SessionLink *each = other == pane ? nullptr : link(other))
            each->type(bytes);
    }
}

void SessionDeskModel::noteOutput(int pane)
{
    DeskTab *in = mutableTabOf(pane);
    if (!in || in->id == m_current || in->isTornOff || in->isUnseen)
        return;
    in->isUnseen = true;
    emit tabChanged(in->id);
}

void SessionDeskModel::rang(int pane)
{
    DeskTab *in = mutableTabOf(pane);
    if (!in || in->id == m_current || in->isTornOff || in->hasRung)
        return;
    in->hasRung = true;
    emit tabChanged(in->id);
}

QList<int> SessionDeskModel::resumable() const
{
    QList<int> panes;
    for (const DeskTab &each : m_tabs) {
        for (const int pane : each.layout.panes()) {
            if (link(pane)->canResume())
                panes << pane;
        }
    }
    return panes;
}

void SessionDeskModel::resumeAll()
{
    for (const int pane : resumable())
        link(pane)->resume();
}

void SessionDeskModel::keep()
{
    m_keep.stop();
    KeptDesk kept;
    for (const DeskTab &each : std::as_const(m_tabs)) {
        KeptTab tab {.name = each.name, .layout = each.layout, .isCurrent = each.id == m_current};
        QHash<int, int> numbers;
        for (const int pane : each.layout.panes()) {
            const SessionLink *of = link(pane);
            if (!of->isLive() || of->id().isEmpty()) {
                tab.layout.remove(pane); // what has ended is found in the history
                continue;
            }
            numbers.insert(pane, static_cast<int>(numbers.size()) + 1);
            tab.panes.insert(numbers.value(pane), {of->id(), of->wish()});
        }
        tab.layout = tab.layout.renumbered(numbers);
        if (!tab.layout.isEmpty())
            kept.tabs << tab;
    }
    m_settings.setSessionDesk(kept.toBytes());
}

void SessionDeskModel::restore()
{
    const KeptDesk kept = KeptDesk::fromBytes(m_settings.sessionDesk());
    for (const KeptTab &each : kept.tabs) {
        QHash<int, int> numbers; // of then -> of now
        for (auto pane = each.panes.begin(); pane != each.panes.end(); ++pane) {
            const int now = addPane(pane->wish);
            link(now)->setLeft(pane->sessionId);
            numbers.insert(pane.key(), now);
        }
        DeskTab &tab = addTab(each.layout.renumbered(numbers));
        tab.name = each.name;
        if (each.isCurrent || m_current == 0)
            m_current = tab.id;
    }
}

void SessionDeskModel::judgeLeft()
{
    if (m_judged || !m_sessions.isLoaded())
        return;
    m_judged = true;
    const QList<DeskTab> tabs = m_tabs;
    for (const DeskTab &each : tabs) {
        for (const int pane : each.layout.panes()) {
            SessionLink *of = link(pane);
            if (of->state() != SessionLink::State::Left)
                continue;
            const SessionRow *row = m_sessions.values().value(of->id());
            if (!row || row->isEnded())
                of->setEnded(row ? row->details : QString());
        }
        if (liveNodes(each.layout.panes()).isEmpty())
            closeTab(each.id); // found in the history
    }
}

}
