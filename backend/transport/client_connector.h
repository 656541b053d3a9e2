#pragma once
// The client's way to a verified TLS stream: resolve, connect to the first address that answers (IPv6 and IPv4 in turn, 250 ms apart),
// handshake, check the server. Inside this room only; one thread.

#include "backend/transport/endpoint_url.h"
#include "backend/transport/limits.h"
#include "backend/transport/tls_context.h"
#include "backend/transport/tls_stream.h"

#include <functional>
#include <memory>
#include <vector>

namespace fb::transport {

struct ClientStream {
    TlsStream stream;
    PeerInfo peer;
};

class ClientConnector : public std::enable_shared_from_this<ClientConnector>
{
public:
    struct Options {
        EndpointUrl url;
        std::shared_ptr<const ClientTls> tls;
        std::shared_ptr<const TlsIdentity> identity;
        std::shared_ptr<SessionCache> sessions;
        ConnectionLimits limits;
        std::vector<std::string> addresses {};
        BeforeHandshake beforeHandshake {};
    };
    using Done = std::function<void(Result<std::unique_ptr<ClientStream>>)>;

    static std::shared_ptr<ClientConnector> start(boost::asio::io_context &context, Options options,
                                                  Done done);
    void giveUp(); // `done` is not called any more

private:
    struct Attempt {
        Socket socket;
        bool failed = false;
    };

    ClientConnector(boost::asio::io_context &context, Options options, Done done);
    void resolve();
    void resolved(std::vector<boost::asio::ip::tcp::endpoint> endpoints);
    void tryNext();
    void connected(size_t attempt);
    void handshakeDone(const boost::system::error_code &error);
    void finish(Result<std::unique_ptr<ClientStream>> result);

    boost::asio::io_context &m_context;
    Options m_options;
    Done m_done;
    Timer m_deadline;
    Timer m_stagger;
    boost::asio::ip::basic_resolver<boost::asio::ip::tcp, boost::asio::io_context::executor_type> m_resolver;
    std::vector<boost::asio::ip::tcp::endpoint> m_endpoints;
    std::vector<std::unique_ptr<Attempt>> m_attempts;
    std::string m_lastFailure;
    std::shared_ptr<ClientTls::Connection> m_connection;
    std::unique_ptr<ClientStream> m_result;
};

// What an I/O error of a TLS stream means.
Error streamError(const TlsStream &stream, const boost::system::error_code &error, std::string_view doing);
void fillPeer(PeerInfo &peer, TlsStream &stream); // address, port, TLS version, cipher, resumed

}
