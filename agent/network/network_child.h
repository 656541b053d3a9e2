#pragma once
// Network processes as the supervisor has them: `flagbridge-agent network`, one for each connection, its channel as descriptor 3. Lives on the
// supervisor's thread, which alone waits for children.

#include "agent/platform/unique_fd.h"
#include "backend/core/result.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <sys/types.h>

namespace fb::agent {

// One that was started. It dies with its last owner.
class NetworkChild
{
public:
    explicit NetworkChild(pid_t pid) : m_pid(pid) { }
    ~NetworkChild() { end(); }
    NetworkChild(const NetworkChild &) = delete;
    NetworkChild &operator=(const NetworkChild &) = delete;

    pid_t pid() const { return m_pid; } // 0: it was collected
    // In words, once it has ended: "was killed by signal 9"; looks whether it has.
    std::optional<std::string> howEnded();
    void collected(int status); // by somebody who waits for any child
    void end(); // kills it if it lives

private:
    pid_t m_pid;
    std::optional<int> m_status;
};

// For the agent's log.
std::string unconfinedText(std::string_view what);

class NetworkLauncher
{
public:
    struct Started {
        UniqueFd channel;
        std::shared_ptr<NetworkChild> child; // none in tests that play it themselves
    };
    struct Options {
        std::string program; // our own
        bool sandboxRequired = false; // no connection where the kernel cannot confine the process
        std::function<void(const std::string &)> unconfined {}; // hears once what is missing
    };

    explicit NetworkLauncher(Options options) : m_options(std::move(options)) { }

    Result<Started> start();
    bool sandboxRequired() const { return m_options.sandboxRequired; }
    void childCollected(pid_t pid, int status);
    void tellUnconfined(const std::string &what);

private:
    Options m_options;
    std::map<pid_t, std::weak_ptr<NetworkChild>> m_children;
    std::string m_told;
};

}
