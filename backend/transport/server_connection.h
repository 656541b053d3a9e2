#pragma once
// A connection accepted by a server, up to its first request: TLS, then "GET /agent/v1" or "POST /enrol/v1" and nothing else
// (spec/security 1, T02). Lives on the thread of its io_context.

#include "backend/transport/http_message.h"
#include "backend/transport/tls_stream.h"
#include "backend/transport/web_socket.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace fb::transport {

// The request lines that a server answers; every other byte sequence is closed without an answer, at its first wrong byte.
struct ServedRequest {
    std::string method; // "GET", "POST"
    std::string path;
};

struct ServerRequest {
    size_t served = 0; // index into the list of served requests
    HttpRequestHead head;
    std::string body;
};

// The end of an upgrade, by the request's bytes. Inside this room only.
std::unique_ptr<WebSocket> acceptWebSocket(boost::asio::io_context &context, TlsStream stream,
                                           std::string request, std::string subprotocol, PeerInfo peer,
                                           const ConnectionLimits &limits, WebSocketHandler &handler);

class ServerConnection : public std::enable_shared_from_this<ServerConnection>
{
public:
    struct Callbacks {
        // Once: a whole request; answer it with respond(), upgrade() or cut().
        std::function<void(const std::shared_ptr<ServerConnection> &, ServerRequest)> onRequest;
        // Instead: no request came. `certificate`: of a peer whose certificate was refused but whose chain was sound.
        std::function<void(const std::shared_ptr<ServerConnection> &, const Error &cause,
                           const std::optional<PeerCertificate> &certificate)>
            onFailed;
    };
    static std::shared_ptr<ServerConnection> start(Socket socket, std::shared_ptr<const ServerTls> tls,
                                                   std::shared_ptr<const std::vector<ServedRequest>> served,
                                                   ConnectionLimits limits, Callbacks callbacks);
    ~ServerConnection();

    const PeerInfo &peer() const { return m_peer; }
    const Socket::executor_type &executor() const { return m_executor; } // any thread
    bool isOver() const { return m_isOver; } // cut, or answered
    // Head and body, then the end of the connection. An empty body sends none.
    void respond(int status, std::string_view reason, std::string_view body = {});
    // Accepts the upgrade; nothing if the request was no proper one (then it is closed). The handler hears of messages at once.
    std::unique_ptr<WebSocket> upgrade(std::string_view subprotocol, WebSocketHandler &handler);
    void cut(const Error &cause); // from its own thread; onFailed follows if no request was delivered

private:
    ServerConnection(Socket socket, std::shared_ptr<const ServerTls> tls,
                     std::shared_ptr<const std::vector<ServedRequest>> served, ConnectionLimits limits,
                     Callbacks callbacks);
    void handshake();
    void readHead();
    void readBody();
    void headComes(size_t bytes);
    void deliver();
    void end();
    void fail(const Error &cause, const std::optional<PeerCertificate> &certificate = {});

    const Socket::executor_type m_executor;
    TlsStream m_stream;
    std::shared_ptr<const ServerTls> m_tls;
    std::shared_ptr<const std::vector<ServedRequest>> m_served;
    ConnectionLimits m_limits;
    Callbacks m_callbacks;
    Timer m_deadline;
    PeerInfo m_peer;
    std::string m_bytes;
    size_t m_headBytes = 0;
    ServerRequest m_request;
    std::string m_answer;
    bool m_delivered = false;
    bool m_mayUpgrade = false;
    bool m_isOver = false;
};

}
