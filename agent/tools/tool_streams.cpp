#include "agent/tools/tool_streams.h"

#include "backend/protocol/tool_messages.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace fb::agent {

namespace {
    constexpr uint64_t kInputWindow = 256 * 1024;
    constexpr uint64_t kFileWindow = 1024 * 1024;
    constexpr uint64_t kAhead = 64 * 1024; // read from the tool beyond the stream's credit
}

bool ToolStreams::serves(uint32_t kind)
{
    using protocol::StreamKind;
    return kind == static_cast<uint32_t>(StreamKind::Rpc)
        || kind == static_cast<uint32_t>(StreamKind::FileGet)
        || kind == static_cast<uint32_t>(StreamKind::FilePut);
}

ToolStreams::~ToolStreams() { setHost(nullptr); }

void ToolStreams::setHost(ToolHost *host)
{
    if (m_host)
        m_host->setEvents(nullptr);
    m_host = host;
    if (m_host)
        m_host->setEvents(this);
}

void ToolStreams::linkDown()
{
    for (const auto &[tool, channel] : m_channels)
        m_host->endTool(tool);
    m_channels.clear();
    m_byStream.clear();
    m_link = nullptr;
}

void ToolStreams::openReceived(const protocol::StreamOpenReceived &received)
{
    const std::string &name = received.open.rpc().method();
    if (!m_host)
        return m_link->refuse(received.stream, "unknown-kind", "this agent serves no tools");
    if (!protocol::isToolName(name))
        return m_link->refuse(received.stream, "unknown-kind", "this agent has no such tool");
    if (const std::string why = m_denial ? m_denial(name) : std::string(); !why.empty())
        return m_link->refuse(received.stream, "denied", why);
    // What was reset counts until its process is gone: who opens and resets quickly has no more of them than anybody.
    if (std::max(m_channels.size(), m_host->running()) >= kMost)
        return m_link->refuse(received.stream, "busy",
                              fmt::format("{} tools are open on this node, which is the limit", kMost));
    const ToolId tool = ++m_last;
    if (auto started = m_host->startTool(tool, name); !started)
        return m_link->refuse(received.stream, "failed", started.error().message);
    m_channels[tool].stream = received.stream;
    m_byStream.emplace(received.stream, tool);
    const bool isUpload = received.open.kind() == static_cast<uint32_t>(protocol::StreamKind::FilePut);
    m_link->accept(received.stream, isUpload ? kFileWindow : kInputWindow, received.open.receive_from());
}

void ToolStreams::dataReceived(protocol::StreamNumber stream, std::string_view bytes)
{
    if (const auto it = m_byStream.find(stream); it != m_byStream.end())
        m_host->toolInput(it->second, bytes);
}

void ToolStreams::finished(protocol::StreamNumber stream)
{
    if (const auto it = m_byStream.find(stream); it != m_byStream.end())
        m_host->toolInputEnded(it->second);
}

void ToolStreams::reset(protocol::StreamNumber stream)
{
    const auto it = m_byStream.find(stream);
    if (it == m_byStream.end())
        return;
    m_host->endTool(it->second);
    m_channels.erase(it->second);
    m_byStream.erase(it);
}

void ToolStreams::passCredit()
{
    std::vector<ToolId> all;
    for (const auto &[tool, channel] : m_channels)
        all.push_back(tool);
    for (const ToolId tool : all)
        flush(tool);
}

void ToolStreams::flush(ToolId tool)
{
    const auto it = m_channels.find(tool);
    if (it == m_channels.end() || !m_link)
        return;
    Channel &channel = it->second;
    while (!channel.waiting.empty()) {
        const size_t taken = m_link->write(channel.stream, channel.waiting.front());
        if (taken == 0)
            break;
        channel.waiting.drop(taken);
    }
    if (channel.ended) {
        if (!channel.waiting.empty())
            return;
        m_link->finish(channel.stream);
        m_byStream.erase(channel.stream);
        m_channels.erase(it);
        return;
    }
    const uint64_t room = m_link->writable(channel.stream) + kAhead;
    const uint64_t used = channel.allowed + channel.waiting.size();
    if (room > used && room - used >= kAhead / 2) {
        channel.allowed += room - used;
        m_host->allowToolOutput(tool, room - used);
    }
}

void ToolStreams::toolOutput(ToolId tool, std::string_view bytes)
{
    const auto it = m_channels.find(tool);
    if (it == m_channels.end())
        return;
    it->second.allowed -= std::min<uint64_t>(it->second.allowed, bytes.size());
    it->second.waiting.add(std::string(bytes));
    flush(tool);
}

void ToolStreams::toolInputTaken(ToolId tool, uint64_t bytes)
{
    if (const auto it = m_channels.find(tool); it != m_channels.end() && m_link)
        m_link->grant(it->second.stream, bytes);
}

void ToolStreams::toolEnded(ToolId tool)
{
    if (const auto it = m_channels.find(tool); it != m_channels.end()) {
        it->second.ended = true;
        flush(tool);
    }
}

}
