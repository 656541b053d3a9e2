#pragma once
// The plot of a line chart: a QChart, and over it axis labels, end dots, direct labels, the cursor with its values and the part that is
// being dragged over. Mouse and keys: Left, Right, Home, End move the cursor, + zooms in around it, Esc takes it away. Ui thread.

#include "models/charts/chart_series.h"

#include <QChartView>

#include <optional>

class QValueAxis;

namespace fb {

class ChartArea : public QChartView
{
    Q_OBJECT
public:
    explicit ChartArea(QWidget *parent = nullptr);

    void setUnit(ChartUnit unit) { m_unit = unit; }
    void setGap(Microseconds gap) { m_gap = gap; } // a longer step between two points is a gap
    void show(const QList<ChartSeries> &series, const QList<int> &colors, Instant from, Instant to);
    QString cursorText() const; // what the cursor says; empty: no cursor
    QSize sizeHint() const override;

signals:
    void zoomed(fb::Instant from, fb::Instant to);
    void resetAsked();
    void cursorMoved();

protected:
    void drawBackground(QPainter *painter, const QRectF &rect) override; // the grid
    void drawForeground(QPainter *painter, const QRectF &rect) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void rebuild(); // lines of the series for the size of now
    void place();
    double x(Instant at) const;
    Instant timeAt(double x) const;
    void setCursorAt(const std::optional<Instant> &at);
    void stepCursor(int steps);
    QList<Instant> times() const;
    void drawAxes(QPainter *painter);
    void drawEnds(QPainter *painter);
    void drawCursor(QPainter *painter);

    QValueAxis *m_time;
    QValueAxis *m_value;
    QList<ChartSeries> m_series;
    QList<int> m_colors; // index into the theme's series colours
    QList<double> m_ticks {0, 1};
    ChartUnit m_unit = ChartUnit::Percent;
    Microseconds m_gap {std::chrono::seconds(150)};
    Instant m_from {};
    Instant m_to {};
    std::optional<Instant> m_cursor;
    std::optional<double> m_dragFrom; // x
    double m_dragTo = 0;
};

}
