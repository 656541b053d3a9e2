#pragma once
// All simulated nodes, spread over the threads, each thread with an event loop of its own. Made, watched and stopped by main.

#include "app/fleetsim/sim_node.h"

#include <boost/asio/steady_timer.hpp>

#include <atomic>
#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace fb::sim {

class SimFleet final : public SimNode::Owner
{
public:
    static constexpr size_t kNodesPerActivation = 1000; // an activation's limit
    static constexpr size_t kEnrolAtOnce = 32; // a thread

    // Node i enrols with activations[i / kNodesPerActivation].
    SimFleet(SimEngine engine, std::vector<SimActivation> activations, size_t nodes, size_t threads);
    ~SimFleet();

    void start();
    void stop(); // disconnects all, at most some seconds; ends the threads

    // Any thread.
    size_t enrolledCount() const { return m_enrolled; }
    size_t connectedCount() const { return m_connected; }
    size_t retryCount() const { return m_retries; }
    std::optional<Error> failure() const; // an enrolment that no second try can mend

private:
    struct Shard {
        boost::asio::io_context context {1};
        boost::asio::steady_timer stopTimer {context};
        std::vector<std::unique_ptr<SimNode>> nodes;
        std::vector<size_t> numbers;
        size_t nextToEnrol = 0; // index in nodes
        std::thread thread;
    };

    void enrolNext(Shard &shard);
    void stopWhenClosed(Shard &shard, std::chrono::steady_clock::time_point giveUp);
    bool allStopped(const Shard &shard) const;

    void enrolled() override;
    void enrolmentFailed(const Error &error, bool mayTryAgain) override;
    void connected() override { ++m_connected; }
    void disconnected() override { --m_connected; }
    Result<std::shared_ptr<const transport::ClientTls>>
    tlsFor(const agent::Registration &registration) override;

    SimEngine m_engine;
    std::vector<SimActivation> m_activations;
    size_t m_nodeCount;
    std::vector<std::unique_ptr<Shard>> m_shards;
    std::atomic<size_t> m_enrolled = 0;
    std::atomic<size_t> m_connected = 0;
    std::atomic<size_t> m_retries = 0;
    mutable std::mutex m_mutex;
    std::optional<Error> m_failure;
    std::map<uint64_t, std::shared_ptr<const transport::ClientTls>> m_caTls; // by version of what is trusted
};

}
