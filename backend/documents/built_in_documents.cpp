#include "backend/documents/built_in_documents.h"

#include "backend/base/fail.h"
#include "backend/documents/document_names.h"
#include "backend/language/document.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace fb {

using namespace Qt::StringLiterals;

Result<QList<BuiltInDocument>> builtInDocuments(const QString &folder)
{
    QList<BuiltInDocument> documents;
    const QStringList files = QDir(folder).entryList({u"*.json"_s, u"*.yaml"_s}, QDir::Files, QDir::Name);
    for (const QString &fileName : files) {
        QFile file(folder + u'/' + fileName);
        if (!file.open(QIODevice::ReadOnly))
            return fail(errors::kInternal, u"The built-in document %1 cannot be read."_s.arg(fileName));
        BuiltInDocument document {
            .name = fileName.chopped(5), .documentType = {}, .format = {}, .content = file.readAll()};
        const DocumentFormat format
            = fileName.endsWith(u".yaml"_s) ? DocumentFormat::Yaml : DocumentFormat::Json;
        document.format = toQString(documentFormatName(format));
        document.isEditable = document.name == QLatin1StringView(kSessionPreferencesDocument);
        const auto type = impliedDocumentType(viewOf(document.content), format);
        if (!type)
            return fail(errors::kInternal, u"The built-in document %1 has no type."_s.arg(fileName));
        if (auto parsed = parseDocument(viewOf(document.content), format, *type); !parsed)
            return fail(
                errors::kInternal,
                u"The built-in document %1 is wrong: %2"_s.arg(fileName, toQString(parsed.error().message)));
        document.documentType = toQString(documentTypeName(*type));
        documents.append(document);
    }
    return documents;
}

}
