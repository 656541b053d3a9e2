#include "backend/nodes/runcommand/output_cut.h"

#include "backend/core/text_safety.h"

#include <algorithm>

namespace fb {

namespace {
    constexpr std::string_view kTruncated = "--output truncated--";
    constexpr std::string_view kErrorTitle = "\n----------ERROR-------\n";
    constexpr std::string_view kOutputMark = "\n---Output truncated---";
    constexpr std::string_view kErrorMark = "\n---Error truncated----";

    std::string cutWithMark(const std::string &text, size_t limit, std::string_view mark)
    {
        if (codePointCount(text) <= limit)
            return text;
        const size_t room = limit > mark.size() ? limit - mark.size() : 0;
        return std::string(firstCodePoints(text, room)) + std::string(mark);
    }
}

std::string apiText(std::string_view bytes)
{
    std::string text = toValidUtf8(bytes);
    std::erase(text, '\0');
    return text;
}

std::string cutOutput(std::string_view bytes, size_t limit)
{
    return cutWithMark(apiText(bytes), limit, kTruncated);
}

std::string sharedOutput(std::string_view standardOutput, std::string_view standardError)
{
    const std::string out = apiText(standardOutput);
    const std::string error = apiText(standardError);
    if (error.empty())
        return cutWithMark(out, kSharedOutputCharacters, kOutputMark);
    const size_t limit = kSharedOutputCharacters - kErrorTitle.size();
    const size_t half = limit / 2;
    const size_t outLength = codePointCount(out);
    const size_t errorLength = codePointCount(error);
    if (outLength + errorLength <= limit)
        return out + std::string(kErrorTitle) + error;
    size_t outShare = half;
    size_t errorShare = half;
    if (outLength <= half)
        errorShare = limit - outLength;
    else if (errorLength <= half)
        outShare = limit - errorLength;
    return cutWithMark(out, outShare, kOutputMark) + std::string(kErrorTitle)
        + cutWithMark(error, errorShare, kErrorMark);
}

size_t characterBoundary(std::string_view bytes, size_t limit)
{
    if (bytes.size() <= limit)
        return bytes.size();
    size_t end = limit;
    // at most three continuation bytes follow a lead byte; anything longer is broken anyway and may be parted
    for (int i = 0; i < 3 && end > 0 && (static_cast<unsigned char>(bytes[end]) & 0xc0) == 0x80; ++i)
        --end;
    return end;
}

}
