// flagbridge-fleetsim: thousands of simulated nodes beside a running engine, in one process.

#include "app/fleetsim/activation_source.h"
#include "app/fleetsim/sim_fleet.h"

#include <boost/asio/signal_set.hpp>
#include <fmt/format.h>

#include <charconv>
#include <csignal>
#include <cstdio>
#include <string_view>

#include <sys/resource.h>

namespace {

constexpr size_t kMostNodes = 50'000;
constexpr size_t kSpareDescriptors = 64;
constexpr int kMostPowerCuts = 50;

constexpr const char *kHelp = R"(usage: flagbridge-fleetsim --data DIR --nodes N [--power-cuts P]

Connects N simulated nodes to the engine that runs in DIR. Each has a key and a certificate, enrols with an activation made over the
engine's control socket, and speaks the agent's protocol; ledger and spool are in memory. Scripts are not executed: every step succeeds
at once with one line of output.

  --data DIR    folder of a running engine
  --nodes N     1 to 50000
  --power-cuts P  0 to 50: in so many percent of the moments before and after a node writes which CAs it trusts, or its next
                certificate, its power goes, and it comes back with what was on its disk

On standard output one JSON line says when all nodes are connected, and another when some were lost:
  {"event":"ready","nodes":1000,"seconds":4.2}
  {"event":"lost","connected":0}
SIGTERM and Ctrl+C disconnect all and end the program.

Exit code: 0 stopped, 1 failed, 2 wrong usage, 3 the engine refused, 4 no engine.
)";

struct Options {
    std::string dataFolder;
    size_t nodes = 0;
    int powerCuts = 0;
};

std::optional<Options> parseOptions(int argc, char **argv)
{
    Options options;
    for (int i = 1; i < argc; ++i) {
        const std::string_view name = argv[i];
        const std::string_view value = i + 1 < argc ? argv[i + 1] : "";
        if (name == "--data" && !value.empty()) {
            options.dataFolder = value;
        } else if (name == "--nodes") {
            const auto [end, error]
                = std::from_chars(value.data(), value.data() + value.size(), options.nodes);
            if (error != std::errc {} || end != value.data() + value.size() || options.nodes < 1
                || options.nodes > kMostNodes) {
                fmt::print(stderr, "flagbridge-fleetsim: --nodes is \"{}\"; it must be 1 to {}.\n", value,
                           kMostNodes);
                return {};
            }
        } else if (name == "--power-cuts") {
            const auto [end, error]
                = std::from_chars(value.data(), value.data() + value.size(), options.powerCuts);
            if (error != std::errc {} || end != value.data() + value.size() || options.powerCuts < 0
                || options.powerCuts > kMostPowerCuts) {
                fmt::print(stderr, "flagbridge-fleetsim: --power-cuts is \"{}\"; it must be 0 to {}.\n",
                           value, kMostPowerCuts);
                return {};
            }
        } else {
            fmt::print(stderr,
                       "flagbridge-fleetsim: {} is unknown or lacks its value; --help shows what there is.\n",
                       name);
            return {};
        }
        ++i;
    }
    if (options.dataFolder.empty() || options.nodes == 0) {
        fmt::print(stderr, "flagbridge-fleetsim: --data DIR and --nodes N are needed; --help says more.\n");
        return {};
    }
    return options;
}

// A socket for each node.
bool raiseDescriptorLimit(size_t nodes)
{
    rlimit limit {};
    getrlimit(RLIMIT_NOFILE, &limit);
    const rlim_t wanted = nodes + kSpareDescriptors;
    if (limit.rlim_cur < wanted) {
        limit.rlim_cur = std::min(wanted, limit.rlim_max);
        setrlimit(RLIMIT_NOFILE, &limit);
    }
    if (limit.rlim_cur >= wanted)
        return true;
    fmt::print(stderr, "flagbridge-fleetsim: {} nodes need {} open files, the limit is {} (ulimit -n).\n",
               nodes, wanted, limit.rlim_max);
    return false;
}

// Tells on standard output how many are connected, until a signal or a failure.
class Watch
{
public:
    Watch(const fb::sim::SimFleet &fleet, size_t nodes) : m_fleet(fleet), m_nodes(nodes) { }

    int run()
    {
        m_signals.async_wait([this](const boost::system::error_code &error, int) {
            if (!error)
                m_context.stop();
        });
        look();
        m_context.run();
        return m_exitCode;
    }

private:
    void look()
    {
        if (const auto failure = m_fleet.failure()) {
            fmt::print(stderr, "flagbridge-fleetsim: enrolment failed: {}: {}\n", failure->code.name(),
                       failure->message);
            m_exitCode = 1;
            m_context.stop();
            return;
        }
        const size_t connected = m_fleet.connectedCount();
        if (connected == m_nodes && !m_ready) {
            m_ready = true;
            say(fmt::format(R"({{"event":"ready","nodes":{},"seconds":{:.2f}}})", m_nodes,
                            secondsSince(m_began)));
        } else if (connected < m_nodes && m_ready) {
            m_ready = false;
            m_began = std::chrono::steady_clock::now();
            say(fmt::format(R"({{"event":"lost","connected":{}}})", connected));
        }
        m_timer.expires_after(std::chrono::milliseconds(20));
        m_timer.async_wait([this](const boost::system::error_code &error) {
            if (!error)
                look();
        });
    }

    static double secondsSince(std::chrono::steady_clock::time_point begin)
    {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    }

    static void say(const std::string &line)
    {
        std::puts(line.c_str());
        std::fflush(stdout);
    }

    const fb::sim::SimFleet &m_fleet;
    size_t m_nodes;
    boost::asio::io_context m_context {1};
    boost::asio::signal_set m_signals {m_context, SIGTERM, SIGINT};
    boost::asio::steady_timer m_timer {m_context};
    std::chrono::steady_clock::time_point m_began = std::chrono::steady_clock::now();
    bool m_ready = false;
    int m_exitCode = 0;
};

}

int main(int argc, char **argv)
{
    if (argc > 1 && std::string_view(argv[1]) == "--help") {
        std::fputs(kHelp, stdout);
        return 0;
    }
    const auto options = parseOptions(argc, argv);
    if (!options)
        return 2;
    std::signal(SIGPIPE, SIG_IGN);
    if (!raiseDescriptorLimit(options->nodes))
        return 1;

    auto invitation = fb::sim::inviteNodes(options->dataFolder, options->nodes);
    if (!invitation) {
        fmt::print(stderr, "flagbridge-fleetsim: {}: {}\n", invitation.error().code.name(),
                   invitation.error().message);
        return invitation.error().code == fb::errors::kServiceUnavailable ? 4 : 3;
    }
    invitation->engine.powerCuts = options->powerCuts;
    fb::sim::SimFleet fleet(invitation->engine, invitation->activations, options->nodes,
                            std::max(1U, std::thread::hardware_concurrency()));
    fleet.start();
    const int exitCode = Watch(fleet, options->nodes).run();
    fleet.stop();
    return exitCode;
}
