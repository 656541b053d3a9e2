#include "backend/api/api_gate.h"

#include "backend/base/qt_text.h"

#include <fmt/format.h>

#include <algorithm>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr std::string_view kInvalidToken = "The security token included in the request is invalid.";
    constexpr std::string_view kNoSecret = "0000000000000000000000000000000000000000";

    // "[::1]:8444" and "localhost" alike.
    std::string withoutPort(std::string_view host)
    {
        const size_t bracket = host.find(']');
        const size_t colon = host.find(':', bracket == std::string_view::npos ? 0 : bracket);
        std::string name(host.substr(0, colon));
        std::ranges::transform(name, name.begin(), [](char c) {
            return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        });
        return name;
    }
}

ApiGate::ApiGate(AccessKeyRing &keys, const Clock &clock, std::vector<std::string> hosts,
                 double requestsPerSecond, Refused refused)
    : m_keys(keys),
      m_clock(clock),
      m_hosts(std::move(hosts)),
      m_requestsPerSecond(requestsPerSecond),
      m_refused(std::move(refused))
{
}

Result<void> ApiGate::checkHost(const HttpRequest &request) const
{
    if (request.has("origin"))
        return makeError(errors::kAccessDenied, "Requests of web pages are not served.", "Origin");
    const std::string host = withoutPort(request.header("host").value_or(std::string_view()));
    if (std::ranges::find(m_hosts, host) == m_hosts.end())
        return makeError(
            errors::kAccessDenied,
            fmt::format("Host is \"{}\"; this engine is not known by that name.", host.substr(0, 80)),
            "Host");
    return {};
}

Result<ApiGate::Admission> ApiGate::admit(const HttpRequest &request)
{
    if (auto allowed = checkHost(request); !allowed)
        return allowed.error();
    const Instant now = m_clock.now();
    const auto claim = readSignature(request, now);
    if (!claim)
        return claim.error();
    const auto key = m_keys.find(claim->accessKeyId);
    // An unknown key takes as long as a wrong secret.
    const auto proven = checkSignature(request, *claim, key ? key->secret.view() : kNoSecret);
    if (!key)
        return makeError(errors::kUnrecognizedClient, std::string(kInvalidToken));
    const QString from = toQString(request.peer);
    const Principal who {.name = key->key.operatorName, .role = key->role, .source = u"api "_s + from};
    if (auto checked = checkKey(request, *claim, *key, proven); !checked) {
        if (m_refused)
            m_refused(who, key->key.accessKeyId, checked.error());
        return checked.error();
    }
    m_keys.used(key->key.accessKeyId, now, from.left(from.lastIndexOf(u':')));
    return Admission {
        .who = who, .accessKeyId = key->key.accessKeyId, .service = claim->service, .region = claim->region};
}

Result<void> ApiGate::checkKey(const HttpRequest &request, const SignatureClaim &claim,
                               const AccessKeyRing::Key &key, const Result<void> &proven)
{
    if (!key.key.enabled || request.has("x-amz-security-token"))
        return makeError(errors::kUnrecognizedClient, std::string(kInvalidToken));
    if (!proven)
        return proven.error();
    if (key.key.expiresAt && *key.key.expiresAt <= m_clock.now())
        return makeError(errors::kUnrecognizedClient,
                         "The access key has expired. Create another one for this operator.");
    if (!m_replays.admit(claim.signature, m_clock.tick()))
        return makeError(errors::kInvalidSignature, "The signature was used before. Sign the request anew.");
    const auto bucket = m_buckets.try_emplace(key.key.accessKeyId, m_requestsPerSecond, m_clock.tick()).first;
    if (!bucket->second.take(m_clock.tick()))
        return makeError(
            errors::kThrottling,
            fmt::format("Rate exceeded: {:.0f} requests a second for one access key.", m_requestsPerSecond));
    return {};
}

}
