#pragma once
// The tool channels of one node: streams that the engine opens, each joined to a process of its own (spec/fleet-manager.md 3.3). They end
// with their connection. Only bytes within credit pass, and nobody reads them here. Part of NodeCore.

#include "agent/tools/tool_host.h"
#include "backend/core/waiting_bytes.h"
#include "backend/protocol/link.h"

#include <functional>
#include <map>
#include <string>

namespace fb::agent {

class ToolStreams final : public ToolEvents
{
public:
    static constexpr size_t kMost = 32; // channels; the rest of a node's streams is for sessions and output

    static bool serves(uint32_t kind);

    ~ToolStreams();
    void setHost(ToolHost *host); // null: tools are not served
    // Why a tool may not be used here; empty: it may. Without one none is denied.
    void setDenial(std::function<std::string(const std::string &tool)> denial)
    {
        m_denial = std::move(denial);
    }

    void linkUp(protocol::Link &link) { m_link = &link; }
    void linkDown();
    void openReceived(const protocol::StreamOpenReceived &open);
    bool owns(protocol::StreamNumber stream) const { return m_byStream.contains(stream); }
    void dataReceived(protocol::StreamNumber stream, std::string_view bytes);
    void finished(protocol::StreamNumber stream);
    void reset(protocol::StreamNumber stream);
    void passCredit(); // after frames were received or sent

    // ---- ToolEvents
    void toolOutput(ToolId tool, std::string_view bytes) override;
    void toolInputTaken(ToolId tool, uint64_t bytes) override;
    void toolEnded(ToolId tool) override;

private:
    struct Channel {
        protocol::StreamNumber stream = 0;
        WaitingBytes waiting; // from the tool, not yet taken by the link
        uint64_t allowed = 0; // told to the tool and not yet come
        bool ended = false;
    };

    void flush(ToolId tool);

    ToolHost *m_host = nullptr;
    std::function<std::string(const std::string &)> m_denial;
    protocol::Link *m_link = nullptr;
    std::map<ToolId, Channel> m_channels;
    std::map<protocol::StreamNumber, ToolId> m_byStream;
    ToolId m_last = 0;
};

}
