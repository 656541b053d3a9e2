#include "backend/security/ticket_key_ring.h"

#include "backend/base/fail.h"
#include "backend/core/aead.h"
#include "backend/core/byte_encoding.h"

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr auto kTicketPurpose = "tls-tickets";
    constexpr auto kName = "ring";

    // rotatedAt | current | previous
    SecretBytes packed(const TicketKeys &keys)
    {
        std::string bytes;
        putBigEndian<uint64_t>(bytes, static_cast<uint64_t>(toMicros(keys.rotatedAt)));
        bytes.reserve(8 + 2 * kTicketKeyBytes); // one buffer, wiped below
        bytes += keys.current.view();
        bytes += keys.previous.view();
        SecretBytes out(bytes);
        wipe(bytes);
        return out;
    }

    std::optional<TicketKeys> unpacked(std::string_view bytes)
    {
        if (bytes.size() != 8 + kTicketKeyBytes && bytes.size() != 8 + 2 * kTicketKeyBytes)
            return std::nullopt;
        TicketKeys keys;
        keys.rotatedAt = fromMicros(bigEndianAt<int64_t>(bytes, 0));
        keys.current = SecretBytes(bytes.substr(8, kTicketKeyBytes));
        keys.previous = SecretBytes(bytes.substr(8 + kTicketKeyBytes));
        return keys;
    }
}

TicketKeyRing::TicketKeyRing(Database &database, const Vault &vault, const Clock &clock, Random &random)
    : m_database(database),
      m_vault(vault),
      m_clock(clock),
      m_random(random)
{
}

Result<void> TicketKeyRing::rotateIfDue()
{
    return m_database.write([this](Transaction &tx) -> Result<void> {
        const auto stored = m_vault.get(tx, QString::fromLatin1(kTicketPurpose), QString::fromLatin1(kName));
        if (!stored)
            return stored.error();
        TicketKeys keys;
        qint64 version = 0;
        if (*stored) {
            auto ring = unpacked((*stored)->secret.view());
            if (!ring)
                return fail(errors::kInternal, u"The TLS ticket keys in the vault cannot be read."_s);
            keys = std::move(*ring);
            version = (*stored)->version;
        }
        const auto age = m_clock.now() - keys.rotatedAt;
        const bool due
            = version == 0 || age >= kTicketKeyLife || age < -kTicketKeyLife; // the clock was set back
        if (due) {
            std::string bytes = m_random.bytes(kTicketKeyBytes);
            // a key of more than two lives ago would still be accepted: drop it
            keys.previous = age < 2 * kTicketKeyLife ? std::move(keys.current) : SecretBytes();
            keys.current = SecretBytes(bytes);
            wipe(bytes);
            keys.rotatedAt = m_clock.now();
            const SecretName name {.purpose = QString::fromLatin1(kTicketPurpose),
                                   .name = QString::fromLatin1(kName),
                                   .version = version + 1};
            if (auto put = m_vault.put(tx, name, packed(keys).view()); !put)
                return put;
        }
        auto shared = std::make_shared<TicketKeys>(std::move(keys));
        tx.onCommitted([this, shared] { publish(std::move(*shared)); });
        return {};
    });
}

void TicketKeyRing::publish(TicketKeys keys)
{
    auto fresh = std::make_shared<const TicketKeys>(std::move(keys));
    const std::lock_guard lock(m_mutex);
    m_keys = std::move(fresh);
}

std::shared_ptr<const TicketKeys> TicketKeyRing::keys() const
{
    const std::lock_guard lock(m_mutex);
    return m_keys;
}

}
