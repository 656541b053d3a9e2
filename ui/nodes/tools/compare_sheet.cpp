#include "ui/nodes/tools/compare_sheet.h"

#include "models/table/natural_order.h"
#include "models/table/plain_tool_tip.h"
#include "models/table/visible_text.h"
#include "ui/theme/focus_edge.h"
#include "ui/widgets/icon_button.h"
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
    constexpr int kRowsInView = 9;

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

CompareSheet::CompareSheet(ComparedNodes &nodes, QWidget *window)
    : Sheet(tr("Compare with other nodes"), window),
      m_nodes(nodes),
      m_chosen(nodes.others()),
      m_filter(new QLineEdit),
      m_list(new QListWidget),
      m_count(new TextLabel(TextRole::Small, Token::Text2)),
      m_apply(makeButton(u"compareApply"_s, {}, Icon::None, ButtonKind::Primary))
{
    const Metrics &m = themeOf(this).metrics();
    setObjectName(u"compareSheet"_s);
    auto *words = new TextLabel(
        tr("Each node becomes a line of its own colour in every chart. What a node has several of, such as "
           "cores or disks, is added up, or the busiest of them stands for all."),
        TextRole::Body, Token::Text2);
    words->setWordWrap(true);
    m_filter->setObjectName(u"compareFilter"_s);
    m_filter->setAccessibleName(tr("Filter nodes by name or tag"));
    m_filter->setPlaceholderText(tr("Filter: a name, or a tag such as role=web"));
    m_filter->setClearButtonEnabled(true);
    m_filter->installEventFilter(this);
    m_list->setObjectName(u"compareNodes"_s);
    m_list->setAccessibleName(tr("Nodes to compare with; Space ticks one"));
    m_list->setUniformItemSizes(true);
    m_list->setTextElideMode(Qt::ElideRight);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    FocusEdge::giveTo(m_list);
    m_list->setIconSize(QSize(Metrics::kIcon, Metrics::kIcon));
    m_list->setFixedHeight(kRowsInView * m.compactRow() + 4);
    m_count->setObjectName(u"compareCount"_s);
    m_count->setWordWrap(true);
    auto *list = new QVBoxLayout;
    list->setSpacing(m.step(1));
    list->addWidget(m_filter);
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
    connect(m_filter, &QLineEdit::textChanged, this, &CompareSheet::fill);
    connect(m_list, &QListWidget::itemChanged, this, &CompareSheet::take);
    fill();
}

QWidget *CompareSheet::firstField() { return m_filter; }

void CompareSheet::fill()
{
    m_isFilling = true;
    const QStringList words = m_filter->text().split(u' ', Qt::SkipEmptyParts);
    std::vector<const NodeRow *> rows;
    for (const NodeRow &row : m_nodes.fleet().nodes().allNodes()) {
        if (row.id != m_nodes.own() && matches(row, words))
            rows.push_back(&row);
    }
    // Those that are already compared stand first, and those that can be measured before the others.
    const auto rank = [this](const NodeRow &row) {
        return m_nodes.others().contains(row.id) ? 0 : row.ping == PingState::Online ? 1 : 2;
    };
    std::sort(rows.begin(), rows.end(), [&rank](const NodeRow *a, const NodeRow *b) {
        const int first = rank(*a);
        const int second = rank(*b);
        return first != second ? first < second : comesBeforeNaturally(a->name, b->name);
    });
    m_list->clear();
    for (const NodeRow *row : rows) {
        if (m_list->count() == kMostShown)
            break;
        const QString name = visibleText(row->name, 80);
        const QString about = row->ping == PingState::Online ? visibleText(row->tags.join(u", "_s), 120)
                                                             : PingWords::word(row->ping);
        auto *item = new QListWidgetItem(about.isEmpty() ? name : u"%1   %2"_s.arg(name, about));
        item->setIcon(stateIcon(this, PingWords::kind(row->ping)));
        item->setData(Qt::UserRole, row->id);
        item->setSizeHint(QSize(0, themeOf(this).metrics().compactRow()));
        item->setToolTip(plainToolTip(u"%1\n%2"_s.arg(name, row->id)));
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(m_chosen.contains(row->id) ? Qt::Checked : Qt::Unchecked);
        m_list->addItem(item);
    }
    if (m_list->count() > 0)
        m_list->setCurrentRow(0);
    m_isFilling = false;
    update();
}

void CompareSheet::take(const QListWidgetItem *item)
{
    if (m_isFilling)
        return;
    const QString id = item->data(Qt::UserRole).toString();
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
    m_apply->setText(count > 0 ? tr("Compare with %n node(s)", nullptr, count) : tr("Compare with none"));
    m_apply->updateGeometry();
    m_count->setTone(isTooMany ? Tone::Failed : Tone::Neutral);
    if (isTooMany)
        m_count->setText(tr("%n node(s) are ticked; a chart has colours for %1 beside this one. Untick some.",
                            nullptr, count)
                             .arg(ComparedNodes::kMost));
    else if (m_list->count() == 0)
        m_count->setText(m_filter->text().isEmpty() ? tr("There is no other node yet.")
                                                    : tr("No node matches."));
    else
        m_count->setText(
            tr("%1 of at most %2 ticked. Space ticks the chosen row.").arg(count).arg(ComparedNodes::kMost));
}

bool CompareSheet::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_filter && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Down && m_list->count() > 0) {
            m_list->setFocus(Qt::TabFocusReason);
            return true;
        }
        if (key == Qt::Key_Escape && !m_filter->text().isEmpty()) {
            m_filter->clear();
            return true;
        }
    }
    return Sheet::eventFilter(watched, event);
}

}
