#include "agent/supervisor/enrolment.h"

#include "agent/network/network_post.h"
#include "agent/supervisor/connect_trouble.h"
#include "agent/supervisor/node_key.h"
#include "backend/core/byte_encoding.h"
#include "backend/core/ca_bundle.h"
#include "backend/core/ids.h"
#include "backend/core/text_safety.h"
#include "backend/protocol/features.h"
#include "backend/protocol/frame.h"
#include "backend/transport/causes.h"
#include "backend/transport/endpoint_url.h"
#include "backend/transport/http_post.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <fmt/format.h>

namespace fb::agent {

namespace {

    constexpr std::chrono::seconds kFirstWait {1};
    constexpr std::chrono::seconds kLongestWait {60};

    bool mayPass(const Error &error) // a fault of the moment, not of what was asked
    {
        namespace causes = transport::causes;
        return error.code == causes::kUnreachable || error.code == causes::kTimedOut
            || error.code == causes::kClosed || error.code == causes::kStalled
            || error.code == causes::kEvicted || error.code == errors::kServiceUnavailable;
    }

    std::string shownText(std::string_view bytes)
    {
        return withVisibleEscapes(toValidUtf8(firstCodePoints(toValidUtf8(bytes), 500)));
    }

    Error refusalOf(const wire::EnrolAnswer &answer)
    {
        const ErrorCode code
            = answer.retry() ? errors::kServiceUnavailable : errorCodeNamed(answer.error_code());
        return makeError(
            code, fmt::format("{}: {}", shownText(answer.error_code()), shownText(answer.error_text())));
    }

}

Result<void> checkEnrolmentOptions(const EnrolmentOptions &options)
{
    if (auto url = transport::parseEndpointUrl(options.engineUrl); !url)
        return makeError(errors::kValidation, url.error().message, "--engine");
    if (!isUuid(options.activationId))
        return makeError(
            errors::kValidation,
            fmt::format(
                "--activation-id is \"{}\"; it must be a UUID in lower case, as the engine printed it",
                shownText(options.activationId)),
            "--activation-id");
    if (options.activationCode.isEmpty() || options.activationCode.size() > 200)
        return makeError(errors::kValidation,
                         fmt::format("the activation code has {} characters; it must have 1 to 200",
                                     options.activationCode.size()),
                         "--activation-code");
    return caPins(options.caSha256).map([](const std::string &) {});
}

Result<std::string> caPins(std::string_view text)
{
    std::string pins;
    size_t count = 0;
    for (std::string_view rest = text; count == 0 || !rest.empty(); ++count) {
        const size_t end = std::min(rest.find(':'), rest.size());
        const auto hash = fromHex(rest.substr(0, end));
        const bool isLast = end == rest.size();
        if (!hash || hash->size() != 32 || count == kMostCas || (!isLast && end + 1 == rest.size()))
            return makeError(errors::kValidation,
                             fmt::format("--ca-sha256 is \"{}\"; it must have 64 hex digits, or up to {} "
                                         "times that, parted by colons",
                                         shownText(text), kMostCas),
                             "--ca-sha256");
        pins += *hash;
        rest.remove_prefix(isLast ? end : end + 1);
    }
    return pins;
}

wire::EnrolRequest enrolRequest(const EnrolmentOptions &options, const PendingEnrolment &pending,
                                const std::string &csrDer)
{
    wire::EnrolRequest request;
    request.set_activation_id(options.activationId);
    request.set_activation_code(std::string(options.activationCode.view()));
    request.set_csr_der(csrDer);
    request.set_nonce(pending.nonce);
    request.set_fingerprint(options.fingerprint);
    if (options.hardware.ByteSizeLong() > 0)
        *request.mutable_hardware() = options.hardware;
    *request.mutable_facts() = options.facts;
    request.set_agent_version(options.agentVersion);
    request.set_protocol_max(protocol::kProtocolLevel);
    return request;
}

Result<wire::EnrolAnswer> readEnrolBody(const transport::HttpAnswer &http)
{
    auto answer = protocol::parse<wire::EnrolAnswer>(http.body, 64 * 1024);
    if (!answer || (answer->error_code().empty() && answer->certificate_der().empty()))
        return makeError(http.status == 429 || http.status >= 500 ? errors::kServiceUnavailable
                                                                  : errors::kInternal,
                         fmt::format("the engine answered {} {}", http.status, shownText(http.reason)));
    if (!answer->error_code().empty())
        return refusalOf(*answer);
    return answer;
}

Result<Registration> readEnrolAnswer(const wire::EnrolAnswer &answer, const std::string &engineUrl)
{
    if (!answer.error_code().empty())
        return refusalOf(answer);
    Registration registration;
    registration.nodeId = answer.node_id();
    registration.fleetId = answer.fleet_id();
    registration.caDer.assign(answer.ca_der().begin(), answer.ca_der().end());
    registration.caVersion = answer.ca_version();
    registration.orderSigningKey = answer.order_signing_key();
    registration.releaseKey = answer.release_key();
    for (const wire::Endpoint &endpoint : answer.endpoints())
        if (transport::parseEndpointUrl(endpoint.url()))
            registration.endpoints.push_back(endpoint.url());
    // The address it was told is the one that works from here.
    if (std::find(registration.endpoints.begin(), registration.endpoints.end(), engineUrl)
        == registration.endpoints.end())
        registration.endpoints.insert(registration.endpoints.begin(), engineUrl);
    if (!isNodeId(registration.nodeId) || !isUuid(registration.fleetId) || registration.caDer.empty()
        || answer.certificate_der().empty())
        return makeError(
            errors::kInternal,
            "the engine's answer is incomplete: it needs node_id, fleet_id, certificate_der and ca_der");
    if (registration.caDer.size() > kMostCas)
        return makeError(errors::kInternal,
                         fmt::format("the engine's answer names {} CAs; it may name 1 to {}",
                                     registration.caDer.size(), kMostCas));
    return registration;
}

Result<Registration> enrol(boost::asio::io_context &context, NetworkLauncher &launcher,
                           const Identity &identity, const EnrolmentOptions &options, Random &random,
                           const std::function<void(const std::string &)> &waiting)
{
    if (auto checked = checkEnrolmentOptions(options); !checked)
        return checked.error();
    // On disk before anything is sent: if the answer is lost, the same question is asked again.
    const auto pending = identity.beginEnrolment(options.engineUrl, options.activationId, random);
    if (!pending)
        return pending.error();
    const auto csr = certificateRequest(pending->key);
    if (!csr)
        return csr.error();
    auto tls = transport::ClientTls::make({.caSha256 = *caPins(options.caSha256)});
    if (!tls)
        return tls.error();
    transport::PostOptions post;
    post.url = *transport::parseEndpointUrl(options.engineUrl);
    post.url.path = std::string(protocol::kEnrolPath);
    post.tls = *tls;
    post.body = enrolRequest(options, *pending, *csr).SerializeAsString();

    std::chrono::milliseconds wait = kFirstWait;
    for (;;) {
        std::optional<Result<transport::HttpAnswer>> answered;
        const auto request
            = postThroughNetwork(context, launcher, post,
                                 [&](Result<transport::HttpAnswer> answer) { answered = std::move(answer); });
        context.restart();
        while (!answered && context.run_one() > 0) { }
        Result<Registration> outcome = makeError(errors::kServiceUnavailable, "no answer");
        if (answered && !*answered) {
            outcome = explained(answered->error());
        } else if (answered) {
            const auto answer = readEnrolBody(**answered);
            outcome
                = answer ? readEnrolAnswer(*answer, options.engineUrl) : Result<Registration>(answer.error());
            if (outcome) {
                if (auto stored = identity.finishEnrolment(*pending, *outcome, answer->certificate_der());
                    !stored)
                    return stored.error();
                return outcome;
            }
        }
        if (!mayPass(outcome.error()))
            return outcome;
        waiting(fmt::format("{}; next try in {} s", outcome.error().message, wait.count() / 1000));
        boost::asio::steady_timer timer(context);
        timer.expires_after(wait / 2
                            + std::chrono::milliseconds(random.below(static_cast<uint64_t>(wait.count()))));
        bool due = false;
        timer.async_wait([&due](const boost::system::error_code &) { due = true; });
        context.restart();
        while (!due && context.run_one() > 0) { }
        wait = std::min<std::chrono::milliseconds>(wait * 2, kLongestWait);
    }
}

}
