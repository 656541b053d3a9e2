#pragma once
// One WebSocket over TLS, engine's or agent's end. Lives on one thread: that of its io_context; all calls and handler calls happen
// there. Beast stays behind this header.

#include "backend/core/result.h"
#include "backend/transport/causes.h"
#include "backend/transport/endpoint_url.h"
#include "backend/transport/limits.h"
#include "backend/transport/peer_certificate.h"
#include "backend/transport/tls_context.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace boost::asio {
class io_context;
}

namespace fb::transport {

// May destroy the WebSocket in any of these calls.
class WebSocketHandler
{
public:
    virtual void onOpened() {
    } // client: the upgrade was accepted; peer() is known. Not called on the server side
    virtual void onMessage(std::string_view message) = 0; // whole and binary; valid for the call
    virtual void onWritten() = 0; // the message given to send() has left; the next may be sent
    // The end, called once, also when a connection attempt failed. Code: one of `causes`. Never called from inside a call of ours.
    virtual void onClosed(const Error &cause) = 0;

protected:
    ~WebSocketHandler() = default;
};

namespace closeCodes {
    inline constexpr uint16_t kNormal = 1000;
    inline constexpr uint16_t kGoingAway = 1001;
    inline constexpr uint16_t kProtocol = 1002;
    inline constexpr uint16_t kTextRefused = 1003;
    inline constexpr uint16_t kPolicy = 1008;
    inline constexpr uint16_t kTooBig = 1009;
    inline constexpr uint16_t kDeregistered = 4001; // fleet-manager B3.5
    inline constexpr uint16_t kRevoked = 4002;
    inline constexpr uint16_t kReplaced = 4003; // a newer connection of the same node took over
    inline constexpr uint16_t kQuarantined = 4004;
}

class WebSocket
{
public:
    class Private; // in web_socket.cpp
    explicit WebSocket(std::shared_ptr<Private> connection);
    ~WebSocket(); // cuts the socket; the handler hears no more
    WebSocket(const WebSocket &) = delete;
    WebSocket &operator=(const WebSocket &) = delete;

    // One in flight: only when open and not isWriting(). Ignored once closing.
    void send(std::string message);
    bool isWriting() const;
    bool isOpen() const;
    void pauseReading(bool paused); // a message being read is still delivered
    // Says why and waits a little for the peer's answer; what was sent before goes out first. onClosed follows.
    void close(uint16_t code, std::string_view reason);
    const PeerInfo &peer() const;
    uint16_t closeCode() const; // received from the peer; 0 if none

private:
    std::shared_ptr<Private> d;
};

struct ClientOptions {
    EndpointUrl url;
    std::shared_ptr<const ClientTls> tls;
    std::shared_ptr<const TlsIdentity> identity; // none: no client certificate
    std::shared_ptr<SessionCache> sessions; // none: full handshakes only
    std::string subprotocol; // "fb-agent.1"; the server must choose it
    ConnectionLimits limits {};
    std::vector<std::string> addresses {}; // to try in the place of those that the host's name has
    BeforeHandshake beforeHandshake {};
};

// Resolves (IPv6 and IPv4 250 ms apart), connects, verifies the server before a byte of HTTP is sent, and upgrades. handler.onOpened()
// or onClosed() follows. Destroying the result gives up.
std::unique_ptr<WebSocket> connectWebSocket(boost::asio::io_context &context, ClientOptions options,
                                            WebSocketHandler &handler);

}
