#include "ui/shared/nodes/node_list.h"

#include "models/table/natural_order.h"
#include "models/table/plain_tool_tip.h"
#include "models/table/visible_text.h"
#include "ui/theme/focus_edge.h"
#include "ui/theme/theme.h"
#include "ui/widgets/state_look.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr int kMostShown = 500; // rows; the filter finds the others
}

NodeList::NodeList(FleetViewModel &fleet, Form form, QWidget *parent)
    : QWidget(parent),
      m_fleet(fleet),
      m_form(std::move(form)),
      m_filter(new QLineEdit),
      m_list(new QListWidget)
{
    const Metrics &m = themeOf(this).metrics();
    m_filter->setObjectName(m_form.filterName);
    m_filter->setAccessibleName(tr("Filter nodes by name or tag"));
    m_filter->setPlaceholderText(tr("Filter: a name, or a tag such as role=web"));
    m_filter->setClearButtonEnabled(true);
    m_filter->installEventFilter(this);
    setFocusProxy(m_filter);
    m_list->setObjectName(m_form.listName);
    m_list->setUniformItemSizes(true);
    m_list->setTextElideMode(Qt::ElideRight);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    FocusEdge::giveTo(m_list);
    m_list->setIconSize(QSize(Metrics::kIcon, Metrics::kIcon));
    m_list->setFixedHeight(m_form.rowsInView * m.compactRow() + 4);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(m.step(1));
    column->addWidget(m_filter);
    column->addWidget(m_list);
    connect(m_filter, &QLineEdit::textChanged, this, &NodeList::fill);
}

QString NodeList::idOf(const QListWidgetItem &item) { return item.data(Qt::UserRole).toString(); }

void NodeList::fill()
{
    m_isFilling = true;
    const QStringList words = m_filter->text().split(u' ', Qt::SkipEmptyParts);
    std::vector<std::pair<int, const NodeRow *>> rows;
    for (const NodeRow &row : m_fleet.nodes().allNodes()) {
        if (const auto rank = row.matches(words) ? m_form.rank(row) : std::nullopt)
            rows.emplace_back(*rank, &row);
    }
    std::sort(rows.begin(), rows.end(), [](const auto &a, const auto &b) {
        return a.first != b.first ? a.first < b.first : comesBeforeNaturally(a.second->name, b.second->name);
    });
    m_hidden = std::max(0, static_cast<int>(rows.size()) - kMostShown);
    rows.resize(rows.size() - static_cast<size_t>(m_hidden));
    m_list->clear();
    for (const auto &[rank, row] : rows) {
        const QString name = visibleText(row->name, 80);
        const QString about = m_form.about(*row);
        auto *item = new QListWidgetItem(about.isEmpty() ? name : u"%1   %2"_s.arg(name, about));
        item->setIcon(stateIcon(this, PingWords::kind(row->ping)));
        item->setData(Qt::UserRole, row->id);
        item->setSizeHint(QSize(0, themeOf(this).metrics().compactRow()));
        item->setToolTip(plainToolTip(u"%1\n%2"_s.arg(name, row->id)));
        m_list->addItem(item);
        m_form.dress(*row, *item);
    }
    m_isFilling = false;
    emit filled();
}

bool NodeList::eventFilter(QObject *watched, QEvent *event)
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
