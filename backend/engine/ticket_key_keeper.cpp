#include "backend/engine/ticket_key_keeper.h"

#include <QLoggingCategory>

namespace fb {

using namespace Qt::StringLiterals;

Q_LOGGING_CATEGORY(ticketLog, "fb.engine.tickets")

namespace {
    const SecretName kTicketKeys {.purpose = u"tls-tickets"_s, .name = u"keys"_s};
}

TicketKeyKeeper::TicketKeyKeeper(Database &database, const Vault &vault, Random &random, QObject *parent)
    : QObject(parent),
      m_database(database),
      m_vault(vault),
      m_random(random)
{
    m_timer.setInterval(transport::TicketKeyRing::kRotateEvery);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        m_ring->rotate(m_random);
        if (const Result<void> stored = store(); !stored)
            qCWarning(ticketLog) << "the new ticket keys were not stored:" << stored.error().message.c_str();
    });
}

Result<std::shared_ptr<transport::TicketKeyRing>> TicketKeyKeeper::open()
{
    const auto stored = m_vault.get(m_database.reader(), kTicketKeys.purpose, kTicketKeys.name);
    if (!stored)
        return stored.error();
    if (*stored) {
        auto ring = transport::TicketKeyRing::fromStored((*stored)->secret.view());
        if (!ring)
            return ring;
        m_ring = *ring;
    } else {
        m_ring = std::make_shared<transport::TicketKeyRing>(m_random);
        if (const Result<void> kept = store(); !kept)
            return kept.error();
    }
    m_timer.start();
    return m_ring;
}

Result<void> TicketKeyKeeper::store()
{
    const SecretBytes keys = m_ring->stored();
    return m_database.write(
        [&](Transaction &transaction) { return m_vault.put(transaction, kTicketKeys, keys.view()); });
}

}
