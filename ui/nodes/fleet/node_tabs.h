#pragma once
// The two tabs of a node's page that are more than a list: the charts, and the tags as a form. Ui thread.

#include "models/charts/time_range.h"
#include "models/nodes/fleet/compared_nodes.h"
#include "models/nodes/fleet/node_view_model.h"
#include "ui/widgets/timeline.h"

#include <QHash>
#include <QWidget>

class QPushButton;

namespace fb {

class CompareBar;
class DraftStore;
class LineChart;
struct NodeChart;
class RangeField;
class TagEditor;
class TextLabel;

QList<TimelineEntry> timelineOf(const QList<NodeHappening> &happenings);

class NodeMetricsTab : public QWidget
{
    Q_OBJECT
public:
    NodeMetricsTab(NodeViewModel &node, ComparedNodes &nodes, QWidget *parent = nullptr);
    void setRange(const TimeRange &range);

signals:
    void rangeChanged();

private:
    QWidget *makeCharts(const QString &prefix, const QList<NodeChart> &charts);
    void take(const TimeRange &range);
    void compare();
    void update();
    void updateOverlay();

    NodeViewModel &m_node;
    ComparedNodes &m_nodes;
    CompareBar *m_bar;
    RangeField *m_range;
    TextLabel *m_step;
    TimeRange m_before; // what a double click goes back to
    QHash<QString, LineChart *> m_charts; // by object name; before the two that fill it
    QWidget *m_one; // the charts of this node
    QWidget *m_many; // and those of several
};

class NodeTagsTab : public QWidget
{
    Q_OBJECT
public:
    NodeTagsTab(FleetViewModel &fleet, DraftStore &drafts, const QString &nodeId, QWidget *parent = nullptr);
    // What is being typed stays, and comes back after the page was away.
    void setTags(const QList<NodeTag> &tags);
    void setEditable(bool editable);

private:
    void updateButtons();
    void keepDraft();
    bool takeDraft();
    QString draftKey() const;
    void save();

    FleetViewModel &m_fleet;
    DraftStore &m_drafts;
    QString m_nodeId;
    QList<NodeTag> m_stored;
    TagEditor *m_editor;
    TextLabel *m_count;
    QPushButton *m_save;
    QPushButton *m_discard;
    bool m_isLoaded = false;
};

}
