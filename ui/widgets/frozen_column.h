#pragma once
// The first column of a table and its title, over its left edge while the table is scrolled sideways, so that a row keeps its name (ux.md 3).
// Paints with the table's own delegate and header; the mouse goes through to the table. Ui thread.

#include <QWidget>

namespace fb {

class DataTable;
class TableHeader;

class FrozenColumn : public QWidget
{
    Q_OBJECT
public:
    FrozenColumn(DataTable &table, TableHeader &header);

    void follow(); // where the table is scrolled to and how wide the column is

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    int headHeight() const;
    bool passOn(QEvent *event);

    DataTable &m_table;
    TableHeader &m_header;
};

}
