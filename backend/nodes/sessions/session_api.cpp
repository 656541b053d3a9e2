#include "backend/nodes/sessions/session_api.h"

#include "backend/api/operation_table.h"
#include "backend/nodes/sessions/session_service.h"

#include <QJsonObject>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    struct SessionIdRequest {
        SessionId sessionId;
    };

    constexpr auto fieldsOf(const SessionIdRequest *)
    {
        return fieldTable(field("SessionId", &SessionIdRequest::sessionId).required().length(1, 96));
    }

    struct TargetRequest {
        NodeId target;
    };

    constexpr auto fieldsOf(const TargetRequest *)
    {
        return fieldTable(field("Target", &TargetRequest::target).required().length(1, 400));
    }
}

void bindSessions(OperationTable &operations, SessionService &sessions)
{
    operations.add(u"DescribeSessions"_s,
                   [&sessions](const Principal &who, const QJsonObject &input) -> Result<QJsonObject> {
                       const auto request = fromJson<DescribeSessionsRequest>(input);
                       if (!request)
                           return request.error();
                       const auto page = sessions.describeSessions(who, *request);
                       return page ? Result<QJsonObject>(toJson(*page)) : Result<QJsonObject>(page.error());
                   });
    operations.addOwnMembers(u"DescribeSessions"_s, u"Sessions"_s,
                             {u"SessionType"_s, u"RunAs"_s, u"Client"_s, u"BytesIn"_s, u"BytesOut"_s,
                              u"Recorded"_s, u"RecordingRemovedDate"_s, u"RecordingHash"_s, u"ExitCode"_s});
    operations.add(u"TerminateSession"_s,
                   [&sessions](const Principal &who, const QJsonObject &input) -> Result<QJsonObject> {
                       const auto request = fromJson<SessionIdRequest>(input);
                       if (!request)
                           return request.error();
                       const auto id = sessions.terminateSession(who, request->sessionId);
                       if (!id)
                           return id.error();
                       return QJsonObject {{u"SessionId"_s, toQString(*id)}};
                   });
    operations.add(u"GetConnectionStatus"_s,
                   [&sessions](const Principal &who, const QJsonObject &input) -> Result<QJsonObject> {
                       const auto request = fromJson<TargetRequest>(input);
                       if (!request)
                           return request.error();
                       const auto connected = sessions.isConnected(who, request->target);
                       if (!connected)
                           return connected.error();
                       return QJsonObject {{u"Target"_s, toQString(request->target)},
                                           {u"Status"_s, *connected ? u"connected"_s : u"notconnected"_s}};
                   });
}

}
