#pragma once
// A cgroup (v2) of one worker below the agent's own, where it may be made: whatever its scripts do to hide, they stay in it. Where it may
// not, there is none, and the worker's being a subreaper does the work alone (traps, "Processes"). Any thread.

#include <string>
#include <sys/types.h>
#include <vector>

namespace fb::agent {

class ControlGroup
{
public:
    // Makes it and moves this process in. `name` is a plain name.
    static ControlGroup enter(const std::string &name);
    bool exists() const { return !m_path.empty(); }
    std::vector<pid_t> members() const; // without this process

    static void removeEmpty(const std::string &name); // by the supervisor, when the worker is gone

private:
    std::string m_path;
};

}
