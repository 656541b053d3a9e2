#include "ui/nodes/fleet/fleet_page.h"

#include "ui/nodes/fleet/first_run.h"
#include "ui/nodes/fleet/fleet_actions.h"
#include "ui/nodes/fleet/journal_page.h"
#include "ui/nodes/fleet/node_pane.h"
#include "ui/welcome/first_steps_strip.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/count_tile.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/edit_gate.h"
#include "ui/widgets/filter_line.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/no_match.h"
#include "ui/widgets/page_head.h"
#include "ui/widgets/surface.h"
#include "ui/widgets/table_bar.h"
#include "ui/widgets/waiting_note.h"

#include <QKeyEvent>
#include <QLocale>
#include <QMenu>
#include <QSplitter>
#include <QStackedLayout>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    using Column = NodeTableModel::Column;

    QList<ColumnSpec> columns()
    {
        const auto at = [](Column column) { return static_cast<int>(column); };
        return {{at(Column::Name), CellKind::Name, 9.5},
                {at(Column::Ping), CellKind::State, 8},
                {at(Column::LastPing), CellKind::Number, 5},
                {at(Column::Platform), CellKind::Text, 9.3, false, true, 2},
                {at(Column::Tags), CellKind::Tags, 4, true, true, 1},
                {at(Column::Cpu), CellKind::Meter, 6.5, false, true, 4},
                {at(Column::Memory), CellKind::Meter, 6.5, false, true, 3},
                {at(Column::Agent), CellKind::Text, 5, false, false},
                {at(Column::Address), CellKind::Text, 7, false, false},
                {at(Column::Id), CellKind::Id, 10, false, false},
                {at(Column::Registered), CellKind::Number, 6, false, false},
                {at(Column::Certificate), CellKind::Number, 7, false, false},
                {at(Column::Profile), CellKind::Text, 6, false, false}};
    }

    FilterToken endingToken() { return {u"certificate"_s, FilterOperator::Less, {u"in 7 days"_s}}; }

    FilterToken tokenOf(PingState state) { return {.key = u"ping"_s, .values = {PingWords::key(state)}}; }
}

