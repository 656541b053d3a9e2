#include "ui/nodes/tools/services_tab.h"

#include "models/table/relative_time.h"
#include "models/table/visible_text.h"
#include "ui/nodes/tools/service_pane.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/confirm_sheet.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/edit_gate.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/no_match.h"
#include "ui/widgets/surface.h"
#include "ui/widgets/table_bar.h"
#include "ui/widgets/text_label.h"

#include <QAction>
#include <QComboBox>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QSplitter>
#include <QTimer>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;
using DeedKind = ServiceDeed::Kind;

namespace {
    QList<ColumnSpec> serviceColumns()
    {
        using Column = ServiceColumns::Column;
        return {{Column::Unit, CellKind::Name, 12},
                {Column::State, CellKind::State, 7},
                {Column::Enabled, CellKind::Text, 5.5, false, true, 4},
                {Column::Description, CellKind::Text, 12, true},
                {Column::Pid, CellKind::Number, 4.5, false, true, 1},
                {Column::Memory, CellKind::Number, 5.5, false, true, 3},
                {Column::Since, CellKind::Number, 6, false, true, 2},
                {Column::Next, CellKind::Number, 11, false, false},
                {Column::Restarts, CellKind::Number, 5, false, false}};
    }
}

ServicesTab::ServicesTab(ServiceSource &source, const QString &nodeId, QWidget *parent)
    : ToolTab(u"services"_s, tr("Reading the services..."), parent),
      m_model(source, nodeId),
      m_nodeName(nodeId),
      m_table(new DataTable(u"serviceTable"_s)),
      m_bar(new TableBar(u"services"_s, m_model.table(), *m_table)),
      m_type(new QComboBox),
      m_choice(new QComboBox),
      m_refresh(makeIconButton(u"serviceRefresh"_s, Icon::Again, tr("Refresh (F5)"))),
      m_paneToggle(
          makeIconButton(u"servicePaneToggle"_s, Icon::DetailPane, tr("Show or hide details (Ctrl+D)"))),
      m_restart(makeButton(u"serviceRestartButton"_s, tr("Restart"), Icon::Again)),
      m_more(makeButton(u"serviceActions"_s, tr("Actions"))),
      m_pane(new ServicePane(m_model))
{
    m_table->setAccessibleName(tr("Services of this node"));
    m_table->setUp(&m_model.table(), serviceColumns(), false);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->horizontalHeader()->setSortIndicator(ServiceColumns::Unit, Qt::AscendingOrder);
    m_bar->filter().setPlaceholder(tr("Filter: type a word, or enabled=disabled"));
    m_refresh->setShortcut(QKeySequence(Qt::Key_F5));
    m_paneToggle->setCheckable(true);
    for (QToolButton *button : {m_refresh, m_paneToggle})
        button->setProperty("fbOutlined", true);
    markChange(m_restart, "flagbridge:ChangeNodeWithTools");
    makeActions();

    setContent(makeList(), m_table);
    m_pane->hide();

    auto *menu = new QMenu(m_more);
    m_more->setMenu(menu);
    addActions(menu);
    connect(menu, &QMenu::aboutToShow, this, &ServicesTab::updateActions);
    connect(m_table, &DataTable::menuWanted, this, [this](QMenu *rowMenu) {
        updateActions();
        addActions(rowMenu);
        rowMenu->addSeparator();
    });
    connect(m_table, &DataTable::currentIdChanged, this, [this](const QString &unit) {
        if (m_pane->isVisibleTo(this))
            m_model.look(unit);
        updateActions();
    });
    connect(m_table, &DataTable::opened, this, [this] { setPaneShown(true); });
    connect(m_pane, &ServicePane::closeClicked, this, [this] { setPaneShown(false); });
    connect(m_paneToggle, &QToolButton::clicked, this, &ServicesTab::setPaneShown);
    connect(m_restart, &QPushButton::clicked, this, [this] { ask(DeedKind::Restart); });
    connect(m_refresh, &QToolButton::clicked, &m_model, &ServicesViewModel::readAll);
    connect(&m_bar->filter(), &FilterLine::queryChanged, &m_model.table(), &LiveTableModel::setQuery);
    connect(&m_model.table(), &LiveTableModel::shownChanged, this, &ServicesTab::update);
    connect(&m_model, &ServicesViewModel::changed, this, &ServicesTab::update);
    connect(&m_model, &ServicesViewModel::done, this, &ServicesTab::showDone);
    connect(&m_model, &ServicesViewModel::refused, this, &ServicesTab::showRefused);
    connect(&banner(), &Banner::actionClicked, &m_model, &ServicesViewModel::readAll);
    update();
}

