#pragma once
// Where the page of possible clones gets its values from and its wishes go. HardwareFeed answers with the engine in this process; tests answer
// with values. Ui thread.

#include "models/nodes/fleet/hardware_row.h"
#include "models/table/list_view_model.h"

namespace fb {

enum class HardwareWord { Accept, Dismiss };

class HardwareSource : public ListSource<HardwareRow>
{
public:
    // An empty problem: it is done; the row goes by News::removed.
    virtual void decide(const QString &id, HardwareWord word,
                        std::function<void(const ShownError &problem)> done)
        = 0;
};

using HardwareViewModel = ValueListViewModel<HardwareRow, HardwareSource>;

}
