#include "backend/transport/web_socket.h"

#include "backend/transport/beast_streams.h"
#include "backend/transport/client_connector.h"
#include "backend/transport/http_message.h"
#include "backend/transport/server_connection.h"
#include "backend/transport/tls_stream.h"

#include <boost/beast/core/error.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <boost/beast/websocket/stream.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace fb::transport {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;
using boost::system::error_code;

namespace {
    using SteadyTime = std::chrono::steady_clock::time_point;
    constexpr size_t kIdleReadBytes = 1024; // what an idle connection holds ready
    constexpr size_t kBulkReadBytes = 64 * 1024;
    constexpr size_t kKeptMessageBytes
        = 4 * 1024; // a larger buffer is given back after a message that would not have needed it
    constexpr int kMaxControlFrames = 64; // WebSocket pings and pongs between two messages; we never send any
}

class WebSocket::Private final : public std::enable_shared_from_this<WebSocket::Private>, public ReadWatcher
{
public:
    Private(asio::io_context &context, const ConnectionLimits &limits, WebSocketHandler &handler)
        : m_context(context),
          m_limits(limits),
          m_handler(&handler),
          m_timer(context)
    {
    }

    void connect(ClientOptions options);
    void accept(TlsStream stream, std::string request, std::string subprotocol, PeerInfo peer);
    void detach();
    void send(std::string message);
    void pauseReading(bool paused);
    void close(uint16_t code, std::string_view reason);
    void bytesCame() override;

    bool isOpen() const { return m_state == State::Open; }
    bool isWriting() const { return m_writing; }
    const PeerInfo &peer() const { return m_peer; }
    uint16_t closeCode() const { return m_closeCode; }

private:
    enum class State { Opening, Open, Closing, Closed };
    using Stream = websocket::stream<TlsStream, false>;

    void adopt(TlsStream stream);
    void upgraded(const error_code &error, const ClientOptions &options);
    void opened();
    void read();
    void readSome(const error_code &error, size_t count);
    void written(const error_code &error);
    Error failure(const error_code &error, std::string_view doing) const;
    void finish(const Error &cause);
    void armTimer();
    void onTimer();
    std::optional<SteadyTime> nextDeadline();

    asio::io_context &m_context;
    ConnectionLimits m_limits;
    WebSocketHandler *m_handler;
    Timer m_timer;
    std::shared_ptr<ClientConnector> m_connector;
    std::optional<Stream> m_stream;
    std::unique_ptr<websocket::response_type> m_response; // client, during the upgrade
    PeerInfo m_peer;
    std::string m_request; // server, during the upgrade
    std::string m_message; // being read; m_received bytes of it are there
    size_t m_received = 0;
    std::string m_outgoing;
    uint64_t m_rawAtMessageStart = 0;
    uint64_t m_writtenBefore = 0;
    SteadyTime m_since; // opening or closing began
    SteadyTime m_messageSince;
    SteadyTime m_writeProgress;
    State m_state = State::Opening;
    uint16_t m_closeCode = 0;
    int m_controlFrames = 0;
    bool m_reading = false;
    bool m_delivering = false; // inside onMessage
    bool m_paused = false;
    bool m_writing = false;
    bool m_inMessage = false;
    bool m_timerArmed = false;
};

// ---- Opening -----------------------------------------------------------------------------------------------------

void WebSocket::Private::connect(ClientOptions options)
{
    m_since = std::chrono::steady_clock::now();
    ClientConnector::Options target {
        options.url,    options.tls,       options.identity,       options.sessions,
        options.limits, options.addresses, options.beforeHandshake};
    m_connector = ClientConnector::start(
        m_context, std::move(target),
        [self = shared_from_this(),
         options = std::move(options)](Result<std::unique_ptr<ClientStream>> stream) {
            self->m_connector.reset();
            if (!stream)
                return self->finish(stream.error());
            self->m_peer = std::move((*stream)->peer);
            self->adopt(std::move((*stream)->stream));
            self->m_stream->write_buffer_bytes(options.limits.maskedWriteBytes);
            self->m_stream->secure_prng(false); // masks guard plain-text proxies; ours travel in TLS
            self->m_stream->set_option(websocket::stream_base::decorator(
                [subprotocol = options.subprotocol](websocket::request_type &request) {
                    request.set(beast::http::field::sec_websocket_protocol, subprotocol);
                    request.erase(beast::http::field::user_agent);
                }));
            self->m_response = std::make_unique<websocket::response_type>();
            self->armTimer();
            self->m_stream->async_handshake(
                *self->m_response, options.url.authority(), options.url.path,
                [self, options](const error_code &error) { self->upgraded(error, options); });
        });
}

