#include "backend/nodes/fleet/hardware.h"

#include "backend/base/qt_text.h"
#include "backend/base/reported_text.h"
#include "backend/core/byte_encoding.h"
#include "backend/protocol/flagbridge.pb.h"
#include "backend/protocol/hardware_rules.h"

#include <cstring>

namespace fb {

namespace {
    constexpr size_t kMostCharacters = 500;
}

NodeHardware reportedHardware(const wire::HardwareRecord &record)
{
    const auto text = [](const std::string &bytes) { return reportedText(bytes, kMostCharacters); };
    return {.machineId = text(record.machine_id()),
            .cpu = text(record.cpu()),
            .memory = text(record.memory()),
            .bios = text(record.bios()),
            .system = text(record.system()),
            .hostname = text(record.hostname()),
            .ipAddress = text(record.ip_address()),
            .mac = text(record.mac()),
            .disks = text(record.disks())};
}

wire::HardwareRecord wireHardware(const NodeHardware &hardware)
{
    wire::HardwareRecord record;
    record.set_machine_id(toStd(hardware.machineId));
    record.set_cpu(toStd(hardware.cpu));
    record.set_memory(toStd(hardware.memory));
    record.set_bios(toStd(hardware.bios));
    record.set_system(toStd(hardware.system));
    record.set_hostname(toStd(hardware.hostname));
    record.set_ip_address(toStd(hardware.ipAddress));
    record.set_mac(toStd(hardware.mac));
    record.set_disks(toStd(hardware.disks));
    return record;
}

qint64 hardwareDigest(const NodeHardware &hardware)
{
    std::string all;
    const wire::HardwareRecord record = wireHardware(hardware);
    for (const std::string_view value : protocol::hardwareValues(record)) {
        all += value;
        all += '\0';
    }
    qint64 digest = 0;
    std::memcpy(&digest, sha256(all).data(), sizeof digest);
    return digest == 0 ? 1 : digest;
}

}
