#pragma once
// How many of a forward stream's bytes may be on their way to us. Begins small, so that connections at rest leave the link's credit to those
// that work, and doubles with each window that is used up, to 1 MiB (protocol-notes 7). A value.

#include <cstdint>

namespace fb::protocol {

class ForwardWindow
{
public:
    static constexpr uint64_t kFirst = 64 * 1024;
    static constexpr uint64_t kMost = 1024 * 1024;

    // `bytes` were passed on: what the peer is to be granted for it.
    uint64_t passed(uint64_t bytes)
    {
        m_used += bytes;
        if (m_used < m_size || m_size >= kMost)
            return bytes;
        m_used = 0;
        m_size *= 2;
        return bytes + m_size / 2;
    }

private:
    uint64_t m_size = kFirst;
    uint64_t m_used = 0;
};

}