void WebSocket::Private::upgraded(const error_code &error, const ClientOptions &options)
{
    if (m_state == State::Closed)
        return;
    const auto response = std::exchange(m_response, nullptr);
    if (error == websocket::error::upgrade_declined) {
        const std::string reason(response->reason());
        return finish(makeError(causeNamed(reason),
                                fmt::format("the engine answered {} {}", response->result_int(),
                                            reason.empty() ? "(no reason)" : reason)));
    }
    if (error)
        return finish(failure(error, "in the upgrade"));
    if ((*response)[beast::http::field::sec_websocket_protocol] != options.subprotocol)
        return finish(
            makeError(causes::kProtocol, fmt::format("the engine does not speak {}", options.subprotocol)));
    opened();
    if (m_handler != nullptr)
        m_handler->onOpened();
}

void WebSocket::Private::accept(TlsStream stream, std::string request, std::string subprotocol, PeerInfo peer)
{
    m_since = std::chrono::steady_clock::now();
    m_peer = std::move(peer);
    m_request = std::move(request);
    adopt(std::move(stream));
    m_stream->set_option(websocket::stream_base::decorator(
        [subprotocol = std::move(subprotocol)](websocket::response_type &response) {
            response.set(beast::http::field::sec_websocket_protocol, subprotocol);
            response.erase(beast::http::field::server);
        }));
    armTimer();
    m_stream->async_accept(asio::buffer(m_request), [self = shared_from_this()](const error_code &error) {
        if (self->m_state == State::Closed)
            return;
        self->m_request = {};
        if (error)
            return self->finish(self->failure(error, "in the upgrade"));
        self->m_stream->set_option(websocket::stream_base::decorator([](websocket::response_type &) {}));
        self->opened();
    });
}

void WebSocket::Private::adopt(TlsStream stream)
{
    m_stream.emplace(std::move(stream));
    m_stream->read_message_max(m_limits.maxMessageBytes);
    m_stream->auto_fragment(false);
    m_stream->binary(true);
    m_stream->next_layer().setWatcher(this);
    m_stream->control_callback([this](websocket::frame_type, beast::string_view) {
        ++m_controlFrames;
        if (m_received == 0)
            m_inMessage = false;
    });
}

void WebSocket::Private::opened()
{
    m_state = State::Open;
    m_inMessage = false;
    m_rawAtMessageStart = m_stream->next_layer().bytesRead();
    m_writtenBefore = m_stream->next_layer().bytesWritten();
    read();
}

// ---- Reading -----------------------------------------------------------------------------------------------------

void WebSocket::Private::bytesCame()
{
    if (m_state != State::Open || m_inMessage)
        return;
    m_inMessage = true;
    m_messageSince = std::chrono::steady_clock::now();
    armTimer();
}

void WebSocket::Private::read()
{
    if (m_reading || m_delivering || m_state != State::Open || (m_paused && m_received == 0))
        return;
    // An idle connection holds a small buffer; a message that does not fit in it gets a large one, which stays while such messages come.
    size_t room = m_received == 0 ? kIdleReadBytes : kBulkReadBytes;
    if (m_message.size() - m_received < room)
        m_message.resize(m_received + room);
    room = std::min(m_message.size() - m_received, kBulkReadBytes);
    // Framing may cost so much beyond the payload: bounds fragments, also empty ones that Beast keeps to itself (P02).
    TlsStream &tls = m_stream->next_layer();
    const uint64_t allowed = m_received + room + m_limits.maxFramingBytes;
    const uint64_t used = tls.bytesRead() - m_rawAtMessageStart;
    tls.setReadBudget(allowed > used ? allowed - used : 0);
    m_reading = true;
    m_stream->async_read_some(asio::buffer(m_message.data() + m_received, room),
                              [self = shared_from_this()](const error_code &error, size_t count) {
                                  self->m_reading = false;
                                  self->readSome(error, count);
                              });
}

