#pragma once
// Who may come in over the AWS wire: Host and Origin, signature, replay, rate (spec/security T13, T14). Lives on the wire's thread.

#include "backend/api/replay_guard.h"
#include "backend/api/sig_v4.h"
#include "backend/core/token_bucket.h"
#include "backend/security/access_key_ring.h"

#include <QStringList>

#include <functional>
#include <map>
#include <string>

namespace fb {

class ApiGate
{
public:
    // `hosts`: the names that clients may call this server by, without port. `refused` hears what a key of ours is refused.
    using Refused = std::function<void(const Principal &who, const QString &accessKeyId, const Error &error)>;
    ApiGate(AccessKeyRing &keys, const Clock &clock, std::vector<std::string> hosts, double requestsPerSecond,
            Refused refused = {});

    struct Admission {
        Principal who;
        QString accessKeyId;
        std::string service; // of the signature's scope
        std::string region; // the same
    };
    // AccessDeniedException: a page of another site, or a name that is not ours. UnrecognizedClientException: no such key, or not any
    // more. ThrottlingException. Else as readSignature() and checkSignature().
    Result<Admission> admit(const HttpRequest &request);
    // Host and Origin alone: of a WebSocket, whose first message proves who it is.
    Result<void> checkHost(const HttpRequest &request) const;

private:
    Result<void> checkKey(const HttpRequest &request, const SignatureClaim &claim,
                          const AccessKeyRing::Key &key, const Result<void> &proven);

    AccessKeyRing &m_keys;
    const Clock &m_clock;
    std::vector<std::string> m_hosts;
    double m_requestsPerSecond;
    Refused m_refused;
    ReplayGuard m_replays;
    std::map<QString, TokenBucket> m_buckets; // by access key
};

}
