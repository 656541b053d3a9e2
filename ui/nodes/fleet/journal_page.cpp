#include "ui/nodes/fleet/journal_page.h"

#include "models/table/visible_text.h"
#include "ui/nodes/tools/journal_filter_row.h"
#include "ui/nodes/tools/journal_view.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/page_head.h"
#include "ui/widgets/surface.h"
#include "ui/widgets/text_label.h"

#include <QComboBox>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPushButton>
#include <QSplitter>
#include <QStackedLayout>
#include <QToolButton>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    enum Part { Empty, Body };
    constexpr int kMostNamed = 120; // in an address
    constexpr int kMostTags = 200; // to choose from
    constexpr int kListFromLines = 58; // width from which the nodes stand beside the entries by themselves
}

QString JournalPage::addressOf(const QStringList &nodeIds)
{
    ViewState view;
    view.set(u"nodes"_s, nodeIds.first(std::min<qsizetype>(kMostNamed, nodeIds.size())).join(u','));
    return u"journal?"_s + view.text();
}

JournalPage::JournalPage(FleetViewModel &fleet, JournalSource &source, QWidget *parent)
    : Page(u"journal"_s, parent),
      m_fleet(fleet),
      m_model(source),
      m_rows([](const JournalNodeRow &row) { return row.id; }, JournalNodeColumns::all()),
      m_head(new PageHead),
      m_banner(new Banner),
      m_tag(new QComboBox),
      m_choose(makeButton(u"journalChoose"_s, tr("Choose nodes in the fleet"), Icon::Fleet)),
      m_list(makeIconButton(u"journalList"_s, Icon::DetailPane,
                            tr("Show or hide the nodes and their state (Ctrl+D)"))),
      m_nodes(new DataTable(u"journalNodes"_s)),
      m_journal(new JournalView(m_model, true))
{
    const Metrics &m = themeOf(this).metrics();
    setObjectName(u"journalPage"_s);
    m_head->setTitle(tr("Journals"));
    m_banner->setObjectName(u"journalPageBanner"_s);
    m_tag->setObjectName(u"journalTag"_s);
    m_tag->setAccessibleName(tr("Nodes with a tag"));
    m_tag->setMinimumContentsLength(14);
    m_tag->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_head->addAction(m_tag);
    m_head->addAction(m_choose);
    m_head->addAction(m_list);
    m_list->setCheckable(true);
    m_list->setProperty("fbOutlined", true);
    auto *upper = new QVBoxLayout;
    upper->setContentsMargins(m.pageMargin(), m.step(3), m.pageMargin(), m.step(1));
    upper->setSpacing(m.step(3));
    upper->addWidget(m_head);
    upper->addWidget(m_banner);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addLayout(upper);
    m_stack = new QStackedLayout;
    all->addLayout(m_stack, 1); // before its parts, which it shows: without a parent they would be windows
    m_stack->addWidget(makeEmpty());
    m_stack->addWidget(makeBody());

    connect(m_choose, &QPushButton::clicked, this, [this] { emit navigate(u"fleet"_s); });
    connect(m_list, &QToolButton::clicked, this, [this](bool shown) {
        m_isListWanted = shown;
        showList();
    });
    connect(m_tag, &QComboBox::activated, this, &JournalPage::takeTag);
    connect(&m_model, &JournalViewModel::changed, this, &JournalPage::update);
    connect(&m_journal->filterRow(), &JournalFilterRow::filterChanged, this, &JournalPage::viewChanged);
    connect(&m_fleet, &FleetViewModel::loadedChanged, this, &JournalPage::updateNames);
    connect(&m_fleet, &FleetViewModel::countsChanged, this, &JournalPage::updateNames);
    updateTags();
    update();
}

QWidget *JournalPage::makeEmpty()
{
    const Metrics &m = themeOf(this).metrics();
    auto *text = new TextLabel(
        tr("No nodes are selected yet. Select some in the fleet and choose Actions > Journal, or choose all "
           "nodes with a tag above. Their journals are merged into one table in time order, corrected for "
           "the nodes' clocks; at most %n node(s) at once.",
           nullptr, JournalViewModel::kMostNodes),
        TextRole::Body, Token::Text2);
    text->setObjectName(u"journalPageEmpty"_s);
    text->setWordWrap(true);
    text->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    text->setContentsMargins(m.pageMargin(), m.step(4), m.pageMargin(), 0);
    return text;
}

QWidget *JournalPage::makeBody()
{
    using Column = JournalNodeColumns::Column;
    const Metrics &m = themeOf(this).metrics();
    m_nodes->setAccessibleName(tr("Nodes whose journals are shown"));
    m_nodes->setUp(&m_rows,
                   {{Column::Name, CellKind::Marked, 6.5, true},
                    {Column::State, CellKind::State, 8},
                    {Column::Rows, CellKind::Number, 4, false, false},
                    {Column::Dropped, CellKind::Number, 4.5, false, false},
                    {Column::Clock, CellKind::Text, 6, false, false}},
                   false);
    m_nodes->setSelectionMode(QAbstractItemView::SingleSelection);
    m_nodes->horizontalHeader()->setSortIndicator(Column::Name, Qt::AscendingOrder);
    connect(m_nodes, &DataTable::opened, this,
            [this](const QString &id) { emit navigate(u"fleet/%1?tab=journal"_s.arg(id)); });
    auto *splitter = new QSplitter(Qt::Horizontal);
    splitter->addWidget(m_journal);
    splitter->addWidget(m_nodes);
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 0);
    splitter->setChildrenCollapsible(true);
    splitter->setHandleWidth(1);
    splitter->setSizes({m.lines(46), m.detailWidth()});
    return splitter;
}

