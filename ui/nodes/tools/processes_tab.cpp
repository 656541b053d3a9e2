#include "ui/nodes/tools/processes_tab.h"

#include "models/table/relative_time.h"
#include "models/table/visible_text.h"
#include "ui/nodes/tools/priority_sheet.h"
#include "ui/nodes/tools/signal_sheet.h"
#include "ui/nodes/tools/start_process_sheet.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/confirm_sheet.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/edit_gate.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/no_match.h"
#include "ui/widgets/surface.h"
#include "ui/widgets/table_bar.h"
#include "ui/widgets/text_label.h"

#include <QComboBox>
#include <QHeaderView>
#include <QMenu>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    constexpr int kIntervals[] = {1, 2, 5, 10, 30, 60}; // seconds

    QList<ColumnSpec> processColumns()
    {
        using Column = ProcessColumns::Column;
        return {{Column::Name, CellKind::Name, 11},
                {Column::Pid, CellKind::Number, 4.5},
                {Column::User, CellKind::Text, 6},
                {Column::Cpu, CellKind::Number, 4.5},
                {Column::Memory, CellKind::Number, 5.5},
                {Column::State, CellKind::State, 8},
                {Column::Command, CellKind::Text, 12, true},
                {Column::MemoryShare, CellKind::Number, 6, false, false},
                {Column::Threads, CellKind::Number, 4.5, false, false},
                {Column::Handles, CellKind::Number, 5, false, false},
                {Column::Started, CellKind::Number, 6, false, false},
                {Column::Read, CellKind::Number, 6, false, false},
                {Column::Write, CellKind::Number, 6, false, false},
                {Column::Parent, CellKind::Number, 4.5, false, false},
                {Column::Nice, CellKind::Number, 4.5, false, false}};
    }
}

ProcessesTab::ProcessesTab(ProcessSource &source, const QString &nodeId, QWidget *parent)
    : ToolTab(u"processes"_s, tr("Reading the processes..."), parent),
      m_model(source, nodeId),
      m_nodeName(nodeId),
      m_table(new DataTable(u"processTable"_s)),
      m_bar(new TableBar(u"processes"_s, m_model.table(), *m_table)),
      m_tree(makeIconButton(u"processTree"_s, Icon::Tree, tr("Show as a tree"))),
      m_end(makeButton(u"processEnd"_s, tr("Terminate"), Icon::Stop)),
      m_actions(makeButton(u"processActions"_s, tr("Actions"))),
      m_start(makeButton(u"processStart"_s, tr("Start a process"), Icon::Start, ButtonKind::Plain)),
      m_interval(new QComboBox),
      m_cpu(new QComboBox)
{
    m_table->setAccessibleName(tr("Processes of this node"));
    m_table->setUp(&m_model.table(), processColumns(), false);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->horizontalHeader()->setSortIndicator(ProcessColumns::Cpu, Qt::DescendingOrder);
    m_bar->filter().setPlaceholder(tr("Filter: type a word, or user=root"));
    m_tree->setCheckable(true);
    m_tree->setProperty("fbOutlined", true);
    for (QPushButton *button : {m_end, m_start})
        markChange(button, "flagbridge:ChangeNodeWithTools");

    setContent(makeList(), m_table);

    auto *menu = new QMenu(m_actions);
    m_actions->setMenu(menu);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] {
        menu->clear();
        fillMenu(menu);
    });
    connect(m_table, &DataTable::menuWanted, this, &ProcessesTab::fillMenu);
    connect(m_table, &DataTable::deleteRequested, this, [this] {
        if (whyNot().isEmpty())
            askEnd(m_table->currentId(), End::Terminate);
    });
    connect(m_table, &DataTable::currentIdChanged, this, &ProcessesTab::updateActions);
    connect(m_end, &QPushButton::clicked, this, [this] { askEnd(m_table->currentId(), End::Terminate); });
    connect(m_start, &QPushButton::clicked, this, &ProcessesTab::openStart);
    connect(m_tree, &QToolButton::toggled, this, [this](bool tree) {
        m_model.setTree(tree);
        m_table->horizontalHeader()->setSortIndicator(tree ? ProcessColumns::Name : ProcessColumns::Cpu,
                                                      tree ? Qt::AscendingOrder : Qt::DescendingOrder);
    });
    // Sorted by anything else it is no tree any more.
    connect(m_table->horizontalHeader(), &QHeaderView::sortIndicatorChanged, this, [this](int column) {
        if (column != ProcessColumns::Name && m_tree->isChecked()) {
            const QSignalBlocker quiet(m_tree);
            m_tree->setChecked(false);
            const QList<SortKey> keys = m_model.table().sortKeys();
            m_model.setTree(false);
            m_model.table().sortBy(keys);
        }
    });
    connect(&m_bar->filter(), &FilterLine::queryChanged, &m_model.table(), &LiveTableModel::setQuery);
    connect(&m_model.table(), &LiveTableModel::shownChanged, this, &ProcessesTab::update);
    connect(&m_model, &ProcessesViewModel::changed, this, &ProcessesTab::update);
    connect(&m_model, &ProcessesViewModel::done, this, &ProcessesTab::showDone);
    connect(&m_model, &ProcessesViewModel::refused, this, &ProcessesTab::showRefused);
    connect(&m_model, &ProcessesViewModel::stillRuns, this, &ProcessesTab::offerKill);
    connect(&banner(), &Banner::actionClicked, this, [this] {
        if (m_offered.isEmpty())
            return m_model.readNow();
        banner().hide();
        askEnd(std::exchange(m_offered, {}), End::Kill);
    });
    update();
}

