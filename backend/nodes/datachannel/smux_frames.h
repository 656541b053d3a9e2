#pragma once
// Frames of smux version 1, in which the stock plugin carries the connections of a tunnel. Pure; any thread; fuzzed.

#include "backend/core/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fb {

enum class SmuxCommand : uint8_t { Syn = 0, Fin = 1, Push = 2, Nop = 3 };

struct SmuxFrame {
    SmuxCommand command = SmuxCommand::Nop;
    uint32_t stream = 0;
    std::string payload; // at most 65535 bytes
    bool operator==(const SmuxFrame &) const = default;

    std::string encoded() const;
};

// Bytes in any pieces, frames out.
class SmuxReader
{
public:
    // ValidationException for another version or command; nothing more is read then.
    Result<std::vector<SmuxFrame>> read(std::string_view bytes);

private:
    std::string m_rest; // of a frame that has not come whole
    bool m_isBroken = false;
};

}
