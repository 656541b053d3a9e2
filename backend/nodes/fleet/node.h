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

constexpr auto fieldsOf(const Node *)
{
    return fieldTable(
        field("InstanceId", &Node::id), field("Name", &Node::name).omitEmpty().length(0, 255),
        field("State", &Node::state), field("PingStatus", &Node::ping),
        field("PingReason", &Node::pingReason).omitEmpty(), field("LastPingDateTime", &Node::lastPing),
        field("ComputerName", &Node::computerName), field("PlatformType", &Node::platformType),
        field("PlatformName", &Node::platformName), field("PlatformVersion", &Node::platformVersion),
        field("AgentVersion", &Node::agentVersion), field("IPAddress", &Node::ipAddress),
        field("Kernel", &Node::kernel).omitEmpty(), field("Architecture", &Node::architecture).omitEmpty(),
        field("CpuModel", &Node::cpuModel).omitEmpty(), field("CpuCount", &Node::cpuCount),
        field("MemoryBytes", &Node::memoryBytes), field("BootTime", &Node::bootTime),
        field("TimeZone", &Node::timeZone).omitEmpty(),
        field("Virtualization", &Node::virtualization).omitEmpty(), field("RunsAsRoot", &Node::runsAsRoot),
        field("RunAsUser", &Node::runAsUser).omitEmpty(), field("HardwareFlag", &Node::hardwareFlag),
        field("ActivationId", &Node::activation), field("IamRole", &Node::iamRole),
        field("RegistrationDate", &Node::registeredAt), field("SourceId", &Node::sourceId).omitEmpty(),
        field("ResourceType", &Node::resourceType), field("SourceType", &Node::sourceType),
        field("Tags", &Node::tags));
}

struct NodeFilter {
    QString
        key; // InstanceIds, AgentVersion, PingStatus, PlatformTypes, ActivationIds, IamRole, ResourceType, SourceIds, tag-key, tag:<k>
    QStringList values;
    bool operator==(const NodeFilter &) const = default;
};

constexpr auto fieldsOf(const NodeFilter *)
{
    return fieldTable(field("Key", &NodeFilter::key).required().length(1, 163),
                      field("Values", &NodeFilter::values).required().items(1, 100).length(1, 256));
}

struct DescribeInstanceInformationRequest {
    QList<NodeFilter> filters; // values OR, keys AND
    int maxResults = 50;
    QString nextToken;
};

constexpr auto fieldsOf(const DescribeInstanceInformationRequest *)
{
    using Request = DescribeInstanceInformationRequest;
    return fieldTable(field("Filters", &Request::filters),
                      field("MaxResults", &Request::maxResults).range(5, 50),
                      field("NextToken", &Request::nextToken).omitEmpty());
}

struct DescribeInstanceInformationResult {
    QList<Node> nodes;
    QString nextToken;
};

constexpr auto fieldsOf(const DescribeInstanceInformationResult *)
{
    using Answer = DescribeInstanceInformationResult;
    return fieldTable(field("InstanceInformationList", &Answer::nodes),
                      field("NextToken", &Answer::nextToken).omitEmpty());
}

struct Tag {
    QString key;
    QString value;
    bool operator==(const Tag &) const = default;
};

constexpr auto fieldsOf(const Tag *)
{
    return fieldTable(field("Key", &Tag::key).required().length(1, 128),
                      field("Value", &Tag::value).length(0, 256));
}

inline constexpr int kMaxTags = 50;

// The tags put upon `before`. ValidationException for a bad or reserved key (aws:), TooManyTagsError beyond 50.
Result<TagMap> withTags(TagMap before, const QList<Tag> &added);

}
