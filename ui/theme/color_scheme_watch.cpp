#include "ui/theme/color_scheme_watch.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QGuiApplication>
#include <QPalette>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    const auto kService = u"org.freedesktop.portal.Desktop"_s;
    const auto kPath = u"/org/freedesktop/portal/desktop"_s;
    const auto kInterface = u"org.freedesktop.portal.Settings"_s;
    const auto kGroup = u"org.freedesktop.appearance"_s;
    const auto kScheme = u"color-scheme"_s;
    const auto kContrast = u"contrast"_s;

    Scheme schemeOfPalette()
    {
        return QGuiApplication::palette().color(QPalette::Window).lightness() < 128 ? Scheme::Dark
                                                                                    : Scheme::Light;
    }
}

ColorSchemeWatch::ColorSchemeWatch(QObject *parent)
    : QObject(parent),
      m_usual(schemeOfPalette()),
      m_scheme(m_usual)
{
    // Only where there is a desktop: asking for the session bus elsewhere may start a process of its own.
    if (!qEnvironmentVariableIsSet("DBUS_SESSION_BUS_ADDRESS"))
        return;
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    bus.connect(kService, kPath, kInterface, u"SettingChanged"_s, this,
                SLOT(onSettingChanged(QString, QString, QDBusVariant)));
    ask(kScheme);
    ask(kContrast); // a desktop may know the one and not the other
}

void ColorSchemeWatch::ask(const QString &key)
{
    QDBusMessage read = QDBusMessage::createMethodCall(kService, kPath, kInterface, u"Read"_s);
    read << kGroup << key;
    auto *pending = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(read), this);
    connect(pending, &QDBusPendingCallWatcher::finished, this, [this, pending, key] {
        const QDBusPendingReply<QDBusVariant> reply = *pending;
        pending->deleteLater();
        if (reply.isValid())
            apply(key, reply.value().variant());
    });
}

void ColorSchemeWatch::onSettingChanged(const QString &group, const QString &key, const QDBusVariant &value)
{
    if (group == kGroup)
        apply(key, value.variant());
}

void ColorSchemeWatch::apply(const QString &key, const QVariant &portalValue)
{
    const Scheme before = scheme();
    QVariant value = portalValue;
    if (value.canConvert<QDBusVariant>()) // Read wraps its answer twice
        value = value.value<QDBusVariant>().variant();
    const uint wish = value.toUInt();
    if (key == kScheme) // 0 none, 1 dark, 2 light
        m_scheme = wish == 1 ? Scheme::Dark : wish == 2 ? Scheme::Light : m_usual;
    else if (key == kContrast) // 0 none, 1 high
        m_highContrast = wish == 1;
    if (scheme() != before)
        emit schemeChanged(scheme());
}

}
