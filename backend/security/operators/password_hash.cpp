#include "backend/security/operators/password_hash.h"

#include <sodium.h>

#include <array>

namespace fb {

namespace {
    // OWASP's first choice for argon2id is 46 MiB and one pass; the sign-in of a console may cost a little more.
    constexpr unsigned long long kPasses = 2;
    constexpr size_t kMemoryBytes = 64 * 1024 * 1024;
}

Result<std::string> passwordHash(const SecretBytes &password)
{
    std::array<char, crypto_pwhash_STRBYTES> text {};
    if (sodium_init() < 0
        || crypto_pwhash_str_alg(text.data(), password.view().data(), password.size(), kPasses, kMemoryBytes,
                                 crypto_pwhash_ALG_ARGON2ID13)
            != 0)
        return makeError(errors::kServiceUnavailable,
                         "There is not the memory (64 MiB) to store a password safely. Try again later.");
    return std::string(text.data());
}

bool isPassword(const SecretBytes &password, std::string_view hash)
{
    if (sodium_init() < 0)
        return false;
    if (hash.empty()) { // as long as a wrong one
        static_cast<void>(passwordHash(password));
        return false;
    }
    return crypto_pwhash_str_verify(std::string(hash).c_str(), password.view().data(), password.size()) == 0;
}

}
