#include "app/fleetsim/sim_fleet.h"

#include "agent/supervisor/trusted_cas.h"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>

#include <algorithm>

namespace fb::sim {

namespace {
    constexpr std::chrono::seconds kStopWithin {5};

    thread_local size_t t_justEnrolled = 0; // nodes of this thread that made room for the next
}

SimFleet::SimFleet(SimEngine engine, std::vector<SimActivation> activations, size_t nodes, size_t threads)
    : m_engine(std::move(engine)),
      m_activations(std::move(activations)),
      m_nodeCount(nodes)
{
    for (size_t i = 0; i < threads; ++i)
        m_shards.push_back(std::make_unique<Shard>());
    for (size_t number = 0; number < nodes; ++number) {
        Shard &shard = *m_shards[number % threads];
        shard.nodes.push_back(std::make_unique<SimNode>(shard.context, m_engine, number, *this));
        shard.numbers.push_back(number);
    }
}

SimFleet::~SimFleet() { stop(); }

void SimFleet::start()
{
    for (const auto &shard : m_shards) {
        shard->thread = std::thread([this, &shard = *shard] {
            const auto work = boost::asio::make_work_guard(shard.context);
            for (size_t i = 0; i < kEnrolAtOnce; ++i)
                enrolNext(shard);
            while (!shard.context.stopped()) {
                shard.context.run_one();
                for (; t_justEnrolled > 0; --t_justEnrolled)
                    enrolNext(shard);
            }
            shard.nodes.clear(); // on the thread they lived on
        });
    }
}

void SimFleet::enrolNext(Shard &shard)
{
    if (shard.nextToEnrol == shard.nodes.size())
        return;
    const size_t index = shard.nextToEnrol++;
    shard.nodes[index]->enrol(m_activations[shard.numbers[index] / kNodesPerActivation]);
}

void SimFleet::enrolled()
{
    ++m_enrolled;
    ++t_justEnrolled;
}

void SimFleet::enrolmentFailed(const Error &error, bool mayTryAgain)
{
    if (mayTryAgain) {
        ++m_retries;
        return;
    }
    const std::lock_guard lock(m_mutex);
    if (!m_failure)
        m_failure = error;
}

std::optional<Error> SimFleet::failure() const
{
    const std::lock_guard lock(m_mutex);
    return m_failure;
}

Result<std::shared_ptr<const transport::ClientTls>> SimFleet::tlsFor(const agent::Registration &registration)
{
    const std::lock_guard lock(m_mutex);
    auto &known = m_caTls[registration.caVersion];
    if (!known) {
        auto made = agent::trustOf(registration);
        if (!made)
            return made.error();
        known = *made;
    }
    return known;
}

bool SimFleet::allStopped(const Shard &shard) const
{
    return std::all_of(shard.nodes.begin(), shard.nodes.end(),
                       [](const auto &node) { return node->isStopped(); });
}

// The closing handshakes take a moment; whoever does not answer is cut.
void SimFleet::stopWhenClosed(Shard &shard, std::chrono::steady_clock::time_point giveUp)
{
    if (allStopped(shard) || std::chrono::steady_clock::now() >= giveUp) {
        shard.context.stop();
        return;
    }
    shard.stopTimer.expires_after(std::chrono::milliseconds(20));
    shard.stopTimer.async_wait(
        [this, &shard, giveUp](const boost::system::error_code &) { stopWhenClosed(shard, giveUp); });
}

void SimFleet::stop()
{
    for (const auto &shard : m_shards) {
        if (!shard->thread.joinable())
            continue;
        boost::asio::post(shard->context, [this, &shard = *shard] {
            shard.nextToEnrol = shard.nodes.size();
            for (const auto &node : shard.nodes)
                node->stop();
            stopWhenClosed(shard, std::chrono::steady_clock::now() + kStopWithin);
        });
    }
    for (const auto &shard : m_shards) {
        if (shard->thread.joinable())
            shard->thread.join();
    }
}

}
