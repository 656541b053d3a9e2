#pragma once
// One-time codes by RFC 6238 as authenticator programs make them: HMAC-SHA-1, 6 digits, steps of 30 s. Any thread.

#include "backend/core/clock.h"
#include "backend/core/result.h"
#include "backend/core/secret_bytes.h"

#include <QString>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fb {

inline constexpr int kTotpDigits = 6;
inline constexpr std::chrono::seconds kTotpStep {30};
inline constexpr size_t kTotpSecretBytes = 20; // as long as the hash (RFC 4226 section 4, R6)

int64_t totpStepAt(Instant when); // negative before 1970
// `digits`: 6 to 8.
Result<std::string> totpCode(std::string_view secret, int64_t step, int digits = kTotpDigits);
// The step whose code it is: that of `when`, the one before or the one after, but none up to `lastUsed`. Compared in constant time.
std::optional<int64_t> totpMatch(std::string_view secret, std::string_view code, Instant when,
                                 int64_t lastUsed);

std::string toBase32(std::string_view bytes); // RFC 4648, no padding
// What an authenticator takes by copy or by picture.
QString otpauthUri(const QString &issuer, const QString &account, std::string_view secret);

}
