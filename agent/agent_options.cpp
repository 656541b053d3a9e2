#include "agent/agent_options.h"

#include <fmt/format.h>

#include <charconv>
#include <map>

namespace fb::agent {

namespace {

    Error usage(std::string message, std::string field = {})
    {
        return makeError(errors::kValidation, std::move(message), std::move(field));
    }

    // Nothing, or a whole number from `least` to `most`.
    bool isNumber(const std::string &text, int least, int most)
    {
        int number = 0;
        const auto [end, bad] = std::from_chars(text.data(), text.data() + text.size(), number);
        return text.empty()
            || (bad == std::errc() && end == text.data() + text.size() && number >= least && number <= most);
    }

    Result<void> checkCompleteness(const AgentOptions &options)
    {
        if (!isNumber(options.spoolLimit, 1, 1'000'000))
            return usage(
                fmt::format("--spool-limit is \"{}\"; it must be 1 to 1000000 MiB", options.spoolLimit),
                "--spool-limit");
        if (options.verb == Verb::Worker || options.verb == Verb::Session || options.verb == Verb::Download
            || options.verb == Verb::RunDocument || options.verb == Verb::UpdateTo)
            return options.folder.empty() ? Result<void>(usage("--folder is missing", "--folder"))
                                          : Result<void>();
        if (!isNumber(options.updateWithin, 2, 600))
            return usage(
                fmt::format("--update-within is \"{}\"; it must be 2 to 600 seconds", options.updateWithin),
                "--update-within");
        if (options.state.empty())
            return usage("--state DIR is missing: the folder with this agent's key, ledger and spool",
                         "--state");
        if (!options.activationCode.empty() && !options.activationCodeFile.empty())
            return usage("give --activation-code or --activation-code-file, not both", "--activation-code");
        const std::pair<const char *, bool> needed[] = {
            {"--engine", !options.engine.empty()},
            {"--activation-id", !options.activationId.empty()},
            {"--activation-code", !options.activationCode.empty() || !options.activationCodeFile.empty()},
            {"--ca-sha256", !options.caSha256.empty()},
        };
        bool any = options.verb == Verb::Register;
        for (const auto &[name, given] : needed)
            any = any || given;
        for (const auto &[name, given] : needed)
            if (any && !given)
                return usage(
                    fmt::format(
                        "{} is missing: to register, --engine, --activation-id, --activation-code and "
                        "--ca-sha256 belong together",
                        name),
                    name);
        return {};
    }

}

Result<AgentOptions> parseAgentOptions(const std::vector<std::string> &arguments)
{
    AgentOptions options;
    size_t at = 0;
    if (!arguments.empty() && !arguments[0].starts_with("-")) {
        static const std::map<std::string, Verb> verbs {
            {"register", Verb::Register},  {"unregister", Verb::Unregister},
            {"rotate", Verb::Rotate},      {"prepare-image", Verb::PrepareImage},
            {"worker", Verb::Worker},      {"session", Verb::Session},
            {"download", Verb::Download},  {"run-document", Verb::RunDocument},
            {"run-as", Verb::RunAs},       {"tool", Verb::Tool},
            {"update-to", Verb::UpdateTo}, {"network", Verb::Network},
            {"help", Verb::Help}};
        const auto verb = verbs.find(arguments[0]);
        if (verb == verbs.end())
            return usage(fmt::format("\"{}\" is not a command; there are register, unregister, rotate and "
                                     "prepare-image, and none to run",
                                     arguments[0]));
        options.verb = verb->second;
        ++at;
    }
    if (options.verb == Verb::Network)
        return options;
    if (options.verb == Verb::RunAs) {
        options.rest.assign(arguments.begin() + 1, arguments.end());
        if (options.rest.size() < 4)
            return usage("run-as needs a user, a folder, a program and its arguments");
        return options;
    }
    if (options.verb == Verb::Tool) {
        options.rest.assign(arguments.begin() + 1, arguments.end());
        if (options.rest.size() < 2 || options.rest.size() > 3)
            return usage("tool needs the tool's name, the agent's folder, and may name that of a journal");
        return options;
    }
    const std::map<std::string, std::string AgentOptions::*> texts {
        {"--state", &AgentOptions::state},
        {"--engine", &AgentOptions::engine},
        {"--activation-id", &AgentOptions::activationId},
        {"--activation-code", &AgentOptions::activationCode},
        {"--activation-code-file", &AgentOptions::activationCodeFile},
        {"--ca-sha256", &AgentOptions::caSha256},
        {"--folder", &AgentOptions::folder},
        {"--release-key", &AgentOptions::releaseKeyFile},
        {"--restart-with", &AgentOptions::restartWith},
        {"--update-within", &AgentOptions::updateWithin},
        {"--config", &AgentOptions::config},
        {"--log-file", &AgentOptions::logFile},
        {"--spool-limit", &AgentOptions::spoolLimit},
        {"--hardware-root", &AgentOptions::hardwareRoot},
    };
    for (; at < arguments.size(); ++at) {
        std::string name = arguments[at];
        if (name == "--help" || name == "-h") {
            options.verb = Verb::Help;
            return options;
        }
        if (name == "--version") {
            options.verb = Verb::Version;
            return options;
        }
        if (name == "--force") {
            options.force = true;
            continue;
        }
        if (name == "--yes" || name == "-y") {
            options.yes = true;
            continue;
        }
        std::string value;
        const size_t equals = name.find('=');
        const bool hasValue = equals != std::string::npos;
        if (hasValue) {
            value = name.substr(equals + 1);
            name.resize(equals);
        }
        const auto text = texts.find(name);
        if (text == texts.end())
            return usage(fmt::format("{} is not an option of flagbridge-agent", name), name);
        if (!hasValue) {
            if (at + 1 >= arguments.size())
                return usage(fmt::format("{} needs a value", name), name);
            value = arguments[++at];
        }
        options.*(text->second) = std::move(value);
    }
    if (options.verb == Verb::Help)
        return options;
    if (auto complete = checkCompleteness(options); !complete)
        return complete.error();
    return options;
}

const char *agentHelp()
{
    return R"(flagbridge-agent - connects this machine to a Flagbridge engine

It dials out and opens no port. The engine's operator makes an activation and gets these values from it:

  flagbridge-agent --state DIR --engine wss://ENGINE:8443/agent/v1 \
      --activation-id ID --activation-code CODE --ca-sha256 HEX
      registers this machine if it is not yet, and runs in the foreground
  flagbridge-agent --state DIR
      runs again with the identity kept in DIR
  flagbridge-agent register --state DIR --engine ... --activation-id ... --activation-code ... --ca-sha256 ...
      registers and ends; refused on a registered machine without --force (asks on a terminal; -y does not)
  flagbridge-agent unregister --state DIR
      wipes the identity in DIR
  flagbridge-agent rotate --state DIR
      has the running agent get a new key and certificate, and waits until they are in use
  flagbridge-agent prepare-image --state DIR
      before this machine's disk is imaged: wipes key, certificate, fingerprint and ledger, so that copies are no
      clones. Refused while the agent runs; asks on a terminal, with -y it does not

Options:
  --state DIR                 the agent's folder: key, certificate, ledger, output not yet delivered. Made with mode
                              0700. Several agents may run on one machine, each with its own
  --engine URL                where the engine listens
  --activation-id ID          the activation, a UUID
  --activation-code CODE      its code
  --activation-code-file F    reads the code from a file, or from standard input with -: it then stands in no list of
                              processes
  --ca-sha256 HEX             SHA-256 of the fleet's CA; if the engine's differs, nothing is sent to it. HEX:HEX while one CA
                              takes the place of another: either will do
  --release-key F             takes builds of the agent (aws:updateSsmAgent) signed by this Ed25519 key: a PEM file or 64
                              hex digits. Otherwise by the key that the engine had when this machine was registered
  --restart-with COMMAND      how an update starts the agent again: a program with its arguments, split at blanks, no
                              shell. Otherwise the agent starts the new program in its own process
  --update-within SECONDS     in which a new agent has to connect, or the earlier one is put back: 2 to 600 (default 60)
  --config FILE               what this node refuses whatever its profile allows, one setting a line:
                              denied-plugins = aws:runDockerAction, ...   denied-tools = FleetTool/files, ...
                              and whose journal the tool FleetTool/journal reads instead of this system's, such as that of
                              a container or of a disk that is mounted for its rescue:   journal-folder = /mnt/var/log/journal
                              network-sandbox = required: no connection where the kernel cannot confine the process that
                              talks to the engine (seccomp, Landlock); otherwise it goes with what there is, and says so
  --log-file FILE             writes its log here instead of to standard error: FILE, FILE.1, FILE.2 and FILE.3, together
                              never more than 16 MiB or 2 % of the disk. On a full disk the oldest go first, then lines
                              are lost and counted; the agent goes on, and the node's page in the console says so
  --spool-limit MIB           how much output that is not yet delivered may lie in DIR. Otherwise 256 MiB or 2 % of the
                              disk, whichever is less. Beyond it output is dropped, with a line that says how much
  --force, -y                 for register on a registered machine
  --help, --version

As root the agent runs scripts as root and sessions as ssm-user. As another user it runs both as that user and refuses
by name what needs root. SIGTERM stops it; documents and sessions that run go on, and are found again at the next start.

Exit codes: 0 stopped, 1 failed, 2 wrong arguments, 3 refused by the engine (or not the engine that --ca-sha256 names)
)";
}

}
