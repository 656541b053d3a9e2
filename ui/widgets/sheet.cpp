#include "ui/widgets/sheet.h"

#include "ui/widgets/button_keys.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/reading_order.h"
#include "ui/widgets/scroll_box.h"
#include "ui/widgets/surface.h"
#include "ui/widgets/text_label.h"

#include <QAbstractScrollArea>
#include <QKeyEvent>
#include <QPainter>
#include <QVBoxLayout>

namespace fb {

Sheet::Sheet(const QString &title, QWidget *window)
    : QWidget(window),
      m_panel(new Surface(Token::Raised, this)),
      m_title(new TextLabel(title, TextRole::PaneTitle, Token::Text, m_panel)),
      m_body(new QVBoxLayout),
      m_foot(new QHBoxLayout),
      m_scroll(new ScrollBox(title, m_panel))
{
    const Metrics &m = themeOf(this).metrics();
    setObjectName(QStringLiteral("sheet"));
    setAccessibleName(title);
    m_panel->setOutline(Token::BorderStrong, Metrics::kPaletteRadius);
    auto *closeButton = makeIconButton(QStringLiteral("sheetClose"), Icon::Close, tr("Close"), m_panel);
    connect(closeButton, &QToolButton::clicked, this, &Sheet::close);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(m.step(6), m.step(3), m.step(3), m.step(3));
    head->addWidget(m_title, 1);
    head->addWidget(closeButton);

    auto *content = new QWidget;
    content->setLayout(m_body);
    m_body->setContentsMargins(m.step(6), m.step(4), m.step(6), m.step(5));
    m_body->setSpacing(m.step(4));
    m_scroll->setContent(content);
    content->installEventFilter(this);

    m_foot->setContentsMargins(m.step(6), m.step(3), m.step(6), m.step(3));
    m_foot->setSpacing(m.toolGap());
    auto *column = new QVBoxLayout(m_panel);
    column->setContentsMargins(1, 1, 1, 1);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(new Divider(Qt::Horizontal, m_panel));
    column->addWidget(m_scroll, 1);
    column->addWidget(new Divider(Qt::Horizontal, m_panel));
    column->addLayout(m_foot);
    window->installEventFilter(this);
    hide();
}

void Sheet::setTitle(const QString &title)
{
    m_title->setText(title);
    setAccessibleName(title);
    m_scroll->setAccessibleName(title);
}

void Sheet::open()
{
    place();
    show();
    raise();
    if (QWidget *first = firstField())
        return first->setFocus(Qt::TabFocusReason);
    const auto isReady = [](const QWidget *widget) {
        return (widget->focusPolicy() & Qt::TabFocus) && widget->isEnabled() && widget->isVisible();
    };
    for (QWidget *next = m_scroll->widget()->nextInFocusChain(); next && next != m_scroll->widget();
         next = next->nextInFocusChain()) {
        if (m_scroll->widget()->isAncestorOf(next) && isReady(next)) {
            next->setFocus(Qt::TabFocusReason);
            return;
        }
    }
    for (int i = 0; i < m_foot->count(); ++i) { // nothing to fill in: its first button, which does no harm
        if (QWidget *button = m_foot->itemAt(i)->widget(); button && isReady(button)) {
            button->setFocus(Qt::TabFocusReason);
            return;
        }
    }
    setFocus();
}

void Sheet::close()
{
    if (!mayClose())
        return;
    hide();
    emit closed();
    deleteLater();
}

void Sheet::place()
{
    const Metrics &m = themeOf(this).metrics();
    setGeometry(parentWidget()->rect());
    const int width = qMin(m.paletteWidth(), this->width() - 2 * m.pageMargin());
    const int wanted = m_body->sizeHint().height() + 2 * m.topBar() + m.step(6);
    // What scrolls by itself takes the room that it is given; a question is as high as its words.
    const bool isLong = m_scroll->widget()->findChild<QAbstractScrollArea *>() != nullptr;
    const int height
        = qMin(qMax(wanted, m.lines(isLong ? 28 : 9)), this->height() - m.topBar() - 2 * m.pageMargin());
    m_panel->setGeometry((this->width() - width) / 2, m.topBar() + m.step(3), width, height);
}

void Sheet::paintEvent(QPaintEvent *) { QPainter(this).fillRect(rect(), themeOf(this).color(Token::Scrim)); }

void Sheet::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        return close();
    if (!clickByEnter(*event, window()->focusWidget()))
        QWidget::keyPressEvent(event);
}

bool Sheet::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize)
        place();
    else if (watched != parentWidget() && event->type() == QEvent::LayoutRequest && isVisible())
        place(); // a banner came, or an error under a field
    return QWidget::eventFilter(watched, event);
}

bool Sheet::focusNextPrevChild(bool next) { return focusInReadingOrder(this, next); }

}
