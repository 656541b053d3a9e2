#pragma once
// `flagbridge-agent tool NAME FOLDER`: serves one channel on a socket until it ends. A request that hangs in the system ends the process with it;
// the supervisor only sees the socket close. The whole process is its own.

#include "agent/platform/unique_fd.h"
#include "agent/tools/tool.h"

namespace fb::agent {

class ToolWorker
{
public:
    ToolWorker(UniqueFd channel, std::unique_ptr<Tool> tool);
    int run(); // exit code

private:
    bool serve(std::string_view message); // false: the channel is lost
    bool send(const wire::ToolAnswer &answer) const;

    UniqueFd m_channel;
    std::unique_ptr<Tool> m_tool;
};

}
