#pragma once
// One I/O thread of the gateway: its io_context, its connections, and the two queues between it and the engine thread. Both queues are
// handed over whole: one wake-up a batch. Public functions say which thread may call them.

#include "backend/core/clock.h"
#include "backend/core/random.h"
#include "backend/core/token_bucket.h"
#include "backend/gateway/gateway_event.h"
#include "backend/gateway/half_open.h"
#include "backend/protocol/link.h"
#include "backend/transport/server_connection.h"

#include <boost/asio/io_context.hpp>

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace fb {

class NodeLink;

struct IoOptions {
    transport::ConnectionLimits connection;
    protocol::LinkLimits link;
    size_t maxInboxBytes = 0;
    size_t maxInboxEvents = 0;
    size_t maxUnsentControlBytes = 0;
};

class IoThread
{
public:
    // `wakeEngine` is called on the I/O thread when a batch waits for takeEvents(). `numbers` is shared by all threads of a gateway.
    IoThread(unsigned index, const IoOptions &options, const Clock &clock, Random &random, HalfOpen &halfOpen,
             std::atomic<quint64> &numbers, std::function<void()> wakeEngine);
    ~IoThread(); // stop()

    void start(); // engine
    void stop(); // engine: cuts everything, joins
    boost::asio::io_context &context() { return m_context; }

    void setTls(std::shared_ptr<const transport::ServerTls> tls); // any thread
    void adopt(transport::Socket socket); // any thread: a socket of this context
    std::vector<GatewayEvent> takeEvents(); // engine
    void toConnection(quint64 connection, std::function<void(NodeLink &)> call); // engine
    void answerEnrolment(quint64 request, wire::EnrolAnswer answer); // engine

    // For connections, on this thread.
    void push(GatewayEvent event);
    bool isInboxFull() const { return m_inboxFull.load(std::memory_order_relaxed); }
    void resumeWhenDrained(quint64 connection) { m_waiting.insert(connection); }
    void gone(quint64 connection); // destroys it, later
    quint64 newNumber() { return m_numbers.fetch_add(1, std::memory_order_relaxed); }
    const IoOptions &options() const { return m_options; }
    const Clock &clock() const { return m_clock; }
    Random &random() { return m_random; }
    unsigned index() const { return m_index; }

private:
    void begin(transport::Socket socket);
    void request(const std::shared_ptr<transport::ServerConnection> &connection,
                 transport::ServerRequest request);
    void enrol(const std::shared_ptr<transport::ServerConnection> &connection, const std::string &body);
    void failed(const std::shared_ptr<transport::ServerConnection> &connection, const Error &cause,
                const std::optional<transport::PeerCertificate> &certificate);
    void flush();
    void runCalls();
    void drained();

    const unsigned m_index;
    const IoOptions m_options;
    const Clock &m_clock;
    Random &m_random;
    HalfOpen &m_halfOpen;
    std::atomic<quint64> &m_numbers;
    const std::function<void()> m_wakeEngine;

    boost::asio::io_context m_context {1};
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> m_work;
    std::thread m_thread;

    // This thread only.
    TokenBucket m_strangers; // refused certificates of unknown origin that the engine is told of
    std::unordered_map<quint64, std::unique_ptr<NodeLink>> m_links;
    std::unordered_map<quint64, std::shared_ptr<transport::ServerConnection>> m_enrolments;
    std::unordered_set<quint64> m_waiting; // connections not read until the inbox has been drained
    std::vector<GatewayEvent> m_fresh;
    bool m_flushPosted = false;

    // Both.
    std::mutex m_mutex;
    std::shared_ptr<const transport::ServerTls> m_tls;
    std::vector<GatewayEvent> m_inbox;
    size_t m_inboxBytes = 0;
    bool m_engineWoken = false;
    std::vector<std::pair<quint64, std::function<void(NodeLink &)>>> m_calls;
    bool m_callsPosted = false;
    std::atomic<bool> m_inboxFull {false};
};

}
