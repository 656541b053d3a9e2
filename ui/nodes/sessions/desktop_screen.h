#pragma once
// Where the picture of a remote desktop is shown: the window in it is the RDP client's, as large as fits in its proportions. The keys go to the
// client while the mouse is over it, or after Enter until Ctrl+Alt+Home or a click elsewhere. Ui thread; X11 alone.

#include "models/nodes/sessions/remote_desktop.h"
#include "ui/nodes/sessions/x11_guest.h"

#include <QTimer>
#include <QWidget>

namespace fb {

class DesktopScreen : public QWidget
{
    Q_OBJECT
public:
    explicit DesktopScreen(const QString &nodeName, QWidget *parent);

    DesktopPlace place(); // for a client
    bool hasPicture() const { return !m_natural.isEmpty(); }
    void enter(); // by the keyboard
    void leave();

signals:
    void pictureCame();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool nativeEvent(const QByteArray &eventType, void *message, qintptr *result) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void fit();

    X11Guest m_guest;
    QTimer m_look; // the picture comes, and changes its size, when the other side does it
    QSize m_natural; // pixels of the desktop; empty: no picture yet
    QRect m_given; // to the client's window
    bool m_isInside = false;
};

}