void WebSocket::Private::readSome(const error_code &error, size_t count)
{
    if (m_state == State::Closed)
        return;
    if (error == websocket::error::closed) {
        m_closeCode = m_stream->reason().code;
        return finish(makeError(causes::kClosed,
                                fmt::format("the peer closed: {} {}", m_closeCode,
                                            std::string_view(m_stream->reason().reason.c_str()))));
    }
    if (error)
        return finish(failure(error, "while reading"));
    if (m_state != State::Open)
        return;
    m_received += count;
    if (m_controlFrames > kMaxControlFrames)
        return close(closeCodes::kPolicy, "too many control frames");
    if (!m_stream->is_message_done())
        return read();
    if (m_stream->got_text())
        return close(closeCodes::kTextRefused, "text is not spoken here");

    const size_t size = std::exchange(m_received, 0);
    m_inMessage = false;
    m_controlFrames = 0;
    m_rawAtMessageStart = m_stream->next_layer().bytesRead();
    const auto self = shared_from_this(); // the handler may let go of us
    m_delivering = true; // what the handler resumes must not read into the buffer it is looking at
    m_handler->onMessage(std::string_view(m_message.data(), size));
    m_delivering = false;
    if (m_message.size() > kKeptMessageBytes && size <= kKeptMessageBytes) {
        m_message = std::string();
        m_message.shrink_to_fit();
    }
    read();
}

void WebSocket::Private::pauseReading(bool paused)
{
    m_paused = paused;
    read();
}

// ---- Writing -----------------------------------------------------------------------------------------------------

void WebSocket::Private::send(std::string message)
{
    if (m_state != State::Open || m_writing)
        return;
    m_writing = true;
    m_outgoing = std::move(message);
    m_writtenBefore = m_stream->next_layer().bytesWritten();
    m_writeProgress = std::chrono::steady_clock::now();
    armTimer();
    m_stream->async_write(
        asio::buffer(m_outgoing),
        [self = shared_from_this()](const error_code &error, size_t) { self->written(error); });
}

void WebSocket::Private::written(const error_code &error)
{
    m_writing = false;
    m_outgoing = std::string();
    if (m_state == State::Closed)
        return;
    if (error)
        return finish(failure(error, "while writing"));
    if (m_state == State::Open && m_handler != nullptr)
        m_handler->onWritten();
}

// ---- Ending ------------------------------------------------------------------------------------------------------

Error WebSocket::Private::failure(const error_code &error, std::string_view doing) const
{
    if (error == websocket::error::message_too_big)
        return makeError(causes::kTooBig, fmt::format("a message over {} bytes", m_limits.maxMessageBytes));
    if (error.category() == make_error_code(websocket::error::closed).category()
        || error.category() == make_error_code(beast::http::error::bad_version).category())
        return makeError(causes::kProtocol,
                         fmt::format("not WebSocket as spoken here {}: {}", doing, error.message()));
    return streamError(m_stream->next_layer(), error, doing);
}

void WebSocket::Private::close(uint16_t code, std::string_view reason)
{
    if (m_state == State::Closing || m_state == State::Closed)
        return;
    if (m_state == State::Opening) {
        asio::post(m_context,
                   [self = shared_from_this()] { self->finish(makeError(causes::kClosed, "given up")); });
        return;
    }
    m_state = State::Closing;
    m_since = std::chrono::steady_clock::now();
    armTimer();
    websocket::close_reason closing(code);
    closing.reason.assign(reason.data(), std::min<size_t>(reason.size(), 100));
    const std::string why = fmt::format("closed by us: {} {}", code, reason);
    m_stream->async_close(closing, [self = shared_from_this(), why](const error_code &) {
        self->finish(makeError(causes::kClosed, why));
    });
}

