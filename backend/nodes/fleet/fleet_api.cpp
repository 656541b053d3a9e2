#include "backend/nodes/fleet/fleet_api.h"

#include "backend/api/operation_table.h"
#include "backend/base/fail.h"
#include "backend/nodes/fleet/fleet_service.h"

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    struct NodeRequest {
        NodeId instanceId;
        QString name;
    };

    constexpr auto fieldsOf(const NodeRequest *)
    {
        return fieldTable(field("InstanceId", &NodeRequest::instanceId).required(),
                          field("Name", &NodeRequest::name));
    }

    QJsonObject nothing() { return {}; }
}

void bindFleet(OperationTable &operations, FleetService &fleet)
{
    operations.add(
        u"DescribeInstanceInformation"_s, [&fleet](const Principal &who, const QJsonObject &input) {
            return fromJson<DescribeInstanceInformationRequest>(input)
                .andThen([&](const auto &request) { return fleet.describeInstanceInformation(who, request); })
                .map([](const auto &answer) { return toJson(answer); });
        });
    operations.add(u"DescribeInstanceProperties"_s, [&fleet](const Principal &who, const QJsonObject &input) {
        return fromJson<DescribeInstancePropertiesRequest>(input)
            .andThen([&](const auto &request) { return fleet.describeInstanceProperties(who, request); })
            .map([](const auto &answer) { return toJson(answer); });
    });
    operations.add(u"DeregisterManagedInstance"_s, [&fleet](const Principal &who, const QJsonObject &input) {
        return fromJson<NodeRequest>(input)
            .andThen([&](const NodeRequest &request) { return fleet.deregister(who, request.instanceId); })
            .map(nothing);
    });
    operations.add(u"QuarantineNode"_s, [&fleet](const Principal &who, const QJsonObject &input) {
        return fromJson<NodeRequest>(input)
            .andThen([&](const NodeRequest &request) { return fleet.quarantine(who, request.instanceId); })
            .map(nothing);
    });
    operations.add(u"ReleaseNode"_s, [&fleet](const Principal &who, const QJsonObject &input) {
        return fromJson<NodeRequest>(input)
            .andThen([&](const NodeRequest &request) { return fleet.release(who, request.instanceId); })
            .map(nothing);
    });
    operations.add(u"RenameNode"_s, [&fleet](const Principal &who, const QJsonObject &input) {
        return fromJson<NodeRequest>(input)
            .andThen([&](const NodeRequest &request) {
                return fleet.rename(who, request.instanceId, request.name);
            })
            .map(nothing);
    });
    operations.addOwnMembers(u"DescribeInstanceProperties"_s, u"InstanceProperties"_s,
                             {u"BootTime"_s, u"CpuCount"_s, u"CpuModel"_s, u"HardwareFlag"_s, u"Kernel"_s,
                              u"MemoryBytes"_s, u"PingReason"_s, u"RunAsUser"_s, u"RunsAsRoot"_s, u"State"_s,
                              u"Tags"_s, u"TimeZone"_s, u"Virtualization"_s});
    operations.addOwnMembers(u"DescribeInstanceInformation"_s, u"InstanceInformationList"_s,
                             {u"Architecture"_s, u"BootTime"_s, u"CpuCount"_s, u"CpuModel"_s,
                              u"HardwareFlag"_s, u"Kernel"_s, u"MemoryBytes"_s, u"PingReason"_s,
                              u"RunAsUser"_s, u"RunsAsRoot"_s, u"State"_s, u"Tags"_s, u"TimeZone"_s,
                              u"Virtualization"_s});
}

}
