#pragma once
// The Fleet page's state: the table, the counts of its tiles, the node in the detail pane, the activation being made. Ui thread.

#include "models/nodes/fleet/fleet_source.h"
#include "models/nodes/fleet/node_table_model.h"

#include <QTimer>

namespace fb {

struct FleetCounts {
    int total = 0;
    int online = 0;
    int silent = 0;
    int lost = 0;
    int registered = 0;
    int quarantined = 0;
    int endingCertificates = 0; // of any of the states
    bool operator==(const FleetCounts &) const = default;
};

class FleetViewModel : public QObject
{
    Q_OBJECT
public:
    explicit FleetViewModel(FleetSource &source, QObject *parent = nullptr);

    void start();
    NodeTableModel &nodes() { return m_nodes; }
    const FleetCounts &counts() const { return m_counts; }
    bool isLoaded() const { return m_loaded; }
    Instant now() const { return m_source.now(); }
    QString agentUrl() const { return m_source.agentUrl(); }

    void showDetail(const QString &nodeId);
    const std::optional<NodeDetail> &detail() const { return m_detail; }

    // Answers with activationMade or activationRefused. Returns the request's id.
    QString createActivation(ActivationWish wish);
    QString createReenrolmentToken(const QString &nodeId); // answered likewise
    void setQuarantined(const QStringList &nodeIds, bool quarantined)
    {
        m_source.setQuarantined(nodeIds, quarantined);
    }
    void deregister(const QStringList &nodeIds) { m_source.deregister(nodeIds); }
    void setProfile(const QStringList &nodeIds, const QString &profile)
    {
        m_source.setProfile(nodeIds, profile);
    }
    const QStringList &profiles() const { return m_profiles; } // names of all there are
    void changeTags(const QList<NodeTagChange> &changes);
    void rename(const NodeRename &wish) { m_source.rename(wish); }
    // The last change of tags or name can be taken back for ten seconds (ux.md 8).
    bool canUndo() const { return m_undo.has_value(); }
    const std::optional<FleetOutcome> &undoable() const { return m_undo; }
    void undo();

    // Known tag keys and values and platforms, for suggestions and target pickers.
    QStringList tagsInUse() const;

signals:
    void countsChanged(const fb::FleetCounts &counts);
    void loadedChanged();
    void nodesChanged(); // some came, went, or are other than they were; not their meters
    void detailChanged();
    void activationMade(const fb::ActivationMade &activation);
    void activationRefused(const QString &requestId, const fb::ShownError &problem);
    void outcomeArrived(const fb::FleetOutcome &outcome);
    void undoChanged();
    void problemArose(const fb::ShownError &problem);

private:
    void recount();

    FleetSource &m_source;
    NodeTableModel m_nodes;
    FleetCounts m_counts;
    std::optional<NodeDetail> m_detail;
    QString m_detailId;
    QTimer m_ages; // relative times once a second
    std::optional<FleetOutcome> m_undo;
    QTimer m_undoTime;
    bool m_isUndoing = false;
    bool m_loaded = false;
    int m_requests = 0;
    QStringList m_profiles {QStringLiteral("Default")};
};

}

Q_DECLARE_METATYPE(fb::FleetCounts)
