#include "agent/supervisor/tcp_forwards.h"

#include "agent/supervisor/denied_addresses.h"
#include "backend/protocol/frame.h"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace fb::agent {

namespace asio = boost::asio;
using boost::system::error_code;
using tcp = asio::ip::tcp;

namespace {

    constexpr std::chrono::seconds kTryFor {10}; // each address; and the look-up
    constexpr std::chrono::seconds kLingerFor {60}; // a far end that does not take the last bytes
    constexpr size_t kReadBytes = protocol::kSentPayloadBytes; // one frame each

    std::string shown(const asio::ip::address &address, uint16_t port)
    {
        return fmt::format(fmt::runtime(address.is_v6() ? "[{}]:{}" : "{}:{}"), address.to_string(), port);
    }

}

class TcpForwards::Connection : public std::enable_shared_from_this<Connection>
{
public:
    Connection(TcpForwards &owner, ForwardNumber number, const ForwardTarget &target)
        : m_owner(&owner),
          m_number(number),
          m_target(target),
          m_socket(owner.m_context),
          m_timer(owner.m_context)
    {
    }

    void begin();
    void allow(uint64_t bytes)
    {
        m_allowed += bytes;
        read();
    }
    void write(std::string_view bytes)
    {
        m_waiting.append(bytes);
        send();
    }
    void finish()
    {
        m_finishes = true;
        send();
    }
    void close(bool clean);

private:
    void resolved(const Result<ResolvedAddresses> &addresses);
    void tryNext(const std::string &lastProblem);
    void connected(const asio::ip::address &address);
    void failed(std::string_view code, const std::string &text);
    void broke(const error_code &error);
    void read();
    void send();
    void abort();
    template <typename Fn>
    void tell(Fn fn) // the owner may drop us in it
    {
        if (m_owner && m_owner->m_events)
            fn(*m_owner->m_events);
        if (m_owner && m_owner->m_afterEvent)
            m_owner->m_afterEvent();
    }
    void forget()
    {
        if (m_owner)
            m_owner->m_connections.erase(m_number);
    }

    TcpForwards *m_owner; // null: closed, or gone
    const ForwardNumber m_number;
    const ForwardTarget m_target;
    tcp::socket m_socket;
    asio::steady_timer m_timer;
    ResolvedAddresses m_addresses;
    size_t m_next = 0;
    bool m_isOpen = false;
    bool m_isReading = false;
    bool m_isWriting = false;
    bool m_finishes = false;
    bool m_finished = false;
    bool m_ended = false; // the far end's half
    bool m_closes = false; // once what was written is out
    uint64_t m_allowed = 0;
    std::array<char, kReadBytes> m_received;
    std::string m_waiting; // to be written
    std::string m_written; // on its way into the kernel
};

void TcpForwards::Connection::begin()
{
    if (m_target.host.empty())
        return resolved(
            ResolvedAddresses {asio::ip::address_v4::loopback(), asio::ip::address_v6::loopback()});
    error_code isName;
    const asio::ip::address address = asio::ip::make_address(m_target.host, isName);
    if (!isName)
        return resolved(ResolvedAddresses {address});
    m_timer.expires_after(kTryFor);
    m_timer.async_wait([self = shared_from_this()](const error_code &cancelled) {
        if (!cancelled)
            self->failed(
                "failed",
                fmt::format("{} was not looked up within {} s", self->m_target.host, kTryFor.count()));
    });
    m_owner->m_resolver.resolve(m_target.host,
                                [weak = weak_from_this()](const Result<ResolvedAddresses> &addresses) {
                                    if (const auto self = weak.lock(); self && self->m_owner)
                                        self->resolved(addresses);
                                });
}

void TcpForwards::Connection::resolved(const Result<ResolvedAddresses> &addresses)
{
    m_timer.cancel();
    if (!addresses)
        return failed("failed", addresses.error().message);
    m_addresses = *addresses;
    // One denied address among others means a name that is made to get past the border: none of them is tried.
    if (!m_target.host.empty()) {
        const DeniedAddresses denied(m_target.denied);
        for (const asio::ip::address &address : m_addresses) {
            if (denied.contains(address))
                return failed("denied",
                              address.to_string() == m_target.host
                                  ? fmt::format("{} must not be reached through this node", m_target.host)
                                  : fmt::format("{} is {}, which must not be reached through this node",
                                                m_target.host, address.to_string()));
        }
    }
    tryNext(fmt::format("{} has no address here", m_target.host));
}

void TcpForwards::Connection::tryNext(const std::string &lastProblem)
{
    error_code ignored;
    m_socket.close(ignored);
    if (m_next >= m_addresses.size())
        return failed("failed", lastProblem);
    const asio::ip::address address = m_addresses[m_next++];
    auto isOver = std::make_shared<bool>(false); // of this try
    m_timer.expires_after(kTryFor);
    m_timer.async_wait([self = shared_from_this(), isOver, address](const error_code &cancelled) {
        if (cancelled || *isOver || !self->m_owner)
            return;
        *isOver = true;
        self->tryNext(fmt::format("{} did not answer within {} s", shown(address, self->m_target.port),
                                  kTryFor.count()));
    });
    m_socket.async_connect(
        {address, m_target.port}, [self = shared_from_this(), isOver, address](const error_code &error) {
            if (*isOver || !self->m_owner)
                return;
            *isOver = true;
            self->m_timer.cancel();
            if (!error)
                return self->connected(address);
            self->tryNext(fmt::format("{}: {}", shown(address, self->m_target.port), error.message()));
        });
}

