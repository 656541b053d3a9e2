#include "backend/nodes/runcommand/command_turn.h"

#include "backend/core/time_text.h"
#include "backend/events/arn.h"

#include <QJsonDocument>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    const auto kCommandEvent = u"EC2 Command Status-change Notification"_s;
    const auto kInvocationEvent = u"EC2 Command Invocation Status-change Notification"_s;
    // A fan-out to 10,000 nodes writes 20,000 events: long parameters are not repeated in each of them.
    constexpr qsizetype kMostParameterCharacters = 2048;

    QString parametersText(const CommandParameters &parameters)
    {
        return QString::fromUtf8(
            QJsonDocument(fields::toJsonValue(parameters).toObject()).toJson(QJsonDocument::Compact));
    }

    bool wants(const NotificationConfig &config, CommandStatus status)
    {
        return config.events.contains(u"All"_s) || config.events.contains(enumName(status));
    }
}

CommandTurn::CommandTurn(Transaction &tx, RunCommandParts &parts, CommandRepository &commands,
                         StepRepository &steps)
    : m_tx(tx),
      m_parts(parts),
      m_commands(commands),
      m_steps(steps),
      m_now(parts.clock.now())
{
}

void CommandTurn::created(OpenCommand &open)
{
    m_touched[&open].isNew = true;
    m_commandTransitions.push_back(&open);
    for (const Invocation &row : open.rows) {
        if (isTerminal(row.state))
            m_transitions.push_back({&open, static_cast<uint32_t>(row.ordinal), row.state});
    }
}

void CommandTurn::moveTo(OpenCommand &open, Invocation &row, InvocationState state)
{
    if (isTerminal(row.state) || row.state == state)
        return;
    open.command.counts.move(row.state, state);
    row.state = state;
    if (isTerminal(state)) {
        row.endedAt = m_now;
        row.rebooting = false;
    }
    touch(open, row);
    m_transitions.push_back({&open, static_cast<uint32_t>(row.ordinal), state});
}

void CommandTurn::touch(OpenCommand &open, const Invocation &row)
{
    m_touched[&open].rows.insert(static_cast<uint32_t>(row.ordinal));
}

void CommandTurn::touch(OpenCommand &open) { m_touched[&open]; }

void CommandTurn::save(const InvocationStep &step)
{
    m_savedSteps.insert_or_assign({step.commandId, {step.instanceId, step.index}}, step);
}

void CommandTurn::save(const OutputRow &output) { m_savedOutputs.insert_or_assign(output.key, output); }

void CommandTurn::saveLate(const Invocation &row)
{
    m_late.insert_or_assign({row.commandId, row.instanceId}, row);
}

void CommandTurn::rollUpCommand(OpenCommand &open)
{
    Command &command = open.command;
    CommandState next = isTerminal(command.state) // over the quota: stored as ended
        ? command.state
        : rollUp(command.counts, command.errorLimit, command.cancelled);
    if (next == CommandState::Pending && command.state != CommandState::Pending)
        next = CommandState::InProgress; // what was released went back to waiting: it has begun all the same
    if (isTerminal(next))
        m_ended.append(command.commandId);
    if (isTerminal(next) && !command.completedAt)
        command.completedAt = m_now;
    if (next == command.state)
        return;
    command.state = next;
    if (std::ranges::find(m_commandTransitions, &open) == m_commandTransitions.end())
        m_commandTransitions.push_back(&open);
}

Result<void> CommandTurn::finish()
{
    for (auto &[open, touched] : m_touched)
        rollUpCommand(*open);
    if (auto written = writeCommands(); !written)
        return written;
    if (auto saved = m_commands.saveInvocations(m_tx, QList<Invocation>([&] {
                                                    QList<Invocation> rows;
                                                    for (const auto &[key, row] : m_late)
                                                        rows.append(row);
                                                    return rows;
                                                }()));
        !saved)
        return saved;
    QList<InvocationStep> steps;
    for (const auto &[key, step] : m_savedSteps)
        steps.append(step);
    if (auto saved = m_steps.saveResults(m_tx, steps); !saved)
        return saved;
    QList<OutputRow> outputs;
    for (const auto &[key, output] : m_savedOutputs)
        outputs.append(output);
    if (auto saved = m_steps.saveOutputs(m_tx, outputs); !saved)
        return saved;
    if (auto published = publishInvocations(); !published)
        return published;
    for (const OpenCommand *open : m_commandTransitions) {
        if (auto published = publishCommand(*open); !published)
            return published;
    }
    return {};
}

