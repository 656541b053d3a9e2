#pragma once
// What a node says, made harmless to store and show (spec/security P12). Pure; any thread.

#include <QString>

#include <string_view>

namespace fb {

// Text of a node: valid UTF-8, one line, controls as visible escapes, at most `most` characters.
QString reportedText(std::string_view bytes, size_t most);

}
