#pragma once
// How many columns a code point takes, as the C library of the nodes counts them, so that a shell's idea of its cursor is ours. Any thread.

#include <cstdint>

namespace fb {

// 0: joins the character before it; 1; 2. Control characters are the caller's.
int textWidth(char32_t codePoint);

}
