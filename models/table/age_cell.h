#pragma once
// The cell of a moment: how long ago, with the exact time beside it; sorts, filters and exports by the moment itself. Ui thread.

#include "models/table/relative_time.h"
#include "models/table/value_table_model.h"

namespace fb {

// `order`: what rows are sorted by where moments may be equal; without it ascending is the newest first, as the ages read.
inline TableCell ageCell(Instant at, Instant now, const QVariant &order = {})
{
    return {.text = RelativeTime::ago(at, now),
            .sortKey = order.isValid() ? order : QVariant::fromValue<qint64>(-toMicros(at)),
            .toolTip = RelativeTime::exact(at),
            .at = at};
}

}
