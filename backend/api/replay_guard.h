#pragma once
// Signatures that were used: the same one again, later than a client could have made it anew, is somebody else's copy of it. A client that
// repeats a call signs it with the time, to the second, so an honest equal signature comes within moments. One thread.

#include "backend/core/clock.h"

#include <cstdint>
#include <string_view>
#include <unordered_map>

namespace fb {

class ReplayGuard
{
public:
    static constexpr std::chrono::seconds kHonestRepeat {5};

    // Whether this signature may still be used. `window`: how long one could be accepted at all.
    bool admit(std::string_view signature, Tick now);

private:
    // Two generations of 30 minutes, either side of the window: what is in neither was too old to be accepted.
    static constexpr std::chrono::minutes kGeneration {30};
    static constexpr size_t kMostRemembered = 2'000'000; // a generation ends early beyond
    using Seen = std::unordered_map<uint64_t, Tick>;

    Seen m_current;
    Seen m_former;
    Tick m_begun {};
};

}
