#include "backend/language/wire_document.h"

#include "backend/language/tree_text.h"

#include <fmt/format.h>

#include <algorithm>

namespace fb {

Result<WireDocument> toWire(const Document &document, const ParameterValues &given)
{
    WireDocument wire {toCompactJson(document.tree), parameterValuesToJson(given)};
    const size_t size = wire.document.size() + wire.parameters.size();
    if (size > kMaxWireDocument)
        return makeError(
            errors::kInvalidParameters,
            fmt::format("Document and parameters have {} bytes; at most {} can be sent to a node.", size,
                        kMaxWireDocument),
            "Parameters");
    return wire;
}

Result<ReceivedDocument> fromWire(std::string_view document, std::string_view parameters,
                                  const DocumentRules &rules)
{
    DocumentRules wireRules = rules;
    wireRules.maxBytes = kMaxWireDocument; // a YAML text may grow when it is written as JSON
    wireRules.unknownPlugins
        = true; // the step that names one fails by itself (step_decision.h), the others run
    const auto values = parseParameterValues(parameters);
    if (!values)
        return values.error();
    return parseDocument(document, DocumentFormat::Json, DocumentType::Command, wireRules)
        .andThen([&](const Document &parsed) {
            return bindParameters(parsed.parameters, *values).map([&](const BoundParameters &bound) {
                return ReceivedDocument {parsed, bound};
            });
        });
}

Result<ParameterValues> parseParameterValues(std::string_view json)
{
    const auto refuse = [](std::string_view message) {
        return makeError(errors::kInvalidParameters, fmt::format("Parameters: {}.", message), "Parameters");
    };
    const auto tree = parseJson(json, {.bytes = kMaxWireDocument});
    if (!tree)
        return refuse(tree.error().text());
    if (!tree->isMap())
        return refuse(fmt::format("a map of lists is expected, not {}", tree->kindName()));
    ParameterValues values;
    for (const TreeMember &member : tree->members()) {
        const auto &items = member.value.items();
        if (!member.value.isList()
            || !std::ranges::all_of(items, [](const Tree &item) { return item.isString(); }))
            return refuse(fmt::format("the value of {} must be a list of texts", jsonQuoted(member.key)));
        auto &texts = values[member.key];
        for (const Tree &item : items)
            texts.push_back(item.text());
    }
    return values;
}

std::string parameterValuesToJson(const ParameterValues &values)
{
    Tree map = Tree::map();
    for (const auto &[name, items] : values) {
        Tree list = Tree::list();
        for (const std::string &item : items)
            list.items().push_back(Tree::string(item));
        map.members().push_back({name, std::move(list), {}});
    }
    return toCompactJson(map);
}

}
