#pragma once
// Chooses the nodes whose charts are shown over a node's own: a filter, and a list with a box for each. Ui thread.

#include "models/nodes/fleet/compared_nodes.h"
#include "ui/widgets/sheet.h"

class QLineEdit;
class QListWidget;
class QListWidgetItem;
class QPushButton;

namespace fb {

class CompareSheet : public Sheet
{
    Q_OBJECT
public:
    CompareSheet(ComparedNodes &nodes, QWidget *window);

protected:
    QWidget *firstField() override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fill();
    void take(const QListWidgetItem *item);
    void update();

    ComparedNodes &m_nodes;
    QStringList m_chosen; // also those that the filter hides
    QLineEdit *m_filter;
    QListWidget *m_list;
    TextLabel *m_count;
    QPushButton *m_apply;
    bool m_isFilling = false;
};

}
