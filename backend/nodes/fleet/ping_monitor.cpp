#include "backend/nodes/fleet/ping_monitor.h"

#include <algorithm>

namespace fb {

using namespace Qt::StringLiterals;

PingMonitor::PingMonitor(Times times, Tick start) : m_times(times), m_holdUntil(start + times.startHold) { }

void PingMonitor::expectBack(const NodeId &node)
{
    m_nodes[node].online = true;
    m_losses.insert(node, {m_holdUntil, u"link lost"_s});
}

std::optional<PingChange> PingMonitor::linkUp(const NodeId &node, Tick now)
{
    m_losses.remove(node);
    if (m_nodes.value(node).online)
        return std::nullopt;
    return change(node, true, u"connected"_s, now);
}

std::optional<PingChange> PingMonitor::linkDown(const NodeId &node, const QString &reason, Tick now)
{
    if (!m_nodes.value(node).online)
        return std::nullopt;
    if (reason == u"stopped"_s)
        return change(node, false, reason, now);
    const auto grace = reason == u"rebooting"_s ? m_times.rebootGrace : m_times.lostAfter;
    m_losses.insert(
        node, {std::max(now + Microseconds(grace), m_holdUntil), reason.isEmpty() ? u"link lost"_s : reason});
    return std::nullopt;
}

void PingMonitor::forget(const NodeId &node)
{
    m_nodes.remove(node);
    m_losses.remove(node);
}

QList<PingChange> PingMonitor::due(Tick now)
{
    QList<PingChange> changes;
    const QHash<NodeId, Loss> losses = m_losses;
    for (auto it = losses.cbegin(); it != losses.cend(); ++it) {
        if (it->at <= now)
            changes.append(change(it.key(), false, it->reason, now));
    }
    return changes;
}

Tick PingMonitor::nextDeadline() const
{
    Tick next = Tick::max();
    for (const Loss &loss : m_losses)
        next = std::min(next, loss.at);
    return next;
}

bool PingMonitor::isOnline(const NodeId &node) const { return m_nodes.value(node).online; }

PingChange PingMonitor::change(const NodeId &node, bool online, const QString &reason, Tick now)
{
    State &state = m_nodes[node];
    state.online = online;
    m_losses.remove(node);
    const PingStatus status = online ? PingStatus::Online : PingStatus::ConnectionLost;
    std::erase_if(state.changes, [&](Tick at) { return at + m_times.flappingWindow < now; });
    state.changes.push_back(now);
    if (now < state.mutedUntil)
        return {node, status, reason, false};
    if (state.changes.size() > static_cast<size_t>(m_times.flappingChanges)) {
        state.mutedUntil = now + m_times.flappingWindow;
        return {node, status, u"flapping"_s, true};
    }
    return {node, status, reason, true};
}

}