QWidget *ServicesTab::makeList()
{
    const Metrics &m = themeOf(this).metrics();
    m_type->setObjectName(u"serviceType"_s);
    m_type->setAccessibleName(tr("Which kind of unit is shown"));
    m_type->addItem(tr("Services"), u"service"_s);
    m_type->addItem(tr("Timers"), u"timer"_s);
    m_type->addItem(tr("Sockets"), u"socket"_s);
    m_type->addItem(tr("Mounts"), u"mount"_s);
    m_type->addItem(tr("Targets"), u"target"_s);
    m_choice->setObjectName(u"serviceChoice"_s);
    m_choice->setAccessibleName(tr("Which units are shown"));
    updateCounts();
    connect(m_type, &QComboBox::currentIndexChanged, this,
            [this] { m_model.setType(m_type->currentData().toString()); });
    connect(m_choice, &QComboBox::currentIndexChanged, this,
            [this](int index) { m_model.setChoice(static_cast<ServicesViewModel::Choice>(index)); });
    auto *tools = new QHBoxLayout;
    tools->setContentsMargins(m.pageMargin(), m.step(2), m.pageMargin(), m.step(3));
    tools->setSpacing(m.toolGap());
    tools->addWidget(m_bar, 1);
    for (QWidget *tool : std::initializer_list<QWidget *> {m_restart, m_more, m_refresh, m_paneToggle})
        m_bar->addTool(tool);
    new NoMatch(u"services"_s, m_bar->filter(), m_model.table(), *m_table);
    auto *splitter = new QSplitter(Qt::Vertical);
    splitter->addWidget(m_table);
    splitter->addWidget(m_pane);
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 1);
    splitter->setChildrenCollapsible(false);
    splitter->setSizes({1000, 1000}); // halves, until somebody moves it
    splitter->setHandleWidth(1);
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(m.pageMargin(), m.step(1.5), m.pageMargin(), m.step(1.5));
    foot->setSpacing(m.toolGap());
    foot->addWidget(&status(), 1);
    foot->addWidget(m_type);
    foot->addWidget(m_choice);
    auto *list = new QWidget;
    auto *column = new QVBoxLayout(list);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(tools);
    column->addWidget(splitter, 1);
    column->addWidget(new Divider(Qt::Horizontal));
    column->addLayout(foot);
    return list;
}

void ServicesTab::makeActions()
{
    const auto add = [this](DeedKind kind, const QString &name, Icon icon, const QString &text,
                            const QKeySequence &keys = {}) {
        auto *action = new QAction(Theme::icon(icon), text, this);
        action->setObjectName(name);
        action->setShortcut(keys);
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        connect(action, &QAction::triggered, this, [this, kind] { ask(kind); });
        addAction(action); // so that its keys work
        m_actions << action;
    };
    add(DeedKind::Start, u"serviceStart"_s, Icon::Start, tr("Start"), QKeySequence(Qt::Key_F7));
    add(DeedKind::Stop, u"serviceStop"_s, Icon::Stop, tr("Stop..."), QKeySequence(Qt::Key_F8));
    add(DeedKind::Restart, u"serviceRestart"_s, Icon::Again, tr("Restart"), QKeySequence(Qt::Key_F9));
    add(DeedKind::Reload, u"serviceReload"_s, Icon::ReloadSettings, tr("Reload"));
    add(DeedKind::Enable, u"serviceEnable"_s, Icon::SwitchOn, tr("Enable at start"));
    add(DeedKind::Disable, u"serviceDisable"_s, Icon::SwitchOff, tr("Disable at start"));
    add(DeedKind::Mask, u"serviceMask"_s, Icon::Lock, tr("Mask..."));
    add(DeedKind::Unmask, u"serviceUnmask"_s, Icon::Unlock, tr("Unmask"));
    add(DeedKind::ResetFailed, u"serviceReset"_s, Icon::None, tr("Reset failed state"));
}

void ServicesTab::addActions(QMenu *menu)
{
    menu->setToolTipsVisible(true); // why one cannot be done
    for (qsizetype at = 0; at < m_actions.size(); ++at) {
        if (at == 4 || at == 6 || at == 8)
            menu->addSeparator();
        menu->addAction(m_actions[at]);
    }
}

