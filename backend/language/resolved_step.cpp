#include "backend/language/resolved_step.h"

#include "backend/language/document_reader.h"
#include "backend/language/plugin_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace fb {

namespace {
    constexpr int kShortestTimeout = 5;
    constexpr int kLongestTimeout = 172'800;

    ResolvedStep resolve(const Step &step, const BoundParameters &parameters)
    {
        ResolvedStep resolved {step, {}};
        const Plugin *plugin = findPlugin(step.action);
        const ReferenceStyle style = plugin == nullptr ? ReferenceStyle::Plain : plugin->scriptStyle;
        for (TreeMember &member : resolved.step.inputs.members()) {
            const bool isScript = member.key == "runCommand";
            member.value = interpolate(member.value, parameters, isScript ? style : ReferenceStyle::Plain,
                                       &resolved.environment);
        }
        if (step.timeoutSeconds)
            resolved.step.timeoutSeconds = interpolate(*step.timeoutSeconds, parameters);
        return resolved;
    }

    // A 1.2 document whose properties are a parameter: one step for each map in its value.
    Result<void> unfold(const Step &step, const BoundParameters &parameters, std::vector<ResolvedStep> &into)
    {
        const Tree value = interpolate(step.inputs, parameters);
        const std::vector<Tree> blocks = value.isList() ? value.items() : std::vector {value};
        if (blocks.empty() || !std::ranges::all_of(blocks, [](const Tree &block) { return block.isMap(); }))
            return makeError(
                errors::kInvalidDocumentContent,
                fmt::format(
                    "runtimeConfig.{}.properties: the parameter's value must be a map or a list of maps.",
                    step.action));
        for (size_t i = 0; i < blocks.size(); ++i)
            into.push_back({propertyStep(step.action, blocks[i], i, blocks.size()), {}});
        return {};
    }

    std::optional<std::chrono::seconds> statedSeconds(const Tree &value)
    {
        if (!value.isScalar() || value.text().empty())
            return std::nullopt;
        int seconds = 0;
        const std::string &digits = value.text();
        const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), seconds);
        const bool isReadable = fault == std::errc() && end == digits.data() + digits.size()
            && seconds >= kShortestTimeout && seconds <= kLongestTimeout;
        return isReadable ? std::chrono::seconds(seconds) : kDefaultStepTimeout;
    }

    // The time-out that the step's text gives it; none if it gives none.
    std::optional<std::chrono::seconds> statedTimeout(const Step &step)
    {
        const Tree *ofPlugin = step.inputs.find("timeoutSeconds");
        const auto inner = ofPlugin == nullptr ? std::nullopt : statedSeconds(*ofPlugin);
        const auto outer = step.timeoutSeconds ? statedSeconds(*step.timeoutSeconds) : std::nullopt;
        if (inner && outer)
            return std::min(*inner, *outer);
        return inner ? inner : outer;
    }
}

Result<std::vector<ResolvedStep>> resolveSteps(const Document &document, const BoundParameters &parameters)
{
    std::vector<ResolvedStep> resolved;
    for (const Step &step : document.steps) {
        if (step.inputs.isMap()) {
            resolved.push_back(resolve(step, parameters));
        } else if (auto unfolded = unfold(step, parameters, resolved); !unfolded) {
            return unfolded.error();
        }
    }
    return resolved;
}

std::chrono::seconds executionTimeout(const Step &resolved)
{
    return statedTimeout(resolved).value_or(kDefaultStepTimeout);
}

std::chrono::seconds totalExecutionTimeout(const std::vector<ResolvedStep> &steps)
{
    const bool hasAny = std::ranges::any_of(
        steps, [](const ResolvedStep &resolved) { return statedTimeout(resolved.step).has_value(); });
    if (!hasAny)
        return kDefaultStepTimeout;
    std::chrono::seconds total {0};
    for (const ResolvedStep &resolved : steps)
        total += executionTimeout(resolved.step) * resolved.step.maxAttempts;
    return total;
}

Result<std::string> scriptText(const Step &resolved)
{
    const Tree *lines = resolved.inputs.find("runCommand");
    if (lines == nullptr || !(lines->isScalar() || lines->isList()))
        return makeError(errors::kInvalidDocumentContent,
                         fmt::format("{} (step {}): runCommand must be text or a list of texts.",
                                     resolved.action, resolved.name),
                         "runCommand");
    if (lines->isScalar())
        return lines->text();
    std::string script;
    for (size_t i = 0; i < lines->items().size(); ++i) {
        const Tree &line = lines->items()[i];
        if (!line.isScalar())
            return makeError(errors::kInvalidDocumentContent,
                             fmt::format("{} (step {}): line {} of runCommand is {}, not text.",
                                         resolved.action, resolved.name, i + 1, line.kindName()),
                             "runCommand");
        if (i > 0)
            script.push_back('\n');
        script += line.text();
    }
    return script;
}

}
