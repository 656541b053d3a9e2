#include "backend/protocol/agent_build_signature.h"

#include "backend/core/byte_encoding.h"
#include "backend/core/text_safety.h"
#include "backend/protocol/order_signature.h"

#include <fmt/format.h>
#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <algorithm>
#include <array>
#include <memory>

namespace fb::protocol {

namespace {
    constexpr size_t kKeyBytes = 32;
    constexpr size_t kMaxVersion = 64;
    constexpr size_t kMaxKeyFile = 16 * 1024;

    using Bio = std::unique_ptr<BIO, decltype(&BIO_free)>;
    using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;

    bool isDigit(char c) { return c >= '0' && c <= '9'; }
    bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

    // A run of digits, or of anything else but separators.
    std::string_view takePart(std::string_view &rest)
    {
        while (!rest.empty() && !isDigit(rest[0]) && !isLetter(rest[0]))
            rest.remove_prefix(1);
        size_t size = 0;
        while (size < rest.size() && (isDigit(rest[size]) || isLetter(rest[size]))
               && isDigit(rest[size]) == isDigit(rest[0]))
            ++size;
        const std::string_view part = rest.substr(0, size);
        rest.remove_prefix(size);
        return part;
    }

    int compareNumbers(std::string_view a, std::string_view b)
    {
        a.remove_prefix(std::min(a.find_first_not_of('0'), a.size()));
        b.remove_prefix(std::min(b.find_first_not_of('0'), b.size()));
        return a.size() != b.size() ? (a.size() < b.size() ? -1 : 1) : a.compare(b);
    }

    // Letters, nothing, digits: 1.0-rc1 < 1.0 < 1.0.1
    int rankOf(std::string_view part) { return part.empty() ? 1 : isDigit(part[0]) ? 2 : 0; }

    bool isWord(std::string_view text)
    {
        return !text.empty() && text.size() <= 32 && std::all_of(text.begin(), text.end(), [](char c) {
            return isDigit(c) || isLetter(c) || c == '_' || c == '-';
        });
    }

    Error wrong(std::string_view field, std::string_view value, std::string_view rule)
    {
        return makeError(errors::kValidation,
                         fmt::format("{} is \"{}\"; it must {}.", field,
                                     withVisibleEscapes(toValidUtf8(value.substr(0, 100))), rule),
                         std::string(field));
    }

    Key keyIn(std::string_view text, bool isPrivate)
    {
        const Bio bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())), &BIO_free);
        // An encrypted key has no prompt here: it is refused.
        const auto noPassphrase = [](char *, int, int, void *) { return 0; };
        Key key(!bio            ? nullptr
                    : isPrivate ? PEM_read_bio_PrivateKey(bio.get(), nullptr, noPassphrase, nullptr)
                                : PEM_read_bio_PUBKEY(bio.get(), nullptr, noPassphrase, nullptr),
                &EVP_PKEY_free);
        if (key && EVP_PKEY_id(key.get()) != EVP_PKEY_ED25519)
            key.reset();
        return key;
    }
}

bool isAgentVersion(std::string_view version)
{
    return !version.empty() && version.size() <= kMaxVersion && isDigit(version[0])
        && std::all_of(version.begin(), version.end(), [](char c) {
               return isDigit(c) || isLetter(c) || c == '.' || c == '+' || c == '~' || c == '-';
           });
}

int compareAgentVersions(std::string_view a, std::string_view b)
{
    for (;;) {
        const std::string_view first = takePart(a);
        const std::string_view second = takePart(b);
        if (first.empty() && second.empty())
            return 0;
        const int rank = rankOf(first) - rankOf(second);
        const int compared = rank != 0 ? rank
            : isDigit(first[0])        ? compareNumbers(first, second)
                                       : first.compare(second);
        if (compared != 0)
            return compared < 0 ? -1 : 1;
    }
}

