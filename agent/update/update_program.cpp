// flagbridge-agent update-to: swaps the agent's program, has the agent started again, and waits until the new one has connected; otherwise
// the earlier one is put back. Killed at any point it leaves a program that runs, and goes on when it is started again.

#include "agent/platform/program_search.h"
#include "agent/platform/spawn.h"
#include "agent/update/agent_update.h"
#include "agent/update/program_swap.h"
#include "agent/update/running_agent.h"
#include "backend/core/byte_encoding.h"
#include "backend/core/text_safety.h"

#include <fmt/format.h>
#include <sys/wait.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <fstream>
#include <poll.h>
#include <thread>
#include <unistd.h>

namespace fb::agent {

namespace {

    using namespace std::chrono_literals;
    using Watch = std::chrono::steady_clock;

    constexpr auto kLook = 100ms;
    constexpr auto kVersionWithin = 10s;
    constexpr auto kRestartWithin = 30s;
    constexpr auto kTermWithin = 3s;
    constexpr auto kKillWithin = 2s;
    constexpr std::string_view kStepMark = "FLAGBRIDGE_STEP="; // its worker ends what bears it

    std::atomic<bool> g_ended = false; // by SIGTERM: the command was cancelled, or its time is over

    void say(std::string_view text)
    {
        std::printf("%.*s\n", static_cast<int>(text.size()), text.data());
        std::fflush(stdout);
    }

    void complain(std::string_view text)
    {
        std::fprintf(stderr, "%.*s\n", static_cast<int>(text.size()), text.data());
    }

    bool within(Watch::duration time, const std::function<bool()> &holds)
    {
        const auto end = Watch::now() + time;
        while (!holds()) {
            if (Watch::now() >= end)
                return false;
            std::this_thread::sleep_for(kLook);
        }
        return true;
    }

    std::vector<std::string> ownEnvironment()
    {
        std::vector<std::string> environment;
        for (char **entry = environ; entry && *entry; ++entry)
            if (!std::string_view(*entry).starts_with(kStepMark))
                environment.emplace_back(*entry);
        return environment;
    }

    // The exit code; nothing when it does not end in time, and then it is ended.
    std::optional<int> waitForEnd(pid_t pid, Watch::duration time)
    {
        int status = 0;
        if (!within(time, [&] { return ::waitpid(pid, &status, WNOHANG) != 0; })) {
            ::kill(pid, SIGKILL);
            ::waitpid(pid, &status, 0);
            return std::nullopt;
        }
        return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    }

    // What a program says to --version, its first 200 bytes.
    std::string versionSaidBy(const std::filesystem::path &program)
    {
        int ends[2];
        if (::pipe2(ends, O_CLOEXEC) != 0)
            return {};
        const UniqueFd out(ends[0]);
        UniqueFd in(ends[1]);
        SpawnRequest request {.program = program.string(), .arguments = {program.string(), "--version"}};
        request.environment = ownEnvironment();
        request.output = in.get();
        const auto pid = spawnProgram(request);
        in.reset();
        if (!pid)
            return {};
        const auto code = waitForEnd(*pid, kVersionWithin);
        char text[200];
        pollfd ready {out.get(), POLLIN, 0};
        const ssize_t got = code && ::poll(&ready, 1, 0) > 0 ? ::read(out.get(), text, sizeof text) : 0;
        return code == 0 && got > 0 ? std::string(text, static_cast<size_t>(got)) : std::string();
    }

    std::string hashOf(const std::filesystem::path &path)
    {
        std::ifstream file(path, std::ios::binary);
        Sha256 hash;
        std::string piece(256 * 1024, '\0');
        while (file.read(piece.data(), static_cast<std::streamsize>(piece.size())) || file.gcount() > 0)
            hash.add(std::string_view(piece).substr(0, static_cast<size_t>(file.gcount())));
        return hash.finish();
    }

    bool catches(pid_t pid, int signal)
    {
        std::ifstream file(fmt::format("/proc/{}/status", pid));
        for (std::string line; std::getline(file, line);)
            if (line.starts_with("SigCgt:"))
                return (std::strtoull(line.c_str() + 7, nullptr, 16) >> (signal - 1)) & 1;
        return false;
    }

    class Updater
    {
    public:
        Updater(PrivateFolder folder, UpdatePlan plan, PrivateFolder state, RunningAgent agent)
            : m_folder(std::move(folder)),
              m_plan(std::move(plan)),
              m_state(std::move(state)),
              m_agent(std::move(agent)),
              m_swap(m_agent.program)
        {
        }

        int run()
        {
            switch (updateStage(m_folder)) {
            case UpdateStage::NotBegun:
                return begin();
            case UpdateStage::RollingBack:
                return rollBack("the update was interrupted");
            case UpdateStage::Swapping:
                break;
            }
            const bool isInPlace = hashOf(m_swap.program()) == m_plan.sha256;
            if (!isInPlace)
                return rollBack("the update was interrupted");
            if (!m_swap.hasEarlier()) // it had proven itself
                return succeed();
            say("The update was interrupted after the swap; going on.");
            return prove(connectedVersion(m_state) == m_plan.version);
        }

    private:
        int begin()
        {
            say(fmt::format("Updating {} to {}.", m_swap.program().string(), m_plan.version));
            if (auto brought = m_swap.bring(m_plan.newProgram); !brought)
                return refuse(brought.error().message);
            const std::string said = versionSaidBy(m_swap.brought());
            if (!said.starts_with(fmt::format("flagbridge-agent {}\n", m_plan.version)))
                return refuse(fmt::format("the new program does not run here as version {}; it says \"{}\"",
                                          m_plan.version, withVisibleEscapes(toValidUtf8(said))));
            forgetConnected(m_state);
            if (auto noted = setUpdateStage(m_folder, UpdateStage::Swapping); !noted)
                return refuse(noted.error().message);
            if (auto swapped = m_swap.swap(); !swapped)
                return rollBack(swapped.error().message);
            return prove(false);
        }

