#include "ui/nodes/runcommand/run_parts.h"

namespace fb {

QList<BarPart> partsOf(const RunCounts &counts)
{
    const auto part = [](StateKind kind, int count) {
        return BarPart {kind, count, RunWords::kindWord(kind)};
    };
    return {part(StateKind::Success, counts.succeeded), part(StateKind::Failed, counts.failed),
            part(StateKind::TimedOut, counts.timedOut), part(StateKind::Running, counts.running),
            part(StateKind::Waiting, counts.waiting),   part(StateKind::Cancelled, counts.cancelled)};
}

}
