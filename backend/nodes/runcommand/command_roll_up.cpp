#include "backend/nodes/runcommand/command_roll_up.h"

namespace fb {

namespace {
    int64_t &counterOf(CommandCounts &counts, InvocationState state)
    {
        switch (state) {
        case InvocationState::Pending:
            return counts.pending;
        case InvocationState::Delayed:
            return counts.delayed;
        case InvocationState::InProgress:
            return counts.inProgress;
        case InvocationState::Cancelling:
            return counts.cancelling;
        case InvocationState::Success:
            return counts.success;
        case InvocationState::Failed:
        case InvocationState::ExecutionTimedOut:
            return counts.failed;
        case InvocationState::DeliveryTimedOut:
            return counts.deliveryTimedOut;
        case InvocationState::Cancelled:
            return counts.cancelled;
        case InvocationState::Terminated:
            return counts.terminated;
        case InvocationState::Undeliverable:
            return counts.undeliverable;
        case InvocationState::InvalidPlatform:
            return counts.invalidPlatform;
        case InvocationState::AccessDenied:
            break;
        }
        return counts.accessDenied;
    }

    CommandState openState(const CommandCounts &counts, bool wholeCommandCancelled)
    {
        if (wholeCommandCancelled)
            return CommandState::Cancelling;
        if (counts.inProgress + counts.cancelling == 0 && counts.pending == 0)
            return CommandState::Delayed; // every open row waits for its node
        const bool noneReleased = counts.inProgress + counts.cancelling + counts.success + counts.failed == 0;
        return noneReleased ? CommandState::Pending : CommandState::InProgress;
    }
}

void CommandCounts::add(InvocationState state, int64_t count) { counterOf(*this, state) += count; }

void CommandCounts::move(InvocationState from, InvocationState to)
{
    --counterOf(*this, from);
    ++counterOf(*this, to);
}

int64_t CommandCounts::completed() const
{
    return success + failed + deliveryTimedOut + undeliverable + invalidPlatform + accessDenied + cancelled
        + terminated;
}

CommandState rollUp(const CommandCounts &counts, int64_t errorLimit, bool wholeCommandCancelled)
{
    if (counts.completed() < counts.targets)
        return openState(counts, wholeCommandCancelled);
    const int64_t unreached = counts.undeliverable + counts.invalidPlatform + counts.accessDenied;
    if (counts.targets == 0)
        return CommandState::NoInstancesInTag;
    if (wholeCommandCancelled && counts.cancelled > 0)
        return CommandState::Cancelled;
    if (counts.failed > errorLimit)
        return CommandState::Failed;
    if (counts.deliveryTimedOut > errorLimit)
        return CommandState::DeliveryTimedOut;
    if (counts.success == counts.targets)
        return CommandState::Success;
    if (counts.success == 0 && counts.accessDenied == counts.targets)
        return CommandState::AccessDenied;
    if (counts.success == 0 && unreached == counts.targets)
        return CommandState::Failed;
    if (counts.cancelled == counts.targets)
        return CommandState::Cancelled;
    if (counts.success >= 1 && counts.success + unreached == counts.targets)
        return CommandState::Success;
    return CommandState::Incomplete;
}

}
