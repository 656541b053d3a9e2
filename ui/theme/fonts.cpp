#include "ui/theme/fonts.h"

#include <QFontDatabase>
#include <QFontInfo>

#include <cmath>

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    struct RoleShape {
        double scale;
        QFont::Weight weight;
    };

    RoleShape shapeOf(TextRole role)
    {
        switch (role) {
        case TextRole::Hero:
            return {1.62, QFont::DemiBold};
        case TextRole::PageTitle:
            return {1.38, QFont::DemiBold};
        case TextRole::BigNumber:
            return {1.31, QFont::DemiBold};
        case TextRole::PaneTitle:
            return {1.15, QFont::DemiBold};
        case TextRole::PaletteInput:
            return {1.23, QFont::Normal};
        case TextRole::Body:
            return {1, QFont::Normal};
        case TextRole::BodyMedium:
            return {1, QFont::Medium};
        case TextRole::SectionHeading:
            return {1, QFont::DemiBold};
        case TextRole::Small:
        case TextRole::Code:
            return {0.92, QFont::Normal};
        case TextRole::SmallMedium:
            return {0.92, QFont::Medium};
        case TextRole::SidebarGroup:
            return {0.92, QFont::DemiBold};
        case TextRole::Tiny:
            return {0.85, QFont::Normal};
        }
        return {1, QFont::Normal};
    }

    bool onDesktop() { return qEnvironmentVariableIsSet("XDG_CURRENT_DESKTOP"); }

    constexpr int kDefaultPixels = 13;
}

QFont interfaceFont(int pixelSize)
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::GeneralFont);
    const int systemPixels = QFontInfo(font).pixelSize();
    // Without a desktop Qt names a stand-in family and a size nobody chose.
    QStringList families = onDesktop() ? QStringList {font.family(), u"Inter"_s} : QStringList {u"Inter"_s};
    families << u"Noto Sans"_s << u"Noto Sans CJK JP"_s;
    font.setFamilies(families);
    font.setPixelSize(pixelSize > 0 ? pixelSize : (onDesktop() ? systemPixels : kDefaultPixels));
    font.setHintingPreference(QFont::PreferNoHinting); // even spacing at every scale
    return font;
}

QFont fontOf(TextRole role, const QFont &interface)
{
    const RoleShape shape = shapeOf(role);
    QFont font = interface;
    if (role == TextRole::Code) {
        const QString system = QFontDatabase::systemFont(QFontDatabase::FixedFont).family();
        QStringList families
            = onDesktop() ? QStringList {system, u"JetBrains Mono"_s} : QStringList {u"JetBrains Mono"_s};
        families << u"Noto Sans Mono"_s << u"Noto Sans Mono CJK JP"_s << u"monospace"_s;
        font.setFamilies(families);
        font.setStyleHint(QFont::Monospace);
        font.setFixedPitch(true);
    }
    font.setPixelSize(static_cast<int>(std::lround(QFontInfo(interface).pixelSize() * shape.scale)));
    font.setWeight(shape.weight);
    return font;
}

}
