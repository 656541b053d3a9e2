#pragma once
// Where a run goes, in the two forms in which it is written: as the API's Targets, and as the tags that people type. Values; any thread.

#include "models/nodes/runcommand/run.h"

namespace fb {

struct RunTarget { // spec/run-command.md 3.2
    QString key;
    QStringList values; // OR
    bool operator==(const RunTarget &) const = default;
};

class RunTargetText
{
public:
    // Of tags and of all nodes; chosen nodes stand in InstanceIds instead.
    static QList<RunTarget> wire(const RunTargets &targets);
    static RunTargets fromWire(const QStringList &instanceIds, const QList<RunTarget> &targets);

    // env=prod "team=web ops": what holds a blank, a comma or a quote stands in quotes.
    static QString typed(const QStringList &tags);
    static QStringList parse(const QString &typed);
};

}