void TcpForwards::Connection::connected(const asio::ip::address &address)
{
    error_code ignored;
    m_socket.set_option(tcp::no_delay(true), ignored);
    m_socket.set_option(asio::socket_base::keep_alive(true), ignored);
    m_isOpen = true;
    tell([&](ForwardEvents &events) { events.forwardConnected(m_number, shown(address, m_target.port)); });
    send();
}

void TcpForwards::Connection::failed(std::string_view code, const std::string &text)
{
    if (!m_owner)
        return;
    const auto self = shared_from_this();
    m_timer.cancel();
    error_code ignored;
    m_socket.close(ignored);
    forget();
    tell([&](ForwardEvents &events) { events.forwardFailed(m_number, code, text); });
    m_owner = nullptr;
}

void TcpForwards::Connection::broke(const error_code &error)
{
    const auto self = shared_from_this();
    abort();
    if (!m_owner)
        return;
    forget();
    tell([&](ForwardEvents &events) { events.forwardBroken(m_number, error.message()); });
    m_owner = nullptr;
}

void TcpForwards::Connection::read()
{
    if (!m_isOpen || m_isReading || m_ended || m_allowed == 0 || !m_owner)
        return;
    m_isReading = true;
    m_socket.async_read_some(
        asio::buffer(m_received.data(), std::min<uint64_t>(m_received.size(), m_allowed)),
        [self = shared_from_this()](const error_code &error, size_t size) {
            self->m_isReading = false;
            if (!self->m_owner)
                return;
            if (error == asio::error::eof) {
                self->m_ended = true;
                return self->tell([&](ForwardEvents &events) { events.forwardEnded(self->m_number); });
            }
            if (error)
                return self->broke(error);
            self->m_allowed -= size;
            self->tell([&](ForwardEvents &events) {
                events.forwardReceived(self->m_number, {self->m_received.data(), size});
            });
            self->read();
        });
}

void TcpForwards::Connection::send()
{
    if (!m_isOpen || m_isWriting)
        return;
    if (m_waiting.empty()) {
        error_code ignored;
        if (m_finishes && !std::exchange(m_finished, true))
            m_socket.shutdown(tcp::socket::shutdown_send, ignored);
        if (m_closes) {
            m_timer.cancel();
            m_socket.close(ignored);
        }
        return;
    }
    m_isWriting = true;
    m_written.swap(m_waiting);
    m_waiting.clear();
    asio::async_write(
        m_socket, asio::buffer(m_written), [self = shared_from_this()](const error_code &error, size_t size) {
            self->m_isWriting = false;
            if (error)
                return self->broke(error);
            if (self->m_owner)
                self->tell([&](ForwardEvents &events) { events.forwardTaken(self->m_number, size); });
            self->send();
        });
}

void TcpForwards::Connection::abort()
{
    m_timer.cancel();
    error_code ignored;
    if (m_isOpen)
        m_socket.set_option(asio::socket_base::linger(true, 0), ignored); // RST, not a clean end
    m_isOpen = false;
    m_socket.close(ignored);
}

void TcpForwards::Connection::close(bool clean)
{
    m_owner = nullptr; // nothing more is told
    if (!clean || !m_isOpen)
        return abort();
    m_closes = true;
    m_timer.expires_after(kLingerFor);
    m_timer.async_wait([self = shared_from_this()](const error_code &cancelled) {
        if (!cancelled)
            self->abort();
    });
    send();
}

// ---- TcpForwards -------------------------------------------------------------------------------------------------

TcpForwards::TcpForwards(asio::io_context &context) : m_context(context), m_resolver(context) { }

TcpForwards::~TcpForwards()
{
    for (const auto &[number, connection] : m_connections)
        connection->close(false);
}

TcpForwards::Connection *TcpForwards::find(ForwardNumber number) const
{
    const auto found = m_connections.find(number);
    return found == m_connections.end() ? nullptr : found->second.get();
}

void TcpForwards::connect(ForwardNumber number, const ForwardTarget &target)
{
    const auto connection = std::make_shared<Connection>(*this, number, target);
    m_connections.emplace(number, connection);
    // Later: what is refused at once is not told from inside this call.
    asio::post(m_context, [this, number] {
        if (const auto found = m_connections.find(number); found != m_connections.end()) {
            const auto begun = found->second; // it may end in the call
            begun->begin();
        }
    });
}

void TcpForwards::allow(ForwardNumber number, uint64_t bytes)
{
    if (Connection *connection = find(number))
        connection->allow(bytes);
}

void TcpForwards::write(ForwardNumber number, std::string_view bytes)
{
    if (Connection *connection = find(number))
        connection->write(bytes);
}

void TcpForwards::finish(ForwardNumber number)
{
    if (Connection *connection = find(number))
        connection->finish();
}

void TcpForwards::close(ForwardNumber number, bool clean)
{
    const auto found = m_connections.find(number);
    if (found == m_connections.end())
        return;
    const auto connection = found->second;
    m_connections.erase(found);
    connection->close(clean);
}

}
