#pragma once
// A published build of the agent (spec/documents.md 3.12). Plain values.

#include "backend/base/field_table.h"
#include "backend/core/clock.h"

#include <QByteArray>

#include <optional>

namespace fb {

struct AgentBuild {
    QString version;
    QString platform; // Linux
    QString architecture; // x86_64
    QString sha256; // hex, lower case
    qint64 size = 0; // bytes
    QString signature; // base64 of 64 bytes
    Instant addedDate {};
    QString addedBy;
    bool operator==(const AgentBuild &) const = default;
};
template <std::same_as<AgentBuild> B>
constexpr auto fieldsOf(const B *)
{
    return fieldTable(field("Version", &B::version), field("Platform", &B::platform),
                      field("Architecture", &B::architecture), field("Sha256", &B::sha256),
                      field("Size", &B::size), field("Signature", &B::signature),
                      field("AddedDate", &B::addedDate), field("AddedBy", &B::addedBy));
}

struct ReleaseKey {
    QByteArray key; // 32 bytes; empty: none is set
    Instant setAt {};
    QString setBy;
};

struct AgentBuildName {
    QString version;
    QString platform;
    QString architecture;
};
template <std::same_as<AgentBuildName> T>
constexpr auto fieldsOf(const T *)
{
    return fieldTable(field("Version", &T::version).required().length(1, 64),
                      field("Platform", &T::platform).required().length(1, 32),
                      field("Architecture", &T::architecture).required().length(1, 32));
}

struct AgentBuildList {
    QList<AgentBuild> builds; // highest version first
    QString releaseKey; // hex; empty: none is set
    std::optional<Instant> releaseKeySetAt;
    QString releaseKeySetBy;
};
template <std::same_as<AgentBuildList> T>
constexpr auto fieldsOf(const T *)
{
    return fieldTable(field("AgentBuilds", &T::builds), field("ReleaseKey", &T::releaseKey).omitEmpty(),
                      field("ReleaseKeySetDate", &T::releaseKeySetAt),
                      field("ReleaseKeySetBy", &T::releaseKeySetBy).omitEmpty());
}

}
