#pragma once
// Everything the detail pane shows of one node. Value; any thread.

#include "models/charts/chart_series.h"
#include "models/nodes/fleet/fleet_change.h"
#include "models/nodes/fleet/node_row.h"

namespace fb {

// What of the node's own room has run out (spec/security-and-robustness.md R12). Bytes.
struct NodeRoomValues {
    bool isSpoolFull = false;
    qint64 spoolBytes = 0;
    qint64 spoolLimit = 0;
    qint64 spoolDropped = 0; // of output
    bool isLogFull = false;
    qint64 logLost = 0; // lines
    bool operator==(const NodeRoomValues &) const = default;
    bool warns() const { return isSpoolFull || isLogFull; }
};

struct NodeDetail {
    NodeRow node;
    QString kernel {};
    QString architecture {};
    QString cpuModel {};
    int cpuCount = 0;
    qint64 memoryBytes = 0;
    Instant bootedAt {};
    Instant certificateExpires {};
    QString givenName {}; // by an operator; empty: the computer name is shown
    QString computerName {};
    QString virtualization {};
    QString timeZone {};
    QString runsAs {}; // the agent's own user
    QString raw {}; // JSON, indented
    NodeRoomValues room {};
    QList<ChartPoint> cpu {}; // shares of 1, oldest first
    QList<ChartPoint> memory {};

    bool operator==(const NodeDetail &) const = default;
};

// The label and value list of the Summary tab, in a fixed order; what is not known is left out.
class NodeFacts
{
    Q_DECLARE_TR_FUNCTIONS(fb::NodeFacts)
public:
    static QList<NodeFact> of(const NodeDetail &detail, Instant now);
    // Of a node that has no room: what is full, and what that means. Empty: it has.
    static QString roomTitle(const NodeRoomValues &room);
    static QString roomSentence(const NodeRoomValues &room);
};

}

Q_DECLARE_METATYPE(fb::NodeDetail)
