#include "backend/nodes/runcommand/run_command_service.h"

#include "backend/base/fail.h"
#include "backend/base/on_result.h"
#include "backend/events/arn.h"
#include "backend/nodes/runcommand/order_content.h"

#include <QLoggingCategory>

namespace fb {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

Q_LOGGING_CATEGORY(lcRunCommand, "fb.runcommand")

RunCommandService::RunCommandService(RunCommandParts parts, ArtifactStore &artifacts,
                                     OutputChannel &outputChannel, const PagingTokens &tokens,
                                     RunCommandSettings settings)
    : m_parts(parts),
      m_settings(settings),
      m_outputs(m_parts, m_commands, m_steps, outputChannel, artifacts, settings.output),
      m_results(m_parts, m_commands, m_outputs),
      m_scheduler(m_parts),
      m_queries(tokens, m_commands, m_steps)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &RunCommandService::onTime);
    connect(&m_outputs, &OutputRecorder::outputArrived, this, &RunCommandService::outputArrived);
}

RunCommandService::~RunCommandService() = default;

Result<void> RunCommandService::start()
{
    m_graceUntil = m_parts.clock.tick() + m_settings.restartGrace;
    if (auto sealed = m_outputs.sealLeftOver(); !sealed)
        return sealed;
    if (auto loaded = m_open.load(m_parts.database.reader(), m_commands, m_parts.clock); !loaded)
        return loaded;
    for (OpenCommand *open : m_open.all())
        open->times.graceUntil = *m_graceUntil;
    takeUp();
    return {};
}

Result<void> RunCommandService::load()
{
    if (auto loaded = m_open.load(m_parts.database.reader(), m_commands, m_parts.clock); !loaded)
        return loaded;
    m_mustReload = false;
    takeUp();
    return {};
}

// What was loaded: its time-outs, and what changed while nobody looked.
void RunCommandService::takeUp()
{
    m_deadlines.clear();
    for (const OpenCommand *open : m_open.all()) {
        arm(*open);
        for (const Invocation &row : open->rows) {
            if (isTerminal(row.state))
                continue;
            if (m_parts.channel.isConnected(toId<NodeId>(row.instanceId)))
                m_nodeChanges.emplace_back(row.instanceId, true);
            else if (!m_graceUntil)
                m_nodeChanges.emplace_back(row.instanceId, false);
        }
    }
    if (m_graceUntil) // its end has something to do: see onTime()
        m_deadlines.add({.due = *m_graceUntil, .command = {}});
    if (!m_nodeChanges.empty())
        scheduleTurn();
    armTimer();
}

void RunCommandService::ensureLoaded()
{
    if (!m_mustReload)
        return;
    if (auto loaded = load(); !loaded)
        qCWarning(lcRunCommand) << "commands cannot be read again:" << toQString(loaded.error().message);
}

// ---- Turns ----

template <typename Fn>
Result<void> RunCommandService::inTurn(Transaction &tx, Fn fn)
{
    tx.onRolledBack([this](const Error &) { m_mustReload = true; });
    CommandTurn turn(tx, m_parts, m_commands, m_steps);
    if (auto done = fn(turn); !done)
        return done;
    if (auto finished = turn.finish(); !finished)
        return finished;
    for (const CommandId &ended : turn.endedCommands())
        m_open.remove(ended);
    if (turn.changedCommands().isEmpty() && turn.changedInvocations().isEmpty())
        return {};
    tx.onCommitted([this, commands = turn.changedCommands(), invocations = turn.changedInvocations()] {
        if (!commands.isEmpty())
            emit commandsChanged(commands);
        if (!invocations.isEmpty())
            emit invocationsChanged(invocations);
    });
    return {};
}

template <typename Fn>
Result<void> RunCommandService::write(Fn fn)
{
    ensureLoaded();
    auto written = m_parts.database.write([&](Transaction &tx) { return inTurn(tx, fn); });
    if (!written)
        m_mustReload = true;
    return written;
}

void RunCommandService::scheduleTurn()
{
    if (m_turnScheduled)
        return;
    m_turnScheduled = true;
    QTimer::singleShot(0, this, [this] { turn(); });
}

