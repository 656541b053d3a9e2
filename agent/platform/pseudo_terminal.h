#pragma once
// A pseudo terminal's master end. One thread.

#include "agent/platform/unique_fd.h"
#include "backend/core/result.h"

#include <cstdint>
#include <string>
#include <sys/types.h>

namespace fb::agent {

class PseudoTerminal
{
public:
    static Result<PseudoTerminal> make(uint32_t columns, uint32_t rows);

    int master() const { return m_master.get(); } // not blocking
    const std::string &slavePath() const { return m_slavePath; } // "/dev/pts/7"
    void resize(uint32_t columns, uint32_t rows);
    bool giveTo(unsigned user, unsigned group); // the slave's owner; true if it worked
    pid_t foreground() const; // the process group of the program in front; 0 if there is none
    bool echoes() const; // what is typed is shown; false when it cannot be told
    bool signalForeground(int number) const;

private:
    UniqueFd m_master;
    std::string m_slavePath;
};

}
