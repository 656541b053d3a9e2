#include "agent/supervisor/agent_log.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

namespace fb::agent {

namespace {
    constexpr uint64_t kKiB = 1024;
    constexpr uint64_t kLeastLimit = 256 * kKiB;
    constexpr uint64_t kMostLimit = 16 * 1024 * kKiB;

    uint64_t usualLimit(const std::filesystem::path &file)
    {
        const std::filesystem::path folder = file.has_parent_path() ? file.parent_path() : ".";
        struct statvfs status {
        };
        if (::statvfs(folder.c_str(), &status) != 0)
            return kLeastLimit;
        return std::clamp<uint64_t>(static_cast<uint64_t>(status.f_blocks) * status.f_frsize / 50,
                                    kLeastLimit, kMostLimit);
    }

    uint64_t sizeOf(const std::filesystem::path &file)
    {
        struct stat status {
        };
        return ::lstat(file.c_str(), &status) == 0 ? static_cast<uint64_t>(status.st_size) : 0;
    }

    bool meansNoRoom(int error) { return error == ENOSPC || error == EDQUOT || error == EFBIG; }
}

AgentLog::AgentLog(std::filesystem::path file, uint64_t limit) : m_file(std::move(file))
{
    if (m_file.empty())
        return;
    m_state.limit = limit > 0 ? limit : usualLimit(m_file);
    if (const int error = open(); error != 0)
        m_state.trouble = std::strerror(error);
    keepLimit();
    count();
}

std::filesystem::path AgentLog::earlier(int number) const
{
    return fmt::format("{}.{}", m_file.string(), number);
}

// Who may write in its folder has planted nothing here: no link is followed, and no file of another's is taken (N03).
int AgentLog::open()
{
    m_fd = UniqueFd(
        ::open(m_file.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600));
    if (!m_fd)
        return errno;
    struct stat status {
    };
    if (::fstat(m_fd.get(), &status) != 0 || !S_ISREG(status.st_mode) || status.st_nlink != 1
        || status.st_uid != ::geteuid()) {
        m_fd = UniqueFd();
        return EPERM;
    }
    m_size = static_cast<uint64_t>(status.st_size);
    return 0;
}

int AgentLog::tellLost()
{
    if (m_untold == 0)
        return 0;
    const int error = put(fmt::format("[{} lines of this log were lost: {}]\n", m_untold, m_state.trouble));
    if (error == 0)
        m_untold = 0;
    m_state.isFull = error != 0;
    return error;
}

void AgentLog::tryAgain()
{
    (void)tellLost();
    count();
}

void AgentLog::write(std::string_view line)
{
    int error = tellLost();
    if (error == 0)
        error = put(std::string(line.substr(0, kMostLineBytes - 1)) + '\n');
    if (error != 0) {
        m_state.trouble = std::strerror(error);
        ++m_untold;
        ++m_state.lostLines;
    }
    m_state.isFull = error != 0;
    count();
}

int AgentLog::put(std::string_view line)
{
    return m_file.empty() ? putOnStandardError(line) : putInFile(line);
}

// Whoever reads it may have stopped to: a pipe that is full takes nothing, and we do not wait.
int AgentLog::putOnStandardError(std::string_view line) const
{
    struct pollfd ready {
        STDERR_FILENO, POLLOUT, 0
    };
    if (::poll(&ready, 1, 0) == 0)
        return EAGAIN;
    while (!line.empty()) {
        const ssize_t written = ::write(STDERR_FILENO, line.data(), line.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return errno;
        line.remove_prefix(static_cast<size_t>(written));
    }
    return 0;
}

int AgentLog::putInFile(std::string_view line)
{
    if (!m_fd) {
        if (const int error = open(); error != 0 && (!meansNoRoom(error) || !dropOldest() || open() != 0))
            return error;
    }
    if (m_size > 0 && m_size + line.size() > m_state.limit / kFiles) {
        if (const int error = turn(); error != 0)
            return error;
    }
    std::string_view rest = line;
    while (!rest.empty()) {
        const ssize_t written = ::write(m_fd.get(), rest.data(), rest.size());
        const int error = written < 0 ? errno : 0;
        if (written > 0)
            rest.remove_prefix(static_cast<size_t>(written));
        else if (error != EINTR && (!meansNoRoom(error) || !dropOldest())) {
            // a line is whole or not there
            if (rest.size() < line.size() && ::ftruncate(m_fd.get(), static_cast<off_t>(m_size)) != 0)
                m_size += line.size() - rest.size();
            return error;
        }
    }
    m_size += line.size();
    return 0;
}

int AgentLog::turn()
{
    ::unlink(earlier(kFiles - 1).c_str());
    for (int number = kFiles - 2; number >= 1; --number)
        ::rename(earlier(number).c_str(), earlier(number + 1).c_str());
    ::rename(m_file.c_str(), earlier(1).c_str());
    int error = open();
    if (meansNoRoom(error) && dropOldest())
        error = open();
    if (error == 0 && m_size > 0 && ::ftruncate(m_fd.get(), 0) == 0) // it could not be renamed
        m_size = 0;
    keepLimit();
    return error;
}

bool AgentLog::dropOldest()
{
    for (int number = kFiles - 1; number >= 1; --number)
        if (::unlink(earlier(number).c_str()) == 0)
            return true;
    return false;
}

// Also of what an agent with a larger limit has left.
void AgentLog::keepLimit()
{
    count();
    while (m_state.bytes - std::min(m_state.bytes, m_size) > m_state.limit / kFiles * (kFiles - 1)
           && dropOldest())
        count();
}

void AgentLog::count()
{
    if (m_file.empty())
        return;
    m_state.bytes = m_size;
    for (int number = 1; number < kFiles; ++number)
        m_state.bytes += sizeOf(earlier(number));
}

}
