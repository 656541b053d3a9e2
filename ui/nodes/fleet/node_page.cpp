#include "ui/nodes/fleet/node_page.h"

#include "models/nodes/fleet/node_words.h"
#include "models/nodes/runcommand/run.h"
#include "models/table/relative_time.h"
#include "models/table/visible_text.h"
#include "ui/nodes/fleet/fleet_actions.h"
#include "ui/nodes/fleet/node_tabs.h"
#include "ui/nodes/tools/accounts_tab.h"
#include "ui/nodes/tools/files_tab.h"
#include "ui/nodes/tools/journal_tab.h"
#include "ui/nodes/tools/performance_tab.h"
#include "ui/nodes/tools/processes_tab.h"
#include "ui/nodes/tools/services_tab.h"
#include "ui/text/text_viewer.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/edit_gate.h"
#include "ui/widgets/fact_list.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/page_head.h"
#include "ui/widgets/sparkline.h"
#include "ui/widgets/state_look.h"
#include "ui/widgets/surface.h"
#include "ui/widgets/tab_stack.h"
#include "ui/widgets/tag_row.h"
#include "ui/widgets/text_label.h"
#include "ui/widgets/timeline.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMenu>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    QSet<NodePart> partsOf(const QString &tab)
    {
        if (tab == u"summary" || tab == u"metrics")
            return {NodePart::Detail, NodePart::Metrics};
        if (tab == u"runs")
            return {NodePart::Detail, NodePart::Runs};
        if (tab == u"sessions")
            return {NodePart::Detail, NodePart::Sessions};
        if (tab == u"history")
            return {NodePart::Detail, NodePart::History};
        return {NodePart::Detail};
    }

    QList<TableColumn<NodeRun>> runColumns()
    {
        using Row = NodeRun;
        return {
            //: column title
            {u"document"_s, [] { return NodePage::tr("Document"); },
             [](const Row &row, Instant) { return TableCell {.text = visibleText(row.document)}; }},
            //: column title
            {u"status"_s, [] { return NodePage::tr("Status"); },
             [](const Row &row, Instant) {
                 return TableCell {.text = RunWords::word(row.details),
                                   .apiWord = row.details,
                                   .state = RunWords::kind(row.details)};
             }},
            //: column title
            {u"comment"_s, [] { return NodePage::tr("Comment"); },
             [](const Row &row, Instant) { return TableCell {.text = visibleText(row.comment)}; }},
            //: column title: when it was asked for
            {{},
             [] { return NodePage::tr("Requested"); },
             [](const Row &row, Instant now) {
                 return TableCell {.text = RelativeTime::ago(row.requested, now),
                                   .sortKey = -qint64(toMicros(row.requested)),
                                   .toolTip = RelativeTime::exact(row.requested)};
             },
             true},
            //: column title: by whom
            {u"by"_s, [] { return NodePage::tr("By"); },
             [](const Row &row, Instant) { return TableCell {.text = visibleText(row.by)}; }},
        };
    }

    QList<TableColumn<NodeSession>> sessionColumns()
    {
        using Row = NodeSession;
        return {
            //: column title: who is or was connected
            {u"by"_s, [] { return NodePage::tr("Operator"); },
             [](const Row &row, Instant) { return TableCell {.text = visibleText(row.by)}; }},
            {u"status"_s, [] { return NodePage::tr("Status"); },
             [](const Row &row, Instant) {
                 return TableCell {.text = NodeWords::sessionWord(row.status),
                                   .apiWord = row.status,
                                   .state = NodeWords::sessionKind(row.status)};
             }},
            //: column title: of a session
            {u"reason"_s, [] { return NodePage::tr("Reason"); },
             [](const Row &row, Instant) { return TableCell {.text = visibleText(row.reason)}; }},
            //: column title
            {{},
             [] { return NodePage::tr("Started"); },
             [](const Row &row, Instant now) {
                 return TableCell {.text = RelativeTime::ago(row.started, now),
                                   .sortKey = -qint64(toMicros(row.started)),
                                   .toolTip = RelativeTime::exact(row.started)};
             },
             true},
            //: column title: how long it was
            {{},
             [] { return NodePage::tr("Duration"); },
             [](const Row &row, Instant now) {
                 const Instant end = toMicros(row.ended) > 0 ? row.ended : now;
                 return TableCell {.text = RelativeTime::duration(end - row.started),
                                   .sortKey = qint64((end - row.started).count())};
             },
             true},
        };
    }

    QList<QPointF> plotted(const NodeMetrics &metrics, const QString &metric)
    {
        QList<QPointF> plot;
        for (const NodeSeriesValues &series : metrics.series) {
            if (series.metric != metric)
                continue;
            for (const ChartPoint &point : series.points)
                plot << QPointF(static_cast<double>(toMicros(point.at)) / 1e6, point.value / 100);
        }
        return plot;
    }
}

