#include "agent/platform/control_group.h"

#include <charconv>
#include <fcntl.h>
#include <fstream>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

namespace fb::agent {

namespace {

    constexpr long kCgroup2Magic = 0x63677270;

    // The folder of this process's own v2 group; empty where v2 is not mounted.
    std::string ownGroupFolder()
    {
        std::ifstream groups("/proc/self/cgroup");
        for (std::string line; std::getline(groups, line);) {
            if (!line.starts_with("0::"))
                continue;
            for (const char *root : {"/sys/fs/cgroup", "/sys/fs/cgroup/unified"}) {
                struct statfs status {
                };
                if (::statfs(root, &status) == 0 && status.f_type == kCgroup2Magic)
                    return root + line.substr(3);
            }
        }
        return {};
    }

}

ControlGroup ControlGroup::enter(const std::string &name)
{
    ControlGroup group;
    const std::string own = ownGroupFolder();
    // Only below a group that is ours alone (Delegate=yes): never in the machine's root.
    if (own.empty() || own.ends_with("cgroup/") || own.ends_with("unified/"))
        return group;
    const std::string path = own + "/" + name;
    if (::mkdir(path.c_str(), 0700) != 0)
        return group;
    const int fd = ::open((path + "/cgroup.procs").c_str(), O_WRONLY | O_CLOEXEC);
    const bool entered = fd >= 0 && ::write(fd, "0", 1) == 1;
    if (fd >= 0)
        ::close(fd);
    if (entered)
        group.m_path = path;
    else
        ::rmdir(path.c_str());
    return group;
}

std::vector<pid_t> ControlGroup::members() const
{
    std::vector<pid_t> found;
    if (!exists())
        return found;
    std::ifstream processes(m_path + "/cgroup.procs");
    for (std::string line; std::getline(processes, line);) {
        pid_t pid = 0;
        std::from_chars(line.data(), line.data() + line.size(), pid);
        if (pid > 1 && pid != ::getpid())
            found.push_back(pid);
    }
    return found;
}

void ControlGroup::removeEmpty(const std::string &name)
{
    const std::string own = ownGroupFolder();
    if (!own.empty())
        ::rmdir((own + "/" + name).c_str());
}

}
