#pragma once
// Starts sessions (spec/session-manager.md 5): nodes, document, its parameters, reason, and what the session will be like before it is opened.
// What the engine refuses stands at the field it names. Ui thread.

#include "models/nodes/fleet/fleet_view_model.h"
#include "models/nodes/sessions/session_desk_model.h"
#include "ui/widgets/sheet.h"

class QLineEdit;
class QPushButton;

namespace fb {

class Banner;
class DocumentPicker;
class FactList;
class FormField;
class NodePicker;
class ParameterForm;

class StartSheet : public Sheet
{
    Q_OBJECT
public:
    StartSheet(FleetViewModel &fleet, SessionDeskModel &desk, QWidget *window);

    void setNodes(const QStringList &nodeIds);

signals:
    void started();

protected:
    QWidget *firstField() override;

private:
    void takeDocuments(const QList<SessionDocument> &documents, const ShownError &problem);
    const SessionDocument *document() const; // nullptr: none yet
    void showDocument();
    void updateButton();
    void submit();
    QWidget *validate(); // the first field that is wrong; nullptr: none
    void follow(int pane);
    void showRefusal(const ShownError &problem);

    FleetViewModel &m_fleet;
    SessionDeskModel &m_desk;
    QList<SessionDocument> m_documents;
    Banner *m_banner;
    NodePicker *m_nodes;
    DocumentPicker *m_document;
    ParameterForm *m_parameters;
    QLineEdit *m_reason;
    FormField *m_nodesField;
    FormField *m_documentField;
    FormField *m_reasonField;
    FactList *m_facts;
    QPushButton *m_start;
};

}
