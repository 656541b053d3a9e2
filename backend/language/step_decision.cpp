#include "backend/language/step_decision.h"

#include "backend/language/plugin_table.h"
#include "backend/language/precondition.h"

#include <fmt/format.h>

namespace fb {

namespace {
    StepDecision skip(std::string reason) { return {StepDecision::Kind::Skip, std::move(reason)}; }

    StepDecision fail(std::string reason) { return {StepDecision::Kind::Fail, std::move(reason)}; }

    std::string unsupportedText(const Step &step, const Plugin &plugin, Platform platform)
    {
        if (!plugin.whyUnsupported.empty())
            return fmt::format("{} is unsupported on this platform: {} (step {})", step.action,
                               plugin.whyUnsupported, step.name);
        return fmt::format("{} is not supported on {} (step {})", step.action, platformName(platform),
                           step.name);
    }
}

StepDecision decideStep(SchemaVersion schema, const Step &step, const StepContext &context,
                        const BoundParameters &parameters, bool documentEnded)
{
    if (documentEnded && !step.isFinally)
        return skip("an earlier step ended the document");

    const Plugin *plugin = findPlugin(step.action);
    const bool isImplemented = context.implements && context.implements(step.action);
    const bool isSupported = plugin == nullptr ? isImplemented : plugin->platforms.contains(context.platform);
    const bool isUnknown = plugin == nullptr ? !isImplemented : isSupported && !isImplemented;
    const bool hasConditions = schema == SchemaVersion::V2_2;

    if (isUnknown) {
        if (hasConditions && step.precondition) {
            const auto holds = evaluatePrecondition(*step.precondition, context.platform, parameters);
            if (holds && !*holds)
                return skip("the precondition is not met");
        }
        return fail(fmt::format("unknown plugin {}, agent version {} (step {})", step.action,
                                context.agentVersion, step.name));
    }
    if (!isSupported) {
        const std::string text = unsupportedText(step, *plugin, context.platform);
        return hasConditions ? skip(text) : fail(text);
    }
    if (!step.precondition)
        return {};
    if (!hasConditions)
        return fail(fmt::format("a precondition needs schema version 2.2 (step {})", step.name));
    const auto holds = evaluatePrecondition(*step.precondition, context.platform, parameters);
    if (!holds)
        return fail(fmt::format("malformed precondition: {} (step {})", holds.error(), step.name));
    return *holds ? StepDecision {} : skip("the precondition is not met");
}

}
