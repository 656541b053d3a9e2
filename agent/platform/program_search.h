#pragma once
// Where a program of this machine is. Any thread.

#include <optional>
#include <string>
#include <string_view>

namespace fb::agent {

// Absolute path of the first executable of that name in PATH (only its absolute folders; without PATH: the usual ones).
std::optional<std::string> findProgram(std::string_view name);

}