NodePage::NodePage(FleetViewModel &fleet, NodeSource &source, ToolSources tools, DraftStore &drafts,
                   const QString &nodeId, QWidget *parent)
    : Page(u"fleet/"_s + nodeId, parent),
      m_fleet(fleet),
      m_node(source, nodeId),
      m_compared(fleet, nodeId),
      m_head(new PageHead),
      m_banner(new Banner),
      m_room(new Banner),
      m_actions(new FleetActions(fleet, *m_banner, this)),
      m_run(makeButton(u"nodeRun"_s, tr("Run a document"), Icon::RunCommand, ButtonKind::Primary)),
      m_session(makeButton(u"nodeSession"_s, tr("Start a session"), Icon::Sessions)),
      m_hardware(makeButton(u"nodeHardware"_s, {}, Icon::Clones, ButtonKind::Plain)),
      m_more(makeIconButton(u"nodeMore"_s, Icon::More, tr("More actions"))),
      m_platform(new TextLabel(TextRole::Body, Token::Text2)),
      m_lastPing(new TextLabel(TextRole::Body, Token::Text2)),
      m_tabs(new TabStack(u"nodeTabs"_s, tr("Parts of this node's page"))),
      m_facts(new FactList),
      m_tagRow(new TagRow),
      m_cpu(new Sparkline),
      m_memory(new Sparkline),
      m_noMetrics(new TextLabel(TextRole::Body, Token::Text3)),
      m_metrics(new NodeMetricsTab(m_node, m_compared)),
      m_tags(new NodeTagsTab(fleet, drafts, nodeId)),
      m_processes(new ProcessesTab(tools.processes, nodeId)),
      m_files(new FilesTab(tools.files, tools.transfers, nodeId)),
      m_accounts(new AccountsTab(tools.accounts, nodeId)),
      m_services(new ServicesTab(tools.services, nodeId)),
      m_journal(new JournalTab(tools.journal, tools.files, nodeId)),
      m_runs([](const NodeRun &run) { return run.commandId; }, runColumns()),
      m_sessions([](const NodeSession &session) { return session.id; }, sessionColumns()),
      m_noRuns(new TextLabel(tr("Nothing has been run on this node yet."), TextRole::Body, Token::Text2)),
      m_noSessions(
          new TextLabel(tr("No one has opened a session to this node yet."), TextRole::Body, Token::Text2)),
      m_history(new Timeline(u"nodeHistory"_s)),
      m_noHistory(
          new TextLabel(tr("Nothing has been recorded for this node yet."), TextRole::Body, Token::Text2)),
      m_raw(new TextViewer(u"nodeRaw"_s, tr("Everything known about this node, as JSON")))
{
    const ::fb::Metrics &m = themeOf(this).metrics();
    setObjectName(u"nodePage"_s);
    m_more->setProperty("fbOutlined", true);
    markAction(m_run, "ssm:SendCommand");
    markAction(m_session, "ssm:StartSession");
    m_head->addAction(m_run);
    m_head->addAction(m_session);
    m_head->addAction(m_more);
    m_head->addFact(makeFacts());
    m_head->addFact(m_platform);
    m_head->addFact(m_lastPing);
    m_head->addFact(m_hardware);

    auto *runs = new DataTable(u"nodeRuns"_s);
    runs->setAccessibleName(tr("Runs of this node"));
    runs->setUp(&m_runs,
                {{0, CellKind::Name, 12, true},
                 {1, CellKind::State, 9},
                 {2, CellKind::Text, 14},
                 {3, CellKind::Number, 6},
                 {4, CellKind::Text, 7}},
                false);
    runs->setSelectionMode(QAbstractItemView::SingleSelection);
    runs->horizontalHeader()->setSortIndicator(3, Qt::AscendingOrder);
    auto *sessions = new DataTable(u"nodeSessions"_s);
    sessions->setAccessibleName(tr("Sessions on this node"));
    sessions->setUp(&m_sessions,
                    {{0, CellKind::Name, 9},
                     {1, CellKind::State, 8},
                     {2, CellKind::Text, 12, true},
                     {3, CellKind::Number, 6},
                     {4, CellKind::Number, 7}},
                    false);
    sessions->setSelectionMode(QAbstractItemView::SingleSelection);
    sessions->horizontalHeader()->setSortIndicator(3, Qt::AscendingOrder);
    auto *raw = new QWidget;
    auto *rawColumn = new QVBoxLayout(raw);
    rawColumn->setContentsMargins(0, 0, 0, 0);
    rawColumn->addWidget(m_raw);
    m_tabs->addTab(u"summary"_s, tr("Summary"), makeSummary());
    m_tabs->addTab(u"metrics"_s, tr("Metrics"), m_metrics);
    auto *performance = new PerformanceTab(tools.performance, m_compared);
    connect(performance, &PerformanceTab::metricsWanted, this, [this] { m_tabs->setCurrent(u"metrics"_s); });
    m_tabs->addTab(u"performance"_s, tr("Performance"), performance);
    m_tabs->addTab(u"processes"_s, tr("Processes"), m_processes);
    m_tabs->addTab(u"services"_s, tr("Services"), m_services);
    m_tabs->addTab(u"files"_s, tr("Files"), m_files);
    m_tabs->addTab(u"accounts"_s, tr("Users"), m_accounts);
    m_tabs->addTab(u"journal"_s, tr("Journal"), m_journal);
    m_tabs->addTab(u"tags"_s, tr("Tags"), m_tags);
    m_tabs->addTab(u"runs"_s, tr("Runs"), makeTable(runs, m_noRuns));
    m_tabs->addTab(u"sessions"_s, tr("Sessions"), makeTable(sessions, m_noSessions));
    m_tabs->addTab(u"history"_s, tr("History"), makeHistory());
    m_tabs->addTab(u"raw"_s, tr("Raw"), raw);

    auto *head = new QVBoxLayout;
    head->setContentsMargins(m.pageMargin(), m.step(3), m.pageMargin(), m.step(2));
    head->setSpacing(m.step(3));
    head->addWidget(m_head);
    head->addWidget(m_banner);
    head->addWidget(m_room);
    m_room->setObjectName(u"nodeRoom"_s);
    m_room->hide();
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addLayout(head);
    all->addWidget(m_tabs, 1);

    auto *menu = new QMenu(this);
    const auto addEntry
        = [&](const QString &name, const QString &text, auto run, const char *takes = nullptr) {
              QAction *action = menu->addAction(text);
              action->setObjectName(name);
              if (takes)
                  markAction(action, takes);
              connect(action, &QAction::triggered, this, run);
          };
    addEntry(
        u"nodeRename"_s, tr("Rename..."), [this] { m_actions->openRename(m_node.nodeId()); },
        "flagbridge:RenameNode");
    addEntry(
        u"nodeProfile"_s, tr("Change profile..."), [this] { m_actions->openProfile({m_node.nodeId()}); },
        "ssm:UpdateManagedInstanceRole");
    addEntry(u"nodeCopyId"_s, tr("Copy the node ID"), [this] { m_actions->copyIds({m_node.nodeId()}); });
    menu->addSeparator();
    addEntry(
        u"nodeQuarantine"_s, tr("Quarantine..."), [this] { m_actions->askQuarantine({m_node.nodeId()}); },
        "flagbridge:QuarantineNode");
    addEntry(
        u"nodeRelease"_s, tr("Release from quarantine"), [this] { m_actions->release({m_node.nodeId()}); },
        "flagbridge:ReleaseNode");
    addEntry(
        u"nodeReenrol"_s, tr("Re-enrol..."), [this] { m_actions->openReenrol(m_node.nodeId()); },
        "flagbridge:CreateReenrolmentToken");
    addEntry(
        u"nodePageDeregister"_s, tr("Deregister this node..."),
        [this] { m_actions->askDeregister({m_node.nodeId()}); }, "ssm:DeregisterManagedInstance");
    connect(menu, &QMenu::aboutToShow, this, [this, menu] {
        const NodeRow *node = m_fleet.nodes().node(m_node.nodeId());
        const bool isQuarantined = node && node->ping == PingState::Quarantined;
        menu->findChild<QAction *>(u"nodeQuarantine"_s)->setVisible(!isQuarantined);
        menu->findChild<QAction *>(u"nodeRelease"_s)->setVisible(isQuarantined);
    });
    connect(m_more, &QToolButton::clicked, this,
            [this, menu] { menu->popup(m_more->mapToGlobal(QPoint(0, m_more->height() + 2))); });
    connect(m_hardware, &QPushButton::clicked, this,
            [this] { emit navigate(u"clones?row="_s + m_node.nodeId()); });
    connect(m_run, &QPushButton::clicked, this, [this] { emit runRequested({m_node.nodeId()}); });
    connect(m_session, &QPushButton::clicked, this, [this] { emit sessionRequested({m_node.nodeId()}); });
    connect(m_tabs, &TabStack::currentChanged, this, &NodePage::lookAtTab);
    connect(m_tabs, &TabStack::currentChanged, this, &NodePage::viewChanged);
    connect(m_metrics, &NodeMetricsTab::rangeChanged, this, &NodePage::viewChanged);
    connect(&m_compared, &ComparedNodes::changed, this, &NodePage::viewChanged);
    connect(runs, &DataTable::opened, this,
            [this](const QString &id) { emit navigate(u"run-command/"_s + id); });
    connect(m_history, &Timeline::opened, this, &NodePage::navigate);
    connect(&m_fleet.nodes(), &QAbstractItemModel::dataChanged, this, &NodePage::updateNode);
    connect(&m_fleet.nodes(), &LiveTableModel::shownChanged, this, &NodePage::updateNode);
    connect(&m_fleet, &FleetViewModel::outcomeArrived, this, [this](const FleetOutcome &outcome) {
        if (!outcome.failed.isEmpty())
            m_node.read(NodePart::Detail); // the tags as they are, not as they were typed
    });
    connect(&m_node, &NodeViewModel::detailChanged, this, &NodePage::updateNode);
    connect(&m_node, &NodeViewModel::metricsChanged, this, &NodePage::updateNode);
    connect(&m_node, &NodeViewModel::historyChanged, this, &NodePage::updateHistory);
    connect(&m_node, &NodeViewModel::runsChanged, this, [this] {
        m_runs.setNow(m_node.now());
        m_runs.apply(*m_node.runs());
        m_noRuns->setVisible(m_node.runs()->isEmpty());
    });
    connect(&m_node, &NodeViewModel::sessionsChanged, this, [this] {
        m_sessions.setNow(m_node.now());
        m_sessions.apply(*m_node.sessions());
        m_noSessions->setVisible(m_node.sessions()->isEmpty());
    });
    connect(&m_node, &NodeViewModel::problemArose, this, &NodePage::showProblem);
    updateNode();
    lookAtTab();
}

