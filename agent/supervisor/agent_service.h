#pragma once
// A running agent: one link to an engine, again and again; the core, its ledger and its workers; metrics and facts; renewal. Lives on the
// thread that calls run().

#include "agent/collectors/hardware_reader.h"
#include "agent/collectors/metrics_collector.h"
#include "agent/network/network_link.h"
#include "agent/platform/private_folder.h"
#include "agent/spool/restrictions.h"
#include "agent/supervisor/agent_log.h"
#include "agent/supervisor/identity.h"
#include "agent/supervisor/known_machine.h"
#include "agent/supervisor/node_core.h"
#include "agent/supervisor/node_health.h"
#include "agent/supervisor/process_worker_host.h"
#include "agent/supervisor/readmission.h"
#include "agent/supervisor/sqlite_ledger.h"
#include "agent/supervisor/tcp_forwards.h"
#include "agent/tools/process_tool_host.h"
#include "backend/core/clock.h"
#include "backend/core/random.h"
#include "backend/protocol/reconnect_policy.h"
#include "backend/transport/web_socket.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>

#include <memory>
#include <string>

namespace fb::agent {

struct AgentServiceOptions {
    std::string agentVersion;
    std::string program; // run for workers
    std::string hardwareRoot = {}; // of HardwareReader
    wire::NodeProfile own = {}; // what the configuration file denies
    std::string journalFolder = {}; // that it names
    std::string logFile = {}; // empty: standard error
    uint64_t spoolLimit = 0; // bytes; 0: by the disk
    bool sandboxRequired = false; // it says so (NetworkLauncher)
};

class AgentService final : private transport::WebSocketHandler
{
public:
    // The node in `state` is registered.
    static Result<std::unique_ptr<AgentService>> make(boost::asio::io_context &context,
                                                      const PrivateFolder &state, AgentServiceOptions options,
                                                      const Clock &clock, Random &random);
    ~AgentService();

    int run(); // until SIGTERM or SIGINT; exit code
    bool startsAgain() const { return m_startsAgain; } // it ended for a new program, by kStartAgainSignal

private:
    AgentService(boost::asio::io_context &context, const PrivateFolder &state, AgentServiceOptions options,
                 const Clock &clock, Random &random);
    Result<void> prepare();
    void recogniseMachine(int tries); // then connects

    // ---- Connection
    void connect();
    void connectAfter(std::chrono::milliseconds delay);
    void onOpened() override;
    void onMessage(std::string_view message) override;
    void onWritten() override;
    void onClosed(const Error &cause) override;
    void pump(); // after anything that the core did
    void takeEvents();
    void schedule();
    std::vector<std::string> endpointsInOrder() const;
    Result<void> loadIdentity();

    // ---- Events
    void welcomed(const wire::Welcome &welcome);
    void refused(const RefusedByEngine &refused);
    void endpointsChanged(const EndpointsChanged &changed);
    void hibernate(std::string reason); // one try an hour
    void askForReadmission(); // the certificate has expired
    void profileGiven(const wire::NodeProfile &profile);
    void applyProfile();

    // ---- Certificate
    void watchCertificate(bool now);
    void awaitRotation();
    void renew();
    void renewed(const wire::Renewed &renewed);
    void renewWithin(std::chrono::milliseconds spread);
    bool tryOtherPair(const Error &cause);
    void trustGiven(const wire::TrustBundle &bundle); // by which CAs the engine is known from now on

    // ---- Rest
    void collect();
    NodeHealth health() const;
    void watchSpool(); // a full one is told at once
    void reportHealth();
    void watchFacts();
    void keepReserve();
    void stop();
    void closeOnceSaid();
    void finishStop();
    enum class LogLevel { Debug, Info, Warning, Error };
    void log(std::string_view text, LogLevel level = LogLevel::Info);
    void warn(std::string_view text) { log(text, LogLevel::Warning); }
    static std::string shownText(std::string_view text); // of an engine or a peer

    static constexpr std::chrono::hours kHibernation {1};

    boost::asio::io_context &m_context;
    const PrivateFolder &m_state;
    AgentServiceOptions m_options;
    const Clock &m_clock;
    std::unique_ptr<AgentLog> m_log;
    std::optional<Tick> m_spoolFullAt; // when it was last seen full
    bool m_toldSpoolFull = false;
    Random &m_random;
    Identity m_identity;
    NetworkLauncher m_launcher;
    Readmission m_readmission;
    Registration m_registration;
    std::unique_ptr<SqliteLedger> m_ledger;
    std::unique_ptr<ProcessWorkerHost> m_host;
    std::unique_ptr<ProcessToolHost> m_toolHost;
    std::unique_ptr<TcpForwards> m_forwards;
    std::unique_ptr<NodeCore> m_core;
    protocol::ReconnectPolicy m_policy;
    MetricsCollector m_metrics;
    HardwareReader m_reader;
    std::optional<KnownMachine> m_machine;
    wire::HardwareRecord m_hardware; // as read at this start

    std::shared_ptr<const transport::ClientTls> m_tls;
    std::shared_ptr<NetworkTicket> m_ticket;
    Identity::Pair m_pair;
    std::unique_ptr<NetworkLink> m_socket;
    std::unique_ptr<NetworkLink> m_oldSocket; // destroyed outside its own call
    size_t m_nextEndpoint = 0;
    std::string m_endpoint; // of the present try
    bool m_reading = true;
    bool m_preferNewPair = true;
    bool m_switchingPair = false;
    bool m_otherPairTried = false; // since the last good connection, or since both were refused
    bool m_hibernating = false;
    bool m_cutOff = false; // the engine said so, and closes
    uint64_t m_reconnects = 0;
    std::string m_lastTrouble;

    boost::asio::steady_timer m_connectTimer;
    boost::asio::steady_timer m_coreTimer;
    Tick m_wakesAt = Tick::max(); // of m_coreTimer
    boost::asio::steady_timer m_metricsTimer;
    boost::asio::steady_timer m_factsTimer;
    boost::asio::steady_timer m_renewTimer;
    boost::asio::steady_timer m_reserveTimer;
    boost::asio::steady_timer m_stopTimer;
    boost::asio::signal_set m_signals;
    boost::asio::signal_set m_rotateSignal; // of flagbridge-agent rotate
    std::chrono::seconds m_metricsInterval {60};
    std::chrono::seconds m_factsInterval {300};
    LogLevel m_logLevel = LogLevel::Info;
    Restrictions m_restrictions;
    std::string m_sentFacts;
    bool m_stopping = false;
    int m_lastWords = 0; // messages that have left since then
    bool m_startsAgain = false;
};

}
