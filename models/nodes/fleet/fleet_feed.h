#pragma once
// FleetSource from the engine in this process: nodes, metrics, activations. Ui thread; the one file of this feature that knows the engine.
// Lives until the engine has stopped: jobs posted to the engine refer to it.

#include "backend/engine/engine_thread.h"
#include "models/nodes/fleet/fleet_source.h"

#include <QHash>
#include <QTimer>

#include <functional>

namespace fb {

struct MetricSample;
struct Node;

class FleetFeed : public FleetSource
{
    Q_OBJECT
public:
    FleetFeed(EngineThread &engine, const EngineInfo &info, QObject *parent = nullptr);

    void start() override;
    void createActivation(const fb::ActivationWish &wish) override;
    void deregister(const QStringList &nodeIds) override;
    void changeTags(const QList<fb::NodeTagChange> &changes) override;
    void rename(const fb::NodeRename &wish) override;
    void watchNode(const QString &nodeId) override;
    QString agentUrl() const override { return m_info.agentUrl; }
    Instant now() const override { return m_clock.now(); }

private:
    void applyNodes(const QList<Node> &nodes);
    void applySamples(const QList<MetricSample> &samples);
    void refresh(); // last pings move without a change being announced
    void readDetail();
    void readCertificateEnds();
    // One change of several nodes, each by itself; answers with one outcome.
    void tell(FleetDeed deed, const QStringList &nodeIds,
              std::function<Result<void>(Engine &, const QString &, FleetOutcome &)> change);

    EngineThread &m_engine;
    EngineInfo m_info;
    SystemClock m_clock;
    QHash<QString, NodeRow> m_rows;
    QString m_watched;
    QTimer m_refresh;
    QTimer m_detail;
    QTimer m_ends;
};

}
