#pragma once
// One command, live (picture 03): progress, and tabs: Summary, Nodes, Rate and timing, Events, History, Raw; cancel, run again on all or on
// those that failed. Tab and filter are part of the address. Ui thread.

#include "models/nodes/runcommand/run_view_model.h"
#include "models/nodes/runcommand/runs_view_model.h"
#include "ui/widgets/page.h"

class QAction;
class QPushButton;
class QToolButton;

namespace fb {

class Banner;
class FactList;
class PageHead;
class RunNodesTab;
class RunRateTab;
class SegmentLegend;
class SegmentedBar;
class TabStack;
class TextLabel;
class TextViewer;
class Timeline;

class RunPage : public Page
{
    Q_OBJECT
public:
    RunPage(RunsViewModel &runs, const RunRow &run, QWidget *parent = nullptr);
    ViewState view() const override; // tab, how the nodes are listed, filter
    void setView(const ViewState &view) override;
    void focusFilter() override;

signals:
    void againRequested(const fb::RunRequest &request);
    void runOnRequested(const QStringList &nodeIds);

private:
    QWidget *makeProgressCard();
    QWidget *makeSummary();
    void updateHead();
    void updateProgress();
    void lookAtTab();
    void askCancel();

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
    Banner *m_banner;
    FactList *m_facts;
    RunNodesTab *m_nodes;
    RunRateTab *m_rate;
    Timeline *m_events;
    Timeline *m_history;
    TextViewer *m_raw;
    QToolButton *m_more;
    QAction *m_failedOnly;
};

}
