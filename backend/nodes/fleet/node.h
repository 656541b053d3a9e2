#pragma once
// A managed node as Fleet Manager stores and shows it. Plain values. Field meanings: spec/fleet-manager.md section 2.

#include "backend/base/compact_text.h"
#include "backend/base/field_table.h"
#include "backend/core/clock.h"
#include "backend/core/ids.h"
#include "backend/nodes/fleet/ping_monitor.h"

#include <QMap>
#include <QString>

#include <array>
#include <optional>

namespace fb {

enum class NodeState {
    Registered, // a certificate was issued, it never connected
    Active, // has connected at least once; PingStatus tells the rest
    Quarantined, // may connect, gets nothing but "identify"
    Deregistered, // its certificates are revoked; hidden from lists
};

constexpr auto namesOf(const NodeState *)
{
    return std::array {EnumName<NodeState> {NodeState::Registered, "Registered"},
                       EnumName<NodeState> {NodeState::Active, "Active"},
                       EnumName<NodeState> {NodeState::Quarantined, "Quarantined"},
                       EnumName<NodeState> {NodeState::Deregistered, "Deregistered"}};
}

constexpr auto namesOf(const PingStatus *)
{
    return std::array {EnumName<PingStatus> {PingStatus::Online, "Online"},
                       EnumName<PingStatus> {PingStatus::ConnectionLost, "ConnectionLost"}};
}

// What an operator should know of its hardware (HardwareService).
enum class HardwareFlag : char { None, HardwareChanged, PossibleClone };

constexpr auto namesOf(const HardwareFlag *)
{
    return std::array {EnumName<HardwareFlag> {HardwareFlag::None, "None"},
                       EnumName<HardwareFlag> {HardwareFlag::HardwareChanged, "HardwareChanged"},
                       EnumName<HardwareFlag> {HardwareFlag::PossibleClone, "PossibleClone"}};
}

using TagMap = QMap<QString, QString>;

inline const CompactText kManagedInstance {QStringLiteral("ManagedInstance")};
inline const CompactText kManagedInstanceSource {QStringLiteral("AWS::SSM::ManagedInstance")};

// A large fleet is held in memory, so its texts are compact.
struct Node {
    NodeId id;
    CompactText name; // the operator's; ComputerName is shown where it is empty
    NodeState state = NodeState::Registered;
    PingStatus ping = PingStatus::ConnectionLost;
    CompactText pingReason; // "connected", "link lost", "stopped", "rebooting"
    std::optional<Instant> lastPing;
    CompactText computerName;
    CompactText platformType; // Linux, Windows, MacOS
    CompactText platformName;
    CompactText platformVersion;
    CompactText agentVersion;
    CompactText ipAddress;
    CompactText kernel;
    CompactText architecture;
    CompactText cpuModel;
    int cpuCount = 0;
    qint64 memoryBytes = 0;
    std::optional<Instant> bootTime;
    CompactText timeZone;
    CompactText virtualization;
    bool runsAsRoot = false;
    HardwareFlag hardwareFlag = HardwareFlag::None;
    CompactText runAsUser; // the agent's own user
    CompactText machineId;
    CompactText fingerprint;
    ActivationId activation;
    CompactText iamRole; // node profile
    Instant registeredAt {};
    CompactText sourceId;
    CompactText resourceType = kManagedInstance;
    CompactText sourceType = kManagedInstanceSource;
    qint64 leaseEpoch = 0;
    qint64 hardwareDigest = 0; // of the accepted record; 0: none yet
    TagMap tags;

    bool operator==(const Node &) const = default;
    const CompactText &shownName() const { return name.isEmpty() ? computerName : name; }
};

template <std::same_as<Node> T>
constexpr auto fieldsOf(const T *)
{
    return fieldTable(
        field("InstanceId", &T::id), field("Name", &T::name).omitEmpty().length(0, 255),
        field("State", &T::state), field("PingStatus", &T::ping),
        field("PingReason", &T::pingReason).omitEmpty(), field("LastPingDateTime", &T::lastPing),
        field("ComputerName", &T::computerName), field("PlatformType", &T::platformType),
        field("PlatformName", &T::platformName), field("PlatformVersion", &T::platformVersion),
        field("AgentVersion", &T::agentVersion), field("IPAddress", &T::ipAddress),
        field("Kernel", &T::kernel).omitEmpty(), field("Architecture", &T::architecture).omitEmpty(),
        field("CpuModel", &T::cpuModel).omitEmpty(), field("CpuCount", &T::cpuCount),
        field("MemoryBytes", &T::memoryBytes), field("BootTime", &T::bootTime),
        field("TimeZone", &T::timeZone).omitEmpty(), field("Virtualization", &T::virtualization).omitEmpty(),
        field("RunsAsRoot", &T::runsAsRoot), field("RunAsUser", &T::runAsUser).omitEmpty(),
        field("HardwareFlag", &T::hardwareFlag), field("ActivationId", &T::activation),
        field("IamRole", &T::iamRole), field("RegistrationDate", &T::registeredAt),
        field("SourceId", &T::sourceId).omitEmpty(), field("ResourceType", &T::resourceType),
        field("SourceType", &T::sourceType), field("Tags", &T::tags));
}

struct Tag {
    QString key;
    QString value;
    bool operator==(const Tag &) const = default;
};

template <std::same_as<Tag> T>
constexpr auto fieldsOf(const T *)
{
    return fieldTable(field("Key", &T::key).required().length(1, 128),
                      field("Value", &T::value).length(0, 256));
}

inline constexpr int kMaxTags = 50;

// The tags put upon `before`. ValidationException for a bad or reserved key (aws:), TooManyTagsError beyond 50.
Result<TagMap> withTags(TagMap before, const QList<Tag> &added);

}
