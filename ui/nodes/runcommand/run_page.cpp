#include "ui/nodes/runcommand/run_page.h"

#include "models/table/relative_time.h"
#include "ui/nodes/runcommand/output_list.h"
#include "ui/nodes/runcommand/output_view.h"
#include "ui/nodes/runcommand/run_parts.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/fact_list.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/page_head.h"
#include "ui/widgets/surface.h"
#include "ui/widgets/tab_stack.h"
#include "ui/widgets/text_label.h"

#include <QCheckBox>
#include <QClipboard>
#include <QGuiApplication>
#include <QLocale>
#include <QSplitter>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;
using Column = InvocationTableModel::Column;

namespace {

    constexpr int kAt(Column column) { return static_cast<int>(column); }

    QList<ColumnSpec> targetColumns()
    {
        return {{kAt(Column::Node), CellKind::Name, 9, true},
                {kAt(Column::State), CellKind::State, 9.5},
                {kAt(Column::Exit), CellKind::Number, 4.5},
                {kAt(Column::Started), CellKind::Number, 5.5},
                {kAt(Column::Duration), CellKind::Number, 5},
                {kAt(Column::Platform), CellKind::Text, 9.3, false, false},
                {kAt(Column::Note), CellKind::Text, 10, false, false}};
    }

    QWidget *paneHead(const Metrics &m, QLayout *line)
    {
        auto *head = new Surface(Token::Sunken);
        head->setEdges(Qt::BottomEdge);
        head->setFixedHeight(m.row() + m.step(2.5));
        line->setContentsMargins(m.step(4), 0, m.step(3), 0);
        head->setLayout(line);
        return head;
    }

    QString shortId(const QString &id)
    {
        return id.size() > 20 ? id.left(8) + QChar(0x2026) + id.right(6) : id;
    }
}

RunPage::RunPage(RunsViewModel &runs, const RunRow &run, QWidget *parent)
    : Page(u"run-command/"_s + run.id, parent),
      m_run(runs.source(), run),
      m_head(new PageHead),
      m_cancel(makeButton(u"runCancel"_s, tr("Cancel"), Icon::CancelRun)),
      m_document(new TextLabel(TextRole::Body, Token::Text2)),
      m_targets(new TextLabel(TextRole::Body, Token::Text2)),
      m_started(new TextLabel(TextRole::Body, Token::Text2)),
      m_doneText(new TextLabel(TextRole::SectionHeading)),
      m_rateText(new TextLabel(TextRole::Body, Token::Text2)),
      m_bar(new SegmentedBar),
      m_legend(new SegmentLegend),
      m_tabs(new TabStack(u"runTabs"_s, tr("Parts of this run")))
{
    const Metrics &m = themeOf(this).metrics();
    auto *again = makeButton(u"runAgain"_s, tr("Run again"), Icon::Again);
    m_head->addAction(m_cancel);
    m_head->addAction(again);
    auto *id = new TextLabel(shortId(run.id), TextRole::Code, Token::Text2);
    id->setToolTip(run.id);
    auto *copyId = makeIconButton(u"runCopyId"_s, Icon::Copy, tr("Copy the command ID"));
    copyId->setIconSize(QSize(Metrics::kSmallIcon, Metrics::kSmallIcon));
    copyId->setFixedSize(m.step(6), m.step(5.5));
    auto *idBox = new QWidget;
    auto *idLine = new QHBoxLayout(idBox);
    idLine->setContentsMargins(0, 0, 0, 0);
    idLine->setSpacing(m.step(1));
    idLine->addWidget(id);
    idLine->addWidget(copyId);
    for (QWidget *fact : std::initializer_list<QWidget *> {m_document, m_targets, m_started, idBox})
        m_head->addFact(fact);

    m_tabs->addTab(u"output"_s, tr("Output"), makeOutputTab());
    m_tabs->addTab(u"targets"_s, tr("Targets"), makeTargetsTab());
    m_tabs->addTab(u"parameters"_s, tr("Parameters"), makeParametersTab());

    auto *head = new QVBoxLayout;
    head->setContentsMargins(m.pageMargin(), m.step(3), m.pageMargin(), m.step(2));
    head->setSpacing(m.step(3));
    head->addWidget(m_head);
    head->addWidget(makeProgressCard());
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addLayout(head);
    all->addWidget(m_tabs, 1);

    connect(m_tabs, &TabStack::currentChanged, this, &RunPage::viewChanged);
    connect(m_cancel, &QPushButton::clicked, this, [this] { m_run.cancel(); });
    connect(again, &QPushButton::clicked, this, [this] { emit againRequested(m_run.again()); });
    connect(copyId, &QToolButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_run.run().id); });
    connect(m_legend, &SegmentLegend::partClicked, this, [this](StateKind kind) { // to the nodes of that part
        m_tabs->setCurrent(u"targets"_s);
        const FilterToken token {.key = u"state"_s, .values = {RunWords::kindWord(kind)}};
        TableQuery query = m_run.invocations().query();
        query.tokens = query.tokens == QList {token} ? QList<FilterToken>() : QList {token};
        m_run.invocations().setQuery(query);
    });
    connect(&m_run, &RunViewModel::runChanged, this, &RunPage::updateHead);
    connect(&m_run, &RunViewModel::countsChanged, this, &RunPage::updateProgress);
    connect(&m_run, &RunViewModel::ticked, this, [this] {
        updateHead();
        updateProgress();
    });
    connect(&m_run.output(), &OutputModel::appended, this,
            [this](const QString &nodeId, RunStream stream, const QString &text) {
                if (nodeId == m_liveNode)
                    m_output->append(stream, text);
                if (nodeId == m_targetNode)
                    m_targetOutput->append(stream, text);
            });
    updateHead();
    updateProgress();
    showChosen();
}

