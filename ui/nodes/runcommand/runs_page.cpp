#include "ui/nodes/runcommand/runs_page.h"

#include "ui/nodes/runcommand/run_compare_page.h"
#include "ui/nodes/runcommand/run_parts.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/edit_gate.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/no_match.h"
#include "ui/widgets/older_button.h"
#include "ui/widgets/page_head.h"
#include "ui/widgets/surface.h"
#include "ui/widgets/table_bar.h"
#include "ui/widgets/text_label.h"
#include "ui/widgets/waiting_note.h"

#include <QMenu>
#include <QScrollBar>
#include <QStackedLayout>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;
using Column = RunTableModel::Column;

RunsPage::RunsPage(RunsViewModel &runs, QWidget *parent)
    : Page(u"run-command"_s, parent),
      m_runs(runs),
      m_head(new PageHead),
      m_banner(new Banner),
      m_table(new DataTable(u"runsTable"_s)),
      m_bar(new TableBar(u"runs"_s, m_runs.runs(), *m_table)),
      m_filter(&m_bar->filter()),
      m_stack(new QStackedLayout),
      m_compare(makeButton(u"runsCompare"_s, tr("Compare")))
{
    const Metrics &m = themeOf(this).metrics();
    auto *run = makeButton(u"runDocument"_s, tr("Run a document"), Icon::RunCommand, ButtonKind::Primary);
    m_head->setTitle(tr("Run Command"));
    markAction(run, "ssm:SendCommand");
    m_head->addAction(run);
    m_head->addAction(m_compare);
    m_compare->setToolTip(
        tr("Compares two selected runs, or the selected one with the previous run of the same document"));
    m_filter->setPlaceholder(tr("Filter: type a word, or status=failed"));
    m_table->setAccessibleName(tr("Runs"));
    m_bar->setOlder(&m_runs.older());
    const auto at = [](Column column) { return static_cast<int>(column); };
    m_table->setUp(&m_runs.runs(),
                   {{at(Column::Title), CellKind::Name, 14, true},
                    {at(Column::Status), CellKind::State, 9},
                    {at(Column::Document), CellKind::Text, 10},
                    {at(Column::Nodes), CellKind::Progress, 11},
                    {at(Column::Requested), CellKind::Number, 6},
                    {at(Column::By), CellKind::Text, 6},
                    {at(Column::Duration), CellKind::Number, 5.5},
                    {at(Column::Id), CellKind::Id, 10, false, false}},
                   false);
    m_table->horizontalHeader()->setSortIndicator(at(Column::Requested), Qt::AscendingOrder);
    m_table->cells().setProgressParts([](const QModelIndex &index) {
        return partsOf(index.data(RunTableModel::CountsRole).value<RunCounts>());
    });

    auto *list = new QWidget;
    auto *listColumn = new QVBoxLayout(list);
    listColumn->setContentsMargins(0, 0, 0, 0);
    listColumn->setSpacing(0);
    auto *filterBox = new QVBoxLayout;
    filterBox->setContentsMargins(m.pageMargin(), 0, m.pageMargin(), m.step(3));
    filterBox->addWidget(m_bar);
    listColumn->addLayout(filterBox);
    listColumn->addWidget(new Divider(Qt::Horizontal));
    new NoMatch(u"runs"_s, *m_filter, m_runs.runs(), *m_table);
    listColumn->addWidget(m_table, 1);
    listColumn->addWidget(new OlderButton(u"runsOlder"_s, m_runs.older(), m_runs.runs(), *m_filter,
                                          {.load = tr("Load older runs"),
                                           .reading = tr("Reading older runs..."),
                                           .search = tr("Search older runs"),
                                           .searching = tr("Searching older runs, %1 read. Stop")}),
                          0, Qt::AlignLeft);

    auto *empty = new QWidget;
    auto *emptyColumn = new QVBoxLayout(empty);
    emptyColumn->setContentsMargins(m.pageMargin(), m.step(4), m.pageMargin(), 0);
    emptyColumn->setSpacing(m.step(3));
    auto *words = new TextLabel(tr("Nothing has been run yet. A run sends a document, such as a shell "
                                   "script, to the nodes you choose and keeps the output of each."),
                                TextRole::Body, Token::Text2);
    words->setWordWrap(true);
    words->setMaximumWidth(m.lines(34));
    auto *first = makeButton(u"runFirstDocument"_s, tr("Run a document"), Icon::RunCommand);
    emptyColumn->addWidget(words);
    emptyColumn->addWidget(first);
    emptyColumn->addStretch(1);

    auto *head = new QVBoxLayout;
    head->setContentsMargins(m.pageMargin(), m.step(3), m.pageMargin(), m.step(3));
    head->setSpacing(m.step(3));
    head->addWidget(m_head);
    head->addWidget(m_banner);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addLayout(head);
    all->addLayout(m_stack, 1); // before its parts, which it shows: without a parent they would be windows
    m_stack->addWidget(new WaitingNote(tr("Reading the runs...")));
    m_stack->addWidget(empty);
    m_stack->addWidget(list);

    connect(run, &QPushButton::clicked, this, &RunsPage::runRequested);
    connect(first, &QPushButton::clicked, this, &RunsPage::runRequested);
    connect(m_compare, &QPushButton::clicked, this, [this] {
        const auto [older, newer] = m_runs.runs().pairToCompare(m_table->selectedIds());
        if (!older.isEmpty())
            emit navigate(RunComparePage::addressOf(older, newer));
    });
    connect(m_table, &DataTable::selectedIdsChanged, this, &RunsPage::updateCompare);
    connect(m_table, &DataTable::currentIdChanged, this, &RunsPage::updateCompare);
    connect(m_filter, &FilterLine::queryChanged, &m_runs.runs(), &RunTableModel::setQuery);
    connect(m_filter, &FilterLine::queryChanged, this, &RunsPage::viewChanged);
    connect(m_table, &DataTable::currentIdChanged, this, &RunsPage::viewChanged);
    connect(m_table->verticalScrollBar(), &QScrollBar::valueChanged, this, [this](int value) {
        if (value > 0 && value == m_table->verticalScrollBar()->maximum())
            m_runs.older().read();
    });
    connect(m_table, &DataTable::opened, this,
            [this](const QString &id) { emit navigate(u"run-command/"_s + id); });
    connect(m_table, &DataTable::menuWanted, m_head, &PageHead::addActionsTo);
    connect(&m_runs.runs(), &LiveTableModel::shownChanged, this, &RunsPage::updateHead);
    connect(&m_runs, &RunsViewModel::loadedChanged, this, &RunsPage::updateHead);
    connect(&m_runs, &RunsViewModel::problemArose, this, [this](const ShownError &problem) {
        m_banner->showProblem(problem, tr("The runs could not be read."));
    });
    updateHead();
    updateCompare();
}

void RunsPage::updateCompare()
{
    m_compare->setEnabled(!m_runs.runs().pairToCompare(m_table->selectedIds()).first.isEmpty());
}

void RunsPage::updateHead()
{
    const int total = m_runs.runs().totalRows();
    m_stack->setCurrentIndex(total > 0 ? 2 : m_runs.isLoaded() ? 1 : 0);
    m_head->setSubtitle(total > 0 ? tr("%n run(s)", nullptr, total) : QString());
    m_filter->setCounts(m_runs.runs().rowCount(), total);
}

ViewState RunsPage::view() const
{
    ViewState view;
    view.setQuery(m_filter->query());
    view.set(u"run"_s, m_table->currentId());
    return view;
}

void RunsPage::setView(const ViewState &view)
{
    m_filter->setQuery(view.query());
    m_table->select(view.value(u"run"_s));
}

void RunsPage::focusFilter() { m_filter->setFocus(Qt::ShortcutFocusReason); }

}
