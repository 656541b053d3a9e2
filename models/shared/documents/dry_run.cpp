#include "models/shared/documents/dry_run.h"

#include "backend/base/qt_text.h"
#include "backend/language/plugin_table.h"
#include "backend/language/resolved_step.h"
#include "backend/language/step_decision.h"
#include "backend/language/tree_text.h"

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    std::optional<Platform> platformOf(const QString &name)
    {
        return name == u"Linux"  ? std::optional(Platform::Linux)
            : name == u"MacOS"   ? std::optional(Platform::MacOS)
            : name == u"Windows" ? std::optional(Platform::Windows)
                                 : std::nullopt;
    }

    QList<DryRunParameter> parametersOf(const Document &document)
    {
        QList<DryRunParameter> parameters;
        for (const ParameterDefinition &definition : document.parameters) {
            DryRunParameter parameter;
            parameter.name = toQString(definition.name);
            parameter.defaultText = toQString(definition.defaultText());
            parameter.isList = definition.type == ParameterType::StringList;
            parameter.isRequired = !definition.defaultValue;
            for (const std::string &value : definition.allowedValues)
                parameter.allowed << toQString(value);
            parameters.append(parameter);
        }
        return parameters;
    }

    DryRunStep stepOf(const Document &document, const ResolvedStep &resolved, Platform platform,
                      const BoundParameters &parameters)
    {
        StepContext context;
        context.platform = platform;
        context.implements = [](std::string_view action) { return findPlugin(action) != nullptr; };
        const StepDecision decision = decideStep(document.schema, resolved.step, context, parameters, false);
        DryRunStep step;
        step.name = toQString(resolved.step.name);
        step.action = toQString(resolved.step.action);
        step.outcome = decision.kind == StepDecision::Kind::Run ? DryRunStep::Outcome::Runs
            : decision.kind == StepDecision::Kind::Skip         ? DryRunStep::Outcome::Skipped
                                                                : DryRunStep::Outcome::Fails;
        step.reason = toQString(decision.reason);
        step.inputs = toQString(toYaml(resolved.step.inputs));
        for (const auto &[name, value] : resolved.environment)
            step.environment << toQString(name) + u'=' + toQString(value);
        return step;
    }
}

DryRun dryRunOf(const DocumentEdit &edit, const QMap<QString, QStringList> &values,
                const QString &platformName)
{
    DryRun run;
    const auto platform = platformOf(platformName);
    const auto format = documentFormatNamed(toStd(edit.format)).value_or(DocumentFormat::Yaml);
    const DocumentCheck checked = checkDocument(toStd(edit.content), format, DocumentType::Command);
    if (!checked.document || !platform) {
        run.isBroken = true;
        return run;
    }
    run.parameters = parametersOf(*checked.document);
    ParameterValues given;
    for (auto it = values.cbegin(); it != values.cend(); ++it) {
        const bool isKnown = std::any_of(run.parameters.begin(), run.parameters.end(),
                                         [&](const DryRunParameter &each) { return each.name == it.key(); });
        if (!isKnown)
            continue; // of a text before
        for (const QString &value : it.value())
            given[toStd(it.key())].push_back(toStd(value));
    }
    const auto bound = bindParameters(checked.document->parameters, given);
    if (!bound) {
        run.problem = toQString(bound.error().message);
        return run;
    }
    const auto steps = resolveSteps(*checked.document, *bound);
    if (!steps) {
        run.problem = toQString(steps.error().message);
        return run;
    }
    for (const ResolvedStep &step : *steps)
        run.steps.append(stepOf(*checked.document, step, *platform, *bound));
    return run;
}

}
