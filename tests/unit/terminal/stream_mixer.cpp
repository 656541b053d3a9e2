#include "tests/unit/terminal/stream_mixer.h"

#include <algorithm>
#include <iterator>

namespace fb::test {

uint32_t StreamMixer::below(uint32_t limit)
{
    const std::string raw = m_random.bytes(4);
    uint32_t value = 0;
    for (const char byte : raw)
        value = (value << 8) | static_cast<uint8_t>(byte);
    return value % limit;
}

std::string StreamMixer::text()
{
    static constexpr const char *kTexts[] = {"a",
                                             "hello",
                                             "   ",
                                             "the quick brown fox jumps over the lazy dog",
                                             "\u65E5\u672C\u8A9E",
                                             "e\u0301",
                                             "qx",
                                             "0123456789",
                                             "~",
                                             "\U0001F469\u200D\U0001F469\u200D\U0001F467",
                                             "\u00E9\u00FC",
                                             "\u0301",
                                             "\t",
                                             "\uFE0F",
                                             "#_",
                                             "\U0001F600"};
    std::string text = kTexts[below(std::size(kTexts))];
    if (below(8) == 0) {
        std::string many;
        for (uint32_t i = below(60); i > 0; --i)
            many += text;
        return many;
    }
    return text;
}

std::string StreamMixer::sequence()
{
    std::string sequence = "\033[";
    if (below(5) == 0)
        sequence += "?>=<!"[below(5)];
    static constexpr int kModes[] = {1,  3,    4,    5,    6,    7,    12,   20,   25,   40,   45,   47,
                                     69, 1000, 1002, 1003, 1004, 1006, 1047, 1048, 1049, 2004, 2026, 66};
    for (uint32_t i = below(4); i > 0; --i) {
        switch (below(5)) {
        case 0:
            sequence += std::to_string(kModes[below(std::size(kModes))]);
            break;
        case 1:
            sequence += std::to_string(below(100'000));
            break;
        case 2:
            break; // empty
        default:
            sequence += std::to_string(below(12));
        }
        if (i > 1)
            sequence += below(6) == 0 ? ':' : ';';
    }
    if (below(10) == 0)
        sequence += " !\"$'*"[below(6)];
    sequence += "@ABCDEFGHIJKLMPSTXZ`abcdefghlmnpqrsux"[below(37)];
    return sequence;
}

std::string StreamMixer::piece()
{
    switch (below(14)) {
    case 0:
    case 1:
    case 2:
        return text();
    case 3:
        return "\r\n";
    case 4:
        return std::string(1, "\n\r\b\t\v\f\a\x0e\x0f\0\x18\x05"[below(12)]);
    case 5:
        return std::string("\033") + "78DEHMNOZcno=>"[below(14)];
    case 6:
        return std::string("\033") + "()*+#%"[below(6)] + "0AB8GU"[below(6)];
    case 7: { // renditions
        std::string sgr = "\033[";
        for (uint32_t i = below(5); i > 0; --i)
            sgr += std::to_string(below(110)) + (below(4) == 0 ? ':' : ';');
        return sgr + std::to_string(below(50)) + 'm';
    }
    case 8: { // strings
        static constexpr const char *kStrings[] = {"]0;title",
                                                   "]2;\u65E5",
                                                   "]8;;https://example.com/",
                                                   "]8;;",
                                                   "]8;id=x;http://e",
                                                   "P$qm",
                                                   "Pq#0~~",
                                                   "_Gx",
                                                   "^private",
                                                   "Xsos",
                                                   "]52;c;YWJj",
                                                   "]52;c;?",
                                                   "]133;A",
                                                   "]133;C",
                                                   "]4;1;?",
                                                   "]"};
        static constexpr const char *kEnds[] = {"\a", "\033\\", "\x18", "", "\033[m"};
        return std::string("\033") + kStrings[below(std::size(kStrings))] + kEnds[below(std::size(kEnds))];
    }
    case 9:
        return m_random.bytes(below(6));
    case 10: // margins
        return "\033[" + std::to_string(below(8)) + ';' + std::to_string(below(30)) + 'r';
    default:
        return sequence();
    }
}

std::string StreamMixer::controls(size_t pieces)
{
    std::string stream;
    for (size_t i = 0; i < pieces; ++i)
        stream += piece();
    return stream;
}

std::string StreamMixer::mutated(std::string_view stream)
{
    std::string result(stream);
    for (uint32_t i = 1 + below(40); i > 0 && !result.empty(); --i) {
        const size_t at = below(uint32_t(result.size()));
        const size_t count = std::min<size_t>(below(50), result.size() - at);
        switch (below(6)) {
        case 0:
            result[at] = static_cast<char>(below(256));
            break;
        case 1:
            result.erase(at, count);
            break;
        case 2:
            result.insert(at, result.substr(at, count));
            break;
        case 3:
            result.insert(below(uint32_t(result.size())), result.substr(at, count));
            break;
        case 4:
            result[at] = static_cast<char>(result[at] ^ (1 << below(8)));
            break;
        default:
            result.insert(at, piece());
        }
    }
    return result;
}

std::vector<std::string_view> StreamMixer::cut(std::string_view stream, size_t longest)
{
    std::vector<std::string_view> pieces;
    while (!stream.empty()) {
        const size_t length = std::min(stream.size(), 1 + size_t(below(uint32_t(longest))));
        pieces.push_back(stream.substr(0, length));
        stream.remove_prefix(length);
    }
    return pieces;
}

}
