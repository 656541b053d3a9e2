#pragma once
// Keeps the TLS ticket keys in the vault, so that nodes resume after a restart, and renews them every 12 h (design 5). Engine thread.

#include "backend/security/vault.h"
#include "backend/transport/tls_context.h"

#include <QObject>
#include <QTimer>

#include <memory>

namespace fb {

class TicketKeyKeeper : public QObject
{
    Q_OBJECT

public:
    TicketKeyKeeper(Database &database, const Vault &vault, Random &random, QObject *parent = nullptr);
    Result<std::shared_ptr<transport::TicketKeyRing>> open(); // the stored ring, or a new one that is stored

private:
    Result<void> store();

    Database &m_database;
    const Vault &m_vault;
    Random &m_random;
    std::shared_ptr<transport::TicketKeyRing> m_ring;
    QTimer m_timer;
};

}
