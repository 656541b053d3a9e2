#pragma once
// One simulated node: enrols, connects, answers orders, comes back after a break. The agent's own NodeCore drives it; ledger and workers are
// in memory. Lives on the thread of its io_context.

#include "agent/supervisor/enrolment.h"
#include "agent/supervisor/memory_ledger.h"
#include "agent/supervisor/node_core.h"
#include "app/fleetsim/sim_worker_host.h"
#include "backend/protocol/reconnect_policy.h"
#include "backend/transport/http_post.h"
#include "backend/transport/web_socket.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <memory>
#include <string>

namespace fb::sim {

// What all nodes of a fleet share.
struct SimEngine {
    std::string urlText; // as a node is told
    transport::EndpointUrl url;
    std::shared_ptr<const transport::ClientTls> pinnedTls; // by the hash of its CA, until the CA is known
    std::string agentVersion;
    int powerCuts
        = 0; // percent of the moments around a write of trust or certificate at which a node's power goes
};

struct SimActivation {
    std::string id;
    std::string code;
};

class SimNode final : private transport::WebSocketHandler
{
public:
    // Who counts. Called on the node's thread.
    class Owner
    {
    public:
        virtual ~Owner() = default;
        virtual void enrolled() = 0;
        virtual void enrolmentFailed(const Error &error, bool mayTryAgain) = 0;
        virtual void connected() = 0;
        virtual void disconnected() = 0;
        // The client context of all nodes that trust the same CAs, made once they are known.
        virtual Result<std::shared_ptr<const transport::ClientTls>>
        tlsFor(const agent::Registration &registration) = 0;
    };

    SimNode(boost::asio::io_context &context, const SimEngine &engine, size_t number, Owner &owner);
    ~SimNode();

    void enrol(const SimActivation &activation); // connects afterwards
    void stop(); // says good-bye and closes
    bool isStopped() const { return m_stopping && !m_socket; }

private:
    void enrolmentAnswered(Result<transport::HttpAnswer> answer);
    void retryEnrolment(const Error &error);
    void begin(const agent::Registration &registration, const std::string &certificateDer);
    void dial();
    void dialLater();
    void dialAfter(std::chrono::milliseconds delay);
    void pump();
    void takeEvents();
    // As agent::AgentService does, on a disk in memory.
    void trustGiven(const wire::TrustBundle &bundle);
    void renewWithin(std::chrono::milliseconds spread);
    void renewed(const wire::Renewed &renewed);
    void welcomed();
    bool powerFails(); // now: everything but the disk is lost
    void useOtherPair();
    void armTimer();
    wire::NodeFacts facts() const;

    void onOpened() override;
    void onMessage(std::string_view message) override;
    void onWritten() override;
    void onClosed(const Error &cause) override;

    boost::asio::io_context &m_context;
    const SimEngine &m_engine;
    size_t m_number;
    std::string m_name; // sim-00042
    Owner &m_owner;
    SystemClock m_clock;
    SecureRandom m_random;
    protocol::ReconnectPolicy m_policy;
    boost::asio::steady_timer m_timer; // the core's deadline while connected, the next try otherwise
    Tick m_armedFor = Tick::max();

    agent::PendingEnrolment m_pending; // the same key and nonce for every try: the engine counts one node
    SimActivation m_activation;
    std::string m_fingerprint;
    std::unique_ptr<transport::HttpPost> m_enrolment;

    agent::Registration m_registration; // on its disk, as the pairs below
    std::shared_ptr<const transport::TlsIdentity> m_pair;
    std::shared_ptr<const transport::TlsIdentity> m_nextPair; // renewed, not proven yet
    SecretBytes m_renewalKey;
    std::shared_ptr<const transport::ClientTls> m_tls;
    std::shared_ptr<const transport::TlsIdentity> m_identity; // in use
    boost::asio::steady_timer m_renewTimer;
    std::shared_ptr<transport::SessionCache> m_sessions;
    agent::MemoryLedger m_ledger;
    SimWorkerHost m_host;
    std::unique_ptr<agent::NodeCore> m_core;
    std::unique_ptr<transport::WebSocket> m_socket;
    bool m_welcomed = false;
    bool m_stopping = false;
};

}
