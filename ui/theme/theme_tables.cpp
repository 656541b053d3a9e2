#include "ui/theme/theme_tables.h"

namespace fb {

namespace {

    constexpr QRgb rgb(unsigned value) { return 0xff000000U | value; }

    // Order of `Token`.
    constexpr ThemeTable kLight {
        .tokens = {rgb(0xEDEEF1), rgb(0xF7F7F8), rgb(0xFFFFFF), rgb(0xFFFFFF), rgb(0xF2F3F5), rgb(0xF3F4F7),
                   rgb(0xE4E8FB), rgb(0xE8E9ED), rgb(0xDFE3F8), rgb(0xFFF6D6), rgb(0xDDDFE4), rgb(0xC4C8D0),
                   rgb(0x858A95), rgb(0xEDEEF1), rgb(0x1A1C21), rgb(0x4E535D), rgb(0x616671), rgb(0x9EA3AD),
                   rgb(0x4052C8), rgb(0x3445B2), rgb(0xFFFFFF), rgb(0x3646B4), rgb(0xE9ECFC), rgb(0x4052C8),
                   rgb(0xC22C30), rgb(0xE3F5E9), rgb(0xFCE9E8), 0x52000000U,   rgb(0xFF8A5C)},
        // Order of `Tone`.
        .tones = {ToneColors {rgb(0x4E535D), rgb(0xF2F3F5), rgb(0x858A95)},
                  ToneColors {rgb(0x12753F), rgb(0xE1F3E8), rgb(0x1E9A57)},
                  ToneColors {rgb(0x0A66A8), rgb(0xE0EEFA), rgb(0x2F86CC)},
                  ToneColors {rgb(0xBC2529), rgb(0xFBE7E6), rgb(0xD5393B)},
                  ToneColors {rgb(0xA2470C), rgb(0xFBEADD), rgb(0xD06A1A)},
                  ToneColors {rgb(0x7F5A00), rgb(0xF8F0D6), rgb(0xAD8212)},
                  ToneColors {rgb(0x5A5F6A), rgb(0xE9EAEE), rgb(0x878D98)},
                  ToneColors {rgb(0x7339A6), rgb(0xF1E8FA), rgb(0x8F5BC0)},
                  ToneColors {rgb(0x3646B4), rgb(0xE9ECFC), rgb(0x4052C8)}},
        .series = {rgb(0x005CDB), rgb(0xBD8512), rgb(0x18A35D), rgb(0x835097), rgb(0x2E0156), rgb(0x868C92)},
        .terminal
        = {rgb(0xFFFFFF),
           rgb(0x1A1C21),
           {rgb(0x1A1C21), rgb(0xBC2529), rgb(0x12753F), rgb(0x7F5A00), rgb(0x1F55C4), rgb(0x7339A6),
            rgb(0x0B6C76), rgb(0xC4C8D0), rgb(0x616671), rgb(0xD5393B), rgb(0x17844A), rgb(0x946A00),
            rgb(0x3069DB), rgb(0x8F4FC4), rgb(0x0D7F8A), rgb(0xF2F3F5)}}};

    constexpr ThemeTable kDark {
        .tokens = {rgb(0x1A1B1E), rgb(0x202125), rgb(0x242529), rgb(0x2B2D31), rgb(0x1D1E21), rgb(0x2C2E33),
                   rgb(0x323B6B), rgb(0x34363D), rgb(0x2A2E4A), rgb(0x3D3820), rgb(0x37393F), rgb(0x4B4E57),
                   rgb(0x7E838E), rgb(0x2D2F34), rgb(0xE8E9EC), rgb(0xB4B8C1), rgb(0xA6ABB5), rgb(0x666A74),
                   rgb(0x586AE5), rgb(0x4B5CD6), rgb(0xFFFFFF), rgb(0xA0ADFF), rgb(0x2C3157), rgb(0x8E9CFF),
                   rgb(0xC73F3E), rgb(0x1D3529), rgb(0x42282A), 0x8C000000U,   rgb(0xFF8A5C)},
        .tones = {ToneColors {rgb(0xB4B8C1), rgb(0x1D1E21), rgb(0x7E838E)},
                  ToneColors {rgb(0x55C98F), rgb(0x1C3A2B), rgb(0x2FA86B)},
                  ToneColors {rgb(0x69B7F2), rgb(0x1B3549), rgb(0x3C93DA)},
                  ToneColors {rgb(0xFF8F8B), rgb(0x4A2527), rgb(0xE2524F)},
                  ToneColors {rgb(0xF5A066), rgb(0x452B1B), rgb(0xDE8440)},
                  ToneColors {rgb(0xE6BE55), rgb(0x3E341A), rgb(0xC79E33)},
                  ToneColors {rgb(0xA6ABB5), rgb(0x36383F), rgb(0x787D88)},
                  ToneColors {rgb(0xCBA3F3), rgb(0x3A2D4B), rgb(0xA277D0)},
                  ToneColors {rgb(0xA0ADFF), rgb(0x2C3157), rgb(0x586AE5)}},
        .series = {rgb(0x196EFF), rgb(0xC35420), rgb(0x00FF97), rgb(0x9E5FA8), rgb(0xF0D90F), rgb(0xD1F2F9)},
        .terminal
        = {rgb(0x17181B),
           rgb(0xDDDFE4),
           {rgb(0x4A4E58), rgb(0xFF8F8B), rgb(0x55C98F), rgb(0xE6BE55), rgb(0x7DA8FF), rgb(0xCBA3F3),
            rgb(0x62CFD6), rgb(0xDDDFE4), rgb(0x8B919E), rgb(0xFFB0AC), rgb(0x86E0B3), rgb(0xF4D889),
            rgb(0xA9C5FF), rgb(0xDFC5FA), rgb(0x97E4E9), rgb(0xFFFFFF)}}};