ViewState RunPage::view() const
{
    ViewState view;
    m_tabs->writeTo(view);
    return view;
}

void RunPage::setView(const ViewState &view) { m_tabs->readFrom(view); }

QWidget *RunPage::makeProgressCard()
{
    const Metrics &m = themeOf(this).metrics();
    Surface *card = Surface::card();
    m_doneText->setObjectName(u"runDone"_s);
    auto *line = new QHBoxLayout;
    line->addWidget(m_doneText);
    line->addStretch(1);
    line->addWidget(m_rateText);
    auto *column = new QVBoxLayout(card);
    column->setContentsMargins(m.step(4), m.cardPadding(), m.step(4), m.cardPadding());
    column->setSpacing(m.step(2.5));
    column->addLayout(line);
    column->addWidget(m_bar);
    column->addWidget(m_legend);
    return card;
}

QWidget *RunPage::makeOutputTab()
{
    const Metrics &m = themeOf(this).metrics();
    m_list = new OutputList(m_run);
    m_listTitle = new TextLabel(TextRole::Body, Token::Text2);
    auto *listHead = new QHBoxLayout;
    listHead->addWidget(m_listTitle);
    auto *left = new QWidget;
    auto *leftColumn = new QVBoxLayout(left);
    leftColumn->setContentsMargins(0, 0, 0, 0);
    leftColumn->setSpacing(0);
    leftColumn->addWidget(paneHead(m, listHead));
    leftColumn->addWidget(m_list, 1);

    m_outputTitle = new TextLabel(TextRole::SectionHeading);
    m_outputTitle->setObjectName(u"outputTitle"_s);
    m_outputFacts = new TextLabel(TextRole::Small, Token::Text2);
    m_compare = new QCheckBox(tr("Compare with largest"));
    m_compare->setObjectName(u"compareWithLargest"_s);
    m_compare->setChecked(true);
    auto *wrap = makeIconButton(u"outputWrap"_s, Icon::Wrap, tr("Wrap long lines"));
    wrap->setCheckable(true);
    auto *copy = makeIconButton(u"outputCopy"_s, Icon::Copy, tr("Copy the output"));
    auto *outputHead = new QHBoxLayout;
    outputHead->setSpacing(m.step(2));
    outputHead->addWidget(m_outputTitle);
    outputHead->addWidget(m_outputFacts);
    outputHead->addStretch(1);
    outputHead->addWidget(m_compare);
    outputHead->addWidget(wrap);
    outputHead->addWidget(copy);
    m_output = new OutputView(u"outputView"_s);
    m_output->setAccessibleName(tr("Output"));

    m_groupTitle = new TextLabel(tr("Nodes in this group"), TextRole::SectionHeading);
    m_runOnThese = makeButton(u"runOnThese"_s, {}, Icon::RunCommand);
    auto *groupHead = new QHBoxLayout;
    groupHead->setContentsMargins(m.step(4), m.step(2), m.step(4), m.step(2));
    groupHead->addWidget(m_groupTitle);
    groupHead->addStretch(1);
    groupHead->addWidget(m_runOnThese);
    m_groupNodes = new DataTable(u"groupNodes"_s);
    m_groupNodes->setAccessibleName(tr("Nodes in this group"));
    m_groupNodes->setUp(&m_groupModel, targetColumns(), false);
    m_groupNodes->horizontalHeader()->setSortIndicator(kAt(Column::Node), Qt::AscendingOrder);
    auto *upper = new QWidget;
    auto *upperColumn = new QVBoxLayout(upper);
    upperColumn->setContentsMargins(0, 0, 0, 0);
    upperColumn->setSpacing(0);
    upperColumn->addWidget(paneHead(m, outputHead));
    upperColumn->addWidget(m_output, 1);
    auto *lower = new Surface(Token::Base);
    auto *lowerColumn = new QVBoxLayout(lower);
    lowerColumn->setContentsMargins(0, 0, 0, 0);
    lowerColumn->setSpacing(0);
    lowerColumn->addLayout(groupHead);
    lowerColumn->addWidget(new Divider(Qt::Horizontal));
    lowerColumn->addWidget(m_groupNodes, 1);
    auto *right = new QSplitter(Qt::Vertical);
    right->setChildrenCollapsible(false);
    right->addWidget(upper);
    right->addWidget(lower);
    right->setStretchFactor(0, 3);
    right->setStretchFactor(1, 2);

    auto *splitter = new QSplitter(Qt::Horizontal);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(left);
    splitter->addWidget(right);
    splitter->setSizes({m.lines(22), m.lines(44)});
    splitter->setStretchFactor(1, 1);

    connect(m_list, &OutputList::currentChosen, this, &RunPage::showChosen);
    connect(m_compare, &QCheckBox::toggled, this, &RunPage::showChosen);
    connect(wrap, &QToolButton::toggled, m_output, [this](bool on) {
        m_output->setLineWrapMode(on ? QPlainTextEdit::WidgetWidth : QPlainTextEdit::NoWrap);
    });
    connect(copy, &QToolButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_output->toPlainText()); });
    connect(m_runOnThese, &QPushButton::clicked, this, [this] {
        if (const OutputGroup *group = m_run.group(m_list->currentGroup()))
            emit runOnRequested(group->nodeIds);
    });
    return splitter;
}

