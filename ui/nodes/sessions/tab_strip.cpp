#include "ui/nodes/sessions/tab_strip.h"

#include "models/table/plain_tool_tip.h"
#include "ui/theme/flagbridge_style.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QDrag>
#include <QLineEdit>
#include <QMimeData>
#include <QMouseEvent>
#include <QPainter>
#include <QToolButton>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr int kDot = 7;
}

TabStrip::TabStrip(QWidget *parent) : QTabBar(parent)
{
    setObjectName(u"sessionTabs"_s);
    setAccessibleName(tr("Open sessions"));
    setDrawBase(false);
    setExpanding(false);
    setUsesScrollButtons(true);
    setElideMode(Qt::ElideNone);
    setMouseTracking(true);
    connect(this, &QTabBar::currentChanged, this, [this](int index) {
        if (index >= 0 && index < m_looks.size())
            emit chosen(m_looks[index].id);
    });
}

void TabStrip::setLooks(const QList<TabLook> &looks, int current)
{
    const QSignalBlocker quiet(this); // who shows these knows them
    m_looks = looks;
    while (count() > looks.size())
        removeTab(count() - 1);
    for (int i = 0; i < looks.size(); ++i) {
        const TabLook &look = looks[i];
        QString words = look.context.isEmpty() ? look.title : u"%1, %2"_s.arg(look.title, look.context);
        if (look.isUnseen)
            words = tr("%1, new output").arg(words);
        if (look.hasRung)
            words = tr("%1, bell").arg(words);
        const QString text = words.replace(u'&', u"&&"_s); // for screen readers; painted by parts
        if (i == count())
            addTab(text);
        else if (tabText(i) != text)
            setTabText(i, text);
        setTabToolTip(i, plainToolTip(look.toolTip));
        if (look.id == current && currentIndex() != i)
            setCurrentIndex(i);
    }
    if (m_renamed != 0 && indexOf(m_renamed) < 0)
        endRename(false);
    updateGeometry();
    update();
}

int TabStrip::indexOf(int id) const
{
    for (int i = 0; i < m_looks.size(); ++i) {
        if (m_looks[i].id == id)
            return i;
    }
    return -1;
}

int TabStrip::idAt(QPoint at) const
{
    const int index = tabAt(at);
    return index >= 0 && index < m_looks.size() ? m_looks[index].id : 0;
}

QSize TabStrip::tabSizeHint(int index) const
{
    const Theme &theme = themeOf(this);
    const Metrics &m = theme.metrics();
    if (index >= m_looks.size())
        return {m.lines(6), m.tabStrip()};
    const TabLook &look = m_looks[index];
    int width
        = m.step(3) + Metrics::kIcon + m.step(2) + theme.texts().width(TextRole::BodyMedium, look.title);
    if (!look.context.isEmpty())
        width += m.step(2) + theme.texts().width(TextRole::Small, look.context);
    if (look.isUnseen)
        width += m.step(2) + kDot;
    if (look.hasRung)
        width += m.step(2) + Metrics::kIcon;
    width += m.step(2) + Metrics::kIcon + m.step(3); // close
    return {qBound(m.lines(6), width, m.lines(20)), m.tabStrip()};
}

QRect TabStrip::closeRect(int id) const
{
    const int index = indexOf(id);
    if (index < 0)
        return {};
    const QRect tab = tabRect(index);
    const int side = Metrics::kIcon + themeOf(this).metrics().step(1);
    return {tab.right() - themeOf(this).metrics().step(2) - side, tab.top() + (tab.height() - side) / 2, side,
            side};
}

void TabStrip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    for (int i = 0; i < count() && i < m_looks.size(); ++i)
        drawTab(painter, i);
    for (const QToolButton *arrow : findChildren<QToolButton *>(Qt::FindDirectChildrenOnly)) {
        if (arrow->isVisible()) // a ground of its own, over the tab that goes on below it
            painter.fillRect(arrow->geometry(), palette().color(backgroundRole()));
    }
}

