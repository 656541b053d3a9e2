#pragma once
// The engine's own certificate for its listener: issued at start and again at two thirds of its life (design 7). Engine thread.

#include "backend/core/clock.h"
#include "backend/gateway/gateway.h"
#include "backend/security/fleet_ca.h"

#include <QObject>
#include <QTimer>

namespace fb {

class EngineCertificate : public QObject
{
    Q_OBJECT

public:
    EngineCertificate(const FleetCa &ca, const Clock &clock, QObject *parent = nullptr);

    Result<GatewayTls> issue();
    void renewFor(Gateway &gateway); // by itself from now on
    void renew(Gateway &gateway); // now: what is trusted has changed

private:
    const FleetCa &m_ca;
    const Clock &m_clock;
    Instant m_renewAt {};
    QTimer m_timer;
};

}
