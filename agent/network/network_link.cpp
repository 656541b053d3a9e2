#include "agent/network/network_link.h"

#include "agent/network/network_talk.h"

#include <boost/asio/post.hpp>
#include <fmt/format.h>

namespace fb::agent {

using namespace std::chrono_literals;
using transport::ConnectionLimits;
namespace causes = transport::causes;

namespace {
    constexpr auto kPatience = 3000ms; // beyond the deadlines that the process keeps itself
    constexpr size_t kMostOpened = 32 * 1024;
    constexpr size_t kMostTicket = 16 * 1024;
    constexpr int kMostTickets = 64; // of one connection
    constexpr size_t kTakenAt = 256 * 1024; // credit is given back in such pieces
}

class NetworkLink::Private final : public NetworkTalk
{
public:
    Private(boost::asio::io_context &context, NetworkLauncher &launcher, const ConnectionLimits &limits,
            std::shared_ptr<NetworkTicket> ticket, transport::WebSocketHandler &handler)
        : NetworkTalk(context, launcher),
          m_limits(limits),
          m_ticket(std::move(ticket)),
          m_handler(&handler)
    {
    }

    void connect(Result<NetworkLauncher::Started> started, const transport::ClientOptions &options)
    {
        network::Start start
            = networkStart(options.url, *options.tls, options.identity.get(), options.limits);
        start.set_subprotocol(options.subprotocol);
        if (m_ticket) {
            start.set_ticket_key(m_ticket->key);
            start.set_ticket(m_ticket->bytes);
            m_ticket->clear(); // for one use
        }
        expectWithin(m_limits.handshakeWithin + kPatience,
                     fmt::format("no connection to {} within {} ms", options.url.authority(),
                                 (m_limits.handshakeWithin + kPatience).count()));
        if (started && started->child)
            m_pid = started->child->pid();
        begin(std::move(started), std::move(start));
    }

    void detach()
    {
        m_handler = nullptr;
        m_state = State::Closed;
        end();
    }

    void sendMessage(const std::string &message)
    {
        if (!mayWrite() || message.size() > m_limits.maxMessageBytes)
            return;
        ++m_inFlight;
        send(NetworkMessage::Send, message);
    }

    void pause(bool paused)
    {
        m_paused = paused;
        if (!paused && !m_waiting.empty())
            boost::asio::post(context(), [self = std::static_pointer_cast<Private>(shared_from_this())] {
                self->deliver();
            });
    }

    void close(uint16_t code, std::string_view reason)
    {
        if (m_state == State::Closing || m_state == State::Closed)
            return;
        if (m_state == State::Opening) {
            m_state = State::Closing;
            return endLater(makeError(causes::kClosed, "given up"));
        }
        m_state = State::Closing;
        network::Close message;
        message.set_code(code);
        message.set_reason(std::string(reason.substr(0, 100)));
        send(NetworkMessage::Close, message.SerializeAsString());
        expectWithin(m_limits.closeWithin + kPatience, "closed by us; the peer did not answer");
    }

    bool mayWrite() const { return m_state == State::Open && m_inFlight < kMostInFlight; }
    bool isWriting() const { return m_inFlight > 0; }
    bool isOpen() const { return m_state == State::Open; }
    const transport::PeerInfo &peer() const { return m_peer; }
    uint16_t closeCode() const { return m_closeCode; }
    pid_t process() const { return hasEnded() ? 0 : m_pid; }

private:
    enum class State { Opening, Open, Closing, Closed };

    std::optional<size_t> limitOfOwn(NetworkMessage kind) override
    {
        switch (kind) {
        case NetworkMessage::Opened:
            return m_opened ? std::nullopt : std::optional(kMostOpened);
        case NetworkMessage::Received:
            if (!m_opened)
                return std::nullopt;
            return std::min(m_limits.maxMessageBytes, kNetworkWindowBytes - m_untaken);
        case NetworkMessage::Written:
            return m_inFlight > 0 ? std::optional<size_t>(0) : std::nullopt;
        case NetworkMessage::Ticket:
            return m_tickets < kMostTickets ? std::optional(kMostTicket) : std::nullopt;
        default:
            return std::nullopt;
        }
    }

