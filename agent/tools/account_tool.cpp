#include "agent/tools/account_tool.h"

#include "agent/platform/user_account.h"
#include "agent/tools/account_table.h"
#include "agent/tools/program_run.h"
#include "backend/protocol/tool_messages.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sys/stat.h>

#include <algorithm>
#include <cstring>
#include <unistd.h>

namespace fb::agent {

namespace {

    constexpr size_t kMaxPasswordBytes = 256;
    constexpr size_t kMaxCommentBytes = 200;
    constexpr int kMaxGroups = 32; // of a new user

    Result<ProgramEnd> run(const std::string &name, std::vector<std::string> arguments,
                           std::string_view input = {})
    {
        if (!runsAsRoot())
            return makeError(
                protocol::kRefusedByNode,
                fmt::format("The agent runs as {} and cannot change users or groups.", ownAccount().name));
        // Half a user is worse than one that comes late: it is left to its end, also when the answer is not.
        return runProgram({.name = name,
                           .arguments = std::move(arguments),
                           .limit = std::chrono::hours(1),
                           .input = input});
    }

    // In the program's own words.
    Error refusal(const std::string &name, const ProgramEnd &ended)
    {
        const std::string &said = ended.told.empty() ? ended.output : ended.told;
        return makeError(protocol::kRefusedByNode,
                         said.empty() ? fmt::format("{} ended with {}.", name, ended.code)
                                      : said.substr(0, 2000));
    }

    Result<void> runWell(const std::string &name, std::vector<std::string> arguments)
    {
        const auto ended = run(name, std::move(arguments));
        if (!ended)
            return ended.error();
        return ended->code == 0 ? Result<void>() : refusal(name, *ended);
    }

    Result<void> checkPassword(const std::string &password)
    {
        if (password.empty() || password.size() > kMaxPasswordBytes)
            return wrongRequest(fmt::format("The password has {} bytes; it must be 1 to {}.", password.size(),
                                            kMaxPasswordBytes));
        if (std::any_of(password.begin(), password.end(),
                        [](char c) { return c == '\n' || c == '\r' || c == '\0'; }))
            return wrongRequest("The password has a line end or a NUL in it.");
        return {};
    }

    Result<void> givePassword(const std::string &user, const std::string &password)
    {
        std::string line = fmt::format("{}:{}\n", user, password);
        auto ended = run("chpasswd", {}, line);
        explicit_bzero(line.data(), line.size());
        if (!ended)
            return ended.error();
        if (ended->code == 0)
            return {};
        Error refused = refusal("chpasswd", *ended);
        if (refused.message.find(password) != std::string::npos)
            refused.message = "The system refused the password."; // nothing that it says may give it away
        return refused;
    }

    Result<void> checkNewName(std::string_view what, const std::string &name)
    {
        if (isNewAccountName(name))
            return {};
        return wrongRequest(fmt::format("The name of the {} is not 1 to 32 of a-z, 0-9, _ and -, with a "
                                        "letter or _ first.",
                                        what));
    }

    // The one that is meant, not another that got its name since.
    Result<UserAccount> meant(const std::string &name, uint32_t uid)
    {
        const auto account = findAccount(name);
        if (!account || account->uid != uid)
            return makeError(errors::kDoesNotExist,
                             fmt::format("There is no user {} with the number {} on this node.", name, uid));
        return *account;
    }

    std::string userText(const UserAccount &account)
    {
        return fmt::format("user {} ({})", account.name, account.uid);
    }

    std::string lockText(const std::string &name)
    {
        const auto state = passwordOf(name);
        return !state ? "unknown" : state->isLocked ? "locked" : "not locked";
    }

    wire::ToolAnswer doneWith(std::string object, std::string before, std::string after)
    {
        wire::ToolAnswer answer;
        answer.mutable_done()->set_object(std::move(object));
        answer.mutable_done()->set_before(std::move(before));
        answer.mutable_done()->set_after(std::move(after));
        return answer;
    }

