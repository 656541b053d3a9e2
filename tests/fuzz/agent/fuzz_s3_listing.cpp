// What an S3 server, or whoever stands in its place, answers to ListObjectsV2: keys become paths below the destination, or nothing.

#include "agent/downloads/staged_tree.h"
#include "backend/download/s3_signature.h"

#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace fb::agent;
using namespace fb::download;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const std::string_view text(reinterpret_cast<const char *>(bytes), size);
    const auto listing = s3Listing(text);
    if (!listing)
        return 0;
    size_t told = listing->nextToken.size();
    for (const std::string &key : listing->keys) {
        told += key.size();
        const auto parts = componentsBelow(key);
        if (!parts)
            continue;
        for (const std::string &part : *parts) {
            if (part.empty() || part == "." || part == ".." || part.find('/') != std::string::npos
                || part.find('\0') != std::string::npos)
                std::abort();
        }
    }
    if (told > size)
        std::abort(); // nothing grows: escapes only get shorter
    return 0;
}
