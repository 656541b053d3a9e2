#include "ui/nodes/sessions/node_picker.h"

#include "models/table/plain_tool_tip.h"
#include "models/table/visible_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/text_label.h"

#include <QLineEdit>
#include <QListWidget>
#include <QSet>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

NodePicker::NodePicker(FleetViewModel &fleet, QWidget *parent)
    : QWidget(parent),
      m_fleet(fleet),
      m_count(new TextLabel(TextRole::Small, Token::Text3))
{
    const auto isOnline = [](const NodeRow &row) { return row.ping == PingState::Online; };
    const auto why = [](const NodeRow &row) {
        return tr("%1: only nodes that are online can be chosen").arg(PingWords::word(row.ping));
    };
    m_nodes = new NodeList(
        fleet,
        {.filterName = u"startNodeFilter"_s,
         .listName = u"startNodes"_s,
         .rank = [isOnline](const NodeRow &row) { return isOnline(row) ? 0 : 1; },
         .about =
             [isOnline, why](const NodeRow &row) {
                 return isOnline(row) ? visibleText(row.tags.join(u", "_s), 120) : why(row);
             },
         .dress =
             [this, isOnline, why](const NodeRow &row, QListWidgetItem &item) {
                 if (isOnline(row))
                     return item.setSelected(m_chosen.contains(row.id));
                 item.setFlags(Qt::NoItemFlags);
                 item.setToolTip(plainToolTip(u"%1\n%2"_s.arg(visibleText(row.name, 80), why(row))));
             }});
    m_nodes->list()->setAccessibleName(tr("Nodes"));
    m_nodes->list()->setSelectionMode(QAbstractItemView::ExtendedSelection);
    setFocusProxy(m_nodes);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(themeOf(this).metrics().step(1));
    column->addWidget(m_nodes);
    column->addWidget(m_count);
    connect(m_nodes, &NodeList::filled, this, &NodePicker::tell);
    connect(m_nodes->list(), &QListWidget::itemSelectionChanged, this, &NodePicker::note);
    connect(&m_fleet, &FleetViewModel::nodesChanged, m_nodes, &NodeList::fill);
    m_nodes->fill();
}

void NodePicker::setChosen(const QStringList &nodeIds)
{
    m_chosen.clear();
    for (const QString &id : nodeIds) {
        const NodeRow *row = m_fleet.nodes().node(id);
        if (row && row->ping == PingState::Online)
            m_chosen << id;
    }
    m_nodes->fill();
    QListWidget *list = m_nodes->list();
    for (int i = 0; i < list->count(); ++i) {
        if (list->item(i)->isSelected())
            return list->scrollToItem(list->item(i), QAbstractItemView::PositionAtCenter);
    }
}

QStringList NodePicker::chosen() const { return m_chosen; }

void NodePicker::tell()
{
    m_count->setText(
        m_nodes->list()->count() == 0 ? tr("No node matches.")
            : m_chosen.size() > 1
            ? tr("%n node(s) chosen: they open as a grid", nullptr, static_cast<int>(m_chosen.size()))
            : m_nodes->hidden() > 0 ? tr("and %n more: type to find them", nullptr, m_nodes->hidden())
                                    : tr("Use Ctrl or Shift to select several; they open as a grid."));
}

void NodePicker::note()
{
    if (m_nodes->isFilling())
        return;
    QStringList chosen;
    QSet<QString> listed;
    for (int i = 0; i < m_nodes->list()->count(); ++i) {
        const QListWidgetItem &item = *m_nodes->list()->item(i);
        listed << NodeList::idOf(item);
        if (item.isSelected())
            chosen << NodeList::idOf(item);
    }
    if (!m_nodes->filter()->text().isEmpty()) { // what is out of sight stays chosen
        for (const QString &id : std::as_const(m_chosen)) {
            if (!listed.contains(id))
                chosen << id;
        }
    }
    m_chosen = chosen;
    tell();
    emit chosenChanged();
}

}
