#pragma once
// When a node counts as Online or ConnectionLost (spec/fleet-manager.md 3.1): links come and go, statuses follow with grace. Sans-I/O: the
// caller gives times and takes changes. Engine thread.

#include "backend/core/clock.h"
#include "backend/core/ids.h"

#include <QHash>
#include <QList>
#include <QString>

#include <chrono>
#include <optional>
#include <vector>

namespace fb {

enum class PingStatus { Online, ConnectionLost };

struct PingChange {
    NodeId node;
    PingStatus status = PingStatus::ConnectionLost;
    QString
        reason; // "connected", "link lost", "stopped", "rebooting"; "flapping" on the one event that says so
    bool announced = true; // false: a flapping node's change, stored but without an event
};

class PingMonitor
{
public:
    struct Times {
        std::chrono::seconds lostAfter {60}; // from the loss of the link to ConnectionLost
        std::chrono::seconds rebootGrace {600}; // after a reboot that the agent announced
        std::chrono::seconds startHold {
            180}; // engine start: nodes get this long to come back before anything is said
        std::chrono::seconds flappingWindow {600};
        int flappingChanges = 5; // more than this many changes in the window: flapping
    };

    PingMonitor(Times times, Tick start);

    // Nodes that were Online when the engine stopped: they are lost only when the hold ends without them.
    void expectBack(const NodeId &node);
    std::optional<PingChange> linkUp(const NodeId &node, Tick now);
    // `reason` of a GOAWAY ("stopped" is lost at once, "rebooting" gets its grace), else empty.
    std::optional<PingChange> linkDown(const NodeId &node, const QString &reason, Tick now);
    void forget(const NodeId &node); // deregistered
    QList<PingChange> due(Tick now);
    Tick nextDeadline() const; // Tick::max(): none

    bool isOnline(const NodeId &node) const;
    bool isHolding(Tick now) const { return now < m_holdUntil; }

private:
    enum class Standing : char { Online, Expected }; // expected: was Online before the engine stopped

    struct Changes { // of one that changed within the window
        std::vector<Tick> at; // oldest first; a few
        Tick mutedUntil = Tick::min();
    };

    struct Loss {
        Tick at; // when it becomes ConnectionLost
        QString reason;
    };

    void stand(const NodeId &node, Standing standing);
    void leave(const NodeId &node);
    void forgetOldChanges(Tick now);
    PingChange change(const NodeId &node, bool online, const QString &reason, Tick now);

    Times m_times;
    Tick m_holdUntil;
    QHash<NodeId, Standing>
        m_online; // a large fleet's nodes are here; in the others only those that had trouble
    qsizetype m_expected = 0; // of these
    QHash<NodeId, Changes> m_changes;
    Tick m_changesForgottenAt = Tick::min();
    QHash<NodeId, Loss> m_losses; // links that are gone, within their grace
};

}
