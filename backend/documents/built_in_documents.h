#pragma once
// The documents that come with the program: one file each in resources/documents, named as the document. Any thread.

#include "backend/core/result.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace fb {

struct BuiltInDocument {
    QString name;
    QString documentType;
    QString format; // JSON or YAML
    QByteArray content;
    bool isEditable = false; // owned by the account: brought once, then the operator's
};

// The files of a folder, by name; those of the program by default. InternalServerError naming a file that can't be read or parsed.
Result<QList<BuiltInDocument>> builtInDocuments(const QString &folder = QStringLiteral(":/documents"));

}
