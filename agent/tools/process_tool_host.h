#pragma once
// Tools as processes: `flagbridge-agent tool NAME FOLDER [JOURNAL]`, its channel as descriptor 3. Its end is the end of that socket; SIGCHLD is collected by
// ProcessWorkerHost, on the same thread. Lives on the thread of its io_context.

#include "agent/tools/tool_host.h"

#include <boost/asio/io_context.hpp>

#include <chrono>
#include <functional>
#include <map>
#include <memory>

namespace fb::agent {

class ProcessToolHost final : public ToolHost
{
public:
    // The program: our own. The agent's folder is told to the tools, which leave it alone. `journalFolder`: empty: the system's.
    // `patience`: so long a tool may take to go once nobody listens; then it is killed.
    ProcessToolHost(boost::asio::io_context &context, std::string program, std::string stateFolder,
                    std::string journalFolder = {},
                    std::chrono::milliseconds patience = std::chrono::minutes(1));
    ~ProcessToolHost() override;

    void setEvents(ToolEvents *events) override { m_events = events; }
    Result<void> startTool(ToolId tool, const std::string &name) override;
    void toolInput(ToolId tool, std::string_view bytes) override;
    void toolInputEnded(ToolId tool) override;
    void allowToolOutput(ToolId tool, uint64_t bytes) override;
    void endTool(ToolId tool) override;
    size_t running() const override { return m_channels.size() + m_leaving.size(); }

    void setAfterEvent(std::function<void()> fn) { m_afterEvent = std::move(fn); } // NodeCore may have output

private:
    struct Channel;
    void read(const std::shared_ptr<Channel> &channel);
    void write(const std::shared_ptr<Channel> &channel);
    void ended(const std::shared_ptr<Channel> &channel);
    void watch(const std::shared_ptr<Channel> &channel);
    void readOut(const std::shared_ptr<Channel> &channel);
    std::shared_ptr<Channel> find(ToolId tool) const;

    boost::asio::io_context &m_context;
    std::string m_program;
    std::string m_stateFolder;
    std::string m_journalFolder;
    std::chrono::milliseconds m_patience;
    ToolEvents *m_events = nullptr;
    std::function<void()> m_afterEvent;
    std::map<ToolId, std::shared_ptr<Channel>> m_channels;
    std::map<ToolId, std::shared_ptr<Channel>> m_leaving; // nobody listens; the process is not gone yet
};

}
