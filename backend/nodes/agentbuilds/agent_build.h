#pragma once
// A published build of the agent (spec/documents.md 3.12). Plain values.

#include "backend/base/field_table.h"
#include "backend/core/clock.h"

#include <QByteArray>

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
constexpr auto fieldsOf(const AgentBuild *)
{
    using B = AgentBuild;
    return fieldTable(field("Version", &B::version), field("Platform", &B::platform),
                      field("Architecture", &B::architecture), field("Sha256", &B::sha256),
                      field("Size", &B::size), field("Signature", &B::signature),
                      field("AddedDate", &B::addedDate), field("AddedBy", &B::addedBy));
}

struct AgentBuildName {
    QString version;
    QString platform;
    QString architecture;
};
constexpr auto fieldsOf(const AgentBuildName *)
{
    return fieldTable(field("Version", &AgentBuildName::version).required().length(1, 64),
                      field("Platform", &AgentBuildName::platform).required().length(1, 32),
                      field("Architecture", &AgentBuildName::architecture).required().length(1, 32));
}

struct AgentBuildList {
    QList<AgentBuild> builds; // highest version first
    QString releaseKey; // hex; empty: none is set
};
constexpr auto fieldsOf(const AgentBuildList *)
{
    return fieldTable(field("AgentBuilds", &AgentBuildList::builds),
                      field("ReleaseKey", &AgentBuildList::releaseKey).omitEmpty());
}

}
