#pragma once
// Text from nodes, files and operators is hostile: these make it valid and harmless to show (spec/security P12, U04). Any thread.

#include <cstddef>
#include <string>
#include <string_view>

namespace fb {

bool isValidUtf8(std::string_view bytes); // strict: no overlong forms, no surrogates
std::string toValidUtf8(std::string_view bytes); // each broken sequence becomes U+FFFD
size_t codePointCount(std::string_view utf8);
// At most `count` code points, never splitting a character.
std::string_view firstCodePoints(std::string_view utf8, size_t count);
// NUL, control characters (but tab and newline) and bidirectional overrides as visible escapes: \x1b, \u202e.
std::string withVisibleEscapes(std::string_view utf8);
bool hasControlOrBidi(std::string_view utf8); // NUL, C0, C1, DEL, bidirectional marks and overrides

}
