#pragma once
// The messages between the supervisor and its network process: one byte of kind, four of length, then the payload, over a pair of sockets.
// Pure functions; any thread.

#include "backend/core/result.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace fb::agent {

enum class NetworkMessage : uint8_t {
    // supervisor -> network process
    Start = 1, // network::Start
    Send, // a whole message for the engine, at most kMostInFlight not yet written
    Taken, // network::Taken: credit for messages
    Close, // network::Close
    // network process -> supervisor
    Unconfined = 64, // network::Unconfined: first, and only where something is missing
    Opened, // network::Peer
    Received, // a whole message of the engine, within credit
    Written, // empty: what Send brought has left
    Ticket, // network::Ticket: for the next connection
    Closed, // network::Closed: the last
    Answered, // network::Answer: the last, of a POST
};

// One is on its way out while the next is made: with one alone the two processes would wait for each other by turns. What is urgent
// queues behind no more than that.
inline constexpr int kMostInFlight = 2;

inline constexpr size_t kNetworkHeadBytes = 5;
// Messages that were passed on and not yet taken. The network process stops reading where the next might not fit.
inline constexpr size_t kNetworkWindowBytes = 2 * 1024 * 1024;

std::string networkHead(NetworkMessage kind, size_t payloadBytes);

// Puts messages together from what a socket gives. A message is refused by its announced length, before its bytes are awaited.
class NetworkReader
{
public:
    // `limitOf`: how many bytes the payload of that kind may have now; nothing: the kind may not come.
    using LimitOf = std::function<std::optional<size_t>(uint8_t kind)>;
    explicit NetworkReader(LimitOf limitOf) : m_limitOf(std::move(limitOf)) { }

    // Where the next bytes go, and how many fit.
    char *room();
    size_t roomBytes() const { return m_bytes.size() - m_filled; }
    void filled(size_t count) { m_filled += count; }

    struct Message {
        NetworkMessage kind {};
        std::string_view payload; // valid until the next call of room()
    };
    // The next whole one; nothing: more bytes are needed. An error is final: the other end breaks the rules.
    Result<std::optional<Message>> next();

private:
    LimitOf m_limitOf;
    std::string m_bytes;
    size_t m_filled = 0;
    size_t m_taken = 0;
    size_t m_wanted = 0; // of the message at m_taken with its head; 0: not known yet
};

}
