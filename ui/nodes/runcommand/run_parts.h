#pragma once
// A command's counts as the parts of bars and legends, in the fixed order of look.md 2. Ui thread.

#include "models/nodes/runcommand/run.h"
#include "ui/widgets/segmented_bar.h"

namespace fb {

QList<BarPart> partsOf(const RunCounts &counts);

}
