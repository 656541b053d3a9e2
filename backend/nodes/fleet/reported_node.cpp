#include "backend/base/reported_text.h"
#include "backend/nodes/fleet/fleet_service.h"
#include "backend/protocol/flagbridge.pb.h"

#include <algorithm>

namespace fb {

Node reportedNode(const NodeId &id, const wire::NodeFacts &facts, const std::string &agentVersion,
                  const std::string &fingerprint)
{
    Node node;
    node.id = id;
    node.computerName = reportedText(facts.computer_name(), 255);
    node.platformType = reportedText(facts.platform_type(), 16);
    node.platformName = reportedText(facts.platform_name(), 128);
    node.platformVersion = reportedText(facts.platform_version(), 64);
    node.agentVersion = reportedText(agentVersion, 32);
    node.ipAddress = reportedText(facts.ip_address(), 46);
    node.kernel = reportedText(facts.kernel(), 128);
    node.architecture = reportedText(facts.architecture(), 32);
    node.cpuModel = reportedText(facts.cpu_model(), 128);
    node.cpuCount = static_cast<int>(std::min<uint32_t>(facts.cpu_count(), 65536));
    node.memoryBytes = static_cast<qint64>(std::min<uint64_t>(facts.memory_bytes(), INT64_MAX));
    if (facts.has_boot_time_us())
        node.bootTime = fromMicros(facts.boot_time_us());
    node.timeZone = reportedText(facts.time_zone(), 64);
    node.virtualization = reportedText(facts.virtualization(), 64);
    node.runsAsRoot = facts.runs_as_root();
    node.runAsUser = reportedText(facts.run_as_user(), 100);
    node.machineId = reportedText(facts.machine_id(), 64);
    node.fingerprint = reportedText(fingerprint, 64);
    return node;
}

}
