#include "ui/nodes/tools/compare_sheet.h"

#include "models/table/visible_text.h"
#include "ui/shared/nodes/node_list.h"
#include "ui/theme/theme.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/text_label.h"

#include <QLineEdit>
#include <QListWidget>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

CompareSheet::CompareSheet(ComparedNodes &nodes, QWidget *window)
    : Sheet(tr("Compare with other nodes"), window),
      m_nodes(nodes),
      m_chosen(nodes.others()),
      m_count(new TextLabel(TextRole::Small, Token::Text2)),
      m_apply(makeButton(u"compareApply"_s, {}, Icon::None, ButtonKind::Primary))
{
    const Metrics &m = themeOf(this).metrics();
    setObjectName(u"compareSheet"_s);
    auto *words
        = new TextLabel(tr("Each node becomes a line in its own colour in every chart. Where a node has "
                           "several cores or disks, the chart shows their sum or the busiest one."),
                        TextRole::Body, Token::Text2);
    words->setWordWrap(true);
    // Those that are already compared stand first, and those that can be measured before the others.
    m_list = new NodeList(
        nodes.fleet(),
        {.filterName = u"compareFilter"_s,
         .listName = u"compareNodes"_s,
         .rowsInView = 9,
         .rank = [this](const NodeRow &row) -> std::optional<int> {
             if (row.id == m_nodes.own())
                 return std::nullopt;
             return m_nodes.others().contains(row.id) ? 0 : row.ping == PingState::Online ? 1 : 2;
         },
         .about =
             [](const NodeRow &row) {
                 return row.ping == PingState::Online ? visibleText(row.tags.join(u", "_s), 120)
                                                      : PingWords::word(row.ping);
             },
         .dress =
             [this](const NodeRow &row, QListWidgetItem &item) {
                 item.setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
                 item.setCheckState(m_chosen.contains(row.id) ? Qt::Checked : Qt::Unchecked);
             }});
    m_list->list()->setAccessibleName(tr("Nodes to compare with; Space selects one"));
    m_count->setObjectName(u"compareCount"_s);
    m_count->setWordWrap(true);
    auto *list = new QVBoxLayout;
    list->setSpacing(m.step(1));
    list->addWidget(m_list);
    list->addWidget(m_count);
    body()->addWidget(words);
    body()->addLayout(list);
    body()->addStretch(1);
    auto *cancel = makeButton(u"compareCancel"_s, tr("Cancel"));
    foot()->addStretch(1);
    foot()->addWidget(cancel);
    foot()->addWidget(m_apply);
    connect(cancel, &QPushButton::clicked, this, &Sheet::close);
    connect(m_apply, &QPushButton::clicked, this, [this] {
        m_nodes.setOthers(m_chosen);
        close();
    });
    connect(m_list, &NodeList::filled, this, &CompareSheet::update);
    connect(m_list->list(), &QListWidget::itemChanged, this, &CompareSheet::take);
    m_list->fill();
}

QWidget *CompareSheet::firstField() { return m_list->filter(); }

void CompareSheet::take(const QListWidgetItem *item)
{
    if (m_list->isFilling())
        return;
    const QString id = NodeList::idOf(*item);
    m_chosen.removeAll(id);
    if (item->checkState() == Qt::Checked)
        m_chosen << id;
    update();
}

void CompareSheet::update()
{
    const auto count = static_cast<int>(m_chosen.size());
    const bool isTooMany = count > ComparedNodes::kMost;
    m_apply->setEnabled(!isTooMany && m_chosen != m_nodes.others());
    m_apply->setText(count > 0 ? tr("Compare with %n node(s)", nullptr, count) : tr("Stop comparing"));
    m_apply->updateGeometry();
    m_count->setTone(isTooMany ? Tone::Failed : Tone::Neutral);
    if (isTooMany)
        m_count->setText(tr("%n node(s) are selected, but a chart has colours for only %1 besides this one. "
                            "Deselect some.",
                            nullptr, count)
                             .arg(ComparedNodes::kMost));
    else if (m_list->list()->count() == 0)
        m_count->setText(m_list->filter()->text().isEmpty() ? tr("There is no other node yet.")
                                                            : tr("No node matches."));
    else if (m_list->hidden() > 0)
        m_count->setText(tr("and %n more: type to find them", nullptr, m_list->hidden()));
    else
        m_count->setText(tr("%1 of at most %2 selected. Space selects the current row.")
                             .arg(count)
                             .arg(ComparedNodes::kMost));
}

}
