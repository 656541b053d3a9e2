#include "agent/network/network_talk.h"

#include "backend/core/text_safety.h"
#include "backend/transport/causes.h"

#include <boost/asio/post.hpp>
#include <fmt/format.h>
#include <openssl/crypto.h>

namespace fb::agent {

using namespace std::chrono_literals;
using boost::system::error_code;
namespace causes = transport::causes;

namespace {
    constexpr size_t kMostUnconfined = 1024;
    constexpr size_t kMostClosed = 4 * 1024;
    constexpr auto kLookAgain = 20ms; // whether a process whose socket has closed is gone
    constexpr int kLooks = 25;
}

NetworkTalk::NetworkTalk(boost::asio::io_context &context, NetworkLauncher &launcher)
    : m_context(context),
      m_launcher(launcher),
      m_deadline(context),
      m_endTimer(context)
{
}

void NetworkTalk::begin(Result<NetworkLauncher::Started> started, network::Start start)
{
    if (!started)
        return endLater(makeError(causes::kUnreachable,
                                  "the network process cannot be started: " + started.error().message));
    m_child = std::move(started->child);
    m_channel = NetworkChannel::start(m_context, std::move(started->channel), *this);
    start.set_sandbox_required(m_launcher.sandboxRequired());
    std::string bytes = start.SerializeAsString();
    m_channel->send(NetworkMessage::Start, bytes);
    OPENSSL_cleanse(bytes.data(), bytes.size());
    wipeSecrets(start);
}

void NetworkTalk::send(NetworkMessage kind, std::string_view payload)
{
    if (m_channel)
        m_channel->send(kind, payload);
}

void NetworkTalk::expectWithin(std::chrono::milliseconds time, std::string text)
{
    m_deadline.expires_after(time);
    m_deadline.async_wait([weak = weak_from_this(), text = std::move(text)](const error_code &error) {
        if (const auto self = weak.lock(); self && !error)
            self->finish(makeError(causes::kTimedOut, text));
    });
}

// ---- What comes --------------------------------------------------------------------------------------------------

std::optional<size_t> NetworkTalk::limitOf(NetworkMessage kind)
{
    switch (kind) {
    case NetworkMessage::Unconfined:
        return m_mayTellUnconfined ? std::optional(kMostUnconfined) : std::nullopt;
    case NetworkMessage::Closed:
        return kMostClosed;
    default:
        return limitOfOwn(kind);
    }
}

void NetworkTalk::messageCame(NetworkMessage kind, std::string_view payload)
{
    const auto self = shared_from_this();
    switch (kind) {
    case NetworkMessage::Unconfined: {
        network::Unconfined missing;
        if (!missing.ParseFromArray(payload.data(), static_cast<int>(payload.size())))
            return brokeRules("an unreadable message");
        m_mayTellUnconfined = false;
        return m_launcher.tellUnconfined(withVisibleEscapes(toValidUtf8(missing.what())));
    }
    case NetworkMessage::Closed: {
        network::Closed closed;
        if (!closed.ParseFromArray(payload.data(), static_cast<int>(payload.size())))
            return brokeRules("an unreadable message");
        return finish(makeError(transport::causeNamed(closed.code()), closed.text()),
                      static_cast<uint16_t>(closed.close_code()));
    }
    default:
        m_mayTellUnconfined = false;
        return ownCame(kind, payload);
    }
}

void NetworkTalk::brokeRules(const std::string &how)
{
    finish(makeError(causes::kProtocol, "the network process breaks its rules: " + how));
}

void NetworkTalk::channelEnded(const Error &cause)
{
    const auto self = shared_from_this();
    if (cause.code == causes::kProtocol)
        return brokeRules(cause.message);
    m_channel.reset();
    awaitEnd(0);
}

// Its socket closes a moment before it is gone; what it died of says why the connection is.
void NetworkTalk::awaitEnd(int tries)
{
    const auto how = m_child ? m_child->howEnded() : std::optional<std::string>("went away");
    if (how || tries >= kLooks)
        return finish(makeError(causes::kClosed,
                                "the network process " + how.value_or("closed its end of the channel")));
    m_endTimer.expires_after(kLookAgain);
    m_endTimer.async_wait([weak = weak_from_this(), tries](const error_code &error) {
        if (const auto self = weak.lock(); self && !error)
            self->awaitEnd(tries + 1);
    });
}

// ---- End ---------------------------------------------------------------------------------------------------------

void NetworkTalk::endLater(const Error &cause)
{
    boost::asio::post(m_context, [self = shared_from_this(), cause] { self->finish(cause); });
}

void NetworkTalk::end()
{
    m_ended = true;
    m_deadline.cancel();
    m_endTimer.cancel();
    if (m_channel)
        m_channel->close();
    m_channel.reset();
    if (m_child)
        m_child->end();
}

void NetworkTalk::finish(const Error &cause, uint16_t closeCode)
{
    if (m_ended)
        return;
    const auto self = shared_from_this();
    end();
    talkEnded(cause, closeCode);
}

}
