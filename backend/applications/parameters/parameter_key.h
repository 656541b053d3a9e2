#pragma once
// Keys that SecureStrings are sealed under (spec/parameter-store.md 3.8). Plain values.

#include "backend/base/field_table.h"
#include "backend/core/clock.h"

#include <array>
#include <optional>

namespace fb {

inline const QString kDefaultParameterKey = QStringLiteral("alias/aws/ssm");

enum class ParameterKeyState {
    Enabled,
    Disabled, // neither seals nor opens
    PendingDeletion, // the same, and gone at its time
    Deleted, // what was sealed under it stays sealed for good
};

constexpr auto namesOf(const ParameterKeyState *)
{
    using S = ParameterKeyState;
    return std::array {EnumName<S> {S::Enabled, "Enabled"}, EnumName<S> {S::Disabled, "Disabled"},
                       EnumName<S> {S::PendingDeletion, "PendingDeletion"},
                       EnumName<S> {S::Deleted, "Deleted"}};
}

struct ParameterKeyRotation {
    qint64 total = 0; // versions to be wrapped again
    qint64 done = 0;
    Instant startedAt {};
    bool operator==(const ParameterKeyRotation &) const = default;
};
template <std::same_as<ParameterKeyRotation> R>
constexpr auto fieldsOf(const R *)
{
    return fieldTable(field("Total", &R::total), field("Done", &R::done),
                      field("StartedDate", &R::startedAt));
}

struct ParameterKey {
    QString name; // "alias/prod"
    ParameterKeyState state = ParameterKeyState::Enabled;
    qint64 generation = 1; // that seals
    Instant createdAt {};
    QString createdBy;
    std::optional<Instant> deletionAt;
    std::optional<ParameterKeyRotation> rotation; // while one runs
    bool operator==(const ParameterKey &) const = default;
};
template <std::same_as<ParameterKey> K>
constexpr auto fieldsOf(const K *)
{
    return fieldTable(field("KeyId", &K::name), field("State", &K::state),
                      field("Generation", &K::generation), field("CreatedDate", &K::createdAt),
                      field("CreatedBy", &K::createdBy), field("DeletionDate", &K::deletionAt),
                      field("Rotation", &K::rotation));
}

}
