#pragma once
// What terminals are fed when they are measured: plain text, 256 colours, wide characters, a scrolling region, cursor moves. The same bytes
// each time.

#include <string>
#include <vector>

namespace fb::bench {

struct Payload {
    const char *name;
    const char *what;
    double konsoleSeen; // MB per CPU second of Konsole on a quiet machine (design.md 11)
    std::string bytes;
};

std::vector<Payload> payloads(size_t size); // each about `size` bytes, for 80 columns and 24 rows

}
