#include "models/nodes/runcommand/document_form.h"

#include "backend/base/qt_text.h"
#include "backend/language/parameters.h"
#include "backend/language/pattern.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    using Type = DocumentParameter::Type;

    // A map or a list of maps is one item of JSON on the wire; its own items are what the limits count.
    std::optional<qsizetype> itemsOf(Type type, const QString &value)
    {
        const QJsonDocument json = QJsonDocument::fromJson(value.toUtf8());
        if (type == Type::Map)
            return json.isObject() ? std::optional(json.object().size()) : std::nullopt;
        if (!json.isArray())
            return std::nullopt;
        const QJsonArray items = json.array();
        const bool maps
            = std::all_of(items.begin(), items.end(), [](const QJsonValue &item) { return item.isObject(); });
        return maps ? std::optional(items.size()) : std::nullopt;
    }
}

std::optional<QString> DocumentForm::check(const DocumentParameter &parameter, const QStringList &values)
{
    const bool empty
        = std::all_of(values.begin(), values.end(), [](const QString &value) { return value.isEmpty(); });
    if (empty) {
        if (!parameter.hasDefault)
            return tr("Enter a value; the document has no default.");
        return std::nullopt;
    }
    qsizetype items = values.size();
    if (parameter.type == Type::Map || parameter.type == Type::MapList) {
        const auto counted = itemsOf(parameter.type, values.first());
        if (!counted)
            return parameter.type == Type::Map
                ? tr("Enter a JSON object, for example {\"key\": \"value\"}.")
                : tr("Enter a JSON list of objects, for example [{\"key\": \"value\"}].");
        items = *counted;
    }
    if (parameter.minItems >= 0 && items < parameter.minItems)
        return tr("Enter at least %n line(s).", nullptr, parameter.minItems);
    if (parameter.maxItems >= 0 && items > parameter.maxItems)
        return tr("Enter at most %n line(s).", nullptr, parameter.maxItems);
    const auto pattern = Pattern::compile(toStd(parameter.allowedPattern));
    for (const QString &value : values) {
        if (!ssmReferences(toStd(value)).empty())
            continue; // the rules hold for what it stands for, which the engine reads
        const qsizetype chars = value.toUcs4().size();
        if (!parameter.allowedValues.isEmpty() && !parameter.allowedValues.contains(value))
            return tr("Choose one of: %1").arg(parameter.allowedValues.join(u", "_s));
        if (parameter.minChars >= 0 && chars < parameter.minChars)
            return tr("Enter at least %n character(s).", nullptr, parameter.minChars);
        if (parameter.maxChars >= 0 && chars > parameter.maxChars)
            return tr("Enter at most %n character(s).", nullptr, parameter.maxChars);
        if (!parameter.allowedPattern.isEmpty() && pattern
            && pattern->matchWhole(toStd(value)) == Pattern::Match::No)
            return tr("Enter a value that matches this pattern: %1").arg(parameter.allowedPattern);
        if (parameter.type == DocumentParameter::Type::Integer) {
            bool whole = false;
            static_cast<void>(value.toLongLong(&whole));
            if (!whole)
                return tr("Enter a whole number.");
        }
    }
    return std::nullopt;
}

}
