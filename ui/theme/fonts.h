#pragma once
// The fonts of look.md 3: the system's interface font, or Inter where there is no desktop; Japanese falls back to Noto Sans CJK JP.

#include <QFont>

namespace fb {

enum class TextRole {
    Hero, // first run only
    PageTitle,
    BigNumber,
    PaneTitle,
    PaletteInput,
    Body,
    BodyMedium, // names, buttons
    SectionHeading,
    Small, // secondary lines, status bar
    SmallMedium, // column titles, chips
    SidebarGroup,
    Code,
    Tiny // axis labels, key caps, badges, tags
};

// The application's font: families with fallbacks, size in pixels. `pixelSize` 0 keeps the system's.
QFont interfaceFont(int pixelSize = 0);
QFont fontOf(TextRole role, const QFont &interface);

}
