#pragma once
// A node with commands and a terminal, and an engine that stores what they write, reduced to their streams: for histories over many cuts
// and engine restarts (protocol-notes 7 and 9). Byte n of a stream is a function of the stream and n, so that a byte lost, doubled or
// out of order shows at once.

#include "backend/protocol/link.h"

#include "tests/support/manual_clock.h"
#include "tests/support/seeded_network.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace fb::test {

std::string streamBytes(uint64_t stream, uint64_t from, uint64_t count);

// What must never happen is noted here, and fails the test.
struct History {
    std::vector<std::string> faults;
    uint64_t resumes = 0;
    uint64_t resentBytes = 0;
    bool compresses = false; // how this history is set up
};

// One thing on the node that writes; lives on without a link.
struct NodeStream {
    uint64_t id = 0;
    protocol::StreamKind kind = protocol::StreamKind::ExecOut;
    std::string token;
    uint64_t total = 0; // bytes it will write
    uint64_t produced = 0;
    uint64_t acked = 0; // may be forgotten
    uint64_t inputTaken = 0;
    bool settled = false; // its end was acknowledged
    // of the present connection
    protocol::StreamNumber number = 0;
    uint64_t sendFrom = 0; // next byte for Link
    bool isOpen = false;
    bool finished = false;
};

class StreamNode final : public NetworkPeer
{
public:
    StreamNode(std::vector<NodeStream> streams, ManualClock &clock, Random &random, History &history);

    void connected() override;
    void disconnected() override;
    void received(std::string_view message) override;
    std::optional<std::string> nextMessage() override;
    bool wantsToClose() const override { return m_link && m_link->hasFailed(); }
    void onTime() override;
    Tick nextDeadline() const override;
    bool isDone() const;

private:
    void handleEvents();
    void produce();
    void write(NodeStream &stream);
    NodeStream *byNumber(protocol::StreamNumber number);

    std::map<uint64_t, NodeStream> m_streams;
    ManualClock &m_clock;
    Random &m_random;
    History &m_history;
    std::unique_ptr<protocol::Link> m_link;
    Tick m_produceAt;
};

class StreamEngine final : public NetworkPeer
{
public:
    // `inputBytes`: how much is typed into the terminal.
    StreamEngine(ManualClock &clock, Random &random, History &history, uint64_t inputBytes);

    void connected() override;
    void disconnected() override;
    void received(std::string_view message) override;
    std::optional<std::string> nextMessage() override;
    bool wantsToClose() const override { return m_link && m_link->hasFailed(); }
    void onTime() override;
    Tick nextDeadline() const override;
    void crash(); // only what is durable stays

    uint64_t durableOf(uint64_t stream) const;
    bool hasEnded(uint64_t stream) const;
    uint64_t inputConfirmed() const { return m_inputConfirmed; }

private:
    struct Stored { // survives a crash
        uint64_t durable = 0;
        bool ended = false;
    };
    struct Live { // of this connection
        uint64_t id = 0;
        uint64_t received = 0;
        bool ended = false;
        bool isPty = false;
        uint64_t ungranted = 0;
    };
    void handleEvents();
    void sync();
    void typeInput();

    ManualClock &m_clock;
    Random &m_random;
    History &m_history;
    std::map<uint64_t, Stored> m_stored;
    std::map<protocol::StreamNumber, Live> m_live;
    std::unique_ptr<protocol::Link> m_link;
    uint64_t m_inputBytes;
    uint64_t m_inputSent = 0;
    uint64_t m_inputConfirmed = 0;
    Tick m_syncAt;
};

}
