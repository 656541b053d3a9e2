#pragma once
// The state of the page of agent builds: those that are published, the release key, and which nodes of the fleet run what. Ui thread.

#include "models/nodes/agentbuilds/agent_builds_source.h"
#include "models/nodes/fleet/fleet_view_model.h"
#include "models/table/list_view_model.h"

namespace fb {

class AgentBuildsViewModel : public ListViewModel
{
    Q_OBJECT
public:
    AgentBuildsViewModel(AgentBuildsSource &source, FleetViewModel &fleet, QObject *parent = nullptr);

    AgentBuildsSource &source() { return m_source; }
    ValueTableModel<AgentBuildRow> &values() { return m_table; }
    const ReleaseKeyRow &releaseKey() const { return m_releaseKey; }
    // Nodes that can take a build and run a lower version than the highest that is published for them; nothing for a build that is not
    // the highest. Of all builds without an id.
    QStringList nodesBehind(const QString &buildId = {}) const;

    LiveTableModel &table() override { return m_table; }
    void start() override;
    Instant now() const override { return m_source.now(); }
    void setHeld(bool) override { } // few, and none streams
    int waiting() const override { return 0; }

signals:
    void releaseKeyChanged();

protected:
    void askOlder() override { }

private:
    void take(const QList<AgentBuildRow> &all, const ReleaseKeyRow &releaseKey);
    void recount();

    AgentBuildsSource &m_source;
    FleetViewModel &m_fleet;
    ValueTableModel<AgentBuildRow> m_table;
    QList<AgentBuildRow> m_builds;
    QHash<QString, QString> m_highest; // version, by machine
    ReleaseKeyRow m_releaseKey;
    QTimer m_ages; // relative times once a second
    QTimer m_recount; // bursts of nodes are counted once
};

}
