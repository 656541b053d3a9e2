#include "backend/engine/ticket_key_keeper.h"

#include <QLoggingCategory>

#include <algorithm>

namespace fb {

using namespace std::chrono_literals;

Q_LOGGING_CATEGORY(ticketLog, "fb.engine.tickets")

TicketKeyKeeper::TicketKeyKeeper(Database &database, const Vault &vault, const Clock &clock, Random &random,
                                 QObject *parent)
    : QObject(parent),
      m_database(database),
      m_stored(database, vault, clock, random)
{
    m_timer.setInterval(5min);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        if (const Result<void> refreshed = refresh(); !refreshed)
            qCWarning(ticketLog) << "the ticket keys were not renewed:" << refreshed.error().message.c_str();
    });
}

Result<std::shared_ptr<transport::TicketKeyRing>> TicketKeyKeeper::open()
{
    if (const Result<void> refreshed = refresh(); !refreshed)
        return refreshed.error();
    m_timer.start();
    return m_ring;
}

Result<void> TicketKeyKeeper::refresh()
{
    if (const Result<void> rotated = m_stored.rotateIfDue(); !rotated)
        return rotated;
    if (const Result<void> kept = m_database.flush(); !kept) // a key is used only once it is stored
        return kept;
    const std::shared_ptr<const TicketKeys> keys = m_stored.keys();
    if (keys == m_served)
        return {};
    SecretBytes both = SecretBytes::ofSize(keys->current.size() + keys->previous.size());
    std::ranges::copy(keys->current.view(), both.data());
    std::ranges::copy(keys->previous.view(), both.data() + keys->current.size());
    m_served = keys;
    if (m_ring)
        return m_ring->replace(both.view());
    auto ring = transport::TicketKeyRing::fromStored(both.view());
    if (!ring)
        return ring.error();
    m_ring = *ring;
    return {};
}

}
