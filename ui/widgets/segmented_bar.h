#pragma once
// Progress of many nodes as one bar, parts in fixed order, and its legend with icon, count and word (look.md 6). A click on a
// legend entry asks to filter; with keys the arrows choose an entry and Enter asks. Ui thread.

#include "models/table/state_kind.h"

#include <QList>
#include <QWidget>

class QPainter;

namespace fb {

class Theme;

struct BarPart {
    StateKind kind;
    int count;
    QString word;
};

// Also used by table cells. Non-zero parts get at least 3 px, 2 px between.
void paintSegments(QPainter *painter, const Theme &theme, const QRectF &rect, const QList<BarPart> &parts);

class SegmentedBar : public QWidget
{
    Q_OBJECT
public:
    explicit SegmentedBar(QWidget *parent = nullptr);
    void setParts(const QList<BarPart> &parts);
    QSize sizeHint() const override;
    QRect placeOf(StateKind kind) const; // empty: there is none

signals:
    void partClicked(fb::StateKind kind);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;

private:
    QList<BarPart> m_parts;
};

class SegmentLegend : public QWidget
{
    Q_OBJECT
public:
    explicit SegmentLegend(QWidget *parent = nullptr);
    void setParts(const QList<BarPart> &parts);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

signals:
    void partClicked(fb::StateKind kind);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;

private:
    QList<QRect> places() const;
    void choose(qsizetype part);

    QList<BarPart> m_parts; // without zero parts
    qsizetype m_chosen = 0; // by keys
};

}
