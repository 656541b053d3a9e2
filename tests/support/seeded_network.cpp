#include "tests/support/seeded_network.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace fb::test {

SeededNetwork::SeededNetwork(ManualClock &clock, Random &random, NetworkPeer &node, NetworkPeer &engine,
                             NetworkFaults faults)
    : m_clock(clock),
      m_random(random),
      m_faults(faults),
      m_dialAt(clock.tick())
{
    m_sides[0].peer = &node;
    m_sides[1].peer = &engine;
}

Microseconds SeededNetwork::between(Microseconds least, Microseconds most)
{
    return least + Microseconds(m_random.below(static_cast<uint64_t>((most - least).count()) + 1));
}

bool SeededNetwork::run(Microseconds limit, const std::function<bool()> &done,
                        const std::function<void()> &beforeStep)
{
    const Tick end = m_clock.tick() + limit;
    pump();
    while (!done()) {
        if (m_clock.tick() >= end)
            return false;
        if (beforeStep)
            beforeStep();
        step();
    }
    return true;
}

void SeededNetwork::step()
{
    Tick next = m_cutAt;
    if (!m_sides[0].open)
        next = std::min(next, m_dialAt);
    for (const Side &side : m_sides) {
        next = std::min({next, side.noticesAt, side.peer->nextDeadline()});
        if (side.open && !side.incoming.empty() && side.peer->wantsToRead())
            next = std::min(next, side.incoming.front().at);
    }
    next = std::min(next, m_clock.tick() + std::chrono::minutes(10));
    if (next > m_clock.tick())
        m_clock.advance(next - m_clock.tick());
    else
        m_clock.advance(Microseconds(1)); // a deadline in the past must not stop the time

    const Tick now = m_clock.tick();
    if (now >= m_cutAt)
        cut();
    for (size_t side = 0; side < m_sides.size(); ++side) {
        deliver(side);
        if (m_sides[side].open && (now >= m_sides[side].noticesAt || m_sides[side].peer->wantsToClose()))
            close(side);
    }
    if (!m_sides[0].open && now >= m_dialAt)
        connect();
    for (const Side &side : m_sides) {
        if (now >= side.peer->nextDeadline())
            side.peer->onTime();
    }
    pump();
}

void SeededNetwork::connect()
{
    if (m_sides[1].open)
        close(1); // the engine replaces the old connection of that node
    for (Side &side : m_sides) {
        side.incoming.clear();
        side.incomingBytes = 0;
        side.noticesAt = Tick::max();
        side.lastArrival = m_clock.tick();
        side.open = true;
    }
    m_broken = false;
    if (m_faults.meanUptime > Microseconds(0)) {
        const double share = -std::log(1.0 - m_random.unit());
        m_cutAt = m_clock.tick()
            + Microseconds(static_cast<int64_t>(share * static_cast<double>(m_faults.meanUptime.count())));
    }
    for (Side &side : m_sides)
        side.peer->connected();
}

void SeededNetwork::cut()
{
    m_cutAt = Tick::max();
    if (m_broken)
        return;
    m_broken = true;
    ++m_cuts;
    const bool halfOpen = m_random.unit() < m_faults.halfOpenChance;
    const size_t lateSide = m_random.below(2);
    for (size_t i = 0; i < m_sides.size(); ++i) {
        Side &side = m_sides[i];
        // Some of what was under way has arrived before the cut, the rest never will.
        const size_t arrives = m_random.below(side.incoming.size() + 1);
        while (side.incoming.size() > arrives) {
            side.incomingBytes -= side.incoming.back().message.size();
            side.incoming.pop_back();
            ++m_lost;
        }
        const bool late = halfOpen && i == lateSide;
        side.noticesAt = std::max(m_clock.tick(), side.incoming.empty() ? Tick {} : side.incoming.back().at)
            + (late ? between(Microseconds(0), m_faults.maxHalfOpen)
                    : between(Microseconds(0), m_faults.maxDelay));
    }
}

void SeededNetwork::cutFor(Microseconds outage)
{
    m_nextOutage = outage;
    if (m_broken && !m_sides[0].open)
        m_dialAt = m_clock.tick() + std::exchange(m_nextOutage, Microseconds(0));
    cut();
}

void SeededNetwork::dropSide(size_t index)
{
    cut();
    Side &side = m_sides[index];
    side.incoming.clear();
    side.incomingBytes = 0;
    side.noticesAt = Tick::max();
    side.open = false;
    if (index == 0)
        m_dialAt = m_clock.tick() + between(Microseconds(0), m_faults.maxOutage);
}

void SeededNetwork::close(size_t index)
{
    Side &side = m_sides[index];
    side.open = false;
    side.noticesAt = Tick::max();
    m_lost += side.incoming.size();
    side.incoming.clear();
    side.incomingBytes = 0;
    side.peer->disconnected();
    if (!m_broken) { // it closed by itself: the other side hears of it
        m_broken = true;
        m_cutAt = Tick::max();
        m_sides[1 - index].noticesAt = m_clock.tick() + between(m_faults.minDelay, m_faults.maxDelay);
    }
    if (index == 0) {
        m_dialAt = m_clock.tick() + between(Microseconds(0), m_faults.maxOutage)
            + std::exchange(m_nextOutage, Microseconds(0));
    }
}

void SeededNetwork::deliver(size_t index)
{
    Side &side = m_sides[index];
    while (side.open && !side.incoming.empty() && side.incoming.front().at <= m_clock.tick()
           && side.peer->wantsToRead()) {
        const std::string message = std::move(side.incoming.front().message);
        side.incomingBytes -= message.size();
        side.incoming.pop_front();
        ++m_delivered;
        side.peer->received(message);
    }
}

void SeededNetwork::pump()
{
    for (size_t i = 0; i < m_sides.size(); ++i) {
        Side &from = m_sides[i];
        Side &to = m_sides[1 - i];
        while (from.open && to.incomingBytes < m_faults.windowBytes) {
            std::optional<std::string> message = from.peer->nextMessage();
            if (!message)
                break;
            if (m_broken || !to.open) { // into the void, though the sender does not know it yet
                ++m_lost;
                continue;
            }
            to.incomingBytes += message->size();
            to.lastArrival
                = std::max(to.lastArrival, m_clock.tick() + between(m_faults.minDelay, m_faults.maxDelay));
            to.incoming.push_back({to.lastArrival, std::move(*message)});
        }
    }
}

}
