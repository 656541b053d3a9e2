#pragma once
// A server and clients of the transport on one io_context, driven by the test's own thread.

#include "backend/transport/http_post.h"
#include "backend/transport/server_connection.h"
#include "backend/transport/web_socket.h"
#include "tests/support/test_certificates.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <functional>
#include <optional>
#include <set>

namespace fb::test {

inline constexpr auto kFleet = "11111111-2222-4333-8444-555555555555";
inline constexpr auto kOtherFleet = "99999999-2222-4333-8444-555555555555";
inline constexpr auto kNode = "mi-0123456789abcdef0";

// What one end heard.
class Ear : public transport::WebSocketHandler
{
public:
    virtual ~Ear() = default;
    void onOpened() override { opened = true; }
    void onMessage(std::string_view message) override
    {
        if (whenMessage)
            whenMessage();
        messages.emplace_back(message);
        bytes += message.size();
    }
    void onWritten() override
    {
        ++written;
        if (whenWritten)
            whenWritten();
    }
    void onClosed(const Error &cause) override { closed = cause; }

    bool opened = false;
    int written = 0;
    size_t bytes = 0;
    std::vector<std::string> messages;
    std::optional<Error> closed;
    std::function<void()> whenWritten;
    std::function<void()> whenMessage; // before the message is kept
};

struct ServerSide {
    Ear ear;
    std::unique_ptr<transport::WebSocket> socket;
};

class Loopback
{
public:
    explicit Loopback(transport::ConnectionLimits limits = {});
    ~Loopback();

    bool pump(const std::function<bool()> &until,
              std::chrono::milliseconds within = std::chrono::seconds(10));
    uint16_t port() const { return m_acceptor.local_endpoint().port(); }
    transport::ClientOptions client(std::shared_ptr<const transport::TlsIdentity> identity = nullptr) const;
    transport::PostOptions post(std::string body) const;
    std::shared_ptr<const transport::TlsIdentity> node(const char *id = kNode) const;
    static std::shared_ptr<const transport::TlsIdentity> identity(const TestCertificate &certificate,
                                                                  const std::vector<std::string> &chain = {});

    boost::asio::io_context context {1};
    TestCa ca;
    std::vector<std::unique_ptr<ServerSide>> served; // one for each accepted WebSocket
    std::vector<Error> failures; // of connections that brought no request
    std::vector<std::optional<transport::PeerCertificate>> refusedCertificates;
    std::vector<std::string> bodies; // of POSTs; answered with the body reversed
    std::vector<transport::PeerInfo> peers; // of requests
    std::set<std::string> revoked;
    transport::ConnectionLimits limits;
    std::shared_ptr<const transport::ServerTls> serverTls;
    std::shared_ptr<const transport::ServerTls>
        secondServerTls; // as of another I/O thread: every other connection
    std::shared_ptr<transport::TicketKeyRing> tickets;

private:
    void accept();
    void request(const std::shared_ptr<transport::ServerConnection> &connection,
                 transport::ServerRequest request);

    boost::asio::basic_socket_acceptor<boost::asio::ip::tcp, boost::asio::io_context::executor_type>
        m_acceptor;
    size_t m_accepted = 0;
};

}