FleetPage::FleetPage(FleetViewModel &fleet, NodeSource &nodes, DemoFleet &demo, FirstSteps &steps,
                     DraftStore &drafts, QWidget *parent)
    : Page(u"fleet"_s, parent),
      m_fleet(fleet),
      m_demo(demo),
      m_head(new PageHead),
      m_run(makeButton(u"runOnNodes"_s, {}, Icon::RunCommand, ButtonKind::Primary)),
      m_enrol(makeButton(u"enrolNode"_s, tr("Enrol a node"), Icon::Add, ButtonKind::Plain)),
      m_banner(new Banner),
      m_actions(new FleetActions(fleet, *m_banner, this)),
      m_actionsMenu(makeButton(u"fleetActions"_s, tr("Actions"))),
      m_demoBanner(new Banner),
      m_steps(new FirstStepsStrip(steps, this)),
      m_firstRun(new FirstRun(fleet, demo, steps)),
      m_headless(
          makeButton(u"fleetHeadless"_s, tr("Set up without a desktop"), Icon::Headless, ButtonKind::Plain)),
      m_table(new DataTable(u"fleetTable"_s)),
      m_bar(new TableBar(u"fleet"_s, m_fleet.nodes(), *m_table)),
      m_filter(&m_bar->filter()),
      m_paneToggle(
          makeIconButton(u"fleetPaneToggle"_s, Icon::DetailPane, tr("Show or hide details (Ctrl+D)"))),
      m_pane(new NodePane(fleet, nodes, drafts)),
      m_splitter(new QSplitter(Qt::Horizontal)),
      m_stack(new QStackedLayout)
{
    const Metrics &m = themeOf(this).metrics();
    m_head->setTitle(tr("Fleet"));
    markAction(m_run, "ssm:SendCommand");
    markAction(m_enrol, "ssm:CreateActivation");
    m_head->addAction(m_run);
    makeActionsMenu();
    m_head->addAction(m_actionsMenu);
    m_head->addAction(m_enrol);
    m_head->addAction(m_headless);
    m_table->setAccessibleName(tr("Nodes"));
    m_table->setUp(&m_fleet.nodes(), columns(), true);
    m_table->horizontalHeader()->setSortIndicator(static_cast<int>(Column::Name), Qt::AscendingOrder);
    m_banner->setObjectName(u"fleetBanner"_s);
    m_demoBanner->setObjectName(u"demoBanner"_s);

    auto *upper = new QVBoxLayout;
    upper->setContentsMargins(m.pageMargin(), m.step(3), m.pageMargin(), m.step(3));
    upper->setSpacing(m.step(3));
    upper->addWidget(m_head);
    upper->addWidget(m_banner);
    upper->addWidget(m_demoBanner);
    upper->addWidget(m_steps);

    auto *full = new QWidget;
    auto *fullColumn = new QVBoxLayout(full);
    fullColumn->setContentsMargins(0, 0, 0, 0);
    fullColumn->setSpacing(0);
    auto *tools = new QVBoxLayout;
    tools->setContentsMargins(m.pageMargin(), 0, m.pageMargin(), m.step(3));
    tools->setSpacing(m.step(3));
    tools->addWidget(makeTiles());
    tools->addWidget(makeFilterRow());
    fullColumn->addLayout(tools);
    fullColumn->addWidget(new Divider(Qt::Horizontal));
    auto *list = new QWidget;
    auto *listColumn = new QVBoxLayout(list);
    listColumn->setContentsMargins(0, 0, 0, 0);
    listColumn->setSpacing(0);
    new NoMatch(u"fleet"_s, *m_filter, m_fleet.nodes(), *m_table);
    listColumn->addWidget(m_table, 1);
    m_splitter->addWidget(list);
    m_splitter->addWidget(m_pane);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 0);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(1);
    m_splitter->setSizes({m.lines(48), m.detailWidth()});
    fullColumn->addWidget(m_splitter, 1);
    m_pane->hide();

    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addLayout(upper);
    all->addLayout(m_stack, 1); // before its parts, which it shows: without a parent they would be windows
    m_stack->addWidget(new WaitingNote(tr("Reading the fleet...")));
    m_stack->addWidget(m_firstRun);
    m_stack->addWidget(full);

    connect(m_run, &QPushButton::clicked, this, &FleetPage::runOnSelection);
    connect(m_enrol, &QPushButton::clicked, this, &FleetPage::enrolRequested);
    connect(m_headless, &QPushButton::clicked, this, &FleetPage::headlessRequested);
    connect(m_steps, &FirstStepsStrip::startClicked, this, &FleetPage::stepRequested);
    connect(m_firstRun, &FirstRun::wizardClicked, this, &FleetPage::enrolRequested);
    connect(m_firstRun, &FirstRun::stepClicked, this, [this](const QString &step) {
        if (step == u"enrol")
            m_firstRun->startEnrolling(); // its steps are on this very page
        else
            emit stepRequested(step);
    });
    connect(m_filter, &FilterLine::queryChanged, &m_fleet.nodes(), &NodeTableModel::setQuery);
    connect(m_filter, &FilterLine::queryChanged, this, &FleetPage::viewChanged);
    connect(m_table, &DataTable::currentIdChanged, this, &FleetPage::viewChanged);
    connect(&m_fleet.nodes(), &LiveTableModel::shownChanged, this, &FleetPage::updateHead);
    connect(&m_fleet.nodes(), &LiveTableModel::queryChanged, this, &FleetPage::updateTiles);
    connect(m_table, &DataTable::selectedIdsChanged, this, &FleetPage::updateHead);
    connect(m_table, &DataTable::currentIdChanged, this, &FleetPage::showDetailOf);
    connect(m_table, &DataTable::opened, this,
            [this](const QString &id) { emit navigate(u"fleet/"_s + id); });
    connect(m_pane, &NodePane::openClicked, this,
            [this](const QString &id) { emit navigate(u"fleet/"_s + id); });
    connect(m_pane, &NodePane::tagsClicked, this,
            [this](const QString &id) { emit navigate(u"fleet/"_s + id + u"?tab=tags"_s); });
    connect(m_pane, &NodePane::renameClicked, m_actions, &FleetActions::openRename);
    connect(m_table, &DataTable::renameRequested, m_actions, &FleetActions::openRename);
    connect(m_table, &DataTable::deleteRequested, m_actions, &FleetActions::askDeregister);
    connect(m_table, &DataTable::menuWanted, m_head, &PageHead::addActionsTo);
    connect(m_paneToggle, &QToolButton::clicked, this, [this] { togglePane(!m_pane->isVisible()); });
    connect(m_pane, &NodePane::closeClicked, this, [this] { togglePane(false); });
    connect(m_pane, &NodePane::runClicked, this, [this](const QString &id) { emit runRequested({id}); });
    connect(m_pane, &NodePane::sessionClicked, this,
            [this](const QString &id) { emit sessionRequested({id}); });
    connect(m_pane, &NodePane::deregisterClicked, this,
            [this](const QString &id) { m_actions->askDeregister({id}); });
    connect(m_demoBanner, &Banner::actionClicked, this, [this] {
        if (m_demo.phase() == DemoFleet::Phase::Stopped)
            m_demo.start();
        else
            m_demo.stopAndRemove();
    });
    connect(&m_demo, &DemoFleet::phaseChanged, this, &FleetPage::updateDemoBanner);
    connect(&m_fleet, &FleetViewModel::countsChanged, this, [this] {
        updateTiles();
        updateHead();
    });
    connect(&m_fleet, &FleetViewModel::loadedChanged, this, &FleetPage::updateHead);
    connect(&m_fleet, &FleetViewModel::detailChanged, this, [this] {
        if (!m_fleet.detail()) // its node is gone
            m_pane->hide();
    });
    connect(&m_fleet, &FleetViewModel::problemArose, this, [this](const ShownError &problem) {
        m_banner->showProblem(problem, tr("The fleet could not be read. Trying again."));
        m_banner->setAction({}); // an Undo that stood there was of something else
    });
    if (!m_fleet.nodes().query().isEmpty())
        m_filter->setQuery(m_fleet.nodes().query());
    updateTiles();
    updateHead();
    updateDemoBanner();
}

