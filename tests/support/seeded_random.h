#pragma once
// Randomness that repeats: the same seed gives the same bytes. splitmix64.

#include "backend/core/random.h"

namespace fb::test {

class SeededRandom final : public Random
{
public:
    explicit SeededRandom(uint64_t seed = 1) : m_state(seed) { }

    std::string bytes(size_t count) override
    {
        std::string out;
        out.reserve(count + 8);
        while (out.size() < count) {
            uint64_t z = (m_state += 0x9e3779b97f4a7c15);
            z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
            z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
            z ^= z >> 31;
            for (int i = 0; i < 8; ++i)
                out.push_back(static_cast<char>(z >> (8 * i)));
        }
        out.resize(count);
        return out;
    }

private:
    uint64_t m_state;
};

}
