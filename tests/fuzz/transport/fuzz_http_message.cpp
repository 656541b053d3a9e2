// What a stranger sends after TLS, and what a server answers to an enrolling agent. [T02]

#include "backend/transport/http_message.h"

#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const std::string_view text(reinterpret_cast<const char *>(bytes), size);
    const size_t head = fb::transport::headLength(text);
    if (const auto request = fb::transport::parseRequestHead(text.substr(0, head))) {
        // What is taken ends where it says, and names a host.
        if (head == 0 || request->method.empty() || request->target.empty())
            std::abort();
    }
    if (const auto answer = fb::transport::parseAnswerHead(text.substr(0, head)); answer && head == 0)
        std::abort();
    return 0;
}
