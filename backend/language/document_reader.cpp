#include "backend/language/document_reader.h"

#include "backend/language/precondition.h"
#include "backend/language/step_inputs.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>

namespace fb {

namespace {
    constexpr size_t kMaxSteps = 100;
    constexpr int kMaxAttempts = 10;
    constexpr size_t kMaxStepName = 128;

    bool isStepName(std::string_view name)
    {
        return !name.empty() && name.size() <= kMaxStepName && std::ranges::all_of(name, [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'
                || c == '-';
        });
    }

    // Ids name output folders, so nothing in them may lead elsewhere.
    bool isPropertyId(std::string_view id)
    {
        return id.size() <= kMaxStepName && id.find("..") == std::string_view::npos
            && std::ranges::all_of(id, [](char c) {
                   return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
                       || std::string_view("_-.:").find(c) != std::string_view::npos;
               });
    }

    // Finds the step's plugin in the table; reports names that nobody knows.
    const Plugin *pluginOf(const std::string &action, const DocumentRules &rules, const std::string &path,
                           Mark mark, ProblemSink &sink)
    {
        const Plugin *plugin = findPlugin(action);
        if (plugin != nullptr || rules.unknownPlugins)
            return plugin;
        const std::string_view nearest = nearestPluginName(action);
        sink.problem(path, mark,
                     nearest.empty() ? faultOf(FaultCode::PluginUnknown, action)
                                     : faultOf(FaultCode::PluginUnknownNearest, action, nearest));
        return nullptr;
    }

    PlatformSet pluginPlatforms(const Step &step)
    {
        const Plugin *plugin = findPlugin(step.action);
        return plugin == nullptr ? PlatformSet::all() : plugin->platforms;
    }

    // spec 3.9: 2.2 runs where any step can run, older schemas only where all can.
    void derivePlatforms(std::string_view bodyPath, Mark mark, Document &document, ProblemSink &sink)
    {
        const bool isUnion = document.schema == SchemaVersion::V2_2;
        PlatformSet platforms = isUnion ? PlatformSet() : PlatformSet::all();
        for (const Step &step : document.steps) {
            if (isUnion)
                platforms = platforms
                    | (pluginPlatforms(step)
                       & (step.precondition ? preconditionPlatforms(*step.precondition)
                                            : PlatformSet::all()));
            else
                platforms = platforms & pluginPlatforms(step);
        }
        document.platforms = platforms;
        if (platforms.isEmpty() && !document.steps.empty())
            sink.problem(std::string(bodyPath), mark,
                         isUnion ? faultOf(FaultCode::NoStepPlatform) : faultOf(FaultCode::NoCommonPlatform));
    }

    class StepReader
    {
    public:
        StepReader(const Tree &block, std::string path, const DocumentRules &rules, const Document &document,
                   DocumentCheck &check)
            : m_block(block),
              m_path(std::move(path)),
              m_rules(rules),
              m_document(document),
              m_sink(check)
        {
        }

        Step read()
        {
            if (!m_block.isMap()) {
                m_sink.problem(m_path, m_block.mark(), faultOf(FaultCode::StepNotMap, m_block.kindName()));
                return m_step;
            }
            m_step.inputs.setMark(m_block.mark());
            for (const TreeMember &member : m_block.members())
                readKey(member);
            const Plugin *plugin = readAction();
            readName();
            const std::string inputsPath = childPath(m_path, "inputs");
            takeFlowModifiers(m_step, inputsPath, m_sink);
            if (!m_step.action.empty() && m_step.inputs.isMap())
                checkInputs(m_step, plugin, m_document.parameters, inputsPath, m_sink);
            return m_step;
        }

    private:
        void readKey(const TreeMember &member)
        {
            const std::string &key = member.key;
            if (key == "action" || key == "name")
                return;
            if (key == "inputs")
                readInputs(member.value);
            else if (key == "precondition")
                readPrecondition(member.value);
            else if (key == "maxAttempts")
                readMaxAttempts(member.value);
            else if (key == "timeoutSeconds")
                readTimeout(member.value);
            else
                refuseKey(member);
        }

        void refuseKey(const TreeMember &member)
        {
            std::optional<Fault> reason = automationOnlyReason(member.key);
            if (!reason
                && (member.key == "onFailure" || member.key == "onSuccess" || member.key == "finallyStep"
                    || member.key == "onInterrupt"))
                reason = faultOf(FaultCode::StepKeyIsInput);
            m_sink.problem(childPath(m_path, member.key), member.keyMark,
                           reason.value_or(faultOf(FaultCode::StepKeyUnknown)));
        }

        void readInputs(const Tree &value)
        {
            if (value.isMap())
                m_step.inputs = value;
            else if (!value.isNull())
                m_sink.problem(childPath(m_path, "inputs"), value.mark(),
                               faultOf(FaultCode::InputsNotMap, value.kindName()));
        }

