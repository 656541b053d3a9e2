#pragma once
// A tone is what a colour means (look.md 2): pages name the meaning, the theme gives the colours. Ui thread.

namespace fb {

enum class Tone { Neutral, Success, Running, Failed, TimedOut, Waiting, Cancelled, Quarantined, Accent };

// Surfaces, lines and texts of look.md 2.
enum class Token {
    Chrome,
    Page,
    Base,
    Raised,
    Sunken,
    Hover,
    Selection,
    SelectionIdle,
    NavSel,
    Changed,
    Border,
    BorderStrong,
    Field,
    RowLine,
    Text,
    Text2,
    Text3,
    Disabled,
    Accent,
    AccentHover,
    OnAccent,
    AccentText,
    AccentSoft,
    Focus,
    Danger,
    DiffAdd,
    DiffDel,
    Scrim,
    LogoFlag,
    Count
};

enum class Scheme { Light, Dark, HighContrast };
enum class SchemeChoice { System, Light, Dark, HighContrast };

}
