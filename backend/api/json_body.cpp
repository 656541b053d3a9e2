#include "backend/api/json_body.h"

#include "backend/base/fail.h"
#include "backend/base/qt_text.h"
#include "backend/language/tree_text.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <fmt/format.h>

namespace fb {

namespace {
    constexpr TreeLimits kLimits {.bytes = 4 * 1024 * 1024, .depth = 64};

    QJsonValue valueOf(const Tree &tree);

    QJsonObject objectOf(const Tree &tree)
    {
        QJsonObject object;
        for (const TreeMember &member : tree.members())
            object.insert(toQString(member.key), valueOf(member.value));
        return object;
    }

    QJsonValue numberOf(const Tree &tree)
    {
        const QByteArray text = QByteArray::fromStdString(tree.numberText());
        bool isWhole = false;
        const qint64 whole = text.toLongLong(&isWhole);
        return isWhole ? QJsonValue(whole) : QJsonValue(text.toDouble());
    }

    QJsonValue valueOf(const Tree &tree)
    {
        switch (tree.kind()) {
        case Tree::Kind::Null:
            return QJsonValue::Null;
        case Tree::Kind::Bool:
            return tree.boolean();
        case Tree::Kind::Number:
            return numberOf(tree);
        case Tree::Kind::String:
            return toQString(tree.text());
        case Tree::Kind::Map:
            return objectOf(tree);
        case Tree::Kind::List:
            break;
        }
        QJsonArray array;
        for (const Tree &item : tree.items())
            array.append(valueOf(item));
        return array;
    }
}

Result<QJsonObject> readJsonBody(std::string_view body)
{
    if (body.empty())
        return QJsonObject();
    const TreeResult tree = parseJson(body, kLimits);
    if (!tree)
        return makeError(errors::kSerialization,
                         fmt::format("The body is not the JSON that is expected: line {}, column {}: {}",
                                     tree.error().mark.line, tree.error().mark.column, tree.error().message));
    if (!tree->isMap())
        return makeError(errors::kSerialization, "The body must be a JSON object.");
    return objectOf(*tree);
}

std::string writeJsonBody(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString();
}

}
