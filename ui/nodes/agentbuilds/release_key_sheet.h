#pragma once
// Sets the public half of the key that signs agent builds, from a file. Ui thread.

#include "models/nodes/agentbuilds/agent_builds_view_model.h"
#include "ui/widgets/sheet.h"

class QPushButton;

namespace fb {

class Banner;
class FilePick;
class FormField;

class ReleaseKeySheet : public Sheet
{
    Q_OBJECT
public:
    ReleaseKeySheet(AgentBuildsViewModel &builds, QWidget *window);

signals:
    void saved();

protected:
    QWidget *firstField() override;

private:
    void save();

    AgentBuildsViewModel &m_builds;
    Banner *m_banner;
    FilePick *m_file;
    FormField *m_field;
    QPushButton *m_save;
};

}
