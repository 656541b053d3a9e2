#include "backend/nodes/runcommand/command_state.h"

namespace fb {

CommandStatus statusOf(InvocationState state)
{
    switch (state) {
    case InvocationState::Pending:
        return CommandStatus::Pending;
    case InvocationState::Delayed:
        return CommandStatus::Delayed;
    case InvocationState::InProgress:
        return CommandStatus::InProgress;
    case InvocationState::Cancelling:
        return CommandStatus::Cancelling;
    case InvocationState::Success:
        return CommandStatus::Success;
    case InvocationState::ExecutionTimedOut:
    case InvocationState::DeliveryTimedOut:
        return CommandStatus::TimedOut;
    case InvocationState::Cancelled:
    case InvocationState::Terminated:
        return CommandStatus::Cancelled;
    case InvocationState::Failed:
    case InvocationState::Undeliverable:
    case InvocationState::InvalidPlatform:
    case InvocationState::AccessDenied:
        return CommandStatus::Failed;
    }
    return CommandStatus::Failed;
}

CommandStatus statusOf(CommandState state)
{
    switch (state) {
    case CommandState::Pending:
        return CommandStatus::Pending;
    case CommandState::InProgress:
    case CommandState::Delayed:
        return CommandStatus::InProgress;
    case CommandState::Cancelling:
        return CommandStatus::Cancelling;
    case CommandState::Success:
        return CommandStatus::Success;
    case CommandState::DeliveryTimedOut:
        return CommandStatus::TimedOut;
    case CommandState::Cancelled:
        return CommandStatus::Cancelled;
    case CommandState::Failed:
    case CommandState::NoInstancesInTag:
    case CommandState::AccessDenied:
    case CommandState::Incomplete:
    case CommandState::RateExceeded:
        return CommandStatus::Failed;
    }
    return CommandStatus::Failed;
}

}
