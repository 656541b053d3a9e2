#include "backend/language/called_document.h"

#include "backend/language/tree_text.h"

#include <fmt/format.h>

#include <algorithm>

namespace fb {

namespace {
    constexpr std::string_view kUpdateAgentAction = "aws:updateSsmAgent";

    std::string inputText(const Step &step, std::string_view name)
    {
        const Tree *given = step.inputs.find(name);
        return given && given->isScalar() ? given->text() : std::string();
    }

    std::string wireText(const Tree &value)
    {
        if (value.isScalar())
            return value.isNumber() ? value.numberText() : value.text();
        return toCompactJson(value);
    }

    std::vector<std::string> wireTexts(const Tree &value)
    {
        const bool isPlainList = value.isList()
            && std::ranges::all_of(value.items(), [](const Tree &item) { return item.isScalar(); });
        if (!isPlainList)
            return {wireText(value)}; // maps, and lists of maps, are one item of JSON
        std::vector<std::string> texts;
        for (const Tree &item : value.items())
            texts.push_back(wireText(item));
        return texts;
    }
}

DocumentCallName splitDocumentCall(std::string_view reference)
{
    const size_t slash = reference.starts_with("arn:") ? reference.find('/') : std::string_view::npos;
    const size_t colon = reference.find(':', slash == std::string_view::npos ? 0 : slash);
    if (colon == std::string_view::npos || (reference.starts_with("arn:") && slash == std::string_view::npos))
        return {std::string(reference), {}};
    return {std::string(reference.substr(0, colon)), std::string(reference.substr(colon + 1))};
}

Result<ParameterValues> calledParameters(const Step &resolved)
{
    const Tree *given = resolved.inputs.find("documentParameters");
    if (!given || given->isNull()
        || (given->isString() && given->text().find_first_not_of(" \t\r\n") == std::string::npos))
        return ParameterValues();
    Tree tree = *given;
    if (given->isString()) {
        TreeResult parsed = parseJson(given->text());
        if (!parsed)
            parsed = parseYaml(given->text());
        if (!parsed)
            return makeError(
                errors::kInvalidParameters,
                fmt::format("documentParameters is neither JSON nor YAML: {}", parsed.error().text()),
                "documentParameters");
        tree = *std::move(parsed);
    }
    if (!tree.isMap())
        return makeError(errors::kInvalidParameters,
                         fmt::format("documentParameters must be a map, not {}", tree.kindName()),
                         "documentParameters");
    ParameterValues values;
    for (const TreeMember &member : tree.members())
        values[member.key] = wireTexts(member.value);
    return values;
}

Result<Tree> downloadSourceInfo(const Step &resolved)
{
    const Tree *given = resolved.inputs.find("sourceInfo");
    if (given && given->isMap())
        return *given;
    const auto parsed = given && given->isString() ? parseJson(given->text()) : TreeResult(Tree());
    if (!parsed || !parsed->isMap())
        return makeError(errors::kInvalidParameters,
                         parsed ? "sourceInfo must be a map or the JSON text of one"
                                : fmt::format("sourceInfo is no JSON: {}", parsed.error().text()),
                         "sourceInfo");
    return *parsed;
}

std::optional<DocumentCall> documentCall(const Step &resolved)
{
    if (resolved.action == "aws:runDocument" && inputText(resolved, "documentType") == "SSMDocument")
        return DocumentCall {inputText(resolved, "documentPath"), true,
                             calledParameters(resolved).value_or(ParameterValues())};
    if (resolved.action == "aws:downloadContent" && inputText(resolved, "sourceType") == "SSMDocument") {
        const auto info = downloadSourceInfo(resolved);
        const Tree *name = info ? info->find("name") : nullptr;
        if (name && name->isScalar())
            return DocumentCall {name->text(), false, {}};
    }
    return std::nullopt;
}

Result<Document> parseCalledDocument(std::string_view content, DocumentFormat format)
{
    auto document = parseDocument(content, format, DocumentType::Command, {.unknownPlugins = true});
    if (!document)
        return document;
    for (const Step &step : document->steps)
        if (step.action == kUpdateAgentAction)
            return makeError(errors::kInvalidDocumentContent,
                             fmt::format("step {}: a document that another one runs may not hold {}",
                                         step.name, kUpdateAgentAction));
    return document;
}

}
