#pragma once
// What each role may do by itself (design 7). Deny is the default: an action that no row names is the Administrator's alone. Any thread.

#include "backend/security/actions.h"
#include "backend/security/principal.h"

#include <span>
#include <string_view>

namespace fb {

bool roleAllows(Role role, Action action);

// Who may do it by role alone, with the fewest other rights.
Role leastRole(Action action);

// Every action that can be asked about, in the order of the console's tables.
std::span<const Action> everyAction();

// Changes what operators may do: none but an Administrator whose own permissions are not narrowed may, whatever a statement allows.
bool widensPermissions(Action action);

// Actions that a caller may ask for without naming a node, though permissions are narrowed by node: they touch none, check each node by itself
// afterwards, or list only those that may be seen. Whatever is not here is refused then.
bool goesWithoutNode(Action action);

// * for any characters, ? for one; case-sensitive, in linear time.
bool matchesWildcard(std::string_view pattern, std::string_view text);

}
