#include "backend/transport/server_connection.h"

#include "backend/transport/causes.h"
#include "backend/transport/client_connector.h"
#include "backend/transport/tls_settings.h"

#include <boost/asio/write.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace fb::transport {

namespace asio = boost::asio;
using boost::system::error_code;

namespace {
    // Whether `bytes` can still become, or has become, the request line of one of the served requests.
    std::optional<size_t> servedBy(std::string_view bytes, const std::vector<ServedRequest> &served)
    {
        for (size_t i = 0; i < served.size(); ++i) {
            const std::string line = served[i].method + ' ' + served[i].path + " HTTP/1.1\r\n";
            const size_t common = std::min(line.size(), bytes.size());
            if (bytes.substr(0, common) == std::string_view(line).substr(0, common))
                return i;
        }
        return std::nullopt;
    }
}

ServerConnection::ServerConnection(Socket socket, std::shared_ptr<const ServerTls> tls,
                                   std::shared_ptr<const std::vector<ServedRequest>> served,
                                   ConnectionLimits limits, Callbacks callbacks)
    : m_executor(socket.get_executor()),
      m_stream(std::move(socket)),
      m_tls(std::move(tls)),
      m_served(std::move(served)),
      m_limits(limits),
      m_callbacks(std::move(callbacks)),
      m_deadline(m_stream.get_executor())
{
}

ServerConnection::~ServerConnection() = default;

std::shared_ptr<ServerConnection>
ServerConnection::start(Socket socket, std::shared_ptr<const ServerTls> tls,
                        std::shared_ptr<const std::vector<ServedRequest>> served, ConnectionLimits limits,
                        Callbacks callbacks)
{
    const std::shared_ptr<ServerConnection> connection(new ServerConnection(
        std::move(socket), std::move(tls), std::move(served), limits, std::move(callbacks)));
    asio::post(connection->m_stream.get_executor(), [connection] { connection->handshake(); });
    return connection;
}

void ServerConnection::handshake()
{
    if (m_delivered)
        return;
    tuneSocket(m_stream.socket(), m_limits.tcpUserTimeout);
    fillPeer(m_peer, m_stream);
    SSL *ssl = m_tls->newSession();
    if (ssl == nullptr)
        return fail(makeError(causes::kTls, "TLS can't be set up: " + opensslError()));
    m_stream.attach(ssl);
    m_deadline.expires_after(m_limits.handshakeWithin);
    m_deadline.async_wait([self = shared_from_this()](const error_code &error) {
        if (!error)
            self->fail(makeError(
                causes::kTimedOut,
                fmt::format("no whole request within {} ms", self->m_limits.handshakeWithin.count())));
    });
    m_stream.async_handshake([self = shared_from_this()](const error_code &error) {
        if (self->m_delivered)
            return;
        SSL *session = self->m_stream.ssl();
        if (const auto refusal = self->m_tls->refusalOf(session))
            return self->fail(refusal->cause, refusal->certificate);
        if (error)
            return self->fail(streamError(self->m_stream, error, "in the TLS handshake"));
        const unsigned char *alpn = nullptr;
        unsigned int alpnSize = 0;
        SSL_get0_alpn_selected(session, &alpn, &alpnSize);
        if (alpnSize == 0)
            return self->fail(makeError(causes::kProtocol, "the client did not ask for http/1.1 by ALPN"));
        fillPeer(self->m_peer, self->m_stream);
        self->readHead();
    });
}

void ServerConnection::readHead()
{
    const size_t old = m_bytes.size();
    m_bytes.resize(std::min(m_limits.maxRequestHeadBytes, old + 1024));
    m_stream.async_read_some(asio::buffer(m_bytes.data() + old, m_bytes.size() - old),
                             [self = shared_from_this(), old](const error_code &error, size_t count) {
                                 if (self->m_delivered)
                                     return;
                                 if (error)
                                     return self->fail(
                                         streamError(self->m_stream, error, "before a request"));
                                 self->headComes(old + count);
                             });
}

