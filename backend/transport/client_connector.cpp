#include "backend/transport/client_connector.h"

#include "backend/transport/causes.h"
#include "backend/transport/tls_settings.h"

#include <boost/asio/ip/address.hpp>

#include <fmt/format.h>

namespace fb::transport {

namespace asio = boost::asio;
using boost::system::error_code;

namespace {
    constexpr std::chrono::milliseconds kStagger {250};

    // IPv6 and IPv4 in turn, in the resolver's order otherwise.
    std::vector<asio::ip::tcp::endpoint> interleaved(std::vector<asio::ip::tcp::endpoint> all)
    {
        std::vector<asio::ip::tcp::endpoint> families[2];
        for (const auto &endpoint : all)
            families[endpoint.address().is_v6() == all.front().address().is_v6() ? 0 : 1].push_back(endpoint);
        std::vector<asio::ip::tcp::endpoint> mixed;
        for (size_t i = 0; i < all.size(); ++i) {
            for (const auto &family : families) {
                if (i < family.size())
                    mixed.push_back(family[i]);
            }
        }
        return mixed;
    }
}

Error streamError(const TlsStream &stream, const error_code &error, std::string_view doing)
{
    // Before the handshake is finished anybody on the way can say that our certificate was revoked.
    if (stream.tlsAlert() != 0 && stream.isEstablished())
        return alertCause(stream.tlsAlert());
    if (stream.tlsAlert() != 0)
        return makeError(causes::kTls, fmt::format("TLS was ended {} by alert {}", doing, stream.tlsAlert()));
    if (!stream.tlsError().empty())
        return makeError(causes::kTls, fmt::format("TLS failed {}: {}", doing, stream.tlsError()));
    if (error == asio::error::eof || error == asio::error::connection_reset
        || error == asio::error::broken_pipe)
        return makeError(causes::kClosed, fmt::format("the peer closed the connection {}", doing));
    if (error == asio::error::message_size)
        return makeError(causes::kProtocol, fmt::format("a message in too many fragments {}", doing));
    return makeError(causes::kClosed, fmt::format("the connection failed {}: {}", doing, error.message()));
}

void fillPeer(PeerInfo &peer, TlsStream &stream)
{
    error_code ignored;
    const auto endpoint = stream.socket().remote_endpoint(ignored);
    asio::ip::address address = endpoint.address();
    if (address.is_v6() && address.to_v6().is_v4_mapped()) // on a listener of both kinds
        address = asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6());
    peer.address = address.to_string();
    peer.port = endpoint.port();
    if (stream.ssl() == nullptr)
        return;
    peer.tlsVersion = SSL_get_version(stream.ssl());
    peer.cipher = SSL_get_cipher_name(stream.ssl());
    peer.resumed = SSL_session_reused(stream.ssl()) == 1;
}

ClientConnector::ClientConnector(asio::io_context &context, Options options, Done done)
    : m_context(context),
      m_options(std::move(options)),
      m_done(std::move(done)),
      m_deadline(context),
      m_stagger(context),
      m_resolver(context)
{
}

std::shared_ptr<ClientConnector> ClientConnector::start(asio::io_context &context, Options options, Done done)
{
    const std::shared_ptr<ClientConnector> connector(
        new ClientConnector(context, std::move(options), std::move(done)));
    connector->m_deadline.expires_after(connector->m_options.limits.handshakeWithin);
    connector->m_deadline.async_wait([self = connector](const error_code &error) {
        if (!error)
            self->finish(
                makeError(causes::kTimedOut,
                          fmt::format("no connection to {} within {} ms{}", self->m_options.url.authority(),
                                      self->m_options.limits.handshakeWithin.count(),
                                      self->m_lastFailure.empty() ? "" : ": " + self->m_lastFailure)));
    });
    asio::post(context, [self = connector] { self->resolve(); });
    return connector;
}

void ClientConnector::giveUp()
{
    m_done = nullptr;
    finish(makeError(causes::kClosed, "given up"));
}

void ClientConnector::finish(Result<std::unique_ptr<ClientStream>> result)
{
    m_deadline.cancel();
    m_stagger.cancel();
    m_resolver.cancel();
    for (const auto &attempt : m_attempts) {
        error_code ignored;
        if (attempt)
            attempt->socket.close(ignored);
    }
    if (m_result)
        m_result->stream.cut();
    if (const Done done = std::exchange(m_done, nullptr))
        done(std::move(result));
}

