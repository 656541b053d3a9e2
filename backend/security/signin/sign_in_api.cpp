#include "backend/security/signin/sign_in_api.h"

#include "backend/api/operation_table.h"
#include "backend/security/signin/sign_in_service.h"

#include <QJsonArray>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    struct SessionRequest {
        QString name;
        QString sessionId;
    };

    constexpr auto fieldsOf(const SessionRequest *)
    {
        using R = SessionRequest;
        return fieldTable(field("Name", &R::name).length(0, 64),
                          field("SessionId", &R::sessionId).length(0, 64));
    }
}

void bindSignIn(OperationTable &operations, SignInService &signIn)
{
    operations.add(u"ListOperatorSessions"_s, [&signIn](const Principal &who, const QJsonObject &input) {
        return fromJson<SessionRequest>(input)
            .andThen([&](const SessionRequest &request) { return signIn.sessions(who, request.name); })
            .map([](const QList<OperatorSession> &all) {
                QJsonArray array;
                for (const OperatorSession &session : all)
                    array.append(toJson(session));
                return QJsonObject {{u"Sessions"_s, array}};
            });
    });
    operations.add(u"EndOperatorSession"_s, [&signIn](const Principal &who, const QJsonObject &input) {
        return fromJson<SessionRequest>(input)
            .andThen([&](const SessionRequest &request) { return signIn.endSession(who, request.sessionId); })
            .map([] { return QJsonObject(); });
    });
    operations.add(u"ResetTwoStep"_s, [&signIn](const Principal &who, const QJsonObject &input) {
        return fromJson<SessionRequest>(input)
            .andThen([&](const SessionRequest &request) { return signIn.resetTwoStep(who, request.name); })
            .map([] { return QJsonObject(); });
    });
}

}
