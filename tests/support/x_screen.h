#pragma once
// An X server of the test's own, its screen in memory: what is on it can be painted and read. It ends with this, or with its program. Any thread.

#include <QByteArray>
#include <QPoint>
#include <QSize>

#include <memory>

namespace fb::test {

class XScreen
{
public:
    explicit XScreen(QSize size);
    ~XScreen();
    XScreen(const XScreen &) = delete;
    XScreen &operator=(const XScreen &) = delete;

    const QByteArray &display() const { return m_display; } // ":7"; empty: it did not start
    void paint(quint32 rgb); // its background; 0xRRGGBB
    quint32 colorAt(QPoint at) const; // what is shown there
    QPoint pointer() const;
    quint64 keysGoTo() const; // the window with the focus

private:
    struct Connection;
    std::unique_ptr<Connection> m_connection;
    QByteArray m_display;
    int m_pid = 0;
};

}
