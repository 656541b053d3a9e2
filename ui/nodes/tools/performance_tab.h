#pragma once
// A node's page > Performance (spec/fleet-manager.md 3.6): live charts of the last minutes, a sample a second while it is shown. What was
// measured before is on the tab Metrics. Ui thread.

#include "models/nodes/tools/performance_view_model.h"

#include <QWidget>

class QComboBox;

namespace fb {

class LineChart;
class TextLabel;

class PerformanceTab : public QWidget
{
    Q_OBJECT
public:
    PerformanceTab(PerformanceSource &source, const QString &nodeId, QWidget *parent = nullptr);

signals:
    void metricsWanted(); // the stored ones

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void update();
    QString answerOf(const PerformanceHistory::Chart &chart) const;

    PerformanceViewModel m_model;
    QComboBox *m_span;
    TextLabel *m_status;
    QMap<QString, LineChart *> m_charts; // by name
    std::optional<std::pair<Instant, Instant>> m_zoom;
};

}
