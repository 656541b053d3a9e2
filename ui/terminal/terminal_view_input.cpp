// Keys and input methods: what is the console's, what is the view's, and what goes to the program.

#include "ui/terminal/terminal_view.h"
#include "ui/theme/theme.h"

#include <QInputMethodEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>

namespace fb {

using namespace Qt::StringLiterals;

// Ctrl+Shift with a letter, Ctrl+PageUp and PageDown, F6 (ux.md 5). Those that the view itself knows are among them.
bool TerminalView::isConsoleKey(const QKeyEvent &event)
{
    const auto modifiers
        = event.modifiers() & ~Qt::KeyboardModifiers(Qt::KeypadModifier | Qt::GroupSwitchModifier);
    const int key = event.key();
    if (key == Qt::Key_F6)
        return (modifiers & ~Qt::KeyboardModifiers(Qt::ShiftModifier)) == Qt::NoModifier;
    if (modifiers == (Qt::ControlModifier | Qt::ShiftModifier))
        return key >= Qt::Key_A && key <= Qt::Key_Z;
    return modifiers == Qt::ControlModifier && (key == Qt::Key_PageUp || key == Qt::Key_PageDown);
}

bool TerminalView::viewKey(const QKeyEvent &event)
{
    const auto modifiers = event.modifiers() & ~Qt::KeyboardModifiers(Qt::KeypadModifier);
    const int key = event.key();
    const int page = std::max(1, m_model.frame().rows - 1);
    const bool isZoom
        = modifiers == Qt::ControlModifier || modifiers == (Qt::ControlModifier | Qt::ShiftModifier);
    if (modifiers == Qt::ShiftModifier) {
        switch (key) {
        case Qt::Key_PageUp:
            return scrollLines(-page), true;
        case Qt::Key_PageDown:
            return scrollLines(page), true;
        case Qt::Key_Home:
            return m_model.scrollTo(0), true;
        case Qt::Key_End:
            return m_model.follow(), true;
        case Qt::Key_Insert:
            return paste(), true;
        default:
            return false;
        }
    }
    if (isZoom && (key == Qt::Key_Plus || key == Qt::Key_Equal))
        return setFontPoints(m_points + 1), true;
    if (modifiers == Qt::ControlModifier && key == Qt::Key_Minus)
        return setFontPoints(m_points - 1), true;
    if (modifiers == Qt::ControlModifier && key == Qt::Key_0)
        return setFontPoints(int(std::lround(themeOf(this).font(TextRole::Code).pixelSize() * 72.0 / 96.0))),
               true;
    if (modifiers == (Qt::ControlModifier | Qt::ShiftModifier)) {
        switch (key) {
        case Qt::Key_Up:
            return jumpToPrompt(true), true;
        case Qt::Key_Down:
            return jumpToPrompt(false), true;
        default:
            return false;
        }
    }
    return false;
}

bool TerminalView::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride && !isConsoleKey(*static_cast<QKeyEvent *>(event))) {
        event->accept(); // no shortcut of the window takes it
        return true;
    }
    return QWidget::event(event);
}

void TerminalView::keyPressEvent(QKeyEvent *event)
{
    if (viewKey(*event))
        return;
    if (isConsoleKey(*event)) {
        event->ignore();
        return;
    }
    if (m_isEnded && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)) {
        emit reopenRequested();
        return;
    }
    if (!takesKeys()) {
        event->ignore();
        return;
    }
    if (m_model.sendKey(event->key(), event->modifiers(), event->text())) {
        m_selector.clear();
        drawChanged();
    }
}

void TerminalView::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    if (takesKeys())
        m_model.sendFocus(true);
    drawChanged();
    update(); // the edge of a recorded screen
    // Not at once: who gave the focus is not done.
    QMetaObject::invokeMethod(this, &TerminalView::askClipboard, Qt::QueuedConnection);
    emit focusTaken();
}

void TerminalView::focusOutEvent(QFocusEvent *event)
{
    QWidget::focusOutEvent(event);
    if (takesKeys())
        m_model.sendFocus(false);
    drawChanged();
    update();
}

void TerminalView::inputMethodEvent(QInputMethodEvent *event)
{
    m_preedit = event->preeditString();
    if (takesKeys() && !event->commitString().isEmpty())
        m_model.sendText(event->commitString());
    update();
    event->accept();
}

QVariant TerminalView::inputMethodQuery(Qt::InputMethodQuery query) const
{
    const TerminalFrame &frame = m_model.frame();
    switch (query) {
    case Qt::ImEnabled:
        return takesKeys();
    case Qt::ImCursorRectangle:
        return cellRect(int(frame.cursorRow - frame.topRow), frame.cursorColumn);
    case Qt::ImFont:
        return themeOf(this).font(TextRole::Code);
    default:
        return QWidget::inputMethodQuery(query);
    }
}

void TerminalView::paintPreedit(QPainter &painter) const
{
    const TerminalFrame &frame = m_model.frame();
    QFont font = themeOf(this).font(TextRole::Code);
    font.setPixelSize(int(std::lround(m_points * 96.0 / 72.0)));
    font.setUnderline(true);
    painter.setFont(font);
    QRect box = cellRect(int(frame.cursorRow - frame.topRow), frame.cursorColumn);
    box.setWidth(painter.fontMetrics().horizontalAdvance(m_preedit));
    const int end = m_scrollBar->isVisible() ? m_scrollBar->x() : width();
    if (box.right() >= end)
        box.moveRight(end - 1);
    painter.fillRect(box, QColor::fromRgb(m_colors.palette.background));
    painter.setPen(QColor::fromRgb(m_colors.palette.foreground));
    painter.drawText(box, Qt::AlignLeft | Qt::AlignVCenter, m_preedit);
}

}