void TabStrip::drawTab(QPainter &painter, int index) const
{
    const Theme &theme = themeOf(this);
    const Metrics &m = theme.metrics();
    const TabLook &look = m_looks[index];
    const QRect tab = tabRect(index);
    const bool isCurrent = index == currentIndex();
    const qreal ratio = devicePixelRatioF();
    painter.save();
    painter.setClipRect(tab);
    if (isCurrent) {
        painter.fillRect(tab, theme.color(Token::Base));
        painter.fillRect(QRect(tab.left(), tab.top(), tab.width(), 2),
                         look.isBroadcasting ? theme.toneFill(Tone::Failed) : theme.color(Token::Accent));
    } else if (look.id == m_hovered) {
        painter.fillRect(tab, theme.color(Token::SelectionIdle));
    }
    painter.fillRect(QRect(tab.right(), tab.top(), 1, tab.height()), theme.color(Token::Border));
    const auto icon = [&](Icon which, const QColor &tint, int x) {
        painter.drawPixmap(x, tab.top() + (tab.height() - Metrics::kIcon) / 2,
                           theme.pixmap(which, tint, Metrics::kIcon, ratio));
    };
    int left = tab.left() + m.step(3);
    const QRect close = closeRect(look.id);
    int right = close.left() - m.step(1.5);
    icon(look.isBroadcasting ? Icon::Broadcast : look.icon,
         look.isBroadcasting ? theme.toneText(Tone::Failed)
                             : theme.color(isCurrent ? Token::Text : Token::Text2),
         left);
    left += Metrics::kIcon + m.step(2);
    if (look.hasRung) {
        right -= Metrics::kIcon;
        icon(Icon::Bell, theme.toneText(Tone::Waiting), right);
        right -= m.step(2);
    }
    if (look.isUnseen) {
        right -= kDot;
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.color(Token::Focus));
        painter.drawEllipse(QRectF(right, tab.top() + (tab.height() - kDot) / 2.0, kDot, kDot));
        right -= m.step(2);
    }
    const int title = qMin(theme.texts().width(TextRole::BodyMedium, look.title), right - left);
    painter.setPen(theme.color(isCurrent ? Token::Text : Token::Text2));
    theme.texts().draw(&painter, QRect(left, tab.top(), qMax(0, title), tab.height()), TextRole::BodyMedium,
                       look.title, Qt::AlignLeft, Qt::ElideRight);
    left += title + m.step(2);
    if (right > left) {
        painter.setPen(theme.color(Token::Text3));
        theme.texts().draw(&painter, QRect(left, tab.top(), right - left, tab.height()), TextRole::Small,
                           look.context, Qt::AlignLeft, Qt::ElideRight);
    }
    if (look.id == m_hovered || isCurrent) {
        if (close.contains(mapFromGlobal(QCursor::pos())) && underMouse())
            drawOutline(&painter, close, Metrics::kBoxRadius, Qt::transparent,
                        theme.color(Token::SelectionIdle));
    }
    painter.drawPixmap(close.left() + (close.width() - Metrics::kIcon) / 2,
                       close.top() + (close.height() - Metrics::kIcon) / 2,
                       theme.pixmap(Icon::Close, theme.color(Token::Text2), Metrics::kIcon, ratio));
    if (isCurrent && hasFocus())
        drawFocusRing(&painter, theme, tab.adjusted(2, 3, -2, -3), Metrics::kButtonRadius);
    painter.restore();
}

void TabStrip::mousePressEvent(QMouseEvent *event)
{
    const int id = idAt(event->pos());
    m_dragged = m_pressedClose = 0;
    if (m_edit)
        endRename(true);
    if (event->button() == Qt::LeftButton && id != 0 && closeRect(id).contains(event->pos())) {
        m_pressedClose = id;
        return;
    }
    if (event->button() == Qt::LeftButton) {
        m_dragged = id;
        m_pressedAt = event->pos();
    }
    QTabBar::mousePressEvent(event);
}

void TabStrip::mouseMoveEvent(QMouseEvent *event)
{
    if (const int id = idAt(event->pos()); id != m_hovered) {
        m_hovered = id;
        update();
    } else if (m_hovered != 0) {
        update(closeRect(m_hovered).adjusted(-2, -2, 2, 2));
    }
    if (m_dragged == 0 || !(event->buttons() & Qt::LeftButton)
        || (event->pos() - m_pressedAt).manhattanLength() < QApplication::startDragDistance())
        return;
    const QRect near = rect().adjusted(0, -height() / 2, 0, height() / 2);
    if (!near.contains(event->pos()))
        return dragOut();
    const int to = tabAt({event->pos().x(), height() / 2});
    const int from = indexOf(m_dragged);
    if (to < 0 || to == from)
        return;
    // Only when it would lie under the pointer then: else two of different width change places for ever.
    const QRect over = tabRect(to);
    const bool isPast = to > from ? event->pos().x() > over.right() - tabRect(from).width()
                                  : event->pos().x() < over.left() + tabRect(from).width();
    if (isPast)
        emit moveAsked(m_dragged, to);
}

