#include "backend/terminal/vterm_state.h"

#include <fmt/format.h>
#include <vterm.h>

#include <iterator>

namespace fb {

struct VtermState::Callbacks {
    static VtermState &of(void *user) { return *static_cast<VtermState *>(user); }

    static int putGlyph(VTermGlyphInfo *info, VTermPos pos, void *user)
    {
        if (!of(user).m_isQuiet)
            of(user).m_sink.glyphPut(pos.row, pos.col, info->chars[0]);
        return 1;
    }
    static int moveCursor(VTermPos pos, VTermPos, int, void *user)
    {
        if (!of(user).m_isQuiet)
            of(user).m_sink.cursorMoved(pos.row, pos.col);
        return 1;
    }
    static int scrollRect(VTermRect rect, int downward, int rightward, void *user)
    {
        VtermSink &sink = of(user).m_sink;
        if (downward != 0)
            sink.rowsScrolled(rect.start_row, rect.end_row, downward);
        for (int row = rect.start_row; rightward != 0 && row < rect.end_row; ++row)
            sink.columnsShifted(row, rect.start_col, -rightward);
        return 1;
    }
    static int erase(VTermRect rect, int selective, void *user)
    {
        if (!of(user).m_isQuiet)
            of(user).m_sink.areaErased(rect.start_row, rect.start_col, rect.end_row, rect.end_col,
                                       selective != 0);
        return 1;
    }
    // Double-size lines are not shown; as nobody agrees to them, they keep their width.
    static int setLineInfo(int, const VTermLineInfo *, const VTermLineInfo *, void *) { return 0; }
};

namespace {
    constexpr auto stateCallbacks = [](auto callbacks) {
        using C = decltype(callbacks);
        return VTermStateCallbacks {.putglyph = &C::putGlyph,
                                    .movecursor = &C::moveCursor,
                                    .scrollrect = &C::scrollRect,
                                    .moverect = nullptr,
                                    .erase = &C::erase,
                                    .initpen = nullptr,
                                    .setpenattr = nullptr,
                                    .settermprop = nullptr,
                                    .bell = nullptr,
                                    .resize = nullptr,
                                    .setlineinfo = &C::setLineInfo};
    };
}

VtermState::VtermState(VtermSink &sink, int columns, int rows)
    : m_sink(sink),
      m_vterm(vterm_new(rows, columns), &vterm_free),
      m_state(vterm_obtain_state(m_vterm.get()))
{
    static const VTermStateCallbacks callbacks = stateCallbacks(Callbacks());
    vterm_output_set_callback(
        m_vterm.get(), [](const char *, size_t, void *) {}, nullptr); // answers are the Terminal's
    vterm_set_utf8(m_vterm.get(), 1);
    vterm_state_set_callbacks(m_state, &callbacks, this);
    reset();
}

VtermState::~VtermState() = default;

void VtermState::reset()
{
    m_isQuiet = true;
    vterm_state_reset(m_state, 1);
    m_isQuiet = false;
}

void VtermState::resize(int columns, int rows)
{
    m_isQuiet = true;
    vterm_set_size(m_vterm.get(), rows, columns);
    m_isQuiet = false;
}

void VtermState::apply(std::string_view functions)
{
    vterm_input_write(m_vterm.get(), functions.data(), functions.size());
}

void VtermState::applyQuietly(std::string_view functions)
{
    m_isQuiet = true;
    apply(functions);
    m_isQuiet = false;
}

void VtermState::placeCursor(int row, int column, int originRow)
{
    char text[32];
    const char *end = fmt::format_to(text, "\033[{};{}H", row - originRow + 1, column + 1);
    applyQuietly({text, size_t(end - text)});
}

}
