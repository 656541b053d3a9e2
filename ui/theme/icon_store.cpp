#include "ui/theme/icon_store.h"

#include <QFile>
#include <QPainter>
#include <QSvgRenderer>

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    constexpr const char *kFiles[] = {
#define FB_ICON(name, file) file,
#include "ui/theme/icon_list.inc"
#undef FB_ICON
    };

    QByteArray source(Icon icon, Stroke stroke)
    {
        QFile file(IconStore::resourcePath(icon));
        if (!file.open(QIODevice::ReadOnly))
            return {};
        QByteArray svg = file.readAll();
        if (stroke == Stroke::Chrome)
            svg.replace("stroke-width=\"2\"", "stroke-width=\"1.75\"");
        return svg;
    }
}

QString IconStore::resourcePath(Icon icon)
{
    return u":/icons/%1.svg"_s.arg(QLatin1StringView(kFiles[static_cast<size_t>(icon)]));
}

size_t IconStore::KeyHash::operator()(const Key &key) const noexcept
{
    return qHashMulti(0, std::get<0>(key), std::get<1>(key), std::get<2>(key), std::get<3>(key),
                      std::get<4>(key));
}

QPixmap IconStore::pixmap(Icon icon, const QColor &tint, int size, qreal deviceRatio, Stroke stroke)
{
    if (icon == Icon::None || size <= 0)
        return {};
    const Key key {static_cast<int>(icon), tint.rgba(), size, qRound(deviceRatio * 100),
                   static_cast<int>(stroke)};
    if (const auto found = m_pixmaps.find(key); found != m_pixmaps.end())
        return found->second;

    const int pixels = qRound(size * deviceRatio);
    QPixmap pixmap(pixels, pixels);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    QSvgRenderer(source(icon, stroke)).render(&painter, QRectF(0, 0, pixels, pixels));
    painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
    painter.fillRect(pixmap.rect(), tint);
    painter.end();
    pixmap.setDevicePixelRatio(deviceRatio);
    m_pixmaps.emplace(key, pixmap);
    return pixmap;
}

}