void ServicesTab::focusFilter() { m_bar->filter().setFocus(); }

void ServicesTab::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_D && event->modifiers() == Qt::ControlModifier)
        setPaneShown(!m_pane->isVisibleTo(this));
    else
        QWidget::keyPressEvent(event);
}

void ServicesTab::setPaneShown(bool shown)
{
    m_pane->setVisible(shown);
    m_paneToggle->setChecked(shown);
    if (shown) {
        m_model.look(m_table->currentId());
        QTimer::singleShot(0, m_table,
                           [this] { m_table->scrollTo(m_table->currentIndex()); }); // it is lower now
    } else if (isVisible()) {
        m_table->setFocus();
    }
}

// ---- State ---------------------------------------------------------------------------------------------------------

void ServicesTab::update()
{
    using State = ServicesViewModel::State;
    const State state = m_model.state();
    const bool hasRows = toMicros(m_model.asOf()) > 0;
    const QString asOf = hasRows ? RelativeTime::clock(m_model.asOf()) : QString();
    const QString why = m_model.problem().words();
    QString nothing;
    if (state == State::Offline) {
        nothing = tr("The node is not connected, so its services cannot be read. They appear here when "
                     "it is back.");
        status().setText(tr("Not connected. As of %1.").arg(asOf));
    } else if (state == State::NoSystemd) {
        nothing = tr("There are no services to show because this node has no usable systemd. The node "
                     "reported: %1")
                      .arg(why);
        status().setText(tr("As of %1. The last refresh failed: %2").arg(asOf, m_model.problem().words(120)));
    } else if (state == State::Failed) {
        nothing = tr("The services could not be read: %1").arg(why);
        status().setText(tr("As of %1. The last refresh failed: %2").arg(asOf, m_model.problem().words(120)));
    } else if (!m_model.performing().isEmpty()) {
        status().setText(
            tr("Waiting for systemd: %1").arg(visibleText(m_model.performing().join(u", "_s), 120)));
    } else if (m_model.isCut()) {
        status().setText(tr("The first %1 of %2 units, as of %3")
                             .arg(m_model.count(ServicesViewModel::Choice::All))
                             .arg(m_model.total())
                             .arg(asOf));
    } else {
        status().setText(tr("%n unit(s), as of %1", nullptr, m_model.table().totalRows()).arg(asOf));
    }
    showState(hasRows, state == State::Live, nothing);
    m_bar->filter().setCounts(m_model.table().rowCount(), m_model.table().totalRows());
    updateCounts();
    updateActions();
}

void ServicesTab::updateCounts()
{
    using Choice = ServicesViewModel::Choice;
    const QString running = m_model.type() == u"service" ? tr("Running") : tr("Active");
    const QStringList words {tr("All (%1)").arg(m_model.count(Choice::All)),
                             tr("%1 (%2)").arg(running).arg(m_model.count(Choice::Running)),
                             tr("Failed (%1)").arg(m_model.count(Choice::Failed))};
    if (m_choice->count() == 0)
        m_choice->addItems(words);
    for (int at = 0; at < words.size(); ++at)
        m_choice->setItemText(at, words[at]);
}

QString ServicesTab::whyNot(DeedKind kind) const
{
    if (m_model.state() == ServicesViewModel::State::Offline)
        return tr("The node is not connected.");
    const ServiceRow *row = m_model.unit(m_table->currentId());
    if (!row)
        return tr("Choose a unit first.");
    if (m_model.type() == u"target")
        return tr("Targets can only be viewed here.");
    if (m_model.isPerforming(row->unit))
        return tr("Another action on it is in progress. Wait until it ends.");
    return ServiceDeeds::whyNot(*row, kind);
}

void ServicesTab::updateActions()
{
    bool canAny = false;
    for (qsizetype at = 0; at < m_actions.size(); ++at) {
        const QString why = whyNot(static_cast<DeedKind>(at + 1));
        m_actions[at]->setEnabled(why.isEmpty() && !EditGate::isShut(*this));
        m_actions[at]->setToolTip(why);
        canAny = canAny || why.isEmpty();
    }
    const QString why = whyNot(DeedKind::Restart);
    m_restart->setEnabled(why.isEmpty());
    m_restart->setToolTip(why.isEmpty() ? tr("Restart (F9)") : why);
    m_more->setEnabled(canAny);
    m_more->setToolTip(canAny ? QString() : why);
}

// ---- Actions -------------------------------------------------------------------------------------------------------

