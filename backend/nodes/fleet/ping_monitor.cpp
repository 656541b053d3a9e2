#include "backend/nodes/fleet/ping_monitor.h"

#include <algorithm>

namespace fb {

using namespace Qt::StringLiterals;

PingMonitor::PingMonitor(Times times, Tick start) : m_times(times), m_holdUntil(start + times.startHold) { }

void PingMonitor::stand(const NodeId &node, Standing standing)
{
    const auto before = m_online.constFind(node);
    const bool wasExpected = before != m_online.constEnd() && *before == Standing::Expected;
    m_expected += (standing == Standing::Expected ? 1 : 0) - (wasExpected ? 1 : 0);
    m_online.insert(node, standing);
}

void PingMonitor::leave(const NodeId &node)
{
    const auto before = m_online.constFind(node);
    if (before == m_online.constEnd())
        return;
    m_expected -= *before == Standing::Expected ? 1 : 0;
    m_online.erase(before);
}

void PingMonitor::expectBack(const NodeId &node) { stand(node, Standing::Expected); }

std::optional<PingChange> PingMonitor::linkUp(const NodeId &node, Tick now)
{
    m_losses.remove(node);
    if (!isOnline(node))
        return change(node, true, u"connected"_s, now);
    stand(node, Standing::Online);
    return std::nullopt;
}

std::optional<PingChange> PingMonitor::linkDown(const NodeId &node, const QString &reason, Tick now)
{
    if (!isOnline(node))
        return std::nullopt;
    if (reason == u"stopped"_s)
        return change(node, false, reason, now);
    const auto grace = reason == u"rebooting"_s ? m_times.rebootGrace : m_times.lostAfter;
    stand(node, Standing::Online);
    m_losses.insert(
        node, {std::max(now + Microseconds(grace), m_holdUntil), reason.isEmpty() ? u"link lost"_s : reason});
    return std::nullopt;
}

void PingMonitor::forget(const NodeId &node)
{
    leave(node);
    m_changes.remove(node);
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
    if (m_expected > 0 && m_holdUntil <= now) {
        QList<NodeId> gone;
        for (auto it = m_online.cbegin(); it != m_online.cend(); ++it) {
            if (*it == Standing::Expected)
                gone.append(it.key());
        }
        for (const NodeId &node : gone)
            changes.append(change(node, false, u"link lost"_s, now));
    }
    forgetOldChanges(now);
    return changes;
}

Tick PingMonitor::nextDeadline() const
{
    Tick next = m_expected > 0 ? m_holdUntil : Tick::max();
    for (const Loss &loss : m_losses)
        next = std::min(next, loss.at);
    return next;
}

bool PingMonitor::isOnline(const NodeId &node) const { return m_online.contains(node); }

PingChange PingMonitor::change(const NodeId &node, bool online, const QString &reason, Tick now)
{
    if (online)
        stand(node, Standing::Online);
    else
        leave(node);
    m_losses.remove(node);
    const PingStatus status = online ? PingStatus::Online : PingStatus::ConnectionLost;
    Changes &changes = m_changes[node];
    std::erase_if(changes.at, [&](Tick at) { return at + m_times.flappingWindow < now; });
    changes.at.push_back(now);
    if (now < changes.mutedUntil)
        return {node, status, reason, false};
    if (changes.at.size() > static_cast<size_t>(m_times.flappingChanges)) {
        changes.mutedUntil = now + m_times.flappingWindow;
        return {node, status, u"flapping"_s, true};
    }
    return {node, status, reason, true};
}

void PingMonitor::forgetOldChanges(Tick now)
{
    if (now < m_changesForgottenAt + m_times.flappingWindow)
        return;
    m_changesForgottenAt = now;
    m_changes.removeIf([&](auto entry) {
        const Changes &changes = entry.value();
        return changes.mutedUntil <= now && changes.at.back() + m_times.flappingWindow < now;
    });
}

}
