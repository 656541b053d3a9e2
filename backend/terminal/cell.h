#pragma once
// One place of the grid. Plain value; any thread.

#include <cstdint>

namespace fb {

struct Cell {
    // Never written: drawn as a space, but not copied and not part of a line's length.
    static constexpr uint32_t kBlank = 0;
    // The right half of the wide character before it.
    static constexpr uint32_t kWideTail = 0x110000;
    // With this bit, the rest is the number of a cluster: a character with its combining marks.
    static constexpr uint32_t kCluster = 1U << 31;

    uint32_t text = kBlank; // a code point, or one of the above
    uint32_t pen = 0; // of the table that goes with the line
    bool operator==(const Cell &) const = default;

    bool isBlank() const { return text == kBlank; }
    bool isWideTail() const { return text == kWideTail; }
    bool isCluster() const { return (text & kCluster) != 0; }
    uint32_t cluster() const { return text & ~kCluster; }
};

}
