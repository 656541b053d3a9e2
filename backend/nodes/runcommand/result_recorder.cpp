#include "backend/nodes/runcommand/result_recorder.h"

#include "backend/base/qt_text.h"
#include "backend/core/text_safety.h"
#include "backend/core/time_text.h"
#include "backend/language/roll_up.h"
#include "backend/nodes/runcommand/output_recorder.h"

#include <fmt/format.h>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr size_t kMostTraceCharacters = 2500;
    constexpr size_t kMostNameCharacters = 256;
    constexpr uint32_t kMostResultSteps = 1000;
    constexpr size_t kMostHeadBytes = 32 * 1024;

    // A node's words are hostile: valid UTF-8, bounded, nothing invisible.
    QString nodeText(std::string_view text, size_t characters)
    {
        return toQString(
            withVisibleEscapes(firstCodePoints(toValidUtf8(text.substr(0, characters * 4)), characters)));
    }

    std::optional<InvocationState> stateOf(std::string_view status)
    {
        if (status == "Success")
            return InvocationState::Success;
        if (status == "Failed")
            return InvocationState::Failed;
        if (status == "TimedOut")
            return InvocationState::ExecutionTimedOut;
        if (status == "Cancelled")
            return InvocationState::Cancelled;
        return std::nullopt;
    }

    // Times of a node are shown, not reckoned with: one that cannot be true is left out.
    std::optional<Instant> nodeTime(int64_t micros)
    {
        constexpr int64_t kYear2100 = 4'102'444'800'000'000;
        return micros > 0 && micros < kYear2100 ? std::optional(fromMicros(micros)) : std::nullopt;
    }

    Error malformed(std::string_view what, std::string_view value)
    {
        return makeError(errors::kValidation,
                         fmt::format("{}: \"{}\" is not allowed", what, value.substr(0, 40)));
    }

    Result<void> checkStep(const wire::OrderStep &step)
    {
        const auto status = stepStatusNamed(step.status());
        if (!status || *status == StepStatus::Pending || *status == StepStatus::InProgress)
            return malformed("step status", step.status());
        if (!step.has_step_index() || step.step_index() >= kMostResultSteps)
            return malformed("step index", fmt::format("{}", step.step_index()));
        if (step.stdout_head().size() > kMostHeadBytes || step.stderr_head().size() > kMostHeadBytes)
            return malformed("output head", "over 32 KiB");
        if (step.stdout_head().size() > step.stdout_size() || step.stderr_head().size() > step.stderr_size())
            return malformed("output size", "less than its head");
        return {};
    }

    QString resultText(const OrderReport &report)
    {
        const auto &result = std::get<wire::OrderResult>(report);
        return toQString(fmt::format("{}, code {},",
                                     stepStatusNamed(result.status()) ? result.status() : "A result",
                                     result.response_code()));
    }

    int responseCodeOf(const wire::OrderResult &result)
    {
        if (result.steps().empty())
            return result.response_code();
        std::vector<StepResult> steps;
        for (const wire::OrderStep &step : result.steps())
            steps.push_back({.status = *stepStatusNamed(step.status()), .code = step.response_code()});
        return responseCode(steps);
    }
}

ResultRecorder::ResultRecorder(RunCommandParts &parts, CommandRepository &commands, OutputRecorder &outputs)
    : m_parts(parts),
      m_commands(commands),
      m_outputs(outputs)
{
}

Result<void> ResultRecorder::check(const OrderReport &report)
{
    if (const auto *step = std::get_if<wire::OrderStep>(&report))
        return checkStep(*step);
    const auto *result = std::get_if<wire::OrderResult>(&report);
    if (!result)
        return {};
    if (!stateOf(result->status()))
        return malformed("result status", result->status());
    if (static_cast<uint32_t>(result->steps_size()) > kMostResultSteps)
        return malformed("number of steps", fmt::format("{}", result->steps_size()));
    for (const wire::OrderStep &step : result->steps()) {
        if (auto checked = checkStep(step); !checked)
            return checked;
    }
    return {};
}

Result<void> ResultRecorder::apply(CommandTurn &turn, OpenCommand *open, const AppliedReport &applied)
{
    const QString node = toQString(applied.order.node);
    if (open) {
        Invocation *row = open->find(node);
        if (!row)
            return {};
        if (!isTerminal(row->state))
            return applyOpen(turn, *open, *row, applied);
        return applyLate(turn, *row, applied, open);
    }
    auto row = m_commands.invocation(turn.tx(), toId<CommandId>(applied.order.subject), node);
    if (!row)
        return row.error();
    return *row ? applyLate(turn, **row, applied, nullptr) : Result<void>();
}

