// Many nodes at once: a fan-out, memory at rest, coming back after a restart.

#include "tests/bench/fleet/simulated_fleet.h"
#include "tests/bench/gateway/bare_tls.h"
#include "tests/bench/measurements.h"
#include "tests/bench/process_figures.h"
#include "tests/bench/store/bare_sqlite.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QThread>

#include <fmt/format.h>

namespace fb::bench {

namespace {
    constexpr int kFanOutNodes = 1000;
    constexpr int kConnectedNodes = 4000;
    constexpr int kReturningNodes = 10'000;

    struct FanOut {
        double wallSeconds = 0;
        double engineMsPerNode = 0;
    };

    Result<FanOut> fanOutOnce(const test::EngineProcess &engine, int nodes)
    {
        const auto cpu = processCpu(engine.pid());
        QElapsedTimer timer;
        timer.start();
        const test::CliAnswer answer = engine.cli(
            {QStringLiteral("run")},
            {QStringLiteral("--document"), QStringLiteral("AWS-RunShellScript"),
             QStringLiteral("--parameter"), QStringLiteral("commands=echo hello"), QStringLiteral("--all"),
             QStringLiteral("--max-concurrency"), QStringLiteral("100%"), QStringLiteral("--json")},
            120'000);
        const double wall = static_cast<double>(timer.nsecsElapsed()) / 1e9;
        const QJsonObject last = answer.lastObject();
        const auto succeeded = last[QStringLiteral("Invocations")].toArray().size();
        if (answer.exitCode != 0 || succeeded != nodes)
            return makeError(errors::kInternal,
                             fmt::format("the fan-out ended with exit code {} and {} results of {}: {}",
                                         answer.exitCode, succeeded, nodes, answer.error.toStdString()));
        return FanOut {wall, milliseconds(processCpu(engine.pid()) - cpu) / nodes};
    }
}

Figures measureFanOut()
{
    auto engine = startEngine();
    if (!engine)
        return engine.error();
    auto fleet = startFleet(std::move(*engine), kFanOutNodes);
    if (!fleet)
        return fleet.error();

    BareTls tls;
    const QList<Invocation> rows = invocationRows(10'000);
    std::vector<double> bare;
    std::vector<double> cpu;
    std::vector<double> wall;
    for (int run = 0; run < 5; ++run) {
        // the parts that no design can leave out: a record in, a record out, three times a node, and a row
        bare.push_back(3 * tls.recordPairMs(600, 2000) + 1000 / bareSqliteRowsPerCpuSecond(rows));
        const auto once = fanOutOnce(*fleet->engine, kFanOutNodes);
        if (!once)
            return once.error();
        cpu.push_back(once->engineMsPerNode);
        wall.push_back(once->wallSeconds);
    }
    return std::vector<Figure> {
        {.name = "fan-out: engine CPU per node",
         .value = median(cpu),
         .unit = "ms",
         .budget = 0.5,
         .yardstick = Yardstick {"TLS records and a SQLite row, bare", median(bare), 0.1},
         .note = fmt::format("{} simulated nodes, median of 5", kFanOutNodes)},
        {.name = "fan-out: wall time, 1,000 nodes",
         .value = median(wall),
         .unit = "s",
         .budget = 3,
         .yardstick = {},
         .note = "command line to last result, nodes on the same two cores"},
    };
}

Figures measureConnected()
{
    auto engine = startEngine();
    if (!engine)
        return engine.error();
    QThread::sleep(2);
    const Memory before = memoryOf((*engine)->pid());
    auto fleet = startFleet(std::move(*engine), kConnectedNodes);
    if (!fleet)
        return fleet.error();
    QThread::sleep(5);
    const Memory after = memoryOf(fleet->engine->pid());

    constexpr int kIdleSeconds = 30;
    const auto cpu = processCpu(fleet->engine->pid());
    QThread::sleep(kIdleSeconds);
    const double share = seconds(processCpu(fleet->engine->pid()) - cpu) / kIdleSeconds * 100;
    return std::vector<Figure> {
        {.name = "connected: engine memory per node",
         .value = (after.residentKib - before.residentKib) / kConnectedNodes,
         .unit = "KiB",
         .budget = 54,
         .yardstick = {},
         .note = fmt::format("{} nodes, resident, enrolment included", kConnectedNodes)},
        {.name = "connected: engine CPU at rest",
         .value = share * 10'000 / kConnectedNodes,
         .unit = "% of a core",
         .budget = 10,
         .yardstick = {},
         .note = fmt::format("over {} s, scaled to 10,000 nodes", kIdleSeconds)},
    };
}

Figures measureReconnect()
{
    auto engine = startEngine();
    if (!engine)
        return engine.error();
    auto fleet = startFleet(std::move(*engine), kReturningNodes);
    if (!fleet)
        return fleet.error();
    fleet->engine->kill9();
    QElapsedTimer timer;
    timer.start();
    if (!fleet->engine->start())
        return makeError(errors::kServiceUnavailable, fleet->engine->failure().toStdString());
    const auto begin = processCpu(fleet->engine->pid());
    if (const auto back = fleet->waitUntilConnected(300'000); !back)
        return back.error();
    const double wall = static_cast<double>(timer.elapsed()) / 1000;
    return std::vector<Figure> {
        {.name = "reconnect: 10,000 nodes after kill -9",
         .value = wall,
         .unit = "s",
         .budget = 60,
         .yardstick = {},
         .note = fmt::format("engine killed and started again; its CPU {:.2f} ms a node",
                             milliseconds(processCpu(fleet->engine->pid()) - begin) / kReturningNodes)},
    };
}

}
