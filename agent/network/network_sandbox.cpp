#include "agent/network/network_sandbox.h"

#include "agent/platform/unique_fd.h"

#include <fmt/format.h>
#include <linux/landlock.h>
#include <seccomp.h>

#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstring>
#include <fcntl.h>
#include <grp.h>
#include <memory>
#include <pwd.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>

namespace fb::agent {

namespace {

    std::string because(std::string_view what, int error)
    {
        return fmt::format("{} ({})", what, std::strerror(error));
    }

    void note(std::string &missing, const std::string &what)
    {
        if (!what.empty())
            missing += (missing.empty() ? "" : ", ") + what;
    }

    // ---- Who it is

    std::string dropUser()
    {
        if (::geteuid() != 0)
            return {};
        const passwd *user = ::getpwnam(kNetworkUser); // one thread
        if (!user)
            user = ::getpwnam("nobody");
        if (!user || user->pw_uid == 0)
            return "a user without rights (there is no nobody)";
        const uid_t uid = user->pw_uid;
        const gid_t gid = user->pw_gid;
        const bool hasNoGroups = ::setgroups(0, nullptr) == 0; // some containers forbid it
        if (::setresgid(gid, gid, gid) != 0 || ::setresuid(uid, uid, uid) != 0)
            return because("a user without rights", errno);
        return hasNoGroups ? std::string() : "being in no group";
    }

    void setLimit(decltype(RLIMIT_CORE) resource, rlim_t most)
    {
        const rlimit limit {most, most};
        ::setrlimit(resource, &limit);
    }

#ifndef FB_SANITIZED
    // ---- Landlock

    constexpr uint64_t kAllFileRights = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_WRITE_FILE
        | LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR | LANDLOCK_ACCESS_FS_REMOVE_DIR
        | LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_DIR
        | LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO
        | LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM; // those of its first version

    // What getaddrinfo and the modules of nsswitch.conf read.
    constexpr const char *kResolverFiles[] = {
        "/etc/resolv.conf", "/etc/hosts",       "/etc/host.conf",       "/etc/nsswitch.conf", "/etc/gai.conf",
        "/etc/services",    "/etc/ld.so.cache", "/etc/ssl/openssl.cnf", "/dev/null",          "/dev/urandom"};
    constexpr const char *kResolverFolders[] = {"/lib", "/lib64", "/usr/lib", "/usr/lib64"};

    // Missing files are no fault: not every machine has each.
    void allowReading(int ruleset, const char *path, uint64_t rights)
    {
        const UniqueFd file(::open(path, O_PATH | O_CLOEXEC));
        if (!file)
            return;
        landlock_path_beneath_attr rule {};
        rule.allowed_access = rights;
        rule.parent_fd = file.get();
        ::syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    }

    // ---- seccomp

    using Filter = std::unique_ptr<void, decltype(&seccomp_release)>;

    constexpr const char *kTalkingCalls[] = {
        // the two sockets
        "read", "readv", "recvfrom", "recvmsg", "write", "writev", "sendto", "sendmsg", "shutdown", "close",
        "getsockname", "getpeername", "getsockopt",
        // waiting and time
        "epoll_wait", "epoll_pwait", "epoll_pwait2", "epoll_ctl", "poll", "ppoll", "timerfd_settime",
        "timerfd_gettime", "clock_gettime", "clock_getres", "clock_nanosleep", "nanosleep", "gettimeofday",
        "time",
        // memory, locks, itself
        "brk", "munmap", "mremap", "madvise", "futex", "getrandom", "getpid", "gettid", "sched_yield",
        "rt_sigreturn", "rt_sigprocmask", "restart_syscall", "exit", "exit_group"};

    constexpr const char *kResolvingCalls[] = {"open",
                                               "openat",
                                               "access",
                                               "faccessat",
                                               "faccessat2",
                                               "stat",
                                               "fstat",
                                               "lstat",
                                               "newfstatat",
                                               "fstat64",
                                               "statx",
                                               "lseek",
                                               "_llseek",
                                               "pread64",
                                               "readlink",
                                               "readlinkat",
                                               "getdents64",
                                               "fcntl",
                                               "fcntl64",
                                               "socket",
                                               "connect",
                                               "bind",
                                               "setsockopt",
                                               "sendmmsg",
                                               "recvmmsg",
                                               "mmap",
                                               "mmap2",
                                               "mprotect",
                                               "uname",
                                               "sysinfo",
                                               "getuid",
                                               "geteuid",
                                               "getgid",
                                               "getegid",
                                               "getppid",
                                               "dup",
                                               "eventfd2",
                                               "epoll_create1",
                                               "timerfd_create",
                                               "rt_sigaction",
                                               "sigaltstack",
                                               "prctl",
                                               "prlimit64",
                                               "getrlimit",
                                               "setrlimit",
                                               "ioctl",
                                               "seccomp",
                                               "landlock_create_ruleset",
                                               "landlock_add_rule",
                                               "landlock_restrict_self",
                                               "rseq",
                                               "set_robust_list",
                                               "tgkill"};

