#pragma once
// Whether a machine is still the one that a hardware record was taken of (fleet-manager B3.4). The agent and the engine judge by the same
// rules. Pure; any thread.

#include "backend/protocol/flagbridge.pb.h"

#include <array>
#include <string_view>

namespace fb::protocol {

enum class MachineLikeness {
    Same,
    Drifted, // the same machine id, but too few of the other values
    Other, // another machine id
};

inline constexpr int kHardwareValues = 9;
inline constexpr int kDefaultLikeness = 40; // percent of the values that have to be equal
inline constexpr int kLikenessOff = -1; // a threshold that no record falls below

// machine id, CPU, memory, BIOS, system, hostname, address, MAC, disks.
std::array<std::string_view, kHardwareValues> hardwareValues(const wire::HardwareRecord &record);
int equalHardwareValues(const wire::HardwareRecord &stored, const wire::HardwareRecord &current);
bool isSameHardware(const wire::HardwareRecord &stored, const wire::HardwareRecord &current); // all of them

// Rule 1: both say who they are, and differ. A machine id that cannot be read now is no other one.
bool isOtherMachine(const wire::HardwareRecord &stored, const wire::HardwareRecord &current);
// Rules 1 to 4. `threshold`: 1 to 100 percent, or kLikenessOff.
MachineLikeness compareMachines(const wire::HardwareRecord &stored, const wire::HardwareRecord &current,
                                int threshold);

}
