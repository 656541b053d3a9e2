#pragma once
// The lines of the control socket: one JSON object each, at most kMaxControlLine bytes.
//   client -> engine   {"id":1,"operation":"SendCommand","input":{...}}     a call
//                      {"id":1,"input":{...}}                               more input for an open stream (bytes for a shell)
//                      {"id":1,"end":true}                                  the client is done with the stream
//   engine -> client   {"id":1,"output":{...}} | {"id":1,"error":{"code","message","field"}}    the answer; ends the call
//                      {"id":1,"event":{...}}                               any number before it, from a streaming operation
// Pure functions; any thread.

#include "backend/core/result.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>

namespace fb {

inline constexpr qsizetype kMaxControlLine = 1024 * 1024;

struct ControlCall {
    qint64 id = 0;
    QString operation; // empty: input or end for call `id`
    QJsonObject input;
    bool end = false;
};

Result<ControlCall> parseControlCall(const QByteArray &line);

QByteArray controlCallLine(const ControlCall &call);
QByteArray controlOutputLine(qint64 id, const QJsonObject &output);
QByteArray controlEventLine(qint64 id, const QJsonObject &event);
QByteArray controlErrorLine(qint64 id, const Error &error);

QJsonObject errorToJson(const Error &error);
Error errorFromJson(const QJsonObject &json);

}
