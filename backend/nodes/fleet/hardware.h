#pragma once
// The hardware record of a node, and what differs from it (spec/fleet-manager.md B3.4). Plain values.

#include "backend/base/field_table.h"
#include "backend/core/clock.h"
#include "backend/core/ids.h"

#include <array>
#include <optional>

namespace fb::wire {
class HardwareRecord;
}

namespace fb {

struct NodeHardware {
    QString machineId;
    QString cpu;
    QString memory;
    QString bios;
    QString system;
    QString hostname;
    QString ipAddress;
    QString mac;
    QString disks;
    bool operator==(const NodeHardware &) const = default;
};

template <std::same_as<NodeHardware> H>
constexpr auto fieldsOf(const H *)
{
    return fieldTable(field("MachineId", &H::machineId), field("Cpu", &H::cpu), field("Memory", &H::memory),
                      field("Bios", &H::bios), field("System", &H::system), field("Hostname", &H::hostname),
                      field("IPAddress", &H::ipAddress), field("Mac", &H::mac), field("Disks", &H::disks));
}

NodeHardware reportedHardware(const wire::HardwareRecord &record); // made harmless to store and show
wire::HardwareRecord wireHardware(const NodeHardware &hardware); // to compare by protocol/hardware_rules.h
qint64 hardwareDigest(const NodeHardware &hardware); // equal records have equal ones; never 0

enum class HardwareCause {
    FingerprintMismatch, // another machine has this node's key: it was refused
    DuplicateNode, // two machines are connected as this node
    HardwareChanged, // the same machine id, but too little else is as it was
};

constexpr auto namesOf(const HardwareCause *)
{
    using C = HardwareCause;
    return std::array {EnumName<C> {C::FingerprintMismatch, "FingerprintMismatch"},
                       EnumName<C> {C::DuplicateNode, "DuplicateNode"},
                       EnumName<C> {C::HardwareChanged, "HardwareChanged"}};
}

// What a machine said of itself that is not as the accepted one.
struct HardwareDifference {
    NodeId node;
    HardwareCause cause = HardwareCause::FingerprintMismatch;
    NodeHardware accepted; // empty: the node has told none yet
    NodeHardware other;
    QString fingerprint; // of the other
    QString address; // where it dialled from
    Instant seenAt {};
    bool operator==(const HardwareDifference &) const = default;
};

template <std::same_as<HardwareDifference> D>
constexpr auto fieldsOf(const D *)
{
    return fieldTable(field("InstanceId", &D::node), field("Cause", &D::cause),
                      field("Accepted", &D::accepted), field("Other", &D::other),
                      field("Fingerprint", &D::fingerprint), field("Address", &D::address),
                      field("SeenAt", &D::seenAt));
}

}
