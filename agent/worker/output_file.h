#pragma once
// One output of one step on disk: appended in pieces, bounded, hashed as it grows; memory stays flat whatever the script prints (spec/
// run-command.md 3.11). One thread.

#include "agent/platform/private_folder.h"
#include "backend/core/byte_encoding.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace fb::agent {

class OutputFile
{
public:
    static constexpr size_t kPieceBytes = 32 * 1024; // written at once when so many wait
    static constexpr size_t kTailBytes = 4000;

    // Goes on where an earlier worker (or an earlier try of the step) stopped.
    OutputFile(const PrivateFolder &folder, std::string name, uint64_t limit, size_t headBytes);

    void add(std::string_view bytes); // kept in memory up to kPieceBytes
    bool flush(); // to the file; true if it grew
    void hold(bool holding); // the spool is full: drop and count, with a line that says so
    void finish(); // the last line about what was dropped; flushes
    Result<void> sync();

    bool hasWaiting() const { return !m_waiting.empty(); }
    uint64_t size() const { return m_size; } // in the file
    uint64_t dropped() const { return m_dropped; }
    std::string head() const; // whole UTF-8 characters
    std::string tail() const; // empty when the head is all there is
    std::string digest(); // SHA-256 of the file so far, raw; ends the hashing
    const std::string &failure() const { return m_failure; } // "cannot write ...: No space left on device"

private:
    void keep(std::string_view bytes);

    std::string m_name;
    std::filesystem::path m_path;
    UniqueFd m_fd;
    uint64_t m_limit;
    size_t m_headBytes;
    uint64_t m_size = 0;
    uint64_t m_dropped = 0;
    uint64_t m_heldBack = 0; // since hold(true)
    bool m_holding = false;
    std::string m_waiting;
    std::string m_head;
    std::string m_tail;
    Sha256 m_hash;
    std::string m_failure;
};

}