QWidget *FleetPage::makeTiles()
{
    const Metrics &m = themeOf(this).metrics();
    auto *box = new QWidget;
    auto *line = new QHBoxLayout(box);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(m.step(2));
    for (const PingState state : {PingState::Online, PingState::Silent, PingState::ConnectionLost,
                                  PingState::Registered, PingState::Quarantined}) {
        auto *tile = new CountTile(u"tile-"_s + QString::number(static_cast<int>(state)),
                                   PingWords::kind(state), PingWords::word(state));
        tile->setToolTip(tr("Show only these nodes"));
        connect(tile, &CountTile::clicked, this, [this, state] { m_filter->toggleToken(tokenOf(state)); });
        line->addWidget(tile, 1);
        m_tiles.insert(static_cast<int>(state), tile);
    }
    m_endingTile = new CountTile(u"tileCertificates"_s, StateKind::TimedOut, tr("Expiring certificates"));
    m_endingTile->setToolTip(tr("Show only nodes whose certificate expires within 7 days"));
    connect(m_endingTile, &CountTile::clicked, this, [this] { m_filter->toggleToken(endingToken()); });
    line->addWidget(m_endingTile, 1);
    return box;
}

QWidget *FleetPage::makeFilterRow()
{
    m_filter->setPlaceholder(tr("Filter: type a word, or tag:env=prod"));
    m_paneToggle->setProperty("fbOutlined", true);
    m_bar->addTool(m_paneToggle);
    return m_bar;
}

