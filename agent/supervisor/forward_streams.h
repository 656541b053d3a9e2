#pragma once
// The port sessions of one node and their connections (spec/session-manager.md 3.5, 3.6): a stream for each session, which ends by its idle and
// longest time, and a forward-tcp stream for each TCP connection of it. Nothing of them outlives the link. Part of NodeCore.

#include "agent/supervisor/forward_host.h"
#include "backend/core/clock.h"
#include "backend/protocol/forward_window.h"
#include "backend/protocol/link.h"

#include <map>
#include <optional>
#include <string>

namespace fb::agent {

class ForwardStreams final : public ForwardEvents
{
public:
    explicit ForwardStreams(const Clock &clock) : m_clock(clock) { }
    ~ForwardStreams();
    void setHost(ForwardHost *host); // null: this node serves none

    void linkUp(protocol::Link &link) { m_link = &link; }
    void linkDown();
    // While `terminals` sessions of the other kind are open.
    void openReceived(const protocol::StreamOpenReceived &received, size_t terminals);
    bool owns(protocol::StreamNumber stream) const
    {
        return m_connections.contains(stream) || m_bySessionStream.contains(stream);
    }
    void dataReceived(protocol::StreamNumber stream, std::string_view bytes);
    void finished(protocol::StreamNumber stream, const wire::Fin &fin);
    void reset(protocol::StreamNumber stream);
    void passCredit(); // what the link may take now, the connections may receive

    void onTime(); // sessions whose time is over
    Tick nextDeadline() const; // Tick::max(): none
    size_t sessions() const { return m_sessions.size(); }

private:
    struct Session {
        protocol::StreamNumber stream = 0;
        std::chrono::seconds idleTimeout {0}; // 0: none
        Tick lastBytes {};
        std::optional<Tick> endsAt;
    };
    struct Connection {
        ForwardNumber number = 0;
        std::string session;
        bool connected = false;
        std::string waiting; // received, not yet taken by the link
        uint64_t allowed = 0; // may still come
        protocol::ForwardWindow window;
        bool endIn = false; // the engine's half
        bool endOut = false; // the far end's half has ended ...
        bool finSent = false; // ... and the engine was told
    };

    void openSession(const protocol::StreamOpenReceived &received, size_t terminals);
    void openConnection(const protocol::StreamOpenReceived &received);
    void endSession(const std::string &token, const std::string &reason);
    void dropConnections(const std::string &session, std::string_view code, const std::string &text);
    void flush(protocol::StreamNumber stream, Connection &connection);
    void forget(protocol::StreamNumber stream);
    void touch(const Connection &connection);
    Tick deadlineOf(const Session &session) const;
    std::optional<protocol::StreamNumber> streamOf(ForwardNumber number) const;

    void forwardConnected(ForwardNumber number, const std::string &address) override;
    void forwardFailed(ForwardNumber number, std::string_view code, const std::string &text) override;
    void forwardReceived(ForwardNumber number, std::string_view bytes) override;
    void forwardTaken(ForwardNumber number, uint64_t bytes) override;
    void forwardEnded(ForwardNumber number) override;
    void forwardBroken(ForwardNumber number, const std::string &text) override;

    const Clock &m_clock;
    ForwardHost *m_host = nullptr;
    protocol::Link *m_link = nullptr;
    std::map<std::string, Session> m_sessions; // by token
    std::map<protocol::StreamNumber, std::string> m_bySessionStream;
    std::map<protocol::StreamNumber, Connection> m_connections;
    std::map<ForwardNumber, protocol::StreamNumber> m_byNumber;
    ForwardNumber m_nextNumber = 1;
};

}
