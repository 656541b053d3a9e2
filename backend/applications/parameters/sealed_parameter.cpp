#include "backend/applications/parameters/sealed_parameter.h"

#include "backend/base/qt_text.h"
#include "backend/core/aead.h"
#include "backend/core/byte_encoding.h"
#include "backend/events/arn.h"

namespace fb {

namespace {
    constexpr std::string_view kMagic = "FB1";
    constexpr size_t kWrappedBytes = kAeadNonceBytes + kAeadKeyBytes + kAeadTagBytes;
    constexpr size_t kMostNameBytes = 256;

    struct Parts {
        std::string_view header; // magic, name and generation: bound into the wrap
        std::string_view name;
        uint64_t generation = 0;
        std::string_view wrapNonce;
        std::string_view wrapped;
        std::string_view sealed; // nonce, ciphertext and tag
    };

    std::string headerOf(const WrappingKey &key)
    {
        const std::string name = toStd(key.name);
        std::string out(kMagic);
        putBigEndian<uint16_t>(out, static_cast<uint16_t>(name.size()));
        out += name;
        putBigEndian<uint64_t>(out, static_cast<uint64_t>(key.generation));
        return out;
    }

    std::optional<Parts> partsOf(std::string_view blob)
    {
        constexpr size_t kNameAt = kMagic.size() + sizeof(uint16_t);
        if (blob.size() < kNameAt || blob.substr(0, kMagic.size()) != kMagic)
            return std::nullopt;
        const size_t nameSize = bigEndianAt<uint16_t>(blob, kMagic.size());
        const size_t headerSize = kNameAt + nameSize + sizeof(uint64_t);
        if (nameSize > kMostNameBytes
            || blob.size() < headerSize + kWrappedBytes + kAeadNonceBytes + kAeadTagBytes)
            return std::nullopt;
        Parts parts;
        parts.header = blob.substr(0, headerSize);
        parts.name = blob.substr(kNameAt, nameSize);
        parts.generation = bigEndianAt<uint64_t>(blob, kNameAt + nameSize);
        parts.wrapNonce = blob.substr(headerSize, kAeadNonceBytes);
        parts.wrapped = blob.substr(headerSize + kAeadNonceBytes, kWrappedBytes - kAeadNonceBytes);
        parts.sealed = blob.substr(headerSize + kWrappedBytes);
        return parts;
    }

    std::optional<SecretBytes> dataKeyOf(const SealedPlace &place, std::string_view kek, const Parts &parts)
    {
        return aeadOpen(kek, parts.wrapNonce, std::string(parts.header) + place.associated(), parts.wrapped);
    }

    std::string wrapped(const SealedPlace &place, const WrappingKey &key, std::string_view kek,
                        std::string_view dataKey, Random &random)
    {
        const std::string header = headerOf(key);
        const std::string nonce = random.bytes(kAeadNonceBytes);
        return header + nonce + aeadSeal(kek, nonce, header + place.associated(), dataKey);
    }
}

std::string SealedPlace::associated() const
{
    return toStd(accountId) + '|' + toStd(arn) + '|' + std::to_string(version);
}

SealedPlace sealedPlace(const FleetIdentity &fleet, const QString &canonicalName, qint64 version)
{
    return {.accountId = fleet.accountId, .arn = parameterArn(fleet, canonicalName), .version = version};
}

QByteArray sealParameter(const SealedPlace &place, const WrappingKey &key, std::string_view kek,
                         std::string_view plain, Random &random)
{
    std::string dataKey = random.bytes(kAeadKeyBytes);
    const std::string nonce = random.bytes(kAeadNonceBytes);
    const std::string blob = wrapped(place, key, kek, dataKey, random) + nonce
        + aeadSeal(dataKey, nonce, place.associated(), plain);
    wipe(dataKey);
    return toBytes(blob);
}

std::optional<SecretBytes> openParameter(const SealedPlace &place, std::string_view kek,
                                         const QByteArray &blob)
{
    const auto parts = partsOf(viewOf(blob));
    if (!parts)
        return std::nullopt;
    const auto dataKey = dataKeyOf(place, kek, *parts);
    if (!dataKey)
        return std::nullopt;
    return aeadOpen(dataKey->view(), parts->sealed.substr(0, kAeadNonceBytes), place.associated(),
                    parts->sealed.substr(kAeadNonceBytes));
}

std::optional<QByteArray> rewrapParameter(const SealedPlace &place, std::string_view oldKek,
                                          const WrappingKey &key, std::string_view kek,
                                          const QByteArray &blob, Random &random)
{
    const auto parts = partsOf(viewOf(blob));
    if (!parts)
        return std::nullopt;
    const auto dataKey = dataKeyOf(place, oldKek, *parts);
    if (!dataKey)
        return std::nullopt;
    return toBytes(wrapped(place, key, kek, dataKey->view(), random) + std::string(parts->sealed));
}

std::optional<WrappingKey> wrappingKeyOf(const QByteArray &blob)
{
    const auto parts = partsOf(viewOf(blob));
    if (!parts)
        return std::nullopt;
    return WrappingKey {.name = toQString(parts->name), .generation = static_cast<qint64>(parts->generation)};
}

}
