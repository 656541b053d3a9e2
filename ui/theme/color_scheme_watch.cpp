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
    const auto kKey = u"color-scheme"_s;

    Scheme schemeOfPalette()
    {
        return QGuiApplication::palette().color(QPalette::Window).lightness() < 128 ? Scheme::Dark
                                                                                    : Scheme::Light;
    }
}

ColorSchemeWatch::ColorSchemeWatch(QObject *parent) : QObject(parent), m_scheme(schemeOfPalette())
{
    // Only where there is a desktop: asking for the session bus elsewhere may start a process of its own.
    if (!qEnvironmentVariableIsSet("DBUS_SESSION_BUS_ADDRESS"))
        return;
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    bus.connect(kService, kPath, kInterface, u"SettingChanged"_s, this,
                SLOT(onSettingChanged(QString, QString, QDBusVariant)));
    QDBusMessage read = QDBusMessage::createMethodCall(kService, kPath, kInterface, u"Read"_s);
    read << kGroup << kKey;
    auto *pending = new QDBusPendingCallWatcher(bus.asyncCall(read), this);
    connect(pending, &QDBusPendingCallWatcher::finished, this, [this, pending] {
        const QDBusPendingReply<QDBusVariant> reply = *pending;
        pending->deleteLater();
        if (reply.isValid())
            apply(reply.value().variant());
    });
}

void ColorSchemeWatch::onSettingChanged(const QString &group, const QString &key, const QDBusVariant &value)
{
    if (group == kGroup && key == kKey)
        apply(value.variant());
}

void ColorSchemeWatch::apply(const QVariant &portalValue)
{
    QVariant value = portalValue;
    if (value.canConvert<QDBusVariant>()) // Read wraps its answer twice
        value = value.value<QDBusVariant>().variant();
    const uint wish = value.toUInt(); // 0 none, 1 dark, 2 light
    const Scheme scheme = wish == 1 ? Scheme::Dark : wish == 2 ? Scheme::Light : m_scheme;
    if (scheme == m_scheme)
        return;
    m_scheme = scheme;
    emit schemeChanged(m_scheme);
}

}
