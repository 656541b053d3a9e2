#include "tests/bench/gateway/node_client.h"

#include "agent/supervisor/node_key.h"
#include "backend/protocol/features.h"
#include "backend/protocol/frame.h"
#include "backend/transport/http_post.h"
#include "backend/transport/web_socket.h"

namespace fb::bench {

namespace {
    // Opens, looks at how, and closes.
    class Visit final : public transport::WebSocketHandler
    {
    public:
        std::unique_ptr<transport::WebSocket> socket;
        std::optional<Error> failure;
        bool resumed = false;
        bool opened = false;
        bool closed = false;

        void onOpened() override
        {
            opened = true;
            resumed = socket->peer().resumed;
            socket->close(transport::closeCodes::kNormal, {});
        }
        void onMessage(std::string_view /*message*/) override { }
        void onWritten() override { }
        void onClosed(const Error &cause) override
        {
            closed = true;
            if (!opened)
                failure = cause;
        }
    };
}

Result<std::unique_ptr<NodeClient>> NodeClient::enrol(const sim::Invitation &invitation)
{
    std::unique_ptr<NodeClient> client(new NodeClient);
    client->m_engine = invitation.engine;
    SecureRandom random;
    auto key = agent::newNodeKey();
    if (!key)
        return key.error();
    const agent::PendingEnrolment pending {invitation.engine.urlText, invitation.activations[0].id,
                                           random.bytes(16), *std::move(key)};
    const auto csr = agent::certificateRequest(pending.key);
    if (!csr)
        return csr.error();
    agent::EnrolmentOptions options;
    options.engineUrl = pending.engineUrl;
    options.activationId = pending.activationId;
    options.activationCode = SecretBytes(invitation.activations[0].code);
    options.facts.set_computer_name("bench");
    options.facts.set_platform_type("Linux");
    options.agentVersion = invitation.engine.agentVersion;
    options.fingerprint = random.bytes(16);

    transport::PostOptions post;
    post.url = invitation.engine.url;
    post.url.path = std::string(protocol::kEnrolPath);
    post.tls = invitation.engine.pinnedTls;
    post.body = agent::enrolRequest(options, pending, *csr).SerializeAsString();
    std::optional<Result<transport::HttpAnswer>> answered;
    const auto request
        = transport::postOnce(client->m_context, std::move(post),
                              [&](Result<transport::HttpAnswer> answer) { answered = std::move(answer); });
    while (!answered && client->m_context.run_one() > 0) { }
    if (!answered || !*answered)
        return answered ? answered->error() : makeError(errors::kInternal, "no answer to the enrolment");
    const auto read = protocol::parse<wire::EnrolAnswer>((*answered)->body, 64 * 1024);
    if (!read)
        return read.error();
    const auto registration = agent::readEnrolAnswer(*read, pending.engineUrl);
    if (!registration)
        return registration.error();
    auto identity = transport::TlsIdentity::load(read->certificate_der(), {}, pending.key);
    auto tls = transport::ClientTls::make(
        {.caDer = registration->caDer,
         .serverRules = {transport::PeerRole::Engine, "fb:engine/" + registration->fleetId, true}});
    if (!identity || !tls)
        return identity ? tls.error() : identity.error();
    client->m_identity = *identity;
    client->m_tls = *tls;
    return client;
}

Result<void> NodeClient::connect(int times, bool resumed)
{
    for (int i = 0; i < times; ++i) {
        transport::ClientOptions options;
        options.url = m_engine.url;
        options.tls = m_tls;
        options.identity = m_identity;
        if (resumed)
            options.sessions = m_sessions;
        options.subprotocol = std::string(protocol::kSubprotocol);
        const bool mustResume = resumed && !m_sessions->isEmpty();
        Visit visit;
        visit.socket = transport::connectWebSocket(m_context, std::move(options), visit);
        m_context.restart();
        while (!visit.closed && m_context.run_one() > 0) { }
        if (visit.failure)
            return *visit.failure;
        if (visit.resumed != mustResume)
            return makeError(errors::kInternal,
                             mustResume ? "a session was not resumed" : "a session was resumed");
    }
    return {};
}

}
