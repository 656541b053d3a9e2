#pragma once
// What a node whose certificate has expired signs with its old key, to ask for the next one (fleet-manager B3.3). Pure.

#include <string>
#include <string_view>

namespace fb::protocol {

// `nonce` has 16 bytes and the fleet's id its fixed length, so no two requests read alike.
inline std::string keyProofText(std::string_view fleetId, std::string_view nonce, std::string_view csrDer)
{
    std::string text = "flagbridge-key-proof-1\n";
    text.append(fleetId).append("\n").append(nonce).append(csrDer);
    return text;
}

}
