#pragma once
// The TCP connections of a port session of the stock plugin: many in smux frames, or one raw stream (ssh). Engine thread.

#include "backend/nodes/datachannel/agent_message.h"
#include "backend/nodes/datachannel/smux_frames.h"
#include "backend/nodes/sessions/session_service.h"

#include <map>
#include <memory>

namespace fb {

class PluginPorts
{
public:
    static constexpr size_t kMostStreams = 256;
    static constexpr size_t kMostWaiting = 4 * 1024 * 1024; // to the node, of all streams, not taken by it

    class Owner
    {
    public:
        virtual void portsSend(std::string_view bytes) = 0; // to the client
        virtual void portsFlag(ChannelFlag flag) = 0;
        // Something came or went: pass() may have what to send, receive() may take again. The owner acts later, outside this call.
        virtual void portsMoved() = 0;
        virtual void portsBroken(const QString &cause) = 0; // the session cannot go on

    protected:
        ~Owner() = default;
    };

    PluginPorts(SessionService &sessions, const Clock &clock, SessionId session, bool isRaw, Owner &owner);
    ~PluginPorts();

    void begin(); // the session is Connected: a raw one opens its stream
    bool receive(std::string_view bytes); // of the client; false: not now
    void pass(size_t room); // to the client, as much as there is room for

private:
    class Stream;
    friend class Stream;

    void take(const SmuxFrame &frame);
    void open(uint32_t number);
    void passed(uint32_t number, QByteArrayView bytes);
    void passedEnd(uint32_t number);
    size_t waiting() const;

    SessionService &m_sessions;
    const Clock &m_clock;
    const SessionId m_session;
    const bool m_isRaw;
    Owner &m_owner;
    SmuxReader m_reader;
    std::map<uint32_t, std::unique_ptr<Stream>> m_streams;
    uint32_t m_lastPassed = 0;
};

}
