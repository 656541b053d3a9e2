#include "backend/language/step_inputs.h"

#include "backend/language/interpolation.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

namespace fb {

namespace {
    bool holdsToken(const Tree &value) { return value.isString() && !tokenNames(value.text()).empty(); }

    bool isFlag(const Tree &value)
    {
        return value.isBool()
            || (value.isString()
                && (value.text() == "true" || value.text() == "false" || value.text() == "True"
                    || value.text() == "False"));
    }

    bool hasShape(const Tree &value, InputShape shape)
    {
        if (isSoleToken(value)) // its parameter brings the shape
            return true;
        switch (shape) {
        case InputShape::Text:
        case InputShape::Integer: // numbers come as text too; one that can't be read means the default (3.12)
            return value.isScalar();
        case InputShape::TextOrList:
            return value.isScalar()
                || (value.isList()
                    && std::ranges::all_of(value.items(), [](const Tree &item) { return item.isScalar(); }));
        case InputShape::Flag:
            return isFlag(value);
        case InputShape::List:
            return value.isList();
        case InputShape::Map:
            return value.isMap();
        case InputShape::MapOrText:
            return value.isMap() || value.isString();
        }
        return false;
    }

    std::string_view shapeName(InputShape shape)
    {
        switch (shape) {
        case InputShape::Text:
            return "text";
        case InputShape::Integer:
            return "a number";
        case InputShape::TextOrList:
            return "text or a list of texts";
        case InputShape::Flag:
            return "true or false";
        case InputShape::List:
            return "a list";
        case InputShape::Map:
            return "a map";
        case InputShape::MapOrText:
            return "a map or its JSON text";
        }
        return {};
    }

    void checkInput(const PluginInput &input, const Tree &value, const std::string &path, ProblemSink &sink)
    {
        if (!hasShape(value, input.shape)) {
            sink.problem(path, value.mark(),
                         faultOf(FaultCode::InputShape, shapeName(input.shape), value.kindName()));
            return;
        }
        if (input.values.empty() || holdsToken(value)
            || std::ranges::find(input.values, std::string_view(value.text())) != input.values.end())
            return;
        sink.problem(path, value.mark(),
                     faultOf(FaultCode::InputValue, value.text(), fmt::join(input.values, ", ")));
    }

    // {{ssm-secure:...}} has few places where the agent resolves it (3.6); anywhere else it would reach a script as text.
    bool mayHoldSecure(std::string_view action, std::string_view inputPath)
    {
        constexpr std::array<std::string_view, 5> kDownloadPlaces {
            "sourceInfo", "sourceInfo.tokenInfo", "sourceInfo.privateSSHKey", "sourceInfo.username",
            "sourceInfo.password"};
        if (action == "aws:downloadContent")
            return std::ranges::find(kDownloadPlaces, inputPath) != kDownloadPlaces.end();
        return action == "aws:domainJoin" && inputPath.starts_with("credentials");
    }

    class TokenCheck
    {
    public:
        TokenCheck(const Step &step, const Plugin *plugin, const ParameterDefinitions &parameters,
                   ProblemSink &sink)
            : m_step(step),
              m_plugin(plugin),
              m_parameters(parameters),
              m_sink(sink)
        {
        }

        void check(const Tree &value, const std::string &path, const std::string &inputPath)
        {
            if (value.isString()) {
                for (const std::string &name : tokenNames(value.text()))
                    checkToken(name, value, path, inputPath);
            }
            for (size_t i = 0; i < value.items().size(); ++i)
                check(value.items()[i], childPath(path, i), inputPath);
            for (const TreeMember &member : value.members())
                check(member.value, childPath(path, member.key), childPath(inputPath, member.key));
        }

