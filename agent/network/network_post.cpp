#include "agent/network/network_post.h"

#include "agent/network/network_talk.h"

#include <fmt/format.h>

namespace fb::agent {

using namespace std::chrono_literals;

namespace {
    constexpr auto kPostPatience = 3000ms; // beyond the deadlines that the process keeps itself
    constexpr size_t kMostAround = 32 * 1024; // an answer without its body
}

class NetworkPost::Private final : public NetworkTalk
{
public:
    using Answer = std::function<void(Result<transport::HttpAnswer>)>;
    Private(boost::asio::io_context &context, NetworkLauncher &launcher, size_t maxBodyBytes, Answer answer)
        : NetworkTalk(context, launcher),
          m_maxBodyBytes(maxBodyBytes),
          m_answer(std::move(answer))
    {
    }

    void post(Result<NetworkLauncher::Started> started, const transport::PostOptions &options)
    {
        network::Start start
            = networkStart(options.url, *options.tls, options.identity.get(), options.limits);
        network::Post &post = *start.mutable_post();
        post.set_content_type(options.contentType);
        post.set_body(options.body);
        post.set_answer_within(static_cast<uint64_t>(options.answerWithin.count()));
        const auto within = options.limits.handshakeWithin + options.answerWithin + kPostPatience;
        expectWithin(within,
                     fmt::format("no answer of {} within {} ms", options.url.authority(), within.count()));
        begin(std::move(started), std::move(start));
    }

    void detach()
    {
        m_answer = nullptr;
        end();
    }

private:
    std::optional<size_t> limitOfOwn(NetworkMessage kind) override
    {
        return kind == NetworkMessage::Answered ? std::optional(m_maxBodyBytes + kMostAround) : std::nullopt;
    }

    void ownCame(NetworkMessage, std::string_view payload) override
    {
        network::Answer answer;
        if (!answer.ParseFromArray(payload.data(), static_cast<int>(payload.size()))
            || answer.body().size() > m_maxBodyBytes)
            return brokeRules("an unreadable message");
        end();
        told(transport::HttpAnswer {answer.status(), answer.reason(), answer.body(), peerOf(answer.peer())});
    }

    void talkEnded(const Error &cause, uint16_t) override { told(cause); }

    void told(Result<transport::HttpAnswer> result)
    {
        if (const Answer answer = std::exchange(m_answer, nullptr))
            answer(std::move(result));
    }

    size_t m_maxBodyBytes;
    Answer m_answer;
};

NetworkPost::NetworkPost(std::shared_ptr<Private> request) : d(std::move(request)) { }

NetworkPost::~NetworkPost() { d->detach(); }

std::unique_ptr<NetworkPost> postThroughNetwork(boost::asio::io_context &context, NetworkLauncher &launcher,
                                                const transport::PostOptions &options,
                                                std::function<void(Result<transport::HttpAnswer>)> answer)
{
    auto request = std::make_shared<NetworkPost::Private>(context, launcher, options.limits.maxBodyBytes,
                                                          std::move(answer));
    request->post(launcher.start(), options);
    return std::make_unique<NetworkPost>(std::move(request));
}

}
