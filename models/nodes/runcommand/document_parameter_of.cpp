#include "models/nodes/runcommand/document_parameter_of.h"

#include "backend/base/qt_text.h"

namespace fb {

DocumentParameter documentParameterOf(const ParameterDefinition &definition)
{
    const auto limit = [](const std::optional<uint64_t> &value) {
        return value ? static_cast<int>(std::min<uint64_t>(*value, 1'000'000)) : -1;
    };
    DocumentParameter parameter;
    parameter.name = toQString(definition.name);
    parameter.description = toQString(definition.description);
    switch (definition.type) {
    case ParameterType::StringList:
        parameter.type = DocumentParameter::Type::List;
        break;
    case ParameterType::Integer:
        parameter.type = DocumentParameter::Type::Integer;
        break;
    case ParameterType::Boolean:
        parameter.type = DocumentParameter::Type::Boolean;
        break;
    case ParameterType::StringMap:
        parameter.type = DocumentParameter::Type::Map;
        break;
    case ParameterType::MapList:
        parameter.type = DocumentParameter::Type::MapList;
        break;
    case ParameterType::String:
        break;
    }
    if (definition.defaultValue) {
        parameter.hasDefault = true;
        if (definition.defaultValue->isList() && parameter.type == DocumentParameter::Type::List) {
            for (const Tree &item : definition.defaultValue->items())
                parameter.defaultValue << toQString(item.text());
        } else if (const QString text = toQString(definition.defaultText()); !text.isEmpty()) {
            parameter.defaultValue << text;
        }
    }
    for (const std::string &allowed : definition.allowedValues)
        parameter.allowedValues << toQString(allowed);
    parameter.allowedPattern = toQString(definition.allowedPattern);
    parameter.minItems = limit(definition.minItems);
    parameter.maxItems = limit(definition.maxItems);
    parameter.minChars = limit(definition.minChars);
    parameter.maxChars = limit(definition.maxChars);
    parameter.multiLine = definition.displayType == "textarea";
    return parameter;
}

}
