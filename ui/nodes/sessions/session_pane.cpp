#include "ui/nodes/sessions/session_pane.h"

#include "models/table/visible_text.h"
#include "ui/nodes/sessions/pane_bar.h"
#include "ui/nodes/sessions/pane_head.h"
#include "ui/nodes/sessions/tab_strip.h"
#include "ui/terminal/terminal_view.h"
#include "ui/theme/flagbridge_style.h"

#include <QDragEnterEvent>
#include <QMimeData>
#include <QPainter>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

// Where a dragged tab would go.
class DropZone final : public QWidget
{
public:
    explicit DropZone(QWidget *parent) : QWidget(parent)
    {
        setAttribute(Qt::WA_TransparentForMouseEvents);
        hide();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Theme &theme = themeOf(this);
        QColor soft = theme.color(Token::Focus);
        soft.setAlphaF(0.25F);
        QPainter painter(this);
        drawOutline(&painter, rect(), Metrics::kChipRadius, theme.color(Token::Focus), soft);
    }
};

SessionPane::SessionPane(SessionDeskModel &desk, int pane, QWidget *parent)
    : QWidget(parent),
      m_desk(desk),
      m_link(*desk.link(pane)),
      m_pane(pane),
      m_view(new TerminalView(*desk.terminal(pane), this)),
      m_head(new PaneHead(m_link, this)),
      m_zone(new DropZone(this))
{
    setObjectName(u"sessionPane-%1"_s.arg(pane));
    setAcceptDrops(true);
    m_view->setObjectName(u"terminal-%1"_s.arg(pane));
    m_view->setAccessibleName(tr("Terminal of %1").arg(visibleText(m_link.wish().nodeName)));
    setFocusProxy(m_view);
    auto *bar = new PaneBar(m_link, this); // a child at once: it shows itself
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(1, 1, 1, 1);
    column->setSpacing(0);
    column->addWidget(m_head);
    column->addWidget(bar);
    column->addWidget(m_view, 1);
    connect(m_head, &PaneHead::pressed, m_view, [this] { m_view->setFocus(Qt::MouseFocusReason); });
    connect(m_head, &PaneHead::menuAsked, this, &SessionPane::openMenu);
    connect(m_view, &TerminalView::focusTaken, this, [this] { emit focusTaken(m_pane); });
    connect(m_view, &TerminalView::menuRequested, this,
            [this](const QPoint &at) { emit menuAsked(m_pane, at); });
    connect(m_view, &TerminalView::reopenRequested, &m_link, &SessionLink::reopen);
    connect(bar, &PaneBar::resumeClicked, this, [this] {
        m_link.resume();
        m_view->setFocus();
    });
    connect(bar, &PaneBar::reopenClicked, this, [this] {
        m_link.reopen();
        m_view->setFocus();
    });
    connect(bar, &PaneBar::closeClicked, this, [this] { emit closeAsked(m_pane); });
    connect(&m_link, &SessionLink::changed, this, &SessionPane::updateState);
    updateState();
}

bool SessionPane::isConnected() const { return m_link.state() == SessionLink::State::Connected; }

void SessionPane::updateState() { m_view->setEnded(m_link.state() == SessionLink::State::Ended); }

void SessionPane::setLook(bool isFocused, bool isBroadcasting)
{
    m_isFocused = isFocused;
    m_isBroadcasting = isBroadcasting;
    m_view->setBroadcasting(isBroadcasting);
    update();
}

void SessionPane::openMenu() { emit menuAsked(m_pane, m_head->menuCorner()); }

void SessionPane::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeOf(this);
    QPainter painter(this);
    const QColor line = m_isBroadcasting ? theme.toneFill(Tone::Failed)
                                         : theme.color(m_isFocused ? Token::Focus : Token::Border);
    drawOutline(&painter, rect(), Metrics::kChipRadius, line, theme.color(Token::Base));
}

SessionPane::Edge SessionPane::edgeAt(QPoint at) const
{
    const double x = static_cast<double>(at.x()) / qMax(1, width()) - 0.5;
    const double y = static_cast<double>(at.y()) / qMax(1, height()) - 0.5;
    return qAbs(x) >= qAbs(y) ? Edge {Qt::Horizontal, x < 0} : Edge {Qt::Vertical, y < 0};
}

void SessionPane::showEdge(QPoint at)
{
    const Edge edge = edgeAt(at);
    const bool beside = edge.orientation == Qt::Horizontal;
    const QSize half(beside ? width() / 2 : width(), beside ? height() : height() / 2);
    const QPoint corner(beside && !edge.before ? width() - half.width() : 0,
                        !beside && !edge.before ? height() - half.height() : 0);
    m_zone->setGeometry(QRect(corner, half));
    m_zone->show();
    m_zone->raise();
}

void SessionPane::dragEnterEvent(QDragEnterEvent *event)
{
    const int tab = event->mimeData()->data(QString::fromLatin1(TabStrip::kMimeType)).toInt();
    const DeskTab *own = m_desk.tabOf(m_pane);
    if (!m_desk.tab(tab) || !own || own->id == tab)
        return; // not one of ours, or its own
    event->acceptProposedAction();
    showEdge(event->position().toPoint());
}

void SessionPane::dragMoveEvent(QDragMoveEvent *event) { showEdge(event->position().toPoint()); }

void SessionPane::dragLeaveEvent(QDragLeaveEvent *) { m_zone->hide(); }

void SessionPane::dropEvent(QDropEvent *event)
{
    m_zone->hide();
    const int tab = event->mimeData()->data(QString::fromLatin1(TabStrip::kMimeType)).toInt();
    const Edge edge = edgeAt(event->position().toPoint());
    event->acceptProposedAction();
    // The drag is still on its way back to the strip, which a move changes.
    QMetaObject::invokeMethod(
        &m_desk,
        [desk = &m_desk, tab, pane = m_pane, edge] {
            desk->moveInto(tab, pane, edge.orientation, edge.before);
        },
        Qt::QueuedConnection);
}

}
