// flagbridge-agent: the node agent. As a worker it is the same program, started by itself.

#include "agent/agent_options.h"
#include "agent/collectors/hardware_reader.h"
#include "agent/collectors/node_facts.h"
#include "agent/downloads/download_program.h"
#include "agent/network/network_program.h"
#include "agent/platform/private_folder.h"
#include "agent/platform/spawn.h"
#include "agent/platform/user_account.h"
#include "agent/supervisor/agent_service.h"
#include "agent/supervisor/enrolment.h"
#include "agent/supervisor/known_machine.h"
#include "agent/tools/tool_worker.h"
#include "agent/update/agent_update.h"
#include "agent/update/running_agent.h"
#include "agent/worker/document_worker.h"
#include "agent/worker/order_worker.h"
#include "agent/worker/terminal_worker.h"
#include "backend/protocol/agent_build_signature.h"
#include "backend/transport/tls_context.h"

#include <fmt/format.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <unistd.h>

namespace fb::agent {

namespace {

    void complain(std::string_view text)
    {
        std::fprintf(stderr, "flagbridge-agent: %.*s\n", static_cast<int>(text.size()), text.data());
    }

    // Of a number that was checked; 0: none was given.
    uint64_t mebibytes(const std::string &text)
    {
        uint64_t number = 0;
        std::from_chars(text.data(), text.data() + text.size(), number);
        return number * 1024 * 1024;
    }

    int failed(const Error &error)
    {
        complain(error.message);
        return error.code == errors::kValidation ? exitCodes::kUsage : exitCodes::kFailed;
    }

    // A socket that the supervisor handed over as descriptor 3.
    UniqueFd inheritedSocket()
    {
        struct stat status {
        };
        if (::fstat(3, &status) != 0 || !S_ISSOCK(status.st_mode))
            return UniqueFd();
        ::fcntl(3, F_SETFD, FD_CLOEXEC);
        return UniqueFd(3);
    }

    int runWorker(const AgentOptions &options)
    {
        // The supervisor's limit is for its key; scripts get the machine's own.
        rlimit core {};
        if (::getrlimit(RLIMIT_CORE, &core) == 0) {
            core.rlim_cur = core.rlim_max;
            ::setrlimit(RLIMIT_CORE, &core);
        }
        ::umask(022); // of scripts; our own files get their modes by name
        UniqueFd listener = inheritedSocket();
        auto folder = PrivateFolder::openOrMake(options.folder);
        if (!folder)
            return failed(folder.error());
        const SystemClock clock;
        if (options.verb == Verb::Session) {
            auto session = readSession(*folder);
            if (!session)
                return failed(session.error());
            return TerminalWorker(*std::move(folder), *std::move(session), std::move(listener), clock).run();
        }
        auto order = readOrder(*folder);
        if (!order)
            return failed(order.error());
        return OrderWorker(*std::move(folder), *std::move(order),
                           {FB_VERSION, std::move(listener), mebibytes(options.spoolLimit)}, clock)
            .run();
    }

    int runDocument(const AgentOptions &options)
    {
        const SystemClock clock;
        const auto worker = DocumentWorker::open(options.folder, FB_VERSION, clock);
        return worker ? (*worker)->run() : failed(worker.error());
    }

    int runNetworkProcess()
    {
        UniqueFd channel = inheritedSocket();
        if (!channel)
            return failed(
                makeError(errors::kValidation, "the network process is started by the agent itself"));
        runNetwork(std::move(channel));
    }

    // Descriptor 3 is its channel to the supervisor.
    int runTool(const AgentOptions &options)
    {
        ::umask(022); // of the files it makes
        UniqueFd channel = inheritedSocket();
        const SystemClock clock;
        std::error_code unknown;
        const std::string program = std::filesystem::read_symlink("/proc/self/exe", unknown).string();
        auto tool = makeTool(options.rest[0],
                             {.own = {options.rest[1], program},
                              .state = options.rest[1],
                              .journal = options.rest.size() > 2 ? options.rest[2] : std::string()},
                             clock);
        if (!channel)
            return failed(makeError(errors::kValidation, "a tool is started by the agent itself"));
        if (!tool)
            return failed(tool.error());
        return ToolWorker(std::move(channel), *std::move(tool)).run();
    }

