#pragma once
// What happened to a node and what was measured on it, in the operator's words. Any thread.

#include "models/nodes/fleet/node_source.h"
#include "models/table/state_kind.h"

namespace fb {

// One chart of the Metrics tab.
struct NodeChart {
    QString name; // "cpu"
    QString title; // the question it answers
    ChartUnit unit = ChartUnit::Percent;
    QString answer; // newest value in words
    QList<ChartSeries> series;
};

class NodeWords
{
    Q_DECLARE_TR_FUNCTIONS(fb::NodeWords)
public:
    static StateKind kind(const NodeHappening &happening);
    static QString text(const NodeHappening &happening);
    static QString detail(const NodeHappening &happening);
    static QString sessionWord(const QString &status);
    static StateKind sessionKind(const QString &status);

    static const QStringList &metrics(); // the names that charts() knows
    static QList<NodeChart> charts(const NodeMetrics &metrics); // all six, in a fixed order
};

}
