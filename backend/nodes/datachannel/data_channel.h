#pragma once
// One data channel, sans-I/O: messages of the stock plugin in, payloads out in order and each once; payloads in, messages out, sent again until
// they are acknowledged (spec/session-manager.md 3.2). It outlives the socket: after another one connected() goes on where it was. Engine thread.

#include "backend/core/clock.h"
#include "backend/core/random.h"
#include "backend/nodes/datachannel/agent_message.h"

#include <deque>
#include <map>

namespace fb {

class DataChannel
{
public:
    static constexpr size_t kPayloadBytes = 1024; // of a message to the client
    static constexpr size_t kWindowBytes = 512 * 1024; // sent, and not acknowledged
    static constexpr int64_t kMostAhead = 10'000;
    static constexpr size_t kMostHeldBytes = 2 * 1024 * 1024; // received, and not taken by the owner

    class Owner
    {
    public:
        virtual void channelSends(std::string message) = 0; // to the socket
        virtual bool channelReceived(PayloadType type, std::string_view payload)
            = 0; // false: not now; retry()
        virtual void channelDelivered(PayloadType type, size_t bytes)
            = 0; // acknowledged, in the order of send()

    protected:
        ~Owner() = default;
    };

    DataChannel(Owner &owner, const Clock &clock, Random &random);

    void connected(); // a socket is there: what is not acknowledged goes out again
    void disconnected() { m_isConnected = false; }
    void receive(std::string_view bytes); // a binary message
    void retry(); // the owner may take again

    void send(PayloadType type, std::string_view payload);
    size_t room() const { return kWindowBytes - std::min(kWindowBytes, m_unackedBytes); }
    bool hasUnacknowledged() const { return !m_outgoing.empty(); }
    bool isFull() const { return m_heldBytes >= kMostHeldBytes / 2; } // the socket should not be read
    // It began in the middle: the client goes on with a channel that is no longer known.
    bool isOfAnother() const { return m_isOfAnother; }
    void close(const std::string &session, const std::string &target,
               const std::string &text); // channel_closed
    void tick(); // each 100 ms: sends again

private:
    struct Outgoing {
        int64_t sequence = 0;
        PayloadType type = PayloadType::None;
        size_t payloadBytes = 0;
        std::string encoded;
        Tick sentAt {};
        int sends = 0; // on this connection
        bool wasSentBefore = false; // on an earlier one
        bool isAcknowledged = false;
    };

    AgentMessage messageOf(std::string_view type, std::string payload);
    void takeInput(const AgentMessage &message);
    void takeAcknowledgement(const AgentMessage &message);
    void dropDelivered();
    void measure(const Outgoing &message);
    void transmit(Outgoing &message);

    Owner &m_owner;
    const Clock &m_clock;
    Random &m_random;
    bool m_isConnected = false;

    std::deque<Outgoing> m_outgoing; // by sequence, without gaps
    int64_t m_nextSequence = 0;
    int64_t m_highestAcknowledged = -1;
    size_t m_unackedBytes = 0;
    Microseconds m_roundTrip {100'000};
    Microseconds m_variation {0};
    Microseconds m_resendAfter {200'000};

    struct Held {
        PayloadType type = PayloadType::None;
        std::string payload;
    };
    std::map<int64_t, Held> m_held;
    size_t m_heldBytes = 0;
    int64_t m_expected = 0;
    bool m_isDelivering = false;
    bool m_isOfAnother = false;
    bool m_hasReceived = false;
};

}