Result<void> checkAgentBuild(const wire::AgentBuild &build)
{
    if (!isAgentVersion(build.version()))
        return wrong("Version", build.version(),
                     "have 1 to 64 letters, digits and .+~-, and begin with a digit");
    if (build.platform() != "Linux" && build.platform() != "MacOS" && build.platform() != "Windows")
        return wrong("Platform", build.platform(), "be Linux, MacOS or Windows");
    if (!isWord(build.architecture()))
        return wrong("Architecture", build.architecture(),
                     "be what `uname -m` says: 1 to 32 letters, digits, _ and -");
    if (build.sha256().size() != 32)
        return wrong("Sha256", toHex(build.sha256()), "have 32 bytes");
    if (build.size() == 0 || build.size() > kMaxAgentBuildBytes)
        return wrong("Size", std::to_string(build.size()),
                     fmt::format("be 1 to {} bytes", kMaxAgentBuildBytes));
    return {};
}

std::string signedAgentBuildText(const wire::AgentBuild &build)
{
    return fmt::format("flagbridge-agent-build-1\n{}\n{}\n{}\n{}\n{}\n", build.version(), build.platform(),
                       build.architecture(), toHex(build.sha256()), build.size());
}

bool verifyAgentBuild(std::string_view releaseKey, const wire::AgentBuild &build)
{
    return checkAgentBuild(build)
        && verifyOrderText(releaseKey, signedAgentBuildText(build), build.signature());
}

Result<std::string> readReleaseKey(std::string_view fileText)
{
    const auto refused = [] {
        return makeError(errors::kValidation,
                         "The release key must be an Ed25519 public key: PEM, as \"openssl pkey -pubout\" "
                         "writes it, or 64 hex digits.");
    };
    if (fileText.size() > kMaxKeyFile)
        return refused();
    std::string_view line = fileText;
    while (!line.empty() && (line.back() == '\n' || line.back() == '\r' || line.back() == ' '))
        line.remove_suffix(1);
    if (const auto raw = fromHex(line); raw && raw->size() == kKeyBytes)
        return *raw;
    const Key key = keyIn(fileText, false);
    std::string bytes(kKeyBytes, '\0');
    size_t size = bytes.size();
    if (!key
        || EVP_PKEY_get_raw_public_key(key.get(), reinterpret_cast<unsigned char *>(bytes.data()), &size)
            != 1)
        return refused();
    return bytes;
}

Result<std::string> readAgentBuildSignature(std::string_view fileBytes)
{
    constexpr size_t kSignatureBytes = 64;
    if (fileBytes.size() == kSignatureBytes)
        return std::string(fileBytes);
    const auto isSpace = [](char c) { return c == '\n' || c == '\r' || c == ' ' || c == '\t'; };
    while (!fileBytes.empty() && isSpace(fileBytes.back()))
        fileBytes.remove_suffix(1);
    while (!fileBytes.empty() && isSpace(fileBytes.front()))
        fileBytes.remove_prefix(1);
    const auto raw = fileBytes.size() <= 2 * kSignatureBytes ? fromBase64(fileBytes) : std::nullopt;
    if (!raw || raw->size() != kSignatureBytes)
        return makeError(errors::kValidation,
                         "The signature must be one of Ed25519: base64 of 64 bytes, as \"flagbridge-engine "
                         "agent-build sign\" writes it, or those bytes themselves.",
                         "Signature");
    return *raw;
}

Result<SecretBytes> readReleaseSigningKey(std::string_view fileText)
{
    const Key key = fileText.size() <= kMaxKeyFile ? keyIn(fileText, true) : Key(nullptr, &EVP_PKEY_free);
    std::array<unsigned char, kKeyBytes> seed {};
    size_t size = seed.size();
    if (!key || EVP_PKEY_get_raw_private_key(key.get(), seed.data(), &size) != 1)
        return makeError(errors::kValidation,
                         "The signing key must be an Ed25519 private key in PEM, not encrypted, as \"openssl "
                         "genpkey -algorithm ed25519\" writes it.");
    SecretBytes secret(std::string_view(reinterpret_cast<const char *>(seed.data()), seed.size()));
    OPENSSL_cleanse(seed.data(), seed.size());
    return secret;
}

}
