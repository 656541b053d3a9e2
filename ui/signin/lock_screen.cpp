#include "ui/signin/lock_screen.h"

#include <QApplication>
#include <QEvent>

namespace fb {

void LockScreen::shut(QWidget &lock, const QWidget *main)
{
    if (std::exchange(m_shut, true))
        return;
    m_lock = &lock;
    while (QWidget *popup = QApplication::activePopupWidget())
        popup->close();
    if (main && main->isVisible()) {
        lock.setWindowState(main->windowState() & ~Qt::WindowActive);
        lock.setGeometry(main->geometry());
    }
    lock.show(); // first: a program without a window ends
    lock.raise();
    lock.activateWindow();
    const QWidgetList windows = QApplication::topLevelWidgets();
    for (QWidget *window : windows) {
        if (window == &lock || !window->isVisible())
            continue;
        m_hidden.append(window);
        window->hide();
    }
    QCoreApplication::instance()->installEventFilter(this);
}

void LockScreen::open()
{
    if (!std::exchange(m_shut, false))
        return;
    QCoreApplication::instance()->removeEventFilter(this);
    for (const QPointer<QWidget> &window : std::exchange(m_hidden, {})) {
        if (window)
            window->show();
    }
}

// A window that would come up meanwhile waits with the others.
bool LockScreen::eventFilter(QObject *watched, QEvent *event)
{
    auto *window = qobject_cast<QWidget *>(watched);
    if (event->type() != QEvent::Show || !window || !window->isWindow() || window == m_lock
        || (m_lock && m_lock->isAncestorOf(window)) || window->windowType() == Qt::ToolTip)
        return false;
    if (!m_hidden.contains(window))
        m_hidden.append(window);
    QMetaObject::invokeMethod(
        window,
        [this, window = QPointer(window)] {
            if (!m_shut || !window)
                return;
            window->hide();
            if (m_lock)
                m_lock->activateWindow();
        },
        Qt::QueuedConnection);
    return false;
}

}
