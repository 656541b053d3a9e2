#include "backend/security/signin/totp.h"

#include "backend/base/qt_text.h"
#include "backend/core/byte_encoding.h"

#include <QUrl>

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>

namespace fb {

using namespace Qt::StringLiterals;

int64_t totpStepAt(Instant when)
{
    return std::chrono::floor<std::chrono::seconds>(when).time_since_epoch() / kTotpStep;
}

Result<std::string> totpCode(std::string_view secret, int64_t step, int digits)
{
    std::string counter;
    putBigEndian(counter, step);
    std::array<unsigned char, EVP_MAX_MD_SIZE> mac {};
    unsigned int size = 0;
    if (secret.empty() || step < 0
        || HMAC(EVP_sha1(), secret.data(), static_cast<int>(secret.size()),
                reinterpret_cast<const unsigned char *>(counter.data()), counter.size(), mac.data(), &size)
            == nullptr
        || size < 20)
        return makeError(errors::kInternal, "The code of the second step cannot be computed.");
    const size_t offset = mac[size - 1] & 0x0fU;
    const auto taken
        = bigEndianAt<uint32_t>(std::string_view(reinterpret_cast<const char *>(mac.data()), size), offset);
    uint32_t modulus = 1;
    for (int i = 0; i < digits; ++i)
        modulus *= 10;
    std::string text = std::to_string((taken & 0x7fffffffU) % modulus);
    text.insert(0, static_cast<size_t>(digits) - text.size(), '0');
    return text;
}

std::optional<int64_t> totpMatch(std::string_view secret, std::string_view code, Instant when,
                                 int64_t lastUsed)
{
    std::optional<int64_t> matched;
    const int64_t now = totpStepAt(when);
    for (const int64_t step : {now - 1, now, now + 1}) {
        const auto right = totpCode(secret, step);
        if (right && equalInConstantTime(*right, code) && step > lastUsed)
            matched = step;
    }
    return matched;
}

std::string toBase32(std::string_view bytes)
{
    static constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    std::string text;
    uint32_t held = 0;
    int bits = 0;
    for (const char byte : bytes) {
        held = (held << 8) | static_cast<uint8_t>(byte);
        bits += 8;
        while (bits >= 5) {
            bits -= 5;
            text.push_back(letters[(held >> bits) & 31U]);
        }
    }
    if (bits > 0)
        text.push_back(letters[(held << (5 - bits)) & 31U]);
    return text;
}

QString otpauthUri(const QString &issuer, const QString &account, std::string_view secret)
{
    const auto escaped
        = [](const QString &text) { return QString::fromLatin1(QUrl::toPercentEncoding(text)); };
    return u"otpauth://totp/%1:%2?secret=%3&issuer=%1&algorithm=SHA1&digits=6&period=30"_s.arg(
        escaped(issuer), escaped(account), toQString(toBase32(secret)));
}

}
