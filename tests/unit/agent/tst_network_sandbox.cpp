#include "agent/network/network_sandbox.h"
#include "tests/support/test_main.h"

#include <QFile>
#include <QTest>

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <functional>
#include <netdb.h>
#include <netinet/in.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace fb::agent;

Q_DECLARE_METATYPE(std::function<bool()>)

// What a network process that somebody else has taken over may still do: a child gives up what that process gives up, and then tries.
class tst_NetworkSandbox : public QObject
{
    Q_OBJECT
private slots:
    void deniesAll_data();
    void deniesAll();
    void landlockAlone();
    void resolvingReadsOnlyWhatNamesNeed();
    void becomesNobody();

private:
    using Attempt = std::function<bool()>; // true: it worked; otherwise errno says why not

    static constexpr int kCannotTell = 200; // exit codes that are no errno
    static constexpr int kWorked = 201;
    struct Outcome {
        int error = 0; // of the attempt; 0: it worked
        int signal = 0; // it was killed
        std::string missing; // of the confinement: nothing was tried
    };
    static Outcome tryIn(const std::function<std::string()> &confine, const Attempt &attempt)
    {
        int ends[2] {};
        if (::pipe(ends) != 0)
            qFatal("no pipe");
        const pid_t pid = ::fork();
        if (pid == 0) {
            ::dup2(ends[1], 3); // leavePrivileges() leaves descriptors 0 to 3
            const std::string missing = confine();
            if (!missing.empty()) {
                const bool told = ::write(3, missing.data(), missing.size()) > 0;
                ::_exit(told ? kCannotTell : 1);
            }
            errno = 0;
            ::_exit(attempt() ? kWorked : errno);
        }
        ::close(ends[1]);
        Outcome outcome;
        char text[512];
        for (ssize_t got = 0; (got = ::read(ends[0], text, sizeof text)) > 0;)
            outcome.missing.append(text, static_cast<size_t>(got));
        ::close(ends[0]);
        int status = 0;
        ::waitpid(pid, &status, 0);
        outcome.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
        outcome.error = WIFEXITED(status) && WEXITSTATUS(status) != kWorked ? WEXITSTATUS(status) : 0;
        return outcome;
    }
    static std::string all()
    {
        std::string missing = leavePrivileges();
        for (const NetworkStage stage : {NetworkStage::Resolving, NetworkStage::Talking}) {
            missing += confineFiles(stage);
            missing += confineCalls(stage);
        }
        return missing;
    }
};