QWidget *NodePage::makeFacts()
{
    const ::fb::Metrics &m = themeOf(this).metrics();
    auto *id = new TextLabel(m_node.nodeId(), TextRole::Code, Token::Text2);
    id->setObjectName(u"nodePageId"_s);
    id->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *copy = makeIconButton(u"nodePageCopyId"_s, Icon::Copy, tr("Copy the node ID"));
    copy->setIconSize(QSize(::fb::Metrics::kSmallIcon, ::fb::Metrics::kSmallIcon));
    copy->setFixedSize(m.step(6), m.step(5.5));
    connect(copy, &QToolButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_node.nodeId()); });
    auto *box = new QWidget;
    auto *line = new QHBoxLayout(box);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(m.step(1));
    line->addWidget(id);
    line->addWidget(copy);
    return box;
}

QWidget *NodePage::makeSummary()
{
    const ::fb::Metrics &m = themeOf(this).metrics();
    m_noMetrics->setWordWrap(true);
    auto *facts = Surface::card();
    auto *factColumn = new QVBoxLayout(facts);
    factColumn->setContentsMargins(m.step(4), m.cardPadding(), m.step(4), m.cardPadding());
    factColumn->setSpacing(m.step(3));
    factColumn->addWidget(m_facts);
    factColumn->addWidget(new Divider(Qt::Horizontal));
    factColumn->addWidget(m_tagRow);
    auto *now = Surface::card();
    auto *nowColumn = new QVBoxLayout(now);
    nowColumn->setContentsMargins(m.step(4), m.cardPadding(), m.step(4), m.cardPadding());
    nowColumn->setSpacing(m.step(4));
    nowColumn->addWidget(m_cpu);
    nowColumn->addWidget(m_memory);
    nowColumn->addWidget(m_noMetrics);
    auto *summary = new QWidget;
    auto *line = new QHBoxLayout(summary);
    line->setContentsMargins(m.pageMargin(), m.step(4), m.pageMargin(), m.step(5));
    line->setSpacing(m.cardGap());
    line->addWidget(facts, 1, Qt::AlignTop);
    line->addWidget(now, 1, Qt::AlignTop);
    return summary;
}

