#pragma once
// Registers a node: one POST to the engine, pinned by the hash of its CA, repeated with the same key and nonce until there is an answer
// (fleet-manager B3.1, B7). Lives on its io_context.

#include "agent/network/network_child.h"
#include "agent/supervisor/identity.h"
#include "backend/core/random.h"
#include "backend/core/result.h"
#include "backend/protocol/flagbridge.pb.h"
#include "backend/transport/http_post.h"

#include <functional>
#include <memory>
#include <string>

namespace boost::asio {
class io_context;
}

namespace fb::agent {

struct EnrolmentOptions {
    std::string engineUrl; // wss://host:port/agent/v1
    std::string activationId;
    SecretBytes activationCode;
    std::string caSha256; // see caPins()
    wire::NodeFacts facts;
    std::string agentVersion;
    std::string fingerprint;
    wire::HardwareRecord hardware; // as it is now; empty: it is not told
};

// ValidationException naming the option.
Result<void> checkEnrolmentOptions(const EnrolmentOptions &options);

// The SHA-256 of the fleet's CA in 64 hex digits; while it is rolled over those of both, parted by a colon. As raw bytes, one after the other;
// ValidationException naming the option.
Result<std::string> caPins(std::string_view text);

// The body of the POST, and what its answer means; also used by simulated nodes.
wire::EnrolRequest enrolRequest(const EnrolmentOptions &options, const PendingEnrolment &pending,
                                const std::string &csrDer);
// The engine's answer when it is a certificate. Its refusal otherwise: ServiceUnavailable for what may be asked again.
Result<wire::EnrolAnswer> readEnrolBody(const transport::HttpAnswer &answer);
Result<Registration> readEnrolAnswer(const wire::EnrolAnswer &answer, const std::string &engineUrl);

// Runs the context until the node is registered or refused. Goes on trying while the engine can't be reached or is not ready;
// `waiting` hears why.
Result<Registration> enrol(boost::asio::io_context &context, NetworkLauncher &launcher,
                           const Identity &identity, const EnrolmentOptions &options, Random &random,
                           const std::function<void(const std::string &)> &waiting);

}