    void ownCame(NetworkMessage kind, std::string_view payload) override
    {
        switch (kind) {
        case NetworkMessage::Opened:
            return opened(payload);
        case NetworkMessage::Received:
            m_untaken += payload.size();
            if (m_state != State::Open)
                return; // we have closed: nobody wants it any more
            if (m_paused || !m_waiting.empty())
                m_waiting.emplace_back(payload);
            else
                give(payload);
            return;
        case NetworkMessage::Written:
            --m_inFlight;
            if (m_state == State::Open && m_handler)
                m_handler->onWritten();
            return;
        default:
            return ticketCame(payload);
        }
    }

    void opened(std::string_view payload)
    {
        network::Peer peer;
        if (!peer.ParseFromArray(payload.data(), static_cast<int>(payload.size())))
            return brokeRules("an unreadable message");
        m_opened = true;
        if (m_state != State::Opening)
            return; // given up meanwhile
        expectNothing();
        m_peer = peerOf(peer);
        m_state = State::Open;
        if (m_handler)
            m_handler->onOpened();
    }

    void ticketCame(std::string_view payload)
    {
        network::Ticket ticket;
        if (!ticket.ParseFromArray(payload.data(), static_cast<int>(payload.size())))
            return brokeRules("an unreadable message");
        ++m_tickets;
        if (!m_ticket)
            return;
        m_ticket->key = ticket.key();
        m_ticket->bytes = ticket.ticket();
    }

    void give(std::string_view message)
    {
        if (m_handler)
            m_handler->onMessage(message);
        m_taken += message.size();
        if (m_taken < kTakenAt || hasEnded())
            return;
        network::Taken taken;
        taken.set_bytes(static_cast<uint32_t>(m_taken));
        m_untaken -= std::exchange(m_taken, 0);
        send(NetworkMessage::Taken, taken.SerializeAsString());
    }

    void deliver()
    {
        while (!m_paused && m_state == State::Open && !m_waiting.empty()) {
            const std::string message = std::move(m_waiting.front());
            m_waiting.pop_front();
            give(message);
        }
    }

    void talkEnded(const Error &cause, uint16_t closeCode) override
    {
        m_paused = false;
        deliver(); // what came before the end, came
        m_state = State::Closed;
        m_inFlight = 0;
        m_closeCode = closeCode;
        if (cause.code == causes::kProtocol && m_ticket)
            m_ticket->clear(); // the next process shall not begin with what this one may have made up
        if (transport::WebSocketHandler *handler = std::exchange(m_handler, nullptr))
            handler->onClosed(cause);
    }

    ConnectionLimits m_limits;
    std::shared_ptr<NetworkTicket> m_ticket;
    transport::WebSocketHandler *m_handler;
    transport::PeerInfo m_peer;
    std::deque<std::string> m_waiting; // while reading is paused; within the window
    size_t m_untaken = 0; // of the window
    size_t m_taken = 0; // of it: dealt with, and not yet told
    State m_state = State::Opening;
    uint16_t m_closeCode = 0;
    int m_tickets = 0;
    pid_t m_pid = 0;
    bool m_opened = false;
    bool m_paused = false;
    int m_inFlight = 0;
};

// ---- NetworkLink -------------------------------------------------------------------------------------------------

NetworkLink::NetworkLink(std::shared_ptr<Private> link) : d(std::move(link)) { }

NetworkLink::~NetworkLink() { d->detach(); }

void NetworkLink::send(std::string message) { d->sendMessage(message); }

bool NetworkLink::mayWrite() const { return d->mayWrite(); }

bool NetworkLink::isWriting() const { return d->isWriting(); }

bool NetworkLink::isOpen() const { return d->isOpen(); }

void NetworkLink::pauseReading(bool paused) { d->pause(paused); }

void NetworkLink::close(uint16_t code, std::string_view reason) { d->close(code, reason); }

const transport::PeerInfo &NetworkLink::peer() const { return d->peer(); }

uint16_t NetworkLink::closeCode() const { return d->closeCode(); }

pid_t NetworkLink::process() const { return d->process(); }

std::unique_ptr<NetworkLink> connectNetworkLink(boost::asio::io_context &context, NetworkLauncher &launcher,
                                                Result<NetworkLauncher::Started> started,
                                                const transport::ClientOptions &options,
                                                std::shared_ptr<NetworkTicket> ticket,
                                                transport::WebSocketHandler &handler)
{
    auto link = std::make_shared<NetworkLink::Private>(context, launcher, options.limits, std::move(ticket),
                                                       handler);
    link->connect(std::move(started), options);
    return std::make_unique<NetworkLink>(std::move(link));
}

}
