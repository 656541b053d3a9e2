#include "tests/unit/transport/loopback.h"

#include "backend/core/byte_encoding.h"
#include "backend/core/random.h"

namespace fb::test {

namespace asio = boost::asio;
using namespace fb::transport;

Loopback::Loopback(ConnectionLimits wanted)
    : limits(wanted),
      m_acceptor(context, {asio::ip::make_address("127.0.0.1"), 0})
{
    SecureRandom random;
    tickets = std::make_shared<TicketKeyRing>(random);
    const auto make = [&] {
        ServerTlsOptions options;
        options.identity = identity(ca.engine(kFleet), {ca.der()});
        options.clientCaDer = {ca.der()};
        options.clientRules = {PeerRole::Node, std::string("fb:node/") + kFleet + '/', false};
        options.tickets = tickets;
        options.isRevoked = [this](std::string_view serial) { return revoked.contains(std::string(serial)); };
        return ServerTls::make(std::move(options)).value();
    };
    serverTls = make();
    secondServerTls = make();
    accept();
}

Loopback::~Loopback()
{
    m_acceptor.close();
    served.clear();
    context.poll();
}

std::shared_ptr<const TlsIdentity> Loopback::identity(const TestCertificate &certificate,
                                                      const std::vector<std::string> &chain)
{
    return TlsIdentity::load(certificate.der, chain, certificate.key).value();
}

std::shared_ptr<const TlsIdentity> Loopback::node(const char *id) const
{
    return identity(ca.node(kFleet, id));
}

void Loopback::accept()
{
    m_acceptor.async_accept(context, [this](const boost::system::error_code &error, Socket socket) {
        if (error)
            return;
        static const auto kServed = std::make_shared<const std::vector<ServedRequest>>(
            std::vector<ServedRequest> {{"GET", "/agent/v1"}, {"POST", "/enrol/v1"}});
        ServerConnection::start(
            std::move(socket), m_accepted++ % 2 == 0 ? serverTls : secondServerTls, kServed, limits,
            {[this](const auto &connection, ServerRequest wanted) { request(connection, std::move(wanted)); },
             [this](const auto &, const Error &cause, const auto &certificate) {
                 failures.push_back(cause);
                 refusedCertificates.push_back(certificate);
             }});
        accept();
    });
}

void Loopback::request(const std::shared_ptr<ServerConnection> &connection, ServerRequest wanted)
{
    peers.push_back(connection->peer());
    if (wanted.served == 1) {
        bodies.push_back(wanted.body);
        return connection->respond(200, "OK", std::string(wanted.body.rbegin(), wanted.body.rend()));
    }
    if (!connection->peer().hasCertificate)
        return connection->respond(401, causes::kNoCertificate.name());
    auto side = std::make_unique<ServerSide>();
    side->socket = connection->upgrade("fb-agent.1", side->ear);
    if (side->socket)
        served.push_back(std::move(side));
}

bool Loopback::pump(const std::function<bool()> &until, std::chrono::milliseconds within)
{
    const auto end = std::chrono::steady_clock::now() + within;
    while (!until()) {
        if (std::chrono::steady_clock::now() > end)
            return false;
        context.run_one_for(std::chrono::milliseconds(20));
    }
    return true;
}

ClientOptions Loopback::client(std::shared_ptr<const TlsIdentity> identity) const
{
    ClientTlsOptions trust;
    trust.caDer = {ca.der()};
    trust.serverRules = {PeerRole::Engine, std::string("fb:engine/") + kFleet, true};
    ClientOptions options;
    options.url = {"127.0.0.1", port(), "/agent/v1"};
    options.tls = ClientTls::make(std::move(trust)).value();
    options.identity = std::move(identity);
    options.subprotocol = "fb-agent.1";
    options.limits = limits;
    return options;
}

PostOptions Loopback::post(std::string body) const
{
    ClientTlsOptions trust;
    trust.caSha256 = sha256(ca.der());
    PostOptions options;
    options.url = {"127.0.0.1", port(), "/enrol/v1"};
    options.tls = ClientTls::make(std::move(trust)).value();
    options.body = std::move(body);
    return options;
}

}
