#pragma once
// Where the activations page's values come from and its wishes go. ActivationsFeed answers with the engine in this process; tests answer
// with values. Making one is FleetSource's, which every page with an install command shares. Ui thread.

#include "models/nodes/activations/activation_row.h"
#include "models/table/list_view_model.h"

namespace fb {

class ActivationsSource : public ListSource<ActivationRow>
{
public:
    // An empty problem: it is deleted; the row goes by News::removed.
    virtual void remove(const QString &id, std::function<void(const ShownError &problem)> done) = 0;
};

using ActivationsViewModel = ValueListViewModel<ActivationRow, ActivationsSource>;

}
