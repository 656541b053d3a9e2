#pragma once
// The one place that says yes or no. Services call check() first in every public method; deny is the default. Engine thread; the
// implementations here are immutable and may be asked from any thread.

#include "backend/core/result.h"
#include "backend/security/actions.h"
#include "backend/security/principal.h"

#include <QMap>
#include <QString>
#include <QStringList>

namespace fb {

// What the action touches, as far as the caller knows it: permissions may be narrowed by node tag, document and parameter path.
struct AccessTarget {
    QStringList nodeIds;
    QMap<QString, QString> nodeTags; // of one node; a call on several nodes is checked once for each
    QStringList documents;
    QStringList parameters; // canonical names, "/app/db"; of GetParametersByPath the path
    QString resource; // anything else, for the message: "activation 6f1c..."
};

class Access
{
public:
    virtual ~Access() = default;
    // AccessDeniedException naming operator, action and target.
    virtual Result<void> check(const Principal &who, Action action,
                               const AccessTarget &target = {}) const = 0;
};

Principal enginePrincipal(); // for what the engine does by itself: time-outs, retention, schedules

// The refusal every Access gives.
Error accessDenied(const Principal &who, Action action, const AccessTarget &target);

}
