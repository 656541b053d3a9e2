#include "app/engine/file_upload.h"

#include "backend/base/fail.h"
#include "backend/control/control_client.h"

#include <QCryptographicHash>
#include <QFile>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr qint64 kPiece = 256 * 1024;
    constexpr qint64 kUploadCall = 1;
}

Result<QJsonObject> uploadFile(ControlClient &engine, const QString &operation, const QJsonObject &start,
                               QFile &file)
{
    if (auto sent = engine.send({.id = kUploadCall, .operation = operation, .input = start}); !sent)
        return sent.error();
    for (;;) {
        while (const auto line = engine.takeLine()) {
            if (line->contains(u"output"_s))
                return (*line)[u"output"].toObject();
            if (line->contains(u"error"_s))
                return errorFromJson((*line)[u"error"].toObject());
            const QByteArray piece = file.read(kPiece);
            if (piece.isEmpty())
                continue;
            const QJsonObject input {{u"Bytes"_s, QString::fromLatin1(piece.toBase64())}};
            if (auto sent = engine.send({.id = kUploadCall, .input = input}); !sent)
                return sent.error();
        }
        if (auto more = engine.readSome(); !more)
            return more.error();
    }
}

Result<QString> hashOfFile(QFile &file, const QString &option)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    if ((!file.isOpen() && !file.open(QIODevice::ReadOnly)) || !hash.addData(&file) || !file.seek(0))
        return fail(errors::kValidation,
                    u"--%1: %2 cannot be read: %3."_s.arg(option, file.fileName(), file.errorString()),
                    option);
    return QString::fromLatin1(hash.result().toHex());
}

}