QWidget *ProcessesTab::makeList()
{
    const Metrics &m = themeOf(this).metrics();
    auto *tools = new QHBoxLayout;
    tools->setContentsMargins(m.pageMargin(), m.step(2), m.pageMargin(), m.step(3));
    tools->setSpacing(m.toolGap());
    tools->addWidget(m_bar, 1);
    m_bar->addTool(m_tree);
    m_bar->addTool(m_end);
    m_bar->addTool(m_actions);
    m_bar->addTool(m_start);
    auto *list = new QWidget;
    auto *column = new QVBoxLayout(list);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(tools);
    new NoMatch(u"processes"_s, m_bar->filter(), m_model.table(), *m_table);
    column->addWidget(m_table, 1);
    column->addWidget(new Divider(Qt::Horizontal));
    column->addWidget(makeFoot());
    return list;
}

QWidget *ProcessesTab::makeFoot()
{
    const Metrics &m = themeOf(this).metrics();
    m_interval->setObjectName(u"processInterval"_s);
    m_interval->setAccessibleName(tr("How often the processes are read"));
    for (const int seconds : kIntervals)
        m_interval->addItem(tr("every %n s", nullptr, seconds), seconds);
    m_interval->setCurrentIndex(m_interval->findData(static_cast<int>(m_model.interval().count())));
    m_cpu->setObjectName(u"processCpu"_s);
    m_cpu->setAccessibleName(tr("What the CPU share refers to"));
    m_cpu->addItems({tr("CPU of one core"), tr("CPU of all cores")});
    connect(m_interval, &QComboBox::currentIndexChanged, this,
            [this] { m_model.setInterval(std::chrono::seconds(m_interval->currentData().toInt())); });
    connect(m_cpu, &QComboBox::currentIndexChanged, this,
            [this](int index) { m_model.setOfAllCores(index == 1); });
    auto *foot = new QWidget;
    auto *line = new QHBoxLayout(foot);
    line->setContentsMargins(m.pageMargin(), m.step(1.5), m.pageMargin(), m.step(1.5));
    line->setSpacing(m.toolGap());
    line->addWidget(&status(), 1);
    line->addWidget(m_cpu);
    line->addWidget(m_interval);
    return foot;
}

void ProcessesTab::focusFilter() { m_bar->filter().setFocus(); }

const ProcessRow *ProcessesTab::chosen() const { return m_model.process(m_table->currentId()); }

QString ProcessesTab::titleOf(const ProcessRow &row)
{
    return u"%1 (%2)"_s.arg(visibleText(row.name, 60)).arg(row.pid);
}

