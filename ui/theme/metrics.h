#pragma once
// Every size of the console, from the interface font (look.md 4): h is the line, u the step; at 13 px h = 18 and u = 4. Ui thread.

namespace fb {

class Metrics
{
public:
    explicit Metrics(int fontPixels);

    int fontPixels() const { return m_p; }
    int line() const { return m_h; }
    int step(double steps = 1) const; // whole pixels nearest to `steps` times u
    int lines(double count) const; // the same for h

    int row() const { return m_h + step(2.5); } // table row, header, button, menu item
    int compactRow() const { return m_h + step(1.5); }
    int twoLineRow() const { return 2 * m_h + step(4); }
    int fieldHeight() const { return m_h + step(3); }
    int tabStrip() const { return m_h + step(4); }
    int topBar() const { return m_h + step(6.5); }
    int statusBar() const { return m_h + step(2); }
    int sidebarRow() const { return m_h + step(2); }
    int chip() const { return m_h + step(0.5); }
    int pageMargin() const { return step(5); }
    int cardPadding() const { return step(3.5); }
    int cardGap() const { return step(3); }
    int cellPadding() const { return step(2.5); }
    int toolGap() const { return step(2); }
    int fieldGap() const { return step(3); }
    int sidebarWidth() const { return lines(11.5); }
    int detailWidth() const { return lines(17); }
    int labelColumn() const { return lines(5); }
    int paletteWidth() const { return lines(40); }

    static constexpr int kIcon = 16;
    static constexpr int kLargeIcon = 24;
    static constexpr int kChipIcon = 14;
    static constexpr int kSmallIcon = 13;
    static constexpr int kBoxRadius = 3;
    static constexpr int kChipRadius = 4;
    static constexpr int kButtonRadius = 5;
    static constexpr int kCardRadius = 8;
    static constexpr int kPaletteRadius = 10;

private:
    int m_p;
    int m_h;
    int m_u;
};

}
