#include "backend/core/random.h"

#include <openssl/rand.h>

#include <cstdlib>
#include <cstring>

namespace fb {

uint64_t Random::number()
{
    const std::string raw = bytes(8);
    uint64_t value = 0;
    std::memcpy(&value, raw.data(), 8);
    return value;
}

uint64_t Random::below(uint64_t bound)
{
    const uint64_t limit = UINT64_MAX - UINT64_MAX % bound; // values past it would favour small results
    uint64_t value = number();
    while (value >= limit)
        value = number();
    return value % bound;
}

double Random::unit() { return static_cast<double>(number() >> 11) * 0x1.0p-53; }

std::string SecureRandom::bytes(size_t count)
{
    std::string out(count, '\0');
    if (RAND_bytes(reinterpret_cast<unsigned char *>(out.data()), static_cast<int>(count)) != 1)
        std::abort(); // no entropy: nothing that needs a key may go on
    return out;
}

}