void FleetPage::updateHead()
{
    const FleetCounts &counts = m_fleet.counts();
    const bool loaded = m_fleet.isLoaded();
    const bool empty = loaded && counts.total == 0;
    // A large fleet comes in piece by piece: what is here is shown.
    m_stack->setCurrentIndex(counts.total > 0 ? 2 : loaded ? 1 : 0);
    m_head->setSubtitle(empty                   ? tr("No nodes yet")
                            : counts.total == 0 ? QString()
                            : loaded            ? tr("%Ln managed node(s)", nullptr, counts.total)
                                                : tr("%Ln node(s) so far", nullptr, counts.total));
    const auto selected = m_table->selectedCount();
    m_run->setVisible(!empty);
    m_enrol->setVisible(!empty);
    m_headless->setVisible(empty);
    m_steps->setWanted(loaded && !empty);
    m_actionsMenu->setVisible(!empty);
    m_run->setText(selected > 0 ? tr("Run on %n node(s)", nullptr, selected) : tr("Run a document"));
    m_run->updateGeometry();
    m_filter->setCounts(m_fleet.nodes().rowCount(), m_fleet.nodes().totalRows());
}

void FleetPage::updateTiles()
{
    const FleetCounts &counts = m_fleet.counts();
    const auto set = [&](PingState state, int count, bool always) {
        CountTile *tile = m_tiles.value(static_cast<int>(state));
        const bool on = m_filter->hasToken(tokenOf(state));
        tile->setCount(count);
        tile->setChecked(on);
        tile->setVisible(always || count > 0 || on); // states that nobody is in take no room
    };
    const bool endingOn = m_filter->hasToken(endingToken());
    m_endingTile->setCount(counts.endingCertificates);
    m_endingTile->setChecked(endingOn);
    m_endingTile->setVisible(endingOn || counts.endingCertificates > 0);
    set(PingState::Online, counts.online, true);
    set(PingState::Silent, counts.silent, false);
    set(PingState::ConnectionLost, counts.lost, true);
    set(PingState::Registered, counts.registered, false);
    set(PingState::Quarantined, counts.quarantined, true);
}

void FleetPage::updateDemoBanner()
{
    switch (m_demo.phase()) {
    case DemoFleet::Phase::Running:
    case DemoFleet::Phase::Starting:
        m_demoBanner->showMessage(
            Tone::Accent, Icon::Notice, tr("Demo fleet"),
            tr("Six real agents are running on this machine under your own user account."));
        m_demoBanner->setAction(tr("Stop and remove"));
        break;
    case DemoFleet::Phase::Stopping:
        m_demoBanner->showMessage(Tone::Accent, Icon::Notice, tr("Demo fleet"),
                                  tr("Its nodes are deregistered and its agents are stopped."));
        m_demoBanner->setAction({});
        break;
    case DemoFleet::Phase::Failed:
        m_demoBanner->showMessage(Tone::Failed, Icon::FieldError, tr("The demo fleet has a problem."),
                                  m_demo.problem());
        m_demoBanner->setAction(tr("Stop and remove"));
        break;
    case DemoFleet::Phase::Stopped:
        if (!m_demo.exists()) {
            m_demoBanner->hide();
            break;
        }
        m_demoBanner->showMessage(Tone::Accent, Icon::Notice, tr("Demo fleet"),
                                  tr("Its agents are not running."));
        m_demoBanner->setAction(tr("Start demo fleet"));
        break;
    }
}

void FleetPage::showDetailOf(const QString &nodeId)
{
    if (nodeId.isEmpty())
        return;
    if (!m_pane->isVisible() && m_pane->property("fbClosed").toBool())
        return; // closed by hand: stays closed until asked for
    m_pane->show();
    m_fleet.showDetail(nodeId);
}

void FleetPage::togglePane(bool shown)
{
    m_pane->setProperty("fbClosed", !shown);
    m_pane->setVisible(shown && !m_table->currentId().isEmpty());
    m_fleet.showDetail(shown ? m_table->currentId() : QString());
}

void FleetPage::runOnSelection() { emit runRequested(m_table->selectedIds()); }

