#pragma once
// What a program has asked of the terminal, as far as others act on it: keyboard, mouse, paste, view. Plain values.

#include <cstdint>

namespace fb {

enum class MouseTracking : uint8_t { None, Press, Click, Drag, Motion }; // modes 9, 1000, 1002, 1003
enum class MouseEncoding : uint8_t { Bytes, Utf8, Sgr, Urxvt }; // none, 1005, 1006, 1015
enum class CursorShape : uint8_t { Block, Underline, Bar };

struct TerminalModes {
    bool applicationCursor = false; // DECCKM
    bool applicationKeypad = false; // DECKPAM
    bool newline = false; // LNM: Return sends CR LF
    bool reverseVideo = false; // DECSCNM
    bool cursorVisible = true; // DECTCEM
    bool cursorBlinks = true;
    CursorShape cursorShape = CursorShape::Block;
    MouseTracking mouse = MouseTracking::None;
    MouseEncoding mouseEncoding = MouseEncoding::Bytes;
    bool alternateScroll = true; // 1007: the wheel sends arrows in the alternate screen
    bool focusEvents = false;
    bool bracketedPaste = false;
    bool synchronizedOutput = false; // 2026: the screen is not to be shown yet
    bool alternateScreen = false;
    bool commandRuns = false; // a shell said so (OSC 133)
    bool operator==(const TerminalModes &) const = default;
};

}