QWidget *RunPage::makeTargetsTab()
{
    const Metrics &m = themeOf(this).metrics();
    m_targetTable = new DataTable(u"targetTable"_s);
    m_targetTable->setAccessibleName(tr("Targets"));
    m_targetTable->setUp(&m_run.invocations(), targetColumns(), false);
    m_targetTable->horizontalHeader()->setSortIndicator(kAt(Column::Node), Qt::AscendingOrder);
    m_targetTable->setColumnHidden(kAt(Column::Platform), false);
    m_targetTable->setSelectionMode(QAbstractItemView::SingleSelection);
    m_targetTitle = new TextLabel(TextRole::SectionHeading);
    auto *head = new QHBoxLayout;
    head->addWidget(m_targetTitle);
    m_targetOutput = new OutputView(u"targetOutput"_s);
    m_targetOutput->setAccessibleName(tr("Output of the chosen node"));
    auto *lower = new QWidget;
    auto *column = new QVBoxLayout(lower);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(paneHead(m, head));
    column->addWidget(m_targetOutput, 1);
    auto *splitter = new QSplitter(Qt::Horizontal);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_targetTable);
    splitter->addWidget(lower);
    splitter->setSizes({m.lines(45), m.lines(22)});
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    connect(m_targetTable, &DataTable::currentIdChanged, this, &RunPage::showTarget);
    showTarget({});
    return splitter;
}

