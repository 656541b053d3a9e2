#include "agent/supervisor/readmission.h"

#include "agent/supervisor/enrolment.h"
#include "agent/supervisor/node_key.h"
#include "backend/protocol/features.h"
#include "backend/protocol/key_proof.h"
#include "backend/transport/endpoint_url.h"

#include <boost/asio/post.hpp>
#include <fmt/format.h>

namespace fb::agent {

using namespace std::chrono_literals;

namespace {
    constexpr std::chrono::milliseconds kFirstAskAgain = 5s;
    constexpr std::chrono::milliseconds kLongestAskAgain = 10min; // an operator takes his time
}

Readmission::Readmission(boost::asio::io_context &context, const Identity &identity,
                         NetworkLauncher &launcher, Random &random)
    : m_context(context),
      m_identity(identity),
      m_launcher(launcher),
      m_random(random),
      m_timer(context)
{
}

void Readmission::begin(Wish wish, std::function<void(const Result<void> &)> done,
                        std::function<void(const std::string &)> waiting)
{
    m_wish = std::move(wish);
    m_done = std::move(done);
    m_waiting = std::move(waiting);
    m_wait = kFirstAskAgain;
    ask();
}

void Readmission::ask()
{
    const std::string nonce = m_random.bytes(16);
    const auto key = m_identity.renewalKey();
    const auto csr = key ? certificateRequest(*key) : Result<std::string>(key.error());
    const auto proof = csr
        ? m_identity.proveKey(protocol::keyProofText(m_wish.fleetId, nonce, *csr), m_wish.preferNewPair)
        : Result<Identity::KeyProof>(csr.error());
    const auto url = transport::parseEndpointUrl(m_wish.endpoints[m_tries++ % m_wish.endpoints.size()]);
    if (!proof || !url)
        return askAgain(proof ? url.error() : proof.error());
    wire::EnrolRequest request;
    request.set_csr_der(*csr);
    request.set_nonce(nonce);
    request.set_old_certificate_der(proof->certificateDer);
    request.set_proof(proof->signature);
    request.set_protocol_max(protocol::kProtocolLevel);
    transport::PostOptions post;
    post.url = *url;
    post.url.path = std::string(protocol::kEnrolPath);
    post.tls = m_wish.tls;
    post.body = request.SerializeAsString();
    m_request = postThroughNetwork(m_context, m_launcher, post, [this](Result<transport::HttpAnswer> answer) {
        // The request is destroyed outside its own call.
        boost::asio::post(m_context, [this, answer = std::move(answer)] {
            m_request.reset();
            answered(answer);
        });
    });
}

void Readmission::answered(const Result<transport::HttpAnswer> &answer)
{
    if (!answer)
        return askAgain(answer.error());
    const auto read = readEnrolBody(*answer);
    if (!read)
        return read.error().code == errors::kServiceUnavailable ? askAgain(read.error())
                                                                : finish(read.error());
    finish(m_identity.finishRenewal(read->certificate_der()));
}

void Readmission::askAgain(const Error &why)
{
    m_waiting(fmt::format("{}; asked again in {} s", why.message, m_wait.count() / 1000));
    m_timer.expires_after(m_wait / 2
                          + std::chrono::milliseconds(m_random.below(static_cast<uint64_t>(m_wait.count()))));
    m_timer.async_wait([this](const boost::system::error_code &error) {
        if (!error)
            ask();
    });
    m_wait = std::min(m_wait * 2, kLongestAskAgain);
}

void Readmission::finish(const Result<void> &outcome)
{
    const auto done = std::exchange(m_done, nullptr);
    done(outcome);
}

}