        void readPrecondition(const Tree &value)
        {
            const std::string path = childPath(m_path, "precondition");
            if (!value.isMap()) {
                m_sink.problem(path, value.mark(), faultOf(FaultCode::PreconditionNotMap, value.kindName()));
                return;
            }
            m_step.precondition = value;
            if (m_document.schema != SchemaVersion::V2_2)
                m_sink.warning(path, value.mark(), faultOf(FaultCode::PreconditionSchema));
            else if (const auto fault = preconditionFault(value, m_document.parameters))
                m_sink.warning(path, value.mark(), faultOf(FaultCode::PreconditionFails, *fault));
        }

        void readMaxAttempts(const Tree &value)
        {
            int attempts = 0;
            const std::string &digits = value.text();
            const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), attempts);
            if (!value.isScalar() || fault != std::errc() || end != digits.data() + digits.size()
                || attempts < 1 || attempts > kMaxAttempts) {
                m_sink.problem(childPath(m_path, "maxAttempts"), value.mark(),
                               faultOf(FaultCode::MaxAttempts, kMaxAttempts));
                return;
            }
            m_step.maxAttempts = attempts;
        }

        void readTimeout(const Tree &value)
        {
            if (value.isNumber() || value.isString())
                m_step.timeoutSeconds = value;
            else
                m_sink.problem(childPath(m_path, "timeoutSeconds"), value.mark(),
                               faultOf(FaultCode::TimeoutNotSeconds, value.kindName()));
        }

        const Plugin *readAction()
        {
            const std::string path = childPath(m_path, "action");
            const Tree *action = m_block.find("action");
            if (action == nullptr || !action->isString()) {
                m_sink.problem(path, action == nullptr ? m_block.mark() : action->mark(),
                               faultOf(FaultCode::ActionMissing));
                return nullptr;
            }
            m_step.action = action->text();
            return pluginOf(m_step.action, m_rules, path, action->mark(), m_sink);
        }

        void readName()
        {
            const Tree *name = m_block.find("name");
            const std::string path = childPath(m_path, "name");
            if (name == nullptr || !name->isScalar()) {
                m_sink.problem(path, name == nullptr ? m_block.mark() : name->mark(),
                               faultOf(FaultCode::StepNameMissing));
                return;
            }
            m_step.name = name->text();
            m_step.outputName = m_step.name;
            if (!isStepName(m_step.name))
                m_sink.problem(path, name->mark(),
                               faultOf(FaultCode::StepNameWrong, m_step.name, kMaxStepName));
        }

        const Tree &m_block;
        std::string m_path;
        const DocumentRules &m_rules;
        const Document &m_document;
        ProblemSink m_sink;
        Step m_step;
    };

    void warnOfMisplacedFinally(const std::vector<Step> &steps, std::string_view bodyPath, const Tree &block,
                                ProblemSink &sink)
    {
        for (size_t i = 0; i + 1 < steps.size(); ++i) {
            if (steps[i].isFinally)
                sink.warning(childPath(childPath(bodyPath, i), "inputs.finallyStep"), block.items()[i].mark(),
                             faultOf(FaultCode::FinallyNotLast));
        }
    }
}

void readMainSteps(const Tree &mainSteps, const DocumentRules &rules, Document &document,
                   DocumentCheck &check)
{
    constexpr std::string_view kPath = "mainSteps";
    ProblemSink sink(check);
    if (!mainSteps.isList() || mainSteps.items().empty() || mainSteps.items().size() > kMaxSteps) {
        sink.problem(std::string(kPath), mainSteps.mark(),
                     mainSteps.isList() ? faultOf(FaultCode::StepCount, kMaxSteps, mainSteps.items().size())
                                        : faultOf(FaultCode::StepsNotList, kMaxSteps, mainSteps.kindName()));
        return;
    }
    std::set<std::string> names;
    for (size_t i = 0; i < mainSteps.items().size(); ++i) {
        const Tree &block = mainSteps.items()[i];
        const std::string path = childPath(kPath, i);
        document.steps.push_back(StepReader(block, path, rules, document, check).read());
        const Tree *name = block.find("name");
        if (name != nullptr && name->isScalar() && !names.insert(name->text()).second)
            sink.problem(childPath(path, "name"), name->mark(),
                         faultOf(FaultCode::StepNameTwice, name->text()));
    }
    warnOfMisplacedFinally(document.steps, kPath, mainSteps, sink);
    for (size_t i = 0; i + 1 < document.steps.size(); ++i)
        document.steps[i].isFinally = false;
    derivePlatforms(kPath, mainSteps.mark(), document, sink);
}

namespace {
    // One plugin of a 1.2 document: {properties: object | list | token, settings}.
    class RuntimePluginReader
    {
    public:
        RuntimePluginReader(const TreeMember &member, std::string path, const DocumentRules &rules,
                            Document &document, DocumentCheck &check)
            : m_member(member),
              m_path(std::move(path)),
              m_rules(rules),
              m_document(document),
              m_sink(check)
        {
        }

