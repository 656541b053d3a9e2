#include "backend/api/upgraded_socket.h"

#include "backend/transport/beast_streams.h"

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <boost/beast/websocket/stream.hpp>

#include <deque>
#include <optional>

namespace fb {

void beast_close_socket(PlainStream &stream) { stream.cut(); }

void teardown(boost::beast::role_type, PlainStream &stream, boost::system::error_code &error)
{
    error = {};
    stream.cut();
}

template <typename Handler>
void async_teardown(boost::beast::role_type, PlainStream &stream, Handler &&handler)
{
    stream.cut();
    boost::asio::post(stream.get_executor(), [handler = std::forward<Handler>(handler)]() mutable {
        handler(boost::system::error_code());
    });
}

namespace {
    namespace websocket = boost::beast::websocket;
    using SocketError = boost::system::error_code;
    using SocketTime = std::chrono::steady_clock::time_point;

    constexpr std::chrono::seconds kLookEvery {5};
    constexpr std::chrono::seconds kOpenWithin {10}; // the upgrade, and the closing handshake
    constexpr std::chrono::seconds kPingEvery {30};
    constexpr std::chrono::seconds kSilentFor {60}; // then the peer is lost (spec/session-manager.md 3.2)

    template <typename Stream>
    class Upgraded final : public UpgradedSocket, public std::enable_shared_from_this<Upgraded<Stream>>
    {
    public:
        Upgraded(Stream stream, UpgradeRequest request)
            : m_request(std::move(request)),
              m_stream(std::move(stream)),
              m_timer(m_stream.get_executor())
        {
        }

        void begin()
        {
            m_heardAt = m_pingedAt = m_since = std::chrono::steady_clock::now();
            m_stream.read_message_max(kMaxMessageBytes);
            m_stream.auto_fragment(false);
            m_stream.binary(true);
            m_stream.set_option(websocket::stream_base::decorator([](websocket::response_type &response) {
                response.erase(boost::beast::http::field::server);
            }));
            m_stream.control_callback([this](websocket::frame_type, boost::beast::string_view) {
                m_heardAt = std::chrono::steady_clock::now();
            });
            look();
            m_stream.async_accept(boost::asio::buffer(m_request.head),
                                  [self = this->shared_from_this()](const SocketError &error) {
                                      if (error || self->m_isOver)
                                          return self->end();
                                      self->m_isOpen = true;
                                      self->m_handler = self->m_request.opened(self);
                                      self->read();
                                      self->write();
                                  });
        }

        void send(std::string message) override
        {
            onItsThread(
                [message = std::move(message)](Upgraded &self) mutable { self.queue(std::move(message)); });
        }

        void close(uint16_t code, std::string reason) override
        {
            onItsThread([code, reason = std::move(reason)](Upgraded &self) {
                if (self.m_isOver || self.m_closing)
                    return;
                self.m_closing.emplace(code);
                self.m_closing->reason.assign(reason.data(), std::min<size_t>(reason.size(), 100));
                self.m_since = std::chrono::steady_clock::now();
                self.write();
            });
        }

        void took(size_t messages) override
        {
            onItsThread([messages](Upgraded &self) {
                self.m_onTheirWay -= std::min(messages, self.m_onTheirWay);
                self.read();
            });
        }

        void cut() override
        {
            m_handler = {};
            end();
        }

    private:
        template <typename Fn>
        void onItsThread(Fn fn)
        {
            boost::asio::post(*m_request.context,
                              [weak = this->weak_from_this(), fn = std::move(fn)]() mutable {
                                  if (const auto self = weak.lock())
                                      fn(*self);
                              });
        }

