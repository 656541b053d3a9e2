#pragma once
// Control messages on their way in: joins the chunks and checks the numbering, so that nothing is repeated, lost or mixed. One thread
// at a time.

#include "backend/protocol/frame.h"

#include <optional>

namespace fb::protocol {

class ChunkAssembler
{
public:
    // Takes the next frame that is not DATA. The whole message when it is complete, nothing while chunks are missing.
    Result<std::optional<Frame>> take(Frame frame);

private:
    std::optional<Frame> m_open;
    uint64_t m_sequence = 0;
};

}
