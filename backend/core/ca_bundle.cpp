#include "backend/core/ca_bundle.h"

#include "backend/core/byte_encoding.h"

#include <fmt/format.h>

namespace fb {

// Fleet id and hashes have fixed lengths, so no two bundles read alike.
std::string caBundleText(std::string_view fleetId, uint64_t version, const std::vector<std::string> &caDer)
{
    std::string text = fmt::format("flagbridge-ca-bundle-1\n{}\n{}\n", fleetId, version);
    for (const std::string &der : caDer)
        text += sha256Hex(der) + '\n';
    return text;
}

}
