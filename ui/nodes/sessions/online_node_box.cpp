#include "ui/nodes/sessions/online_node_box.h"

#include "models/table/natural_order.h"
#include "models/table/visible_text.h"

#include <algorithm>
#include <vector>

namespace fb {

OnlineNodeBox::OnlineNodeBox(FleetViewModel &fleet, QWidget *parent) : QComboBox(parent), m_fleet(fleet)
{
    fill();
    connect(&m_fleet, &FleetViewModel::nodesChanged, this, &OnlineNodeBox::fill);
}

void OnlineNodeBox::setNode(const QString &nodeId)
{
    if (const int index = findData(nodeId); index >= 0)
        setCurrentIndex(index);
}

void OnlineNodeBox::fill()
{
    std::vector<const NodeRow *> rows;
    for (const NodeRow &row : m_fleet.nodes().allNodes()) {
        if (row.ping == PingState::Online)
            rows.push_back(&row);
    }
    std::sort(rows.begin(), rows.end(),
              [](const NodeRow *a, const NodeRow *b) { return comesBeforeNaturally(a->name, b->name); });
    const QString chosen = nodeId();
    clear();
    for (const NodeRow *row : rows) {
        if (count() == kMostNodes)
            break;
        addItem(visibleText(row->name, 80), row->id);
    }
    setNode(chosen);
    emit filled();
}

}
