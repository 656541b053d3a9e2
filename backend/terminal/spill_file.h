#pragma once
// A nameless temporary file for what a terminal's history can't hold in memory: each block sealed with AES-256-GCM under a key that exists
// only here, so that nothing of a session can be read from the disk, then or later. One thread.

#include "backend/core/secret_bytes.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fb {

class SpillFile
{
public:
    struct Place {
        int64_t offset = 0;
        uint32_t size = 0;
    };

    explicit SpillFile(std::string folder); // empty: the system's temporary folder; made at the first write
    ~SpillFile();
    SpillFile(const SpillFile &) = delete;
    SpillFile &operator=(const SpillFile &) = delete;

    std::optional<Place> write(std::string_view block); // nothing: the disk is full or away
    std::optional<std::string> read(const Place &place) const;
    void drop(const Place &place); // its room on the disk is given back

private:
    bool open();
    std::string nonceOf(int64_t offset) const;

    std::string m_folder;
    SecretBytes m_key;
    int m_file = -1;
    int64_t m_end = 0; // offsets are used once, so they make the nonces
};

}
