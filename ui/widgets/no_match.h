#pragma once
// What a table says when it has rows and none of them matches its filter (ux.md 8), with the way out. Stands where the rows would. Ui thread.

#include <QWidget>

namespace fb {

class DataTable;
class FilterLine;
class LiveTableModel;

class NoMatch : public QWidget
{
    Q_OBJECT
public:
    NoMatch(const QString &name, FilterLine &filter, const LiveTableModel &model, DataTable &table);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override; // follows the table's size

private:
    void place();

    DataTable &m_table;
};

}
