#pragma once
// libvterm's state layer, for what it does well: tab stops, cursor moves, erasing, inserting and deleting. It is never given text, strings
// or modes it has no part in (traps.md lists why), and only whole control functions, so its parser holds nothing between two calls. It
// draws nothing itself. One thread.

#include <memory>
#include <string_view>

struct VTerm;
struct VTermState;

namespace fb {

class VtermSink
{
public:
    virtual ~VtermSink() = default;
    virtual void cursorMoved(int row, int column) = 0;
    virtual void rowsScrolled(int top, int bottom, int lines) = 0; // up: positive
    virtual void columnsShifted(int row, int column, int count) = 0; // right: positive
    virtual void areaErased(int top, int left, int bottom, int right, bool selective) = 0;
    virtual void glyphPut(int row, int column, char32_t glyph) = 0; // DECALN's
};

class VtermState
{
public:
    VtermState(VtermSink &sink, int columns, int rows);
    ~VtermState();
    VtermState(const VtermState &) = delete;
    VtermState &operator=(const VtermState &) = delete;

    void resize(int columns, int rows);
    void reset();
    // One or several whole control functions, ASCII.
    void apply(std::string_view functions);
    void applyQuietly(
        std::string_view functions); // modes and margins: the cursor that moves with them is placed anew
    void placeCursor(int row, int column, int originRow); // originRow: 0, or the top margin in origin mode

private:
    struct Callbacks;
    VtermSink &m_sink;
    std::unique_ptr<VTerm, void (*)(VTerm *)> m_vterm;
    VTermState *m_state;
    bool m_isQuiet = false; // what it tells is known already
};

}
