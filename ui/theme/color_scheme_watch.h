#pragma once
// The desktop's wish for light, dark or high contrast: the portal's color-scheme and contrast and their changes (Qt 6.4 has no such
// properties), else the lightness of the palette the program started with. Ui thread; never waits for the bus.

#include "ui/theme/tone.h"

#include <QDBusVariant>
#include <QObject>

namespace fb {

class ColorSchemeWatch : public QObject
{
    Q_OBJECT
public:
    explicit ColorSchemeWatch(QObject *parent = nullptr);
    Scheme scheme() const { return m_highContrast ? Scheme::HighContrast : m_scheme; }

signals:
    void schemeChanged(fb::Scheme scheme);

private slots:
    void onSettingChanged(const QString &group, const QString &key, const QDBusVariant &value);

private:
    void ask(const QString &key);
    void apply(const QString &key, const QVariant &portalValue);

    const Scheme m_usual; // where the desktop has no wish
    Scheme m_scheme; // light or dark
    bool m_highContrast = false;
};

}