// [N08] seccomp and Landlock deny files and programs, and more
void tst_NetworkSandbox::deniesAll_data()
{
    QTest::addColumn<Attempt>("attempt");
    QTest::addColumn<bool>("isDeadly"); // no honest process tries it
    const auto add = [](const char *name, Attempt attempt, bool isDeadly = false) {
        QTest::addRow("[N08] %s", name) << std::move(attempt) << isDeadly;
    };
    add("read a file", [] { return ::open("/etc/passwd", O_RDONLY) >= 0; });
    add("read a file with openat2",
        [] { return ::syscall(SYS_openat2, AT_FDCWD, "/etc/passwd", nullptr, 0) >= 0; });
    add("make a file", [] { return ::open("/tmp/fb-taken-over", O_WRONLY | O_CREAT, 0600) >= 0; });
    add("a file without a name", [] { return ::memfd_create("x", 0) >= 0; });
    add("look at a folder", [] { return ::open("/", O_RDONLY | O_DIRECTORY) >= 0; });
    add("remove a file", [] { return ::unlink("/tmp/fb-taken-over") == 0; });
    add(
        "start a program",
        [] {
            char name[] = "/bin/true";
            char *const arguments[] = {name, nullptr};
            ::execv(name, arguments);
            return false;
        },
        true);
    add("fork", [] { return ::fork() >= 0; });
    add("a thread",
        [] { return ::syscall(SYS_clone, CLONE_VM | CLONE_THREAD | CLONE_SIGHAND, 0, 0, 0, 0) >= 0; });
    add("dial elsewhere", [] { return ::socket(AF_INET, SOCK_STREAM, 0) >= 0; });
    add("a local socket", [] { return ::socket(AF_UNIX, SOCK_STREAM, 0) >= 0; });
    add("listen", [] { return ::listen(3, 1) == 0; });
    add(
        "watch another process", [] { return ::ptrace(PTRACE_ATTACH, ::getppid(), nullptr, nullptr) == 0; },
        true);
    add(
        "read another process's memory",
        [] { return ::syscall(SYS_process_vm_readv, 1, nullptr, 0, nullptr, 0, 0) >= 0; }, true);
    add("memory that is code", [] {
        return ::mmap(nullptr, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED;
    });
    add("turning memory into code", [] {
        void *page = ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        return page != MAP_FAILED && ::mprotect(page, 4096, PROT_READ | PROT_EXEC) == 0;
    });
    add("send a signal", [] { return ::kill(::getpid(), 0) == 0; });
    add("become root", [] { return ::setuid(0) == 0; });
    add("change its own rules", [] { return ::prctl(PR_SET_DUMPABLE, 1, 0, 0, 0) == 0; });
    add(
        "a new mount namespace", [] { return ::unshare(CLONE_NEWUSER | CLONE_NEWNS) == 0; }, true);
    add(
        "io_uring", [] { return ::syscall(SYS_io_uring_setup, 8, nullptr) >= 0; }, true);
}

void tst_NetworkSandbox::deniesAll()
{
    QFETCH(Attempt, attempt);
    QFETCH(bool, isDeadly);
    const Outcome outcome = tryIn(all, attempt);
    if (!outcome.missing.empty())
        QSKIP(qPrintable(QStringLiteral("not to be had here: ") + QString::fromStdString(outcome.missing)));
    QCOMPARE(outcome.signal, isDeadly ? SIGSYS : 0);
    if (!isDeadly)
        QCOMPARE(outcome.error, EPERM);
}

// [N08] each alone is enough for files: what a hole in the one lets through, the other does not
void tst_NetworkSandbox::landlockAlone()
{
    const Outcome outcome = tryIn(
        [] {
            (void)leavePrivileges();
            return confineFiles(NetworkStage::Talking);
        },
        [] { return ::open("/etc/passwd", O_RDONLY) >= 0; });
    if (!outcome.missing.empty())
        QSKIP(qPrintable(QString::fromStdString(outcome.missing)));
    QCOMPARE(outcome.error, EACCES);
}

void tst_NetworkSandbox::resolvingReadsOnlyWhatNamesNeed() // [N08]
{
    const auto confine = [] {
        const std::string missing = leavePrivileges();
        return missing + confineFiles(NetworkStage::Resolving);
    };
    const auto reads = [](const char *path) { return [path] { return ::open(path, O_RDONLY) >= 0; }; };
    const Outcome hosts = tryIn(confine, reads("/etc/hosts"));
    if (!hosts.missing.empty())
        QSKIP(qPrintable(QString::fromStdString(hosts.missing)));
    QCOMPARE(hosts.error, 0);
    QCOMPARE(tryIn(confine, reads("/etc/passwd")).error, EACCES);
    QCOMPARE(tryIn(confine, reads("/proc/self/environ")).error, EACCES);
    QCOMPARE(tryIn(confine, [] { return ::open("/etc/hosts", O_WRONLY) >= 0; }).error, EACCES);
    const auto talksToo = [&confine] {
        const std::string missing = confine();
        return missing + confineCalls(NetworkStage::Resolving);
    };
    QCOMPARE(tryIn(talksToo, [] { return ::socket(AF_INET, SOCK_STREAM, 0) >= 0; }).error, 0);
    const Outcome resolved = tryIn(talksToo, [] {
        addrinfo *found = nullptr;
        return ::getaddrinfo("localhost", nullptr, nullptr, &found) == 0 && found;
    });
    QVERIFY(resolved.error == 0 && resolved.signal == 0);
    const Outcome program = tryIn(talksToo, [] {
        char name[] = "/bin/true";
        char *const arguments[] = {name, nullptr};
        ::execv(name, arguments);
        return false;
    });
    if (program.missing.empty())
        QCOMPARE(program.signal, SIGSYS);
}

void tst_NetworkSandbox::becomesNobody() // [N08]
{
    const auto confine = [] { return leavePrivileges(); };
    const Outcome user
        = tryIn(confine, [] { return ::getuid() != 0 && ::geteuid() != 0 && ::getgid() != 0; });
    if (!user.missing.empty())
        QSKIP(qPrintable(QString::fromStdString(user.missing)));
    if (::getuid() == 0) {
        QVERIFY(user.error == 0 && user.signal == 0);
        QCOMPARE(tryIn(confine, [] { return ::setuid(0) == 0; }).error, EPERM);
        QCOMPARE(tryIn(confine, [] { return ::getgroups(0, nullptr) == 0; }).error, 0);
    }
    QCOMPARE(tryIn(confine, [] { return ::prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1; }).error, 0);
    QCOMPARE(tryIn(confine, [] { return ::prctl(PR_GET_DUMPABLE) == 0; }).error, 0);
    QCOMPARE(tryIn(confine, [] { return environ == nullptr || *environ == nullptr; }).error, 0);
    QCOMPARE(tryIn(confine, [] { return ::fcntl(4, F_GETFD) >= 0; }).error, EBADF);
}

FB_TEST(tst_NetworkSandbox)
#include "tst_network_sandbox.moc"