void ProcessesTab::update()
{
    using State = ProcessesViewModel::State;
    const State state = m_model.state();
    const bool hasRows = toMicros(m_model.asOf()) > 0;
    const QString asOf = hasRows ? RelativeTime::clock(m_model.asOf()) : QString();
    QString nothing;
    if (state == State::Offline) {
        nothing = tr("The node is not connected, so its processes cannot be read. They appear here when "
                     "it is back.");
        status().setText(tr("Not connected. As of %1.").arg(asOf));
    } else if (state == State::Failed) {
        nothing = tr("The processes could not be read: %1").arg(m_model.problem().words());
        status().setText(tr("As of %1. The last refresh failed: %2").arg(asOf, m_model.problem().words(120)));
    } else if (m_model.isCut()) {
        status().setText(tr("The first %1 of %2 processes, as of %3")
                             .arg(m_model.table().totalRows())
                             .arg(m_model.total())
                             .arg(asOf));
    } else {
        status().setText(tr("%n process(es), as of %1", nullptr, m_model.table().totalRows()).arg(asOf));
    }
    showState(hasRows, state == State::Live, nothing);
    m_bar->filter().setCounts(m_model.table().rowCount(), m_model.table().totalRows());
    updateActions();
}

QString ProcessesTab::whyNot() const
{
    if (m_model.state() == ProcessesViewModel::State::Offline)
        return tr("The node is not connected.");
    const ProcessRow *row = chosen();
    if (!row)
        return tr("Choose a process first.");
    return ProcessColumns::guardWord(row->guarded);
}

void ProcessesTab::updateActions()
{
    const QString why = whyNot();
    for (QPushButton *button : {m_end, m_actions}) {
        button->setEnabled(why.isEmpty());
        button->setToolTip(why);
    }
    const bool isOffline = m_model.state() == ProcessesViewModel::State::Offline;
    m_start->setEnabled(!isOffline);
    m_start->setToolTip(isOffline ? why : QString());
}

void ProcessesTab::fillMenu(QMenu *menu)
{
    const bool can = whyNot().isEmpty() && !EditGate::isShut(*this);
    const QString id = m_table->currentId();
    const auto add = [&](const QString &name, Icon icon, const QString &text, auto run) {
        QAction *action = menu->addAction(Theme::icon(icon), text);
        action->setObjectName(name);
        action->setEnabled(can);
        connect(action, &QAction::triggered, this, run);
    };
    add(u"processTerminate"_s, Icon::Stop, tr("Terminate..."), [this, id] { askEnd(id, End::Terminate); });
    add(u"processTerminateTree"_s, Icon::Tree, tr("Terminate with all below it..."),
        [this, id] { askEnd(id, End::Tree); });
    add(u"processKill"_s, Icon::Kill, tr("Kill..."), [this, id] { askEnd(id, End::Kill); });
    menu->addSeparator();
    add(u"processSignal"_s, Icon::Signal, tr("Send a signal..."), [this] { openSignals(); });
    add(u"processPriority"_s, Icon::Priority, tr("Change the priority..."), [this] { openPriority(); });
    menu->addSeparator();
}

void ProcessesTab::askEnd(const QString &id, End how)
{
    const ProcessRow *row = m_model.process(id);
    if (!row)
        return;
    const QString title = titleOf(*row);
    Confirmation what {
        .name = u"processEnd"_s,
        .question = tr("Terminate %1 on %2?").arg(title, m_nodeName),
        .consequence
        = tr("It gets the signal TERM and can clean up. Processes that it started keep running."),
        .targets = {row->commandLine.isEmpty() ? row->name : visibleText(row->commandLine)},
        .verb = tr("Terminate"),
        .icon = Icon::Stop};
    ProcessDeed deed {.kind = ProcessDeed::Kind::Signal,
                      .pid = row->pid,
                      .startTicks = row->startTicks,
                      .signal = ProcessSignals::kTerm};
    if (how == End::Kill) {
        what.question = tr("Kill %1 on %2?").arg(title, m_nodeName);
        what.consequence = tr("It ends at once and cannot clean up: unsaved data is lost.");
        what.verb = tr("Kill");
        deed.signal = ProcessSignals::kKill;
    } else if (how == End::Tree) {
        what.question = tr("Terminate %1 and all below it on %2?").arg(title, m_nodeName);
        what.consequence = tr("It and all processes below it are paused and get the signal TERM.");
        what.verb = tr("Terminate all");
        deed.kind = ProcessDeed::Kind::SignalTree;
    }
    auto *sheet = new ConfirmSheet(what, window());
    connect(sheet, &ConfirmSheet::confirmed, this, [this, deed] { m_model.perform(deed); });
    sheet->ask();
}

