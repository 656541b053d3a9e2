#include "backend/nodes/runcommand/release_scheduler.h"

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    // The sender as it is now: Access decides by the name what that operator may do today.
    Principal senderOf(const Command &command)
    {
        return {.name = command.requestedBy,
                .role = enumNamed<Role>(command.requesterRole, u"Role"_s).value_or(Role::Viewer),
                .source = u"release"_s};
    }

    AccessTarget targetOf(const DirectoryNode &node, const Command &command)
    {
        AccessTarget target {.nodeIds = {toQString(node.id)}, .documents = {command.request.documentName}};
        for (auto tag = node.tags.cbegin(); tag != node.tags.cend(); ++tag)
            target.nodeTags.insert(tag.key(), tag.value());
        return target;
    }
}

Result<void> ReleaseScheduler::pump(CommandTurn &turn, OpenCommand &open)
{
    if (open.waves.mustStop())
        return stop(turn, open);
    if (open.command.cancelled || open.waves.isStopped() || m_parts.clock.tick() > open.times.deliverBy)
        return {};
    std::vector<uint32_t> rows;
    while (true) {
        std::vector<uint32_t> delayed;
        const auto admitted = open.waves.admit(
            [&](uint32_t row) {
                return m_parts.channel.isConnected(toId<NodeId>(open.rows[row].instanceId));
            },
            delayed);
        for (const uint32_t row : delayed)
            turn.moveTo(open, open.rows[row], InvocationState::Delayed);
        size_t refused = 0;
        for (const uint32_t row : admitted) {
            if (mayRun(turn, open, open.rows[row]))
                rows.push_back(row);
            else
                ++refused;
        }
        if (refused == 0)
            break; // else their places are free again
    }
    return release(turn, open, rows);
}

bool ReleaseScheduler::mayRun(CommandTurn &turn, OpenCommand &open, Invocation &row)
{
    const DirectoryNode *node = m_parts.nodes.find(toId<NodeId>(row.instanceId));
    if (node
        && m_parts.access.check(senderOf(open.command), actions::kSendCommand, targetOf(*node, open.command)))
        return true;
    open.waves.ended(static_cast<uint32_t>(row.ordinal), false);
    turn.moveTo(open, row, node ? InvocationState::AccessDenied : InvocationState::Undeliverable);
    return false;
}

Result<void> ReleaseScheduler::release(CommandTurn &turn, OpenCommand &open,
                                       const std::vector<uint32_t> &rows)
{
    QList<OrderId> again;
    QList<NodeId> fresh;
    std::vector<uint32_t> freshRows;
    for (const uint32_t place : rows) {
        Invocation &row = open.rows[place];
        row.releasedAt = turn.now();
        turn.moveTo(open, row, InvocationState::InProgress);
        if (!row.orderId.isEmpty()) {
            again.append(row.orderId);
            continue;
        }
        fresh.append(toId<NodeId>(row.instanceId));
        freshRows.push_back(place);
    }
    if (!again.isEmpty()) {
        if (auto released = m_parts.outbox.release(turn.tx(), again); !released)
            return released;
    }
    if (fresh.isEmpty())
        return {};
    auto orders = m_parts.outbox.enqueue(turn.tx(), u"runcommand"_s, toQString(open.command.commandId),
                                         open.command.deliverBy, open.times.deliverBy, fresh);
    if (!orders)
        return orders.error();
    for (size_t i = 0; i < freshRows.size(); ++i)
        open.rows[freshRows[i]].orderId = orders->at(static_cast<qsizetype>(i));
    return {};
}

Result<void> ReleaseScheduler::stop(CommandTurn &turn, OpenCommand &open)
{
    open.command.stopped = true;
    QList<OrderId> orders;
    for (const uint32_t place : open.waves.stop()) {
        Invocation &row = open.rows[place];
        if (!row.orderId.isEmpty())
            orders.append(row.orderId);
        turn.moveTo(open, row, InvocationState::Terminated);
    }
    turn.touch(open);
    return m_parts.outbox.withdraw(turn.tx(), orders);
}

void ReleaseScheduler::nodeBack(OpenCommand &open, const QString &node)
{
    if (const Invocation *row = open.find(node))
        open.waves.nodeBack(static_cast<uint32_t>(row->ordinal));
}

Result<void> ReleaseScheduler::nodeAway(CommandTurn &turn, OpenCommand &open, const QString &node)
{
    Invocation *row = open.find(node);
    if (!row || isTerminal(row->state))
        return {};
    const auto place = static_cast<uint32_t>(row->ordinal);
    const bool wasReleased = open.waves.isReleased(place);
    if (row->state == InvocationState::Cancelling)
        return {}; // the cancel is delivered when it is back
    open.waves.nodeAway(place);
    if (!open.waves.isDelayed(place))
        return {}; // acknowledged: it keeps its place
    turn.moveTo(open, *row, InvocationState::Delayed);
    return wasReleased ? m_parts.outbox.hold(turn.tx(), {row->orderId}) : Result<void>();
}

Result<void> ReleaseScheduler::delayAbsent(CommandTurn &turn, OpenCommand &open)
{
    for (const Invocation &row : open.rows) {
        const bool waits = row.state == InvocationState::Pending
            || (row.state == InvocationState::InProgress && !row.acknowledgedAt);
        if (!waits || m_parts.channel.isConnected(toId<NodeId>(row.instanceId)))
            continue;
        if (auto away = nodeAway(turn, open, row.instanceId); !away)
            return away;
    }
    return {};
}

}