Result<void> CommandTurn::writeCommands()
{
    QList<Invocation> fresh;
    QList<Invocation> changed;
    for (const auto &[open, touched] : m_touched) {
        if (auto saved = touched.isNew ? m_commands.insertCommand(m_tx, open->command)
                                       : m_commands.saveCommand(m_tx, open->command);
            !saved)
            return saved;
        m_changedCommands.append(open->command);
        if (touched.isNew) {
            for (const Invocation &row : open->rows)
                fresh.append(row);
        } else {
            for (const uint32_t row : touched.rows)
                changed.append(open->rows[row]);
        }
    }
    if (auto saved = m_commands.insertInvocations(m_tx, fresh); !saved)
        return saved;
    if (auto saved = m_commands.saveInvocations(m_tx, changed); !saved)
        return saved;
    m_changedInvocations = fresh + changed;
    return {};
}

QJsonObject CommandTurn::detailOf(const OpenCommand &open) const
{
    const Command &command = open.command;
    QJsonObject detail {{u"command-id"_s, toQString(command.commandId)},
                        {u"document-name"_s, command.request.documentName},
                        {u"requested-date-time"_s, toQString(toIso8601Millis(command.requestedAt))},
                        {u"expire-after"_s, toQString(toIso8601Millis(command.expiresAfter))}};
    const QString parameters = parametersText(command.request.parameters);
    if (parameters.size() <= kMostParameterCharacters)
        detail.insert(u"parameters"_s, parameters);
    else
        detail.insert(u"truncated"_s, true);
    return detail;
}

Result<void> CommandTurn::publishInvocations()
{
    const OpenCommand *last = nullptr;
    QJsonObject shared;
    for (const Transition &transition : m_transitions) {
        if (transition.open != last) {
            last = transition.open;
            shared = detailOf(*last);
        }
        const Invocation &row = last->rows[transition.row];
        QJsonObject detail = shared;
        detail.insert(u"instance-id"_s, row.instanceId);
        detail.insert(u"status"_s, enumName(statusOf(transition.state)));
        detail.insert(u"status-details"_s, enumName(transition.state));
        const Event event {.detailType = kInvocationEvent,
                           .resources = {nodeArn(m_parts.fleet, toId<NodeId>(row.instanceId))},
                           .detail = detail};
        if (auto published = m_parts.events.publish(m_tx, event); !published)
            return published;
        if (auto told = notify(*last, u"Invocation"_s, statusOf(transition.state), detail); !told)
            return told;
    }
    return {};
}

Result<void> CommandTurn::publishCommand(const OpenCommand &open)
{
    QJsonObject detail = detailOf(open);
    detail.insert(u"status"_s, enumName(open.command.status()));
    detail.insert(u"status-details"_s, open.command.statusDetails());
    const Event event {.detailType = kCommandEvent,
                       .resources = {commandArn(m_parts.fleet, open.command.commandId)},
                       .detail = detail};
    if (auto published = m_parts.events.publish(m_tx, event); !published)
        return published;
    return notify(open, u"Command"_s, open.command.status(), detail);
}

Result<void> CommandTurn::notify(const OpenCommand &open, const QString &type, CommandStatus status,
                                 const QJsonObject &detail)
{
    const NotificationConfig &config = open.command.request.notification;
    const QString wanted = config.type.isEmpty() ? u"Command"_s : config.type;
    if (!m_parts.notifier || config.arn.isEmpty() || wanted != type || !wants(config, status))
        return {};
    return m_parts.notifier->notify(m_tx, config.arn, detail);
}

}
