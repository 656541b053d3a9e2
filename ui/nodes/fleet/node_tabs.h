#pragma once
// The two tabs of a node's page that are more than a list: the charts, and the tags as a form. Ui thread.

#include "models/charts/time_range.h"
#include "models/nodes/fleet/fleet_view_model.h"
#include "models/nodes/fleet/node_view_model.h"
#include "ui/widgets/timeline.h"

#include <QHash>
#include <QWidget>

class QPushButton;

namespace fb {

class DraftStore;
class LineChart;
class RangeField;
class TagEditor;
class TextLabel;

QList<TimelineEntry> timelineOf(const QList<NodeHappening> &happenings);

class NodeMetricsTab : public QWidget
{
    Q_OBJECT
public:
    explicit NodeMetricsTab(NodeViewModel &node, QWidget *parent = nullptr);
    void setRange(const TimeRange &range);

signals:
    void rangeChanged();

private:
    void take(const TimeRange &range);
    void update();

    NodeViewModel &m_node;
    RangeField *m_range;
    TextLabel *m_step;
    TimeRange m_before; // what a double click goes back to
    QHash<QString, LineChart *> m_charts;
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