void RunCommandService::turn()
{
    m_turnScheduled = false;
    if (m_nodeChanges.empty())
        return;
    const auto changes = std::exchange(m_nodeChanges, {});
    const auto written = write([&](CommandTurn &turn) -> Result<void> {
        std::set<OpenCommand *> touched;
        for (const auto &[node, came] : changes) {
            for (OpenCommand *open : m_open.ofNode(node)) {
                touched.insert(open);
                if (came && m_parts.channel.isConnected(toId<NodeId>(node)))
                    m_scheduler.nodeBack(*open, node);
                else if (!came) {
                    if (auto away = m_scheduler.nodeAway(turn, *open, node); !away)
                        return away;
                    if (m_parts.channel.isConnected(toId<NodeId>(node))) // back on another connection already
                        m_scheduler.nodeBack(*open, node);
                }
            }
        }
        for (OpenCommand *open : m_open.all()) {
            if (!touched.contains(open))
                continue;
            if (auto pumped = m_scheduler.pump(turn, *open); !pumped)
                return pumped;
        }
        return {};
    });
    if (!written) {
        qCWarning(lcRunCommand) << "nodes that came or went wait for the store:"
                                << toQString(written.error().message);
        m_nodeChanges.insert(m_nodeChanges.begin(), changes.begin(), changes.end());
        QTimer::singleShot(1s, this, [this] { turn(); });
    }
}

// ---- Operations ----

Error RunCommandService::refused(const Principal &who, Action action, const QString &target,
                                 const Error &error)
{
    if (errorKind(error.code) == ErrorKind::Denied) {
        const auto recorded = m_parts.audit.record({.who = who,
                                                    .action = toQString(action.name()),
                                                    .target = target,
                                                    .result = toQString(error.code.name()),
                                                    .diff = {}});
        if (!recorded)
            qCWarning(lcRunCommand) << "a refusal was not recorded:" << toQString(recorded.error().message);
    }
    return error;
}

void RunCommandService::audit(Transaction &tx, const Principal &who, Action action, const CommandId &command,
                              const QJsonObject &more)
{
    m_parts.audit.append(tx,
                         {.who = who,
                          .action = toQString(action.name()),
                          .target = commandArn(m_parts.fleet, command),
                          .diff = more});
}

Result<Command> RunCommandService::sendCommand(const Principal &who, const SendCommandRequest &request,
                                               const CommandOrigin &origin)
{
    ensureLoaded();
    SendCommandCheck check(m_parts, m_settings.mostOpenInvocations);
    auto prepared = check.prepare(who, request, origin, static_cast<qint64>(m_open.openRows()));
    if (!prepared)
        return refused(who, actions::kSendCommand, request.documentName, prepared.error());
    Command sent = prepared->command;
    const auto written = write([&](CommandTurn &turn) -> Result<void> {
        if (auto stored = m_commands.insertContent(turn.tx(), sent.contentHash, prepared->content); !stored)
            return stored;
        const CommandId id = sent.commandId;
        OpenCommand &open = m_open.add(std::make_unique<OpenCommand>(
            std::move(prepared->command), std::move(prepared->rows), m_parts.clock));
        turn.created(open);
        for (Invocation &row : open.rows) {
            if (row.state != InvocationState::Pending)
                continue;
            const auto place = static_cast<uint32_t>(row.ordinal);
            if (m_parts.channel.isConnected(toId<NodeId>(row.instanceId))) {
                open.waves.addWaiting(place);
            } else {
                open.waves.addDelayed(place);
                turn.moveTo(open, row, InvocationState::Delayed);
            }
        }
        audit(turn.tx(), who, actions::kSendCommand, id,
              {{u"DocumentName"_s, sent.request.documentName},
               {u"DocumentVersion"_s, sent.resolvedVersion},
               {u"TargetCount"_s, static_cast<qint64>(sent.counts.targets)},
               {u"Source"_s, enumName(sent.source)}});
        if (auto pumped = m_scheduler.pump(turn, open); !pumped)
            return pumped;
        sent = open.command;
        return {};
    });
    if (!written)
        return written.error();
    const QString warning = m_parts.spaceWarning ? m_parts.spaceWarning() : QString();
    const QStringList warnings = warning.isEmpty() ? QStringList() : QStringList {warning};
    if (const OpenCommand *open = m_open.find(sent.commandId)) {
        sent = open->command; // rolled up
        arm(*open);
        armTimer();
        sent.warnings = warnings;
        return sent;
    }
    auto ended
        = m_commands.command(m_parts.database.reader(), sent.commandId); // at once: nobody to send it to
    if (!ended)
        return ended.error();
    sent = ended->value_or(sent);
    sent.warnings = warnings;
    return sent;
}

