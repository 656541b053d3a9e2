#include "ui/nodes/runcommand/run_compare_page.h"

#include "models/table/visible_text.h"
#include "models/text/line_diff.h"
#include "ui/text/diff_view.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/no_match.h"
#include "ui/widgets/page_head.h"
#include "ui/widgets/surface.h"
#include "ui/widgets/table_bar.h"
#include "ui/widgets/text_label.h"

#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;
using ChangeColumn = RunChangeTable::Column;

RunComparePage::RunComparePage(RunsViewModel &runs, const RunRow &first, const RunRow &second,
                               QWidget *parent)
    : Page(addressOf(first.id, second.id), parent),
      m_comparison(runs.source(), first, second),
      m_head(new PageHead),
      m_runs(new TextLabel(TextRole::Body, Token::Text2)),
      m_counts(new TextLabel(TextRole::Body)),
      m_table(new DataTable(u"runChanges"_s)),
      m_bar(new TableBar(u"runChanges"_s, m_comparison.rows(), *m_table)),
      m_filter(&m_bar->filter()),
      m_summary(new TextLabel(TextRole::Body, Token::Text2)),
      m_diff(new DiffView(u"runOutputDiff"_s))
{
    const Metrics &m = themeOf(this).metrics();
    setCrumb(tr("Compare two runs"));
    m_head->setTitle(tr("Compare two runs"));
    auto *turn = makeButton(u"compareSwap"_s, tr("Swap the runs"), Icon::Again);
    m_head->addAction(turn);
    m_head->addFact(m_runs);
    m_counts->setObjectName(u"runChangeCounts"_s);
    m_counts->setWordWrap(true);
    auto *head = new QVBoxLayout;
    head->setContentsMargins(m.pageMargin(), m.step(3), m.pageMargin(), m.step(3));
    head->setSpacing(m.step(3));
    head->addWidget(m_head);
    head->addWidget(m_counts);
    auto *parts = new QSplitter(Qt::Vertical);
    parts->setChildrenCollapsible(false);
    parts->addWidget(makeList());
    parts->addWidget(makeDifference());
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addLayout(head);
    all->addWidget(parts, 1);

    connect(turn, &QPushButton::clicked, this, [this] {
        emit navigate(addressOf(m_comparison.second().run().id, m_comparison.first().run().id));
    });
    connect(&m_comparison, &RunComparison::changed, this, &RunComparePage::updateHead);
    connect(&m_comparison, &RunComparison::changed, this, &RunComparePage::showNode);
    connect(&m_comparison.rows(), &LiveTableModel::shownChanged, this, &RunComparePage::updateHead);
    connect(m_filter, &FilterLine::queryChanged, &m_comparison.rows(), &LiveTableModel::setQuery);
    connect(m_filter, &FilterLine::queryChanged, this, &RunComparePage::viewChanged);
    connect(m_table, &DataTable::currentIdChanged, this, [this] {
        m_wanted.clear();
        showNode();
        emit viewChanged();
    });
    connect(m_table, &DataTable::opened, this,
            [this](const QString &id) { emit navigate(u"fleet/"_s + id); });
    updateHead();
    showNode();
}

QString RunComparePage::addressOf(const QString &first, const QString &second)
{
    return u"run-command/%1/with/%2"_s.arg(first, second);
}

QWidget *RunComparePage::makeList()
{
    const Metrics &m = themeOf(this).metrics();
    m_filter->setPlaceholder(tr("Filter: type a word, or change=worse"));
    m_table->setAccessibleName(tr("Nodes of both runs"));
    m_table->setUp(&m_comparison.rows(),
                   {{ChangeColumn::Node, CellKind::Name, 12, true},
                    {ChangeColumn::First, CellKind::State, 9},
                    {ChangeColumn::Second, CellKind::State, 9},
                    {ChangeColumn::Change, CellKind::State, 9},
                    {ChangeColumn::Code, CellKind::Text, 6},
                    {ChangeColumn::Output, CellKind::Text, 7},
                    {ChangeColumn::Id, CellKind::Id, 10, false, false}},
                   false);
    m_table->horizontalHeader()->setSortIndicator(ChangeColumn::Change, Qt::AscendingOrder);
    auto *list = new QWidget;
    auto *column = new QVBoxLayout(list);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *filter = new QVBoxLayout;
    filter->setContentsMargins(m.pageMargin(), 0, m.pageMargin(), m.step(3));
    filter->addWidget(m_bar);
    column->addLayout(filter);
    column->addWidget(new Divider(Qt::Horizontal));
    new NoMatch(u"runChanges"_s, *m_filter, m_comparison.rows(), *m_table);
    column->addWidget(m_table, 1);
    return list;
}

