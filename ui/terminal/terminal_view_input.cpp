// The view's hands: keys, mouse, input methods, clipboard.

#include "models/table/plain_tool_tip.h"
#include "models/table/visible_text.h"
#include "ui/terminal/paste_sheet.h"
#include "ui/terminal/terminal_view.h"
#include "ui/theme/theme.h"
#include "ui/widgets/confirm_sheet.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QDesktopServices>
#include <QFileDialog>
#include <QInputMethodEvent>
#include <QKeyEvent>
#include <QMimeData>
#include <QMouseEvent>
#include <QPainter>
#include <QPointer>
#include <QSaveFile>
#include <QScrollBar>
#include <QStyleHints>
#include <QToolTip>
#include <QUrl>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr int kWheelLines = 3;
    constexpr int kWheelNotch = 120;
}

// ---- Keys ----------------------------------------------------------------------------------------------------------

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

void TerminalView::askOpenLink(const QByteArray &address)
{
    auto *sheet = new ConfirmSheet({.name = u"openLink"_s,
                                    .question = tr("Open this address?"),
                                    .consequence = QString::fromLatin1(address),
                                    .targets = {},
                                    .verb = tr("Open"),
                                    .icon = Icon::Link},
                                   window());
    connect(sheet, &ConfirmSheet::confirmed, this,
            [address] { QDesktopServices::openUrl(QUrl::fromEncoded(address, QUrl::StrictMode)); });
    connect(sheet, &Sheet::closed, this, [this] { setFocus(); });
    sheet->ask();
}

// ---- Clipboard -----------------------------------------------------------------------------------------------------

void TerminalView::makeActions()
{
    const auto add
        = [this](const QString &name, const QString &text, Icon icon, const QKeySequence &keys, auto run) {
              auto *action = new QAction(Theme::icon(icon), text, this);
              action->setObjectName(name);
              action->setShortcut(keys);
              action->setShortcutContext(Qt::WidgetShortcut);
              connect(action, &QAction::triggered, this, run);
              addAction(action);
              m_actions << action;
          };
    add(u"terminalCopy"_s, tr("Copy"), Icon::Copy, QKeySequence(u"Ctrl+Shift+C"_s), [this] { copy(); });
    add(u"terminalCopyHtml"_s, tr("Copy with colours"), Icon::None, {}, [this] { copyAsHtml(); });
    add(u"terminalPaste"_s, tr("Paste"), Icon::Paste, QKeySequence(u"Ctrl+Shift+V"_s), [this] { paste(); });
    // No keys: Ctrl+Shift+A is the console's, and of two that have the same neither would do anything.
    add(u"terminalSelectAll"_s, tr("Select all"), Icon::None, {}, [this] {
        m_selector.selectAll(m_model.frame());
        drawChanged();
    });
    add(u"terminalFind"_s, tr("Find in scrollback"), Icon::Search, QKeySequence(u"Ctrl+Shift+F"_s),
        [this] { openSearch(); });
    add(u"terminalSave"_s, tr("Save scrollback..."), Icon::Export, {}, [this] { saveText(); });
}

void TerminalView::copy()
{
    if (m_selector.isEmpty())
        return;
    m_model.textOf(m_selector.selection(), [self = QPointer(this)](const QString &text) {
        if (text.isEmpty())
            return; // blanks: what is on the clipboard stays
        QApplication::clipboard()->setText(text);
        if (self)
            emit self->copied();
    });
}

void TerminalView::copyAsHtml()
{
    if (m_selector.isEmpty())
        return;
    const TerminalSelection selection = m_selector.selection();
    m_model.textOf(selection, [self = QPointer(this), selection](const QString &text) {
        if (!self || text.isEmpty())
            return;
        self->m_model.htmlOf(selection, self->m_colors.palette, [self, text](const QString &html) {
            auto *data = new QMimeData;
            data->setText(text);
            data->setHtml(html);
            QApplication::clipboard()->setMimeData(data);
            if (self)
                emit self->copied();
        });
    });
}

void TerminalView::paste()
{
    if (takesKeys())
        pasteText(QApplication::clipboard()->text());
}

void TerminalView::pasteText(const QString &text)
{
    if (text.isEmpty())
        return;
    if (!PasteSheet::needsAsking(text))
        return m_model.paste(text);
    auto *sheet = new PasteSheet(text, m_model.frame().modes.bracketedPaste, window());
    connect(sheet, &PasteSheet::accepted, this, [this, text] {
        if (takesKeys()) // it may have ended meanwhile
            m_model.paste(text);
    });
    connect(sheet, &Sheet::closed, this, [this] { setFocus(); });
    sheet->open();
}

// One at a time, and only in front of who works in this session: a sheet takes the keyboard.
void TerminalView::askClipboard()
{
    if (m_wish.isEmpty() || m_isAsking || !hasFocus() || !takesKeys())
        return;
    constexpr qsizetype kShown = 400;
    constexpr auto kSilence = std::chrono::seconds(60);
    m_isAsking = true;
    const QString text = std::exchange(m_wish, {});
    m_wishesSilent.setRemainingTime(kSilence); // refused, unless it is confirmed
    auto *sheet = new ConfirmSheet(
        {.name = u"clipboard"_s,
         .question = tr("Let the program fill the clipboard?"),
         .consequence
         = tr("It would hold %n character(s): %1", nullptr, int(text.size())).arg(visibleText(text, kShown)),
         .targets = {},
         .verb = tr("Fill the clipboard"),
         .icon = Icon::Copy},
        window());
    connect(sheet, &ConfirmSheet::confirmed, this, [this, text] {
        QApplication::clipboard()->setText(text);
        m_wishesSilent.setRemainingTime(0);
    });
    connect(sheet, &Sheet::closed, this, [this] {
        m_isAsking = false;
        setFocus();
    });
    sheet->ask();
}

void TerminalView::saveText()
{
    auto *dialog = new QFileDialog(this, tr("Save scrollback"), u"session.txt"_s, tr("Text (*.txt)"));
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        m_model.wholeText([self = QPointer(this), path](const QString &text) {
            QSaveFile file(path);
            file.setDirectWriteFallback(false);
            const QByteArray bytes = text.toUtf8();
            const bool isSaved = file.open(QIODevice::WriteOnly)
                && file.setPermissions(QFile::ReadOwner | QFile::WriteOwner)
                && file.write(bytes) == bytes.size() && file.commit();
            if (self)
                emit self->textSaved(path, isSaved ? QString() : file.errorString());
        });
    });
    dialog->open();
}

}
