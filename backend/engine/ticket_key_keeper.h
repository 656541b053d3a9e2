#pragma once
// Gives the gateway the TLS ticket keys that the vault keeps, and the next ones when 12 h are over, so that nodes resume after a restart
// (design 5). Engine thread.

#include "backend/security/ticket_key_ring.h"
#include "backend/transport/tls_context.h"

#include <QObject>
#include <QTimer>

#include <memory>

namespace fb {

class TicketKeyKeeper : public QObject
{
    Q_OBJECT

public:
    TicketKeyKeeper(Database &database, const Vault &vault, const Clock &clock, Random &random,
                    QObject *parent = nullptr);
    Result<std::shared_ptr<transport::TicketKeyRing>> open(); // commits the open batch

private:
    Result<void> refresh();

    Database &m_database;
    TicketKeyRing m_stored;
    std::shared_ptr<const TicketKeys> m_served;
    std::shared_ptr<transport::TicketKeyRing> m_ring;
    QTimer m_timer;
};

}
