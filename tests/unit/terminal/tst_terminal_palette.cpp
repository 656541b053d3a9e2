#include "backend/terminal/terminal_palette.h"
#include "tests/support/test_main.h"

#include <QTest>

using namespace fb;

// Which colours a pen means.
class tst_TerminalPalette : public QObject
{
    Q_OBJECT
private slots:
    void coloursAreTheThemes()
    {
        const PenColors plain = colorsOf(Pen(), kLight);
        QCOMPARE(plain.foreground, kLight.foreground);
        QCOMPARE(plain.background, kLight.background);
        QCOMPARE(colorsOf(pen(1), kLight).foreground, kLight.colors[1]);
        QCOMPARE(kLight.indexed(196), 0xFF0000U); // of xterm's cube
        QCOMPARE(kLight.indexed(232), 0x080808U); // and its greys
    }

    void textOnANumberedGroundCanBeRead()
    {
        // htop's line of titles: black on green. White is what can be read on this theme's.
        QCOMPARE(colorsOf(pen(0, 2), kLight).foreground, kLight.background);
        QCOMPARE(colorsOf(pen(0, 2), kLight).background, kLight.colors[2]);
        Pen reversed = pen(2);
        reversed.set(Pen::Reverse, true);
        QCOMPARE(colorsOf(reversed, kLight).background, kLight.colors[2]);
        QCOMPARE(colorsOf(reversed, kLight).foreground, kLight.background);
    }

    void whatAProgramMixedStays()
    {
        Pen mixed = pen(0, 2);
        mixed.foreground = TerminalColor::rgb(1, 2, 3);
        QCOMPARE(colorsOf(mixed, kLight).foreground, 0x010203U);
        QCOMPARE(colorsOf(pen(2, 2), kLight).foreground, kLight.colors[2]); // hidden on purpose
        QCOMPARE(colorsOf(pen(7), kLight).foreground, kLight.colors[7]); // on the terminal's own ground
        Pen concealed = pen(1, 3);
        concealed.set(Pen::Conceal, true);
        QCOMPARE(colorsOf(concealed, kLight).foreground, kLight.colors[3]);
    }

private:
    static Pen pen(uint8_t foreground)
    {
        Pen pen;
        pen.foreground = TerminalColor::indexed(foreground);
        return pen;
    }
    static Pen pen(uint8_t foreground, uint8_t background)
    {
        Pen both = pen(foreground);
        both.background = TerminalColor::indexed(background);
        return both;
    }

    static constexpr TerminalPalette kLight {
        .foreground = 0x1A1C21,
        .background = 0xFFFFFF,
        .colors = {0x1A1C21, 0xBC2529, 0x12753F, 0x7F5A00, 0x1F55C4, 0x7339A6, 0x0B6C76, 0xC4C8D0, 0x616671,
                   0xD5393B, 0x17844A, 0x946A00, 0x3069DB, 0x8F4FC4, 0x0D7F8A, 0xF2F3F5}};
};

FB_TEST(tst_TerminalPalette)
#include "tst_terminal_palette.moc"