    // No bug of ours and no oddity of a library comes to these: who tries them is somebody else.
    constexpr const char *kDeadlyCalls[]
        = {"execve",  "execveat",    "ptrace",          "process_vm_readv", "process_vm_writev",
           "bpf",     "init_module", "finit_module",    "kexec_load",       "mount",
           "umount2", "pivot_root",  "setns",           "unshare",          "keyctl",
           "add_key", "request_key", "perf_event_open", "userfaultfd",      "io_uring_setup"};

    int add(const Filter &filter, uint32_t action, const char *name)
    {
        const int number = ::seccomp_syscall_resolve_name(name);
        return number == __NR_SCMP_ERROR ? 0 : ::seccomp_rule_add(filter.get(), action, number, 0);
    }

    int addMemory(const Filter &filter, const char *name)
    {
        const int number = ::seccomp_syscall_resolve_name(name);
        if (number == __NR_SCMP_ERROR)
            return 0;
        return ::seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, number, 1,
                                  SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
    }
#endif

}

std::string leavePrivileges()
{
    if (::syscall(SYS_close_range, 4u, ~0u, 0u) != 0) // Linux before 5.9
        for (int each = 4; each < 4096; ++each)
            ::close(each);
    ::prctl(PR_SET_NAME, "fb-network", 0, 0, 0); // in lists of processes
    ::clearenv();
    ::umask(077);
    std::string missing;
    note(missing, dropUser());
    setLimit(RLIMIT_CORE, 0);
#ifndef FB_SANITIZED // its report starts a program
    setLimit(RLIMIT_FSIZE, 0);
    setLimit(RLIMIT_NPROC, 0);
    setLimit(RLIMIT_DATA, 256 * 1024 * 1024);
#endif
    // After the change of user, which takes both back.
    if (::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
        note(missing, because("being unreadable", errno));
    ::prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        note(missing, because("no new privileges", errno));
    return missing;
}

#ifdef FB_SANITIZED

// A sanitizer reads files and asks for memory as it likes, above all when it has something to say.
std::string confineFiles(NetworkStage) { return "Landlock (built with a sanitizer)"; }
std::string confineCalls(NetworkStage) { return "seccomp (built with a sanitizer)"; }

#else

std::string confineFiles(NetworkStage stage)
{
    landlock_ruleset_attr attributes {};
    attributes.handled_access_fs = kAllFileRights;
    const UniqueFd ruleset(static_cast<int>(
        ::syscall(SYS_landlock_create_ruleset, &attributes, sizeof attributes.handled_access_fs, 0)));
    if (!ruleset)
        return because("Landlock", errno);
    if (stage == NetworkStage::Resolving) {
        for (const char *file : kResolverFiles)
            allowReading(ruleset.get(), file, LANDLOCK_ACCESS_FS_READ_FILE);
        for (const char *folder : kResolverFolders)
            allowReading(ruleset.get(), folder, LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR);
    }
    if (::syscall(SYS_landlock_restrict_self, ruleset.get(), 0) != 0)
        return because("Landlock", errno);
    return {};
}

std::string confineCalls(NetworkStage stage)
{
    const Filter filter(::seccomp_init(SCMP_ACT_ERRNO(EPERM)), &seccomp_release);
    if (!filter)
        return "seccomp";
    int failed = 0;
    const auto allow = [&](const char *name) {
        if (failed == 0)
            failed = add(filter, SCMP_ACT_ALLOW, name);
    };
    for (const char *name : kTalkingCalls)
        allow(name);
    if (stage == NetworkStage::Resolving) {
        for (const char *name : kResolvingCalls)
            allow(name);
    } else {
        for (const char *name : {"mmap", "mmap2", "mprotect"})
            if (failed == 0)
                failed = addMemory(filter, name);
        if (failed == 0)
            failed = ::seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, SCMP_SYS(ioctl), 1,
                                        SCMP_A1(SCMP_CMP_EQ, FIONBIO));
    }
    for (const char *name : kDeadlyCalls)
        if (failed == 0)
            failed = add(filter, SCMP_ACT_KILL_PROCESS, name);
    if (failed == 0)
        failed = ::seccomp_load(filter.get());
    return failed == 0 ? std::string() : because("seccomp", -failed);
}

#endif

}