Result<void> RunCommandService::cancelCommand(const Principal &who, const CommandId &id,
                                              const QStringList &instanceIds)
{
    ensureLoaded();
    auto known = m_commands.command(m_parts.database.reader(), id);
    if (!known)
        return known.error();
    AccessTarget target {.nodeIds = instanceIds};
    target.resource = u"command "_s + toQString(id);
    if (*known)
        target.documents = {(*known)->request.documentName};
    if (const OpenCommand *open = m_open.find(id); open != nullptr && instanceIds.isEmpty()) {
        for (const Invocation &row : open->rows) // whoever cancels it whole, cancels it on each
            target.nodeIds.append(row.instanceId);
    }
    if (auto allowed = m_parts.access.check(who, actions::kCancelCommand, target); !allowed)
        return refused(who, actions::kCancelCommand, toQString(id), allowed.error());
    if (!*known)
        return fail(errors::kInvalidCommandId,
                    u"CommandId: there is no command %1."_s.arg(toQString(id).left(40)), u"CommandId"_s);
    if (QSet<QString>(instanceIds.begin(), instanceIds.end()).size() != instanceIds.size())
        return fail(errors::kDuplicateInstanceId, u"InstanceIds names an id twice."_s, u"InstanceIds"_s);
    for (const QString &instanceId : instanceIds) {
        auto row = m_commands.invocation(m_parts.database.reader(), id, instanceId);
        if (!row)
            return row.error();
        if (!*row)
            return fail(errors::kInvalidInstanceId,
                        u"InstanceIds: %1 is not in this command."_s.arg(instanceId.left(40)),
                        u"InstanceIds"_s);
    }
    return write([&](CommandTurn &turn) -> Result<void> {
        audit(turn.tx(), who, actions::kCancelCommand, id,
              {{u"InstanceIds"_s, instanceIds.isEmpty() ? u"all"_s : instanceIds.join(u", "_s)}});
        OpenCommand *open = m_open.find(id);
        if (!open)
            return {}; // it has ended: nothing to cancel
        if (instanceIds.isEmpty())
            return cancelWhole(turn, *open);
        if (auto cancelled = cancelRows(turn, *open, instanceIds); !cancelled)
            return cancelled;
        return m_scheduler.pump(turn, *open); // places may have become free
    });
}

Result<void> RunCommandService::cancelWhole(CommandTurn &turn, OpenCommand &open)
{
    open.command.cancelled = true;
    turn.touch(open);
    QStringList all;
    for (const Invocation &row : open.rows)
        all.append(row.instanceId);
    return cancelRows(turn, open, all);
}

Result<void> RunCommandService::cancelRows(CommandTurn &turn, OpenCommand &open,
                                           const QStringList &instanceIds)
{
    QList<OrderId> told;
    QList<OrderId> withdrawn;
    for (const QString &instanceId : instanceIds) {
        Invocation *row = open.find(instanceId);
        if (!row || isTerminal(row->state) || row->state == InvocationState::Cancelling)
            continue;
        if (auto cancelled = cancelRow(turn, open, *row, told, withdrawn); !cancelled)
            return cancelled;
    }
    if (auto cancelled = m_parts.outbox.cancel(turn.tx(), told); !cancelled)
        return cancelled;
    return m_parts.outbox.withdraw(turn.tx(), withdrawn);
}

Result<void> RunCommandService::cancelRow(CommandTurn &turn, OpenCommand &open, Invocation &row,
                                          QList<OrderId> &told, QList<OrderId> &withdrawn)
{
    if (row.state == InvocationState::InProgress) {
        turn.moveTo(open, row, InvocationState::Cancelling);
        told.append(row.orderId);
        return {};
    }
    open.waves.ended(static_cast<uint32_t>(row.ordinal), false);
    if (!row.orderId.isEmpty())
        withdrawn.append(row.orderId);
    turn.moveTo(open, row, InvocationState::Cancelled);
    return {};
}

