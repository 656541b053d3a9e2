#pragma once
// Users of this machine: who we are, who a session may run as (spec/session-manager.md 3.4). Any thread.

#include "backend/core/result.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fb::agent {

struct UserAccount {
    std::string name;
    unsigned uid = 0;
    unsigned gid = 0;
    std::string home;
    std::string shell;
};

UserAccount ownAccount();
bool runsAsRoot();
std::optional<UserAccount> findAccount(std::string_view name);

// Rule 1: ssm-user, made on first use, with its sudo rule on creation only: an administrator who removed that file meant it.
Result<UserAccount> ssmUser();

// The account of a session asked to run as `wanted` (empty: the default). Never falls back to another one.
Result<UserAccount> sessionAccount(std::string_view wanted);

// Root, for a document that says runAsElevated (rule 3). An agent that is not root refuses it.
Result<UserAccount> elevatedAccount();

// Becomes the user for good: groups, gid, uid, umask 022, home as working folder. For a process that execs next.
Result<void> becomeUser(const UserAccount &account);

}