void TabStrip::dragOut()
{
    const int id = std::exchange(m_dragged, 0);
    auto *drag = new QDrag(this);
    auto *what = new QMimeData;
    what->setData(QString::fromLatin1(kMimeType), QByteArray::number(id));
    drag->setMimeData(what);
    drag->setPixmap(grab(tabRect(indexOf(id))));
    if (drag->exec(Qt::MoveAction) == Qt::IgnoreAction && !window()->geometry().contains(QCursor::pos()))
        emit tearOffAsked(id);
}

void TabStrip::mouseReleaseEvent(QMouseEvent *event)
{
    const int id = idAt(event->pos());
    m_dragged = 0;
    if (const int pressed = std::exchange(m_pressedClose, 0); pressed != 0) {
        if (pressed == id && closeRect(id).contains(event->pos()))
            emit closeAsked(id);
        return;
    }
    if (event->button() == Qt::MiddleButton && id != 0)
        return emit closeAsked(id);
    QTabBar::mouseReleaseEvent(event);
}

void TabStrip::mouseDoubleClickEvent(QMouseEvent *event)
{
    const int id = idAt(event->pos());
    if (id != 0 && !closeRect(id).contains(event->pos()))
        rename(id);
}

void TabStrip::leaveEvent(QEvent *event)
{
    m_hovered = 0;
    update();
    QTabBar::leaveEvent(event);
}

void TabStrip::keyPressEvent(QKeyEvent *event)
{
    const int index = currentIndex();
    const int id = index >= 0 && index < m_looks.size() ? m_looks[index].id : 0;
    const bool moves = event->modifiers() == (Qt::ControlModifier | Qt::ShiftModifier);
    if (id != 0 && event->key() == Qt::Key_F2)
        return rename(id);
    if (id != 0 && event->key() == Qt::Key_Delete)
        return emit closeAsked(id);
    if (id != 0 && moves && (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right))
        return emit moveAsked(id, index + (event->key() == Qt::Key_Left ? -1 : 1));
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        return emit entered();
    QTabBar::keyPressEvent(event);
}

void TabStrip::contextMenuEvent(QContextMenuEvent *event)
{
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const QPoint at = byKey ? tabRect(currentIndex()).center() : event->pos();
    if (const int id = idAt(at); id != 0)
        emit menuAsked(id, mapToGlobal(at));
}

void TabStrip::rename(int id)
{
    const int index = indexOf(id);
    if (index < 0)
        return;
    const QRect tab = tabRect(index);
    const int step = themeOf(this).metrics().step(1);
    m_renamed = id;
    m_edit = new QLineEdit(m_looks[index].title, this);
    m_edit->setObjectName(u"sessionTabName"_s);
    m_edit->setAccessibleName(tr("Name of the tab"));
    m_edit->setMaxLength(80);
    m_edit->setGeometry(tab.adjusted(step, step, -step, -step));
    m_edit->selectAll();
    m_edit->show();
    m_edit->setFocus();
    connect(m_edit, &QLineEdit::editingFinished, this, [this] { endRename(true); });
    auto *cancel = new QAction(m_edit);
    cancel->setShortcut(Qt::Key_Escape);
    cancel->setShortcutContext(Qt::WidgetShortcut);
    connect(cancel, &QAction::triggered, this, [this] { endRename(false); });
    m_edit->addAction(cancel);
}

void TabStrip::endRename(bool keep)
{
    if (!m_edit)
        return;
    QLineEdit *edit = std::exchange(m_edit, nullptr);
    const int id = std::exchange(m_renamed, 0);
    const QString name = edit->text();
    const bool isEdited = edit->isModified();
    edit->disconnect(this);
    edit->hide();
    edit->deleteLater();
    setFocus();
    if (keep && isEdited)
        emit renamed(id, name);
}

}
