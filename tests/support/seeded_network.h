#pragma once
// An in-process network between a node and an engine that misbehaves by a seed, in virtual time: it delays, cuts connections in the middle
// of what is under way, lets one side believe for a while that it is still connected, and connects again. The same seed gives the same
// run. Transport only: what travels are whole messages, in order, as over a WebSocket; a message cut in the middle never arrives.

#include "backend/core/clock.h"
#include "backend/core/random.h"

#include "tests/support/manual_clock.h"

#include <array>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace fb::test {

// One side: the shape of agent::NodeCore, and of whatever plays the engine.
class NetworkPeer
{
public:
    virtual ~NetworkPeer() = default;
    virtual void connected() = 0; // a new connection
    virtual void disconnected() = 0; // this side has noticed its end
    virtual void received(std::string_view message) = 0;
    virtual std::optional<std::string> nextMessage() = 0;
    virtual bool wantsToRead() const { return true; }
    virtual bool wantsToClose() const { return false; } // its link has failed
    virtual void onTime() = 0;
    virtual Tick nextDeadline() const = 0;
};

struct NetworkFaults {
    Microseconds minDelay {50};
    Microseconds maxDelay {20'000};
    Microseconds meanUptime {2'000'000}; // of a connection, until it is cut; 0: never cut
    Microseconds maxOutage {3'000'000}; // from the node's notice to its next try
    double halfOpenChance = 0.3; // that one side learns of a cut late
    Microseconds maxHalfOpen {30'000'000};
    size_t windowBytes = 64 * 1024; // under way in one direction
};

class SeededNetwork
{
public:
    SeededNetwork(ManualClock &clock, Random &random, NetworkPeer &node, NetworkPeer &engine,
                  NetworkFaults faults);

    // Runs until `done` or until `limit` of virtual time has passed; false for the latter. `beforeStep` may crash and replace what is
    // behind the peers.
    bool run(Microseconds limit, const std::function<bool()> &done,
             const std::function<void()> &beforeStep = {});
    void cut(); // now
    void cutFor(Microseconds outage); // nothing gets through for so long
    void dropSide(size_t side); // that process is gone: its sockets close at once (0: node, 1: engine)
    bool isConnected() const { return m_sides[0].open && m_sides[1].open && !m_broken; }
    int cuts() const { return m_cuts; }
    uint64_t messagesLost() const { return m_lost; }
    uint64_t messagesDelivered() const { return m_delivered; }

private:
    struct Flight {
        Tick at;
        std::string message;
    };
    struct Side {
        NetworkPeer *peer;
        bool open = false; // believes so
        Tick noticesAt = Tick::max(); // the end of its connection
        std::deque<Flight> incoming;
        size_t incomingBytes = 0;
        Tick lastArrival {};
    };
    void step();
    void connect();
    void close(size_t side);
    void deliver(size_t side);
    void pump();
    Microseconds between(Microseconds least, Microseconds most);

    ManualClock &m_clock;
    Random &m_random;
    NetworkFaults m_faults;
    std::array<Side, 2> m_sides;
    bool m_broken = true; // nothing passes any more, whatever the sides believe
    Tick m_dialAt;
    Tick m_cutAt = Tick::max();
    Microseconds m_nextOutage {0};
    int m_cuts = 0;
    uint64_t m_lost = 0;
    uint64_t m_delivered = 0;
};

}
