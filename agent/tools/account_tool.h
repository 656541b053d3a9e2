#pragma once
// The tool "accounts" (spec/fleet-manager.md 3.7): users and groups of this machine, looked at and changed by the system's own programs
// (useradd, chpasswd, ...), each with its arguments one by one. A password goes to chpasswd's standard input and nowhere else. One thread.

#include "agent/tools/tool.h"

namespace fb::agent {

class AccountTool final : public Tool
{
public:
    Result<wire::ToolAnswer> answer(const wire::ToolRequest &request) override;

private:
    Result<wire::ToolAnswer> createUser(const wire::AccountCreateRequest &request) const;
    Result<wire::ToolAnswer> deleteUser(const wire::AccountDeleteRequest &request) const;
    Result<wire::ToolAnswer> setPassword(const wire::AccountPasswordRequest &request) const;
    Result<wire::ToolAnswer> lock(const wire::AccountLockRequest &request) const;
    Result<wire::ToolAnswer> createGroup(const wire::GroupCreateRequest &request) const;
    Result<wire::ToolAnswer> deleteGroup(const wire::GroupDeleteRequest &request) const;
    Result<wire::ToolAnswer> setMember(const wire::GroupMemberRequest &request) const;
};

// A name that is given to a new user or group: ^[a-z_][a-z0-9_-]{0,31}$.
bool isNewAccountName(std::string_view name);

}
