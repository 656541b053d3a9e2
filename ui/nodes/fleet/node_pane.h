#pragma once
// The detail pane beside the fleet table (look.md 6): name, id, state, buttons, facts, tags, CPU and memory over time. Ui thread.

#include "models/nodes/fleet/fleet_view_model.h"
#include "models/nodes/fleet/node_view_model.h"

#include <QWidget>

#include <memory>

class QStackedWidget;
class QTabBar;
class QVBoxLayout;

namespace fb {

class Chip;
class DraftStore;
class FactList;
class Sparkline;
class TagRow;
class TextLabel;
class TextViewer;
class Timeline;

class NodeTagsTab;

class NodePane : public QWidget
{
    Q_OBJECT
public:
    NodePane(FleetViewModel &fleet, NodeSource &source, DraftStore &drafts, QWidget *parent = nullptr);

signals:
    void closeClicked();
    void openClicked(const QString &nodeId); // its full page
    void tagsClicked(const QString &nodeId);
    void renameClicked(const QString &nodeId);
    void runClicked(const QString &nodeId);
    void sessionClicked(const QString &nodeId);
    void deregisterClicked(const QString &nodeId);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void update();
    void watch(const QString &nodeId); // another node: its tags, history and JSON
    void lookAtTab();

    FleetViewModel &m_fleet;
    DraftStore &m_drafts;
    NodeSource &m_source;
    std::unique_ptr<NodeViewModel> m_node;
    QTabBar *m_tabs;
    QStackedWidget *m_parts;
    QVBoxLayout *m_tagsPlace;
    NodeTagsTab *m_tagsTab = nullptr; // of the node that is shown
    Timeline *m_history;
    TextViewer *m_raw;
    TextLabel *m_name;
    TextLabel *m_id;
    Chip *m_state;
    TextLabel *m_lost;
    FactList *m_facts;
    TagRow *m_tags;
    Sparkline *m_cpu;
    Sparkline *m_memory;
    TextLabel *m_noMetrics;
};

}