        void read()
        {
            m_plugin = pluginOf(m_member.key, m_rules, m_path, m_member.keyMark, m_sink);
            if (!m_member.value.isMap()) {
                m_sink.problem(m_path, m_member.value.mark(),
                               faultOf(FaultCode::PluginNotMap, m_member.value.kindName()));
                return;
            }
            for (const TreeMember &key : m_member.value.members()) {
                if (key.key != "properties" && key.key != "settings")
                    m_sink.problem(childPath(m_path, key.key), key.keyMark,
                                   faultOf(FaultCode::PluginKeyUnknown));
            }
            const Tree *properties = m_member.value.find("properties");
            const std::string path = childPath(m_path, "properties");
            if (properties == nullptr) {
                m_sink.problem(path, m_member.value.mark(), faultOf(FaultCode::PropertiesMissing));
                return;
            }
            if (isSoleToken(*properties)) {
                addUnresolved(*properties, path);
            } else if (properties->isMap()) {
                addStep(*properties, path, 0, 1);
            } else if (properties->isList() && !properties->items().empty()) {
                for (size_t i = 0; i < properties->items().size(); ++i)
                    addStep(properties->items()[i], childPath(path, i), i, properties->items().size());
            } else {
                m_sink.problem(path, properties->mark(), faultOf(FaultCode::PropertiesShape));
            }
        }

    private:
        void addUnresolved(const Tree &token, const std::string &path)
        {
            const std::string name(soleToken(token.text()));
            const auto found = std::ranges::find(m_document.parameters, name, &ParameterDefinition::name);
            const bool isUsable = found != m_document.parameters.end()
                && (found->type == ParameterType::StringMap || found->type == ParameterType::MapList);
            if (!isUsable)
                m_sink.problem(path, token.mark(), faultOf(FaultCode::TokenNotMap, name));
            Step step;
            step.action = m_member.key;
            step.name = m_member.key;
            step.outputName = "0." + m_member.key;
            step.inputs = token;
            m_document.steps.push_back(std::move(step));
        }

        void addStep(const Tree &block, const std::string &path, size_t index, size_t count)
        {
            if (!block.isMap()) {
                m_sink.problem(path, block.mark(), faultOf(FaultCode::InputsNotMap, block.kindName()));
                return;
            }
            Step step = propertyStep(m_member.key, block, index, count);
            if (const Tree *id = block.find("id");
                id != nullptr && (!id->isScalar() || !isPropertyId(id->text())))
                m_sink.problem(childPath(path, "id"), id->mark(),
                               faultOf(FaultCode::PropertyId, kMaxStepName));
            for (const std::string_view key :
                 {"onFailure", "onSuccess", "finallyStep", "onInterrupt", "precondition"}) {
                if (const Tree *found = step.inputs.find(key)) {
                    m_sink.problem(childPath(path, key), found->mark(), faultOf(FaultCode::NeedsSchema2));
                    step.inputs.remove(key);
                }
            }
            const auto hasSameId = [&](const Step &other) { return other.outputName == step.outputName; };
            if (std::ranges::any_of(m_document.steps, hasSameId))
                m_sink.problem(childPath(path, "id"), block.mark(),
                               faultOf(FaultCode::PropertyIdTwice, step.outputName));
            checkInputs(step, m_plugin, m_document.parameters, path, m_sink);
            m_document.steps.push_back(std::move(step));
        }

        const TreeMember &m_member;
        std::string m_path;
        const DocumentRules &m_rules;
        Document &m_document;
        ProblemSink m_sink;
        const Plugin *m_plugin = nullptr;
    };
}

Step propertyStep(const std::string &plugin, const Tree &properties, size_t index, size_t count)
{
    Step step;
    step.action = plugin;
    step.inputs = properties;
    const Tree *id = properties.find("id");
    step.outputName = id != nullptr && !id->text().empty() ? id->text() : fmt::format("{}.{}", index, plugin);
    step.name = count == 1 ? plugin : step.outputName;
    step.inputs.remove("id");
    return step;
}

void readRuntimeConfig(const Tree &runtimeConfig, const DocumentRules &rules, Document &document,
                       DocumentCheck &check)
{
    constexpr std::string_view kPath = "runtimeConfig";
    ProblemSink sink(check);
    if (!runtimeConfig.isMap() || runtimeConfig.members().empty()) {
        sink.problem(std::string(kPath), runtimeConfig.mark(), faultOf(FaultCode::RuntimeConfigEmpty));
        return;
    }
    for (const TreeMember &member : runtimeConfig.members())
        RuntimePluginReader(member, childPath(kPath, member.key), rules, document, check).read();
    if (document.steps.size() > kMaxSteps)
        sink.problem(std::string(kPath), runtimeConfig.mark(),
                     faultOf(FaultCode::TooManySteps, kMaxSteps, document.steps.size()));
    derivePlatforms(kPath, runtimeConfig.mark(), document, sink);
}

}
