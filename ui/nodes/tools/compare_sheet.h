#pragma once
// Chooses the nodes whose charts are shown over a node's own: a filter, and a list with a box for each. Ui thread.

#include "models/nodes/fleet/compared_nodes.h"
#include "ui/widgets/sheet.h"

class QListWidgetItem;
class QPushButton;

namespace fb {

class NodeList;
class CompareSheet : public Sheet
{
    Q_OBJECT
public:
    CompareSheet(ComparedNodes &nodes, QWidget *window);

protected:
    QWidget *firstField() override;

private:
    void take(const QListWidgetItem *item);
    void update();

    ComparedNodes &m_nodes;
    QStringList m_chosen; // also those that the filter hides
    NodeList *m_list;
    TextLabel *m_count;
    QPushButton *m_apply;
};

}
