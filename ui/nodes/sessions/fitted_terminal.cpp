#include "ui/nodes/sessions/fitted_terminal.h"

#include "ui/terminal/terminal_view.h"

#include <QKeyEvent>
#include <QTimer>

namespace fb {

using namespace Qt::StringLiterals;

FittedTerminal::FittedTerminal(TerminalThread &thread, QWidget *parent)
    : QScrollArea(parent),
      m_model(thread),
      m_view(new TerminalView(m_model)),
      m_points(m_view->fontPoints())
{
    m_view->setReadOnly(true);
    m_view->setFixedSize(true);
    m_view->installEventFilter(this);
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::NoFocus);
    setFocusProxy(m_view);
    setWidgetResizable(true);
    setWidget(m_view);
    connect(&m_model, &TerminalModel::frameChanged, this, &FittedTerminal::showCursor);
    connect(m_view, &TerminalView::fontPointsChanged, this, [this] {
        if (m_isFitting)
            return;
        m_isZoomed = true;
        fit();
    });
}

FittedTerminal::~FittedTerminal()
{
    delete takeWidget(); // before its model
}

// No larger than a session's font. Once zoomed by hand it stays so.
void FittedTerminal::fit()
{
    const QSize room = maximumViewportSize();
    if (room.width() < 50)
        return;
    const auto fits = [&] {
        const QSize wanted = m_view->sizeHint();
        return wanted.width() <= room.width() && wanted.height() <= room.height();
    };
    if (!m_isZoomed) {
        m_isFitting = true;
        m_view->setFontPoints(m_points);
        while (!fits() && m_view->fontPoints() > TerminalView::kLeastPoints)
            m_view->setFontPoints(m_view->fontPoints() - 1);
        m_isFitting = false;
    }
    m_view->setMinimumSize(fits() ? QSize(0, 0) : m_view->sizeHint());
    m_view->setFixedSize(true); // centred anew
}

void FittedTerminal::showCursor()
{
    const TerminalFrame &frame = m_model.frame();
    const QPoint at
        = m_view->cellRect(static_cast<int>(frame.cursorRow - frame.topRow), frame.cursorColumn).center();
    if (m_view->size() != viewport()->size() && frame.follows())
        ensureVisible(at.x(), at.y());
}

void FittedTerminal::resizeEvent(QResizeEvent *event)
{
    QScrollArea::resizeEvent(event);
    QTimer::singleShot(0, this, &FittedTerminal::fit);
}

bool FittedTerminal::isViewsKey(const QKeyEvent &event)
{
    const Qt::KeyboardModifiers held = event.modifiers() & ~Qt::KeypadModifier;
    if (held == (Qt::ControlModifier | Qt::ShiftModifier))
        return true;
    const int key = event.key();
    if (held == Qt::ControlModifier)
        return key == Qt::Key_Plus || key == Qt::Key_Equal || key == Qt::Key_Minus || key == Qt::Key_0;
    return held == Qt::ShiftModifier && (key == Qt::Key_PageUp || key == Qt::Key_PageDown);
}

// A terminal takes every key for its program; this one has none, so they are the owner's and the window's.
bool FittedTerminal::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_view || (event->type() != QEvent::KeyPress && event->type() != QEvent::ShortcutOverride))
        return QScrollArea::eventFilter(watched, event);
    auto *key = static_cast<QKeyEvent *>(event);
    if (isViewsKey(*key))
        return false;
    if (event->type() == QEvent::ShortcutOverride)
        return true; // not accepted: the window's
    if (key->key() == Qt::Key_Tab || key->key() == Qt::Key_Backtab)
        return focusNextPrevChild(key->key() == Qt::Key_Tab);
    if (!m_takeKey || !m_takeKey(*key))
        key->ignore(); // goes up
    return key->isAccepted();
}

}
