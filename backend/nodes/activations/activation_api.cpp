#include "backend/nodes/activations/activation_api.h"

#include "backend/api/operation_table.h"
#include "backend/base/fail.h"
#include "backend/nodes/activations/activation_service.h"
#include "backend/nodes/activations/approval_service.h"
#include "backend/nodes/fleet/fleet_service.h"

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    struct DeleteRequest {
        ActivationId id;
    };

    constexpr auto fieldsOf(const DeleteRequest *)
    {
        return fieldTable(field("ActivationId", &DeleteRequest::id).required());
    }

    struct NodeOnly {
        NodeId instanceId;
    };

    constexpr auto fieldsOf(const NodeOnly *)
    {
        return fieldTable(field("InstanceId", &NodeOnly::instanceId).required());
    }

    struct PendingApprovals {
        QList<PendingApproval> approvals;
    };

    constexpr auto fieldsOf(const PendingApprovals *)
    {
        return fieldTable(field("PendingApprovals", &PendingApprovals::approvals));
    }

    void bindApprovals(OperationTable &operations, ApprovalService &approvals)
    {
        operations.add(u"DescribePendingApprovals"_s,
                       [&approvals](const Principal &who, const QJsonObject &) {
                           return approvals.pendingApprovals(who).map([](const QList<PendingApproval> &list) {
                               return toJson(PendingApprovals {list});
                           });
                       });
        operations.add(u"ApproveNode"_s, [&approvals](const Principal &who, const QJsonObject &input) {
            return fromJson<NodeOnly>(input)
                .andThen([&](const NodeOnly &request) { return approvals.approve(who, request.instanceId); })
                .map([] { return QJsonObject(); });
        });
        operations.add(u"RejectNode"_s, [&approvals](const Principal &who, const QJsonObject &input) {
            return fromJson<NodeOnly>(input)
                .andThen([&](const NodeOnly &request) { return approvals.reject(who, request.instanceId); })
                .map([] { return QJsonObject(); });
        });
    }
}

void bindActivations(OperationTable &operations, ActivationService &activations, ApprovalService &approvals,
                     const FleetService &fleet)
{
    bindApprovals(operations, approvals);
    operations.add(
        u"CreateReenrolmentToken"_s,
        [&activations, &fleet](const Principal &who, const QJsonObject &input) -> Result<QJsonObject> {
            const auto request = fromJson<NodeOnly>(input);
            if (!request)
                return request.error();
            const Node *node = fleet.node(request->instanceId);
            if (!node)
                return fail(errors::kInvalidInstanceId,
                            u"There is no managed node %1."_s.arg(toQString(request->instanceId).left(64)),
                            u"InstanceId"_s);
            return activations.createReenrolmentToken(who, *node).map([](const auto &made) {
                return toJson(made);
            });
        });
    operations.add(u"CreateActivation"_s, [&activations](const Principal &who, const QJsonObject &input) {
        return fromJson<CreateActivationRequest>(input)
            .andThen([&](const auto &request) { return activations.createActivation(who, request); })
            .map([](const auto &made) { return toJson(made); });
    });
    operations.add(u"DescribeActivations"_s, [&activations](const Principal &who, const QJsonObject &input) {
        return fromJson<DescribeActivationsRequest>(input)
            .andThen([&](const auto &request) { return activations.describeActivations(who, request); })
            .map([](const auto &answer) { return toJson(answer); });
    });
    operations.add(u"DeleteActivation"_s, [&activations](const Principal &who, const QJsonObject &input) {
        return fromJson<DeleteRequest>(input)
            .andThen(
                [&](const DeleteRequest &request) { return activations.deleteActivation(who, request.id); })
            .map([] { return QJsonObject(); });
    });
    operations.addOwnMembers(u"CreateActivation"_s, {}, {u"CaSha256"_s, u"InstallCommand"_s});
    operations.addOwnMembers(u"DescribeActivations"_s, u"ActivationList"_s,
                             {u"AllowedNetworks"_s, u"BoundNode"_s, u"CreatedBy"_s, u"RequiresApproval"_s});
}

}
