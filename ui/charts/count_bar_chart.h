#pragma once
// How many things happened in each period, and of what kind (ux.md 12): a question as title, a legend that filters by kind, and one bar a period,
// its kinds on top of each other. A click on a bar, or Enter on the one that the arrows have reached, asks for that period. Ui thread.

#include "models/charts/count_bars.h"
#include "models/table/state_kind.h"
#include "ui/widgets/surface.h"

#include <QStringList>

namespace fb {

class SegmentLegend;
class TextLabel;
class CountBarArea;

struct CountKind {
    StateKind look = StateKind::None;
    QString word;
};

class CountBarChart : public Surface
{
    Q_OBJECT
public:
    static constexpr int kMostBars = 60;

    CountBarChart(const QString &objectName, const QString &title, QList<CountKind> kinds,
                  QWidget *parent = nullptr);
    void setBars(const QList<CountBar> &bars);
    const QList<CountBar> &bars() const { return m_bars; }

signals:
    void periodChosen(fb::Instant from, fb::Instant to);
    void kindChosen(int kind);

private:
    QList<CountKind> m_kinds;
    QList<CountBar> m_bars;
    SegmentLegend *m_legend;
    CountBarArea *m_area;
};

// The bars themselves, with their axes. The left one is the oldest.
class CountBarArea : public QWidget
{
    Q_OBJECT
public:
    explicit CountBarArea(const QList<CountKind> &kinds, QWidget *parent = nullptr);
    void setBars(const QList<CountBar> &bars);
    QRect barAt(qsizetype bar) const; // the whole column of it
    QString textOf(qsizetype bar) const; // "28 Nov 10:00 to 10:15: 12 Success, 1 Denied"
    QSize sizeHint() const override;

signals:
    void chosen(qsizetype bar);

protected:
    bool event(QEvent *event) override; // the tool tip
    void paintEvent(QPaintEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    QRectF plot() const;
    qsizetype barUnder(const QPointF &place) const; // -1: none
    void moveTo(qsizetype bar);

    QList<CountKind> m_kinds;
    QList<CountBar> m_bars;
    qsizetype m_current = -1;
};

}
