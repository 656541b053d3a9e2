#pragma once
// A node's page > Performance (spec/fleet-manager.md 3.6): live charts of the last minutes, a sample a second while it is shown; of other nodes
// too, over each other. What was measured before is on the tab Metrics. Ui thread.

#include "models/nodes/fleet/compared_nodes.h"
#include "models/nodes/tools/performance_view_model.h"

#include <QWidget>

class QComboBox;

namespace fb {

class CompareBar;
class LineChart;
class TextLabel;

class PerformanceTab : public QWidget
{
    Q_OBJECT
public:
    PerformanceTab(PerformanceSource &source, ComparedNodes &nodes, QWidget *parent = nullptr);

signals:
    void metricsWanted(); // the stored ones

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    QWidget *makeCharts(const QString &prefix, const QList<PerformanceHistory::Chart> &charts);
    void compare();
    void update();
    void updateNotes();
    QString answerOf(const PerformanceHistory::Chart &chart) const;

    ComparedNodes &m_nodes;
    PerformanceViewModel m_model;
    CompareBar *m_bar;
    QComboBox *m_span;
    TextLabel *m_status;
    QHash<QString, LineChart *> m_charts; // by object name; before the two that fill it
    QWidget *m_one; // the charts of this node
    QWidget *m_many; // and those of several
    std::optional<std::pair<Instant, Instant>> m_zoom;
};

}
