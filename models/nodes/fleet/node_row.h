#pragma once
// What the fleet pages show of one node. Plain values, filled by FleetFeed from the engine. Any thread.

#include "backend/core/clock.h"
#include "models/nodes/fleet/fleet_change.h"
#include "models/table/state_kind.h"

#include <QCoreApplication>
#include <QList>
#include <QPair>
#include <QString>
#include <QStringList>

#include <optional>

namespace fb {

// The states of spec/fleet-manager.md 2.2, with Silent of 3.1.
enum class PingState { Online, Silent, ConnectionLost, Registered, Quarantined };

// What an operator should know of a node's hardware.
enum class HardwareState : char { AsRegistered, Changed, PossibleClone };

struct NodeRow {
    QString id; // "mi-..."
    QString name; // Name, or ComputerName where none was given
    PingState ping = PingState::Registered;
    Instant lastPing {};
    QString platform; // "Debian GNU/Linux 12"
    QString agentVersion;
    QString machine; // "Linux x86_64": which builds of the agent it can take
    QString address;
    QStringList tags; // "key=value", sorted
    QList<NodeTag> tagPairs; // the same, parted: a key may hold "="
    std::optional<double> cpu; // shares of 1; nothing: no data
    std::optional<double> memory;
    std::optional<double> disk;
    Instant registered {};
    QString activationId; // with which it joined
    QString profile; // name of its node profile
    Instant certificateEnds {}; // 0: not known
    HardwareState hardware = HardwareState::AsRegistered;

    bool matches(const QStringList &words) const; // each is in its name, id, platform or one of its tags
    bool operator==(const NodeRow &) const = default;
};

// What moves most of a node, by itself: as shares of 1; nothing: as it was.
struct NodeShares {
    QString id;
    std::optional<double> cpu;
    std::optional<double> memory;
};

struct NodeFact {
    QString label; // in the operator's language
    QString value;
    bool operator==(const NodeFact &) const = default;
};

class PingWords
{
    Q_DECLARE_TR_FUNCTIONS(fb::PingWords)
public:
    static QString word(PingState state);
    static StateKind kind(PingState state);
    static QString
    key(PingState state); // the same in every language: for filters that are kept, sent or linked to
    static QString apiWord(PingState state); // what the AWS wire says, for tooltips and filters
};

}

Q_DECLARE_METATYPE(fb::NodeRow)
