#pragma once
// zstd level 1, one frame at a time, with hard bounds for what comes back (protocol-notes 14). Any thread.

#include "backend/core/result.h"

#include <string>
#include <string_view>

namespace fb::protocol {

inline constexpr size_t kCompressFrom = 1024; // smaller payloads are not worth it
inline constexpr size_t kMaxExpandedBytes = 4 * 1024 * 1024;
inline constexpr size_t kMaxExpansion = 64;

std::string compress(std::string_view bytes); // empty when it would not get smaller
// ValidationException when the input is broken, its window is over 1 MiB, or the output passes `limit`, 4 MiB or 64 times the input.
Result<std::string> decompress(std::string_view bytes, size_t limit = kMaxExpandedBytes);

}
