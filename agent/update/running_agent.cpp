#include "agent/update/running_agent.h"

#include "backend/core/byte_encoding.h"
#include "backend/language/tree_text.h"

#include <fmt/format.h>
#include <sys/utsname.h>

#include <charconv>
#include <csignal>

namespace fb::agent {

static_assert(kStartAgainSignal == SIGUSR2);

namespace {
    constexpr std::string_view kName = "agent.json";
    constexpr std::string_view kConnected = "connected";
    constexpr size_t kMaxBytes = 64 * 1024;
    constexpr std::string_view kDeleted = " (deleted)"; // what /proc adds to the name of a replaced program
}

Result<void> writeRunningAgent(const PrivateFolder &state, const RunningAgent &agent)
{
    std::vector<Tree> arguments;
    for (const std::string &argument : agent.arguments)
        arguments.push_back(Tree::string(argument));
    Tree tree = Tree::map();
    tree.set("version", Tree::string(agent.version));
    tree.set("program", Tree::string(agent.program));
    tree.set("arguments", Tree::list(std::move(arguments)));
    tree.set("restartWith", Tree::string(agent.restartWith));
    tree.set("updateWithin", Tree::number(static_cast<int64_t>(agent.updateWithin.count())));
    tree.set("releaseKey", Tree::string(toHex(agent.releaseKey)));
    tree.set("process", Tree::string(agent.process.text()));
    return state.write(kName, toCompactJson(tree), Durability::WhenWritten);
}

void forgetRunningAgent(const PrivateFolder &state)
{
    state.remove(kName);
    state.remove(kConnected);
}

Result<RunningAgent> readRunningAgent(const PrivateFolder &state)
{
    const auto text = state.read(kName, kMaxBytes);
    if (!text)
        return text.error();
    const auto tree = parseJson(*text, {.bytes = kMaxBytes});
    const Tree *arguments = tree ? tree->find("arguments") : nullptr;
    const auto field = [&](const char *name) {
        const Tree *value = tree ? tree->find(name) : nullptr;
        return value ? value->text() : std::string();
    };
    const auto process = ProcessStamp::fromText(field("process"));
    if (!process || !arguments || !arguments->isList() || field("program").empty())
        return makeError(errors::kInternal,
                         fmt::format("{} cannot be read", (state.path() / kName).string()));
    RunningAgent agent;
    agent.version = field("version");
    agent.program = field("program");
    for (const Tree &argument : arguments->items())
        agent.arguments.push_back(argument.text());
    agent.restartWith = field("restartWith");
    int64_t seconds = kUpdateWithin.count();
    const std::string within = field("updateWithin");
    std::from_chars(within.data(), within.data() + within.size(), seconds);
    agent.updateWithin = std::chrono::seconds(seconds);
    agent.releaseKey = fromHex(field("releaseKey")).value_or("");
    agent.process = *process;
    return agent;
}

void noteConnected(const PrivateFolder &state, const std::string &version)
{
    (void)state.write(kConnected, version, Durability::WhenWritten);
}

void forgetConnected(const PrivateFolder &state) { state.remove(kConnected); }

std::optional<std::string> connectedVersion(const PrivateFolder &state)
{
    auto version = state.read(kConnected, 200);
    return version ? std::optional(*std::move(version)) : std::nullopt;
}

std::string pathOfOwnProgram()
{
    std::error_code unknown;
    std::string path = std::filesystem::read_symlink("/proc/self/exe", unknown).string();
    if (path.ends_with(kDeleted))
        path.resize(path.size() - kDeleted.size());
    return path;
}

std::string ownArchitecture()
{
    utsname name {};
    return ::uname(&name) == 0 ? name.machine : "";
}

}
