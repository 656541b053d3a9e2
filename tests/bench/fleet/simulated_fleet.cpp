#include "tests/bench/fleet/simulated_fleet.h"

#include <QDeadlineTimer>
#include <QJsonDocument>

namespace fb::bench {

Result<void> SimulatedFleet::waitUntilConnected(int milliseconds)
{
    const QDeadlineTimer deadline(milliseconds);
    while (!deadline.hasExpired()) {
        const QByteArray line = nodes->readLine(static_cast<int>(deadline.remainingTime()));
        if (line.isEmpty())
            break;
        if (QJsonDocument::fromJson(line)[QStringLiteral("event")].toString() == QStringLiteral("ready"))
            return {};
    }
    return makeError(errors::kServiceUnavailable,
                     "the simulated nodes were not all connected in time: "
                         + nodes->process().readAllStandardError().toStdString());
}

Result<std::unique_ptr<test::EngineProcess>> startEngine()
{
    auto engine = std::make_unique<test::EngineProcess>();
    if (!engine->start())
        return makeError(errors::kServiceUnavailable, engine->failure().toStdString());
    return engine;
}

Result<SimulatedFleet> startFleet(std::unique_ptr<test::EngineProcess> engine, int nodes)
{
    SimulatedFleet fleet {std::move(engine), nullptr};
    fleet.nodes = std::make_unique<test::TestProcess>(
        fleet.engine->program(QStringLiteral("flagbridge-fleetsim")),
        QStringList {QStringLiteral("--data"), fleet.engine->dataFolder(), QStringLiteral("--nodes"),
                     QString::number(nodes)});
    if (const auto connected = fleet.waitUntilConnected(600'000); !connected)
        return connected.error();
    return fleet;
}

}
