#pragma once
// The agent's side of the protocol, sans-I/O: delivery rules (protocol-notes 6), output and terminal streams (7), over Link, a Ledger and a
// WorkerHost. The agent drives it from a socket; fleetsim runs thousands in one process; the seeded network drives it through crashes:
// destroy it, keep ledger and host, make a new one. One thread at a time.
//
// The owner: connected() when a transport is open, then feeds received() and sends what nextMessage() gives; disconnected() when it
// closed; onTime() at nextDeadline(); takes takeEvents() after each call. After any call there may be new output.

#include "agent/supervisor/forward_host.h"
#include "agent/supervisor/ledger.h"
#include "agent/supervisor/worker_host.h"
#include "agent/tools/tool_host.h"
#include "backend/core/clock.h"
#include "backend/core/random.h"
#include "backend/protocol/link.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace fb::agent {

struct NodeConfig {
    std::string fleetId;
    std::string nodeId; // only for the text that is signed; identity comes from the certificate
    std::string agentVersion;
    std::string bootId;
    std::string processId; // 16 random bytes
    std::string fingerprint;
    wire::HardwareRecord hardware; // empty: it is not told
    wire::NodeFacts facts;
    std::string orderSigningKey; // pinned: Ed25519, 32 bytes; empty: none yet
    uint64_t caVersion = 0; // of the TrustBundle on disk
    size_t maxParallelOrders = 5;
    size_t maxQueuedOrders = 1000;
    protocol::LinkLimits linkLimits;
};

// ---- Events ----

struct Welcomed { // the link is up
    wire::Welcome welcome;
};
struct MovedOn { // close this connection and come again after `after`, spread over `spread`
    std::chrono::milliseconds after;
    std::chrono::milliseconds spread;
    std::string reason;
};
struct LinkBroken { // close the socket
    Error error;
};
struct RefusedByEngine { // ERROR: "upgrade-required", "DuplicateNode", "expired", ...
    std::string code;
    std::string text;
    bool fatal;
};
struct CertificateRenewed {
    wire::Renewed renewed;
};
struct EndpointsChanged {
    std::vector<wire::Endpoint> endpoints;
    uint32_t version;
};
struct TrustGiven { // to be checked and stored, then answered with trustKept()
    wire::TrustBundle bundle;
};
struct SigningKeyOffered { // none is pinned yet: keep it
    std::string key;
};
struct ProfileGiven { // in WELCOME, or changed meanwhile
    wire::NodeProfile profile;
};
struct UnsignedRefused { // an order or a stream without the signature of the pinned key; one a minute is told
    std::string what;
};
struct LedgerFailed { // the turn was undone; the node goes on, the engine sends again
    Error error;
};

using NodeEvent
    = std::variant<Welcomed, MovedOn, LinkBroken, RefusedByEngine, CertificateRenewed, EndpointsChanged,
                   TrustGiven, SigningKeyOffered, ProfileGiven, UnsignedRefused, LedgerFailed>;

class NodeCore
{
public:
    NodeCore(NodeConfig config, Ledger &ledger, WorkerHost &host, const Clock &clock, Random &random);
    ~NodeCore();
    NodeCore(const NodeCore &) = delete;
    NodeCore &operator=(const NodeCore &) = delete;

    void setToolHost(ToolHost *host); // borrowed; without one tools are refused
    void setToolDenial(std::function<std::string(const std::string &tool)> denial); // see ToolStreams
    void setForwards(ForwardHost *host); // before start(); none: port sessions are refused
    void setMachine(const std::string &fingerprint,
                    const wire::HardwareRecord &hardware); // of the next HELLO
    void start(); // takes up what an earlier process left; once, before all else

    // ---- Link
    void connected(); // a new connection: HELLO is the first message
    void disconnected();
    void received(std::string_view message);
    bool wantsToRead() const;
    bool hasOutput() const;
    std::optional<std::string> nextMessage();
    bool isWelcomed() const;

    // ---- Time
    void onTime();
    Tick nextDeadline() const; // Tick::max(): none
    std::vector<NodeEvent> takeEvents();

    // ---- What the agent itself has to say; kept (bounded) while there is no link
    void reportMetrics(const wire::MetricReport &report);
    void reportFacts(const wire::NodeFacts &facts);
    void renewCertificate(std::string_view csrDer); // only while welcomed
    // What is on disk now; `refused`: why it is not what was given.
    void trustKept(uint64_t version, std::string_view refused = {});
    void goAway(std::string_view reason); // "stopped", "rebooting"
    void stopWork(std::string_view reason); // the fleet knows this node no longer: orders and terminals end

    // ---- Figures
    size_t ordersRunning() const;
    size_t ordersQueued() const;
    size_t terminalsOpen() const;
    bool isIdle() const; // nothing runs, nothing waits to be told

private:
    class Private;
    std::unique_ptr<Private> d;
};

}
