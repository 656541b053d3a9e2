#pragma once
// The exec-out and exec-err streams of one node: each output of a step is one stream, opened by the agent, again after every reconnect, until
// the engine has acknowledged its last byte (protocol-notes 7). The bytes stay in the spool; here are only offsets. Part of NodeCore.

#include "agent/supervisor/worker_host.h"
#include "backend/core/clock.h"
#include "backend/protocol/link.h"

#include <map>
#include <set>

namespace fb::agent {

class OutputStreams
{
public:
    OutputStreams(WorkerHost &host, const Clock &clock) : m_host(host), m_clock(clock) { }

    void found(const OutputFound &output); // left by an earlier supervisor
    void grew(const OutputKey &key, uint64_t size);
    void stepEnded(const OrderKey &order, const wire::OrderStep &step);
    void workerEnded(const OrderKey &order, const wire::OrderResult &result); // every output is complete
    // Its files go as soon as the engine has every byte, or wants none.
    void orderForgotten(const OrderKey &order);

    void linkUp(protocol::Link &link);
    void linkDown();
    bool owns(protocol::StreamNumber stream) const { return m_byStream.contains(stream); }
    void opened(protocol::StreamNumber stream, const wire::Opened &opened);
    void refused(protocol::StreamNumber stream, const std::string &code);
    void acknowledged(protocol::StreamNumber stream, uint64_t offset);
    void writable(protocol::StreamNumber stream);
    void reset(protocol::StreamNumber stream);

    // Gives the link a little of every output that has credit; false when there was nothing to give. Called when the link has nothing
    // else to send, so that bytes wait in the spool and not in memory.
    bool pump();
    bool hasReady() const { return !m_ready.empty(); }

    void onTime();
    Tick nextDeadline() const { return m_retryAt; }
    bool isEmpty() const { return m_outputs.empty(); }

private:
    struct Output {
        uint64_t size = 0;
        bool complete = false;
        uint64_t dropped = 0;
        protocol::StreamNumber stream = 0; // 0: not open on this connection
        bool isOpened = false;
        bool wasOpened = false; // on an earlier connection
        bool finSent = false;
        uint64_t sent = 0; // on this connection
        uint64_t acknowledged = 0;
    };

    void complete(const OutputKey &key, uint64_t size, uint64_t dropped);
    void open(const OutputKey &key, Output &output);
    void openAll();
    void markReady(const OutputKey &key, Output &output);
    void remove(const OutputKey &key);
    void detach(Output &output);
    void discardIfDone(const OrderKey &order);

    WorkerHost &m_host;
    const Clock &m_clock;
    protocol::Link *m_link = nullptr;
    std::map<OutputKey, Output> m_outputs; // only those whose bytes the engine does not have yet
    std::map<protocol::StreamNumber, OutputKey> m_byStream;
    std::set<OutputKey> m_ready;
    std::set<OrderKey> m_forgotten;
    Tick m_retryAt = Tick::max(); // streams were refused as busy
};

}
