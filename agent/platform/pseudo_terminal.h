#pragma once
// A pseudo terminal's master end. One thread.

#include "agent/platform/unique_fd.h"
#include "backend/core/result.h"

#include <cstdint>
#include <string>

namespace fb::agent {

class PseudoTerminal
{
public:
    static Result<PseudoTerminal> make(uint32_t columns, uint32_t rows);

    int master() const { return m_master.get(); } // not blocking
    const std::string &slavePath() const { return m_slavePath; } // "/dev/pts/7"
    void resize(uint32_t columns, uint32_t rows);
    bool giveTo(unsigned user, unsigned group); // the slave's owner; true if it worked
    bool signalForeground(int number); // to the program in front
    bool hangUp(); // HUP to the foreground

private:
    UniqueFd m_master;
    std::string m_slavePath;
};

}
