#include "ui/widgets/row_selection.h"

#include "models/table/live_table_model.h"

#include <QScopedValueRollback>
#include <QSignalBlocker>

namespace fb {

RowSelection::RowSelection(LiveTableModel &rows, QObject *parent)
    : QItemSelectionModel(&rows, parent),
      m_rows(rows)
{
    connect(this, &QItemSelectionModel::selectionChanged, this,
            [this](const QItemSelection &selected, const QItemSelection &deselected) {
                if (!m_byHand)
                    return;
                mark(deselected, false);
                mark(selected, true);
                emit marksChanged();
            });
    connect(&rows, &LiveTableModel::aboutToArrange, this, &RowSelection::hide);
    connect(&rows, &LiveTableModel::arranged, this, &RowSelection::showMarked);
    connect(&rows, &QAbstractItemModel::rowsInserted, this,
            [this](const QModelIndex &, int first, int last) { showInserted(first, last); });
    connect(&rows, &QAbstractItemModel::rowsRemoved, this, &RowSelection::marksChanged);
    connect(&rows, &QAbstractItemModel::modelReset, this, &RowSelection::marksChanged);
    showMarked();
}

void RowSelection::select(const QItemSelection &selection, SelectionFlags command)
{
    const bool hadHidden = (command & Clear) && m_rows.markedRows() > 0;
    if (command & Clear) // also what the filter hides
        m_rows.unmarkAll();
    {
        const QScopedValueRollback byHand(m_byHand, true);
        QItemSelectionModel::select(selection, command);
    }
    if (!hadHidden)
        return;
    mark(this->selection(), true); // also those that were selected before, and so did not change
    emit marksChanged();
}

void RowSelection::clear()
{
    m_rows.unmarkAll();
    QItemSelectionModel::clear();
    emit marksChanged();
}

void RowSelection::mark(const QItemSelection &selection, bool marked)
{
    for (const QItemSelectionRange &range : selection)
        m_rows.mark(range.top(), range.height(), marked);
}

void RowSelection::hide()
{
    const QSignalBlocker quiet(this);
    QItemSelectionModel::select(QItemSelection(), Clear);
}

void RowSelection::showMarked()
{
    if (m_rows.markedRows() == 0)
        return;
    QItemSelection shown;
    const int last = m_rows.columnCount() - 1;
    const auto runs = m_rows.markedRuns();
    for (const auto &[first, count] : runs)
        shown.append(QItemSelectionRange(m_rows.index(first, 0), m_rows.index(first + count - 1, last)));
    {
        const QSignalBlocker quiet(this);
        QItemSelectionModel::select(shown, ClearAndSelect);
    }
    emit marksChanged();
}

void RowSelection::showInserted(int first, int last)
{
    bool any = false;
    for (int row = first; row <= last; ++row) {
        if (!m_rows.isMarked(row))
            continue;
        QItemSelectionModel::select(m_rows.index(row, 0), Select | Rows);
        any = true;
    }
    if (any)
        emit marksChanged();
}

}
