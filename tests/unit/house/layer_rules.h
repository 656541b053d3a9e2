#pragma once
// Which folder may include which: the arrows of design.md section 2, as code. Any thread.

#include <QString>

namespace fb::test {

// Empty if a file at `from` ("models/nodes/fleet/x.cpp") may include `target` ("backend/base/future.h"), else the rule it breaks.
QString brokenArrow(const QString &from, const QString &target);

// Empty if `from` may include the Qt (or other angle-bracket) header `target`, else the rule it breaks.
QString brokenSystemInclude(const QString &from, const QString &target);

}