void WebSocket::Private::finish(const Error &cause)
{
    if (m_state == State::Closed)
        return;
    m_state = State::Closed;
    m_timer.cancel();
    if (m_connector)
        m_connector->giveUp();
    if (m_stream)
        m_stream->next_layer().cut();
    if (WebSocketHandler *handler = std::exchange(m_handler, nullptr))
        handler->onClosed(cause);
}

void WebSocket::Private::detach()
{
    m_handler = nullptr;
    finish(makeError(causes::kClosed, "let go"));
}

// ---- Deadlines: one timer, armed only while something is under way -----------------------------------------------

std::optional<SteadyTime> WebSocket::Private::nextDeadline()
{
    std::optional<SteadyTime> next;
    const auto consider = [&](SteadyTime when) { next = next ? std::min(*next, when) : when; };
    if (m_state == State::Opening)
        consider(m_since + m_limits.handshakeWithin);
    if (m_state == State::Closing)
        consider(m_since + m_limits.closeWithin);
    if (m_state == State::Open && m_writing) {
        if (const uint64_t written = m_stream->next_layer().bytesWritten(); written != m_writtenBefore) {
            m_writtenBefore = written;
            m_writeProgress = std::chrono::steady_clock::now();
        }
        consider(m_writeProgress + m_limits.stalledAfter);
    }
    if (m_state == State::Open && m_inMessage && m_reading)
        consider(m_messageSince + m_limits.messageWithin);
    return next;
}

void WebSocket::Private::armTimer()
{
    const auto next = nextDeadline();
    if (!next || (m_timerArmed && m_timer.expiry() <= *next))
        return;
    m_timerArmed = true;
    m_timer.expires_at(*next); // an earlier wait ends with operation_aborted
    m_timer.async_wait([self = shared_from_this()](const error_code &error) {
        if (!error)
            self->onTimer();
    });
}

void WebSocket::Private::onTimer()
{
    m_timerArmed = false;
    const auto next = nextDeadline();
    if (!next)
        return;
    if (*next > std::chrono::steady_clock::now())
        return armTimer();
    switch (m_state) {
    case State::Opening:
        return finish(makeError(causes::kTimedOut,
                                fmt::format("no upgrade within {} ms", m_limits.handshakeWithin.count())));
    case State::Closing:
        return finish(makeError(causes::kClosed, "closed by us; the peer did not answer"));
    default:
        break;
    }
    if (m_writing && m_writeProgress + m_limits.stalledAfter == *next)
        return finish(
            makeError(causes::kStalled,
                      fmt::format("unsent bytes made no progress for {} ms", m_limits.stalledAfter.count())));
    finish(makeError(causes::kTimedOut,
                     fmt::format("a message was not whole within {} ms", m_limits.messageWithin.count())));
}

// ---- WebSocket ---------------------------------------------------------------------------------------------------

WebSocket::WebSocket(std::shared_ptr<Private> connection) : d(std::move(connection)) { }

WebSocket::~WebSocket() { d->detach(); }

void WebSocket::send(std::string message) { d->send(std::move(message)); }

bool WebSocket::isWriting() const { return d->isWriting(); }

bool WebSocket::isOpen() const { return d->isOpen(); }

void WebSocket::pauseReading(bool paused) { d->pauseReading(paused); }

void WebSocket::close(uint16_t code, std::string_view reason) { d->close(code, reason); }

const PeerInfo &WebSocket::peer() const { return d->peer(); }

uint16_t WebSocket::closeCode() const { return d->closeCode(); }

std::unique_ptr<WebSocket> connectWebSocket(asio::io_context &context, ClientOptions options,
                                            WebSocketHandler &handler)
{
    auto connection = std::make_shared<WebSocket::Private>(context, options.limits, handler);
    connection->connect(std::move(options));
    return std::make_unique<WebSocket>(std::move(connection));
}

std::unique_ptr<WebSocket> acceptWebSocket(asio::io_context &context, TlsStream stream, std::string request,
                                           std::string subprotocol, PeerInfo peer,
                                           const ConnectionLimits &limits, WebSocketHandler &handler)
{
    auto connection = std::make_shared<WebSocket::Private>(context, limits, handler);
    connection->accept(std::move(stream), std::move(request), std::move(subprotocol), std::move(peer));
    return std::make_unique<WebSocket>(std::move(connection));
}

}
