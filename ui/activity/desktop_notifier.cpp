#include "ui/activity/desktop_notifier.h"

#include "models/table/visible_text.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCall>
#include <QVariantMap>

namespace fb {

using namespace Qt::StringLiterals;

DesktopNotifier::DesktopNotifier(const ConsoleSettings &settings, std::function<bool()> isInFront, Send send,
                                 QObject *parent)
    : QObject(parent),
      m_settings(settings),
      m_isInFront(std::move(isInFront)),
      m_send(send ? std::move(send) : Send(&DesktopNotifier::sendToDesktop))
{
}

void DesktopNotifier::tell(const Notice &notice, QTime now)
{
    if (m_isInFront() || !m_settings.tellsOnDesktop(notice.kind) || m_settings.isQuiet(now))
        return;
    m_send({visibleText(notice.title, 120), visibleText(notice.detail, 200).toHtmlEscaped()});
}

void DesktopNotifier::sendToDesktop(const Message &message)
{
    // Only where there is a desktop: asking for the session bus elsewhere may start a process of its own.
    if (!qEnvironmentVariableIsSet("DBUS_SESSION_BUS_ADDRESS"))
        return;
    QDBusMessage call = QDBusMessage::createMethodCall(u"org.freedesktop.Notifications"_s,
                                                       u"/org/freedesktop/Notifications"_s,
                                                       u"org.freedesktop.Notifications"_s, u"Notify"_s);
    call << u"Flagbridge"_s << 0U << u"flagbridge"_s << message.title << message.body << QStringList()
         << QVariantMap {{u"desktop-entry"_s, u"org.flagbridge.Console"_s}} << -1;
    QDBusConnection::sessionBus().asyncCall(call);
}

}
