#pragma once
// The supervisor's side of one network process: starts it, watches over it, and ends it. What comes from it is hostile: whatever breaks the
// rules ends the process, and the connection with it. Base of NetworkLink's and NetworkPost's insides; one thread.

#include "agent/network/network_channel.h"
#include "agent/network/network_child.h"
#include "agent/network/network_start.h"

#include <boost/asio/steady_timer.hpp>

#include <chrono>

namespace fb::agent {

class NetworkTalk : public NetworkChannelHandler, public std::enable_shared_from_this<NetworkTalk>
{
public:
    virtual ~NetworkTalk() = default;

protected:
    NetworkTalk(boost::asio::io_context &context, NetworkLauncher &launcher);

    void begin(Result<NetworkLauncher::Started> started, network::Start start);
    void send(NetworkMessage kind, std::string_view payload = {});
    // `text`: what it is when nothing was heard by then.
    void expectWithin(std::chrono::milliseconds time, std::string text);
    void expectNothing() { m_deadline.cancel(); }
    void brokeRules(const std::string &how); // for messageCame() of a subclass
    void endLater(const Error &cause); // with talkEnded()
    void end(); // channel and process; nothing is heard any more
    bool hasEnded() const { return m_ended; }
    boost::asio::io_context &context() { return m_context; }

    // Of the kinds that the subclass takes, as they may come now.
    virtual std::optional<size_t> limitOfOwn(NetworkMessage kind) = 0;
    virtual void ownCame(NetworkMessage kind, std::string_view payload) = 0;
    // Once, unless end() was called before; the process is gone.
    virtual void talkEnded(const Error &cause, uint16_t closeCode) = 0;

private:
    std::optional<size_t> limitOf(NetworkMessage kind) final;
    void messageCame(NetworkMessage kind, std::string_view payload) final;
    void channelEnded(const Error &cause) final;
    void awaitEnd(int tries);
    void finish(const Error &cause, uint16_t closeCode = 0);

    boost::asio::io_context &m_context;
    NetworkLauncher &m_launcher;
    std::shared_ptr<NetworkChannel> m_channel;
    std::shared_ptr<NetworkChild> m_child;
    boost::asio::steady_timer m_deadline;
    boost::asio::steady_timer m_endTimer;
    bool m_mayTellUnconfined = true;
    bool m_ended = false;
};

}
