#pragma once
// The sheet that sends a document to nodes (spec/run-command.md 5): as a form, as JSON or YAML, as a command line. What is typed survives a
// restart as a draft (security R18); sending to very many, or to all, asks for their number. Ui thread.

#include "models/drafts/draft_store.h"
#include "models/nodes/fleet/fleet_view_model.h"
#include "models/nodes/runcommand/runs_view_model.h"
#include "ui/widgets/sheet.h"

#include <QTimer>

class QPushButton;

namespace fb {

class Banner;
class RequestEditor;
class RunForm;
class TabStack;
class TextViewer;

class Composer : public Sheet
{
    Q_OBJECT
public:
    // `askAbove`: a run on more nodes than this asks for their number to be typed.
    Composer(RunsViewModel &runs, FleetViewModel &fleet, DraftStore &drafts, int askAbove, QWidget *window);
    ~Composer() override; // keeps the draft

    void setNodes(const QStringList &nodeIds);
    void setRequest(const RunRequest &request); // "Run again" and "Copy to new"
    void begin(); // with nothing filled in: the draft, if there is one

signals:
    void started(const QString &commandId);

protected:
    QWidget *firstField() override;
    bool mayClose() override; // asks when something is typed

private:
    QWidget *makeLine();
    void makeFoot();
    void tabChanged();
    bool takeRaw(); // into the form; false: it cannot be
    bool isDirty() const;
    void keepDraft();
    void takeDraft();
    void dropDraft();
    void updateButton();
    void submit();
    void send(const RunRequest &request);
    void showRefusal(const ShownError &problem);
    QString draftKey() const;

    RunsViewModel &m_runs;
    DraftStore &m_drafts;
    int m_askAbove; // nodes
    RunForm *m_form;
    RequestEditor *m_raw;
    TextViewer *m_line;
    TabStack *m_tabs;
    Banner *m_banner;
    QWidget *m_usualFoot;
    QWidget *m_leaveFoot;
    QPushButton *m_send;
    QPushButton *m_keep;
    RunRequest m_before; // as it was filled in: what differs is worth a draft
    bool m_isPrefilled = false;
    bool m_rawEdited = false;
    bool m_mayGo = false; // sent, or decided
    bool m_hasDraft = false;
    QTimer m_draftSoon;
    QString m_request;
};

}
