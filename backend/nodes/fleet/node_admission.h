#pragma once
// Decides about each HELLO (spec/fleet-manager.md B3.2, B3.4) and carries what connected nodes say of themselves to FleetService and the
// metrics: the one place where fleet and gateway meet. Engine thread.

#include "backend/gateway/node_connection.h"
#include "backend/nodes/fleet/fleet_service.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <vector>

namespace fb {

class Gateway;
class HardwareService;
class MetricStore;

class NodeAdmission : public QObject, public AdmissionHandler
{
    Q_OBJECT

public:
    NodeAdmission(FleetService &fleet, HardwareService &hardware, MetricStore &metrics,
                  QObject *parent = nullptr);

    void listenTo(Gateway &gateway);
    // Others put their part into WELCOME: pending orders, watermark, signing key.
    void addWelcomeStep(std::function<void(const NodeConnection &, wire::Welcome &)> step)
    {
        m_steps.push_back(std::move(step));
    }

    void admit(const NodeConnection &connection, std::function<void(AdmitDecision)> decide) override;

private:
    void takeMessages(const QList<NodeMessage> &messages);
    void takeMetrics(const NodeMessage &message);

    FleetService &m_fleet;
    HardwareService &m_hardware;
    MetricStore &m_metrics;
    QTimer m_heardTimer;
    std::vector<std::function<void(const NodeConnection &, wire::Welcome &)>> m_steps;
};

}
