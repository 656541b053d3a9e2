// Mouse and wheel: to the program where it wants them, else selection, links and scrolling.

#include "models/table/plain_tool_tip.h"
#include "models/table/visible_text.h"
#include "ui/terminal/terminal_view.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QMouseEvent>
#include <QPointer>
#include <QStyleHints>
#include <QToolTip>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr int kWheelLines = 3;
    constexpr int kWheelNotch = 120;
}

// ---- Scrolling -----------------------------------------------------------------------------------------------------

void TerminalView::scrollLines(RowNumber lines)
{
    const TerminalFrame &frame = m_model.frame();
    const RowNumber top = std::max(frame.firstRow, frame.topRow + lines);
    if (top >= frame.screenRow)
        m_model.follow();
    else
        m_model.scrollTo(top);
}

void TerminalView::jumpToPrompt(bool older)
{
    const TerminalFrame &frame = m_model.frame();
    m_model.promptFrom(frame.topRow, older, [self = QPointer(this)](RowNumber row) {
        if (self && row >= 0)
            self->m_model.scrollTo(row);
    });
}

void TerminalView::wheelEvent(QWheelEvent *event)
{
    m_wheelRest += event->angleDelta().y();
    const int notches = m_wheelRest / kWheelNotch;
    m_wheelRest -= notches * kWheelNotch;
    event->accept();
    if (notches == 0)
        return;
    if (event->modifiers().testFlag(Qt::ControlModifier))
        return setFontPoints(m_points + notches);
    const TerminalModes &modes = m_model.frame().modes;
    const QPoint cell = cellAt(event->position().toPoint());
    for (int i = 0; i < std::abs(notches); ++i) {
        const MouseAction action = notches > 0 ? MouseAction::WheelUp : MouseAction::WheelDown;
        if (takesKeys() && m_model.frame().follows() && !event->modifiers().testFlag(Qt::ShiftModifier)
            && m_model.sendMouse({action, Qt::NoButton, cell.x(), cell.y(), event->modifiers()}))
            continue;
        if (takesKeys() && modes.alternateScreen && modes.alternateScroll) {
            for (int line = 0; line < kWheelLines; ++line)
                m_model.sendKey(notches > 0 ? Qt::Key_Up : Qt::Key_Down, Qt::NoModifier, {});
        } else {
            scrollLines(notches > 0 ? -kWheelLines : kWheelLines);
        }
    }
}

// ---- Mouse ---------------------------------------------------------------------------------------------------------

bool TerminalView::sendMouse(MouseAction action, const QMouseEvent &event)
{
    // Rows of the history are no places of the program's.
    if (!takesKeys() || (action != MouseAction::Release && !m_model.frame().follows()))
        return false;
    const QPoint cell = cellAt(event.position().toPoint());
    if (action == MouseAction::Move && cell == m_toldAt)
        return false; // it knows cells, not pixels
    const Qt::MouseButton button = action != MouseAction::Move ? event.button()
        : m_held.testFlag(Qt::LeftButton)                      ? Qt::LeftButton
        : m_held.testFlag(Qt::MiddleButton)                    ? Qt::MiddleButton
                                                               : Qt::NoButton;
    m_toldAt = cell;
    return m_model.sendMouse({action, button, cell.x(), cell.y(), event.modifiers()});
}

void TerminalView::startSelection(const QMouseEvent &event, Selector::Unit unit)
{
    m_isSelecting = true;
    m_dragAt = event.position().toPoint();
    const Selector::Place edge = placeAt(m_dragAt);
    const Selector::Place cell {edge.row, cellAt(m_dragAt).x()};
    m_selector.begin(m_model.frame(), unit == Selector::Unit::Character ? edge : cell, unit,
                     event.modifiers().testFlag(Qt::AltModifier));
    drawChanged();
}

void TerminalView::extendSelection(const QPoint &at)
{
    m_selector.extend(m_model.frame(), placeAt(at));
    drawChanged();
}