void RunCommandService::alarmRaised(const QString &alarm)
{
    const auto written = write([&](CommandTurn &turn) -> Result<void> {
        for (OpenCommand *open : m_open.all()) {
            const auto &watched = open->command.request.alarm;
            if (!watched || open->command.cancelled || !watched->alarms.contains(CommandAlarm {alarm}))
                continue;
            open->command.cancelled = true;
            open->command.triggeredAlarms.append({alarm, u"ALARM"_s});
            turn.touch(*open);
            QList<OrderId> orders;
            for (const uint32_t place : open->waves.stop()) { // what runs goes on to its end
                Invocation &row = open->rows[place];
                if (!row.orderId.isEmpty())
                    orders.append(row.orderId);
                turn.moveTo(*open, row, InvocationState::Cancelled);
            }
            if (auto withdrawn = m_parts.outbox.withdraw(turn.tx(), orders); !withdrawn)
                return withdrawn;
        }
        return {};
    });
    if (!written)
        qCWarning(lcRunCommand) << "alarm" << alarm
                                << "stopped nothing:" << toQString(written.error().message);
}

// ---- What happens to nodes ----

void RunCommandService::nodeConnected(const NodeId &node)
{
    m_nodeChanges.emplace_back(toQString(node), true);
    scheduleTurn();
}

void RunCommandService::nodeLost(const NodeId &node)
{
    m_nodeChanges.emplace_back(toQString(node), false);
    scheduleTurn();
}

Result<void> RunCommandService::nodeDeregistered(Transaction &tx, const NodeId &node)
{
    ensureLoaded();
    return inTurn(tx, [&](CommandTurn &turn) -> Result<void> {
        const auto commands = m_open.ofNode(toQString(node));
        for (OpenCommand *open : commands) {
            Invocation *row = open->find(toQString(node));
            if (!row || isTerminal(row->state))
                continue;
            open->waves.ended(static_cast<uint32_t>(row->ordinal), false);
            turn.moveTo(*open, *row, InvocationState::Undeliverable);
        }
        if (auto removed = m_parts.outbox.removeNode(tx, node); !removed)
            return removed;
        for (OpenCommand *open : commands) {
            if (auto pumped = m_scheduler.pump(turn, *open); !pumped)
                return pumped;
        }
        return {};
    });
}

// ---- Time ----

void RunCommandService::arm(const OpenCommand &open)
{
    m_deadlines.add({.due = std::max(open.times.deliverBy, open.times.graceUntil),
                     .command = open.command.commandId,
                     .kind = CommandDeadline::Kind::Delivery});
    m_deadlines.add({.due = std::max(open.times.expiresAfter, open.times.graceUntil),
                     .command = open.command.commandId,
                     .kind = CommandDeadline::Kind::Total});
}

void RunCommandService::armTimer()
{
    const auto next = m_deadlines.next();
    if (!next) {
        m_timer.stop();
        return;
    }
    // At most a minute: timers stand still while the machine sleeps, time-outs do not.
    const auto wait
        = std::clamp(*next - m_parts.clock.tick() + Microseconds(1), Microseconds(0), Microseconds(1min));
    m_timer.start(std::chrono::ceil<std::chrono::milliseconds>(wait));
}

void RunCommandService::onTime()
{
    ensureLoaded();
    const Tick now = m_parts.clock.tick();
    const auto due = m_deadlines.take(now);
    const bool graceEnds = m_graceUntil && *m_graceUntil < now;
    if (graceEnds)
        m_graceUntil.reset();
    if (!due.empty()) {
        const auto written = write([&](CommandTurn &turn) -> Result<void> {
            if (graceEnds) {
                for (OpenCommand *open : m_open.all()) {
                    if (auto delayed = m_scheduler.delayAbsent(turn, *open); !delayed)
                        return delayed;
                }
            }
            for (const CommandDeadline &deadline : due) {
                OpenCommand *open = m_open.find(deadline.command);
                if (!open)
                    continue;
                auto expired = deadline.kind == CommandDeadline::Kind::Delivery ? expireDelivery(turn, *open)
                                                                                : expireAll(turn, *open);
                if (!expired)
                    return expired;
            }
            return {};
        });
        if (!written) {
            qCWarning(lcRunCommand) << "time-outs wait for the store:" << toQString(written.error().message);
            for (CommandDeadline deadline : due) { // again in a second
                deadline.due = now + 1s;
                m_deadlines.add(deadline);
            }
        }
    }
    armTimer();
}

