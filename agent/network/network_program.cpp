#include "agent/network/network_program.h"

#include "agent/network/network_channel.h"
#include "agent/network/network_sandbox.h"
#include "agent/network/network_start.h"
#include "backend/transport/causes.h"
#include "backend/transport/http_post.h"
#include "backend/transport/web_socket.h"

#include <boost/asio/ip/address.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <fmt/format.h>

#include <cstdlib>
#include <netdb.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

namespace fb::agent {

namespace causes = transport::causes;
using transport::WebSocket;

namespace {

    constexpr size_t kMostFromSupervisor = 2 * 1024 * 1024;
    constexpr std::chrono::milliseconds kLastWords {2000};

    // As text, in the order in which they are to be tried. Blocking: nothing else is to be done meanwhile, and the supervisor has the clock.
    Result<std::vector<std::string>> addressesOf(const transport::EndpointUrl &url)
    {
        boost::system::error_code isName;
        boost::asio::ip::make_address(url.host, isName);
        if (!isName)
            return std::vector<std::string> {url.host};
        addrinfo hints {};
        hints.ai_family = AF_UNSPEC;
        hints.ai_socktype = SOCK_STREAM;
        addrinfo *found = nullptr;
        const int failed = ::getaddrinfo(url.host.c_str(), nullptr, &hints, &found);
        const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owner(found, &::freeaddrinfo);
        std::vector<std::string> addresses;
        for (const addrinfo *each = found; failed == 0 && each; each = each->ai_next) {
            char text[NI_MAXHOST];
            if (::getnameinfo(each->ai_addr, each->ai_addrlen, text, sizeof text, nullptr, 0, NI_NUMERICHOST)
                == 0)
                addresses.emplace_back(text);
        }
        if (addresses.empty())
            return makeError(causes::kUnreachable,
                             fmt::format("the name {} can't be resolved: {}", url.host,
                                         failed ? ::gai_strerror(failed) : "it has no address"));
        return addresses;
    }

    class NetworkProgram final : public NetworkChannelHandler, public transport::WebSocketHandler
    {
    public:
        NetworkProgram(UniqueFd socket, std::string missing)
            : m_missing(std::move(missing)),
              m_lastWords(m_context)
        {
            m_channel = NetworkChannel::start(m_context, std::move(socket), *this);
        }

        void run() { m_context.run(); }

        // ---- From the supervisor
        std::optional<size_t> limitOf(NetworkMessage kind) override
        {
            return (kind == NetworkMessage::Start) != m_started ? std::optional(kMostFromSupervisor)
                                                                : std::nullopt;
        }
        void messageCame(NetworkMessage kind, std::string_view payload) override;
        void channelEnded(const Error &) override { ::_exit(0); } // nobody is left to talk for

        // ---- From the engine
        void onOpened() override
        {
            m_channel->send(NetworkMessage::Opened, peerMessage(m_socket->peer()).SerializeAsString());
        }
        void onMessage(std::string_view message) override
        {
            m_outstanding += message.size();
            m_channel->send(NetworkMessage::Received, message);
            read();
        }
        void onWritten() override
        {
            m_channel->send(NetworkMessage::Written, {});
            if (m_next)
                m_socket->send(*std::exchange(m_next, std::nullopt));
        }
        void onClosed(const Error &cause) override
        {
            closed(cause, m_socket ? m_socket->closeCode() : uint16_t(0));
        }

    private:
        void begin(std::string_view payload);
        Result<void> connect(const network::Start &start);
        Result<void> tighten();
        void read();
        void closed(const Error &cause, uint16_t closeCode = 0);
        void saidAll();
        void note(const std::string &missing);

        boost::asio::io_context m_context {1};
        std::string m_missing;
        std::shared_ptr<NetworkChannel> m_channel;
        std::unique_ptr<WebSocket> m_socket;
        std::optional<std::string> m_next; // to be sent once what is being written has left
        std::unique_ptr<transport::HttpPost> m_post;
        std::shared_ptr<transport::SessionCache> m_sessions;
        network::Ticket m_ticket; // of an earlier connection
        boost::asio::steady_timer m_lastWords;
        size_t m_maxMessageBytes = 0;
        size_t m_outstanding = 0; // passed on and not yet taken
        bool m_mustBeConfined = false;
        bool m_started = false;
    };

    void NetworkProgram::messageCame(NetworkMessage kind, std::string_view payload)
    {
        const auto parsed = [payload](google::protobuf::MessageLite &message) {
            if (!message.ParseFromArray(payload.data(), static_cast<int>(payload.size())))
                ::_exit(1);
        };
        switch (kind) {
        case NetworkMessage::Start:
            m_started = true;
            return begin(payload);
        case NetworkMessage::Send:
            if (m_next) // more than may be in flight
                ::_exit(1);
            if (m_socket && m_socket->isWriting())
                m_next.emplace(payload);
            else if (m_socket)
                m_socket->send(std::string(payload));
            return;
        case NetworkMessage::Taken: {
            network::Taken taken;
            parsed(taken);
            m_outstanding -= std::min<size_t>(m_outstanding, taken.bytes());
            return read();
        }
        case NetworkMessage::Close: {
            network::Close close;
            parsed(close);
            if (m_socket)
                m_socket->close(static_cast<uint16_t>(close.code()), close.reason());
            return;
        }
        default:
            ::_exit(1);
        }
    }

