#pragma once
// A node profile: what a node may do and how its agent works (spec/fleet-manager.md 3.10). A node's IamRole names it. Plain values.

#include "backend/base/field_table.h"
#include "backend/core/clock.h"
#include "backend/core/ids.h"

#include <array>

namespace fb::wire {
class NodeProfile;
}

namespace fb {

enum class AgentLogLevel { Debug, Info, Warning, Error };

constexpr auto namesOf(const AgentLogLevel *)
{
    using L = AgentLogLevel;
    return std::array {EnumName<L> {L::Debug, "debug"}, EnumName<L> {L::Info, "info"},
                       EnumName<L> {L::Warning, "warning"}, EnumName<L> {L::Error, "error"}};
}

inline const QString kDefaultProfile = QStringLiteral("Default"); // built in; cannot be deleted

struct NodeProfile {
    QString name;
    QString description;
    QStringList deniedPlugins; // "aws:runDockerAction"
    QStringList deniedTools; // "FleetTool/files"
    int reportInterval = 300; // seconds between reports of facts
    int metricsInterval = 60; // seconds
    AgentLogLevel logLevel = AgentLogLevel::Info;
    QString updateChannel = QStringLiteral("stable");
    QString proxy; // http://host:port, for what steps download; empty: none
    Instant changedAt {};
    QString changedBy; // empty: built in, as it came
    int nodes = 0; // that use it; only in answers
    bool isForNewNodes = false; // default host management names it; only in answers

    bool operator==(const NodeProfile &) const = default;
};

template <std::same_as<NodeProfile> P>
constexpr auto fieldsOf(const P *)
{
    return fieldTable(
        field("Name", &P::name).required().length(1, 64).pattern("^[a-zA-Z0-9_.\\-]+$"),
        field("Description", &P::description).length(0, 256),
        field("DeniedPlugins", &P::deniedPlugins).items(0, 50).length(1, 80).pattern("^aws:[a-zA-Z0-9]+$"),
        field("DeniedTools", &P::deniedTools).items(0, 50).length(1, 80).pattern("^FleetTool/[a-zA-Z]+$"),
        field("ReportInterval", &P::reportInterval).range(300, 3600),
        field("MetricsInterval", &P::metricsInterval).range(10, 3600), field("LogLevel", &P::logLevel),
        field("UpdateChannel", &P::updateChannel).length(1, 64).pattern("^[a-z0-9\\-]+$"),
        field("Proxy", &P::proxy).length(0, 255), field("ChangedAt", &P::changedAt),
        field("ChangedBy", &P::changedBy).omitEmpty(), field("Nodes", &P::nodes),
        field("IsForNewNodes", &P::isForNewNodes));
}

QString profileNameOf(const QString &iamRole); // of "name" and of "service-role/name"
wire::NodeProfile wireProfile(const NodeProfile &profile);

}
