#pragma once
// A percentage in one style on every page, by the locale: "84%". Any thread.

#include <QLocale>

namespace fb {

inline QString percentText(double percent, int decimals = 0)
{
    const QLocale locale;
    return locale.toString(percent, 'f', decimals) + locale.percent();
}

}
