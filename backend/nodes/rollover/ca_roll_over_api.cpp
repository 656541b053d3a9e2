#include "backend/nodes/rollover/ca_roll_over_api.h"

#include "backend/api/operation_table.h"
#include "backend/nodes/rollover/ca_roll_over_service.h"

#include <limits>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    struct CaStepRequest {
        int acceptStragglers = 0;
    };

    constexpr auto fieldsOf(const CaStepRequest *)
    {
        return fieldTable(field("AcceptStragglers", &CaStepRequest::acceptStragglers)
                              .range(0, std::numeric_limits<int>::max()));
    }
}

void bindCaRollOver(OperationTable &operations, CaRollOverService &rollOver)
{
    operations.add(u"DescribeFleetCa"_s, [&rollOver](const Principal &who, const QJsonObject &) {
        return rollOver.status(who).map([](const CaRollOverStatus &status) { return toJson(status); });
    });
    operations.add(u"BeginCaRollOver"_s, [&rollOver](const Principal &who, const QJsonObject &) {
        return rollOver.begin(who).map([] { return QJsonObject(); });
    });
    operations.add(u"IssueFromNextCa"_s, [&rollOver](const Principal &who, const QJsonObject &input) {
        return fromJson<CaStepRequest>(input)
            .andThen(
                [&](const CaStepRequest &request) { return rollOver.issue(who, request.acceptStragglers); })
            .map([] { return QJsonObject(); });
    });
    operations.add(u"RetireCa"_s, [&rollOver](const Principal &who, const QJsonObject &input) {
        return fromJson<CaStepRequest>(input)
            .andThen(
                [&](const CaStepRequest &request) { return rollOver.retire(who, request.acceptStragglers); })
            .map([] { return QJsonObject(); });
    });
}

}
