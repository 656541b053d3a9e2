#include "agent/tools/process_tool_host.h"

#include "agent/platform/process_tree.h"
#include "agent/platform/spawn.h"
#include "agent/platform/unique_fd.h"

#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <optional>

namespace fb::agent {

namespace {
    constexpr int kChannelNumber = 3; // in the tool
    constexpr size_t kReadBytes = 64 * 1024;
    constexpr std::chrono::seconds kLookAgain {1}; // whether what was killed is gone
}

struct ProcessToolHost::Channel {
    explicit Channel(boost::asio::io_context &context) : timer(context), socket(context) { }

    ToolId tool = 0;
    std::optional<ProcessStamp> process;
    boost::asio::steady_timer timer;
    boost::asio::local::stream_protocol::socket socket;
    std::array<char, kReadBytes> chunk {};
    uint64_t allowed = 0;
    bool isReading = false;
    std::string waiting; // for the tool; within the stream's window
    std::string writing;
    bool inputEnded = false;
};

ProcessToolHost::ProcessToolHost(boost::asio::io_context &context, std::string program,
                                 std::string stateFolder, std::string journalFolder,
                                 std::chrono::milliseconds patience)
    : m_context(context),
      m_program(std::move(program)),
      m_stateFolder(std::move(stateFolder)),
      m_journalFolder(std::move(journalFolder)),
      m_patience(patience)
{
}

ProcessToolHost::~ProcessToolHost() = default;

std::shared_ptr<ProcessToolHost::Channel> ProcessToolHost::find(ToolId tool) const
{
    const auto it = m_channels.find(tool);
    return it == m_channels.end() ? nullptr : it->second;
}

Result<void> ProcessToolHost::startTool(ToolId tool, const std::string &name)
{
    int ends[2] {};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return makeError(errors::kInternal, std::string("cannot make a socket: ") + std::strerror(errno));
    UniqueFd ours(ends[0]);
    const UniqueFd theirs(ends[1]);
    SpawnRequest request {.program = m_program,
                          .arguments = {"flagbridge-agent", "tool", name, m_stateFolder}};
    if (!m_journalFolder.empty())
        request.arguments.push_back(m_journalFolder);
    for (char **entry = environ; entry && *entry; ++entry)
        request.environment.emplace_back(*entry);
    request.error = 2;
    request.descriptors = {{theirs.get(), kChannelNumber}};
    const auto pid = spawnProgram(request);
    if (!pid)
        return pid.error();
    auto channel = std::make_shared<Channel>(m_context);
    channel->tool = tool;
    channel->process = stampOf(*pid);
    channel->socket.assign(boost::asio::local::stream_protocol(), ours.release());
    m_channels.emplace(tool, channel);
    return {};
}

void ProcessToolHost::toolInput(ToolId tool, std::string_view bytes)
{
    if (const auto channel = find(tool)) {
        channel->waiting += bytes;
        write(channel);
    }
}

void ProcessToolHost::toolInputEnded(ToolId tool)
{
    if (const auto channel = find(tool)) {
        channel->inputEnded = true;
        write(channel);
    }
}

void ProcessToolHost::allowToolOutput(ToolId tool, uint64_t bytes)
{
    if (const auto channel = find(tool)) {
        channel->allowed += bytes;
        read(channel);
    }
}

// The tool reads the end, and goes when its request is done. What it still says is thrown away; its own end of the socket closes with it.
void ProcessToolHost::endTool(ToolId tool)
{
    const auto channel = find(tool);
    if (!channel)
        return;
    m_channels.erase(tool);
    m_leaving.emplace(tool, channel);
    boost::system::error_code ignored;
    channel->socket.cancel(ignored);
    channel->socket.shutdown(boost::asio::socket_base::shutdown_send, ignored);
    readOut(channel);
    channel->timer.expires_after(m_patience);
    watch(channel);
}

void ProcessToolHost::readOut(const std::shared_ptr<Channel> &channel)
{
    channel->socket.async_read_some(
        boost::asio::buffer(channel->chunk),
        [this, weak = std::weak_ptr(channel)](const boost::system::error_code &error, size_t) {
            const auto alive = weak.lock();
            if (!alive)
                return;
            if (!error)
                return readOut(alive);
            alive->timer.cancel();
            m_leaving.erase(alive->tool);
        });
}

void ProcessToolHost::watch(const std::shared_ptr<Channel> &channel)
{
    channel->timer.async_wait([this, weak = std::weak_ptr(channel)](const boost::system::error_code &error) {
        const auto alive = weak.lock();
        if (error || !alive || !m_leaving.contains(alive->tool))
            return;
        if (!alive->process || !isRunning(*alive->process)) { // another process holds its end
            boost::system::error_code ignored;
            alive->socket.close(ignored);
            m_leaving.erase(alive->tool);
            return;
        }
        ::kill(alive->process->pid, SIGKILL); // collected on this thread: the number is still its own
        alive->timer.expires_after(kLookAgain);
        watch(alive);
    });
}

void ProcessToolHost::read(const std::shared_ptr<Channel> &channel)
{
    if (channel->isReading || channel->allowed == 0)
        return;
    channel->isReading = true;
    const size_t most = std::min<uint64_t>(channel->allowed, channel->chunk.size());
    channel->socket.async_read_some(boost::asio::buffer(channel->chunk.data(), most),
                                    [this, channel](const boost::system::error_code &error, size_t got) {
                                        channel->isReading = false;
                                        if (find(channel->tool) != channel)
                                            return; // ended meanwhile
                                        if (error)
                                            return ended(channel);
                                        channel->allowed -= got;
                                        if (m_events)
                                            m_events->toolOutput(channel->tool, {channel->chunk.data(), got});
                                        read(channel);
                                        if (m_afterEvent)
                                            m_afterEvent();
                                    });
}

void ProcessToolHost::write(const std::shared_ptr<Channel> &channel)
{
    if (!channel->writing.empty())
        return;
    if (channel->waiting.empty()) {
        boost::system::error_code ignored;
        if (channel->inputEnded)
            channel->socket.shutdown(boost::asio::socket_base::shutdown_send, ignored);
        return;
    }
    channel->writing.swap(channel->waiting);
    boost::asio::async_write(channel->socket, boost::asio::buffer(channel->writing),
                             [this, channel](const boost::system::error_code &error, size_t written) {
                                 channel->writing.clear();
                                 if (find(channel->tool) != channel || error)
                                     return; // the reading side sees the end too
                                 if (m_events)
                                     m_events->toolInputTaken(channel->tool, written);
                                 write(channel);
                                 if (m_afterEvent)
                                     m_afterEvent();
                             });
}

void ProcessToolHost::ended(const std::shared_ptr<Channel> &channel)
{
    boost::system::error_code ignored;
    channel->socket.close(ignored);
    m_channels.erase(channel->tool);
    if (m_events)
        m_events->toolEnded(channel->tool);
    if (m_afterEvent)
        m_afterEvent();
}

}
