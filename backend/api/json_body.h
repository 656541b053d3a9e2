#pragma once
// JSON bodies of the AWS wire, strictly: one object, no key twice, bounded in depth and size before it is built. Any thread.

#include "backend/core/result.h"

#include <QJsonObject>

#include <string>
#include <string_view>

namespace fb {

// An empty body is an empty object. SerializationException names line and column.
Result<QJsonObject> readJsonBody(std::string_view body);
std::string writeJsonBody(const QJsonObject &object);

}
