#pragma once
// Nodes > Fleet (spec/fleet-manager.md 5): tiles that filter, filter line, live table, detail pane; while the fleet is empty, how to
// bring the first node across. Ui thread.

#include "models/nodes/fleet/demo_fleet.h"
#include "models/nodes/fleet/fleet_view_model.h"
#include "ui/widgets/page.h"

class QPushButton;
class QSplitter;
class QStackedLayout;
class QToolButton;

namespace fb {

class Banner;
class CountTile;
class DataTable;
class DraftStore;
class FilterLine;
class FirstRun;
class FirstSteps;
class FirstStepsStrip;
class FleetActions;
class TableBar;
class NodePane;
class NodeSource;
class PageHead;

class FleetPage : public Page
{
    Q_OBJECT
public:
    FleetPage(FleetViewModel &fleet, NodeSource &nodes, DemoFleet &demo, FirstSteps &steps,
              DraftStore &drafts, QWidget *parent = nullptr);

    void focusFilter() override;
    ViewState view() const override; // filter, row
    void setView(const ViewState &view) override;

signals:
    void enrolRequested();
    void runRequested(const QStringList &nodeIds);
    void sessionRequested(const QStringList &nodeIds);
    void stepRequested(const QString &step); // of the first steps
    void headlessRequested();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    QWidget *makeTiles();
    void makeActionsMenu();
    QWidget *makeFilterRow();
    void updateHead();
    void updateTiles();
    void updateDemoBanner();
    void showDetailOf(const QString &nodeId);
    void togglePane(bool shown);
    QStringList chosen() const; // the selected nodes, or the current one
    void runOnSelection();

    FleetViewModel &m_fleet;
    DemoFleet &m_demo;
    PageHead *m_head;
    QPushButton *m_run;
    QPushButton *m_enrol;
    Banner *m_banner;
    FleetActions *m_actions;
    QPushButton *m_actionsMenu;
    Banner *m_demoBanner;
    FirstStepsStrip *m_steps;
    FirstRun *m_firstRun;
    QPushButton *m_headless;
    DataTable *m_table;
    TableBar *m_bar;
    FilterLine *m_filter;
    QToolButton *m_paneToggle;
    NodePane *m_pane;
    QSplitter *m_splitter;
    QStackedLayout *m_stack;
    QHash<int, CountTile *> m_tiles; // by PingState
    CountTile *m_endingTile;
};

}
