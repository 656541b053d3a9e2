#pragma once
// The users and groups of this machine for people to look at (spec/fleet-manager.md 3.7), as the system's own name service tells them.
// One thread.

#include "backend/protocol/tools.pb.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fb::agent {

// What a field of /etc/shadow says of a password, which itself is never told.
struct PasswordState {
    bool isLocked = false;
    bool hasNone = false; // nothing could match, or nothing is asked for
    bool operator==(const PasswordState &) const = default;
};
PasswordState passwordState(std::string_view hash);
// When the user `uid` logged in last, from the content of /var/log/lastlog at its place; nothing: never, or it makes no sense.
std::optional<int64_t> lastLoginUs(std::string_view record);
size_t lastLoginRecordBytes();

struct GroupAccount {
    std::string name;
    unsigned gid = 0;
    std::vector<std::string> members;
};
std::optional<GroupAccount> findGroup(const std::string &name);
std::vector<std::string> primaryMembers(unsigned gid); // names of accounts
std::optional<PasswordState>
passwordOf(const std::string &name); // nothing: not allowed to know, or there is none
// One that runs as this user; 0: none does.
int processOf(unsigned uid);

inline constexpr size_t kMostAccounts = 5000; // told of users and of groups; the totals are told besides
wire::AccountList readAccounts();
// Why an account is not deleted: "root", "session" (ssm-user is in use). Empty: it may be.
std::string guardOfAccount(const std::string &name, unsigned uid);

}
