#pragma once
// Nodes > Fleet > one node (spec/fleet-manager.md 5): head with what can be done, and tabs: Summary, Metrics, Performance, Processes, Services, Files, Users, Journal, Tags, Runs,
// Sessions, History, Raw. The tab and the charts' time are part of the address. Ui thread.

#include "models/nodes/fleet/compared_nodes.h"
#include "models/nodes/fleet/node_view_model.h"
#include "models/nodes/tools/tool_sources.h"
#include "models/table/value_table_model.h"
#include "ui/widgets/page.h"

class QPushButton;
class QToolButton;

namespace fb {

class AccountsTab;
class Banner;
class DraftStore;
class FactList;
class FilesTab;
class FleetActions;
class JournalTab;
class NodeMetricsTab;
class NodeTagsTab;
class PageHead;
class ProcessesTab;
class ServicesTab;
class Sparkline;
class TabStack;
class TagRow;
class TextLabel;
class TextViewer;
class Timeline;

class NodePage : public Page
{
    Q_OBJECT
public:
    NodePage(FleetViewModel &fleet, NodeSource &source, ToolSources tools, DraftStore &drafts,
             const QString &nodeId, QWidget *parent = nullptr);

    ViewState view() const override; // tab, time
    void setView(const ViewState &view) override;
    void onShown() override;
    void focusFilter() override;

signals:
    void runRequested(const QStringList &nodeIds);
    void sessionRequested(const QStringList &nodeIds);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    QWidget *makeFacts();
    QWidget *makeSummary();
    QWidget *makeTable(QWidget *table, TextLabel *empty);
    QWidget *makeHistory();
    void lookAtTab();
    void updateNode();
    void updateHistory();
    void showRoom(const NodeRoomValues &room);
    void showProblem(NodePart part, const ShownError &problem);

    FleetViewModel &m_fleet;
    NodeViewModel m_node;
    ComparedNodes m_compared;
    PageHead *m_head;
    Banner *m_banner;
    Banner *m_room; // while the node has none
    NodeRoomValues m_shownRoom;
    FleetActions *m_actions;
    QPushButton *m_run;
    QPushButton *m_session;
    QPushButton *m_hardware; // shown when it is not as registered
    QToolButton *m_more;
    TextLabel *m_platform;
    TextLabel *m_lastPing;
    TabStack *m_tabs;
    FactList *m_facts;
    TagRow *m_tagRow;
    Sparkline *m_cpu;
    Sparkline *m_memory;
    TextLabel *m_noMetrics;
    NodeMetricsTab *m_metrics;
    NodeTagsTab *m_tags;
    ProcessesTab *m_processes;
    FilesTab *m_files;
    AccountsTab *m_accounts;
    ServicesTab *m_services;
    JournalTab *m_journal;
    ValueTableModel<NodeRun> m_runs;
    ValueTableModel<NodeSession> m_sessions;
    TextLabel *m_noRuns;
    TextLabel *m_noSessions;
    Timeline *m_history;
    TextLabel *m_noHistory;
    TextViewer *m_raw;
    bool m_isGone = false;
};

}
