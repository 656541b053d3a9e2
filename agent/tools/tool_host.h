#pragma once
// What NodeCore asks of the machine for the tools of Fleet Manager (spec/fleet-manager.md 3.3): a process a channel, to which the channel's
// bytes go and from which they come. All calls and events are on the owner's thread; an event never arrives from inside a call.

#include "backend/core/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace fb::agent {

using ToolId = uint64_t; // never used twice by one process

class ToolEvents
{
public:
    virtual void toolOutput(ToolId tool, std::string_view bytes) = 0; // within what was allowed
    virtual void toolInputTaken(ToolId tool, uint64_t bytes) = 0;
    virtual void toolEnded(ToolId tool) = 0; // after its last output; by itself or by a crash

protected:
    ~ToolEvents() = default;
};

class ToolHost
{
public:
    virtual ~ToolHost() = default;
    virtual void setEvents(ToolEvents *events) = 0; // null: nobody
    virtual Result<void> startTool(ToolId tool, const std::string &name) = 0;
    virtual void toolInput(ToolId tool, std::string_view bytes) = 0;
    virtual void toolInputEnded(ToolId tool) = 0; // nothing more comes; what it still says is wanted
    virtual void allowToolOutput(ToolId tool, uint64_t bytes) = 0; // and so many more
    virtual void endTool(ToolId tool) = 0; // nobody listens any more; no event follows
    virtual size_t running() const = 0; // those too that nobody listens to and that have not ended yet
};

}
