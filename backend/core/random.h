#pragma once
// Randomness comes in through Random, so that tests can hold it still. Any thread.

#include <cstddef>
#include <cstdint>
#include <string>

namespace fb {

class Random
{
public:
    virtual ~Random() = default;
    virtual std::string bytes(size_t count) = 0;

    uint64_t number(); // 64 random bits
    uint64_t below(uint64_t bound); // uniform in [0, bound); bound > 0
    double unit(); // uniform in [0, 1)
};

// The operating system's generator, through OpenSSL: fit for keys.
class SecureRandom final : public Random
{
public:
    std::string bytes(size_t count) override;
};

}
