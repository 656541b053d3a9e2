#pragma once
// A real engine with simulated nodes beside it, for the measurements that need many.

#include "backend/core/result.h"
#include "tests/support/engine_process.h"

#include <memory>

namespace fb::bench {

struct SimulatedFleet {
    std::unique_ptr<test::EngineProcess> engine;
    std::unique_ptr<test::TestProcess> nodes;

    // Waits until fleetsim says that all its nodes are connected.
    Result<void> waitUntilConnected(int milliseconds);
};

Result<std::unique_ptr<test::EngineProcess>> startEngine();
Result<SimulatedFleet> startFleet(std::unique_ptr<test::EngineProcess> engine, int nodes);

}
