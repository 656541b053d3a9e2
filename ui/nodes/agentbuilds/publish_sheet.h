#pragma once
// Publishes a build of the agent: the program and its signature, what they are for, and how far they are on their way. Ui thread.

#include "models/nodes/agentbuilds/agent_builds_view_model.h"
#include "ui/widgets/sheet.h"

class QComboBox;
class QLineEdit;
class QProgressBar;
class QPushButton;

namespace fb {

class Banner;
class CommandText;
class FilePick;
class FormField;
class TextLabel;

class PublishSheet : public Sheet
{
    Q_OBJECT
public:
    PublishSheet(AgentBuildsViewModel &builds, QWidget *window);

signals:
    void published(const QString &title);

protected:
    QWidget *firstField() override;

private:
    void makeFields();
    BuildWish wish() const;
    bool check(const BuildWish &wish); // says under the fields what is missing
    void publish();
    void setRunning(bool running);
    void showProgress(const PublishProgress &progress);
    void showProblem(const ShownError &problem);
    void updateCommand();
    void followFile();

    AgentBuildsViewModel &m_builds;
    Banner *m_banner;
    FilePick *m_file;
    FilePick *m_signature;
    QLineEdit *m_version;
    QComboBox *m_platform;
    QComboBox *m_architecture;
    CommandText *m_command;
    TextLabel *m_phase;
    QProgressBar *m_bar;
    QPushButton *m_publish;
    QList<QPair<QString, FormField *>> m_fields; // by the names that problems have
    QString m_ownSignature; // as it was filled in by itself
    bool m_isRunning = false;
};

}
