#pragma once
// Target: whom a command, an association or a window task is for (spec/run-command.md 3.2). A plain value.

#include "backend/base/field.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace fb {

struct Target {
    QString
        key; // "tag:Env", "tag-key", "InstanceIds", "resource-groups:Name", "resource-groups:ResourceTypeFilters"
    QStringList values; // OR inside one target; AND between targets
    bool operator==(const Target &) const = default;
};

// Lengths and counts are checked by checkTargets(), which knows what each key takes.
template <std::same_as<Target> T>
constexpr auto fieldsOf(const T *)
{
    return fieldTable(field("Key", &T::key), field("Values", &T::values));
}

}
