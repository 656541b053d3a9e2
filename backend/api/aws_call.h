#pragma once
// An HTTP request of the AWS wire as a call of the operation table, and the answer as HTTP: AWS JSON 1.1 for ssm, REST-JSON for the
// services of `restRoutes()`. Shapes are those of the service models (spec: design 9). Any thread.

#include "backend/api/http_request.h"
#include "backend/core/result.h"

#include <QJsonObject>
#include <QString>

#include <string>
#include <string_view>

namespace fb {

enum class WireProtocol { Json, RestJson };

struct AwsCall {
    WireProtocol protocol = WireProtocol::Json;
    QString operation; // as the operation table knows it
    QJsonObject input;
    int status = 200; // of a success
    QString region {}; // of the credential's scope: ARNs of the answer are in it
};

// `service`: of the credential's scope. UnknownOperationException for what the service does not have: a name of ours that is no AWS
// operation is as unknown as any other. SerializationException for a body that is no JSON object.
Result<AwsCall> readAwsCall(const HttpRequest &request, std::string_view service);

// Which protocol a refusal is worded in, before a call could be read.
WireProtocol protocolOf(const HttpRequest &request);

HttpAnswer successAnswer(const AwsCall &call, const QJsonObject &output, const std::string &requestId);
HttpAnswer errorAnswer(WireProtocol protocol, const Error &error, const std::string &requestId);

}
