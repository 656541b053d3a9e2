#pragma once
// A small line chart of one share over time: title, the value now, 0 to 100 %, end dot; gaps stay gaps (look.md 6). Ui thread.

#include <QList>
#include <QPointF>
#include <QWidget>

namespace fb {

class Sparkline : public QWidget
{
    Q_OBJECT
public:
    explicit Sparkline(QWidget *parent = nullptr);

    void setTitle(const QString &title, const QString &nowText);
    // x in seconds, y a share of 1; oldest first. A step in x over `gapSeconds` is a gap. The width stands for firstX to lastX.
    void setPoints(const QList<QPointF> &points, double gapSeconds, double firstX, double lastX);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_title;
    QString m_nowText;
    QList<QPointF> m_points;
    double m_gap = 0;
    double m_firstX = 0;
    double m_lastX = 1;
};

}
