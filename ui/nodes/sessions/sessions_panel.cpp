#include "ui/nodes/sessions/sessions_panel.h"

#include "models/table/plain_tool_tip.h"
#include "models/table/visible_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/state_look.h"
#include "ui/widgets/text_label.h"

#include <QKeyEvent>
#include <QListWidget>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

SessionsPanel::SessionsPanel(SessionDeskModel &desk, QWidget *parent)
    : QWidget(parent),
      m_desk(desk),
      m_empty(
          new TextLabel(tr("No session is open. Ctrl+Shift+T starts one."), TextRole::Body, Token::Text2)),
      m_list(new QListWidget)
{
    const Metrics &m = themeOf(this).metrics();
    setObjectName(u"sessionsPanel"_s);
    m_empty->setObjectName(u"sessionsPanelEmpty"_s);
    m_empty->setWordWrap(true);
    m_empty->setContentsMargins(m.step(3), m.step(2), m.step(3), 0);
    m_empty->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_list->setObjectName(u"sessionsPanelList"_s);
    m_list->setAccessibleName(tr("Open sessions"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setIconSize(QSize(Metrics::kIcon, Metrics::kIcon));
    m_list->setTextElideMode(Qt::ElideRight);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_empty, 1);
    column->addWidget(m_list, 1);
    setMinimumWidth(m.lines(11));
    m_soon.setSingleShot(true);
    m_soon.setInterval(std::chrono::milliseconds(100));
    const auto soon = [this] {
        if (!m_soon.isActive())
            m_soon.start();
    };
    connect(&m_soon, &QTimer::timeout, this, &SessionsPanel::fill);
    connect(&desk, &SessionDeskModel::tabsChanged, this, soon);
    connect(&desk, &SessionDeskModel::layoutChanged, this, soon);
    connect(&desk, &SessionDeskModel::tabChanged, this, soon);
    const auto choose
        = [this](const QListWidgetItem *item) { emit chosen(item->data(Qt::UserRole).toInt()); };
    connect(m_list, &QListWidget::itemClicked, this, choose);
    connect(m_list, &QListWidget::itemActivated, this, choose);
    fill();
}

void SessionsPanel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange && !m_soon.isActive())
        m_soon.start(); // icons are of another theme
}

void SessionsPanel::fill()
{
    const int current = m_list->currentItem() ? m_list->currentItem()->data(Qt::UserRole).toInt() : 0;
    m_list->clear();
    for (const DeskTab &tab : m_desk.tabs()) {
        for (const int pane : tab.layout.panes()) {
            const SessionLink *link = m_desk.link(pane);
            const QString node = visibleText(link->wish().nodeName, 60);
            QString second = SessionLink::word(link->state());
            if (!tab.name.isEmpty())
                second = u"%1   %2"_s.arg(second, visibleText(tab.name, 60));
            auto *item = new QListWidgetItem(node + u'\n' + second);
            item->setIcon(stateIcon(this, SessionLink::kind(link->state())));
            item->setData(Qt::UserRole, pane);
            item->setToolTip(plainToolTip(u"%1\n%2"_s.arg(node, second)));
            m_list->addItem(item);
            if (pane == current)
                m_list->setCurrentItem(item);
        }
    }
    m_empty->setVisible(m_list->count() == 0);
    m_list->setVisible(m_list->count() > 0);
}

}
