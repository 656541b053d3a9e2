#pragma once
// Where the table of a node's units gets them and sends what is to be done. ServiceFeed speaks with the engine in this process; tests answer by
// themselves. Answers come later, on the ui thread, and not at all after the one who asked is gone.

#include "models/nodes/tools/service_row.h"
#include "models/table/shown_error.h"

#include <functional>

namespace fb {

class ServiceSource
{
public:
    virtual ~ServiceSource() = default;
    using Listed = std::function<void(const ShownError &problem, const ServiceSnapshot &snapshot)>;
    using Told = std::function<void(const ShownError &problem, const ServiceDetail &detail)>;
    using Done = std::function<void(const ShownError &problem, const ServiceOutcome &outcome)>;

    // `type`: how the units' names end: "service".
    virtual void list(const QString &nodeId, const QString &type, QObject *asker, Listed listed) = 0;
    virtual void detail(const QString &nodeId, const QString &unit, QObject *asker, Told told) = 0;
    virtual void perform(const QString &nodeId, const ServiceDeed &deed, QObject *asker, Done done) = 0;
    virtual void close(const QString &nodeId) = 0; // nobody looks at it any more
    virtual Instant now() const = 0;
};

}