QWidget *NodePage::makeTable(QWidget *table, TextLabel *empty)
{
    const ::fb::Metrics &m = themeOf(this).metrics();
    auto *box = new QWidget;
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    empty->setContentsMargins(m.pageMargin(), m.step(4), m.pageMargin(), m.step(4));
    empty->hide();
    column->addWidget(empty);
    column->addWidget(table, 1);
    return box;
}

QWidget *NodePage::makeHistory()
{
    const ::fb::Metrics &m = themeOf(this).metrics();
    m_history->setAccessibleName(tr("What happened to this node"));
    auto *box = makeTable(m_history, m_noHistory);
    box->layout()->setContentsMargins(0, m.step(3), 0, 0);
    return box;
}

void NodePage::lookAtTab()
{
    if (isVisible())
        m_node.lookAt(partsOf(m_tabs->current()));
}

void NodePage::onShown() { m_node.lookAt(partsOf(m_tabs->current())); }

void NodePage::updateNode()
{
    const NodeRow *row = m_fleet.nodes().node(m_node.nodeId());
    m_isGone = m_fleet.isLoaded() && !row;
    m_run->setEnabled(!m_isGone);
    m_session->setEnabled(!m_isGone);
    m_more->setEnabled(!m_isGone);
    m_tags->setEditable(!m_isGone);
    if (!row) {
        if (m_isGone)
            m_banner->showMessage(Tone::Waiting, Icon::Notice, tr("This node is no longer managed."),
                                  tr("It was deregistered. The last known data is shown."));
        return;
    }
    const Instant now = m_fleet.now();
    const QString name = visibleText(row->name, 120);
    m_head->setTitle(name);
    m_processes->setNodeName(name);
    m_files->setNodeName(name);
    m_files->setConnected(row->ping == PingState::Online || row->ping == PingState::Silent);
    m_accounts->setNodeName(name);
    m_services->setNodeName(name);
    setCrumb(name);
    m_head->setChip(PingWords::kind(row->ping), PingWords::word(row->ping));
    m_platform->setText(visibleText(row->platform, 80));
    m_lastPing->setText(tr("last ping %1").arg(RelativeTime::ago(row->lastPing, now)));
    m_lastPing->setToolTip(RelativeTime::exact(row->lastPing));
    m_hardware->setVisible(row->hardware != HardwareState::AsRegistered);
    m_hardware->setText(row->hardware == HardwareState::Changed ? tr("Hardware changed: compare")
                                                                : tr("Possible clone: compare"));
    m_tagRow->setTags(row->tags);
    m_tags->setTags(row->tagPairs);
    if (const auto &known = m_node.detail()) {
        NodeDetail detail = *known;
        detail.node = *row; // the table is the newer one for what both know
        QList<QPair<QString, QString>> facts;
        const QList<NodeFact> all = NodeFacts::of(detail, now);
        for (const NodeFact &fact : all)
            facts.append({fact.label, visibleText(fact.value)});
        m_facts->setFacts(facts);
        showRoom(detail.room);
        if (m_raw->text() != detail.raw)
            m_raw->setText(detail.raw);
    }
    const NodeMetrics metrics = m_node.metrics().value_or(NodeMetrics());
    const auto seconds = [](Instant at) { return static_cast<double>(toMicros(at)) / 1e6; };
    const double first = seconds(m_node.range().begin(now));
    const double last = seconds(m_node.range().end(now));
    const double gap = std::max(60.0, static_cast<double>(metrics.step.count()) / 1e6) * 2.5;
    const QString time = TimeRangeText::text(m_node.range());
    const auto share = [](const std::optional<double> &value) {
        return value ? ChartData::valueText(*value * 100, ChartUnit::Percent) : QString();
    };
    const QList<QPointF> cpu = plotted(metrics, u"cpu_usage_active"_s);
    m_cpu->setTitle(tr("CPU, %1").arg(time), share(row->cpu));
    m_cpu->setPoints(cpu, gap, first, last);
    m_memory->setTitle(tr("Memory, %1").arg(time), share(row->memory));
    m_memory->setPoints(plotted(metrics, u"mem_used_percent"_s), gap, first, last);
    const bool isMeasured = !cpu.isEmpty() || row->cpu;
    m_cpu->setVisible(isMeasured);
    m_memory->setVisible(isMeasured);
    m_noMetrics->setVisible(!isMeasured);
    m_noMetrics->setText(row->ping == PingState::Online
                             ? tr("No measurements yet. The first value arrives in about a minute.")
                             : tr("No measurements: the node is not connected."));
}

