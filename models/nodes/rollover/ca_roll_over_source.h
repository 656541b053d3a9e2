#pragma once
// Where the page of the fleet's CA gets its values from and its wishes go. CaRollOverFeed answers with the engine in this process; tests answer
// with values. Ui thread.

#include "models/nodes/rollover/ca_node_row.h"
#include "models/table/shown_error.h"

#include <functional>

namespace fb {

class CaRollOverSource
{
public:
    using Done = std::function<void(const ShownError &problem)>; // an empty problem: it is done
    struct News { // called on the ui thread, never from within start()
        std::function<void(const ShownFleetCa &state, const QList<CaNodeRow> &behind)> arrived;
        std::function<void(const ShownError &problem)> failed;
    };
    virtual ~CaRollOverSource() = default;

    virtual void start(News news) = 0;
    virtual Instant now() const = 0;
    virtual void begin(Done done) = 0;
    // `accepted`: as many nodes as the operator has seen may be left behind.
    virtual void issue(int accepted, Done done) = 0;
    virtual void retire(int accepted, Done done) = 0;
};

}
