#include "agent/plugins/run_docker_action.h"

#include "agent/platform/program_search.h"
#include "agent/plugins/script_environment.h"
#include "agent/plugins/script_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

namespace fb::agent {

namespace {

    struct DockerAction {
        std::string_view name; // of the input
        std::string_view verb;
        bool needsContainer = false;
        bool needsImage = false;
        bool needsCommand = false;
        bool makesContainer = false; // takes the options of a new one
    };
    constexpr DockerAction kActions[] = {
        {.name = "Create", .verb = "create", .needsImage = true, .makesContainer = true},
        {.name = "Run", .verb = "run", .needsImage = true, .makesContainer = true},
        {.name = "Start", .verb = "start", .needsContainer = true},
        {.name = "Stop", .verb = "stop", .needsContainer = true},
        {.name = "Rm", .verb = "rm", .needsContainer = true},
        {.name = "Exec", .verb = "exec", .needsContainer = true, .needsCommand = true},
        {.name = "Inspect", .verb = "inspect", .needsContainer = true},
        {.name = "Stats", .verb = "stats", .needsContainer = true},
        {.name = "Logs", .verb = "logs", .needsContainer = true},
        {.name = "Pull", .verb = "pull", .needsImage = true},
        {.name = "Images", .verb = "images"},
        {.name = "Rmi", .verb = "rmi", .needsImage = true},
        {.name = "Ps", .verb = "ps"},
    };

    Error wrongDocker(std::string message, std::string_view field)
    {
        return makeError(errors::kInvalidParameters, std::move(message), std::string(field));
    }

    std::string dockerInput(const Step &step, std::string_view name)
    {
        const Tree *given = step.inputs.find(name);
        return given && given->isScalar() ? given->text() : std::string();
    }

    std::vector<std::string> inputTexts(const Step &step, std::string_view name)
    {
        std::vector<std::string> texts;
        const Tree *given = step.inputs.find(name);
        if (given && given->isList()) {
            for (const Tree &item : given->items())
                if (!item.text().empty())
                    texts.push_back(item.text());
        } else if (given && !given->text().empty()) {
            texts.push_back(given->text());
        }
        return texts;
    }

    // Several values in one text: on lines of their own, or (where none can hold one) with blanks between.
    std::vector<std::string> parts(const std::string &text, std::string_view separators)
    {
        std::vector<std::string> found;
        for (size_t at = 0; at < text.size();) {
            const size_t end = std::min(text.find_first_of(separators, at), text.size());
            if (end > at)
                found.push_back(text.substr(at, end - at));
            at = end + 1;
        }
        return found;
    }

}

Result<std::vector<std::string>> commandWords(std::string_view text)
{
    std::vector<std::string> words;
    std::string word;
    bool isInWord = false;
    char quote = '\0';
    for (size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool isBlank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
        if (quote == '\0' && isBlank) {
            if (isInWord)
                words.push_back(std::exchange(word, {}));
            isInWord = false;
            continue;
        }
        isInWord = true;
        if (quote == '\0' && (c == '\'' || c == '"')) {
            quote = c;
        } else if (c == quote) {
            quote = '\0';
        } else if (c == '\\' && quote != '\'' && i + 1 < text.size()
                   && (quote == '\0' || text[i + 1] == '"' || text[i + 1] == '\\')) {
            word.push_back(text[++i]);
        } else {
            word.push_back(c);
        }
    }
    if (quote != '\0')
        return wrongDocker(fmt::format("cmd: a {} is never closed", quote), "cmd");
    if (isInWord)
        words.push_back(std::move(word));
    return words;
}

Result<std::vector<std::string>> RunDockerAction::argumentsOf(const Step &step)
{
    const std::string name = dockerInput(step, "action");
    const auto *action = std::ranges::find(kActions, name, &DockerAction::name);
    if (action == std::end(kActions))
        return wrongDocker(fmt::format("action is \"{}\"", name), "action");
    for (const TreeMember &member : step.inputs.members())
        for (const std::string &value : inputTexts(step, member.key))
            if (value.find('\0') != std::string::npos)
                return wrongDocker(fmt::format("{} holds a NUL", member.key), member.key);
    const std::string container = dockerInput(step, "container");
    const std::string image = dockerInput(step, "image");
    const auto words = commandWords(dockerInput(step, "cmd"));
    if (!words)
        return words.error();
    const std::pair<std::string_view, bool> missing[]
        = {{"container", action->needsContainer && container.empty()},
           {"image", action->needsImage && image.empty()},
           {"cmd", action->needsCommand && words->empty()}};
    for (const auto &[field, isMissing] : missing)
        if (isMissing)
            return wrongDocker(fmt::format("{} is missing; action {} needs it", field, name), field);
    for (const auto &[field, value] : {std::pair("container", &container), std::pair("image", &image)})
        if (value->starts_with('-'))
            return wrongDocker(fmt::format("{} is \"{}\", which would be taken for an option", field, *value),
                               field);

    std::vector<std::string> arguments {std::string(action->verb)};
    const auto option = [&](std::string_view flag, const std::string &value) {
        if (!value.empty())
            arguments.push_back(fmt::format("--{}={}", flag, value));
    };
    if (action->makesContainer) {
        option("name", container);
        option("cpu-shares", dockerInput(step, "cpuShares"));
        option("memory", dockerInput(step, "memory"));
        for (const std::string &volume : inputTexts(step, "volume"))
            option("volume", volume);
        for (const std::string &port : parts(dockerInput(step, "publish"), " ,\n"))
            option("publish", port);
    }
    if (action->makesContainer || action->needsCommand) {
        for (const std::string &variable : parts(dockerInput(step, "env"), "\n"))
            option("env", variable);
        option("user", dockerInput(step, "user"));
    }
    if (action->verb == "stats")
        arguments.emplace_back("--no-stream"); // one look; it would never end
    if (action->needsContainer)
        arguments.push_back(container);
    if (action->needsImage)
        arguments.push_back(image);
    if (action->makesContainer || action->needsCommand)
        arguments.insert(arguments.end(), words->begin(), words->end());
    return arguments;
}

Result<PreparedProcess> RunDockerAction::prepare(const StepSetting &setting) const
{
    auto arguments = argumentsOf(setting.step.step);
    if (!arguments)
        return arguments.error();
    auto program = findProgram("docker");
    if (!program)
        program = findProgram("podman");
    if (!program)
        return makeError(errors::kServiceUnavailable, "neither docker nor podman is installed");
    PreparedProcess prepared;
    auto environment = scriptEnvironment(setting);
    if (!environment)
        return environment.error();
    prepared.request.environment = *std::move(environment);
    prepared.request.program = *program;
    prepared.request.arguments = *std::move(arguments);
    prepared.request.arguments.insert(prepared.request.arguments.begin(),
                                      program->substr(program->rfind('/') + 1));
    prepared.request.workingDirectory = scriptWorkingDirectory(setting, prepared.note);
    prepared.meaning = ExitMeaning::Plain; // codes of what runs in a container are not the document's
    return prepared;
}

}