    private:
        void checkToken(const std::string &name, const Tree &value, const std::string &path,
                        const std::string &inputPath)
        {
            if (name.starts_with("ssm-secure:")) {
                if (!mayHoldSecure(m_step.action, inputPath))
                    m_sink.problem(path, value.mark(), faultOf(FaultCode::SecureToken, name));
                return;
            }
            const auto found = std::ranges::find(m_parameters, name, &ParameterDefinition::name);
            if (found == m_parameters.end()) {
                m_sink.warning(path, value.mark(), faultOf(FaultCode::TokenUnknown, name));
                return;
            }
            const bool isGuarded = !found->allowedPattern.empty() || !found->allowedValues.empty()
                || found->interpolation == InterpolationType::EnvVar || found->type != ParameterType::String;
            if (m_plugin != nullptr && m_plugin->isScript() && inputPath == "runCommand" && !isGuarded)
                m_sink.warning(path, value.mark(), faultOf(FaultCode::ScriptInjection, name));
        }

        const Step &m_step;
        const Plugin *m_plugin;
        const ParameterDefinitions &m_parameters;
        ProblemSink &m_sink;
    };
}

std::optional<Fault> automationOnlyReason(std::string_view key)
{
    if (key == "isCritical" || key == "isEnd" || key == "nextStep" || key == "outputs")
        return faultOf(FaultCode::AutomationKey);
    return std::nullopt;
}

void takeFlowModifiers(Step &step, const std::string &path, ProblemSink &sink)
{
    const auto take = [&](std::string_view key) -> std::optional<Tree> {
        const Tree *found = step.inputs.find(key);
        if (found == nullptr)
            return std::nullopt;
        Tree value = *found;
        step.inputs.remove(key);
        return value;
    };
    const auto refuse = [&](std::string_view key, const Tree &value, std::string_view allowed) {
        sink.problem(childPath(path, key), value.mark(),
                     value.isScalar() ? faultOf(FaultCode::ModifierValue, value.text(), allowed)
                                      : faultOf(FaultCode::ModifierKind, value.kindName(), allowed));
    };

    if (const auto value = take("onFailure")) {
        if (value->text() == "exit")
            step.onFailure = OnFailure::Exit;
        else if (value->text() == "successAndExit")
            step.onFailure = OnFailure::SuccessAndExit;
        else
            refuse("onFailure", *value, "exit or successAndExit");
    }
    if (const auto value = take("onSuccess")) {
        step.exitOnSuccess = value->text() == "exit";
        if (!step.exitOnSuccess)
            refuse("onSuccess", *value, "exit");
    }
    if (const auto value = take("finallyStep")) {
        step.isFinally = value->boolean() || value->text() == "true" || value->text() == "True";
        if (!isFlag(*value))
            refuse("finallyStep", *value, "true or false");
    }
    if (const auto value = take("onInterrupt")) {
        step.rerunOnInterrupt = value->text() == "rerun";
        if (!step.rerunOnInterrupt)
            refuse("onInterrupt", *value, "rerun");
    }
}

void checkInputs(const Step &step, const Plugin *plugin, const ParameterDefinitions &parameters,
                 const std::string &path, ProblemSink &sink)
{
    for (const TreeMember &member : step.inputs.members()) {
        const std::string memberPath = childPath(path, member.key);
        TokenCheck(step, plugin, parameters, sink).check(member.value, memberPath, member.key);
        if (plugin == nullptr)
            continue;
        if (const PluginInput *input = plugin->input(member.key)) {
            checkInput(*input, member.value, memberPath, sink);
        } else if (const auto reason = automationOnlyReason(member.key); reason) {
            sink.problem(memberPath, member.keyMark, *reason);
        } else {
            std::vector<std::string_view> known;
            for (const PluginInput &other : plugin->inputs)
                known.push_back(other.name);
            sink.problem(memberPath, member.keyMark,
                         faultOf(FaultCode::PluginInputUnknown, plugin->name, fmt::join(known, ", ")));
        }
    }
    if (plugin == nullptr)
        return;
    for (const PluginInput &input : plugin->inputs) {
        if (input.isRequired && step.inputs.find(input.name) == nullptr)
            sink.problem(childPath(path, input.name), step.inputs.mark(),
                         faultOf(FaultCode::PluginInputMissing, plugin->name));
    }
}

}
