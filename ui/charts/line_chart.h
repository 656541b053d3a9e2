#pragma once
// A chart card (ux.md 12): the question as title, its answer beside it, the lines, a legend that toggles when there are several series, and
// a menu to copy or save what is shown. The page shares one time range: a drag asks for another, a double click for the whole. Ui thread.
//
//     auto *cpu = new LineChart(u"chartCpu"_s, tr("How busy are the processors?"), ChartUnit::Percent);
//     cpu->setSeries(series);            // at most twice a second on the screen
//     cpu->setRange(from, to);           // at once

#include "models/charts/chart_series.h"
#include "ui/widgets/surface.h"

#include <QElapsedTimer>
#include <QSet>
#include <QTimer>

class QMenu;

namespace fb {

class ChartArea;
class TextLabel;

class LineChart : public Surface
{
    Q_OBJECT
public:
    static constexpr auto kLeastPause = std::chrono::milliseconds(500); // between two updates

    LineChart(const QString &objectName, const QString &title, ChartUnit unit, QWidget *parent = nullptr);

    void setAnswer(const QString &answer); // "84 %, 8 processors"
    void setSeries(const QList<ChartSeries> &series);
    void setRange(Instant from, Instant to);
    void setGap(Microseconds gap);
    void setWaiting(const QString &text); // shown while there is no value: why, and when there will be one
    const QList<ChartSeries> &shownSeries() const { return m_shown; }
    ChartArea &area() { return *m_area; }
    int updates() const { return m_updates; } // that reached the screen

    QImage picture() const; // at twice the size
    QString csv() const;

signals:
    void rangeChosen(fb::Instant from, fb::Instant to);
    void rangeReset();

private:
    void update();
    void rebuildLegend();
    void fillMenu(QMenu *menu);
    void save(const QString &suffix);

    QString m_title;
    ChartUnit m_unit;
    TextLabel *m_titleLabel;
    TextLabel *m_answer;
    TextLabel *m_waiting;
    QWidget *m_legend;
    ChartArea *m_area;
    QList<ChartSeries> m_series;
    QList<ChartSeries> m_shown; // folded to six, without those that are switched off
    QStringList m_legendNames;
    QSet<QString> m_off;
    Instant m_from {};
    Instant m_to {};
    QTimer m_pause;
    QElapsedTimer m_sinceUpdate;
    int m_updates = 0;
};

}