void ServerConnection::headComes(size_t bytes)
{
    m_bytes.resize(bytes);
    const auto served = servedBy(m_bytes, *m_served);
    if (!served)
        return fail(makeError(causes::kProtocol, "not a request that is served here"));
    m_headBytes = headLength(m_bytes);
    if (m_headBytes == 0) {
        if (m_bytes.size() >= m_limits.maxRequestHeadBytes)
            return fail(
                makeError(causes::kTooBig,
                          fmt::format("the request's head is over {} bytes", m_limits.maxRequestHeadBytes)));
        return readHead();
    }
    auto head = parseRequestHead(std::string_view(m_bytes).substr(0, m_headBytes));
    if (!head)
        return fail(makeError(causes::kProtocol, head.error().message));
    m_request.served = *served;
    m_request.head = std::move(*head);
    // No page in a browser has business here (T14).
    if (!m_request.head.origin.empty())
        return fail(makeError(causes::kProtocol, "a request with an Origin is not served here"));
    const uint64_t length = m_request.head.contentLength.value_or(0);
    if (length > m_limits.maxBodyBytes)
        return fail(makeError(
            causes::kTooBig,
            fmt::format("the request announces {} bytes, the limit is {}", length, m_limits.maxBodyBytes)));
    if (m_bytes.size() - m_headBytes > length)
        return fail(makeError(causes::kProtocol, "bytes after the request"));
    if (m_request.head.method == "GET" && length > 0)
        return fail(makeError(causes::kProtocol, "a GET with a body"));
    if (m_bytes.size() - m_headBytes == length)
        return deliver();
    readBody();
}

void ServerConnection::readBody()
{
    const size_t old = m_bytes.size();
    m_bytes.resize(m_headBytes + static_cast<size_t>(*m_request.head.contentLength));
    m_stream.async_read_some(asio::buffer(m_bytes.data() + old, m_bytes.size() - old),
                             [self = shared_from_this(), old](const error_code &error, size_t count) {
                                 if (self->m_delivered)
                                     return;
                                 if (error)
                                     return self->fail(
                                         streamError(self->m_stream, error, "within a request"));
                                 const size_t whole = self->m_bytes.size();
                                 self->m_bytes.resize(old + count);
                                 if (self->m_bytes.size() == whole)
                                     self->deliver();
                                 else
                                     self->readBody();
                             });
}

// The certificate is judged here, for full and resumed handshakes alike: resumption does not verify it again.
void ServerConnection::deliver()
{
    const auto certificate = m_tls->checkPeer(m_stream.ssl());
    m_deadline.expires_after(m_limits.answerWithin);
    m_deadline.async_wait([self = shared_from_this()](const error_code &error) {
        if (!error)
            self->end();
    });
    if (!certificate) {
        const PeerCertificate known = readCertificate(SSL_get0_peer_certificate(m_stream.ssl()));
        respond(403, certificate.error().code.name());
        return fail(certificate.error(), known);
    }
    m_peer.hasCertificate = certificate->has_value();
    if (*certificate)
        m_peer.certificate = **certificate;
    m_request.body = m_bytes.substr(m_headBytes);
    m_bytes.resize(m_headBytes);
    m_delivered = true;
    m_mayUpgrade = m_request.head.upgradesToWebSocket;
    const auto callbacks = std::exchange(m_callbacks, {});
    callbacks.onRequest(shared_from_this(), std::move(m_request));
}

void ServerConnection::respond(int status, std::string_view reason, std::string_view body)
{
    m_answer
        = fmt::format("HTTP/1.1 {} {}\r\nContent-Length: {}\r\n{}Connection: close\r\n\r\n{}", status, reason,
                      body.size(), body.empty() ? "" : "Content-Type: application/x-protobuf\r\n", body);
    m_deadline.expires_after(m_limits.closeWithin);
    m_deadline.async_wait([self = shared_from_this()](const error_code &error) {
        if (!error)
            self->end();
    });
    asio::async_write(m_stream, asio::buffer(m_answer),
                      [self = shared_from_this()](const error_code &, size_t) { self->end(); });
}

void ServerConnection::cut(const Error &cause) { fail(cause); }

void ServerConnection::end()
{
    m_isOver = true;
    m_deadline.cancel();
    m_stream.sayGoodbye();
    m_stream.cut();
}

void ServerConnection::fail(const Error &cause, const std::optional<PeerCertificate> &certificate)
{
    const bool answering = !m_answer.empty(); // the answer's own end cuts the stream
    if (!answering)
        end();
    if (std::exchange(m_delivered, true))
        return;
    const auto callbacks = std::exchange(m_callbacks, {});
    callbacks.onFailed(shared_from_this(), cause, certificate);
}

std::unique_ptr<WebSocket> ServerConnection::upgrade(std::string_view subprotocol, WebSocketHandler &handler)
{
    if (!std::exchange(m_mayUpgrade, false)) {
        end();
        return nullptr;
    }
    asio::io_context &context = m_stream.get_executor().context();
    return acceptWebSocket(context, std::move(m_stream), std::move(m_bytes), std::string(subprotocol),
                           std::move(m_peer), m_limits, handler);
}

}
