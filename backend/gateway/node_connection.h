#pragma once
// What the gateway tells services about nodes' connections, and what it asks them. Plain values, and three interfaces that services
// implement; all on the engine thread.

#include "backend/core/clock.h"
#include "backend/core/error.h"
#include "backend/core/ids.h"
#include "backend/protocol/flagbridge.pb.h"
#include "backend/protocol/link.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <functional>
#include <variant>

namespace fb {

// Why a node was lost, besides transport::causes.
namespace losses {
    inline constexpr ErrorCode kGoAway {
        "goaway"}; // the agent said so; the message is its reason: "stopped", "rebooting"
    inline constexpr ErrorCode kReplaced {"replaced"}; // by a newer connection of the same node
    inline constexpr ErrorCode kStopping {"stopping"}; // this gateway stops
    inline constexpr ErrorCode kViolation {"identity-violation"}; // it spoke for another node
    inline constexpr ErrorCode kUpgradeRequired {"upgrade-required"};
    inline constexpr ErrorCode kAgentError {
        "agent-error"}; // the agent's fatal ERROR; the message is its text
}

// A node's live connection. `connection` is never used twice by one gateway.
struct NodeConnection {
    NodeId node;
    quint64 connection = 0;
    wire::Hello hello;
    QString address; // where the node's packets come from
    QString tlsVersion;
    QByteArray serial; // of its certificate, lower-case hex
    Instant certificateExpiresAt;
    Instant connectedAt;
    bool resumed = false; // by a TLS session ticket
};

// A whole control message from an admitted node: orders' answers, facts, events. Field values are the node's word: hostile input.
struct NodeMessage {
    NodeId node;
    quint64 connection = 0;
    protocol::FrameType type = protocol::FrameType::Event;
    quint64 sequence = 0;
    std::string header;
    std::string payload;
};

// One stream on one connection. Keys of connections that are gone are accepted everywhere and do nothing.
struct StreamKey {
    quint64 connection = 0;
    quint64 number = 0; // given by the gateway, never used twice; not the number on the wire
    bool operator==(const StreamKey &) const = default;
    friend size_t qHash(const StreamKey &key, size_t seed = 0) noexcept { return ::qHash(key.number, seed); }
};

// The connection ended with the stream open; after it no event of that key comes.
struct StreamLost {
};

// `what`: the link's own event; its `stream` is the number on the wire, use `key`.
struct StreamEvent {
    StreamKey key;
    NodeId node;
    std::variant<protocol::StreamOpenReceived, protocol::StreamOpened, protocol::StreamRefused,
                 protocol::StreamData, protocol::StreamAcked, protocol::StreamWritable,
                 protocol::StreamFinished, protocol::StreamReset, protocol::StreamResized,
                 protocol::StreamSignalled, protocol::StreamInputGiven, StreamLost>
        what;
};

// A connection that was turned away because of its certificate. `node` is set when the fleet's CA had signed it.
struct RefusedCertificate {
    Error cause; // transport::causes
    NodeId node;
    QByteArray serial;
    QString address;
    Instant at;
};

// The fleet service's answer to a HELLO: an error that ends the connection, or what it puts into WELCOME: lease_epoch, pending_orders,
// engine_watermark, quarantined, order_signing_key, renew_certificate, metrics_interval_ms, max_parallel_orders. The gateway fills the rest.
using AdmitDecision = std::variant<wire::Welcome, wire::ErrorReport>;

class AdmissionHandler
{
public:
    // After certificate, protocol floor, features and duplicates were checked. Call `decide` once, at once or after a commit, on this
    // thread; a decision for a connection that has gone meanwhile is ignored.
    virtual void admit(const NodeConnection &connection, std::function<void(AdmitDecision)> decide) = 0;

protected:
    ~AdmissionHandler() = default;
};

class EnrolmentHandler
{
public:
    // One POST /enrol/v1, size checked and parsed; fields are hostile. Call `answer` once, at once or later, on this thread.
    virtual void enrol(const wire::EnrolRequest &request, const QString &address,
                       std::function<void(wire::EnrolAnswer)> answer)
        = 0;

protected:
    ~EnrolmentHandler() = default;
};

class RenewalHandler
{
public:
    // RENEW of an admitted node. The request's self-signature, key type and names are the handler's to check.
    virtual void renew(const NodeConnection &connection, const std::string &csrDer,
                       std::function<void(wire::Renewed)> answer)
        = 0;

protected:
    ~RenewalHandler() = default;
};

}

Q_DECLARE_METATYPE(fb::NodeConnection)
Q_DECLARE_METATYPE(fb::NodeMessage)
Q_DECLARE_METATYPE(fb::StreamEvent)
Q_DECLARE_METATYPE(fb::RefusedCertificate)
