#include "backend/nodes/fleet/hardware_api.h"

#include "backend/api/operation_table.h"
#include "backend/nodes/fleet/hardware_service.h"

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    struct HardwareRequest {
        NodeId instanceId;
    };

    constexpr auto fieldsOf(const HardwareRequest *)
    {
        return fieldTable(field("InstanceId", &HardwareRequest::instanceId).required());
    }

    struct HardwareDifferences {
        QList<HardwareDifference> differences;
    };

    constexpr auto fieldsOf(const HardwareDifferences *)
    {
        return fieldTable(field("HardwareDifferences", &HardwareDifferences::differences));
    }
}

void bindHardware(OperationTable &operations, HardwareService &hardware)
{
    operations.add(u"DescribeHardwareDifferences"_s, [&hardware](const Principal &who, const QJsonObject &) {
        return hardware.differences(who).map(
            [](const QList<HardwareDifference> &list) { return toJson(HardwareDifferences {list}); });
    });
    operations.add(u"AcceptHardware"_s, [&hardware](const Principal &who, const QJsonObject &input) {
        return fromJson<HardwareRequest>(input)
            .andThen([&](const HardwareRequest &request) { return hardware.accept(who, request.instanceId); })
            .map([] { return QJsonObject(); });
    });
    operations.add(u"DismissHardware"_s, [&hardware](const Principal &who, const QJsonObject &input) {
        return fromJson<HardwareRequest>(input)
            .andThen(
                [&](const HardwareRequest &request) { return hardware.dismiss(who, request.instanceId); })
            .map([] { return QJsonObject(); });
    });
}

}
