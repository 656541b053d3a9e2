#include "tests/unit/protocol/link_pair.h"

#include <algorithm>

namespace fb::test {

namespace {
    void append(std::vector<LinkEvent> &all, std::vector<LinkEvent> more)
    {
        std::move(more.begin(), more.end(), std::back_inserter(all));
    }
}

LinkPair::LinkPair(LinkLimits limits)
    : agent(LinkSide::Agent, limits, clock, random),
      engine(LinkSide::Engine, limits, clock, random)
{
}

void LinkPair::shakeHands()
{
    agent.send(FrameType::Hello, wire::Hello());
    pump();
    engine.send(FrameType::Welcome, wire::Welcome());
    pump();
    engineEvents.clear();
    agentEvents.clear();
    engineFrames.clear();
    agentFrames.clear();
}

void LinkPair::compressBoth()
{
    agent.setCompression(true);
    engine.setCompression(true);
}

void LinkPair::pump()
{
    bool moved = true;
    while (moved) {
        moved = false;
        if (const auto message = agent.nextMessage()) {
            agentFrames.push_back(decodeFrame(*message).value());
            engine.receive(*message);
            moved = true;
        }
        if (const auto message = engine.nextMessage()) {
            engineFrames.push_back(decodeFrame(*message).value());
            agent.receive(*message);
            moved = true;
        }
    }
    append(agentEvents, agent.takeEvents());
    append(engineEvents, engine.takeEvents());
}

void LinkPair::pass(Microseconds time)
{
    const Microseconds step = time > std::chrono::seconds(1) ? Microseconds(1'000'000) : Microseconds(1000);
    while (time > Microseconds(0)) {
        clock.advance(std::min(step, time));
        time -= std::min(step, time);
        agent.onTime();
        engine.onTime();
        pump();
    }
}

StreamNumber LinkPair::openExec(uint64_t window)
{
    const StreamNumber stream = agent.open(StreamKind::ExecOut, {}).value();
    pump();
    engine.accept(stream, window, 0);
    pump();
    agentEvents.clear();
    engineEvents.clear();
    return stream;
}

StreamNumber LinkPair::openPty(uint64_t outputWindow, uint64_t inputWindow)
{
    wire::Open open;
    open.set_window(outputWindow);
    const StreamNumber stream = engine.open(StreamKind::Pty, std::move(open)).value();
    pump();
    agent.accept(stream, inputWindow, 0, "runs as nobody");
    pump();
    agentEvents.clear();
    engineEvents.clear();
    return stream;
}

}