Result<void> RunCommandService::expireDelivery(CommandTurn &turn, OpenCommand &open)
{
    QList<OrderId> orders;
    for (Invocation &row : open.rows) {
        if (isTerminal(row.state) || row.acknowledgedAt)
            continue;
        open.waves.ended(static_cast<uint32_t>(row.ordinal), false);
        if (!row.orderId.isEmpty())
            orders.append(row.orderId);
        turn.moveTo(open, row, InvocationState::DeliveryTimedOut);
    }
    return m_parts.outbox.withdraw(turn.tx(), orders);
}

Result<void> RunCommandService::expireAll(CommandTurn &turn, OpenCommand &open)
{
    QList<OrderId> running;
    QList<OrderId> unacknowledged;
    for (Invocation &row : open.rows) {
        if (isTerminal(row.state))
            continue;
        open.waves.ended(static_cast<uint32_t>(row.ordinal), false);
        if (!row.orderId.isEmpty())
            (row.acknowledgedAt ? running : unacknowledged).append(row.orderId);
        turn.moveTo(open, row, InvocationState::DeliveryTimedOut);
    }
    if (auto abandoned = m_parts.outbox.abandon(turn.tx(), running); !abandoned)
        return abandoned;
    return m_parts.outbox.withdraw(turn.tx(), unacknowledged);
}

// ---- OrderOwner ----

Result<std::shared_ptr<const OrderContent>> RunCommandService::orderContent(const Order &order)
{
    const auto id = toId<CommandId>(order.subject);
    OpenCommand *open = m_open.find(id);
    if (open && open->content)
        return open->content;
    if (!open)
        return fail(errors::kInvalidCommandId, u"Command %1 has ended."_s.arg(order.subject));
    auto stored = m_commands.content(m_parts.database.reader(), open->command.contentHash);
    if (!stored)
        return stored.error();
    auto document = parseStoredDocument(stored->value_or(QString()));
    if (!document)
        return document.error();
    auto content = makeCommandContent(open->command, *document, m_parts,
                                      storedCalledDocuments(stored->value_or(QString())),
                                      storedFiles(stored->value_or(QString())));
    if (content && !holdsReferences(*document, open->command.request.parameters))
        open->content = *content;
    return content;
}

Result<void> RunCommandService::checkReport(const Order &, const OrderReport &report) const
{
    return ResultRecorder::check(report);
}

Result<void> RunCommandService::applyReports(Transaction &tx, std::span<const AppliedReport> reports)
{
    ensureLoaded();
    return inTurn(tx, [&](CommandTurn &turn) -> Result<void> {
        std::set<OpenCommand *> touched;
        for (const AppliedReport &applied : reports) {
            OpenCommand *open = m_open.find(toId<CommandId>(applied.order.subject));
            if (open)
                touched.insert(open);
            if (auto taken = m_results.apply(turn, open, applied); !taken)
                return taken;
            // MaxErrors is looked at after each end, so that no row is released between the last allowed error and the stop
            if (open && open->waves.mustStop()) {
                if (auto stopped = m_scheduler.pump(turn, *open); !stopped)
                    return stopped;
            }
        }
        for (OpenCommand *open : touched) {
            if (auto pumped = m_scheduler.pump(turn, *open); !pumped)
                return pumped;
        }
        return {};
    });
}

Result<void> RunCommandService::orderUnsendable(Transaction &tx, const Order &order, const Error &why)
{
    ensureLoaded();
    return inTurn(tx, [&](CommandTurn &turn) -> Result<void> {
        OpenCommand *open = m_open.find(toId<CommandId>(order.subject));
        Invocation *row = open ? open->find(toQString(order.node)) : nullptr;
        if (!row || isTerminal(row->state))
            return {};
        row->trace = toQString(why.message).left(2500);
        open->waves.ended(static_cast<uint32_t>(row->ordinal), true);
        turn.moveTo(*open, *row, InvocationState::Failed);
        return m_scheduler.pump(turn, *open);
    });
}

}
