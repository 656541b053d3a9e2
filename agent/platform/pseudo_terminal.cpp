#include "agent/platform/pseudo_terminal.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <termios.h>

namespace fb::agent {

namespace {
    constexpr uint32_t kMaxCells = 1000; // a side; the screen of a hostile or broken client
}

Result<PseudoTerminal> PseudoTerminal::make(uint32_t columns, uint32_t rows)
{
    PseudoTerminal terminal;
    terminal.m_master.reset(::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK));
    char path[64];
    if (!terminal.m_master || ::grantpt(terminal.master()) != 0 || ::unlockpt(terminal.master()) != 0
        || ::ptsname_r(terminal.master(), path, sizeof path) != 0)
        return makeError(errors::kInternal, fmt::format("cannot open a terminal: {}", std::strerror(errno)));
    terminal.m_slavePath = path;
    terminal.resize(columns ? columns : 80, rows ? rows : 24);
    return terminal;
}

void PseudoTerminal::resize(uint32_t columns, uint32_t rows)
{
    winsize size {};
    size.ws_col = static_cast<unsigned short>(std::clamp(columns, 1u, kMaxCells));
    size.ws_row = static_cast<unsigned short>(std::clamp(rows, 1u, kMaxCells));
    ::ioctl(master(), TIOCSWINSZ, &size);
}

bool PseudoTerminal::giveTo(unsigned user, unsigned group)
{
    return ::chown(m_slavePath.c_str(), user, group) == 0 && ::chmod(m_slavePath.c_str(), 0620) == 0;
}

pid_t PseudoTerminal::foreground() const
{
    pid_t group = 0;
    return ::ioctl(master(), TIOCGPGRP, &group) == 0 ? group : 0;
}

bool PseudoTerminal::echoes() const
{
    termios settings {};
    return ::tcgetattr(master(), &settings) == 0 && (settings.c_lflag & ECHO) != 0;
}

bool PseudoTerminal::signalForeground(int number) const
{
    const pid_t group = foreground(); // TIOCSIG would only do for INT, QUIT and TSTP
    return group > 1 && number > 0 && number < NSIG && ::kill(-group, number) == 0;
}

}
