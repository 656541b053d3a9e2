#pragma once
// An operator: who may sign in, and what may be done. Plain values; any thread.

#include "backend/base/field_table.h"
#include "backend/core/clock.h"
#include "backend/security/principal.h"

#include <QMap>
#include <QString>
#include <QStringList>

#include <optional>

namespace fb {

enum class Effect { Allow, Deny };

constexpr auto namesOf(const Effect *)
{
    return std::array {EnumName<Effect> {Effect::Allow, "Allow"}, EnumName<Effect> {Effect::Deny, "Deny"}};
}

// What a permission reaches. Patterns: * for any characters, ? for one. Empty lists: no narrowing in that respect.
struct PermissionScope {
    QMap<QString, QStringList> nodeTags; // a node must have one of the values of each key
    QStringList documents;
    QStringList parameterPaths;
    bool isEmpty() const { return nodeTags.isEmpty() && documents.isEmpty() && parameterPaths.isEmpty(); }
    bool operator==(const PermissionScope &) const = default;
};

template <std::same_as<PermissionScope> T>
constexpr auto fieldsOf(const T *)
{
    return fieldTable(field("NodeTags", &T::nodeTags).omitEmpty().items(0, 20),
                      field("Documents", &T::documents).omitEmpty().items(0, 50).length(1, 256),
                      field("ParameterPaths", &T::parameterPaths).omitEmpty().items(0, 50).length(1, 1024));
}

// Beyond the role: an explicit Deny wins over everything, an Allow adds to what the role gives.
struct PermissionStatement {
    Effect effect = Effect::Allow;
    QStringList actions; // "ssm:SendCommand", "ssm:Get*"
    PermissionScope scope;
    bool operator==(const PermissionStatement &) const = default;
};

template <std::same_as<PermissionStatement> T>
constexpr auto fieldsOf(const T *)
{
    return fieldTable(field("Effect", &T::effect),
                      field("Actions", &T::actions).required().items(1, 50).length(1, 128),
                      field("Scope", &T::scope).omitEmpty());
}

inline constexpr int kMostStatements = 50; // of one operator or group

struct Operator {
    QString name; // 1 to 64 of A-Z a-z 0-9 + = , . @ _ -
    Role role = Role::Viewer;
    bool enabled = true;
    QStringList groups; // sorted
    PermissionScope scope; // all that is allowed is narrowed to it
    QList<PermissionStatement> statements;
    Instant createDate {};
    std::optional<Instant> lastSignInAt;
    bool hasPassword = false;
    bool operator==(const Operator &) const = default;
};

template <std::same_as<Operator> T>
constexpr auto fieldsOf(const T *)
{
    return fieldTable(field("Name", &T::name).required().length(1, 64).pattern("[A-Za-z0-9+=,.@_-]+"),
                      field("Role", &T::role), field("Enabled", &T::enabled),
                      field("Groups", &T::groups).omitEmpty().items(0, 20).length(1, 64),
                      field("Scope", &T::scope).omitEmpty(),
                      field("Statements", &T::statements).omitEmpty().items(0, kMostStatements),
                      field("CreateDate", &T::createDate), field("LastSignInAt", &T::lastSignInAt),
                      field("HasPassword", &T::hasPassword));
}

struct OperatorGroup {
    QString name;
    QString description;
    QList<PermissionStatement> statements;
    bool operator==(const OperatorGroup &) const = default;
};

template <std::same_as<OperatorGroup> T>
constexpr auto fieldsOf(const T *)
{
    return fieldTable(field("Name", &T::name).required().length(1, 64).pattern("[A-Za-z0-9+=,.@_-]+"),
                      field("Description", &T::description).omitEmpty().length(0, 256),
                      field("Statements", &T::statements).omitEmpty().items(0, kMostStatements));
}

}
