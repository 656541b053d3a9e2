#pragma once
// Passwords at rest: argon2id, as libsodium writes it. Slow on purpose; call it on a thread of the pool. Any thread.

#include "backend/core/result.h"
#include "backend/core/secret_bytes.h"

#include <string>
#include <string_view>

namespace fb {

// ServiceUnavailable when the machine has not the memory for it.
Result<std::string> passwordHash(const SecretBytes &password);
bool isPassword(const SecretBytes &password,
                std::string_view hash); // an empty hash fits none, in the same time

}
