// What a hostile program writes, cut into text, control characters and sequences: whole and byte by byte it is the same, and nothing is told
// that the sink need not expect. [U03]

#include "backend/terminal/escape_scanner.h"

#include <cstdint>
#include <cstdlib>

namespace {

using namespace fb;

void require(bool holds)
{
    if (!holds)
        std::abort();
}

class Recorder final : public ScannerSink
{
public:
    std::string told;

    void printAscii(std::string_view text) override
    {
        require(!text.empty());
        for (const char c : text) {
            require(c >= 0x20 && c <= 0x7E);
            told += "p" + std::to_string(int(c)); // pieces of text need not be the same
        }
    }
    void print(char32_t codePoint) override
    {
        require(codePoint >= 0xA0 && codePoint <= 0x10FFFF && (codePoint < 0xD800 || codePoint > 0xDFFF));
        told += "p" + std::to_string(uint32_t(codePoint));
    }
    void control(uint8_t character) override
    {
        require(character < 0x20 && character != 0x1B);
        told += "c" + std::to_string(character);
    }
    void escape(char intermediate, char final) override
    {
        require(intermediate == 0 || (intermediate >= 0x20 && intermediate < 0x30));
        require(final >= 0x30 && final < 0x7F);
        told += std::string("e") + intermediate + final;
    }
    void sequence(const ControlSequence &sequence) override
    {
        require(sequence.final >= 0x40 && sequence.final < 0x7F);
        require(sequence.count >= 0 && sequence.count <= ControlSequence::kMostParameters);
        require(sequence.leader == 0 || (sequence.leader >= 0x3C && sequence.leader <= 0x3F));
        require(sequence.intermediate == 0
                || (sequence.intermediate >= 0x20 && sequence.intermediate < 0x30));
        told += std::string("s") + sequence.leader + sequence.intermediate + sequence.final;
        for (int i = 0; i < sequence.count; ++i) {
            const int parameter = sequence.parameters[size_t(i)];
            require(parameter >= ControlSequence::kMissing && parameter <= ControlSequence::kLargest);
            require(i > 0 || !sequence.isSub[0]);
            told += std::to_string(parameter) + (sequence.isSub[size_t(i)] ? ':' : ';');
        }
    }
    void string(StringKind kind, std::string_view content) override
    {
        require(content.size() <= EscapeScanner::kMostString);
        told += "t" + std::to_string(int(kind)) + std::string(content);
    }
};

}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const std::string_view stream(reinterpret_cast<const char *>(bytes), size);
    Recorder whole;
    EscapeScanner scanner(whole);
    scanner.write(stream);

    Recorder single;
    EscapeScanner slow(single);
    for (const char &byte : stream)
        slow.write(std::string_view(&byte, 1));
    require(whole.told == single.told);

    // After a reset nothing of before is left.
    whole.told.clear();
    scanner.reset();
    scanner.write("a\033[1m");
    require(whole.told.starts_with("p97s"));
    return 0;
}