    // Who waits for the program's beginning reads descriptor 3 to its end: a reason, or nothing once the program runs.
    int runAs(const AgentOptions &options)
    {
        struct stat status {
        };
        const UniqueFd starter(::fstat(3, &status) == 0 && S_ISFIFO(status.st_mode) ? 3 : -1);
        const auto refuse = [&starter](const Error &error) {
            if (starter && ::write(starter.get(), error.message.data(), error.message.size()) < 0)
                complain("nobody hears why the program does not start");
            return failed(error);
        };
        if (starter)
            ::fcntl(starter.get(), F_SETFD, FD_CLOEXEC);
        const std::string &folder = options.rest[1];
        const std::string &program = options.rest[2];
        const auto account = findAccount(options.rest[0]);
        if (!account)
            return refuse(
                makeError(errors::kValidation, fmt::format("there is no user {}", options.rest[0])));
        if (auto became = becomeUser(*account); !became)
            return refuse(became.error());
        if (!folder.empty() && ::chdir(folder.c_str()) != 0)
            return refuse(systemError("enter", folder, errno));
        std::vector<char *> arguments;
        for (size_t i = 3; i < options.rest.size(); ++i)
            arguments.push_back(const_cast<char *>(options.rest[i].c_str())); // execv changes nothing
        arguments.push_back(nullptr);
        ::execv(program.c_str(), arguments.data());
        static_cast<void>(refuse(systemError("run", program, errno)));
        return 127;
    }

    Result<SecretBytes> activationCode(AgentOptions &options)
    {
        if (options.activationCodeFile.empty())
            return SecretBytes(options.activationCode);
        UniqueFd file(options.activationCodeFile == "-"
                          ? ::dup(0)
                          : ::open(options.activationCodeFile.c_str(), O_RDONLY | O_CLOEXEC));
        if (!file)
            return systemError("read", options.activationCodeFile, errno);
        char text[512];
        size_t size = 0;
        for (ssize_t got = 0;
             size < sizeof text && (got = ::read(file.get(), text + size, sizeof text - size)) > 0;)
            size += static_cast<size_t>(got);
        while (size > 0 && (text[size - 1] == '\n' || text[size - 1] == '\r' || text[size - 1] == ' '))
            --size;
        return SecretBytes(std::string_view(text, size));
    }

    Result<void> registerNode(boost::asio::io_context &context, const PrivateFolder &state,
                              const Identity &identity, AgentOptions &options, bool sandboxRequired,
                              Random &random)
    {
        auto code = activationCode(options);
        if (!code)
            return code.error();
        EnrolmentOptions enrolment;
        enrolment.hardware = HardwareReader(options.hardwareRoot).read();
        auto machine = KnownMachine::load(state, random);
        const auto met = machine ? machine->meet(enrolment.hardware, random) : Result<bool>(machine.error());
        if (!met)
            return met.error();
        if (auto kept = machine->keep(enrolment.hardware); !kept)
            return kept.error();
        enrolment.fingerprint = machine->fingerprint();
        enrolment.engineUrl = options.engine;
        enrolment.activationId = options.activationId;
        enrolment.activationCode = *std::move(code);
        enrolment.caSha256 = options.caSha256;
        enrolment.facts = collectNodeFacts();
        enrolment.agentVersion = FB_VERSION;
        NetworkLauncher launcher(
            {.program = ownProgramPath(),
             .sandboxRequired = sandboxRequired,
             .unconfined = [](const std::string &what) { complain(unconfinedText(what)); }});
        return enrol(context, launcher, identity, enrolment, random, complain)
            .map([](const Registration &registration) {
                complain(fmt::format("registered as {}", registration.nodeId));
            });
    }

    // None was given: the one that the registration has.
    Result<std::string> releaseKey(const AgentOptions &options, const Identity &identity)
    {
        if (options.releaseKeyFile.empty())
            return identity.registration().map(
                [](const Registration &registration) { return registration.releaseKey; });
        const UniqueFd file(::open(options.releaseKeyFile.c_str(), O_RDONLY | O_CLOEXEC));
        if (!file)
            return systemError("read", options.releaseKeyFile, errno);
        char text[16 * 1024];
        const ssize_t size = ::read(file.get(), text, sizeof text);
        if (size < 0)
            return systemError("read", options.releaseKeyFile, errno);
        return protocol::readReleaseKey(std::string_view(text, static_cast<size_t>(size)));
    }

    Result<RunningAgent> runningAgent(const AgentOptions &options, const PrivateFolder &state,
                                      const Identity &identity)
    {
        auto key = releaseKey(options, identity);
        const auto process = stampOf(::getpid());
        if (!key || !process)
            return key ? makeError(errors::kInternal, "/proc is not there") : key.error();
        RunningAgent agent {.version = FB_VERSION, .program = pathOfOwnProgram()};
        agent.arguments = {"flagbridge-agent", "--state", state.path().string()};
        const std::pair<const char *, const std::string &> kept[] = {
            {"--release-key", options.releaseKeyFile}, {"--restart-with", options.restartWith},
            {"--update-within", options.updateWithin}, {"--config", options.config},
            {"--log-file", options.logFile},           {"--spool-limit", options.spoolLimit},
        };
        for (const auto &[name, value] : kept)
            if (!value.empty())
                agent.arguments.insert(agent.arguments.end(), {name, value});
        agent.restartWith = options.restartWith;
        if (!options.updateWithin.empty())
            agent.updateWithin = std::chrono::seconds(std::atoi(options.updateWithin.c_str()));
        agent.releaseKey = *std::move(key);
        agent.process = *process;
        return agent;
    }

