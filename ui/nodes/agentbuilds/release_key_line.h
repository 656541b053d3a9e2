#pragma once
// Above the list of agent builds: the key that signs them with who set it and when, or that there is none yet. Ui thread.

#include "models/nodes/agentbuilds/agent_builds_view_model.h"
#include "ui/widgets/surface.h"

class QToolButton;

namespace fb {

class TextLabel;

class ReleaseKeyLine : public Surface
{
    Q_OBJECT
public:
    explicit ReleaseKeyLine(AgentBuildsViewModel &builds, QWidget *parent = nullptr);

signals:
    void setClicked();
    void auditClicked(); // who set it and when

private:
    void update();

    AgentBuildsViewModel &m_builds;
    TextLabel *m_words;
    TextLabel *m_key;
    TextLabel *m_setBy;
    QToolButton *m_copy;
    QToolButton *m_audit;
};

}
