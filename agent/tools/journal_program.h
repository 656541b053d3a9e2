#pragma once
// journalctl as it runs: its output as it comes, within a time, and its end. Ended with this. One thread.

#include "agent/platform/unique_fd.h"
#include "backend/core/clock.h"
#include "backend/core/result.h"

#include <chrono>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <vector>

namespace fb::agent {

class JournalProgram
{
public:
    static constexpr size_t kMaxWords = 2000; // of what it complains

    // UnsupportedPlatformType where there is no journalctl.
    static Result<JournalProgram> start(std::vector<std::string> arguments);
    ~JournalProgram() { end(); }
    JournalProgram(JournalProgram &&other) noexcept;
    JournalProgram &operator=(JournalProgram &&other) noexcept;

    // What has come within `wait`, at most 64 KiB; empty: nothing has, or it is over. Valid until the next call.
    std::string_view read(std::chrono::milliseconds wait);
    bool isOver() const { return m_isOver; }
    int code(); // of its end, which is waited for; 128 and more: by a signal
    const std::string &words() const { return m_words; } // what it complained
    void end();

private:
    JournalProgram() = default;
    void hear(); // its complaints

    pid_t m_pid = -1;
    UniqueFd m_output;
    UniqueFd m_error;
    std::string m_chunk;
    std::string m_words;
    bool m_isOver = false;
};

}