        void read()
        {
            if (!m_isOpen || m_isOver || m_isReading || m_onTheirWay >= kMostOnTheirWay)
                return;
            m_isReading = true;
            m_heardAt = std::chrono::steady_clock::now(); // it was not listened to before
            m_stream.async_read(
                m_buffer, [self = this->shared_from_this()](const SocketError &error, size_t) {
                    self->m_isReading = false;
                    if (error || self->m_isOver)
                        return self->end();
                    self->m_heardAt = std::chrono::steady_clock::now();
                    std::string message(static_cast<const char *>(self->m_buffer.data().data()),
                                        self->m_buffer.size());
                    self->m_buffer.consume(self->m_buffer.size());
                    ++self->m_onTheirWay;
                    if (self->m_handler.received)
                        self->m_handler.received(std::move(message), self->m_stream.got_text());
                    self->read();
                });
        }

        void queue(std::string message)
        {
            if (m_isOver || m_closing)
                return;
            m_unsentBytes += message.size();
            m_unsent.push_back(std::move(message));
            if (m_unsentBytes > kMaxUnsentBytes)
                return end();
            write();
        }

        void write()
        {
            if (!m_isOpen || m_isOver || m_isWriting)
                return;
            if (m_unsent.empty()) {
                if (m_closing && !std::exchange(m_isClosing, true))
                    m_stream.async_close(
                        *m_closing, [self = this->shared_from_this()](const SocketError &) { self->end(); });
                return;
            }
            m_isWriting = true;
            m_stream.async_write(boost::asio::buffer(m_unsent.front()),
                                 [self = this->shared_from_this()](const SocketError &error, size_t) {
                                     self->m_isWriting = false;
                                     if (error || self->m_isOver)
                                         return self->end();
                                     self->m_unsentBytes -= self->m_unsent.front().size();
                                     self->m_unsent.pop_front();
                                     self->write();
                                 });
        }

        void look()
        {
            m_timer.expires_after(kLookEvery);
            m_timer.async_wait([self = this->shared_from_this()](const SocketError &error) {
                if (error || self->m_isOver)
                    return;
                const SocketTime now = std::chrono::steady_clock::now();
                const bool isLate = (!self->m_isOpen || self->m_closing) && now - self->m_since > kOpenWithin;
                if (isLate || (self->m_isReading && now - self->m_heardAt > kSilentFor))
                    return self->end();
                if (self->m_isOpen && !self->m_isPinging && now - self->m_pingedAt > kPingEvery) {
                    self->m_pingedAt = now;
                    self->m_isPinging = true;
                    self->m_stream.async_ping({}, [self](const SocketError &) { self->m_isPinging = false; });
                }
                self->look();
            });
        }

        void end()
        {
            if (std::exchange(m_isOver, true))
                return;
            m_timer.cancel();
            m_stream.next_layer().sayGoodbye();
            m_stream.next_layer().cut();
            if (const auto closed = std::exchange(m_handler, {}).closed)
                closed();
            if (const auto over = std::exchange(m_request.over, {}))
                over(this->shared_from_this());
        }

        UpgradeRequest m_request;
        websocket::stream<Stream, false> m_stream;
        transport::Timer m_timer;
        ApiSocketHandler m_handler;
        boost::beast::flat_buffer m_buffer;
        std::deque<std::string> m_unsent;
        std::optional<websocket::close_reason> m_closing;
        SocketTime m_heardAt;
        SocketTime m_pingedAt;
        SocketTime m_since; // the upgrade or the close began
        size_t m_unsentBytes = 0;
        size_t m_onTheirWay = 0;
        bool m_isOpen = false;
        bool m_isReading = false;
        bool m_isWriting = false;
        bool m_isPinging = false;
        bool m_isClosing = false;
        bool m_isOver = false;
    };

    template <typename Stream>
    std::shared_ptr<UpgradedSocket> upgraded(Stream stream, UpgradeRequest request)
    {
        const auto socket = std::make_shared<Upgraded<Stream>>(std::move(stream), std::move(request));
        socket->begin();
        return socket;
    }
}

std::shared_ptr<UpgradedSocket> upgrade(PlainStream stream, UpgradeRequest request)
{
    return upgraded(std::move(stream), std::move(request));
}

std::shared_ptr<UpgradedSocket> upgrade(transport::TlsStream stream, UpgradeRequest request)
{
    return upgraded(std::move(stream), std::move(request));
}

}
