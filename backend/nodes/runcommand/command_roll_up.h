#pragma once
// From a command's counters to its state (spec/run-command.md 3.7). Pure values; any thread.

#include "backend/nodes/runcommand/command_state.h"

#include <cstdint>

namespace fb {

// How many invocations are in which state; moved by increments, never recounted.
struct CommandCounts {
    int64_t targets = 0; // N
    int64_t pending = 0;
    int64_t delayed = 0;
    int64_t inProgress = 0;
    int64_t cancelling = 0;
    int64_t success = 0; // S
    int64_t failed = 0; // Failed and ExecutionTimedOut: F = ErrorCount
    int64_t deliveryTimedOut = 0; // D
    int64_t undeliverable = 0; // U
    int64_t invalidPlatform = 0; // P
    int64_t accessDenied = 0; // A
    int64_t cancelled = 0; // K, by a person or an alarm
    int64_t terminated = 0; // T, after MaxErrors

    void add(InvocationState state, int64_t count = 1);
    void move(InvocationState from, InvocationState to);
    int64_t completed() const;
    bool operator==(const CommandCounts &) const = default;
};

// The state while any row is open, and the first of the ten rules that holds once none is.
CommandState rollUp(const CommandCounts &counts, int64_t errorLimit, bool wholeCommandCancelled);

}