        int refuse(const std::string &reason)
        {
            m_swap.forget();
            complain("Nothing was changed: " + reason);
            return 1;
        }

        int prove(bool isConnected)
        {
            if (!isConnected) {
                if (const std::string failure = startAgain(); !failure.empty())
                    return rollBack(failure);
                isConnected = within(m_agent.updateWithin, [this] {
                    return g_ended || connectedVersion(m_state) == m_plan.version;
                });
            }
            if (g_ended)
                return rollBack("the step was ended");
            if (!isConnected)
                return rollBack(fmt::format("version {} has not connected within {} s", m_plan.version,
                                            m_agent.updateWithin.count()));
            return succeed();
        }

        int succeed()
        {
            m_swap.keep();
            (void)setUpdateStage(m_folder, UpdateStage::NotBegun);
            say(fmt::format("Version {} runs and has connected.", m_plan.version));
            return 0;
        }

        int rollBack(const std::string &reason)
        {
            if (auto noted = setUpdateStage(m_folder, UpdateStage::RollingBack); !noted)
                complain(noted.error().message);
            const bool wasReplaced = m_swap.hasEarlier();
            m_swap.forget();
            if (auto back = m_swap.putBack(); !back) {
                complain(fmt::format("{}. The earlier program could not be put back: {}", reason,
                                     back.error().message));
                return 1;
            }
            forgetConnected(m_state);
            const std::string failure = wasReplaced ? startAgain() : std::string();
            (void)setUpdateStage(m_folder, UpdateStage::NotBegun);
            complain(fmt::format("rolled back: {}", reason));
            if (!failure.empty())
                complain(failure);
            return 1;
        }

        // Why not; empty: it is on its way.
        std::string startAgain()
        {
            if (!m_agent.restartWith.empty())
                return runRestart();
            if (m_started && isRunning(*m_started)) {
                m_agent.process = *m_started;
            } else if (const auto now = readRunningAgent(m_state)) {
                m_agent.process = now->process; // the new one has its own
            }
            const pid_t pid = m_agent.process.pid;
            if (isRunning(m_agent.process) && catches(pid, kStartAgainSignal))
                return ::kill(pid, kStartAgainSignal) == 0 ? "" : "The agent cannot be told to start again.";
            if (isRunning(m_agent.process)) {
                ::kill(pid, SIGTERM);
                if (!within(kTermWithin, [this] { return !isRunning(m_agent.process); })) {
                    ::kill(pid, SIGKILL);
                    within(kKillWithin, [this] { return !isRunning(m_agent.process); });
                }
            }
            const auto log = m_state.openForAppend("agent.log");
            SpawnRequest request {.program = m_swap.program().string(), .arguments = m_agent.arguments};
            request.environment = ownEnvironment();
            request.error = log ? log->get() : -1;
            const auto started = spawnProgram(request);
            m_started = started ? stampOf(*started) : std::nullopt;
            return started ? std::string() : started.error().message;
        }

        std::string runRestart() const
        {
            std::vector<std::string> words;
            std::string_view rest(m_agent.restartWith);
            while (!rest.empty()) {
                const size_t end = std::min(rest.find(' '), rest.size());
                if (end > 0)
                    words.emplace_back(rest.substr(0, end));
                rest.remove_prefix(std::min(end + 1, rest.size()));
            }
            const auto program = words.empty() ? std::nullopt
                : words[0].starts_with('/')    ? std::optional(words[0])
                                               : findProgram(words[0]);
            if (!program)
                return fmt::format("\"{}\" is no program on this node", m_agent.restartWith);
            SpawnRequest request {.program = *program, .arguments = words};
            request.environment = ownEnvironment();
            request.output = 1;
            request.error = 2;
            const auto pid = spawnProgram(request);
            if (!pid)
                return pid.error().message;
            const auto code = waitForEnd(*pid, kRestartWithin);
            return code == 0 ? std::string()
                : code       ? fmt::format("\"{}\" ended with {}", m_agent.restartWith, *code)
                             : fmt::format("\"{}\" did not end within 30 s", m_agent.restartWith);
        }

        PrivateFolder m_folder;
        UpdatePlan m_plan;
        PrivateFolder m_state;
        RunningAgent m_agent;
        ProgramSwap m_swap;
        std::optional<ProcessStamp> m_started; // by this process
    };

}

int runUpdate(const std::string &path)
{
    struct sigaction ended {
    };
    ended.sa_handler = [](int) { g_ended = true; };
    ::sigaction(SIGTERM, &ended, nullptr);
    auto folder = PrivateFolder::openOrMake(path);
    const auto plan = folder ? readUpdatePlan(*folder) : Result<UpdatePlan>(folder.error());
    if (plan && plan->version.empty()) {
        say(plan->message);
        return 0;
    }
    auto state = plan ? PrivateFolder::openOrMake(plan->state) : Result<PrivateFolder>(plan.error());
    auto agent = state ? readRunningAgent(*state) : Result<RunningAgent>(state.error());
    if (!agent) {
        complain(agent.error().message);
        return 1;
    }
    return Updater(*std::move(folder), *plan, *std::move(state), *std::move(agent)).run();
}

}
