#pragma once
// Percent-encoding of RFC 3986, as SigV4 and GitHub want it. Any thread.

#include <optional>
#include <string>
#include <string_view>

namespace fb {

std::string percentEncoded(std::string_view text, bool keepsSlashes);
std::optional<std::string> percentDecoded(std::string_view text); // nothing for a broken escape

}
