#pragma once
// The table of every page (ux.md 3): header and row metrics of look.md, whole-row selection with check boxes, hover, sort by click,
// copy as tab-separated text, Enter opens, columns chosen from the header's menu. Ui thread.

#include "models/table/live_table_model.h"
#include "ui/widgets/cell_delegate.h"

#include <QHeaderView>
#include <QTableView>

namespace fb {

struct ColumnSpec {
    int column;
    CellKind kind;
    double width; // in lines (h); of the stretching column: its least
    bool stretches = false;
    bool shown = true;
};

class TableHeader : public QHeaderView
{
    Q_OBJECT
public:
    explicit TableHeader(QWidget *parent = nullptr);
    QSize sizeHint() const override;
    void setChecks(bool shown) { m_checks = shown; }
    void setRightAligned(int column) { m_right << column; }

signals:
    void checkClicked();

protected:
    void paintSection(QPainter *painter, const QRect &rect, int section) const override;
    void mousePressEvent(QMouseEvent *event) override;

private:
    bool onCheck(const QPoint &at) const;

    QList<int> m_right;
    bool m_checks = false;
};

class DataTable : public QTableView
{
    Q_OBJECT
public:
    explicit DataTable(const QString &objectName, QWidget *parent = nullptr);

    void setUp(LiveTableModel *model, const QList<ColumnSpec> &columns, bool checks);
    CellDelegate &cells() { return *m_cells; }
    QStringList selectedIds() const; // in table order; those in view by the filter
    QString currentId() const;
    void select(const QString &id); // and scrolls there
    void showColumnMenu(const QPoint &globalAt);
    QString selectionAsText(bool withHeader) const; // tab-separated, neutral for spreadsheets (security U06)
    // Order, widths, which are hidden, sort; widths in lines, so that they fit any text size. What is not understood changes nothing.
    QByteArray saveColumns() const;
    void restoreColumns(const QByteArray &state);

signals:
    void opened(const QString &id); // Enter or double click
    void selectedIdsChanged();
    void currentIdChanged(const QString &id);
    void columnsChanged(); // by hand

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void applyMetrics();
    void fitColumns();
    void setHoverRow(int row);
    void toggleAll();
    bool stretches(int column) const;
    void showColumn(const ColumnSpec &spec, bool shown);

    CellDelegate *m_cells;
    TableHeader *m_header;
    QList<ColumnSpec> m_columns;
    bool m_checks = false;
    bool m_fitted = false;
    bool m_fitting = false; // widths change, but not by hand
};

}
