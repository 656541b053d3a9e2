#include "agent/platform/user_account.h"

#include "agent/platform/spawn.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <shadow.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace fb::agent {

namespace {

    constexpr std::string_view kSsmUser = "ssm-user";
    constexpr const char *kSudoers = "/etc/sudoers.d/ssm-agent-users";

    UserAccount fromPasswd(const passwd &entry)
    {
        return {entry.pw_name, entry.pw_uid, entry.pw_gid, entry.pw_dir, entry.pw_shell};
    }

    template <typename Lookup>
    std::optional<UserAccount> lookUp(Lookup lookup)
    {
        std::vector<char> buffer(16 * 1024);
        passwd entry {};
        passwd *found = nullptr;
        while (lookup(&entry, buffer.data(), buffer.size(), &found) == ERANGE && buffer.size() < 1024 * 1024)
            buffer.resize(buffer.size() * 2);
        return found ? std::optional(fromPasswd(*found)) : std::nullopt;
    }

    // Why nobody may log in as it; empty: somebody may. A user that never had a password is not locked: ssm-user has none either.
    std::string whyNoLogin(const UserAccount &account)
    {
        if (account.shell.ends_with("/nologin") || account.shell.ends_with("/false"))
            return fmt::format("may not log in (its shell is {})", account.shell);
        struct stat home {
        };
        if (::stat(account.home.c_str(), &home) != 0 || !S_ISDIR(home.st_mode))
            return fmt::format("has no home folder ({})", account.home);
        const spwd *secret = ::getspnam(account.name.c_str()); // this process has one thread
        if (!secret)
            return {};
        const std::string_view hash = secret->sp_pwdp ? secret->sp_pwdp : "";
        if (hash.starts_with("!$"))
            return "is locked";
        const auto today = static_cast<long>(::time(nullptr) / (24 * 3600));
        if (secret->sp_expire >= 0 && secret->sp_expire <= today)
            return "has expired";
        return {};
    }

    // The name goes to getpwnam and useradd, never through a shell; still an allow-list (N07).
    bool isUserName(std::string_view name)
    {
        return !name.empty() && name.size() <= 100 && name.front() != '-'
            && std::all_of(name.begin(), name.end(), [](char c) {
                   return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
                       || std::string_view("._-@\\$").find(c) != std::string_view::npos;
               });
    }

}

UserAccount ownAccount()
{
    const uid_t uid = ::geteuid();
    if (auto found = lookUp([&](auto... a) { return ::getpwuid_r(uid, a...); }))
        return *found;
    return {fmt::format("{}", uid), uid, ::getegid(), "/", "/bin/sh"}; // a container's number without a name
}

bool runsAsRoot() { return ::geteuid() == 0; }

std::optional<UserAccount> findAccount(std::string_view name)
{
    const std::string text(name);
    if (!isUserName(name))
        return std::nullopt;
    return lookUp([&](auto... a) { return ::getpwnam_r(text.c_str(), a...); });
}

Result<UserAccount> ssmUser()
{
    if (auto found = findAccount(kSsmUser))
        return *found;
    const char *useradd = ::access("/usr/sbin/useradd", X_OK) == 0 ? "/usr/sbin/useradd" : "/sbin/useradd";
    auto pid
        = spawnProgram({.program = useradd,
                        .arguments = {useradd, "--create-home", "--shell", "/bin/sh", std::string(kSsmUser)},
                        .environment = {"PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C"}});
    if (!pid)
        return makeError(errors::kInternal,
                         fmt::format("cannot make the user ssm-user: {}", pid.error().message));
    int status = 0;
    while (::waitpid(*pid, &status, 0) < 0 && errno == EINTR) { }
    auto made = findAccount(kSsmUser);
    if (!made)
        return makeError(errors::kInternal,
                         fmt::format("cannot make the user ssm-user: useradd ended with {}",
                                     WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status)));
    // O_EXCL: a file that is there, in whatever form, is the administrator's.
    const int fd = ::open(kSudoers, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0440);
    if (fd >= 0) {
        ::fchmod(fd, 0440);
        constexpr std::string_view kRule
            = "# Made by flagbridge-agent with the user; remove it to take sudo away.\n"
              "ssm-user ALL=(ALL) NOPASSWD:ALL\n";
        const bool written = ::write(fd, kRule.data(), kRule.size()) == static_cast<ssize_t>(kRule.size());
        ::close(fd);
        if (!written)
            ::unlink(kSudoers); // half a rule would break sudo for everybody
    }
    return *made;
}

Result<UserAccount> sessionAccount(std::string_view wanted)
{
    const UserAccount own = ownAccount();
    if (!runsAsRoot()) {
        if (wanted.empty() || wanted == own.name)
            return own;
        return makeError(errors::kAccessDenied,
                         fmt::format("this agent runs as {}, not as root: it cannot run a session as {}",
                                     own.name, wanted));
    }
    if (wanted.empty())
        return ssmUser();
    const auto account = findAccount(wanted);
    if (!account)
        return makeError(errors::kValidation,
                         fmt::format("the run-as user {} does not exist on this node", wanted));
    if (account->uid == 0)
        return makeError(errors::kAccessDenied,
                         fmt::format("the run-as user {} is root, which is refused", wanted));
    if (const std::string why = whyNoLogin(*account); !why.empty())
        return makeError(errors::kAccessDenied, fmt::format("the run-as user {} {}", wanted, why));
    return *account;
}

Result<UserAccount> elevatedAccount()
{
    const UserAccount own = ownAccount();
    if (runsAsRoot())
        return own;
    return makeError(
        errors::kAccessDenied,
        fmt::format("this agent runs as {}, not as root: it cannot run a session as root", own.name));
}

Result<void> becomeUser(const UserAccount &account)
{
    if (::initgroups(account.name.c_str(), account.gid) != 0 || ::setgid(account.gid) != 0
        || ::setuid(account.uid) != 0)
        return makeError(errors::kAccessDenied,
                         fmt::format("cannot become user {}: {}", account.name, std::strerror(errno)));
    if (account.uid != 0 && ::setuid(0) == 0)
        return makeError(errors::kInternal, "root came back after it was given up");
    ::umask(022);
    if (::chdir(account.home.c_str()) != 0 && ::chdir("/") != 0)
        return makeError(errors::kInternal,
                         fmt::format("cannot enter {}: {}", account.home, std::strerror(errno)));
    return {};
}

}
