#pragma once
// Where the table of a node's processes gets them and sends what is to be done. ProcessFeed speaks with the engine in this process; tests
// answer by themselves. Answers come later, on the ui thread, and not at all after the one who asked is gone.

#include "models/nodes/tools/process_row.h"
#include "models/table/shown_error.h"

#include <functional>

namespace fb {

class ProcessSource
{
public:
    virtual ~ProcessSource() = default;
    using Listed = std::function<void(const ShownError &problem, const ProcessSnapshot &snapshot)>;
    using Done = std::function<void(const ShownError &problem, const ProcessOutcome &outcome)>;

    virtual void list(const QString &nodeId, QObject *asker, Listed listed) = 0;
    virtual void perform(const QString &nodeId, const ProcessDeed &deed, QObject *asker, Done done) = 0;
    virtual void close(const QString &nodeId) = 0; // nobody looks at it any more
    virtual Instant now() const = 0;
};

inline constexpr auto kNotConnected
    = "TargetNotConnected"; // code of a problem that ends when the node is back

}
