#include "agent/tools/tool_worker.h"

#include "backend/protocol/frame.h"
#include "backend/protocol/tool_messages.h"

#include <cerrno>
#include <malloc.h>
#include <sys/socket.h>
#include <unistd.h>

namespace fb::agent {

namespace {
    constexpr size_t kRequestBytes = 64 * 1024;
    constexpr int kKeptBytes = 8 * 1024 * 1024;
}

ToolWorker::ToolWorker(UniqueFd channel, std::unique_ptr<Tool> tool)
    : m_channel(std::move(channel)),
      m_tool(std::move(tool))
{
}

int ToolWorker::run()
{
    // Chunks of a file come and go: their memory stays, instead of being given back and cleared anew for each.
    (void)::mallopt(M_MMAP_THRESHOLD, kKeptBytes);
    (void)::mallopt(M_TRIM_THRESHOLD, kKeptBytes);
    protocol::ToolMessageReader reader(protocol::kMaxToolRequestBytes);
    std::string chunk(kRequestBytes, '\0');
    for (;;) {
        const ssize_t got = ::read(m_channel.get(), chunk.data(), chunk.size());
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return 0;
        reader.add({chunk.data(), static_cast<size_t>(got)});
        for (;;) {
            const auto message = reader.next();
            if (!message)
                return 1; // who sends such a thing is not our engine
            if (!*message)
                break;
            if (!serve(**message))
                return 1;
        }
    }
}

bool ToolWorker::serve(std::string_view message)
{
    const auto request = protocol::parse<wire::ToolRequest>(message, protocol::kMaxToolRequestBytes);
    if (!request || request->id() == 0)
        return false;
    ::alarm(static_cast<unsigned>(kRequestTime.count())); // SIGALRM ends the process: a dead file server
    auto answer = m_tool->answer(*request);
    wire::ToolAnswer told = answer ? *std::move(answer) : problemAnswer(answer.error());
    told.set_id(request->id());
    const bool sent = send(told);
    ::alarm(0);
    return sent;
}

bool ToolWorker::send(const wire::ToolAnswer &answer) const
{
    const std::string bytes = protocol::toolMessage(answer);
    for (size_t at = 0; at < bytes.size();) {
        const ssize_t sent = ::send(m_channel.get(), bytes.data() + at, bytes.size() - at, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent <= 0)
            return false;
        at += static_cast<size_t>(sent);
    }
    return true;
}

}