QString ServicesTab::consequence(const ServiceRow &row, DeedKind kind) const
{
    const QString need = ServiceDeeds::need(row.unit);
    switch (kind) {
    case DeedKind::Stop:
        return row.isRunning() || !need.isEmpty() ? (tr("Its processes are asked to end. It stays stopped "
                                                        "until somebody starts it, another unit needs it, "
                                                        "or the machine starts again.")
                                                     + (need.isEmpty() ? QString() : u"\n\n"_s + need))
                                                  : QString();
    case DeedKind::Mask:
        return tr("Nothing can start it until it is unmasked, not even units that need it. If it is running, "
                  "it keeps running until it is stopped.")
            + (need.isEmpty() ? QString() : u"\n\n"_s + need);
    case DeedKind::Restart:
        if (row.isOwn)
            return tr("The agent ends and starts again: the node is not connected for some seconds. Runs and "
                      "sessions continue.");
        return need.isEmpty() ? QString() : tr("It stops and starts again.") + u"\n\n"_s + need;
    default:
        return {};
    }
}

void ServicesTab::ask(DeedKind kind)
{
    if (!whyNot(kind).isEmpty() || EditGate::isShut(*this))
        return;
    const ServiceRow &row = *m_model.unit(m_table->currentId());
    const ServiceDeed deed {.kind = kind, .unit = row.unit};
    const QString what = consequence(row, kind);
    if (what.isEmpty())
        return m_model.perform(deed);
    const QString name = visibleText(row.unit, 60);
    Confirmation asked {.name = u"serviceAsk"_s,
                        .question = tr("Stop %1 on %2?").arg(name, m_nodeName),
                        .consequence = what,
                        .targets = {row.description.isEmpty() ? name : visibleText(row.description, 120)},
                        .verb = tr("Stop"),
                        .icon = Icon::Stop};
    if (kind == DeedKind::Mask) {
        asked.question = tr("Mask %1 on %2?").arg(name, m_nodeName);
        asked.verb = tr("Mask");
        asked.icon = Icon::Lock;
    } else if (kind == DeedKind::Restart) {
        asked.question = tr("Restart %1 on %2?").arg(name, m_nodeName);
        asked.verb = tr("Restart");
        asked.icon = Icon::Again;
    }
    auto *sheet = new ConfirmSheet(asked, window());
    connect(sheet, &ConfirmSheet::confirmed, this, [this, deed] { m_model.perform(deed); });
    sheet->ask();
}

void ServicesTab::showDone(const ServiceDeed &deed, const ServiceOutcome &outcome)
{
    const QString unit = visibleText(deed.unit, 60);
    const auto words = [&] {
        switch (deed.kind) {
        case DeedKind::Start:
            return tr("%1 was started.").arg(unit);
        case DeedKind::Stop:
            return tr("%1 was stopped.").arg(unit);
        case DeedKind::Restart:
            return tr("%1 was restarted.").arg(unit);
        case DeedKind::Reload:
            return tr("%1 was reloaded.").arg(unit);
        case DeedKind::Enable:
            return tr("%1 now starts with the machine.").arg(unit);
        case DeedKind::Disable:
            return tr("%1 no longer starts with the machine.").arg(unit);
        case DeedKind::Mask:
            return tr("%1 was masked.").arg(unit);
        case DeedKind::Unmask:
            return tr("%1 was unmasked.").arg(unit);
        case DeedKind::ResetFailed:
            return tr("The failed state of %1 was reset.").arg(unit);
        }
        return QString();
    };
    const QString now = tr("It is now %1.").arg(visibleText(outcome.after, 160));
    banner().setAction({});
    if (outcome.goesOn)
        banner().showMessage(Tone::Waiting, Icon::Notice, tr("systemd is still working on %1.").arg(unit),
                             now);
    else
        banner().showMessage(Tone::Success, Icon::Success, words(), now);
}

void ServicesTab::showRefused(const ServiceDeed &deed, const ShownError &problem)
{
    const QString unit = visibleText(deed.unit, 60);
    const QString statement = deed.kind == DeedKind::Start ? tr("%1 was not started.").arg(unit)
        : deed.kind == DeedKind::Stop                      ? tr("%1 was not stopped.").arg(unit)
        : deed.kind == DeedKind::Restart                   ? tr("%1 was not restarted.").arg(unit)
                                                           : tr("%1 was not changed.").arg(unit);
    banner().setAction({});
    banner().showProblem(problem, statement);
}

}