QWidget *RunPage::makeParametersTab()
{
    const Metrics &m = themeOf(this).metrics();
    const RunRow &run = m_run.run();
    auto *box = new Surface(Token::Base);
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(m.pageMargin(), m.step(4), m.pageMargin(), m.step(4));
    column->setSpacing(m.step(2));
    for (auto parameter = run.parameters.constBegin(); parameter != run.parameters.constEnd(); ++parameter) {
        column->addWidget(new TextLabel(parameter.key(), TextRole::Body, Token::Text2));
        auto *value = new TextLabel(parameter.value().join(u'\n'), TextRole::Code);
        value->setTextInteractionFlags(Qt::TextSelectableByMouse);
        value->setWordWrap(true);
        auto *frame = new Surface(Token::Sunken);
        frame->setOutline(Token::Border, Metrics::kChipRadius);
        auto *frameLine = new QHBoxLayout(frame);
        frameLine->setContentsMargins(m.step(3), m.step(2), m.step(3), m.step(2));
        frameLine->addWidget(value);
        column->addWidget(frame);
        column->addSpacing(m.step(1));
    }
    auto *facts = new FactList;
    facts->setFacts({{tr("Nodes at once"), run.maxConcurrency},
                     {tr("Errors allowed"), run.maxErrors},
                     {tr("Start within"), RelativeTime::duration(run.timeout)}});
    column->addWidget(facts);
    column->addStretch(1);
    return box;
}

void RunPage::updateHead()
{
    const RunRow &run = m_run.run();
    setCrumb(RunTableModel::titleOf(run));
    m_head->setTitle(RunTableModel::titleOf(run));
    m_head->setChip(RunWords::kind(run.details), RunWords::word(run.details));
    m_document->setText(run.documentVersion.isEmpty()
                            ? run.documentName
                            : tr("%1, version %2").arg(run.documentName, run.documentVersion));
    m_targets->setText(RunWords::targetsText(run.targets));
    m_started->setText(
        tr("Started %1 by %2").arg(RelativeTime::ago(run.requested, m_run.now()), run.requestedBy));
    m_started->setToolTip(RelativeTime::exact(run.requested));
    m_cancel->setVisible(!m_run.isOver());
    m_cancel->setEnabled(run.details != u"Cancelling");
}

