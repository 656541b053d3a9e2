#pragma once
// The agent's own log: standard error, or files of its own that take turns within a quota (security-and-robustness R12). Writing never blocks, never
// ends the agent and never fills a disk: what cannot be written is counted, and told in the first line that can be written again. One thread.

#include "agent/platform/unique_fd.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace fb::agent {

class AgentLog
{
public:
    static constexpr size_t kMostLineBytes = 4096; // as many as a pipe takes at once or not at all
    static constexpr int kFiles = 4; // FILE, FILE.1 ... FILE.3, the newest first

    struct State {
        bool isFull = false; // the last line could not be written
        uint64_t lostLines = 0; // since the start
        uint64_t bytes = 0; // of all its files; 0: standard error
        uint64_t limit = 0; // of all its files; 0: standard error
        std::string trouble; // why the last one could not be written: "No space left on device"
    };

    // `file` empty: standard error. `limit` 0: 16 MiB or 2 % of the file's disk, whichever is less, and 256 KiB at least.
    explicit AgentLog(std::filesystem::path file = {}, uint64_t limit = 0);

    void write(std::string_view line); // without its line feed
    void tryAgain(); // after a loss: whether there is room meanwhile
    const State &state() const { return m_state; }

private:
    int tellLost(); // 0, or errno
    int put(std::string_view line); // 0, or errno
    int putOnStandardError(std::string_view line) const;
    int putInFile(std::string_view line);
    int open();
    int turn(); // the file becomes the first of the earlier ones
    bool dropOldest(); // of the earlier ones; false: there is none
    void keepLimit();
    void count(); // what the files hold
    std::filesystem::path earlier(int number) const;

    std::filesystem::path m_file;
    UniqueFd m_fd;
    uint64_t m_size = 0; // of the present file
    uint64_t m_untold = 0; // lines lost since the last that was written
    State m_state;
};

}
