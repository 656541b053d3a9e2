#include "ui/nodes/sessions/pane_tree.h"

#include "ui/nodes/sessions/session_pane.h"
#include "ui/terminal/terminal_view.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <QPointer>
#include <QSplitter>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr int kWhole = 10'000; // of a splitter's sizes, which are whole numbers
}

PaneTree::PaneTree(SessionDeskModel &desk, int tab, QWidget *parent)
    : QWidget(parent),
      m_desk(desk),
      m_tab(tab),
      m_column(new QVBoxLayout(this))
{
    const int gutter = themeOf(this).metrics().step(1);
    m_column->setContentsMargins(gutter, gutter, gutter, gutter);
    connect(&desk, &SessionDeskModel::layoutChanged, this, [this](int changed) {
        if (changed == m_tab)
            build();
    });
    connect(&desk, &SessionDeskModel::focusChanged, this, [this](int pane) {
        updateLooks();
        if (SessionPane *shown = this->pane(pane);
            shown && isVisible() && !shown->isAncestorOf(window()->focusWidget()))
            shown->view().setFocus();
    });
    connect(&desk, &SessionDeskModel::tabChanged, this, [this](int changed) {
        if (changed == m_tab)
            updateLooks();
    });
    build();
}

void PaneTree::build()
{
    const DeskTab *tab = m_desk.tab(m_tab);
    if (!tab)
        return;
    const QList<int> wanted = tab->layout.panes();
    for (const int gone : m_panes.keys()) {
        if (!wanted.contains(gone)) {
            SessionPane *pane = m_panes.take(gone);
            pane->hide();
            pane->setParent(this);
            pane->deleteLater(); // its own button may have been pressed; its session goes after it
        }
    }
    for (SessionPane *stays : std::as_const(m_panes))
        stays->setParent(this); // out of the splitters, which go
    const QPointer<QSplitter> old = qobject_cast<QSplitter *>(m_root);
    m_root = widgetOf(tab->layout.root(), {});
    m_column->addWidget(m_root);
    delete old; // empty by now
    for (SessionPane *pane : std::as_const(m_panes))
        pane->show();
    updateLooks();
}

QWidget *PaneTree::widgetOf(const PaneLayout::Part &part, const QList<int> &path)
{
    if (part.pane != 0) {
        SessionPane *&pane = m_panes[part.pane];
        if (!pane) {
            pane = new SessionPane(m_desk, part.pane, this);
            connect(pane, &SessionPane::focusTaken, &m_desk, &SessionDeskModel::setFocused);
            connect(pane, &SessionPane::menuAsked, this, &PaneTree::menuAsked);
            connect(pane, &SessionPane::closeAsked, this, &PaneTree::closeAsked);
        }
        return pane;
    }
    auto *splitter = new QSplitter(part.orientation);
    splitter->setObjectName(u"paneSplitter"_s);
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(themeOf(this).metrics().step(1));
    QList<int> sizes;
    for (int i = 0; i < part.parts.size(); ++i) {
        splitter->addWidget(widgetOf(part.parts[i], path + QList<int> {i}));
        sizes << qRound(part.shares[i] * kWhole);
    }
    splitter->setSizes(sizes);
    connect(splitter, &QSplitter::splitterMoved, this, [this, splitter, path] {
        QList<double> shares;
        for (const int size : splitter->sizes())
            shares << size;
        m_desk.setShares(m_tab, path, shares);
    });
    return splitter;
}

void PaneTree::updateLooks()
{
    const DeskTab *tab = m_desk.tab(m_tab);
    if (!tab)
        return;
    for (auto pane = m_panes.begin(); pane != m_panes.end(); ++pane)
        (*pane)->setLook(pane.key() == tab->focused && m_panes.size() > 1,
                         tab->broadcast.contains(pane.key()));
}

void PaneTree::focusPane()
{
    const DeskTab *tab = m_desk.tab(m_tab);
    if (SessionPane *shown = tab ? pane(tab->focused) : nullptr)
        shown->view().setFocus(Qt::OtherFocusReason);
}

void PaneTree::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), themeOf(this).color(Token::Page));
}

}