    // Black and white; lines as strong as text, no soft fills: chips and banners are outlined in their tone instead.
    constexpr ThemeTable kHighContrast {
        .tokens = {rgb(0x000000), rgb(0x000000), rgb(0x000000), rgb(0x000000), rgb(0x000000), rgb(0x1F1F1F),
                   rgb(0x0A3A8A), rgb(0x333333), rgb(0x0A3A8A), rgb(0x4A4000), rgb(0xFFFFFF), rgb(0xFFFFFF),
                   rgb(0xFFFFFF), rgb(0x7F7F7F), rgb(0xFFFFFF), rgb(0xFFFFFF), rgb(0xE0E0E0), rgb(0xA0A0A0),
                   rgb(0x3FA9FF), rgb(0x7CC6FF), rgb(0x000000), rgb(0x8FD0FF), rgb(0x000000), rgb(0xFFD800),
                   rgb(0xFF6B6B), rgb(0x003D14), rgb(0x5A0A10), 0xBF000000U,   rgb(0xFF8A5C)},
        .tones = {ToneColors {rgb(0xFFFFFF), rgb(0x000000), rgb(0xFFFFFF)},
                  ToneColors {rgb(0x6BFF9E), rgb(0x000000), rgb(0x6BFF9E)},
                  ToneColors {rgb(0x7CC6FF), rgb(0x000000), rgb(0x7CC6FF)},
                  ToneColors {rgb(0xFF8A8A), rgb(0x000000), rgb(0xFF8A8A)},
                  ToneColors {rgb(0xFFB36B), rgb(0x000000), rgb(0xFFB36B)},
                  ToneColors {rgb(0xFFE066), rgb(0x000000), rgb(0xFFE066)},
                  ToneColors {rgb(0xD0D0D0), rgb(0x000000), rgb(0xD0D0D0)},
                  ToneColors {rgb(0xE0B3FF), rgb(0x000000), rgb(0xE0B3FF)},
                  ToneColors {rgb(0x8FD0FF), rgb(0x000000), rgb(0x8FD0FF)}},
        .series = {rgb(0x7CC6FF), rgb(0xFFB36B), rgb(0x6BFF9E), rgb(0xE0B3FF), rgb(0xFFE066), rgb(0xFFFFFF)},
        .terminal
        = {rgb(0x000000),
           rgb(0xFFFFFF),
           {rgb(0x6E6E6E), rgb(0xFF8A8A), rgb(0x6BFF9E), rgb(0xFFE066), rgb(0x7CC6FF), rgb(0xE0B3FF),
            rgb(0x7CF5FF), rgb(0xFFFFFF), rgb(0xA0A0A0), rgb(0xFFB3B3), rgb(0xA6FFC6), rgb(0xFFF0A8),
            rgb(0xB3DEFF), rgb(0xF0D6FF), rgb(0xB8FAFF), rgb(0xFFFFFF)}}};
}

const ThemeTable &themeTable(Scheme scheme)
{
    switch (scheme) {
    case Scheme::Dark:
        return kDark;
    case Scheme::HighContrast:
        return kHighContrast;
    case Scheme::Light:
        break;
    }
    return kLight;
}

}
