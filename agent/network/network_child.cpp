#include "agent/network/network_child.h"

#include "agent/platform/spawn.h"

#include <fmt/format.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <sys/socket.h>
#include <sys/wait.h>

namespace fb::agent {

namespace {
    constexpr int kChannelNumber = 3; // in the network process
    constexpr int kSocketBytes
        = 512 * 1024; // a usual message passes in one call; as far as the system allows it
}

// ---- NetworkChild ------------------------------------------------------------------------------------------------

std::optional<std::string> NetworkChild::howEnded()
{
    int status = 0;
    if (m_pid > 0 && ::waitpid(m_pid, &status, WNOHANG) == m_pid)
        collected(status);
    if (!m_status)
        return std::nullopt;
    if (WIFSIGNALED(*m_status) && WTERMSIG(*m_status) == SIGSYS)
        return "was killed: it asked the kernel for what it may not have";
    if (WIFSIGNALED(*m_status))
        return fmt::format("was killed by signal {}", WTERMSIG(*m_status));
    return fmt::format("ended with code {}", WEXITSTATUS(*m_status));
}

void NetworkChild::collected(int status)
{
    m_pid = 0;
    m_status = status;
}

void NetworkChild::end()
{
    if (m_pid <= 0)
        return;
    int status = 0;
    ::kill(m_pid, SIGKILL); // not collected yet: the number is its own
    pid_t got = 0;
    while ((got = ::waitpid(m_pid, &status, 0)) < 0 && errno == EINTR) { }
    collected(got > 0 ? status : 0);
}

std::string unconfinedText(std::string_view what)
{
    return fmt::format("the network process goes without what this machine does not have: {}. With "
                       "network-sandbox = required in the configuration it does not connect like that",
                       what);
}

// ---- NetworkLauncher ---------------------------------------------------------------------------------------------

Result<NetworkLauncher::Started> NetworkLauncher::start()
{
    std::erase_if(m_children, [](const auto &entry) { return entry.second.expired(); });
    int ends[2] {};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return makeError(errors::kInternal, fmt::format("cannot make a socket: {}", std::strerror(errno)));
    Started started {.channel = UniqueFd(ends[0])};
    const UniqueFd theirs(ends[1]);
    for (const int end : ends)
        ::setsockopt(end, SOL_SOCKET, SO_SNDBUF, &kSocketBytes, sizeof kSocketBytes);
    SpawnRequest request {.program = m_options.program,
                          .arguments = {"flagbridge-agent", "network"},
                          .environment = {},
                          .workingDirectory = "/"};
#ifdef FB_SANITIZED
    request.error = 2; // what a sanitizer has to say
    for (const char *name : {"ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS", "LSAN_OPTIONS"})
        if (const char *value = ::getenv(name))
            request.environment.push_back(fmt::format("{}={}", name, value));
#endif
    request.descriptors = {{theirs.get(), kChannelNumber}};
    const auto pid = spawnProgram(request);
    if (!pid)
        return pid.error();
    started.child = std::make_shared<NetworkChild>(*pid);
    m_children.emplace(*pid, started.child);
    return started;
}

void NetworkLauncher::childCollected(pid_t pid, int status)
{
    const auto found = m_children.find(pid);
    if (found == m_children.end())
        return;
    if (const auto child = found->second.lock())
        child->collected(status);
    m_children.erase(found);
}

void NetworkLauncher::tellUnconfined(const std::string &what)
{
    if (what == m_told)
        return;
    m_told = what;
    if (m_options.unconfined)
        m_options.unconfined(what);
}

}