void RunPage::updateProgress()
{
    const RunCounts counts = m_run.counts();
    const QLocale locale;
    m_doneText->setText(
        tr("%1 of %n node(s) done", nullptr, counts.total()).arg(locale.toString(counts.done())));
    QStringList facts;
    const RunRow &run = m_run.run();
    if (m_run.isOver()) {
        facts << tr("took %1").arg(RelativeTime::duration(run.finished - run.requested));
    } else if (const double rate = m_run.nodesPerSecond(); rate > 0 && counts.running + counts.waiting > 0) {
        facts << tr("%1 nodes per second").arg(locale.toString(rate, 'f', 1));
        facts << tr("about %1 left")
                     .arg(RelativeTime::duration(
                         std::chrono::seconds(qRound((counts.running + counts.waiting) / rate))));
    }
    facts << (run.maxErrors == u"0"
                  ? tr("%1 at once, stops at the first error").arg(run.maxConcurrency)
                  : tr("%1 at once, stops after %2 errors").arg(run.maxConcurrency, run.maxErrors));
    m_rateText->setText(facts.join(u"    "_s));
    m_bar->setParts(partsOf(counts));
    m_legend->setParts(partsOf(counts));
    m_tabs->setTitle(u"targets"_s, tr("Targets (%1)").arg(locale.toString(counts.total())));
    const int groups = m_list->groupCount();
    m_listTitle->setText(groups > 0 ? tr("%n different output(s)", nullptr, groups)
                                    : tr("Waiting for the first result"));
}

QString RunPage::headOf(const OutputGroup &group)
{
    if (group.nodeIds.size() == 1) {
        const InvocationRow *row = m_run.invocations().invocation(group.nodeIds.first());
        return row ? row->nodeName : group.nodeIds.first();
    }
    return tr("%n node(s) said the same", nullptr, static_cast<int>(group.nodeIds.size()));
}

void RunPage::showChosen()
{
    updateProgress();
    const OutputGroup *group = m_run.group(m_list->currentGroup());
    const QString node = m_list->currentNode();
    m_liveNode = node;
    QWidget *lower = m_groupNodes->parentWidget();
    lower->setVisible(group && group->nodeIds.size() > 1);
    const bool comparable = group && !m_run.groups().isEmpty() && m_run.groups().first().key != group->key;
    m_compare->setVisible(comparable);
    if (group) {
        m_outputTitle->setText(headOf(*group));
        m_outputFacts->setText(
            group->onlyErrors
                ? tr("standard error, %1").arg(QLocale().formattedDataSize(group->text.toUtf8().size()))
                : QLocale().formattedDataSize(group->text.toUtf8().size()));
        if (group->text.isEmpty())
            m_output->showNothing(tr("No output."));
        else if (comparable && m_compare->isChecked())
            m_output->showDiff(diffLines(m_run.groups().first().text, group->text));
        else
            m_output->showParts(m_run.output().parts(group->nodeIds.first()));
        QList<InvocationRow> rows;
        for (const QString &id : group->nodeIds) {
            if (const InvocationRow *row = m_run.invocations().invocation(id))
                rows << *row;
        }
        m_groupModel.applyInvocations(rows);
        m_groupModel.showOnly(group->nodeIds);
        m_runOnThese->setText(tr("Run on these %n", nullptr, static_cast<int>(group->nodeIds.size())));
        m_runOnThese->updateGeometry();
        return;
    }
    if (!node.isEmpty()) {
        const InvocationRow *row = m_run.invocations().invocation(node);
        m_outputTitle->setText(row ? row->nodeName : node);
        m_outputFacts->setText(tr("live"));
        m_output->showParts(m_run.output().parts(node));
        return;
    }
    m_outputTitle->setText(tr("Output"));
    m_outputFacts->setText({});
    m_output->showNothing(m_run.isOver() ? tr("No node has run this.")
                                         : tr("The first output appears here as it arrives."));
}

void RunPage::showTarget(const QString &nodeId)
{
    m_targetNode = nodeId;
    const InvocationRow *row = m_run.invocations().invocation(nodeId);
    m_targetTitle->setText(row ? row->nodeName : tr("Output"));
    if (!row)
        return m_targetOutput->showNothing(tr("Choose a node to see what it said."));
    const QList<OutputPart> parts = m_run.output().parts(nodeId);
    if (parts.isEmpty())
        m_targetOutput->showNothing(!row->note.isEmpty()                 ? row->note
                                        : RunWords::isOver(row->details) ? tr("No output.")
                                                                         : tr("Nothing yet."));
    else
        m_targetOutput->showParts(parts);
}

}
