#include "ui/nodes/sessions/x11_guest.h"

#include <QByteArray>
#include <QGuiApplication>

#include <xcb/xcb.h>

#include <cstdlib>
#include <memory>

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    constexpr xcb_keysym_t kHome = 0xff50;
    constexpr uint16_t kKeys = XCB_MOD_MASK_CONTROL | XCB_MOD_MASK_1;
    constexpr uint16_t kNumLock = XCB_MOD_MASK_2;

    template <typename T>
    using Reply = std::unique_ptr<T, decltype(&std::free)>;

    xcb_connection_t *server()
    {
        auto *x11 = qGuiApp->nativeInterface<QNativeInterface::QX11Application>();
        return x11 ? x11->connection() : nullptr;
    }

    xcb_window_t windowOf(quint64 id) { return static_cast<xcb_window_t>(id); }

    // Waits for the answer, so that a window that has gone is no error of the connection.
    void done(xcb_connection_t *connection, xcb_void_cookie_t asked)
    {
        std::free(xcb_request_check(connection, asked));
    }

    xcb_keycode_t homeKey(xcb_connection_t *connection)
    {
        const xcb_setup_t *setup = xcb_get_setup(connection);
        const auto count = static_cast<uint8_t>(setup->max_keycode - setup->min_keycode + 1);
        const Reply<xcb_get_keyboard_mapping_reply_t> reply(
            xcb_get_keyboard_mapping_reply(
                connection, xcb_get_keyboard_mapping(connection, setup->min_keycode, count), nullptr),
            &std::free);
        if (!reply || reply->keysyms_per_keycode == 0)
            return 0;
        const xcb_keysym_t *symbols = xcb_get_keyboard_mapping_keysyms(reply.get());
        for (int key = 0; key < count; ++key) {
            if (symbols[key * reply->keysyms_per_keycode] == kHome)
                return static_cast<xcb_keycode_t>(setup->min_keycode + key);
        }
        return 0;
    }
}

bool X11Guest::isPossible() { return server() != nullptr; }

bool X11Guest::look()
{
    xcb_connection_t *connection = server();
    m_guest = 0;
    if (!connection)
        return false;
    const Reply<xcb_query_tree_reply_t> tree(
        xcb_query_tree_reply(connection, xcb_query_tree(connection, windowOf(m_host)), nullptr), &std::free);
    if (!tree || xcb_query_tree_children_length(tree.get()) == 0)
        return false;
    const xcb_window_t guest = xcb_query_tree_children(tree.get())[0];
    const Reply<xcb_get_geometry_reply_t> geometry(
        xcb_get_geometry_reply(connection, xcb_get_geometry(connection, guest), nullptr), &std::free);
    if (!geometry)
        return false;
    m_guest = guest;
    m_size = {geometry->width, geometry->height};
    return true;
}

void X11Guest::place(const QRect &pixels) const
{
    if (m_guest == 0)
        return;
    const uint32_t values[] {static_cast<uint32_t>(pixels.x()), static_cast<uint32_t>(pixels.y()),
                             static_cast<uint32_t>(pixels.width()), static_cast<uint32_t>(pixels.height())};
    done(server(),
         xcb_configure_window_checked(server(), windowOf(m_guest),
                                      XCB_CONFIG_WINDOW_X | XCB_CONFIG_WINDOW_Y | XCB_CONFIG_WINDOW_WIDTH
                                          | XCB_CONFIG_WINDOW_HEIGHT,
                                      values));
}

void X11Guest::giveKeys() const
{
    if (m_guest != 0)
        takeKeysBack(m_guest);
}

void X11Guest::takeKeysBack(quint64 window)
{
    if (xcb_connection_t *connection = server())
        done(connection,
             xcb_set_input_focus_checked(connection, XCB_INPUT_FOCUS_PARENT, windowOf(window),
                                         XCB_CURRENT_TIME));
}

void X11Guest::keepLeaveKey() const
{
    xcb_connection_t *connection = server();
    const xcb_keycode_t key = connection ? homeKey(connection) : xcb_keycode_t(0);
    if (key == 0)
        return;
    for (const uint16_t locks :
         {uint16_t(0), uint16_t(XCB_MOD_MASK_LOCK), kNumLock, uint16_t(XCB_MOD_MASK_LOCK | kNumLock)})
        done(connection,
             xcb_grab_key_checked(connection, 0, windowOf(m_host), static_cast<uint16_t>(kKeys | locks), key,
                                  XCB_GRAB_MODE_ASYNC, XCB_GRAB_MODE_ASYNC));
}

bool X11Guest::isLeaveKey(const QByteArray &eventType, const void *message)
{
    if (eventType != "xcb_generic_event_t")
        return false;
    const auto *event = static_cast<const xcb_generic_event_t *>(message);
    if ((event->response_type & 0x7f) != XCB_KEY_PRESS)
        return false;
    // No other key is kept: what the host gets while the guest has the keys is this one.
    const auto *key = static_cast<const xcb_key_press_event_t *>(message);
    return (key->state & kKeys) == kKeys && key->detail == homeKey(server());
}

}
