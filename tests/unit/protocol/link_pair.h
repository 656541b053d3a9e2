#pragma once
// Two Links joined by hand, on one manual clock: what either sends, the other receives at once.

#include "backend/protocol/link.h"

#include "tests/support/manual_clock.h"
#include "tests/support/seeded_random.h"

#include <memory>

namespace fb::test {

using namespace fb::protocol;

class LinkPair
{
public:
    explicit LinkPair(LinkLimits limits = {});

    void shakeHands(); // HELLO and WELCOME
    void compressBoth();
    void pump(); // until neither has anything to send; events gather in agentEvents and engineEvents
    void pass(Microseconds time); // in steps of at most 1 ms up to 1 s, of 1 s beyond; pumps after each
    StreamNumber openExec(uint64_t window); // by the agent, accepted by the engine
    StreamNumber openPty(uint64_t outputWindow, uint64_t inputWindow); // by the engine, accepted by the agent

    template <typename Event>
    static std::vector<Event> take(std::vector<LinkEvent> &events)
    {
        std::vector<Event> found;
        for (const LinkEvent &event : events) {
            if (const auto *wanted = std::get_if<Event>(&event))
                found.push_back(*wanted);
        }
        std::erase_if(events, [](const LinkEvent &event) { return std::holds_alternative<Event>(event); });
        return found;
    }

    ManualClock clock;
    SeededRandom random;
    Link agent;
    Link engine;
    std::vector<LinkEvent> agentEvents;
    std::vector<LinkEvent> engineEvents;
    std::vector<Frame> agentFrames; // all that the agent sent
    std::vector<Frame> engineFrames;
};

}
