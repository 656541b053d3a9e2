#pragma once
// The detail pane beside the fleet table (look.md 6): name, id, state, buttons, facts, tags, CPU and memory over time. Ui thread.

#include "models/nodes/fleet/fleet_view_model.h"

#include <QWidget>

namespace fb {

class Chip;
class FactList;
class Sparkline;
class TagRow;
class TextLabel;

class NodePane : public QWidget
{
    Q_OBJECT
public:
    explicit NodePane(FleetViewModel &fleet, QWidget *parent = nullptr);

signals:
    void closeClicked();
    void openClicked(const QString &nodeId); // its full page
    void tagsClicked(const QString &nodeId);
    void renameClicked(const QString &nodeId);
    void runClicked(const QString &nodeId);
    void deregisterClicked(const QString &nodeId);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void update();

    FleetViewModel &m_fleet;
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
