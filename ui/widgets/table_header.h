#pragma once
// The header of a DataTable (look.md 6): the box that selects all, sort arrows with their places, right-aligned titles of figures. Shift and a
// click adds a column to the sort (ux.md 3). Ui thread.

#include <QHeaderView>

namespace fb {

class TableHeader : public QHeaderView
{
    Q_OBJECT
public:
    explicit TableHeader(QWidget *parent = nullptr);
    QSize sizeHint() const override;
    void setChecks(bool shown) { m_checks = shown; }
    void setRightAligned(int column) { m_right << column; }
    int selectedRows() const;
    int neededWidth(int section) const; // for its whole title, with an arrow beside it
    void paintSection(QPainter *painter, const QRect &rect, int section) const override;

signals:
    void checkClicked();
    void shiftClicked(int section);

protected:
    void mousePressEvent(QMouseEvent *event) override;

private:
    bool onCheck(const QPoint &at) const;

    QList<int> m_right;
    bool m_checks = false;
};

}
