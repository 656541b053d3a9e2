#pragma once
// The CAs that a node trusts, as they travel when the fleet's CA is rolled over, and what their fleet's CA signs of them. Pure; any thread.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fb {

inline constexpr size_t kMostCas = 4;
inline constexpr size_t kMostCaBytes = 4096;

struct CaBundle {
    uint64_t version = 0; // a higher one replaces a lower one
    std::vector<std::string>
        caDer; // all that are trusted, newest first; what is not among them is trusted no longer
    std::string
        signature; // of caBundleText(), by the key of a CA that was trusted before: ECDSA P-256, SHA-256
};

std::string caBundleText(std::string_view fleetId, uint64_t version, const std::vector<std::string> &caDer);

}
