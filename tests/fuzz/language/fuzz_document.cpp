// Documents from a hostile author: both parsers and writers, the checker, binding, interpolation, the step table and the wire form. [P06]
// The first byte chooses format (bit 0) and type (the others); the rest is the document's text.

#include "backend/language/flow.h"
#include "backend/language/resolved_step.h"
#include "backend/language/step_decision.h"
#include "backend/language/tree_text.h"
#include "backend/language/wire_document.h"

#include <cstdint>
#include <cstdlib>

namespace {

using namespace fb;

void require(bool holds)
{
    if (!holds)
        std::abort();
}

// What one writer makes, its reader must take back unchanged. Texts may grow when they are written again.
void checkWriters(const Tree &tree)
{
    const TreeLimits wide {.bytes = 64'000'000, .depth = 64};
    const TreeResult compact = parseJson(toCompactJson(tree), wide);
    require(compact && *compact == tree);
    const TreeResult pretty = parseJson(toPrettyJson(tree), wide);
    require(pretty && *pretty == tree);
    const TreeResult yaml = parseYaml(toYaml(tree), wide);
    require(yaml && *yaml == tree);
}

// A value that the parameter's rules may take.
std::vector<std::string> sampleOf(const ParameterDefinition &definition)
{
    if (!definition.allowedValues.empty())
        return {definition.allowedValues.front()};
    switch (definition.type) {
    case ParameterType::Integer:
        return {"7"};
    case ParameterType::Boolean:
        return {"true"};
    case ParameterType::StringMap:
        return {R"({"id":"x","runCommand":["{{ a }}"]})"};
    case ParameterType::MapList:
        return {R"([{"runCommand":"a"},{"b":[]}])"};
    case ParameterType::String:
    case ParameterType::StringList:
        break;
    }
    return {"x{{ a }}'\"$(id)"};
}

void run(const Document &document, const BoundParameters &parameters)
{
    const auto steps = resolveSteps(document, parameters);
    if (!steps)
        return;
    require(totalExecutionTimeout(*steps) >= std::chrono::seconds(5));
    std::vector<Step> plain;
    for (const ResolvedStep &resolved : *steps)
        plain.push_back(resolved.step);
    Flow flow(plain);
    std::vector<StepResult> results;
    const StepContext context {
        .platform = Platform::Linux, .agentVersion = "1", .implements = [](std::string_view name) {
            return name == "aws:runShellScript";
        }};
    for (size_t i = 0; i < plain.size(); ++i) {
        const StepDecision decision
            = decideStep(document.schema, plain[i], context, parameters, flow.hasEnded());
        StepResult result {StepStatus::Skipped, 0};
        if (decision.kind == StepDecision::Kind::Fail)
            result = resultOfFailure(plain[i]);
        else if (decision.kind == StepDecision::Kind::Run && scriptText(plain[i]))
            result = resultOfExit(plain[i], static_cast<int>(i % 3), Platform::Linux);
        flow.settled(i, result);
        results.push_back(result);
    }
    require(isFinal(documentStatus(results)) || results.empty());
}

}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    if (size < 1)
        return 0;
    const auto format = (bytes[0] & 1) != 0 ? DocumentFormat::Yaml : DocumentFormat::Json;
    constexpr DocumentType kTypes[] {DocumentType::Command, DocumentType::Policy, DocumentType::Session,
                                     DocumentType::Automation};
    const DocumentType type = kTypes[(bytes[0] >> 1) % 4];
    const std::string_view text(reinterpret_cast<const char *>(bytes) + 1, size - 1);

    const TreeResult tree = format == DocumentFormat::Yaml ? parseYaml(text) : parseJson(text);
    if (tree)
        checkWriters(*tree);

    const DocumentCheck check = checkDocument(text, format, type);
    require(check.document.has_value() == check.problems.empty());
    require(tree.has_value() || !check.problems.empty());
    if (!check.document)
        return 0;
    const Document &document = *check.document;
    ParameterValues given;
    for (const ParameterDefinition &definition : document.parameters)
        given[definition.name] = sampleOf(definition);
    for (const ParameterValues &values : {given, ParameterValues()}) {
        const auto bound = bindParameters(document.parameters, values);
        if (!bound)
            continue;
        run(document, *bound);
        if (type != DocumentType::Command)
            continue;
        if (const auto wire = toWire(document, values)) {
            const auto received = fromWire(wire->document, wire->parameters);
            require(received && received->document.tree == document.tree
                    && received->document.steps.size() == document.steps.size());
        }
    }
    return 0;
}
