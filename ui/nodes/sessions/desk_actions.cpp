#include "ui/nodes/sessions/desk_actions.h"

#include "models/table/visible_text.h"
#include "ui/nodes/sessions/mark_sheet.h"
#include "ui/theme/theme.h"
#include "ui/widgets/confirm_sheet.h"
#include "ui/widgets/edit_gate.h"

#include <QAction>
#include <QMenu>

namespace fb {

using namespace Qt::StringLiterals;

DeskActions::DeskActions(SessionDeskModel &desk, Ways ways, QWidget *owner)
    : QObject(owner),
      m_desk(desk),
      m_ways(std::move(ways)),
      m_owner(owner)
{
}

QAction *DeskActions::add(QMenu &menu, Icon icon, const QString &text, const QString &command,
                          std::function<void()> run)
{
    // The keys are told, not taken: the window's own commands have them.
    const QString keys = m_ways.keysOf(command).toString(QKeySequence::NativeText);
    QAction *action = menu.addAction(Theme::icon(icon), keys.isEmpty() ? text : text + u'\t' + keys);
    action->setObjectName(u"menu-"_s + command);
    connect(action, &QAction::triggered, this, std::move(run));
    return action;
}

void DeskActions::addPaneActions(QMenu &menu, int pane)
{
    const SessionLink *link = m_desk.link(pane);
    const DeskTab *tab = m_desk.tabOf(pane);
    if (!link || !tab)
        return;
    const bool isShut = EditGate::isShut(*m_owner->window());
    const bool hasRoom = tab->layout.panes().size() < PaneLayout::kMostPanes;
    menu.addAction(tr("All other keys go to the shell"))->setEnabled(false);
    add(menu, Icon::SplitRight, tr("Split right"), u"sessionSplitRight"_s, [this, pane] {
        m_desk.splitAgain(pane, Qt::Horizontal);
    })->setEnabled(hasRoom && !isShut);
    add(menu, Icon::SplitBelow, tr("Split below"), u"sessionSplitBelow"_s, [this, pane] {
        m_desk.splitAgain(pane, Qt::Vertical);
    })->setEnabled(hasRoom && !isShut);
    const bool isOn = !tab->broadcast.isEmpty();
    add(menu, Icon::Broadcast, isOn ? tr("End broadcast") : tr("Broadcast input..."), u"sessionBroadcast"_s,
        [this, id = tab->id] { toggleBroadcast(id); })
        ->setEnabled(tab->layout.panes().size() > 1);
    menu.addSeparator();
    // The terminal's own, with its keys.
    const auto addOfView = [&](Icon icon, const QString &text, const QString &name) {
        const QWidget *view = m_ways.viewOf(pane);
        const QAction *own = view ? view->findChild<QAction *>(name) : nullptr;
        const QString keys = own ? own->shortcut().toString(QKeySequence::NativeText) : QString();
        QAction *action = menu.addAction(icon == Icon::None ? QIcon() : Theme::icon(icon),
                                         keys.isEmpty() ? text : text + u'\t' + keys, this,
                                         [this, pane, name] { trigger(pane, name); });
        action->setObjectName(u"menu-"_s + name);
        return action;
    };
    addOfView(Icon::Search, tr("Find in scrollback"), u"terminalFind"_s);
    addOfView(Icon::Copy, tr("Copy"), u"terminalCopy"_s);
    addOfView(Icon::Paste, tr("Paste"), u"terminalPaste"_s)
        ->setEnabled(link->state() == SessionLink::State::Connected);
    addOfView(Icon::None, tr("Select all"), u"terminalSelectAll"_s);
    addOfView(Icon::Save, tr("Save scrollback..."), u"terminalSave"_s);
    if (link->news().recorded)
        add(menu, Icon::Mark, tr("Mark this moment..."), u"sessionMark"_s, [this, pane] {
            mark(pane);
        })->setEnabled(link->state() == SessionLink::State::Connected && !isShut);
    menu.addSeparator();
    add(menu, Icon::SearchRun, tr("Search or run"), u"sessionPalette"_s, m_ways.openPalette);
    menu.addSeparator();
    QAction *end = add(menu, Icon::Stop, link->isLive() ? tr("End session") : tr("Close"), u"sessionEnd"_s,
                       [this, pane] { endPane(pane); });
    end->setProperty("fbDanger", true);
    end->setEnabled(!link->isLive() || !isShut);
}

void DeskActions::mark(int pane)
{
    const SessionLink *link = m_desk.link(pane);
    if (!link)
        return;
    auto *sheet = new MarkSheet(m_desk.records(), link->id(), link->wish().nodeName, m_owner->window());
    connect(sheet, &Sheet::closed, this, [this, pane] { emit focusWanted(pane); });
    sheet->open();
}

void DeskActions::addTabActions(QMenu &menu, int tab)
{
    const DeskTab *of = m_desk.tab(tab);
    if (!of)
        return;
    add(menu, Icon::Edit, tr("Rename"), u"sessionRename"_s, [this, tab] { emit renameAsked(tab); });
    if (!of->name.isEmpty())
        add(menu, Icon::Again, tr("Reset to the node's name"), u"sessionUnname"_s,
            [this, tab] { m_desk.rename(tab, {}); });
    menu.addSeparator();
    add(menu, Icon::SplitRight, tr("Split right"), u"sessionSplitRight"_s,
        [this, pane = of->focused] { m_desk.splitAgain(pane, Qt::Horizontal); });
    add(menu, Icon::SplitBelow, tr("Split below"), u"sessionSplitBelow"_s,
        [this, pane = of->focused] { m_desk.splitAgain(pane, Qt::Vertical); });
    if (of->isTornOff)
        add(menu, Icon::TearOff, tr("Put back into the window"), u"sessionTearOff"_s,
            [this, tab] { m_desk.setTornOff(tab, false); });
    else
        add(menu, Icon::TearOff, tr("Tear off"), u"sessionTearOff"_s,
            [this, tab] { m_desk.setTornOff(tab, true); });
    menu.addSeparator();
    const bool isLive = !m_desk.liveNodes(of->layout.panes()).isEmpty();
    QAction *end = add(menu, Icon::Stop, isLive ? tr("End its sessions") : tr("Close"), u"sessionEndTab"_s,
                       [this, tab] { endTab(tab); });
    end->setEnabled(!isLive || !EditGate::isShut(*m_owner->window()));
}

void DeskActions::ask(const QStringList &nodes, std::function<void()> end)
{
    if (nodes.isEmpty())
        return end();
    QStringList names;
    for (const QString &node : nodes)
        names << visibleText(node, 80);
    const auto count = static_cast<int>(nodes.size());
    auto *sheet = new ConfirmSheet(
        {.name = u"sessionEnd"_s,
         .question = tr("End %n session(s)?", nullptr, count),
         .consequence = tr(
             "The shell and everything running in it are ended on the node. Recordings stay in the history."),
         .targets = names,
         .verb = tr("End %n session(s)", nullptr, count),
         .icon = Icon::Stop},
        m_owner->window());
    connect(sheet, &ConfirmSheet::confirmed, this, std::move(end));
    sheet->ask();
}

void DeskActions::endPane(int pane)
{
    ask(m_desk.liveNodes({pane}), [this, pane] { m_desk.closePane(pane); });
}

void DeskActions::endTab(int tab)
{
    if (const DeskTab *of = m_desk.tab(tab))
        ask(m_desk.liveNodes(of->layout.panes()), [this, tab] { m_desk.closeTab(tab); });
}

void DeskActions::toggleBroadcast(int tab)
{
    const DeskTab *of = m_desk.tab(tab);
    if (!of)
        return;
    if (!of->broadcast.isEmpty())
        return m_desk.setBroadcast(tab, {});
    QSet<int> panes;
    QStringList names;
    for (const int pane : of->layout.panes()) {
        const SessionLink *link = m_desk.link(pane);
        if (link->state() != SessionLink::State::Connected)
            continue;
        panes << pane;
        names << visibleText(link->wish().nodeName, 80);
    }
    if (panes.size() < 2)
        return;
    const int focused = of->focused;
    const auto count = static_cast<int>(panes.size());
    auto *sheet = new ConfirmSheet(
        {.name = u"sessionBroadcast"_s,
         .question = tr("Type into %n pane(s) at once?", nullptr, count),
         .consequence
         = tr("Each key and paste in one of them goes to all of them. Their borders are red until "
              "the broadcast ends."),
         .targets = names,
         .verb = tr("Broadcast to %n pane(s)", nullptr, count),
         .icon = Icon::Broadcast},
        m_owner->window());
    connect(sheet, &ConfirmSheet::confirmed, this, [this, tab, panes] { m_desk.setBroadcast(tab, panes); });
    connect(sheet, &Sheet::closed, this, [this, focused] { emit focusWanted(focused); });
    sheet->ask();
}

void DeskActions::trigger(int pane, const QString &viewAction)
{
    const QWidget *view = m_ways.viewOf(pane);
    if (QAction *action = view ? view->findChild<QAction *>(viewAction) : nullptr)
        action->trigger();
}

}
