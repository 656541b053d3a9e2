#pragma once
// Nodes > Agent builds (spec/documents.md 3.12): which builds of the agent nodes can take, by which key they are signed, which nodes are behind.
// Ui thread.

#include "models/nodes/agentbuilds/agent_builds_view_model.h"
#include "ui/records/record_page.h"

namespace fb {

class AgentBuildsPage : public RecordPage
{
    Q_OBJECT
public:
    explicit AgentBuildsPage(AgentBuildsViewModel &builds, QWidget *parent = nullptr);

signals:
    // To be run on them: the update to `version`; empty: to the highest that is published for each.
    void updateRequested(const QStringList &nodeIds, const QString &version);

private:
    void openPublish();
    void openKey();
    void askRemove(const QString &id);
    void updateHead();
    AgentBuildsSource::Done told(const QString &success, const QString &failure);

    AgentBuildsViewModel &m_builds;
    QPushButton *m_publish;
    QPushButton *m_update;
};

}
