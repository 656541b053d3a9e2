#pragma once
// Who acts. Every call into a service carries one, from the first line on (design 7). A value; any thread.

#include "backend/base/field.h"

#include <QString>

#include <array>

namespace fb {

enum class Role { Viewer, Operator, Approver, Administrator };

constexpr auto namesOf(const Role *)
{
    return std::array {EnumName<Role> {Role::Viewer, "Viewer"}, EnumName<Role> {Role::Operator, "Operator"},
                       EnumName<Role> {Role::Approver, "Approver"},
                       EnumName<Role> {Role::Administrator, "Administrator"}};
}

struct Principal {
    QString name; // of the operator; "engine" for what the engine does by itself
    Role role = Role::Viewer;
    QString source; // where the call came from: "console", "control", "api 127.0.0.1:50312", "schedule"
    bool operator==(const Principal &) const = default;
};

}
