#pragma once
// A file on its way to the engine over the control socket: the engine asks for each piece, so that its memory and ours stay flat.

#include "backend/core/result.h"

#include <QJsonObject>
#include <QString>

class QFile;

namespace fb {

class ControlClient;

// The answer to `operation`, whose call is `start` and then the bytes of the file, from where it stands.
Result<QJsonObject> uploadFile(ControlClient &engine, const QString &operation, const QJsonObject &start,
                               QFile &file);
// SHA-256 in hex of the whole file; it stands at its begin again.
Result<QString> hashOfFile(QFile &file, const QString &option);

}
