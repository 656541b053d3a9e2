#pragma once
// Renders the packed SVG icons in one colour at device pixels, and keeps what it rendered. One per Theme. Ui thread.

#include "ui/theme/theme.h"

#include <QHash>
#include <QPixmap>

#include <tuple>

namespace fb {

class IconStore
{
public:
    QPixmap pixmap(Icon icon, const QColor &tint, int size, qreal deviceRatio, Stroke stroke);

    static QString resourcePath(Icon icon); // ":/icons/server.svg"

private:
    using Key = std::tuple<int, QRgb, int, int, int>; // icon, colour, size, ratio in hundredths, stroke
    struct KeyHash {
        size_t operator()(const Key &key) const noexcept;
    };
    std::unordered_map<Key, QPixmap, KeyHash> m_pixmaps;
};

}
