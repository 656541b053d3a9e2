#include "backend/nodes/agentbuilds/agent_build_api.h"

#include "backend/api/operation_table.h"
#include "backend/base/fail.h"
#include "backend/nodes/agentbuilds/agent_build_service.h"

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    struct KeyRequest {
        QString releaseKey;
    };
    constexpr auto fieldsOf(const KeyRequest *)
    {
        return fieldTable(field("ReleaseKey", &KeyRequest::releaseKey).required().pattern("[0-9a-fA-F]{64}"));
    }
}

void bindAgentBuilds(OperationTable &operations, AgentBuildService &builds)
{
    operations.add(u"ListAgentBuilds"_s, [&builds](const Principal &who, const QJsonObject &) {
        return builds.listAgentBuilds(who).map([](const AgentBuildList &list) { return toJson(list); });
    });
    operations.add(u"RemoveAgentBuild"_s, [&builds](const Principal &who, const QJsonObject &input) {
        return fromJson<AgentBuildName>(input)
            .andThen([&](const AgentBuildName &name) { return builds.removeAgentBuild(who, name); })
            .map([] { return QJsonObject(); });
    });
    operations.add(u"SetReleaseKey"_s, [&builds](const Principal &who, const QJsonObject &input) {
        return fromJson<KeyRequest>(input)
            .andThen([&](const KeyRequest &request) {
                return builds.setReleaseKey(who, QByteArray::fromHex(request.releaseKey.toLatin1()));
            })
            .map([] { return QJsonObject(); });
    });
}

}
