#include "agent/tools/account_table.h"

#include "agent/platform/unique_fd.h"
#include "agent/tools/process_table.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <grp.h>
#include <lastlog.h>
#include <map>
#include <pwd.h>
#include <shadow.h>
#include <sys/stat.h>
#include <unistd.h>

namespace fb::agent {

namespace {

    constexpr size_t kMostText = 1024; // of one field
    constexpr size_t kMostNames = 500; // groups of one user, members of one group
    constexpr int64_t kMicros = 1'000'000;
    constexpr int64_t kDayUs = 86'400 * kMicros;
    constexpr int64_t kLatestDay = 3'000'000; // beyond it, it is no date

    std::string text(const char *value)
    {
        return value ? std::string(value, ::strnlen(value, kMostText)) : std::string();
    }

    std::vector<std::string> membersOf(const group &entry)
    {
        std::vector<std::string> members;
        for (char **member = entry.gr_mem; member && *member && members.size() < kMostNames; ++member)
            members.push_back(text(*member));
        return members;
    }

    struct Shadow {
        PasswordState password;
        int64_t expiresDay = -1;
    };

    std::map<std::string, Shadow> readShadow()
    {
        std::map<std::string, Shadow> all;
        ::setspent();
        while (const spwd *entry = ::getspent())
            all[text(entry->sp_namp)] = {passwordState(text(entry->sp_pwdp)), entry->sp_expire};
        ::endspent();
        return all;
    }
}

PasswordState passwordState(std::string_view hash)
{
    PasswordState state;
    state.isLocked = hash.starts_with('!');
    const size_t begin = hash.find_first_not_of('!');
    hash.remove_prefix(std::min(begin, hash.size()));
    state.hasNone = hash.empty() || hash.starts_with('*');
    return state;
}

size_t lastLoginRecordBytes() { return sizeof(lastlog); }

std::optional<int64_t> lastLoginUs(std::string_view record)
{
    lastlog entry {};
    if (record.size() != sizeof entry)
        return std::nullopt;
    std::memcpy(&entry, record.data(), sizeof entry);
    const auto seconds = static_cast<int64_t>(entry.ll_time);
    return seconds > 0 ? std::optional(seconds * kMicros) : std::nullopt;
}

std::optional<GroupAccount> findGroup(const std::string &name)
{
    std::vector<char> buffer(16 * 1024);
    group entry {};
    group *found = nullptr;
    while (::getgrnam_r(name.c_str(), &entry, buffer.data(), buffer.size(), &found) == ERANGE
           && buffer.size() < 4 * 1024 * 1024)
        buffer.resize(buffer.size() * 2);
    if (!found)
        return std::nullopt;
    return GroupAccount {text(found->gr_name), found->gr_gid, membersOf(*found)};
}

std::vector<std::string> primaryMembers(unsigned gid)
{
    std::vector<std::string> names;
    ::setpwent();
    while (const passwd *entry = ::getpwent()) {
        if (entry->pw_gid == gid && names.size() < kMostNames)
            names.push_back(text(entry->pw_name));
    }
    ::endpwent();
    return names;
}

std::optional<PasswordState> passwordOf(const std::string &name)
{
    const spwd *entry = ::getspnam(name.c_str());
    return entry ? std::optional(passwordState(text(entry->sp_pwdp))) : std::nullopt;
}

int processOf(unsigned uid)
{
    for (const pid_t pid : allProcesses()) {
        struct stat status {
        };
        if (::stat(fmt::format("/proc/{}", pid).c_str(), &status) == 0 && status.st_uid == uid)
            return pid;
    }
    return 0;
}

std::string guardOfAccount(const std::string &name, unsigned uid)
{
    if (uid == 0)
        return "root";
    return name == "ssm-user" && processOf(uid) > 0 ? "session" : std::string();
}

wire::AccountList readAccounts()
{
    wire::AccountList list;
    std::map<unsigned, std::string> groupNames;
    std::map<std::string, std::vector<std::string>> groupsOf; // by user, without the primary one
    std::map<unsigned, uint32_t> primaryOf;
    std::vector<GroupAccount> groups;
    uint32_t total = 0;
    ::setgrent();
    while (const group *entry = ::getgrent()) {
        if (++total > kMostAccounts)
            continue;
        groups.push_back({text(entry->gr_name), entry->gr_gid, membersOf(*entry)});
        groupNames.emplace(entry->gr_gid, groups.back().name);
        for (const std::string &member : groups.back().members) {
            auto &theirs = groupsOf[member];
            if (theirs.size() < kMostNames)
                theirs.push_back(groups.back().name);
        }
    }
    ::endgrent();
    list.set_group_total(total);

    const std::map<std::string, Shadow> shadow = readShadow();
    const UniqueFd logins(::open("/var/log/lastlog", O_RDONLY | O_CLOEXEC));
    total = 0;
    ::setpwent();
    while (const passwd *entry = ::getpwent()) {
        if (++total > kMostAccounts)
            continue;
        ++primaryOf[entry->pw_gid];
        wire::AccountEntry &account = *list.add_accounts();
        account.set_name(text(entry->pw_name));
        account.set_uid(entry->pw_uid);
        account.set_gid(entry->pw_gid);
        account.set_comment(text(entry->pw_gecos));
        account.set_home(text(entry->pw_dir));
        account.set_shell(text(entry->pw_shell));
        const auto primary = groupNames.find(entry->pw_gid);
        const std::string primaryName
            = primary == groupNames.end() ? fmt::format("{}", entry->pw_gid) : primary->second;
        account.add_groups(primaryName);
        for (const std::string &name : groupsOf[account.name()]) {
            if (name != primaryName)
                account.add_groups(name);
        }
        if (const auto secret = shadow.find(account.name()); secret != shadow.end()) {
            account.set_locked(secret->second.password.isLocked);
            account.set_no_password(secret->second.password.hasNone);
            if (secret->second.expiresDay >= 0 && secret->second.expiresDay < kLatestDay)
                account.set_expires_us(secret->second.expiresDay * kDayUs);
        }
        std::string record(lastLoginRecordBytes(), '\0');
        if (logins) {
            const ssize_t got
                = ::pread(logins.get(), record.data(), record.size(),
                          static_cast<off_t>(entry->pw_uid) * static_cast<off_t>(record.size()));
            if (got == static_cast<ssize_t>(record.size())) {
                if (const auto at = lastLoginUs(record))
                    account.set_last_login_us(*at);
            }
        }
    }
    ::endpwent();
    list.set_account_total(total);
    for (wire::AccountEntry &account :
         *list.mutable_accounts()) { // not within the reading, which it may disturb
        if (const std::string guard = guardOfAccount(account.name(), account.uid()); !guard.empty())
            account.set_guarded(guard);
    }
    for (const GroupAccount &group : groups) {
        wire::GroupEntry &entry = *list.add_groups();
        entry.set_name(group.name);
        entry.set_gid(group.gid);
        for (const std::string &member : group.members)
            entry.add_members(member);
        if (const auto primary = primaryOf.find(group.gid); primary != primaryOf.end())
            entry.set_primary_of(primary->second);
    }
    return list;
}

}
