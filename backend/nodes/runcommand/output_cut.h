#pragma once
// How output is cut for the API (spec/run-command.md 3.11). Lengths are Unicode code points; a cut never splits a character; broken
// bytes become U+FFFD and NUL is dropped. Pure functions; any thread.

#include <string>
#include <string_view>

namespace fb {

inline constexpr size_t kStandardOutputCharacters = 24'000;
inline constexpr size_t kStandardErrorCharacters = 8'000;
inline constexpr size_t kSharedOutputCharacters = 2'500;
// As many bytes as the longest text of `characters` can have, and one character more, by which a cut is known.
constexpr size_t bytesForCharacters(size_t characters) { return (characters + 1) * 4; }

std::string apiText(std::string_view bytes); // valid UTF-8 without NUL
// At most `limit` characters; the tail of a longer text is replaced by "--output truncated--". `isWhole`: false when more than `bytes`
// was printed, so that the mark is put even where these are few.
std::string cutOutput(std::string_view bytes, size_t limit, bool isWhole = true);

struct OutputHead {
    std::string_view bytes;
    bool isWhole = true;
};
// Both streams in one text of at most 2,500 characters: the plugin's Output.
std::string sharedOutput(OutputHead standardOutput, OutputHead standardError);
// Where `bytes` may be parted so that no character is split: at most `limit`.
size_t characterBoundary(std::string_view bytes, size_t limit);

}
