#pragma once
// AES-256-GCM, as vault and sealed files use it. Keys of 32 bytes, nonces of 12, tags of 16 at the end. Any thread.

#include "backend/core/secret_bytes.h"

#include <optional>
#include <string>
#include <string_view>

namespace fb {

inline constexpr size_t kAeadKeyBytes = 32;
inline constexpr size_t kAeadNonceBytes = 12;
inline constexpr size_t kAeadTagBytes = 16;

std::string aeadSeal(std::string_view key, std::string_view nonce, std::string_view associated,
                     std::string_view plain);
// Nothing when key, nonce, associated bytes or ciphertext are not those it was sealed with.
std::optional<SecretBytes> aeadOpen(std::string_view key, std::string_view nonce, std::string_view associated,
                                    std::string_view sealed);

// A key for one purpose out of a master key: HMAC-SHA-256 over the purpose.
SecretBytes derivedKey(std::string_view master, std::string_view purpose);
void wipe(std::string &bytes);

}
