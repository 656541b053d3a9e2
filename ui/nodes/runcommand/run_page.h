#pragma once
// One command, live (picture 03): progress, outputs grouped or per node while they print, the table of targets, the parameters; cancel
// and run again. Ui thread.

#include "models/nodes/runcommand/run_view_model.h"
#include "models/nodes/runcommand/runs_view_model.h"
#include "ui/widgets/page.h"

class QCheckBox;
class QPushButton;

namespace fb {

class DataTable;
class FactList;
class OutputList;
class OutputView;
class PageHead;
class SegmentLegend;
class SegmentedBar;
class TabStack;
class TextLabel;

class RunPage : public Page
{
    Q_OBJECT
public:
    RunPage(RunsViewModel &runs, const RunRow &run, QWidget *parent = nullptr);
    ViewState view() const override; // tab
    void setView(const ViewState &view) override;

signals:
    void againRequested(const fb::RunRequest &request);
    void runOnRequested(const QStringList &nodeIds);

private:
    QWidget *makeProgressCard();
    QWidget *makeOutputTab();
    QWidget *makeTargetsTab();
    QWidget *makeParametersTab();
    void updateHead();
    void updateProgress();
    void showChosen();
    void showTarget(const QString &nodeId);
    QString headOf(const OutputGroup &group);

    RunViewModel m_run;
    PageHead *m_head;
    QPushButton *m_cancel;
    TextLabel *m_document;
    TextLabel *m_targets;
    TextLabel *m_started;
    TextLabel *m_doneText;
    TextLabel *m_rateText;
    SegmentedBar *m_bar;
    SegmentLegend *m_legend;
    TabStack *m_tabs;

    OutputList *m_list;
    TextLabel *m_listTitle;
    TextLabel *m_outputTitle;
    TextLabel *m_outputFacts;
    QCheckBox *m_compare;
    OutputView *m_output;
    QString m_liveNode; // whose output the view follows
    DataTable *m_groupNodes;
    TextLabel *m_groupTitle;
    QPushButton *m_runOnThese;
    InvocationTableModel m_groupModel; // only the nodes of the chosen group

    DataTable *m_targetTable;
    TextLabel *m_targetTitle;
    OutputView *m_targetOutput;
    QString m_targetNode;
};

}
