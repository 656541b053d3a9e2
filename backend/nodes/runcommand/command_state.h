#pragma once
// The states of commands and invocations, and what the API calls them (spec/run-command.md 2.3, 3.7). Numbers are stored: never change
// one. Plain values; any thread.

#include "backend/base/field.h"

#include <QString>

#include <array>
#include <cstdint>

namespace fb {

// What the API shows as Status.
enum class CommandStatus { Pending, InProgress, Delayed, Cancelling, Success, Failed, TimedOut, Cancelled };

constexpr auto namesOf(const CommandStatus *)
{
    using Name = EnumName<CommandStatus>;
    return std::array {
        Name {CommandStatus::Pending, "Pending"},   Name {CommandStatus::InProgress, "InProgress"},
        Name {CommandStatus::Delayed, "Delayed"},   Name {CommandStatus::Cancelling, "Cancelling"},
        Name {CommandStatus::Success, "Success"},   Name {CommandStatus::Failed, "Failed"},
        Name {CommandStatus::TimedOut, "TimedOut"}, Name {CommandStatus::Cancelled, "Cancelled"}};
}

// Status and StatusDetails of one node's run in one value.
enum class InvocationState : uint8_t {
    Pending = 0,
    Delayed = 1,
    InProgress = 2,
    Cancelling = 3,
    Success = 10,
    Failed = 11,
    ExecutionTimedOut = 12,
    DeliveryTimedOut = 13,
    Cancelled = 14,
    Terminated = 15,
    Undeliverable = 16,
    InvalidPlatform = 17,
    AccessDenied = 18,
};

constexpr auto namesOf(const InvocationState *) // StatusDetails
{
    using Name = EnumName<InvocationState>;
    return std::array {Name {InvocationState::Pending, "Pending"},
                       Name {InvocationState::Delayed, "Delayed"},
                       Name {InvocationState::InProgress, "InProgress"},
                       Name {InvocationState::Cancelling, "Cancelling"},
                       Name {InvocationState::Success, "Success"},
                       Name {InvocationState::Failed, "Failed"},
                       Name {InvocationState::ExecutionTimedOut, "ExecutionTimedOut"},
                       Name {InvocationState::DeliveryTimedOut, "DeliveryTimedOut"},
                       Name {InvocationState::Cancelled, "Cancelled"},
                       Name {InvocationState::Terminated, "Terminated"},
                       Name {InvocationState::Undeliverable, "Undeliverable"},
                       Name {InvocationState::InvalidPlatform, "InvalidPlatform"},
                       Name {InvocationState::AccessDenied, "AccessDenied"}};
}

constexpr bool isTerminal(InvocationState state) { return state >= InvocationState::Success; }
// Counted in ErrorCount and against MaxErrors.
constexpr bool isError(InvocationState state)
{
    return state == InvocationState::Failed || state == InvocationState::ExecutionTimedOut;
}
CommandStatus statusOf(InvocationState state);

// Status and StatusDetails of a command in one value.
enum class CommandState : uint8_t {
    Pending = 0,
    InProgress = 1,
    Delayed = 2, // InProgress with every open row waiting for its node
    Cancelling = 3,
    Success = 10,
    Failed = 11,
    DeliveryTimedOut = 12,
    Cancelled = 13,
    NoInstancesInTag = 14,
    AccessDenied = 15,
    Incomplete = 16,
    RateExceeded = 17,
};

constexpr auto namesOf(const CommandState *) // StatusDetails
{
    using Name = EnumName<CommandState>;
    return std::array {Name {CommandState::Pending, "Pending"},
                       Name {CommandState::InProgress, "InProgress"},
                       Name {CommandState::Delayed, "Delayed"},
                       Name {CommandState::Cancelling, "Cancelling"},
                       Name {CommandState::Success, "Success"},
                       Name {CommandState::Failed, "Failed"},
                       Name {CommandState::DeliveryTimedOut, "DeliveryTimedOut"},
                       Name {CommandState::Cancelled, "Cancelled"},
                       Name {CommandState::NoInstancesInTag, "NoInstancesInTag"},
                       Name {CommandState::AccessDenied, "AccessDenied"},
                       Name {CommandState::Incomplete, "Incomplete"},
                       Name {CommandState::RateExceeded, "RateExceeded"}};
}

constexpr bool isTerminal(CommandState state) { return state >= CommandState::Success; }
CommandStatus statusOf(CommandState state);

}