void TerminalView::mousePressEvent(QMouseEvent *event)
{
    const bool isOurs = event->modifiers().testFlag(Qt::ShiftModifier);
    if (event->button() == Qt::RightButton)
        return; // the menu always answers
    const QPoint at = event->position().toPoint();
    if (event->button() == Qt::LeftButton && event->modifiers().testFlag(Qt::ControlModifier)) {
        const QPoint cell = cellAt(at);
        if (const QByteArray address = m_model.linkAt(m_model.frame().topRow + cell.y(), cell.x());
            !address.isEmpty())
            return askOpenLink(address);
    }
    if (!isOurs && sendMouse(MouseAction::Press, *event)) {
        m_held |= event->button();
        return;
    }
    if (event->button() == Qt::MiddleButton) {
        const QClipboard *clipboard = QApplication::clipboard();
        if (clipboard->supportsSelection() && takesKeys())
            pasteText(clipboard->text(QClipboard::Selection));
        return;
    }
    if (event->button() != Qt::LeftButton)
        return;
    const bool isNear = (at - m_clickAt).manhattanLength() < QApplication::startDragDistance();
    const qint64 now = qint64(event->timestamp());
    m_clicks = isNear && now - m_clickTime < QApplication::styleHints()->mouseDoubleClickInterval()
        ? m_clicks + 1
        : 1;
    m_clickAt = at;
    m_clickTime = now;
    startSelection(*event, m_clicks % 3 == 0 ? Selector::Unit::Line : Selector::Unit::Character);
}

void TerminalView::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || m_held != Qt::NoButton)
        return mousePressEvent(event);
    if (!event->modifiers().testFlag(Qt::ShiftModifier) && sendMouse(MouseAction::Press, *event)) {
        m_held |= event->button();
        return;
    }
    m_clicks = 2;
    m_clickAt = event->position().toPoint();
    m_clickTime = qint64(event->timestamp());
    startSelection(*event, Selector::Unit::Word);
}

void TerminalView::mouseMoveEvent(QMouseEvent *event)
{
    const QPoint at = event->position().toPoint();
    if (m_isSelecting) {
        m_dragAt = at;
        extendSelection(at);
        if (rect().contains(at))
            m_dragTimer.stop();
        else if (!m_dragTimer.isActive())
            m_dragTimer.start();
        return;
    }
    updateHover(at, event->modifiers());
    if (!event->modifiers().testFlag(Qt::ShiftModifier))
        sendMouse(MouseAction::Move, *event);
}

void TerminalView::mouseReleaseEvent(QMouseEvent *event)
{
    if (m_held.testFlag(event->button())) {
        sendMouse(MouseAction::Release, *event);
        m_held &= ~Qt::MouseButtons(event->button());
        return;
    }
    if (!m_isSelecting || event->button() != Qt::LeftButton)
        return;
    m_isSelecting = false;
    m_dragTimer.stop();
    QClipboard *clipboard = QApplication::clipboard();
    if (!m_selector.isEmpty() && clipboard->supportsSelection())
        m_model.textOf(m_selector.selection(), [clipboard](const QString &text) {
            if (!text.isEmpty())
                clipboard->setText(text, QClipboard::Selection);
        });
    drawChanged();
}

void TerminalView::updateHover(const QPoint &at, Qt::KeyboardModifiers modifiers)
{
    const QPoint cell = cellAt(at);
    const TerminalFrame &frame = m_model.frame();
    const QByteArray address = m_model.linkAt(frame.topRow + cell.y(), cell.x());
    uint32_t link = 0;
    if (!address.isEmpty()) {
        const LineCells *line = frame.line(frame.topRow + cell.y());
        link = line->pens[line->cells[size_t(cell.x())].pen].link;
    }
    setCursor(link != 0 && modifiers.testFlag(Qt::ControlModifier) ? Qt::PointingHandCursor
                                                                   : Qt::IBeamCursor);
    if (link == m_hoverLink)
        return;
    m_hoverLink = link;
    if (link != 0)
        QToolTip::showText(
            mapToGlobal(at),
            plainToolTip(tr("%1\nCtrl+click opens it").arg(visibleText(QString::fromLatin1(address)))), this);
    else
        QToolTip::hideText();
    drawChanged();
}

void TerminalView::leaveEvent(QEvent *event)
{
    if (std::exchange(m_hoverLink, 0U) != 0)
        drawChanged();
    QWidget::leaveEvent(event);
}

void TerminalView::contextMenuEvent(QContextMenuEvent *event)
{
    const TerminalFrame &frame = m_model.frame();
    const QPoint at = event->reason() == QContextMenuEvent::Mouse
        ? event->pos()
        : cellRect(int(frame.cursorRow - frame.topRow), frame.cursorColumn).bottomLeft();
    emit menuRequested(mapToGlobal(at));
}

}
