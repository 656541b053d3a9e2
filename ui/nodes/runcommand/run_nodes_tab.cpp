#include "ui/nodes/runcommand/run_nodes_tab.h"

#include "ui/nodes/runcommand/output_list.h"
#include "ui/nodes/runcommand/output_view.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/surface.h"
#include "ui/widgets/table_bar.h"
#include "ui/widgets/text_label.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLocale>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;
using InvocationColumn = InvocationTableModel::Column;

namespace {

    constexpr int kAt(InvocationColumn column) { return static_cast<int>(column); }

    QList<ColumnSpec> targetColumns()
    {
        return {{kAt(InvocationColumn::Node), CellKind::Name, 9, true},
                {kAt(InvocationColumn::State), CellKind::State, 9.5},
                {kAt(InvocationColumn::Exit), CellKind::Number, 4.5},
                {kAt(InvocationColumn::Started), CellKind::Number, 5.5},
                {kAt(InvocationColumn::Duration), CellKind::Number, 5},
                {kAt(InvocationColumn::Platform), CellKind::Text, 9.3, false, false},
                {kAt(InvocationColumn::Note), CellKind::Text, 10, false, false},
                {kAt(InvocationColumn::Output), CellKind::Text, 14, false, false}};
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
}

RunNodesTab::RunNodesTab(RunViewModel &run, QWidget *parent)
    : QWidget(parent),
      m_run(run),
      m_by(new QComboBox),
      m_targetTable(new DataTable(u"targetTable"_s)),
      m_bar(new TableBar(u"runNodes"_s, m_run.invocations(), *m_targetTable)),
      m_parts(new QStackedWidget)
{
    const Metrics &m = themeOf(this).metrics();
    m_by->setObjectName(u"runNodesBy"_s);
    m_by->setAccessibleName(tr("How the nodes are listed"));
    m_by->addItems({tr("Same output"), tr("Every node")});
    m_bar->filter().setPlaceholder(tr("Filter: type a word, or state=failed"));
    m_parts->addWidget(makeGroups());
    m_parts->addWidget(makeNodes());
    auto *tools = new QHBoxLayout;
    tools->setContentsMargins(m.pageMargin(), m.step(2), m.pageMargin(), m.step(2));
    tools->setSpacing(m.toolGap());
    tools->addWidget(m_by, 0, Qt::AlignTop);
    tools->addWidget(m_bar, 1);
    tools->addStretch(0);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(tools);
    column->addWidget(new Divider(Qt::Horizontal));
    column->addWidget(m_parts, 1);

    connect(m_by, &QComboBox::currentIndexChanged, this, [this](int index) { setEveryNode(index == 1); });
    connect(&m_bar->filter(), &FilterLine::queryChanged, &m_run.invocations(), &LiveTableModel::setQuery);
    connect(&m_bar->filter(), &FilterLine::queryChanged, this, &RunNodesTab::viewChanged);
    connect(&m_run.invocations(), &LiveTableModel::shownChanged, this, &RunNodesTab::updateCounts);
    connect(&m_run, &RunViewModel::countsChanged, this, &RunNodesTab::updateTitle);
    connect(&m_run.output(), &OutputModel::appended, this,
            [this](const QString &nodeId, RunStream stream, const QString &text) {
                if (nodeId == m_liveNode)
                    m_output->append(stream, text);
                if (nodeId == m_targetNode)
                    m_targetOutput->append(stream, text);
            });
    m_bar->hide();
    updateCounts();
    showChosen();
}

void RunNodesTab::setEveryNode(bool every)
{
    m_by->setCurrentIndex(every ? 1 : 0);
    m_parts->setCurrentIndex(every ? 1 : 0);
    m_bar->setVisible(every);
    emit viewChanged();
}

void RunNodesTab::showOnly(StateKind kind)
{
    setEveryNode(true);
    const FilterToken token {.key = u"state"_s, .values = {RunWords::kindWord(kind)}};
    TableQuery query = m_run.invocations().query();
    query.tokens = query.tokens == QList {token} ? QList<FilterToken>() : QList {token};
    m_run.invocations().setQuery(query);
    m_bar->filter().setQuery(query);
}

void RunNodesTab::focusFilter()
{
    setEveryNode(true);
    m_bar->filter().setFocus(Qt::ShortcutFocusReason);
}

void RunNodesTab::writeTo(ViewState &view) const
{
    if (m_by->currentIndex() == 1)
        view.set(u"by"_s, u"node"_s);
    view.setQuery(m_bar->filter().query());
}

void RunNodesTab::readFrom(const ViewState &view)
{
    setEveryNode(view.value(u"by"_s) == u"node" || !view.query().isEmpty());
    m_bar->filter().setQuery(view.query());
    m_run.invocations().setQuery(view.query());
}

void RunNodesTab::updateCounts()
{
    m_bar->filter().setCounts(m_run.invocations().rowCount(), m_run.invocations().totalRows());
}

void RunNodesTab::updateTitle()
{
    const int groups = m_list->groupCount();
    m_listTitle->setText(groups > 0 ? tr("%n different output(s)", nullptr, groups)
                                    : tr("Waiting for the first result"));
}

QWidget *RunNodesTab::makeGroups()
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
    m_groupNodes->horizontalHeader()->setSortIndicator(kAt(InvocationColumn::Node), Qt::AscendingOrder);
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

    connect(m_list, &OutputList::currentChosen, this, &RunNodesTab::showChosen);
    connect(m_compare, &QCheckBox::toggled, this, &RunNodesTab::showChosen);
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

QWidget *RunNodesTab::makeNodes()
{
    const Metrics &m = themeOf(this).metrics();
    m_targetTable->setAccessibleName(tr("Nodes of this run"));
    m_targetTable->setUp(&m_run.invocations(), targetColumns(), false);
    m_targetTable->horizontalHeader()->setSortIndicator(kAt(InvocationColumn::Node), Qt::AscendingOrder);
    m_targetTable->setColumnHidden(kAt(InvocationColumn::Platform), false);
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
    connect(m_targetTable, &DataTable::currentIdChanged, this, &RunNodesTab::showTarget);
    connect(m_targetTable, &DataTable::opened, this,
            [this](const QString &id) { emit navigate(u"fleet/"_s + id); });
    showTarget({});
    return splitter;
}

QString RunNodesTab::headOf(const OutputGroup &group)
{
    if (group.nodeIds.size() == 1) {
        const InvocationRow *row = m_run.invocations().invocation(group.nodeIds.first());
        return row ? row->nodeName : group.nodeIds.first();
    }
    return tr("%n node(s) with the same output", nullptr, static_cast<int>(group.nodeIds.size()));
}

void RunNodesTab::showChosen()
{
    updateTitle();
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

void RunNodesTab::showTarget(const QString &nodeId)
{
    m_targetNode = nodeId;
    const InvocationRow *row = m_run.invocations().invocation(nodeId);
    m_targetTitle->setText(row ? row->nodeName : tr("Output"));
    if (!row)
        return m_targetOutput->showNothing(tr("Choose a node to see its output."));
    const QList<OutputPart> parts = m_run.output().parts(nodeId);
    if (parts.isEmpty())
        m_targetOutput->showNothing(!row->note.isEmpty()                 ? row->note
                                        : RunWords::isOver(row->details) ? tr("No output.")
                                                                         : tr("Nothing yet."));
    else
        m_targetOutput->showParts(parts);
}

}
