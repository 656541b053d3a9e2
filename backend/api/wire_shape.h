#pragma once
// What AWS's service model demands of a call's shape where our services are more lenient: the console and the control socket may leave out what
// an SDK must give. Asked before an operation of the wire is called. Pure; any thread.

#include "backend/core/result.h"

#include <QJsonObject>
#include <QString>

namespace fb {

// ValidationException naming the member. A member of another type is left to the operation, which refuses it by itself.
Result<void> checkWireShape(const QString &operation, const QJsonObject &input);

}
