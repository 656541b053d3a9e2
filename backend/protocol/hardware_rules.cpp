#include "backend/protocol/hardware_rules.h"

namespace fb::protocol {

namespace {

    // Every machine without a network has this one.
    bool namesAMachine(std::string_view address)
    {
        return !address.empty() && !address.starts_with("127.") && address != "::1";
    }

}

std::array<std::string_view, kHardwareValues> hardwareValues(const wire::HardwareRecord &record)
{
    return {record.machine_id(), record.cpu(),        record.memory(), record.bios(), record.system(),
            record.hostname(),   record.ip_address(), record.mac(),    record.disks()};
}

int equalHardwareValues(const wire::HardwareRecord &stored, const wire::HardwareRecord &current)
{
    const auto before = hardwareValues(stored);
    const auto now = hardwareValues(current);
    int equal = 0;
    for (size_t i = 0; i < before.size(); ++i)
        equal += before[i] == now[i] ? 1 : 0;
    return equal;
}

bool isSameHardware(const wire::HardwareRecord &stored, const wire::HardwareRecord &current)
{
    return equalHardwareValues(stored, current) == kHardwareValues;
}

bool isOtherMachine(const wire::HardwareRecord &stored, const wire::HardwareRecord &current)
{
    return !stored.machine_id().empty() && !current.machine_id().empty()
        && stored.machine_id() != current.machine_id();
}

MachineLikeness compareMachines(const wire::HardwareRecord &stored, const wire::HardwareRecord &current,
                                int threshold)
{
    if (isOtherMachine(stored, current))
        return MachineLikeness::Other;
    if (namesAMachine(current.ip_address()) && stored.ip_address() == current.ip_address())
        return MachineLikeness::Same;
    if (threshold == kLikenessOff
        || equalHardwareValues(stored, current) * 100 >= threshold * kHardwareValues)
        return MachineLikeness::Same;
    return MachineLikeness::Drifted;
}

}
