#include "models/nodes/runcommand/document_form.h"

#include <QRegularExpression>

namespace fb {

using namespace Qt::StringLiterals;

std::optional<QString> DocumentForm::check(const DocumentParameter &parameter, const QStringList &values)
{
    const bool empty
        = std::all_of(values.begin(), values.end(), [](const QString &value) { return value.isEmpty(); });
    if (empty) {
        if (!parameter.hasDefault)
            return tr("Enter a value; the document has no default.");
        return std::nullopt;
    }
    if (parameter.minItems >= 0 && values.size() < parameter.minItems)
        return tr("Enter at least %n line(s).", nullptr, parameter.minItems);
    if (parameter.maxItems >= 0 && values.size() > parameter.maxItems)
        return tr("Enter at most %n line(s).", nullptr, parameter.maxItems);
    const QRegularExpression pattern(parameter.allowedPattern);
    for (const QString &value : values) {
        if (!parameter.allowedValues.isEmpty() && !parameter.allowedValues.contains(value))
            return tr("Choose one of: %1").arg(parameter.allowedValues.join(u", "_s));
        if (parameter.minChars >= 0 && value.size() < parameter.minChars)
            return tr("Enter at least %n character(s).", nullptr, parameter.minChars);
        if (parameter.maxChars >= 0 && value.size() > parameter.maxChars)
            return tr("Enter at most %n character(s).", nullptr, parameter.maxChars);
        if (!parameter.allowedPattern.isEmpty() && pattern.isValid() && !pattern.match(value).hasMatch())
            return tr("Enter a value of this form: %1").arg(parameter.allowedPattern);
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