    // Whether the home folder may go with its user: a folder of theirs, and of nobody else.
    Result<bool> hasHomeToRemove(const UserAccount &account)
    {
        struct stat status {
        };
        if (account.home.empty() || ::lstat(account.home.c_str(), &status) != 0)
            return false;
        const auto keep = [&account](std::string_view why) {
            return makeError(
                protocol::kRefusedByNode,
                fmt::format("The home folder {} cannot go with the user: {}. Keep it, or delete it "
                            "with the tool Files.",
                            account.home, why));
        };
        if (!S_ISDIR(status.st_mode))
            return keep("it is no folder");
        if (status.st_uid != account.uid)
            return keep("it belongs to another user");
        if (std::count(account.home.begin(), account.home.end(), '/') < 2 || account.home.ends_with('/')
            || account.home.find("/.") != std::string::npos)
            return keep("it is not a folder below another one");
        return true;
    }
}

bool isNewAccountName(std::string_view name)
{
    const auto isFirst = [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; };
    return !name.empty() && name.size() <= 32 && isFirst(name.front())
        && std::all_of(name.begin(), name.end(),
                       [&isFirst](char c) { return isFirst(c) || (c >= '0' && c <= '9') || c == '-'; });
}

Result<wire::ToolAnswer> AccountTool::answer(const wire::ToolRequest &request)
{
    switch (request.what_case()) {
    case wire::ToolRequest::kAccountList: {
        wire::ToolAnswer answer;
        *answer.mutable_account_list() = readAccounts();
        return answer;
    }
    case wire::ToolRequest::kAccountCreate:
        return createUser(request.account_create());
    case wire::ToolRequest::kAccountDelete:
        return deleteUser(request.account_delete());
    case wire::ToolRequest::kAccountPassword:
        return setPassword(request.account_password());
    case wire::ToolRequest::kAccountLock:
        return lock(request.account_lock());
    case wire::ToolRequest::kGroupCreate:
        return createGroup(request.group_create());
    case wire::ToolRequest::kGroupDelete:
        return deleteGroup(request.group_delete());
    case wire::ToolRequest::kGroupMember:
        return setMember(request.group_member());
    default:
        return wrongRequest("This is not a request to the tool \"accounts\".");
    }
}

Result<wire::ToolAnswer> AccountTool::createUser(const wire::AccountCreateRequest &request) const
{
    if (auto checked = checkNewName("user", request.name()); !checked)
        return checked.error();
    if (request.has_password()) {
        if (auto checked = checkPassword(request.password()); !checked)
            return checked.error();
    }
    const std::string &comment = request.comment();
    if (comment.size() > kMaxCommentBytes || std::any_of(comment.begin(), comment.end(), [](char c) {
            return c == ':' || static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
        }))
        return wrongRequest(
            fmt::format("The full name has {} bytes; at most {} are taken, without : and line ends.",
                        comment.size(), kMaxCommentBytes));
    if (request.groups_size() > kMaxGroups)
        return wrongRequest(
            fmt::format("There are {} groups; at most {} are taken.", request.groups_size(), kMaxGroups));
    std::vector<std::string> groups;
    for (const std::string &name : request.groups()) {
        const auto group = name.find(',') == std::string::npos ? findGroup(name) : std::nullopt;
        if (!group)
            return makeError(errors::kDoesNotExist, fmt::format("There is no group {} on this node.", name));
        groups.push_back(group->name);
    }
    if (findAccount(request.name()))
        return makeError(protocol::kRefusedByNode,
                         fmt::format("There is a user {} on this node already.", request.name()));
    std::vector<std::string> arguments {"--create-home"};
    if (!comment.empty()) {
        arguments.emplace_back("--comment");
        arguments.push_back(comment);
    }
    if (!request.shell().empty()) {
        if (request.shell().front() != '/' || request.shell().find('\0') != std::string::npos
            || ::access(request.shell().c_str(), X_OK) != 0)
            return wrongRequest(fmt::format("The shell {} is not a program on this node.", request.shell()));
        arguments.emplace_back("--shell");
        arguments.push_back(request.shell());
    }
    if (!groups.empty()) {
        arguments.emplace_back("--groups");
        arguments.push_back(fmt::format("{}", fmt::join(groups, ",")));
    }
    arguments.emplace_back("--");
    arguments.push_back(request.name());
    if (auto made = runWell("useradd", std::move(arguments)); !made)
        return made.error();
    if (request.has_password()) {
        if (auto given = givePassword(request.name(), request.password()); !given) {
            (void)runWell("userdel", {"--remove", "--", request.name()}); // nothing half made stays
            return given.error();
        }
    }
    const auto made = findAccount(request.name());
    if (!made)
        return makeError(protocol::kRefusedByNode, "The user was made, but the system does not know it.");
    return doneWith(userText(*made), "", fmt::format("home {}, shell {}", made->home, made->shell));
}

Result<wire::ToolAnswer> AccountTool::deleteUser(const wire::AccountDeleteRequest &request) const
{
    const auto account = meant(request.name(), request.uid());
    if (!account)
        return account.error();
    const std::string guard = guardOfAccount(account->name, account->uid);
    if (guard == "root")
        return makeError(protocol::kRefusedByNode,
                         fmt::format("{} has the number 0 and is not deleted.", account->name));
    if (guard == "session")
        return makeError(protocol::kRefusedByNode,
                         "ssm-user is not deleted while sessions run on this node. End them first.");
    bool removesHome = false;
    if (request.remove_home()) {
        const auto has = hasHomeToRemove(*account);
        if (!has)
            return has.error();
        removesHome = *has;
    }
    const auto gone = removesHome ? runWell("userdel", {"--remove", "--", account->name})
                                  : runWell("userdel", {"--", account->name});
    if (!gone)
        return gone.error();
    return doneWith(userText(*account), fmt::format("home {}, shell {}", account->home, account->shell),
                    removesHome ? "deleted with its home" : "deleted");
}

Result<wire::ToolAnswer> AccountTool::setPassword(const wire::AccountPasswordRequest &request) const
{
    const auto account = meant(request.name(), request.uid());
    if (!account)
        return account.error();
    if (auto checked = checkPassword(request.password()); !checked)
        return checked.error();
    if (auto given = givePassword(account->name, request.password()); !given)
        return given.error();
    return doneWith(userText(*account), "", "password set");
}

Result<wire::ToolAnswer> AccountTool::lock(const wire::AccountLockRequest &request) const
{
    const auto account = meant(request.name(), request.uid());
    if (!account)
        return account.error();
    const std::string before = lockText(account->name);
    if (const auto state = passwordOf(account->name); !request.lock() && state && state->hasNone)
        return makeError(protocol::kRefusedByNode,
                         fmt::format("{} has no password that could be unlocked. Set one.", account->name));
    if (auto done = runWell("usermod", {request.lock() ? "--lock" : "--unlock", "--", account->name}); !done)
        return done.error();
    return doneWith(userText(*account), before, lockText(account->name));
}

Result<wire::ToolAnswer> AccountTool::createGroup(const wire::GroupCreateRequest &request) const
{
    if (auto checked = checkNewName("group", request.name()); !checked)
        return checked.error();
    if (auto made = runWell("groupadd", {"--", request.name()}); !made)
        return made.error();
    const auto group = findGroup(request.name());
    return doneWith(fmt::format("group {}", request.name()), "",
                    group ? fmt::format("number {}", group->gid) : std::string());
}

Result<wire::ToolAnswer> AccountTool::deleteGroup(const wire::GroupDeleteRequest &request) const
{
    const auto group = findGroup(request.name());
    if (!group || group->gid != request.gid())
        return makeError(errors::kDoesNotExist,
                         fmt::format("There is no group {} with the number {} on this node.", request.name(),
                                     request.gid()));
    if (group->gid == 0)
        return makeError(protocol::kRefusedByNode,
                         fmt::format("{} has the number 0 and is not deleted.", group->name));
    if (const auto users = primaryMembers(group->gid); !users.empty())
        return makeError(
            protocol::kRefusedByNode,
            fmt::format("{} is the primary group of {}, so it is not deleted.", group->name,
                        users.size() == 1 ? users.front() : fmt::format("{} users", users.size())));
    if (auto gone = runWell("groupdel", {"--", group->name}); !gone)
        return gone.error();
    return doneWith(fmt::format("group {} ({})", group->name, group->gid),
                    fmt::format("{}", fmt::join(group->members, ", ")), "deleted");
}

Result<wire::ToolAnswer> AccountTool::setMember(const wire::GroupMemberRequest &request) const
{
    const auto account = findAccount(request.user());
    if (!account)
        return makeError(errors::kDoesNotExist,
                         fmt::format("There is no user {} on this node.", request.user()));
    const auto group = request.group().starts_with('-') ? std::nullopt : findGroup(request.group());
    if (!group)
        return makeError(errors::kDoesNotExist,
                         fmt::format("There is no group {} on this node.", request.group()));
    if (!request.member() && account->gid == group->gid)
        return makeError(protocol::kRefusedByNode,
                         fmt::format("{} is the primary group of {}, who cannot be taken out of it.",
                                     group->name, account->name));
    if (auto done = runWell("gpasswd", {request.member() ? "-a" : "-d", account->name, group->name}); !done)
        return done.error();
    const auto now = findGroup(request.group());
    return doneWith(fmt::format("group {}", group->name), fmt::format("{}", fmt::join(group->members, ", ")),
                    fmt::format("{}", fmt::join(now ? now->members : std::vector<std::string>(), ", ")));
}

}