void ResultRecorder::acknowledge(CommandTurn &turn, OpenCommand &open, Invocation &row)
{
    if (row.acknowledgedAt)
        return;
    row.acknowledgedAt = turn.now();
    open.waves.acknowledged(static_cast<uint32_t>(row.ordinal));
    turn.touch(open, row);
    if (row.state == InvocationState::Pending || row.state == InvocationState::Delayed)
        turn.moveTo(open, row, InvocationState::InProgress); // it had arrived before the connection was lost
}

void ResultRecorder::refuse(CommandTurn &turn, OpenCommand &open, Invocation &row,
                            const wire::OrderSeen &seen)
{
    const bool tooLate = seen.refused() == "too-late";
    if (!tooLate) {
        row.trace = u"The node refused the order: %1. %2"_s
                        .arg(nodeText(seen.refused(), 40), nodeText(seen.text(), kMostTraceCharacters / 2))
                        .trimmed();
    }
    open.waves.ended(static_cast<uint32_t>(row.ordinal), false);
    turn.moveTo(open, row, tooLate ? InvocationState::DeliveryTimedOut : InvocationState::Undeliverable);
}

Result<void> ResultRecorder::applyOpen(CommandTurn &turn, OpenCommand &open, Invocation &row,
                                       const AppliedReport &applied)
{
    if (const auto *seen = std::get_if<wire::OrderSeen>(&applied.report); seen && !seen->refused().empty()) {
        refuse(turn, open, row, *seen);
        return {};
    }
    if (const auto *cancelled = std::get_if<wire::CancelResult>(&applied.report)) {
        if (cancelled->outcome() != "unknown") {
            acknowledge(turn, open, row); // it has the order, and its result comes
            return {};
        }
        open.waves.ended(static_cast<uint32_t>(row.ordinal), false);
        turn.moveTo(open, row, InvocationState::Cancelled);
        return {};
    }
    acknowledge(turn, open, row);
    if (const auto *started = std::get_if<wire::OrderStarted>(&applied.report)) {
        if (!row.startedAt) {
            row.startedAt = nodeTime(started->started_us());
            turn.touch(open, row);
        }
        return {};
    }
    if (const auto *step = std::get_if<wire::OrderStep>(&applied.report)) {
        const bool rebooting = step->status() == "SuccessAndReboot";
        if (row.rebooting != rebooting) {
            row.rebooting = rebooting;
            turn.touch(open, row);
        }
        return saveStep(turn, row, *step);
    }
    if (const auto *result = std::get_if<wire::OrderResult>(&applied.report))
        return end(turn, open, row, *result);
    return {};
}

Result<void> ResultRecorder::end(CommandTurn &turn, OpenCommand &open, Invocation &row,
                                 const wire::OrderResult &result)
{
    for (const wire::OrderStep &step : result.steps()) {
        if (auto saved = saveStep(turn, row, step); !saved)
            return saved;
    }
    const InvocationState state = *stateOf(result.status());
    row.responseCode = responseCodeOf(result);
    row.trace = nodeText(result.trace(), kMostTraceCharacters);
    if (!row.startedAt)
        row.startedAt = nodeTime(result.start_us());
    open.waves.ended(static_cast<uint32_t>(row.ordinal), isError(state));
    turn.moveTo(open, row, state);
    return {};
}

Result<void> ResultRecorder::saveStep(CommandTurn &turn, const Invocation &row, const wire::OrderStep &step)
{
    InvocationStep stored;
    stored.commandId = row.commandId;
    stored.instanceId = row.instanceId;
    stored.index = static_cast<int>(step.step_index());
    stored.name = nodeText(step.step_name(), kMostNameCharacters);
    stored.plugin = nodeText(step.plugin(), kMostNameCharacters);
    stored.status = toQString(step.status());
    stored.responseCode = step.response_code();
    stored.startedAt = nodeTime(step.start_us());
    stored.endedAt = nodeTime(step.end_us());
    stored.note = nodeText(step.note(), kMostTraceCharacters);
    turn.save(stored);
    return m_outputs.stepEnded(turn, row, step);
}

Result<void> ResultRecorder::applyLate(CommandTurn &turn, Invocation row, const AppliedReport &applied,
                                       OpenCommand *open)
{
    if (const auto *step = std::get_if<wire::OrderStep>(&applied.report))
        return saveStep(turn, row, *step);
    const auto *result = std::get_if<wire::OrderResult>(&applied.report);
    if (!result)
        return {};
    for (const wire::OrderStep &step : result->steps()) {
        if (auto saved = saveStep(turn, row, step); !saved)
            return saved;
    }
    row.note = u"%1 arrived after %2 at %3."_s.arg(resultText(applied.report), enumName(row.state),
                                                   toQString(toIso8601(turn.now())));
    row.responseCode = responseCodeOf(*result);
    if (!open) {
        turn.saveLate(row);
        return {};
    }
    Invocation &kept = open->rows[static_cast<size_t>(row.ordinal)];
    kept = row;
    turn.touch(*open, kept);
    return {};
}

}
