#pragma once
// The desktop's light or dark wish: the portal's color-scheme and its changes (Qt 6.4 has no such property), else the lightness of
// the palette the program started with. Ui thread; never waits for the bus.

#include "ui/theme/tone.h"

#include <QDBusVariant>
#include <QObject>

namespace fb {

class ColorSchemeWatch : public QObject
{
    Q_OBJECT
public:
    explicit ColorSchemeWatch(QObject *parent = nullptr);
    Scheme scheme() const { return m_scheme; }

signals:
    void schemeChanged(fb::Scheme scheme);

private slots:
    void onSettingChanged(const QString &group, const QString &key, const QDBusVariant &value);

private:
    void apply(const QVariant &portalValue);

    Scheme m_scheme;
};

}
