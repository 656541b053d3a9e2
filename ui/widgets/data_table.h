#pragma once
// The table of every page (ux.md 3): header and row metrics of look.md, whole-row selection with check boxes, hover, sort by click,
// copy in four forms, Enter opens, columns chosen from the header's menu, of which the first stays first and in view. What arrives moves neither scroll nor selection. Ui thread.

#include "models/table/live_table_model.h"
#include "models/table/table_text.h"
#include "ui/widgets/cell_delegate.h"
#include "ui/widgets/table_header.h"

#include <QHash>
#include <QPointer>
#include <QSet>
#include <QTableView>

class QMenu;

namespace fb {

struct ColumnSpec {
    int column;
    CellKind kind;
    double width; // in lines (h); of the stretching column: its least
    bool stretches = false;
    bool shown = true;
    int folds = 0; // where there is no room for all: 1 is left out first, then 2; 0 never
};

class ChangedCells;
class FrozenColumn;
class RowSelection;

class DataTable : public QTableView
{
    Q_OBJECT
public:
    explicit DataTable(const QString &objectName, QWidget *parent = nullptr);

    void setUp(LiveTableModel *model, const QList<ColumnSpec> &columns, bool checks);
    CellDelegate &cells() { return *m_cells; }
    QStringList selectedIds() const; // in table order, then those that the filter hides
    int selectedCount() const; // with these
    int hiddenSelectedCount() const;
    void deselectHidden();
    QString currentId() const;
    void select(const QString &id); // and scrolls there
    void showColumnMenu(const QPoint &globalAt);
    // The selected rows, their shown columns. Tab-separated and CSV text is neutral for spreadsheets (security U06).
    QString selectionAsText(TextForm form, bool withHeader) const;
    QList<int> shownColumns() const; // in their order, with those that are left out for want of room
    QList<SortKey> sortKeys() const;
    void popUpMenu(const QPoint &globalAt); // of the current row
    bool isTinted(const QModelIndex &index) const; // has just changed
    // Order, widths, which are hidden, sort; widths in lines, so that they fit any text size. What is not understood changes nothing.
    QByteArray saveColumns() const;
    void restoreColumns(const QByteArray &state);

signals:
    void opened(const QString &id); // Enter or double click
    void selectedIdsChanged();
    void currentIdChanged(const QString &id);
    void columnsChanged(); // by hand
    void menuWanted(QMenu *menu); // a page adds what can be done, in the words of its toolbar
    void renameRequested(const QString &id); // F2
    void deleteRequested(const QStringList &ids); // Delete

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void applyMetrics();
    void fitColumns();
    void foldColumns();
    bool isChosen(int column) const; // by the operator, though there may be no room for it
    void setHoverRow(int row);
    void toggleAll();
    void addToSort(int column);
    void copy(TextForm form, bool withHeader) const;
    void rememberTop(); // the row at the top of the view
    void restoreTop();
    void fillColumnMenu(QMenu *menu); // data_table_menus.cpp
    void addSorting(QMenu *menu, int column);
    void addArranging(QMenu *menu, int column);
    bool stretches(int column) const;
    const LiveTableModel *rows() const;
    void showColumn(const ColumnSpec &spec, bool shown);

    CellDelegate *m_cells;
    TableHeader *m_header;
    FrozenColumn *m_frozen = nullptr;
    RowSelection *m_selection = nullptr;
    QList<ColumnSpec> m_columns;
    ChangedCells *m_changed = nullptr;
    QString m_topId; // while rows come and go
    int m_topOffset = 0;
    bool m_checks = false;
    QHash<int, int> m_folded; // left out for want of room, with their widths
    QSet<int> m_unfolded; // that the operator asked for where there was no room
    QSet<int> m_wideByHand; // the others follow title and text size
    bool m_fitted = false;
    bool m_fitting = false; // widths change, but not by hand
};

}
