#pragma once
// ForwardHost with real sockets: resolves on this node, tries the addresses in their order, 10 s each, never one that is denied
// (spec/session-manager.md 3.5). Lives on the thread of its io_context.

#include "agent/supervisor/forward_host.h"
#include "agent/supervisor/name_resolver.h"

#include <boost/asio/io_context.hpp>

#include <functional>
#include <map>
#include <memory>

namespace fb::agent {

class TcpForwards final : public ForwardHost
{
public:
    explicit TcpForwards(boost::asio::io_context &context);
    ~TcpForwards() override;

    void setEvents(ForwardEvents *events) override { m_events = events; }
    void setAfterEvent(std::function<void()> fn) { m_afterEvent = std::move(fn); } // there may be output now
    void connect(ForwardNumber number, const ForwardTarget &target) override;
    void allow(ForwardNumber number, uint64_t bytes) override;
    void write(ForwardNumber number, std::string_view bytes) override;
    void finish(ForwardNumber number) override;
    void close(ForwardNumber number, bool clean) override;

private:
    class Connection;
    Connection *find(ForwardNumber number) const;

    boost::asio::io_context &m_context;
    NameResolver m_resolver;
    ForwardEvents *m_events = nullptr;
    std::function<void()> m_afterEvent;
    std::map<ForwardNumber, std::shared_ptr<Connection>> m_connections;
};

}
