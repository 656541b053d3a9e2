#pragma once
// Names, selectors and labels of parameters (spec/parameter-store.md 2.3, 3.1, 3.4). Plain values; any thread.

#include "backend/core/result.h"
#include "backend/store/fleet_identity.h"

#include <QString>

#include <optional>

namespace fb {

struct ParameterName {
    QString given; // as written, without blanks around it: the spelling that answers return
    QString canonical; // with its leading slash: x and /x are one parameter
    QString parentPath() const; // "/a/" of /a/b, "/" of x
    bool operator==(const ParameterName &) const = default;
};

// Of a parameter to be made or changed. ValidationException, HierarchyLevelLimitExceededException, AccessDeniedException for /aws...
Result<ParameterName> parameterName(const FleetIdentity &fleet, const QString &text);

// Of a parameter that may be there: nothing for a text that names none. Both spellings.
std::optional<QString> canonicalParameterName(const QString &text);

struct
    ParameterReference { // "/app/db", "/app/db:3", "/app/db:prod", or an ARN of this fleet with the same behind it
    QString canonical;
    std::optional<qint64> version;
    QString label;
    QString selector() const; // ":3", ":prod", or empty
    bool operator==(const ParameterReference &) const = default;
};
// Nothing for a text that can name no parameter: "/app/db:1:2", another fleet's ARN.
std::optional<ParameterReference> parameterReference(const FleetIdentity &fleet, const QString &text);

bool isParameterLabel(const QString &text);

// "/a/" of "/a" and "/a/", "/" of "/". ValidationException for a text that is no path.
Result<QString> parameterPath(const QString &text, const QString &field);

// The first text behind all that begin with `prefix`, which ends in a slash: "/a0" of "/a/".
QString pathEnd(const QString &path);

}
