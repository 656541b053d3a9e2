#include "ui/nodes/sessions/node_picker.h"

#include "models/table/natural_order.h"
#include "models/table/plain_tool_tip.h"
#include "models/table/visible_text.h"
#include "ui/theme/focus_edge.h"
#include "ui/theme/theme.h"
#include "ui/widgets/state_look.h"
#include "ui/widgets/text_label.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr int kMostShown = 500; // rows; the filter finds the others
    constexpr int kRowsInView = 6;

    bool matches(const NodeRow &row, const QStringList &words)
    {
        return std::all_of(words.begin(), words.end(), [&row](const QString &word) {
            return row.name.contains(word, Qt::CaseInsensitive) || row.id.contains(word, Qt::CaseInsensitive)
                || std::any_of(row.tags.begin(), row.tags.end(), [&word](const QString &tag) {
                       return tag.contains(word, Qt::CaseInsensitive);
                   });
        });
    }
}

NodePicker::NodePicker(FleetViewModel &fleet, QWidget *parent)
    : QWidget(parent),
      m_fleet(fleet),
      m_filter(new QLineEdit),
      m_list(new QListWidget),
      m_count(new TextLabel(TextRole::Small, Token::Text3))
{
    const Metrics &m = themeOf(this).metrics();
    m_filter->setObjectName(u"startNodeFilter"_s);
    m_filter->setAccessibleName(tr("Filter nodes by name or tag"));
    m_filter->setPlaceholderText(tr("Filter: a name, or a tag such as role=web"));
    m_filter->setClearButtonEnabled(true);
    m_filter->installEventFilter(this);
    setFocusProxy(m_filter);
    m_list->setObjectName(u"startNodes"_s);
    m_list->setAccessibleName(tr("Nodes"));
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->setUniformItemSizes(true);
    m_list->setTextElideMode(Qt::ElideRight);
    FocusEdge::giveTo(m_list);
    m_list->setIconSize(QSize(Metrics::kIcon, Metrics::kIcon));
    m_list->setFixedHeight(kRowsInView * m.compactRow() + 4);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(m.step(1));
    column->addWidget(m_filter);
    column->addWidget(m_list);
    column->addWidget(m_count);
    connect(m_filter, &QLineEdit::textChanged, this, &NodePicker::fill);
    connect(m_list, &QListWidget::itemSelectionChanged, this, &NodePicker::note);
    connect(&m_fleet, &FleetViewModel::nodesChanged, this, &NodePicker::fill);
    fill();
}

void NodePicker::setChosen(const QStringList &nodeIds)
{
    m_chosen.clear();
    for (const QString &id : nodeIds) {
        const NodeRow *row = m_fleet.nodes().node(id);
        if (row && row->ping == PingState::Online)
            m_chosen << id;
    }
    fill();
    for (int i = 0; i < m_list->count(); ++i) {
        if (m_list->item(i)->isSelected())
            return m_list->scrollToItem(m_list->item(i), QAbstractItemView::PositionAtCenter);
    }
}

QStringList NodePicker::chosen() const { return m_chosen; }

void NodePicker::fill()
{
    m_isFilling = true;
    const QStringList words = m_filter->text().split(u' ', Qt::SkipEmptyParts);
    std::vector<const NodeRow *> rows;
    for (const NodeRow &row : m_fleet.nodes().allNodes()) {
        if (matches(row, words))
            rows.push_back(&row);
    }
    std::sort(rows.begin(), rows.end(), [](const NodeRow *a, const NodeRow *b) {
        const bool first = a->ping == PingState::Online;
        const bool second = b->ping == PingState::Online;
        return first != second ? first : comesBeforeNaturally(a->name, b->name);
    });
    m_list->clear();
    for (const NodeRow *row : rows) {
        if (m_list->count() == kMostShown)
            break;
        const bool isOnline = row->ping == PingState::Online;
        const QString name = visibleText(row->name, 80);
        const QString why
            = tr("%1: only nodes that are online can be chosen").arg(PingWords::word(row->ping));
        const QString tags = visibleText(row->tags.join(u", "_s), 120);
        auto *item = new QListWidgetItem(isOnline ? tags.isEmpty() ? name : u"%1   %2"_s.arg(name, tags)
                                                  : u"%1   %2"_s.arg(name, why));
        item->setIcon(stateIcon(this, PingWords::kind(row->ping)));
        item->setData(Qt::UserRole, row->id);
        item->setSizeHint(QSize(0, themeOf(this).metrics().compactRow()));
        item->setToolTip(
            plainToolTip(isOnline ? u"%1\n%2"_s.arg(name, row->id) : u"%1\n%2"_s.arg(name, why)));
        if (!isOnline)
            item->setFlags(Qt::NoItemFlags);
        m_list->addItem(item);
        item->setSelected(isOnline && m_chosen.contains(row->id));
    }
    m_isFilling = false;
    const auto hidden = static_cast<int>(rows.size()) - m_list->count();
    m_count->setText(rows.empty()              ? tr("No node matches.")
                         : m_chosen.size() > 1 ? tr("%n node(s) chosen: they open as a grid", nullptr,
                                                    static_cast<int>(m_chosen.size()))
                         : hidden > 0          ? tr("and %n more: type to find them", nullptr, hidden)
                                               : tr("Ctrl or Shift chooses several, which open as a grid."));
}

void NodePicker::note()
{
    if (m_isFilling)
        return;
    QStringList chosen;
    QSet<QString> listed;
    for (int i = 0; i < m_list->count(); ++i) {
        const QString id = m_list->item(i)->data(Qt::UserRole).toString();
        listed << id;
        if (m_list->item(i)->isSelected())
            chosen << id;
    }
    if (!m_filter->text().isEmpty()) { // what is out of sight stays chosen
        for (const QString &id : std::as_const(m_chosen)) {
            if (!listed.contains(id))
                chosen << id;
        }
    }
    m_chosen = chosen;
    m_count->setText(m_chosen.size() > 1 ? tr("%n node(s) chosen: they open as a grid", nullptr,
                                              static_cast<int>(m_chosen.size()))
                                         : tr("Ctrl or Shift chooses several, which open as a grid."));
    emit chosenChanged();
}

bool NodePicker::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_filter && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Down && m_list->count() > 0) {
            m_list->setFocus(Qt::TabFocusReason);
            if (m_list->selectedItems().isEmpty())
                m_list->setCurrentRow(0);
            return true;
        }
        if (key == Qt::Key_Escape && !m_filter->text().isEmpty()) {
            m_filter->clear();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

}
