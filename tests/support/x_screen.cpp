#include "tests/support/x_screen.h"

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <xcb/xcb.h>

#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <memory>

namespace fb::test {

namespace {
    template <typename T>
    using Reply = std::unique_ptr<T, decltype(&std::free)>;
}

struct XScreen::Connection {
    explicit Connection(const QByteArray &display)
        : server(xcb_connect(display.constData(), nullptr)),
          root(xcb_connection_has_error(server) ? 0
                                                : xcb_setup_roots_iterator(xcb_get_setup(server)).data->root)
    {
    }
    ~Connection() { xcb_disconnect(server); }

    xcb_connection_t *server;
    xcb_window_t root;
};

XScreen::XScreen(QSize size)
{
    std::array<int, 2> pipe {};
    if (::pipe(pipe.data()) != 0)
        return;
    const QByteArray screen
        = QByteArray::number(size.width()) + 'x' + QByteArray::number(size.height()) + "x24";
    const QByteArray number = QByteArray::number(pipe[1]);
    m_pid = ::fork();
    if (m_pid == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        ::close(pipe[0]);
        if (std::freopen("/dev/null", "w", stderr)) // it tells of every display number that is taken
            ::execlp("Xvfb", "Xvfb", "-displayfd", number.constData(), "-screen", "0", screen.constData(),
                     "-nolisten", "tcp", "-noreset", static_cast<char *>(nullptr));
        ::_exit(127);
    }
    ::close(pipe[1]);
    QByteArray answer; // its number and a line break, once it listens
    for (char next = 0; ::read(pipe[0], &next, 1) == 1 && next != '\n';)
        answer += next;
    ::close(pipe[0]);
    if (answer.isEmpty())
        return;
    m_connection = std::make_unique<Connection>(':' + answer);
    if (m_connection->root != 0)
        m_display = ':' + answer;
}

XScreen::~XScreen()
{
    m_connection.reset();
    if (m_pid > 0) {
        ::kill(m_pid, SIGTERM);
        ::waitpid(m_pid, nullptr, 0);
    }
}

void XScreen::paint(quint32 rgb)
{
    xcb_connection_t *server = m_connection->server;
    xcb_change_window_attributes(server, m_connection->root, XCB_CW_BACK_PIXEL, &rgb);
    std::free(xcb_request_check(server, xcb_clear_area_checked(server, 0, m_connection->root, 0, 0, 0, 0)));
}

quint32 XScreen::colorAt(QPoint at) const
{
    xcb_connection_t *server = m_connection->server;
    const Reply<xcb_get_image_reply_t> image(
        xcb_get_image_reply(server,
                            xcb_get_image(server, XCB_IMAGE_FORMAT_Z_PIXMAP, m_connection->root,
                                          static_cast<int16_t>(at.x()), static_cast<int16_t>(at.y()), 1, 1,
                                          ~0U),
                            nullptr),
        &std::free);
    if (!image || xcb_get_image_data_length(image.get()) < 3)
        return 0;
    const uint8_t *bytes = xcb_get_image_data(image.get()); // blue first
    return (quint32(bytes[2]) << 16) | (quint32(bytes[1]) << 8) | quint32(bytes[0]);
}

QPoint XScreen::pointer() const
{
    xcb_connection_t *server = m_connection->server;
    const Reply<xcb_query_pointer_reply_t> reply(
        xcb_query_pointer_reply(server, xcb_query_pointer(server, m_connection->root), nullptr), &std::free);
    return reply ? QPoint(reply->root_x, reply->root_y) : QPoint();
}

quint64 XScreen::keysGoTo() const
{
    xcb_connection_t *server = m_connection->server;
    const Reply<xcb_get_input_focus_reply_t> reply(
        xcb_get_input_focus_reply(server, xcb_get_input_focus(server), nullptr), &std::free);
    return reply ? reply->focus : 0;
}

}
