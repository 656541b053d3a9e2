#pragma once
// Notifications of the desktop (ux.md 9): by the kinds that the operator chose, outside quiet hours, while the console is not in front. Where there
// is no desktop that takes them, nothing happens. Ui thread; never waits for the bus.

#include "models/activity/notice_list.h"

#include <QObject>

#include <functional>

namespace fb {

class DesktopNotifier : public QObject
{
    Q_OBJECT
public:
    struct Message {
        QString title;
        QString body; // escaped: some desktops take it for markup (security U01)
    };
    using Send = std::function<void(const Message &)>;

    DesktopNotifier(const ConsoleSettings &settings, std::function<bool()> isInFront, Send send = {},
                    QObject *parent = nullptr); // `send`: instead of the desktop's own
    void tell(const Notice &notice, QTime now);

private:
    static void sendToDesktop(const Message &message);

    const ConsoleSettings &m_settings;
    std::function<bool()> m_isInFront;
    Send m_send;
};

}
