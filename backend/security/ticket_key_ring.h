#pragma once
// The keys of TLS session tickets, one ring for all I/O threads and engines: a current and a previous key, rotated every 12 h, in the
// vault, so that tickets live through restarts (design 5). rotateIfDue() on the engine thread; keys() on any.

#include "backend/security/vault.h"

#include <memory>
#include <mutex>

namespace fb {

inline constexpr size_t kTicketKeyBytes
    = 80; // name 16, HMAC key 32, AES key 32: the order of SSL_CTX_set_tlsext_ticket_keys
inline constexpr std::chrono::hours kTicketKeyLife {12};

struct TicketKeys {
    SecretBytes current;
    SecretBytes previous; // accepted, not issued; empty in the first 12 hours
    Instant rotatedAt {};
};

class TicketKeyRing
{
public:
    TicketKeyRing(Database &database, const Vault &vault, const Clock &clock, Random &random);

    // Reads the stored ring and renews it when 12 h are over: at start and then every few minutes. A changed ring is published only
    // once it is committed.
    Result<void> rotateIfDue();
    std::shared_ptr<const TicketKeys> keys() const; // never null after a committed rotateIfDue()

private:
    void publish(TicketKeys keys);

    Database &m_database;
    const Vault &m_vault;
    const Clock &m_clock;
    Random &m_random;
    mutable std::mutex m_mutex;
    std::shared_ptr<const TicketKeys> m_keys;
};

}
