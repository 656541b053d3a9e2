#pragma once
// Runs one of the system's own programs to its end and keeps what it writes: arguments one by one, never a shell; bounded in time and bytes.
// One thread.

#include "backend/core/result.h"

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace fb::agent {

struct ProgramWish {
    std::string name; // looked up in the system's folders
    std::vector<std::string> arguments;
    std::chrono::milliseconds limit; // then it is killed
    std::string_view input {}; // a few KiB, of which no other process sees anything
    size_t mostBytes = 64 * 1024; // of its output that is kept
};

struct ProgramEnd {
    int code = 0; // 128 and more: by a signal
    bool isLate = false; // killed at its limit
    bool isCut = false; // there was more output
    std::string output;
    std::string told; // on its error channel, without blanks at the end
};

std::string systemProgram(const std::string &name); // its path; empty: there is none
// An error where it could not be run at all.
Result<ProgramEnd> runProgram(const ProgramWish &wish);

}
