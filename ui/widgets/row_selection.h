#pragma once
// The selection of a table: the model keeps which rows are chosen (LiveTableModel::mark), this shows those of them that the filter lets
// through. What the operator selects and deselects is marked; rows that come and go with filter, sort and news change no mark. Ui thread.

#include <QItemSelectionModel>

namespace fb {

class LiveTableModel;

class RowSelection : public QItemSelectionModel
{
    Q_OBJECT
public:
    explicit RowSelection(LiveTableModel &rows, QObject *parent = nullptr);

    void select(const QItemSelection &selection, QItemSelectionModel::SelectionFlags command) override;
    using QItemSelectionModel::select;
    void clear() override;

signals:
    void marksChanged(); // or another part of them is shown

private:
    void mark(const QItemSelection &selection, bool marked);
    void hide(); // before the rows are arranged anew: following each of many would take long
    void showMarked();
    void showInserted(int first, int last);

    LiveTableModel &m_rows;
    bool m_byHand = false;
};

}
