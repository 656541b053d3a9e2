// The desk's menus: of the tree of nodes, of a pane, of a tab.
#include "ui/nodes/sessions/session_desk.h"

#include "ui/nodes/sessions/session_lists.h"
#include "ui/theme/icon.h"
#include "ui/theme/theme.h"
#include "ui/widgets/edit_gate.h"

#include <QMenu>

namespace fb {

using namespace Qt::StringLiterals;

void SessionDesk::openTreeMenu(const QStringList &nodeIds, const QPoint &at)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto count = static_cast<int>(nodeIds.size());
    const bool isShut = EditGate::isShut(*window());
    QAction *connects = menu->addAction(Theme::icon(Icon::Sessions),
                                        count == 1 ? tr("Connect") : tr("Open %n as a grid", nullptr, count),
                                        this, [this, nodeIds] { connectTo(nodeIds); });
    connects->setEnabled(!isShut);
    menu->addAction(Theme::icon(Icon::Edit), tr("Start with a reason or another document..."), this,
                    [this, nodeIds] { openStart(nodeIds); })
        ->setEnabled(!isShut);
    if (count == 1) {
        const int beside = pane();
        for (const auto orientation : {Qt::Horizontal, Qt::Vertical}) {
            const bool right = orientation == Qt::Horizontal;
            menu->addAction(Theme::icon(right ? Icon::SplitRight : Icon::SplitBelow),
                            right ? tr("Open at the right") : tr("Open below"), this,
                            [this, nodeIds, beside, orientation] {
                                const QList<SessionWish> wishes = wishesFor(nodeIds);
                                if (!wishes.isEmpty())
                                    m_desk.split(beside, orientation, wishes.first());
                            })
                ->setEnabled(beside != 0 && !isShut && !m_reasonRequired);
        }
        menu->addAction(Theme::icon(Icon::Desktop), tr("Remote desktop..."), this,
                        [this, id = nodeIds.first()] { openDesktop(id); })
            ->setEnabled(!isShut);
        menu->addSeparator();
        menu->addAction(Theme::icon(Icon::Fleet), tr("Open the page of the node"), this,
                        [this, id = nodeIds.first()] { emit navigate(u"fleet/"_s + id); });
    }
    menu->popup(at);
}

void SessionDesk::openPaneMenu(int pane, const QPoint &at)
{
    auto *menu = new QMenu(this);
    menu->setObjectName(u"paneMenuList"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    m_actions->addPaneActions(*menu, pane);
    menu->popup(at);
}

void SessionDesk::openTabMenu(int tab, const QPoint &at)
{
    auto *menu = new QMenu(this);
    menu->setObjectName(u"tabMenuList"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    m_actions->addTabActions(*menu, tab);
    menu->popup(at);
}

}
