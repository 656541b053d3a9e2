#include "backend/control/control_message.h"

#include "backend/base/fail.h"
#include "backend/base/qt_text.h"

#include <QJsonDocument>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    QByteArray lineOf(const QJsonObject &object)
    {
        return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
    }
}

Result<ControlCall> parseControlCall(const QByteArray &line)
{
    QJsonParseError failure;
    const QJsonObject object = QJsonDocument::fromJson(line, &failure).object();
    if (failure.error != QJsonParseError::NoError)
        return fail(errors::kValidation, u"The line is not a JSON object: %1."_s.arg(failure.errorString()));
    const QJsonValue id = object[u"id"];
    if (!id.isDouble())
        return fail(errors::kValidation, u"id is missing; number each call."_s, u"id"_s);
    const QJsonValue input = object[u"input"];
    if (!input.isUndefined() && !input.isObject())
        return fail(errors::kValidation, u"input must be an object."_s, u"input"_s);
    return ControlCall {.id = id.toInteger(),
                        .operation = object[u"operation"].toString(),
                        .input = input.toObject(),
                        .end = object[u"end"].toBool()};
}

QByteArray controlCallLine(const ControlCall &call)
{
    QJsonObject object {{u"id"_s, call.id}};
    if (!call.operation.isEmpty())
        object[u"operation"] = call.operation;
    if (!call.input.isEmpty())
        object[u"input"] = call.input;
    if (call.end)
        object[u"end"] = true;
    return lineOf(object);
}

QByteArray controlOutputLine(qint64 id, const QJsonObject &output)
{
    return lineOf({{u"id"_s, id}, {u"output"_s, output}});
}

QByteArray controlEventLine(qint64 id, const QJsonObject &event)
{
    return lineOf({{u"id"_s, id}, {u"event"_s, event}});
}

QByteArray controlErrorLine(qint64 id, const Error &error)
{
    return lineOf({{u"id"_s, id}, {u"error"_s, errorToJson(error)}});
}

QJsonObject errorToJson(const Error &error)
{
    QJsonObject object {{u"code"_s, toQString(error.code.name())}, {u"message"_s, toQString(error.message)}};
    if (!error.field.empty())
        object[u"field"] = toQString(error.field);
    return object;
}

Error errorFromJson(const QJsonObject &json)
{
    return makeError(errorCodeNamed(toStd(json[u"code"].toString())), toStd(json[u"message"].toString()),
                     toStd(json[u"field"].toString()));
}

}
