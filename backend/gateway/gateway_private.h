#pragma once
// The inside of Gateway: gateway.cpp (life and the public calls), gateway_admission.cpp (from HELLO to WELCOME, and loss),
// gateway_events.cpp (what I/O threads hand over). Engine thread.

#include "backend/gateway/gateway.h"
#include "backend/gateway/gateway_event.h"
#include "backend/gateway/half_open.h"
#include "backend/gateway/io_thread.h"
#include "backend/gateway/listener.h"
#include "backend/gateway/node_link.h"
#include "backend/gateway/revoked_serials.h"

#include <QLoggingCategory>
#include <QTimer>

#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

namespace fb {

Q_DECLARE_LOGGING_CATEGORY(lcGateway)

class Gateway::Private
{
public:
    Private(Gateway &gateway, const Clock &clock, Random &random, AdmissionHandler &admission,
            EnrolmentHandler &enrolment, RenewalHandler &renewal);

    enum class Stage : quint8 {
        Waiting, // an older connection of the node is being asked whether it lives
        Deciding, // the admission handler has it
        Served,
        Quarantined, // welcomed, but not served
    };

    struct Stream {
        size_t unsent = 0;
        bool wantsRoom = false; // write() was refused: tell when there is room
    };

    // What is kept of a connection for its life; HELLO is not.
    struct Connection {
        NodeId node;
        quint64 number = 0;
        unsigned thread = 0;
        Stage stage = Stage::Deciding;
        bool wasAnnounced = false; // nodeConnected was emitted
        std::string serial;
        std::string bootId;
        std::shared_ptr<Liveness> liveness;
        std::unique_ptr<NodeConnection> hello; // until it is decided
        quint64 leaseEpoch = 0;
        bool compresses = false;
        bool signsOrders = false;
        std::string openChallenge; // of its HELLO; none: what is opened on it is not signed
        quint64 opensSigned = 0;
        quint64 profilesSigned = 0;
        std::unordered_map<quint64, Stream> streams;
    };

    // gateway.cpp
    Result<void> applyTls(const GatewayTls &tls);
    void shutDown(); // threads and all; silent
    Connection *find(quint64 connection);
    Connection *servedConnection(const NodeId &node);
    const Connection *servedConnection(const NodeId &node) const;
    Stream *find(const StreamKey &key);
    void toLink(const Connection &connection, std::function<void(NodeLink &)> call);
    void toStream(const StreamKey &key, std::function<void(NodeLink &)> call);

    // gateway_admission.cpp
    void helloCame(HelloCame &&hello);
    std::optional<wire::ErrorReport> refusalByPolicy(const wire::Hello &hello) const;
    bool signsOpens(const wire::Hello &hello) const;
    void judgeDuplicate(quint64 connection);
    void askAdmission(quint64 connection);
    void decided(quint64 connection, const AdmitDecision &decision);
    void admit(Connection &connection, wire::Welcome welcome, bool served);
    wire::Welcome completed(wire::Welcome welcome, const NodeConnection &hello) const;
    void quarantineClone(quint64 connection);
    void turnAway(quint64 connection, const wire::ErrorReport &report, quint16 closeCode);
    void lose(quint64 connection, const Error &cause); // forget it, tell the services
    void dismiss(quint64 connection, quint16 closeCode, const Error &cause,
                 const std::optional<wire::ErrorReport> &report,
                 const std::optional<wire::GoAway> &goAway = {});
    void makeRoomForClone(const NodeId &node); // the first is gone: its clone may come again

    // gateway_events.cpp
    void drain(unsigned thread);
    void came(HelloCame &&event);
    void came(NodeMessage &&event);
    void came(StreamEvent &&event);
    void came(ConnectionClosed &&event);
    void came(StreamTaken &&event);
    void came(StreamGone &&event);
    void came(NodeFellSilent &&event);
    void came(NodeSpokeAgain &&event);
    void came(NodeClockSeen &&event);
    void came(EnrolCame &&event);
    void came(RefusedCertificate &&event);
    void renew(const Connection &connection, NodeMessage &&message);
    void flushBatches();

    Gateway &q;
    const Clock &clock;
    Random &random;
    AdmissionHandler &admission;
    EnrolmentHandler &enrolment;
    RenewalHandler &renewal;
    GatewayOptions options;
    Signer signer;

    RevokedSerials revoked;
    std::unique_ptr<HalfOpen> halfOpen;
    std::atomic<quint64> numbers {1};
    std::vector<std::unique_ptr<IoThread>> threads;
    std::shared_ptr<Listener> listener;

    std::unordered_map<quint64, Connection> connections;
    std::unordered_map<NodeId, quint64>
        served; // the one connection of a node that is served or quarantined by its service
    std::unordered_map<NodeId, quint64> clones; // the newest quarantined clone of a node
    QList<NodeMessage> messages; // of the batch that is being drained
    QList<StreamEvent> streamEvents;
    std::shared_ptr<bool> alive = std::make_shared<bool>(true); // for callbacks that outlive us
    bool stopping = false;
    QTimer stopTimer;
};

}
