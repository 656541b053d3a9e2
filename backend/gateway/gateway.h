#pragma once
// The server that nodes dial: TLS, WebSocket, enrolment, one Link per node (protocol-notes 2, 8-10, 12). Lives on the engine thread; its
// I/O threads (one per core) decode and hand over batches. A slow engine thread slows the nodes' senders, never grows a queue.
//
// Identity comes from the connection's certificate alone. A node whose message claims to be, or to concern, another node is reported with
// reportViolation(): its connection is closed and the audit hears of it (T05).

#include "backend/core/clock.h"
#include "backend/core/random.h"
#include "backend/core/result.h"
#include "backend/core/secret_bytes.h"
#include "backend/gateway/node_connection.h"
#include "backend/protocol/features.h"
#include "backend/transport/limits.h"
#include "backend/transport/tls_context.h"

#include <QObject>
#include <QSet>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace fb {

// The engine's own certificate and whom it trusts.
struct GatewayTls {
    std::string certificateDer; // URI SAN fb:engine/<fleet>
    SecretBytes privateKey; // PKCS#8, DER or PEM
    // Trusted for nodes. The first has signed the certificate and is sent after it, so that an enrolling agent can pin it.
    std::vector<std::string> fleetCaDer;
};

struct GatewayOptions {
    QString listenAddress = QStringLiteral("127.0.0.1");
    quint16 port = 8443; // 0: any free one
    int ioThreads = 0; // 0: one per core
    FleetId fleet;
    std::shared_ptr<transport::TicketKeyRing>
        tickets; // none: a fresh one, so a restart means full handshakes
    QList<wire::Endpoint> endpoints; // told to nodes in WELCOME
    quint32 endpointsVersion = 1;
    int fleetSize = 0;

    // Policy (T11): nodes below get ERROR upgrade-required.
    quint32 protocolFloor = protocol::kOldestServedLevel;
    bool requireSignedOrders = false;

    int handshakesPerSecond = 300; // a thread; more wait in the backlog, unanswered
    int maxHalfOpen = 256; // at the bound the oldest is dropped
    int listenBacklog = 4096;
    size_t maxInboxBytes = 8 * 1024 * 1024; // a thread; beyond it its sockets are not read
    size_t maxInboxEvents = 20000;
    size_t maxUnsentControlBytes = 8 * 1024 * 1024; // a connection; a node that takes none is lost
    size_t maxUnsentStreamBytes = 1024 * 1024; // a stream: bytes written and not yet taken by credit
    std::chrono::milliseconds clonePingWithin {5000}; // fleet-manager B3.4
    std::chrono::milliseconds pingAfter {25000};
    transport::ConnectionLimits connection {};
    protocol::LinkLimits link {};
};

class Gateway : public QObject
{
    Q_OBJECT

public:
    // Handlers outlive the gateway. `clock` and `random` are used from I/O threads too.
    Gateway(const Clock &clock, Random &random, AdmissionHandler &admission, EnrolmentHandler &enrolment,
            RenewalHandler &renewal, QObject *parent = nullptr);
    ~Gateway() override; // stop() at once

    // Listens; ServiceUnavailable naming address, port and reason if it can't.
    Result<void> start(GatewayOptions options, const GatewayTls &tls);
    // Signs what this engine opens on nodes, and their profiles, on connections from now on whose agent asks for it (order_signature.h). None:
    // nothing of it is signed.
    using Signer = std::function<Result<std::string>(std::string_view text)>;
    void setSigner(Signer signer);
    bool isListening() const;
    quint16 port() const;
    Result<void> setTls(const GatewayTls &tls); // for connections from now on
    // How many nodes may come back after a restart: sets the reconnect spread of WELCOME. The connected count is its minimum.
    void setFleetSize(int nodes);
    // No new connections; nodes are told to come back after `after` plus up to `spread`. Then closed; `stopped` follows.
    void stop(std::chrono::milliseconds after, std::chrono::milliseconds spread, const QString &reason);

    // Deny list of certificate serials (lower-case hex): replaced whole, or one more. Live connections that use one end within 1 s (T04).
    void setRevoked(const QSet<QByteArray> &serials);
    void addRevoked(const QByteArray &serial);

    // Nodes. A quarantined node is connected but not served: it is sent nothing, and nothing from it is passed on.
    bool isConnected(const NodeId &node) const; // admitted and served
    int connectedCount() const;
    quint64 connectionOf(const NodeId &node) const; // 0 if none
    std::optional<Instant> lastHeardAt(const NodeId &node) const; // live value
    quint64 leaseEpochOf(const NodeId &node) const; // of its WELCOME; 0 if not connected
    bool hasFeature(const NodeId &node, std::string_view feature) const; // both sides listed it
    // False if not connected. A node that is put into quarantine loses its streams.
    bool setQuarantined(const NodeId &node, bool quarantined);
    void disconnectNode(const NodeId &node, quint16 closeCode, const Error &cause); // ERROR, then close
    void reportViolation(const NodeId &node, const QString &what);

    // Control messages, in order. False if the node is not served now: the outbox keeps what must not be lost.
    bool send(const NodeId &node, protocol::FrameType type, const google::protobuf::MessageLite &header,
              std::string payload = {});

    void sendProfile(const NodeId &node, const wire::NodeProfile &profile); // CONFIG, where it is connected

    // Streams (protocol-notes 7). TargetNotConnected if the node is not served now.
    Result<StreamKey> openStream(const NodeId &node, protocol::StreamKind kind, wire::Open open,
                                 bool resumed = false);
    void accept(const StreamKey &stream, quint64 window, quint64 receiveFrom, const QString &note = {});
    void refuse(const StreamKey &stream, const QString &code, const QString &text);
    // Bytes are kept here until the peer's credit takes them. False, and nothing is kept, beyond maxUnsentStreamBytes: go on at
    // StreamWritable.
    bool write(const StreamKey &stream, std::string bytes);
    void finish(const StreamKey &stream, const wire::Fin &fin = {}); // after what was written
    void reset(const StreamKey &stream, const QString &code, const QString &text = {});
    void acknowledge(const StreamKey &stream, quint64 offset);
    void grant(const StreamKey &stream, quint64 bytes);
    void resize(const StreamKey &stream, quint32 columns, quint32 rows);
    void signalStream(const StreamKey &stream, int number);

signals:
    void nodeConnected(const fb::NodeConnection &connection); // WELCOME is on its way
    void nodeSilent(const fb::NodeId &node); // nothing heard for 40 s
    void nodeHeardAgain(const fb::NodeId &node); // after nodeSilent
    // After everything that came from that connection. Code: transport::causes, "goaway" (reason in the message), "replaced", ...
    void nodeLost(const fb::NodeId &node, quint64 connection, const fb::Error &cause, fb::Instant at);
    void nodeClockMeasured(const fb::NodeId &node, fb::Microseconds offset, fb::Microseconds roundTrip);
    // Batches in order of arrival; a control message and a stream event of one node may swap places within a batch.
    void controlReceived(const QList<fb::NodeMessage> &messages);
    void streamsChanged(const QList<fb::StreamEvent> &events);

    void certificateRefused(const fb::RefusedCertificate &refused);
    void duplicateNodeSeen(
        const fb::NodeConnection &newcomer); // a clone: it is quarantined, the first is not touched
    void identityViolated(const fb::NodeId &node, const QString &what); // for the audit
    void stopped();

private:
    class Private;
    std::unique_ptr<Private> d;
};

}
