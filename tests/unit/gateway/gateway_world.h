#pragma once
// A running gateway with a fake fleet behind it, and agents that dial it over loopback, all driven by the test's event loop.

#include "backend/gateway/gateway.h"
#include "backend/transport/http_post.h"
#include "backend/transport/web_socket.h"
#include "tests/support/test_certificates.h"

#include <boost/asio/io_context.hpp>

#include <QSignalSpy>
#include <QTimer>

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace fb::test {

inline constexpr auto kFleet = "11111111-2222-4333-8444-555555555555";
inline const NodeId kNodeA {"mi-0000000000000000a"};
inline const NodeId kNodeB {"mi-0000000000000000b"};

// What the fleet, activation and certificate services would say.
class FakeServices : public AdmissionHandler, public EnrolmentHandler, public RenewalHandler
{
public:
    virtual ~FakeServices() = default;
    void admit(const NodeConnection &connection, std::function<void(AdmitDecision)> decide) override;
    void enrol(const wire::EnrolRequest &request, const QString &address,
               std::function<void(wire::EnrolAnswer)> answer) override;
    void renew(const NodeConnection &connection, const std::string &csrDer,
               std::function<void(wire::Renewed)> answer) override;

    std::function<AdmitDecision(const NodeConnection &)> decision;
    bool holdsBack = false; // decisions wait in `held`
    std::vector<std::function<void()>> held;
    std::vector<NodeConnection> asked;
    std::vector<wire::EnrolRequest> enrolments;
    std::function<wire::EnrolAnswer(const wire::EnrolRequest &)> enrolAnswer;
    std::vector<std::string> renewals;
};

// The real time, with a wall clock that can be set.
class SettableClock final : public Clock
{
public:
    Instant now() const override { return SystemClock().now() + m_shift.load(); }
    Tick tick() const override { return SystemClock().tick(); }
    void set(Microseconds shift) { m_shift = shift; }

private:
    std::atomic<Microseconds> m_shift {Microseconds(0)};
};

class GatewayWorld;

// One agent's connection.
class TestAgent : public transport::WebSocketHandler
{
public:
    TestAgent(GatewayWorld &world, std::shared_ptr<const transport::TlsIdentity> identity,
              std::shared_ptr<transport::SessionCache> sessions = nullptr);
    virtual ~TestAgent();

    void connect(); // and say HELLO once up
    void send(protocol::FrameType type, const google::protobuf::MessageLite &message,
              std::string payload = {});
    void sendRaw(std::string message); // any bytes as a WebSocket message
    void pump(); // after calls on link
    void cut() { m_socket.reset(); } // as if the power had gone
    template <typename Event>
    std::vector<Event> all() const
    {
        std::vector<Event> found;
        for (const auto &event : events) {
            if (const auto *each = std::get_if<Event>(&event))
                found.push_back(*each);
        }
        return found;
    }
    bool isWelcomed() const { return welcome.has_value(); }
    std::optional<wire::ErrorReport> error() const; // the newest ERROR
    std::optional<wire::GoAway> goAway() const;

    GatewayWorld &world;
    wire::Hello hello;
    std::optional<wire::Welcome> welcome;
    std::optional<Error> closed;
    uint16_t closeCode = 0;
    bool resumed = false;
    bool isMute = false; // takes what comes but answers nothing, as a half-open link does
    bool opened = false;
    std::vector<protocol::LinkEvent> events;
    std::unique_ptr<protocol::Link> link;

private:
    void onOpened() override;
    void onMessage(std::string_view message) override;
    void onWritten() override;
    void onClosed(const Error &cause) override;
    void write();

    std::shared_ptr<const transport::TlsIdentity> m_identity;
    std::shared_ptr<transport::SessionCache> m_sessions;
    std::unique_ptr<transport::WebSocket> m_socket;
    std::vector<std::string> m_raw;
    std::string m_received;
};

class GatewayWorld
{
public:
    explicit GatewayWorld(GatewayOptions options = {});
    ~GatewayWorld();

    std::shared_ptr<const transport::TlsIdentity> identity(const NodeId &node) const;
    std::shared_ptr<const transport::TlsIdentity> identity(const TestCertificate &certificate) const;
    std::unique_ptr<TestAgent> agent(const NodeId &node); // not connected yet
    std::unique_ptr<TestAgent> connected(const NodeId &node); // welcomed
    std::unique_ptr<transport::HttpPost> post(std::string body,
                                              std::optional<Result<transport::HttpAnswer>> &answer);
    transport::ClientOptions clientOptions(std::shared_ptr<const transport::TlsIdentity> identity) const;
    bool waitFor(const std::function<bool()> &until,
                 std::chrono::milliseconds within = std::chrono::seconds(10));

    SettableClock clock;
    SecureRandom random;
    TestCa ca;
    FakeServices services;
    std::unique_ptr<Gateway> gateway;
    boost::asio::io_context context {1}; // of the agents
    std::shared_ptr<const transport::ClientTls> clientTls;

    QList<NodeConnection> nodesConnected;
    struct Loss {
        NodeId node;
        quint64 connection;
        Error cause;
    };
    std::vector<Loss> losses;
    QList<NodeMessage> messages;
    QList<StreamEvent> streamEvents;
    QList<RefusedCertificate> refusedCertificates;
    std::vector<NodeConnection> clones;
    std::vector<std::pair<NodeId, QString>> violations;
    std::vector<NodeId> silent;

private:
    QTimer m_poll;
};

}
