#include "backend/nodes/runcommand/output_cut.h"

#include "backend/core/text_safety.h"

#include <algorithm>

namespace fb {

namespace {
    constexpr std::string_view kTruncated = "--output truncated--";
    constexpr std::string_view kErrorTitle = "\n----------ERROR-------\n";
    constexpr std::string_view kOutputMark = "\n---Output truncated---";
    constexpr std::string_view kErrorMark = "\n---Error truncated----";

    std::string cutWithMark(const std::string &text, size_t limit, std::string_view mark, bool isWhole)
    {
        if (isWhole && codePointCount(text) <= limit)
            return text;
        const size_t room = limit > mark.size() ? limit - mark.size() : 0;
        return std::string(firstCodePoints(text, room)) + std::string(mark);
    }

    std::string textOf(OutputHead head)
    {
        // a part of an output may end within a character, which is no broken one
        return apiText(head.isWhole ? head.bytes
                                    : head.bytes.substr(0, characterBoundary(head.bytes, head.bytes.size())));
    }
}

std::string apiText(std::string_view bytes)
{
    std::string text = toValidUtf8(bytes);
    std::erase(text, '\0');
    return text;
}

std::string cutOutput(std::string_view bytes, size_t limit, bool isWhole)
{
    return cutWithMark(textOf({bytes, isWhole}), limit, kTruncated, isWhole);
}

std::string sharedOutput(OutputHead standardOutput, OutputHead standardError)
{
    const std::string out = textOf(standardOutput);
    const std::string error = textOf(standardError);
    if (error.empty())
        return cutWithMark(out, kSharedOutputCharacters, kOutputMark, standardOutput.isWhole);
    const size_t limit = kSharedOutputCharacters - kErrorTitle.size();
    const size_t half = limit / 2;
    // of an output that goes on, only that it is long is known
    const size_t outLength = standardOutput.isWhole ? codePointCount(out) : limit + 1;
    const size_t errorLength = standardError.isWhole ? codePointCount(error) : limit + 1;
    if (outLength + errorLength <= limit)
        return out + std::string(kErrorTitle) + error;
    size_t outShare = half;
    size_t errorShare = half;
    if (outLength <= half)
        errorShare = limit - outLength;
    else if (errorLength <= half)
        outShare = limit - errorLength;
    return cutWithMark(out, outShare, kOutputMark, standardOutput.isWhole) + std::string(kErrorTitle)
        + cutWithMark(error, errorShare, kErrorMark, standardError.isWhole);
}

size_t characterBoundary(std::string_view bytes, size_t limit)
{
    size_t end = std::min(bytes.size(), limit);
    size_t lead = end;
    // at most three continuation bytes follow a lead byte; anything longer is broken anyway and may be parted
    for (int i = 0; i < 4 && lead > 0; ++i) {
        const auto byte = static_cast<unsigned char>(bytes[--lead]);
        if ((byte & 0xc0) == 0x80)
            continue;
        const size_t length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
        return lead + length <= end ? end : lead;
    }
    return end;
}

}