QStringList FleetPage::chosen() const
{
    QStringList ids = m_table->selectedIds();
    if (ids.isEmpty() && !m_table->currentId().isEmpty())
        ids << m_table->currentId();
    return ids;
}

void FleetPage::makeActionsMenu()
{
    auto *menu = new QMenu(this);
    const auto add = [&](const QString &name, const QString &text, auto run, const char *takes = nullptr) {
        QAction *action = menu->addAction(text);
        action->setObjectName(name);
        if (takes)
            markAction(action, takes);
        connect(action, &QAction::triggered, this, [this, run] { run(chosen()); });
    };
    add(u"fleetOpen"_s, tr("Open the node's page"), [this](const QStringList &ids) {
        if (!ids.isEmpty())
            emit navigate(u"fleet/"_s + ids.first());
    });
    add(
        u"fleetSession"_s, tr("Start a session..."),
        [this](const QStringList &ids) { emit sessionRequested(ids); }, "ssm:StartSession");
    add(u"fleetJournal"_s, tr("Journal..."),
        [this](const QStringList &ids) { emit navigate(JournalPage::addressOf(ids)); });
    add(
        u"fleetTags"_s, tr("Change tags..."), [this](const QStringList &ids) { m_actions->openTags(ids); },
        "ssm:AddTagsToResource");
    add(
        u"fleetProfile"_s, tr("Change profile..."),
        [this](const QStringList &ids) { m_actions->openProfile(ids); }, "ssm:UpdateManagedInstanceRole");
    add(
        u"fleetRename"_s, tr("Rename..."),
        [this](const QStringList &ids) {
            if (ids.size() == 1)
                m_actions->openRename(ids.first());
        },
        "flagbridge:RenameNode");
    add(u"fleetCopyIds"_s, tr("Copy node IDs"), [this](const QStringList &ids) { m_actions->copyIds(ids); });
    menu->addSeparator();
    add(
        u"fleetQuarantine"_s, tr("Quarantine..."),
        [this](const QStringList &ids) { m_actions->askQuarantine(ids); }, "flagbridge:QuarantineNode");
    add(
        u"fleetRelease"_s, tr("Release from quarantine"),
        [this](const QStringList &ids) { m_actions->release(ids); }, "flagbridge:ReleaseNode");
    add(
        u"fleetReenrol"_s, tr("Re-enrol..."),
        [this](const QStringList &ids) {
            if (ids.size() == 1)
                m_actions->openReenrol(ids.first());
        },
        "flagbridge:CreateReenrolmentToken");
    add(
        u"fleetDeregister"_s, tr("Deregister..."),
        [this](const QStringList &ids) { m_actions->askDeregister(ids); }, "ssm:DeregisterManagedInstance");
    connect(menu, &QMenu::aboutToShow, this, [this, menu] {
        const qsizetype count = chosen().size();
        const QList<QAction *> actions = menu->actions();
        for (QAction *action : actions) {
            static const QStringList kOfOne {u"fleetRename"_s, u"fleetOpen"_s, u"fleetReenrol"_s};
            const bool one = kOfOne.contains(action->objectName());
            action->setEnabled(one ? count == 1 : count > 0);
        }
    });
    m_actionsMenu->setMenu(menu);
}

ViewState FleetPage::view() const
{
    ViewState view;
    view.setQuery(m_filter->query());
    view.set(u"node"_s, m_table->currentId());
    return view;
}

void FleetPage::setView(const ViewState &view)
{
    m_filter->setQuery(view.query());
    m_table->select(view.value(u"node"_s));
}

void FleetPage::focusFilter() { m_filter->setFocus(Qt::ShortcutFocusReason); }

void FleetPage::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Undo) && m_actions->undo())
        return;
    if (event->key() == Qt::Key_Escape && m_pane->isVisible() && m_pane->isAncestorOf(focusWidget())) {
        togglePane(false);
        return m_table->setFocus();
    }
    if (event->key() == Qt::Key_D && event->modifiers() == Qt::ControlModifier)
        return togglePane(!m_pane->isVisible());
    Page::keyPressEvent(event);
}

}
