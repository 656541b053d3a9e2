#pragma once
// "147 nodes said the same": the finished nodes of a command grouped by result and output, largest first, and how a group's output
// differs from the largest one's (spec/run-command.md 5). Values; any thread.

#include "models/nodes/runcommand/run.h"
#include "models/text/line_diff.h"

#include <functional>

namespace fb {

struct OutputGroup {
    QString key; // stable while the group lives
    StateKind kind = StateKind::None;
    QString details; // StatusDetails
    int responseCode = -1;
    bool onlyErrors = false; // all of it came on standard error
    QStringList nodeIds; // in the order of the command
    QString text;
    int linesThatDiffer = 0; // from the largest group; 0 for that one
};

struct OutputOf {
    QString text;
    bool onlyErrors = false;
};

QList<OutputGroup> groupOutputs(const std::vector<InvocationRow> &invocations,
                                const std::function<OutputOf(const QString &nodeId)> &outputOf);

}
