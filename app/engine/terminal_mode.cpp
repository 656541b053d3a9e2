#include "app/engine/terminal_mode.h"

#include <sys/ioctl.h>

#include <unistd.h>

namespace fb {

RawTerminal::RawTerminal()
{
    termios mode {};
    if (tcgetattr(STDIN_FILENO, &mode) != 0)
        return;
    m_before = mode;
    cfmakeraw(&mode);
    tcsetattr(STDIN_FILENO, TCSADRAIN, &mode);
}

RawTerminal::~RawTerminal()
{
    if (m_before)
        tcsetattr(STDIN_FILENO, TCSADRAIN, &*m_before);
}

std::pair<int, int> terminalSize()
{
    winsize size {};
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
        return {80, 24};
    return {size.ws_col, size.ws_row};
}

}
