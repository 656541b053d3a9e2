#pragma once
// What is stored of several nodes in one chart, a line each: what one node has many of (file systems, disks, interfaces) is added up, or the
// fullest of them stands for all. Any thread.

#include "models/nodes/fleet/node_words.h"

namespace fb {

class OverlaidCharts
{
    Q_DECLARE_TR_FUNCTIONS(fb::OverlaidCharts)
public:
    // Nodes with their names; one that has not answered yet has empty metrics and keeps its colour. The charts in a fixed order.
    static QList<NodeChart> of(const QList<QPair<QString, NodeMetrics>> &nodes);
};

}
