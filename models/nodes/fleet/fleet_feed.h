#pragma once
// FleetSource from the engine in this process: nodes, metrics, activations. Ui thread; the one file of this feature that knows the engine.
// Lives until the engine has stopped: jobs posted to the engine refer to it.

#include "backend/engine/engine_thread.h"
#include "models/nodes/fleet/fleet_source.h"
#include "models/nodes/fleet/node_row_texts.h"

#include <QHash>
#include <QSet>
#include <QTimer>

#include <functional>

namespace fb {

struct CreatedActivation;
struct Error;
struct MetricSample;
struct Node;

class FleetFeed : public FleetSource
{
    Q_OBJECT
public:
    explicit FleetFeed(EngineThread &engine, QObject *parent = nullptr);

    void start() override;
    void createActivation(const fb::ActivationWish &wish) override;
    void createReenrolmentToken(const QString &requestId, const QString &nodeId) override;
    void setQuarantined(const QStringList &nodeIds, bool quarantined) override;
    void deregister(const QStringList &nodeIds) override;
    void setProfile(const QStringList &nodeIds, const QString &profile) override;
    void changeTags(const QList<fb::NodeTagChange> &changes) override;
    void rename(const fb::NodeRename &wish) override;
    void watchNode(const QString &nodeId) override;
    QString agentUrl() const override { return m_info.agentUrl; }
    Instant now() const override { return m_clock.now(); }

private:
    void applyNodes(const QList<Node> &nodes);
    void readAll(); // a slice at a time, so that neither engine nor window is held up by a large fleet
    void readSlice(const NodeId &after);
    void endReading();
    void failReading(const Error &error);
    void applySamples(const QList<MetricSample> &samples);
    void readDetail();
    void readCertificateEnds();
    void readProfiles();
    void tellMade(const QString &requestId, std::chrono::seconds validFor,
                  const Result<CreatedActivation> &made);
    // One change of several nodes, each by itself; answers with one outcome.
    void tell(FleetDeed deed, const QStringList &nodeIds,
              std::function<Result<void>(Engine &, const QString &, FleetOutcome &)> change);

    EngineThread &m_engine;
    EngineInfo m_info; // once it has started
    std::function<bool(const Node &)> m_sees; // whether the operator may see it; once it has started
    SystemClock m_clock;
    // What comes apart from the rest of a node, and is put to each row of it.
    struct Known {
        std::optional<double> cpu;
        std::optional<double> memory;
        Instant certificateEnds {};
    };
    NodeRow rowOf(const Node &node, const Known &first); // `first`: when it is not known yet

    QHash<QString, Known> m_known; // of all nodes
    NodeRowTexts m_texts;
    QSet<QString> m_newer; // changed or gone while all are read: what the reading says of them is old
    bool m_isReading = false;
    bool m_isComplete = false; // all were read once
    QString m_watched;
    QTimer m_refresh;
    QTimer m_detail;
    QTimer m_ends;
};

}