    // The program of that name as it is now, in this process: whoever started us sees no end.
    int startAgain(const RunningAgent &agent)
    {
        std::vector<char *> arguments;
        for (const std::string &argument : agent.arguments)
            arguments.push_back(const_cast<char *>(argument.c_str())); // execv changes nothing
        arguments.push_back(nullptr);
        ::syscall(SYS_close_range, 3u, ~0u, 0u);
        ::execv(agent.program.c_str(), arguments.data());
        complain(fmt::format("cannot run {}: {}", agent.program, std::strerror(errno)));
        return exitCodes::kFailed;
    }

    // One agent a folder, for as long as it runs.
    Result<UniqueFd> lockState(const PrivateFolder &state)
    {
        auto file = state.openForAppend("lock");
        if (!file)
            return file.error();
        const bool isFree = ::flock(file->get(), LOCK_EX | LOCK_NB) == 0;
        if (isFree) { // whom to ask for a rotation
            const std::string pid = fmt::format("{}\n", ::getpid());
            if (::ftruncate(file->get(), 0) != 0 || ::write(file->get(), pid.data(), pid.size()) < 0)
                return systemError("write", state.path() / "lock", errno);
        }
        if (!isFree)
            return makeError(errors::kConflict,
                             fmt::format("another agent uses {}. Stop it first, or give this one a folder of "
                                         "its own with --state.",
                                         state.path().string()));
        return *std::move(file);
    }

    bool confirm(const char *question)
    {
        std::fprintf(stderr, "%s", question);
        const int answer = std::fgetc(stdin);
        return answer == 'y' || answer == 'Y';
    }

    // All but the fingerprint, which says what machine this is.
    void wipeNode(const Identity &identity, const PrivateFolder &state)
    {
        identity.wipe();
        for (const char *name : {"ledger.sqlite", "ledger.sqlite-wal", "ledger.sqlite-shm"})
            state.remove(name); // the old node's orders
        state.remove(kRestrictionsName);
        forgetRunningAgent(state);
        state.removeTree("work");
        state.removeTree("sessions");
    }

    // A registered machine stays who it is unless --force says otherwise; with a terminal it is asked besides.
    Result<void> forgetRegistration(const Identity &identity, const PrivateFolder &state,
                                    const AgentOptions &options)
    {
        if (!options.force)
            return makeError(
                errors::kValidation,
                fmt::format(
                    "{} is registered already. To give this machine a new identity (its old node stays in "
                    "the fleet until somebody deregisters it): flagbridge-agent register --force ...",
                    state.path().string()));
        if (!options.yes && ::isatty(0)
            && !confirm("This machine gets a new node id; its old identity is wiped. Go on? [y/N] "))
            return makeError(errors::kValidation, "nothing was changed");
        wipeNode(identity, state);
        return {};
    }

    int prepareImage(const Identity &identity, const PrivateFolder &state, const AgentOptions &options)
    {
        if (!options.yes && ::isatty(0)
            && !confirm(
                "Key, certificate, fingerprint and ledger of this machine are wiped; it is no node any "
                "more. Go on? [y/N] "))
            return failed(makeError(errors::kValidation, "nothing was changed"));
        wipeNode(identity, state);
        KnownMachine::wipe(state);
        (void)state.sync();
        complain(
            "the identity is wiped. Each machine made from this disk registers with an activation of its "
            "own; deregister the node of this one if it had one");
        return 0;
    }

