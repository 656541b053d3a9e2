// One real agent: what it takes at rest, and how soon the first line of a script is there.

#include "backend/control/control_client.h"
#include "tests/bench/fleet/simulated_fleet.h"
#include "tests/bench/measurements.h"
#include "tests/bench/process_figures.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QThread>

#include <fmt/format.h>

#include <cstdio>
#include <stdexcept>

namespace fb::bench {

namespace {
    constexpr int kRuns = 21;
    constexpr int kRestSeconds = 20;

    double msSince(const QElapsedTimer &timer) { return static_cast<double>(timer.nsecsElapsed()) / 1e6; }

    // From the request to the first line of output.
    double firstOutputMs(ControlClient &engine, const QString &node)
    {
        QElapsedTimer timer;
        timer.start();
        const auto sent = engine.call(
            QStringLiteral("SendCommand"),
            {{QStringLiteral("DocumentName"), QStringLiteral("AWS-RunShellScript")},
             {QStringLiteral("InstanceIds"), QJsonArray {node}},
             {QStringLiteral("Parameters"),
              QJsonObject {{QStringLiteral("commands"), QJsonArray {QStringLiteral("echo x")}}}}});
        if (!sent)
            throw std::runtime_error(sent.error().message);
        double first = 0;
        const auto followed = engine.call(
            QStringLiteral("FollowCommand"),
            {{QStringLiteral("CommandId"), (*sent)[QStringLiteral("Command")][QStringLiteral("CommandId")]},
             {QStringLiteral("Output"), true}},
            [&](const QJsonObject &event) {
                if (first == 0 && event.contains(QStringLiteral("Text")))
                    first = msSince(timer);
            });
        if (!followed || first == 0)
            throw std::runtime_error(followed ? "the command showed no output" : followed.error().message);
        return first;
    }

    // The script alone: a shell that says one line.
    double shellStartMs()
    {
        QElapsedTimer timer;
        timer.start();
        FILE *shell = popen("echo x", "r"); // NOLINT(cert-env33-c)
        if (shell == nullptr)
            throw std::runtime_error("no shell could be started");
        char line[16];
        const bool said = fgets(line, sizeof line, shell) != nullptr;
        const double first = msSince(timer);
        pclose(shell);
        if (!said)
            throw std::runtime_error("the shell said nothing");
        return first;
    }

    Result<QString> onlineNode(const test::EngineProcess &engine)
    {
        QElapsedTimer timer;
        timer.start();
        while (timer.elapsed() < 30'000) {
            for (const QJsonValue node : engine.nodes()) {
                if (node[QStringLiteral("PingStatus")].toString() == QStringLiteral("Online"))
                    return node[QStringLiteral("InstanceId")].toString();
            }
            QThread::msleep(100);
        }
        return makeError(errors::kServiceUnavailable, "the agent did not come online");
    }
}

Figures measureAgent()
{
    auto engine = startEngine();
    if (!engine)
        return engine.error();
    const auto agent = (*engine)->startAgent(QStringLiteral("agent"));
    const auto node = onlineNode(**engine);
    if (!node)
        return node.error();
    QThread::sleep(5);
    // The supervisor, and the process that talks to the engine.
    std::vector<int64_t> processes = childrenOf(agent->pid());
    processes.push_back(agent->pid());
    const auto cpuOfAll = [&] {
        std::chrono::nanoseconds sum {};
        for (const int64_t pid : processes)
            sum += processCpu(pid);
        return sum;
    };
    const auto cpu = cpuOfAll();
    QThread::sleep(kRestSeconds);
    const double share = seconds(cpuOfAll() - cpu) / kRestSeconds * 100;
    Memory memory;
    for (const int64_t pid : processes) {
        const Memory one = memoryOf(pid);
        memory.residentKib += one.residentKib;
        memory.proportionalKib += one.proportionalKib;
    }

    auto control = ControlClient::connectTo((*engine)->dataFolder());
    if (!control)
        return control.error();
    try {
        const Pair first = alternately(
            kRuns, [&] { return firstOutputMs(**control, *node); }, [] { return shellStartMs(); });
        return std::vector<Figure> {
            {.name = "agent: memory at rest (PSS)",
             .value = memory.proportionalKib / 1024,
             .unit = "MiB",
             .budget = 10,
             .yardstick = {},
             .note
             = fmt::format("{} processes, resident {:.1f} MiB", processes.size(), memory.residentKib / 1024)},
            {.name = "agent: CPU at rest",
             .value = share,
             .unit = "% of a core",
             .budget = 0.1,
             .yardstick = {},
             .note = fmt::format("over {} s", kRestSeconds)},
            {.name = "agent: first output over the script's start",
             .value = first.ours - first.yardstick,
             .unit = "ms",
             .budget = 10,
             .yardstick = Yardstick {"a shell that says one line", first.yardstick, 0},
             .note = fmt::format("{:.1f} ms from request to line, median of {}", first.ours, kRuns)},
        };
    } catch (const std::exception &error) {
        return makeError(errors::kInternal, error.what());
    }
}

}
