// Text from anywhere: what was made valid is valid and harmless, and encodings come back to the bytes they began with. [P12]

#include "backend/core/byte_encoding.h"
#include "backend/core/text_safety.h"
#include "backend/core/time_text.h"

#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

void require(bool holds)
{
    if (!holds)
        std::abort();
}

}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const std::string_view text(reinterpret_cast<const char *>(bytes), size);

    const std::string valid = fb::toValidUtf8(text);
    require(fb::isValidUtf8(valid));
    if (fb::isValidUtf8(text))
        require(valid == text);
    const size_t count = fb::codePointCount(valid);
    require(fb::firstCodePoints(valid, count) == valid);
    require(fb::isValidUtf8(fb::firstCodePoints(valid, count / 2)));

    std::string shown = fb::withVisibleEscapes(valid);
    require(fb::isValidUtf8(shown));
    std::erase_if(shown, [](char c) { return c == '\t' || c == '\n'; }); // the two that may stand
    require(!fb::hasControlOrBidi(shown));

    require(fb::fromHex(fb::toHex(text)) == text);
    require(fb::fromBase64(fb::toBase64(text)) == text);
    require(fb::fromBase64Url(fb::toBase64Url(text)) == text);
    if (const auto decoded = fb::fromBase64(text))
        require(fb::toBase64(*decoded) == text); // strict: one spelling for each value

    if (const auto duration = fb::parseDuration(text))
        require(duration->count() >= 0);
    return 0;
}
