#pragma once
// Hands waiting rows to their nodes as MaxConcurrency allows, stops at MaxErrors, and takes rows back whose node went away before it
// acknowledged (spec/run-command.md 3.4, 3.8). Engine thread.

#include "backend/nodes/runcommand/command_turn.h"

namespace fb {

class ReleaseScheduler
{
public:
    explicit ReleaseScheduler(RunCommandParts &parts) : m_parts(parts) { }

    Result<void> pump(CommandTurn &turn,
                      OpenCommand &open); // stop if errors say so, else release what may go
    void nodeBack(OpenCommand &open, const QString &node);
    Result<void> nodeAway(CommandTurn &turn, OpenCommand &open, const QString &node);
    // After the grace of a restart: what is still not connected waits as Delayed.
    Result<void> delayAbsent(CommandTurn &turn, OpenCommand &open);

private:
    Result<void> stop(CommandTurn &turn, OpenCommand &open);
    bool mayRun(CommandTurn &turn, OpenCommand &open, Invocation &row);
    Result<void> release(CommandTurn &turn, OpenCommand &open, const std::vector<uint32_t> &rows);

    RunCommandParts &m_parts;
};

}
