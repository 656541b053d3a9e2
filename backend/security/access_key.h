#pragma once
// An operator's key for the AWS wire (SigV4). The secret half is in the vault, is shown once, and is in no value of this kind. Any thread.

#include "backend/base/field_table.h"
#include "backend/core/clock.h"
#include "backend/security/principal.h"

#include <QString>

#include <optional>

namespace fb {

inline constexpr size_t kAccessKeyIdBytes = 20; // "AKFB" + 16 of A-Z and 2-7
inline constexpr size_t kSecretAccessKeyBytes = 40;
inline constexpr int kMostAccessKeys = 5; // of one operator

struct AccessKey {
    QString accessKeyId;
    QString operatorName;
    bool enabled = true;
    Instant createDate {};
    std::optional<Instant> expiresAt;
    std::optional<Instant> lastUsedAt; // to the minute
    QString lastUsedFrom; // address
    bool operator==(const AccessKey &) const = default;
};

template <std::same_as<AccessKey> T>
constexpr auto fieldsOf(const T *)
{
    return fieldTable(field("AccessKeyId", &T::accessKeyId), field("OperatorName", &T::operatorName),
                      field("Enabled", &T::enabled), field("CreateDate", &T::createDate),
                      field("ExpiresAt", &T::expiresAt), field("LastUsedAt", &T::lastUsedAt),
                      field("LastUsedFrom", &T::lastUsedFrom).omitEmpty());
}

}