void ProcessesTab::openSignals()
{
    const ProcessRow *row = chosen();
    if (!row)
        return;
    auto *sheet = new SignalSheet(titleOf(*row), window());
    connect(sheet, &SignalSheet::chosen, this,
            [this, pid = row->pid, start = row->startTicks](int number, bool tree) {
                m_model.perform({.kind = tree ? ProcessDeed::Kind::SignalTree : ProcessDeed::Kind::Signal,
                                 .pid = pid,
                                 .startTicks = start,
                                 .signal = number});
            });
    sheet->open();
}

void ProcessesTab::openPriority()
{
    const ProcessRow *row = chosen();
    if (!row)
        return;
    auto *sheet = new PrioritySheet(titleOf(*row), row->nice, window());
    connect(sheet, &PrioritySheet::chosen, this, [this, pid = row->pid, start = row->startTicks](int nice) {
        m_model.perform({.kind = ProcessDeed::Kind::Priority, .pid = pid, .startTicks = start, .nice = nice});
    });
    sheet->open();
}

void ProcessesTab::openStart()
{
    auto *sheet = new StartProcessSheet(m_nodeName, window());
    connect(sheet, &StartProcessSheet::chosen, &m_model, &ProcessesViewModel::perform);
    sheet->open();
}

void ProcessesTab::showDone(const ProcessDeed &deed, const ProcessOutcome &outcome)
{
    m_offered.clear();
    banner().setAction({});
    if (!outcome.failures.isEmpty())
        banner().showMessage(Tone::Failed, Icon::FieldError,
                             tr("%1 of %n process(es) got the signal.", nullptr,
                                outcome.sent + static_cast<int>(outcome.failures.size()))
                                 .arg(outcome.sent),
                             visibleText(outcome.failures.first()));
    else if (deed.kind == ProcessDeed::Kind::Start)
        banner().showMessage(
            Tone::Success, Icon::Success,
            tr("%1 was started as process %2.").arg(visibleText(deed.program, 60)).arg(outcome.startedPid),
            {});
    else if (deed.kind == ProcessDeed::Kind::Priority)
        banner().showMessage(Tone::Success, Icon::Success,
                             tr("Process %1 now has priority %2.").arg(deed.pid).arg(deed.nice), {});
    else
        banner().showMessage(Tone::Success, Icon::Success,
                             tr("The signal was sent to %n process(es).", nullptr, outcome.sent), {});
}

void ProcessesTab::showRefused(const ProcessDeed &deed, const ShownError &problem)
{
    m_offered.clear();
    const QString statement = deed.kind == ProcessDeed::Kind::Start ? tr("The process was not started.")
        : deed.kind == ProcessDeed::Kind::Priority
        ? tr("The priority of process %1 was not changed.").arg(deed.pid)
        : tr("The signal was not sent to process %1.").arg(deed.pid);
    banner().setAction({});
    banner().showProblem(problem, statement);
}

void ProcessesTab::offerKill(const QString &id)
{
    const ProcessRow *row = m_model.process(id);
    if (!row)
        return;
    m_offered = id;
    banner().showMessage(Tone::Waiting, Icon::Notice, tr("%1 is still running.").arg(titleOf(*row)),
                         tr("It was asked to end %n second(s) ago. If killed, it cannot clean up.", nullptr,
                            static_cast<int>(ProcessesViewModel::kPatience.count())));
    banner().setAction(tr("Kill..."));
}

}
