#pragma once
// A window of another program inside one of ours, on an X server: the picture of an RDP client. It may come and go at any time, so every wish
// is one that may fail. Ui thread.

#include <QRect>

namespace fb {

class X11Guest
{
public:
    explicit X11Guest(quint64 host) : m_host(host) { } // our window, a native one

    static bool isPossible(); // this program's windows are those of an X server

    bool look(); // whether it is there now; then its size, in pixels
    QSize size() const { return m_size; }
    void place(const QRect &pixels) const;
    void giveKeys() const; // to it, until they are taken back
    static void takeKeysBack(quint64 window); // for a window of ours
    // Ctrl+Alt+Home comes to us although the guest has the keys: the host gets it as a native key event.
    void keepLeaveKey() const;
    // An event of the host's, as QWidget::nativeEvent has it: that key, pressed.
    static bool isLeaveKey(const QByteArray &eventType, const void *message);

private:
    quint64 m_host;
    quint64 m_guest = 0;
    QSize m_size;
};

}
