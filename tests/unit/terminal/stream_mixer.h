#pragma once
// Streams nobody recorded: control functions at random, recorded ones with errors put in. The same seed makes the same stream.

#include "tests/support/seeded_random.h"

#include <string>
#include <string_view>
#include <vector>

namespace fb::test {

class StreamMixer
{
public:
    explicit StreamMixer(uint64_t seed) : m_random(seed) { }

    uint32_t below(uint32_t limit); // 0 to limit - 1
    std::string bytes(size_t count) { return m_random.bytes(count); }
    // Text and control functions as a program could send them, hostile ones too.
    std::string controls(size_t pieces);
    // Bytes changed, left out, doubled, moved; control functions put in between.
    std::string mutated(std::string_view stream);
    std::vector<std::string_view> cut(std::string_view stream, size_t longest);

private:
    std::string piece();
    std::string sequence();
    std::string text();

    SeededRandom m_random;
};

}
