#pragma once
// Why a connection ended or was refused: codes of Error for everything below the agent protocol. They are shown, logged and, where the
// peer may know, told to it (as the reason of a 401 or 403 answer). Any thread.

#include "backend/core/error.h"

#include <string_view>

namespace fb::transport {

namespace causes {
    // The peer's certificate.
    inline constexpr ErrorCode kNoCertificate {"no-certificate"};
    inline constexpr ErrorCode kExpired {"expired"};
    inline constexpr ErrorCode kNotYetValid {"not-yet-valid"};
    inline constexpr ErrorCode kUnknownCa {"unknown-ca"};
    inline constexpr ErrorCode kSelfSigned {"self-signed"};
    inline constexpr ErrorCode kBadSignature {"bad-signature"};
    inline constexpr ErrorCode kWrongUsage {"wrong-usage"}; // not made for a client (or for a server)
    inline constexpr ErrorCode kCaAsLeaf {"ca-as-leaf"};
    inline constexpr ErrorCode kWrongFleet {"wrong-fleet"};
    inline constexpr ErrorCode kWeakKey {"weak-key"}; // not P-256 or Ed25519
    inline constexpr ErrorCode kRevoked {"revoked"};
    inline constexpr ErrorCode kEngineIdentity {"engine-identity"}; // the server is not the pinned engine
    inline constexpr ErrorCode kClock {
        "clock"}; // the engine's certificate is out of its time on this machine's clock

    // The connection.
    inline constexpr ErrorCode kUnreachable {"unreachable"};
    inline constexpr ErrorCode kTls {"tls"};
    inline constexpr ErrorCode kRefused {"refused"}; // the peer said no before the connection was up
    inline constexpr ErrorCode kTimedOut {"timed-out"}; // handshake or frame deadline
    inline constexpr ErrorCode kStalled {"stalled"}; // unsent bytes made no progress
    inline constexpr ErrorCode kClosed {"closed"}; // by the peer
    inline constexpr ErrorCode kProtocol {"protocol"}; // not WebSocket, or not as we speak it
    inline constexpr ErrorCode kTooBig {"too-big"}; // message, request or answer over its limit
    inline constexpr ErrorCode kEvicted {"evicted"}; // a half-open connection made room for newer ones
}

// The cause with that name; kRefused for a name this program does not know (text from the peer).
ErrorCode causeNamed(std::string_view name);

}
