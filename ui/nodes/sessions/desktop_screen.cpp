#include "ui/nodes/sessions/desktop_screen.h"

#include "models/table/visible_text.h"
#include "ui/theme/theme.h"

#include <QCoreApplication>
#include <QKeyEvent>
#include <QPainter>

namespace fb {

namespace {
    constexpr int kEdge = 2; // of the focus
    constexpr QSize kSmallest {1280, 800}; // a desktop that can be worked in
    constexpr QSize kLargest {3840, 2400};
    constexpr std::chrono::milliseconds kSoon {200};
    constexpr std::chrono::seconds kThen {1};
}

DesktopScreen::DesktopScreen(const QString &nodeName, QWidget *parent)
    : QWidget(parent),
      m_guest([this] {
          setAttribute(Qt::WA_DontCreateNativeAncestors);
          setAttribute(Qt::WA_NativeWindow);
          return winId();
      }())
{
    setObjectName(QStringLiteral("desktopScreen"));
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Screen of %1").arg(visibleText(nodeName, 60)));
    setAccessibleDescription(tr("Enter gives it the keyboard, Ctrl+Alt+Home takes it back."));
    setMinimumSize(themeOf(this).metrics().lines(10), themeOf(this).metrics().lines(6));
    m_guest.keepLeaveKey();
    connect(&m_look, &QTimer::timeout, this, &DesktopScreen::fit);
    m_look.start(kSoon);
}

DesktopPlace DesktopScreen::place()
{
    const QSize pixels = size() * devicePixelRatioF();
    return {.window = winId(), .pixels = pixels.expandedTo(kSmallest).boundedTo(kLargest)};
}

void DesktopScreen::fit()
{
    if (!m_guest.look())
        return;
    const bool isFirst = m_natural.isEmpty();
    if (m_guest.size() != m_given.size()) // its own doing: the desktop has that size now
        m_natural = m_guest.size();
    const QRect inside = QRect(QPoint(), size() * devicePixelRatioF()).adjusted(kEdge, kEdge, -kEdge, -kEdge);
    QRect given({}, m_natural.scaled(inside.size(), Qt::KeepAspectRatio).expandedTo({1, 1}));
    given.moveCenter(inside.center());
    if (given != m_given || m_guest.size() != given.size()) {
        m_given = given;
        m_guest.place(given);
    }
    if (!isFirst)
        return;
    m_look.start(kThen);
    update();
    emit pictureCame();
}

void DesktopScreen::enter()
{
    if (!hasPicture())
        return;
    m_guest.giveKeys();
    if (!std::exchange(m_isInside, true))
        qApp->installEventFilter(this);
}

void DesktopScreen::leave()
{
    if (!std::exchange(m_isInside, false))
        return;
    qApp->removeEventFilter(this);
    X11Guest::takeKeysBack(window()->winId());
}

bool DesktopScreen::eventFilter(QObject *, QEvent *event)
{
    // Presses in the picture are the client's, and never come here.
    if (event->type() == QEvent::MouseButtonPress)
        leave();
    return false;
}

bool DesktopScreen::nativeEvent(const QByteArray &eventType, void *message, qintptr *)
{
    if (!X11Guest::isLeaveKey(eventType, message))
        return false;
    leave();
    window()->activateWindow();
    setFocus(Qt::ShortcutFocusReason);
    return true;
}

void DesktopScreen::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        enter();
    else
        QWidget::keyPressEvent(event);
}

void DesktopScreen::focusInEvent(QFocusEvent *) { update(); }

void DesktopScreen::focusOutEvent(QFocusEvent *) { update(); }

void DesktopScreen::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeOf(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.color(Token::Page));
    if (!hasPicture()) {
        painter.setPen(theme.color(Token::Text2));
        painter.drawText(rect(), Qt::AlignCenter, tr("Connecting..."));
    }
    if (hasFocus()) {
        painter.setPen(QPen(theme.color(Token::Focus), 2 * kEdge));
        painter.drawRect(rect());
    }
}

void DesktopScreen::resizeEvent(QResizeEvent *) { fit(); }

void DesktopScreen::showEvent(QShowEvent *) { fit(); }

}