void JournalPage::setNodes(const QStringList &ids)
{
    m_ids = ids;
    m_ids.removeDuplicates();
    QStringList gone;
    for (const JournalNodeRow &row : m_rows.values())
        gone << row.id;
    m_rows.remove(gone);
    updateNames();
    const auto count = static_cast<int>(m_ids.size());
    if (count > JournalViewModel::kMostNodes)
        m_banner->showMessage(Tone::Waiting, Icon::Notice,
                              tr("The journals of the first %1 of %n nodes are shown.", nullptr, count)
                                  .arg(JournalViewModel::kMostNodes),
                              tr("This is the limit. Choose fewer nodes to see the others."));
    else
        m_banner->hide();
    emit viewChanged();
}

void JournalPage::updateNames()
{
    QList<QPair<QString, QString>> nodes;
    for (const QString &id : std::as_const(m_ids)) {
        const NodeRow *row = m_fleet.nodes().node(id);
        nodes.append({id, row ? visibleText(row->name, 60) : id});
    }
    m_model.setNodes(nodes);
    updateTags();
    update();
}

void JournalPage::updateTags()
{
    QMap<QString, int> tags;
    for (const NodeRow &node : m_fleet.nodes().allNodes()) {
        for (const QString &tag : node.tags)
            ++tags[tag];
    }
    const QSignalBlocker quiet(m_tag);
    const QString chosen = m_tag->currentData().toString();
    m_tag->clear();
    m_tag->addItem(tr("Nodes with a tag..."), QString());
    for (auto tag = tags.constBegin(); tag != tags.constEnd() && m_tag->count() <= kMostTags; ++tag)
        m_tag->addItem(tr("%1: %n node(s)", nullptr, tag.value()).arg(visibleText(tag.key(), 60)), tag.key());
    m_tag->setCurrentIndex(std::max(0, m_tag->findData(chosen)));
    m_tag->setEnabled(m_tag->count() > 1);
}

void JournalPage::takeTag()
{
    const QString tag = m_tag->currentData().toString();
    if (tag.isEmpty())
        return;
    QStringList ids;
    for (const NodeRow &node : m_fleet.nodes().allNodes()) {
        if (node.tags.contains(tag))
            ids << node.id;
    }
    setNodes(ids);
}

void JournalPage::update()
{
    const int count = m_model.nodeCount();
    m_stack->setCurrentIndex(count > 0 ? Body : Empty);
    m_list->setVisible(count > 0);
    m_rows.apply(JournalNodeColumns::rowsOf(m_model));
    int live = 0;
    for (int i = 0; i < count; ++i)
        live += m_model.node(i).state == JournalViewModel::State::Live;
    m_head->setSubtitle(count > 0 ? tr("%1 of %n node(s) responding", nullptr, count).arg(live) : QString());
}

// In a narrow window the entries need all of it.
void JournalPage::showList()
{
    const bool isShown = m_isListWanted.value_or(width() >= themeOf(this).metrics().lines(kListFromLines));
    m_nodes->setVisible(isShown);
    m_list->setChecked(isShown);
}

void JournalPage::resizeEvent(QResizeEvent *event)
{
    Page::resizeEvent(event);
    showList();
}

void JournalPage::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_D && event->modifiers() == Qt::ControlModifier && m_list->isVisible())
        return m_list->click();
    Page::keyPressEvent(event);
}

void JournalPage::focusFilter() { m_journal->focusFilter(); }

ViewState JournalPage::view() const
{
    ViewState view;
    const JournalFilter &filter = m_model.filter();
    view.set(u"nodes"_s, m_ids.first(std::min<qsizetype>(kMostNamed, m_ids.size())).join(u','));
    view.set(u"units"_s, filter.units.join(u','));
    view.set(u"programs"_s, filter.identifiers.join(u','));
    view.set(u"text"_s, filter.text);
    view.set(u"time"_s, m_journal->filterRow().timeText());
    if (filter.priority >= 0)
        view.set(u"priority"_s, JournalColumns::priorityKey(filter.priority));
    return view;
}

void JournalPage::setView(const ViewState &view)
{
    JournalFilter filter;
    filter.units = view.value(u"units"_s).split(u',', Qt::SkipEmptyParts);
    filter.identifiers = view.value(u"programs"_s).split(u',', Qt::SkipEmptyParts);
    filter.text = view.value(u"text"_s);
    for (int priority = 0; priority < 8; ++priority) {
        if (JournalColumns::priorityKey(priority) == view.value(u"priority"_s))
            filter.priority = priority;
    }
    m_journal->filterRow().setFilter(filter, view.value(u"time"_s));
    m_journal->filterRow().tellFilter();
    const QStringList ids = view.value(u"nodes"_s).split(u',', Qt::SkipEmptyParts);
    if (ids != m_ids)
        setNodes(ids);
}

}