// Dismissed, it comes again with other figures.
void NodePage::showRoom(const NodeRoomValues &room)
{
    if (room == m_shownRoom)
        return;
    m_shownRoom = room;
    if (room.warns())
        m_room->showMessage(Tone::Waiting, Icon::FieldError, NodeFacts::roomTitle(room),
                            NodeFacts::roomSentence(room));
    else
        m_room->hide();
}

void NodePage::updateHistory()
{
    const QList<TimelineEntry> entries = timelineOf(*m_node.history());
    m_history->setEntries(entries);
    m_noHistory->setVisible(entries.isEmpty());
    m_history->setVisible(!entries.isEmpty());
}

void NodePage::showProblem(NodePart part, const ShownError &problem)
{
    if (m_isGone)
        return; // already said
    const QString statement = part == NodePart::Metrics ? tr("The measurements could not be read.")
        : part == NodePart::History                     ? tr("The history could not be read.")
        : part == NodePart::Runs                        ? tr("The runs could not be read.")
        : part == NodePart::Sessions                    ? tr("The sessions could not be read.")
                                                        : tr("The node could not be read.");
    m_banner->showProblem(problem, statement);
}

void NodePage::focusFilter()
{
    if (m_tabs->current() == u"processes")
        m_processes->focusFilter();
    else if (m_tabs->current() == u"files")
        m_files->focusFilter();
    else if (m_tabs->current() == u"accounts")
        m_accounts->focusFilter();
    else if (m_tabs->current() == u"services")
        m_services->focusFilter();
    else if (m_tabs->current() == u"journal")
        m_journal->focusFilter();
}

ViewState NodePage::view() const
{
    ViewState view;
    m_tabs->writeTo(view);
    if (m_node.range() != TimeRange())
        view.set(u"time"_s, TimeRangeText::text(m_node.range()));
    view.set(u"compare"_s, m_compared.others().join(u','));
    return view;
}

void NodePage::setView(const ViewState &view)
{
    const TimeRangeReading time = TimeRangeText::read(view.value(u"time"_s), m_node.now());
    m_metrics->setRange(time.range.value_or(TimeRange()));
    m_compared.setOthers(view.value(u"compare"_s).split(u',', Qt::SkipEmptyParts));
    m_tabs->readFrom(view);
}

void NodePage::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Undo) && m_actions->undo())
        return;
    Page::keyPressEvent(event);
}

}
