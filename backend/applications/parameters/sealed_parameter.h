#pragma once
// A sealed SecureString: FB1 | key name | generation | wrapped data key | nonce | ciphertext | tag (spec/parameter-store.md 3.8). Each has
// a data key of its own; account, ARN and version are bound into it, so that a blob put beside another version does not open. Any thread.

#include "backend/core/random.h"
#include "backend/core/secret_bytes.h"
#include "backend/store/fleet_identity.h"

#include <QByteArray>
#include <QString>

#include <optional>
#include <string>

namespace fb {

struct SealedPlace { // what a blob belongs to
    QString accountId;
    QString arn;
    qint64 version = 0;
    std::string associated() const; // ACCOUNT|ARN|Version
};
SealedPlace sealedPlace(const FleetIdentity &fleet, const QString &canonicalName, qint64 version);

struct WrappingKey {
    QString name;
    qint64 generation = 0;
};

QByteArray sealParameter(const SealedPlace &place, const WrappingKey &key, std::string_view kek,
                         std::string_view plain, Random &random);
// Nothing: altered, of another place, or of another key.
std::optional<SecretBytes> openParameter(const SealedPlace &place, std::string_view kek,
                                         const QByteArray &blob);
// The same with its data key wrapped by another key; the ciphertext stays.
std::optional<QByteArray> rewrapParameter(const SealedPlace &place, std::string_view oldKek,
                                          const WrappingKey &key, std::string_view kek,
                                          const QByteArray &blob, Random &random);
std::optional<WrappingKey> wrappingKeyOf(const QByteArray &blob);

}