QWidget *RunComparePage::makeDifference()
{
    const Metrics &m = themeOf(this).metrics();
    m_summary->setObjectName(u"runOutputSummary"_s);
    m_summary->setElided(Qt::ElideRight);
    m_diff->setAccessibleName(tr("Differences of the output"));
    auto *previous
        = makeIconButton(u"runDiffPrevious"_s, Icon::PreviousPlace, tr("Previous change (Shift+F7)"));
    auto *next = makeIconButton(u"runDiffNext"_s, Icon::NextPlace, tr("Next change (F7)"));
    connect(previous, &QToolButton::clicked, this, [this] { m_diff->goToChange(-1); });
    connect(next, &QToolButton::clicked, this, [this] { m_diff->goToChange(1); });
    auto *tools = new QHBoxLayout;
    tools->setContentsMargins(m.pageMargin(), m.step(2), m.pageMargin(), m.step(2));
    tools->setSpacing(m.toolGap());
    tools->addWidget(m_summary, 1);
    tools->addWidget(previous);
    tools->addWidget(next);
    auto *box = new QWidget;
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(new Divider(Qt::Horizontal));
    column->addLayout(tools);
    column->addWidget(new Divider(Qt::Horizontal));
    column->addWidget(m_diff, 1);
    return box;
}

void RunComparePage::updateHead()
{
    const auto title = [](const RunRow &run) {
        return tr("%1, %2").arg(visibleText(RunTableModel::titleOf(run)), RelativeTime::exact(run.requested));
    };
    m_runs->setText(tr("First: %1   Second: %2")
                        .arg(title(m_comparison.first().run()), title(m_comparison.second().run())));
    QStringList counts;
    for (const RunChange change : {RunChange::Worse, RunChange::Better, RunChange::Other, RunChange::Same,
                                   RunChange::OnlyFirst, RunChange::OnlySecond}) {
        if (m_comparison.count(change) > 0)
            counts << tr("%1: %2").arg(RunChangeTable::word(change)).arg(m_comparison.count(change));
    }
    counts << tr("%n output(s) differ", nullptr, m_comparison.outputsThatDiffer());
    m_counts->setText(counts.join(u"   "_s));
    m_filter->setCounts(m_comparison.rows().rowCount(), m_comparison.rows().totalRows());
    if (!m_wanted.isEmpty() && m_comparison.rows().value(m_wanted))
        m_table->select(QString(m_wanted));
}

void RunComparePage::showNode()
{
    const QString node = m_table->currentId();
    const QString first = m_comparison.firstOutput(node);
    const QString second = m_comparison.secondOutput(node);
    if (node.isEmpty()) {
        m_summary->setText(tr("Choose a node to see how its output differs."));
    } else if (m_shownFirst != first || m_shownSecond != second || m_diff->lines().isEmpty()) {
        const QList<DiffLine> lines = diffLines(first, second);
        const int changes = changesIn(lines);
        m_diff->setDiff(lines);
        m_summary->setText(first.isEmpty() && second.isEmpty() ? tr("Nothing was printed in either run.")
                               : changes == 0                  ? tr("The output is the same.")
                                              : tr("%n line(s) of the output differ", nullptr, changes));
    }
    m_shownFirst = first;
    m_shownSecond = second;
}

void RunComparePage::focusFilter() { m_filter->setFocus(Qt::ShortcutFocusReason); }

ViewState RunComparePage::view() const
{
    ViewState view;
    view.setQuery(m_filter->query());
    view.set(u"node"_s, m_table->currentId());
    return view;
}

void RunComparePage::setView(const ViewState &view)
{
    m_filter->setQuery(view.query());
    m_wanted = view.value(u"node"_s);
    updateHead();
}

}