    // The running agent renews; its new pair on disk tells that it has.
    int rotate(const PrivateFolder &state)
    {
        constexpr int kTries = 300;
        const auto held = lockState(state);
        if (held)
            return failed(
                makeError(errors::kServiceUnavailable,
                          fmt::format("no agent runs on {}; a certificate is renewed by a running one",
                                      state.path().string())));
        const auto text = state.read("lock", 100);
        int pid = 0;
        if (text)
            std::from_chars(text->data(), text->data() + text->size(), pid);
        const Identity identity(state);
        const auto serial = [&identity]() -> std::string {
            std::string complaint;
            const auto pair = identity.usablePair(false, complaint);
            return pair ? pair->tls->certificate().serial : std::string();
        };
        const std::string before = serial();
        if (pid <= 1 || ::kill(pid, SIGUSR1) != 0)
            return failed(systemError("ask the agent that uses", state.path(), pid <= 1 ? ESRCH : errno));
        for (int i = 0; i < kTries; ++i) {
            ::usleep(100'000);
            if (const std::string now = serial(); !now.empty() && now != before) {
                complain("the new certificate is in use");
                return 0;
            }
        }
        complain("the rotation was asked for, and is not done after 30 s; the agent's log says why");
        return exitCodes::kFailed;
    }

    int runAgent(AgentOptions &options)
    {
        const rlimit noCores {0, RLIM_INFINITY};
        rlimit limit {};
        if (::getrlimit(RLIMIT_CORE, &limit) == 0) {
            limit.rlim_cur = noCores.rlim_cur; // the key never lies in a core file (S01)
            ::setrlimit(RLIMIT_CORE, &limit);
        }
        ::umask(077);
        auto state = PrivateFolder::openOrMake(options.state);
        if (!state)
            return failed(state.error());
        if (options.verb == Verb::Rotate)
            return rotate(*state);
        AgentConfiguration configuration;
        if (!options.config.empty()) {
            auto read = readAgentConfiguration(options.config);
            if (!read)
                return failed(read.error());
            configuration = *std::move(read);
        }
        const auto lock = lockState(*state);
        if (!lock)
            return failed(lock.error());
        const Identity identity(*state);
        SecureRandom random;
        const SystemClock clock;
        boost::asio::io_context context(1);

        if (options.verb == Verb::PrepareImage)
            return prepareImage(identity, *state, options);
        if (options.verb == Verb::Unregister) {
            if (!identity.isRegistered())
                return failed(makeError(errors::kValidation,
                                        fmt::format("{} is not registered", state->path().string())));
            options.force = options.yes = true;
            if (auto forgotten = forgetRegistration(identity, *state, options); !forgotten)
                return failed(forgotten.error());
            complain("the local identity is wiped. Deregister the node in the console, or with the aws CLI: "
                     "aws ssm deregister-managed-instance");
            return 0;
        }
        const bool asked = !options.activationId.empty();
        if (options.verb == Verb::Register && identity.isRegistered()) {
            if (auto forgotten = forgetRegistration(identity, *state, options); !forgotten)
                return failed(forgotten.error());
        }
        if (!identity.isRegistered()) {
            if (!asked)
                return failed(
                    makeError(errors::kValidation,
                              fmt::format("{} is not registered yet. Give --engine, --activation-id, "
                                          "--activation-code and --ca-sha256, as the engine printed them.",
                                          state->path().string())));
            if (auto registered
                = registerNode(context, *state, identity, options, configuration.sandboxRequired, random);
                !registered) {
                complain(registered.error().message);
                return registered.error().code == errors::kValidation ? exitCodes::kUsage
                                                                      : exitCodes::kRefused;
            }
        }
        if (options.verb == Verb::Register)
            return 0;
        const auto agent = runningAgent(options, *state, identity);
        if (!agent)
            return failed(agent.error());
        if (auto noted = writeRunningAgent(*state, *agent); !noted)
            return failed(noted.error());
        auto service = AgentService::make(context, *state,
                                          {FB_VERSION, ownProgramPath(), options.hardwareRoot,
                                           configuration.own, configuration.journalFolder, options.logFile,
                                           mebibytes(options.spoolLimit), configuration.sandboxRequired},
                                          clock, random);
        if (!service)
            return failed(service.error());
        const int code = (*service)->run();
        if (!(*service)->startsAgain())
            return code;
        service->reset();
        return startAgain(*agent);
    }

}

}

int main(int argc, char **argv)
{
    using namespace fb::agent;
    ::signal(SIGPIPE, SIG_IGN);
    ::signal(SIGXFSZ, SIG_IGN); // a log file at its limit is an error to count, not an end
    auto options = parseAgentOptions({argv + 1, argv + argc});
    if (!options) {
        complain(options.error().message + "\nTry: flagbridge-agent --help");
        return exitCodes::kUsage;
    }
    switch (options->verb) {
    case Verb::Help:
        std::fputs(agentHelp(), stdout);
        return 0;
    case Verb::Version:
        std::printf("flagbridge-agent %s\n", FB_VERSION);
        return 0;
    case Verb::Worker:
    case Verb::Session:
        return runWorker(*options);
    case Verb::Download:
        return runDownload(options->folder);
    case Verb::RunDocument:
        return runDocument(*options);
    case Verb::UpdateTo:
        return runUpdate(options->folder);
    case Verb::Network:
        return runNetworkProcess();
    case Verb::Tool:
        return runTool(*options);
    case Verb::RunAs:
        return runAs(*options);
    default:
        return runAgent(*options);
    }
}
