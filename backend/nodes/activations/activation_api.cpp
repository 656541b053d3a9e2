#include "backend/nodes/activations/activation_api.h"

#include "backend/api/operation_table.h"
#include "backend/nodes/activations/activation_service.h"

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
}

void bindActivations(OperationTable &operations, ActivationService &activations)
{
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
}

}