    void NetworkProgram::begin(std::string_view payload)
    {
        network::Start start;
        if (!start.ParseFromArray(payload.data(), static_cast<int>(payload.size())))
            ::_exit(1);
        if (auto connecting = connect(start); !connecting)
            closed(connecting.error());
        wipeSecrets(start);
    }

    void NetworkProgram::note(const std::string &missing)
    {
        if (!missing.empty())
            m_missing += (m_missing.empty() ? "" : ", ") + missing;
    }

    Result<void> NetworkProgram::connect(const network::Start &start)
    {
        const auto tls = tlsOf(start); // OpenSSL reads its configuration here
        if (!tls)
            return tls.error();
        const auto identity = identityOf(start);
        if (!identity)
            return identity.error();
        m_mustBeConfined = start.sandbox_required();
        note(confineFiles(NetworkStage::Resolving));
        note(confineCalls(NetworkStage::Resolving));
        if (!m_missing.empty() && m_mustBeConfined)
            return makeError(causes::kUnreachable,
                             fmt::format("the network process cannot be confined: {} is missing, and the "
                                         "configuration says network-sandbox = required",
                                         m_missing));
        if (!m_missing.empty()) {
            network::Unconfined told;
            told.set_what(m_missing.substr(0, 900));
            m_channel->send(NetworkMessage::Unconfined, told.SerializeAsString());
        }

        const transport::EndpointUrl url = urlOf(start);
        const auto addresses = addressesOf(url);
        if (!addresses)
            return addresses.error();
        if (start.has_post()) {
            transport::PostOptions post;
            post.url = url;
            post.tls = *tls;
            post.identity = *identity;
            post.contentType = start.post().content_type();
            post.body = start.post().body();
            post.answerWithin = std::chrono::milliseconds(start.post().answer_within());
            post.limits = limitsOf(start);
            post.addresses = *addresses;
            post.beforeHandshake = [this] { return tighten(); };
            m_post
                = transport::postOnce(m_context, std::move(post), [this](Result<transport::HttpAnswer> came) {
                      if (!came)
                          return closed(came.error());
                      network::Answer answer;
                      answer.set_status(came->status);
                      answer.set_reason(came->reason);
                      answer.set_body(came->body);
                      *answer.mutable_peer() = peerMessage(came->peer);
                      m_channel->send(NetworkMessage::Answered, answer.SerializeAsString());
                      saidAll();
                  });
            return {};
        }
        m_sessions = std::make_shared<transport::SessionCache>();
        m_ticket.set_key(start.ticket_key());
        m_ticket.set_ticket(start.ticket());
        transport::ClientOptions options;
        options.url = url;
        options.tls = *tls;
        options.identity = *identity;
        options.sessions = m_sessions;
        options.subprotocol = start.subprotocol();
        options.limits = limitsOf(start);
        options.addresses = *addresses;
        options.beforeHandshake = [this] { return tighten(); };
        m_maxMessageBytes = options.limits.maxMessageBytes;
        m_socket = transport::connectWebSocket(m_context, std::move(options), *this);
        return {};
    }

    // From here on the peer's bytes are read, and a ticket that an earlier process may have made up.
    Result<void> NetworkProgram::tighten()
    {
        const bool wasConfined = m_missing.empty();
        note(confineFiles(NetworkStage::Talking));
#ifndef FB_SANITIZED
        const rlimit noMore {0, 0}; // no further descriptors
        ::setrlimit(RLIMIT_NOFILE, &noMore);
#endif
        note(confineCalls(NetworkStage::Talking));
        if (m_mustBeConfined && wasConfined && !m_missing.empty())
            return makeError(causes::kUnreachable, "the network process cannot be confined: " + m_missing);
        if (m_sessions) {
            m_sessions->setKept([this](const std::string &key, const std::string &bytes) {
                network::Ticket ticket;
                ticket.set_key(key);
                ticket.set_ticket(bytes);
                m_channel->send(NetworkMessage::Ticket, ticket.SerializeAsString());
            });
            if (!m_ticket.ticket().empty())
                m_sessions->restore(m_ticket.key(), m_ticket.ticket());
        }
        return {};
    }

    // Credit: no more is read than the supervisor is sure to take.
    void NetworkProgram::read()
    {
        if (m_socket)
            m_socket->pauseReading(m_outstanding + m_maxMessageBytes > kNetworkWindowBytes);
    }

    void NetworkProgram::closed(const Error &cause, uint16_t closeCode)
    {
        network::Closed message;
        message.set_code(std::string(cause.code.name()));
        message.set_text(cause.message.substr(0, 2000));
        message.set_close_code(closeCode);
        m_channel->send(NetworkMessage::Closed, message.SerializeAsString());
        saidAll();
    }

    // The supervisor ends this process once it has heard.
    void NetworkProgram::saidAll()
    {
        m_lastWords.expires_after(kLastWords);
        m_lastWords.async_wait([](const boost::system::error_code &) { ::_exit(0); });
    }

}

void runNetwork(UniqueFd channel)
{
    NetworkProgram program(std::move(channel), leavePrivileges());
    program.run();
    ::_exit(0);
}

}
