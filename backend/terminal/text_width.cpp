#include "backend/terminal/text_width.h"

#include <algorithm>
#include <array>
#include <vector>

namespace fb {

namespace {
    struct Range {
        char32_t first;
        char32_t last;
        uint8_t columns;
    };

    constexpr Range kRanges[] = {
#include "backend/terminal/text_width.inc"
    };

    constexpr char32_t kTableEnd = 0x20000; // planes 0 and 1 by table, the rest by search

    const std::vector<uint8_t> &table()
    {
        static const std::vector<uint8_t> widths = [] {
            std::vector<uint8_t> filled(kTableEnd, 1);
            for (const Range &range : kRanges) {
                for (char32_t c = range.first; c <= range.last && c < kTableEnd; ++c)
                    filled[c] = range.columns;
            }
            return filled;
        }();
        return widths;
    }
}

int textWidth(char32_t codePoint)
{
    static const uint8_t *const widths = table().data();
    if (codePoint < kTableEnd)
        return widths[codePoint];
    const Range *range = std::upper_bound(std::begin(kRanges), std::end(kRanges), codePoint,
                                          [](char32_t c, const Range &r) { return c < r.first; });
    if (range == std::begin(kRanges))
        return 1;
    --range;
    return codePoint <= range->last ? range->columns : 1;
}

}
