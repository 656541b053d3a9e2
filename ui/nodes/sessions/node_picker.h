#pragma once
// Chooses nodes for sessions: a filter, and the list under it. Those that are not online stand there too, and say why they cannot be chosen.
// Ui thread.

#include "ui/shared/nodes/node_list.h"

namespace fb {

class TextLabel;

class NodePicker : public QWidget
{
    Q_OBJECT
public:
    explicit NodePicker(FleetViewModel &fleet, QWidget *parent = nullptr);

    void setChosen(const QStringList &nodeIds); // what is not online is left out
    QStringList chosen() const; // in the order of the list

signals:
    void chosenChanged();

private:
    void note();
    void tell();

    FleetViewModel &m_fleet;
    NodeList *m_nodes;
    TextLabel *m_count;
    QStringList m_chosen; // also those that the filter hides
};

}