void ClientConnector::resolve()
{
    if (!m_done)
        return;
    error_code noAddress;
    std::vector<asio::ip::tcp::endpoint> given;
    for (const std::string &text : m_options.addresses) {
        const auto address = asio::ip::make_address(text, noAddress);
        if (!noAddress)
            given.emplace_back(address, m_options.url.port);
    }
    if (!given.empty())
        return resolved(std::move(given));
    const auto address = asio::ip::make_address(m_options.url.host, noAddress);
    if (!noAddress)
        return resolved({{address, m_options.url.port}});
    m_resolver.async_resolve(
        m_options.url.host, std::to_string(m_options.url.port), asio::ip::resolver_base::numeric_service,
        [self = shared_from_this()](const error_code &error, const auto &results) {
            if (error || results.empty()) {
                return self->finish(makeError(causes::kUnreachable,
                                              fmt::format("the name {} can't be resolved: {}",
                                                          self->m_options.url.host, error.message())));
            }
            self->resolved({results.begin(), results.end()});
        });
}

void ClientConnector::resolved(std::vector<asio::ip::tcp::endpoint> endpoints)
{
    m_endpoints = interleaved(std::move(endpoints));
    tryNext();
}

// Starts one more attempt beside those that run; called when one failed, and every 250 ms.
void ClientConnector::tryNext()
{
    if (!m_done || m_result)
        return;
    const size_t index = m_attempts.size();
    if (index == m_endpoints.size()) {
        for (const auto &attempt : m_attempts) {
            if (!attempt->failed)
                return; // one is still on its way
        }
        return finish(
            makeError(causes::kUnreachable,
                      fmt::format("{} can't be reached: {}", m_options.url.authority(), m_lastFailure)));
    }
    m_attempts.push_back(std::make_unique<Attempt>(Attempt {Socket(m_context)}));
    m_attempts.back()->socket.async_connect(m_endpoints[index],
                                            [self = shared_from_this(), index](const error_code &error) {
                                                if (!self->m_done || self->m_result)
                                                    return;
                                                if (!error)
                                                    return self->connected(index);
                                                self->m_attempts[index]->failed = true;
                                                self->m_lastFailure = error.message();
                                                self->tryNext();
                                            });
    if (m_attempts.size() < m_endpoints.size()) {
        m_stagger.expires_after(kStagger);
        m_stagger.async_wait([self = shared_from_this()](const error_code &error) {
            if (!error)
                self->tryNext();
        });
    }
}

void ClientConnector::connected(size_t attempt)
{
    m_stagger.cancel();
    m_result = std::make_unique<ClientStream>(
        ClientStream {TlsStream(std::move(m_attempts[attempt]->socket)), {}});
    m_attempts.clear(); // the others are given up
    tuneSocket(m_result->stream.socket(), m_options.limits.tcpUserTimeout);
    if (m_options.beforeHandshake) {
        if (auto prepared = m_options.beforeHandshake(); !prepared)
            return finish(prepared.error());
    }
    m_connection = std::make_shared<ClientTls::Connection>();
    m_connection->identity = m_options.identity;
    m_connection->sessions = m_options.sessions;
    SSL *ssl = m_options.tls->newSession(*m_connection);
    if (ssl == nullptr)
        return finish(makeError(causes::kTls, "TLS can't be set up: " + opensslError()));
    m_result->stream.attach(ssl, m_connection);
    m_result->stream.async_handshake(
        [self = shared_from_this()](const error_code &error) { self->handshakeDone(error); });
}

void ClientConnector::handshakeDone(const error_code &error)
{
    if (!m_done)
        return;
    if (m_connection->refusal)
        return finish(*m_connection->refusal);
    if (error)
        return finish(streamError(m_result->stream, error, "in the TLS handshake"));
    const auto server = m_options.tls->checkPeer(m_result->stream.ssl());
    if (!server)
        return finish(server.error());
    fillPeer(m_result->peer, m_result->stream);
    m_result->peer.hasCertificate = true;
    m_result->peer.certificate = *server;
    m_result->peer.caDer = m_connection->caDer;
    finish(std::move(m_result));
}

}
