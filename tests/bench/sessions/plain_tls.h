#pragma once
// The yardstick of what pours through a connection: one TLS 1.3 connection over loopback, a thread at each end, and nothing else.

#include <cstddef>

namespace fb::bench {

// Megabytes a second of `bytes` from server to client. Throws std::runtime_error.
double plainTlsMbPerSecond(size_t bytes);

// The same through two bare relays, as a tunnel has them: plain TCP, TLS, plain TCP. What the machine gives to any tunnel.
double bareRelayMbPerSecond(size_t bytes);

}
