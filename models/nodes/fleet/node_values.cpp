#include "models/nodes/fleet/node_values.h"

#include "backend/base/qt_text.h"
#include "backend/core/text_safety.h"
#include "backend/nodes/profiles/node_profile.h"
#include "models/table/visible_text.h"

#include <QJsonDocument>

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    constexpr auto kSilentAfter = std::chrono::seconds(40); // spec/fleet-manager.md 3.1

    PingState pingOf(const Node &node, Instant now)
    {
        switch (node.state) {
        case NodeState::Registered:
            return PingState::Registered;
        case NodeState::Quarantined:
            return PingState::Quarantined;
        case NodeState::Active:
        case NodeState::Deregistered:
            break;
        }
        if (node.ping == PingStatus::ConnectionLost)
            return PingState::ConnectionLost;
        return node.lastPing && now - *node.lastPing > kSilentAfter ? PingState::Silent : PingState::Online;
    }
}

NodeRow nodeRowOf(const Node &node, Instant now)
{
    NodeRow row;
    row.id = toQString(node.id);
    // What nodes say of themselves shows by itself everywhere (security U04).
    row.name = node.shownName().isEmpty() ? row.id : visibleText(node.shownName());
    row.ping = pingOf(node, now);
    row.lastPing = node.lastPing.value_or(Instant());
    row.platform = visibleText(u"%1 %2"_s.arg(node.platformName, node.platformVersion).trimmed());
    row.agentVersion = visibleText(node.agentVersion);
    row.machine = visibleText(u"%1 %2"_s.arg(node.platformType, node.architecture).trimmed());
    row.address = visibleText(node.ipAddress);
    for (auto tag = node.tags.constBegin(); tag != node.tags.constEnd(); ++tag) {
        row.tags << tag.key() + u'=' + tag.value();
        row.tagPairs.append({tag.key(), tag.value()});
    }
    row.registered = node.registeredAt;
    row.hardware = node.hardwareFlag == HardwareFlag::PossibleClone ? HardwareState::PossibleClone
        : node.hardwareFlag == HardwareFlag::HardwareChanged        ? HardwareState::Changed
                                                                    : HardwareState::AsRegistered;
    row.activationId = toQString(node.activation);
    row.profile = visibleText(profileNameOf(node.iamRole));
    return row;
}

NodeRoomValues roomValuesOf(const NodeRoom &room)
{
    return {.isSpoolFull = room.isSpoolFull,
            .spoolBytes = room.spoolBytes,
            .spoolLimit = room.spoolLimit,
            .spoolDropped = room.spoolDropped,
            .isLogFull = room.isLogFull,
            .logLost = room.logLost};
}

NodeDetail nodeDetailOf(const Node &node, Instant now)
{
    NodeDetail detail;
    detail.node = nodeRowOf(node, now);
    detail.kernel = node.kernel;
    detail.architecture = node.architecture;
    detail.cpuModel = node.cpuModel;
    detail.cpuCount = node.cpuCount;
    detail.memoryBytes = node.memoryBytes;
    detail.bootedAt = node.bootTime.value_or(Instant());
    detail.givenName = node.name;
    detail.computerName = node.computerName;
    detail.virtualization = node.virtualization;
    detail.timeZone = node.timeZone;
    detail.runsAs = node.runAsUser;
    detail.raw = toQString(
        withVisibleEscapes(QJsonDocument(toJson(node)).toJson(QJsonDocument::Indented).toStdString()));
    return detail;
}

}
