#pragma once
// Instants and durations as text, without Qt. Any thread.

#include "backend/core/clock.h"
#include "backend/core/result.h"

#include <string>
#include <string_view>

namespace fb {

std::string toIso8601(Instant instant); // 2026-11-25T10:42:07Z, whole seconds
std::string toIso8601Millis(Instant instant); // 2026-11-25T10:42:07.123Z
// "24h", "30m", "90s", "7d", or a plain number of seconds. ValidationException naming the text otherwise.
Result<std::chrono::seconds> parseDuration(std::string_view text);

}
