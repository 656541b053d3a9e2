#pragma once
// Publishes a build of the agent from files of this machine: reads its signature, makes its digest, gives it to the engine. On a thread of a
// pool, which waits for the engine.

#include "backend/engine/engine_thread.h"
#include "models/nodes/agentbuilds/agent_builds_source.h"

#include <atomic>

namespace fb {

struct PublishingTurn {
    std::function<void(const PublishProgress &)> progress; // called on the pool's thread
    std::atomic_bool stops = false;
};

// Errors name File, Signature, Version, Platform or Architecture.
Result<void> publishBuild(EngineThread &engine, const BuildWish &wish, PublishingTurn &turn);

// A public key from a file. Errors name ReleaseKey.
Result<void> setReleaseKeyFrom(EngineThread &engine, const QString &file);

}
