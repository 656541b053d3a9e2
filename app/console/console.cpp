#include "app/console/console.h"

#include "app/console/console_feature.h"
#include "app/console/desktop_limits.h"
#include "models/table/relative_time.h"
#include "models/table/visible_text.h"
#include "ui/activity/activity_panel.h"
#include "ui/activity/notices_panel.h"
#include "ui/activity/quit_sheet.h"
#include "ui/activity/toast_stack.h"
#include "ui/nodes/runcommand/composer.h"
#include "ui/nodes/sessions/session_desk.h"
#include "ui/nodes/sessions/sessions_panel.h"
#include "ui/theme/fonts.h"
#include "ui/welcome/headless_sheet.h"
#include "ui/welcome/key_backup_sheet.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/confirm_sheet.h"
#include "ui/widgets/sheet.h"

#include <QFontInfo>
#include <QLocale>
#include <QTimer>

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    const auto kFleet = u"fleet"_s; // where a console opens for the first time
}

Console::Console(ConsoleModels models, const ConsoleFacts &facts, QObject *parent)
    : QObject(parent),
      m_models(models),
      m_facts(facts),
      m_desk(models.links, models.sessions, m_terminals, models.settings),
      m_screens(models.desktops),
      m_runActivities(models.runs, m_activities, m_notices),
      m_exports(m_activities, m_notices),
      m_fleetNotices(models.fleet, m_notices),
      m_desktopNotices(models.desktops, m_notices),
      m_desktop(models.settings, [this] { return m_window && m_window->isActiveWindow(); })
{
    ConsoleSettings &settings = m_models.settings;
    m_language.use(settings.language());
    applyScheme();
    followDesktopLimits(m_models.fleetSettings, m_models.desktops);
    connect(&m_schemeWatch, &ColorSchemeWatch::schemeChanged, this, &Console::applyScheme);
    connect(&settings, &ConsoleSettings::changed, this, &Console::onSettingChanged);
    connect(&settings, &ConsoleSettings::layoutReset, this, &Console::rebuild,
            Qt::QueuedConnection); // when all who keep a layout have heard of it
    connect(&m_models.fleet, &FleetViewModel::countsChanged, this, &Console::updateStatus);
    connect(&m_models.fleet, &FleetViewModel::loadedChanged, this, &Console::updateStatus);
    connect(&m_activities, &ActivityList::changed, this, &Console::updateStatus);
    connect(&m_models.runs, &RunsViewModel::warned, this, [this](const QString &commandId) {
        m_notices.add(StoreRoomWords::sentNotice(m_storeRoom, commandId, SystemClock().now()));
    });
    connect(&m_notices, &NoticeList::changed, this, &Console::updateStatus);
    connect(&m_desk, &SessionDeskModel::linksChanged, this, &Console::updateStatus);
    connect(&m_desk, &SessionDeskModel::tabsChanged, this, &Console::updateStatus);
    connect(&m_notices, &NoticeList::added, this, &Console::showNotice);
    connect(&m_models.signIn.allowed(), &AllowedActions::changed, this, &Console::updateAllowed);
    connect(&m_models.signIn, &SignInViewModel::operatorChanged, this, &Console::rebuild);
    const QString address = settings.address();
    build({{address.isEmpty() ? kFleet : address.section(u'/', 0, 0)},
           0}); // what an item page shows may be gone
    if (!settings.geometry().isEmpty())
        m_window->restoreGeometry(settings.geometry());
}

Console::~Console()
{
    m_models.settings.setGeometry(m_window->saveGeometry());
    m_models.settings.setAddress(m_window->address());
}

void Console::onSettingChanged(const QString &key)
{
    if (key == u"theme" || key == u"reducedMotion")
        return applyScheme();
    if (key == u"textSize") {
        applyScheme();
        return rebuild(); // every size follows the font
    }
    if (key == u"language") {
        m_language.use(m_models.settings.language());
        m_runActivities.look();
        rebuild();
    }
}

void Console::applyScheme() { applyLook(m_models.settings, m_schemeWatch.scheme()); }

void Console::setScheme(SchemeChoice choice) { m_models.settings.setTheme(nameOf(choice)); }

void Console::setLanguage(const QString &code)
{
    if (code != m_language.current())
        m_models.settings.setLanguage(code);
}

void Console::setTextSize(int pixels)
{
    m_models.settings.setTextPixels(
        pixels == 0 ? 0 : qBound(ConsoleSettings::kSmallestText, pixels, ConsoleSettings::kLargestText));
}

void Console::rebuild()
{
    // What stands on a sheet, a code that is shown once above all, is not thrown away for a new look: that comes when it is shut.
    if (Sheet *sheet = openSheet()) {
        connect(sheet, &Sheet::closed, this, &Console::rebuild,
                static_cast<Qt::ConnectionType>(Qt::QueuedConnection | Qt::UniqueConnection));
        return;
    }
    m_window->keepLayout();
    const Navigator::Steps steps = m_window->steps();
    const QByteArray geometry = m_window->saveGeometry();
    const bool shown = m_window->isVisible();
    const QString focus = m_window->focusWidget() ? m_window->focusWidget()->objectName() : QString();
    // The old window may be in the middle of its menu's signal: it goes when the event is over, or with this console.
    m_window->hide();
    m_leaving.push_back(std::move(m_window));
    QTimer::singleShot(0, this, [this] { m_leaving.clear(); });
    build(steps);
    m_window->restoreGeometry(geometry);
    if (shown)
        m_window->show();
    if (auto *field = focus.isEmpty() ? nullptr : m_window->findChild<QWidget *>(focus))
        field->setFocus(); // who pressed a key goes on where they were
}

void Console::show() { m_window->show(); }

void Console::build(const Navigator::Steps &steps)
{
    const QList<ConsoleFeature> all = features();
    MainWindow::Setup setup;
    const SignedInOperator &who = m_models.signIn.who();
    setup.operatorName = who.name.isEmpty() ? m_facts.operatorName : who.name;
    setup.operatorRole = roleWord();
    setup.operatorScope
        = who.nodeTags.isEmpty() ? tr("all") : visibleText(QLocale().createSeparatedList(who.nodeTags), 120);
    setup.operatorCommands
        = {u"lockConsole"_s,  u"signOut"_s,       u"changePassword"_s, u"twoStep"_s, u"makeAdministrator"_s,
           u"openSettings"_s, u"openShortcuts"_s, u"quitHeadless"_s,   u"quit"_s};
    for (const ConsoleFeature &feature : all) {
        setup.entries += feature.pages;
        setup.commands += feature.commands;
    }
    setup.commands += lookCommands();
    setup.commands += operatorCommands();
    setup.commands += quitCommands();
    setup.things = [all](const QString &query, int most) {
        QList<PaletteEntry> things;
        for (const ConsoleFeature &feature : all) {
            if (feature.things)
                things += feature.things(query, most);
        }
        return things;
    };
    setup.docks = docks();
    setup.mayClose = [this] { return mayClose(); };
    m_window = std::make_unique<MainWindow>(std::move(setup), m_models.settings);
    auto *toasts = new ToastStack(m_window.get());
    toasts->setBottom(m_window->status().sizeHint().height());
    connect(toasts, &ToastStack::opened, m_window.get(), &MainWindow::openAddress);
    connect(m_window.get(), &MainWindow::exportStarted, &m_exports, &ExportActivities::follow);
    m_window->resume(steps);
    if (m_pulse)
        updatePulse();
    if (m_window->address().isEmpty())
        m_window->openAddress(kFleet);
    if (!m_warning.first.isEmpty())
        warn(m_warning.first, m_warning.second);
    updateStatus();
    updatePulse();
    updateAllowed();
}

QList<DockEntry> Console::docks()
{
    const auto open = [this](const QString &address) { m_window->openAddress(address); };
    return {{.name = u"activity"_s,
             .title = tr("Activity"),
             .icon = Icon::Activity,
             .shortcut = QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_A),
             .make =
                 [this, open](QWidget *parent) {
                     auto *panel = new ActivityPanel(m_activities, parent);
                     connect(panel, &ActivityPanel::opened, this, open);
                     connect(panel, &ActivityPanel::cancelAsked, this, &Console::askCancel);
                     return panel;
                 }},
            {.name = u"notices"_s,
             .title = tr("Notifications"),
             .icon = Icon::Bell,
             .shortcut = QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_N),
             .make =
                 [this, open](QWidget *parent) {
                     auto *panel = new NoticesPanel(m_notices, parent);
                     connect(panel, &NoticesPanel::opened, this, open);
                     return panel;
                 }},
            {.name = u"sessions"_s,
             .title = tr("Open sessions"),
             .icon = Icon::Sessions,
             .shortcut = {},
             .make = [this](QWidget *parent) {
                 auto *panel = new SessionsPanel(m_desk, parent);
                 connect(panel, &SessionsPanel::chosen, this, [this](int pane) {
                     m_window->openAddress(u"sessions"_s);
                     if (auto *desk = qobject_cast<SessionDesk *>(m_window->page()))
                         desk->goTo(pane);
                 });
                 return panel;
             }}};
}

void Console::askCancel(const Activity &activity)
{
    auto *sheet = new ConfirmSheet({.name = u"activityCancel"_s,
                                    .question = tr("Cancel this run?"),
                                    .consequence = u"%1\n%2"_s.arg(activity.title, activity.cancelHint),
                                    .targets = {},
                                    .verb = tr("Cancel the run"),
                                    .icon = Icon::CancelRun},
                                   m_window.get());
    connect(sheet, &ConfirmSheet::confirmed, this, [this, id = activity.id] { m_activities.cancel(id); });
    sheet->ask();
}

// Told in the window unless its page is in front, on the desktop unless the window is.
void Console::showNotice(const Notice &notice)
{
    const bool isThere = m_window->isActiveWindow() && !notice.address.isEmpty()
        && m_window->address() == notice.address.section(u'?', 0, 0);
    if (!isThere) {
        if (auto *toasts = m_window->findChild<ToastStack *>())
            toasts->tell(notice);
    }
    if (m_models.signIn.stage() != SignInViewModel::Stage::Locked) // content is nobody's then
        m_desktop.tell(notice, QTime::currentTime());
}

bool Console::mayClose()
{
    QuitSheet::What what {.running = {},
                          .local = m_activities.local(),
                          .tookOver = m_facts.tookOver,
                          .whyNotHeadless = whyNotHeadless()};
    for (const Activity &each : m_activities.all()) {
        if (!each.isEnded() && !each.isLocal)
            what.running << each;
    }
    if (m_quits || (what.running.isEmpty() && what.local.isEmpty() && !what.tookOver))
        return true;
    auto *sheet = new QuitSheet(what, m_window.get());
    connect(sheet, &QuitSheet::confirmed, this, [this] {
        m_quits = true;
        QMetaObject::invokeMethod(m_window.get(), &QWidget::close, Qt::QueuedConnection);
    });
    connect(sheet, &QuitSheet::headlessChosen, this, &Console::keepHeadless);
    sheet->open();
    return false;
}

void Console::keepHeadless()
{
    m_quits = true;
    emit headlessRequested();
}

void Console::watchEngine(EnginePulse::Ask ask)
{
    m_pulse = std::make_unique<EnginePulse>(std::move(ask));
    connect(m_pulse.get(), &EnginePulse::changed, this, &Console::updatePulse);
    m_pulse->start();
}

void Console::updatePulse()
{
    const bool silent = m_pulse && m_pulse->state() == EnginePulse::State::Silent;
    m_window->setEditable(!silent);
    if (silent)
        m_window->banner().showMessage(
            Tone::Waiting, Icon::FieldError, tr("The engine is not responding."),
            tr("Showing data as of %1. Retrying every second; nothing can be changed until it responds.")
                .arg(RelativeTime::clock(m_pulse->asOf())));
    else if (m_warning.first.isEmpty())
        m_window->banner().hide();
    else
        warn(m_warning.first, m_warning.second);
    updateStatus();
}

StatusItem Console::engineItem() const
{
    if (!m_pulse || m_pulse->state() == EnginePulse::State::Answering)
        return {u"engine"_s,
                Icon::Engine,
                Tone::Neutral,
                m_facts.hasStarted ? tr("Engine: local") : tr("Engine: starting"),
                {},
                {}};
    return {u"engine"_s,
            Icon::Engine,
            Tone::Waiting,
            tr("Engine busy for %1 s").arg(m_pulse->silentSeconds()),
            {},
            {}};
}

QString Console::keyWord() const
{
    return m_facts.keyPlace == KeyPlace::None    ? QString()
        : m_facts.keyPlace == KeyPlace::Keychain ? tr("Master key in keychain")
                                                 : tr("Master key sealed by passphrase");
}

QList<ConsoleFeature> Console::features()
{
    return {
        fleetFeature(*this, m_models.fleet, m_models.nodes, m_models.tools, m_models.demo,
                     m_models.firstSteps, m_models.drafts),
        journalFeature(m_models.fleet, m_models.tools),
        runCommandFeature(*this, m_models.runs),
        sessionsFeature(*this, m_models.sessions, m_models.recordings, m_models.tunnels, m_screens,
                        m_models.fleet, m_models.settings, m_terminals),
        activationsFeature(*this, m_models.activations, m_models.approvals, m_models.hardware,
                           m_models.fleet),
        profilesFeature(m_models.profiles),
        agentBuildsFeature(*this, m_models.agentBuilds),
        fleetCaFeature(m_models.rollOver),
        documentsFeature(*this, m_models.documents, m_models.drafts),
        eventsFeature(m_models.events),
        settingsFeature(*this, m_models.settings, m_models.keyBackup, m_models.firstSteps),
        fleetSettingsFeature(m_models.fleetSettings, m_models.profiles),
        auditFeature(m_models.audit),
    };
}

// Beside Quit, which ends the engine too.
QList<ShellCommand> Console::quitCommands()
{
    if (!whyNotHeadless().isEmpty())
        return {};
    return {{u"quitHeadless"_s,
             tr("Window"),
             tr("Quit, and keep the engine running headless"),
             {},
             Icon::Engine,
             [this] { keepHeadless(); }}};
}

QList<ShellCommand> Console::lookCommands()
{
    QList<ShellCommand> commands;
    const QString look = tr("Appearance");
    commands.append({u"themeSystem"_s, look, tr("Theme: follow the system"), {}, Icon::ThemeSystem, [this] {
                         setScheme(SchemeChoice::System);
                     }});
    commands.append({u"themeLight"_s, look, tr("Theme: light"), {}, Icon::ThemeLight, [this] {
                         setScheme(SchemeChoice::Light);
                     }});
    commands.append({u"themeDark"_s, look, tr("Theme: dark"), {}, Icon::ThemeDark, [this] {
                         setScheme(SchemeChoice::Dark);
                     }});
    commands.append({u"themeContrast"_s, look, tr("Theme: high contrast"), {}, Icon::ThemeContrast, [this] {
                         setScheme(SchemeChoice::HighContrast);
                     }});
    const auto size = [this](int step) {
        const int now = QFontInfo(interfaceFont(m_models.settings.textPixels())).pixelSize();
        setTextSize(step == 0 ? 0 : now + step);
    };
    commands.append({u"textLarger"_s, look, tr("Larger text"), QKeySequence(Qt::CTRL | Qt::Key_Plus),
                     Icon::TextSize, [size] { size(1); }});
    commands.append({u"textSmaller"_s, look, tr("Smaller text"), QKeySequence(Qt::CTRL | Qt::Key_Minus),
                     Icon::TextSize, [size] { size(-1); }});
    commands.append({u"textNormal"_s, look, tr("Text size: follow the system"),
                     QKeySequence(Qt::CTRL | Qt::Key_0), Icon::TextSize, [size] { size(0); }});
    const QStringList languages = Language::known();
    for (const QString &code : languages)
        // Each language in its own words, so that it is found by those who read no other.
        commands.append(
            {u"language-"_s + code, look, Language::nameOf(code), {}, Icon::Language, [this, code] {
                 setLanguage(code);
             }});
    return commands;
}

Sheet *Console::openSheet() const
{
    const QList<Sheet *> sheets = m_window->findChildren<Sheet *>();
    const auto open
        = std::find_if(sheets.begin(), sheets.end(), [](const Sheet *sheet) { return sheet->isVisible(); });
    return open == sheets.end() ? nullptr : *open;
}

Composer *Console::makeComposer()
{
    auto *composer = new Composer(m_models.runs, m_models.fleet, m_models.drafts,
                                  m_models.settings.confirmAbove(), m_window.get());
    connect(composer, &Composer::started, this,
            [this](const QString &commandId) { m_window->openAddress(u"run-command/"_s + commandId); });
    return composer;
}

void Console::openComposerWith(const RunRequest &request)
{
    if (openSheet()) // one at a time: two composers would write one draft
        return;
    Composer *composer = makeComposer();
    composer->setRequest(request);
    composer->open();
}

void Console::openComposer(const QStringList &nodeIds)
{
    if (openSheet())
        return;
    Composer *composer = makeComposer();
    if (nodeIds.isEmpty())
        composer->begin();
    else
        composer->setNodes(nodeIds);
    composer->open();
}

void Console::openStartSession(const QStringList &nodeIds)
{
    if (openSheet())
        return;
    m_window->openAddress(u"sessions"_s);
    if (auto *desk = qobject_cast<SessionDesk *>(m_window->page()))
        desk->openStart(nodeIds);
}

void Console::setKeysGoTo(const QString &node)
{
    m_keysGoTo = node;
    updateStatus();
}

void Console::openKeyBackup()
{
    auto *sheet = new KeyBackupSheet(m_models.keyBackup, m_window.get());
    connect(sheet, &KeyBackupSheet::saved, this, [this](const QString &file) {
        m_models.firstSteps.tickOff(u"backup"_s);
        Notice notice;
        notice.kind = NoticeKind::Export;
        notice.state = StateKind::Success;
        notice.about = file;
        notice.title = tr("The master key is backed up");
        notice.detail = tr("Keep %1 and its passphrase away from this machine.").arg(file);
        notice.at = SystemClock().now();
        m_notices.add(notice);
    });
    sheet->open();
}

void Console::openHeadlessSetUp() { (new HeadlessSheet(m_window.get()))->open(); }

void Console::setFacts(const ConsoleFacts &facts)
{
    m_facts = facts;
    updateStatus();
}

void Console::warn(const QString &statement, const QString &sentence)
{
    if (m_warning != QPair(statement, sentence)) {
        Notice notice;
        notice.state = StateKind::Failed;
        notice.about = statement;
        notice.title = statement;
        notice.detail = sentence;
        notice.at = SystemClock().now();
        m_warning = {statement, sentence};
        m_notices.add(notice);
    }
    m_window->banner().showMessage(Tone::Waiting, Icon::FieldError, statement, sentence);
}

void Console::endWarning()
{
    m_warning = {};
    m_window->banner().hide();
}

// Told once while it lasts, whatever its figures are.
void Console::setStoreRoom(const StoreRoom &room)
{
    const bool isNews = room.full != StoreRoom::Limit::None
        && (room.full != m_storeRoom.full || room.canRemove != m_storeRoom.canRemove);
    m_storeRoom = room;
    if (isNews)
        m_notices.add(StoreRoomWords::notice(room, SystemClock().now()));
    updateStatus();
}

void Console::updateStatus()
{
    const FleetCounts &counts = m_models.fleet.counts();
    m_window->setCount(kFleet, counts.quarantined,
                       tr("%n node(s) in quarantine", nullptr, counts.quarantined));
    const QLocale locale;
    QList<StatusItem> items;
    items.append(engineItem());
    items.append(
        {u"nodes"_s,
         Icon::None,
         counts.online > 0 ? Tone::Success : Tone::Neutral,
         counts.total > 0
             ? tr("%1 of %Ln node(s) online", nullptr, counts.total).arg(locale.toString(counts.online))
             : m_models.fleet.isLoaded() ? tr("No nodes")
                                         : tr("Reading nodes"),
         kFleet,
         {}});
    const bool isTyping = !m_keysGoTo.isEmpty(); // what the keys do takes the room of what seldom changes
    if (!m_facts.store.isEmpty() && !isTyping)
        items.append(m_storeRoom.full == StoreRoom::Limit::None
                         ? StatusItem {u"store"_s, Icon::Store, Tone::Neutral, m_facts.store, {}, {}}
                         : StatusItem {u"store"_s,
                                       Icon::Store,
                                       Tone::Waiting,
                                       tr("%1: no room for artifacts").arg(m_facts.store),
                                       StoreRoomWords::notice(m_storeRoom, {}).address,
                                       {}});
    if (m_facts.keyPlace != KeyPlace::None && !isTyping)
        items.append({u"key"_s, Icon::Key, Tone::Neutral, keyWord(), {}, {}, true});
    if (isTyping)
        items.append({u"keys"_s,
                      Icon::Keyboard,
                      Tone::Neutral,
                      tr("Keys go to %1. Ctrl+Shift+K searches, F6 leaves the terminal")
                          .arg(visibleText(m_keysGoTo, 40)),
                      {},
                      {}});
    const auto dock
        = [this](const QString &name) { return [this, name] { m_window->workspace().toggleDock(name); }; };
    if (const int open = m_desk.openCount(); open > 0)
        items.append({u"sessions"_s,
                      Icon::Sessions,
                      Tone::Neutral,
                      tr("%n session(s)", nullptr, open),
                      u"sessions"_s,
                      {},
                      true});
    const int running = m_activities.running();
    items.append({u"activity"_s,
                  Icon::Activity,
                  running > 0 ? Tone::Running : Tone::Neutral,
                  running > 0 ? tr("%n running", nullptr, running) : tr("Nothing running"),
                  {},
                  dock(u"activity"_s),
                  true});
    const int unseen = m_notices.unseen();
    items.append({u"notices"_s,
                  Icon::Bell,
                  unseen > 0 ? Tone::Waiting : Tone::Neutral,
                  unseen > 0 ? tr("%n new notification(s)", nullptr, unseen) : tr("Nothing new"),
                  {},
                  dock(u"notices"_s),
                  true});
    m_window->status().setItems(items);
    m_window->setDockNews(u"activity"_s, running > 0);
    m_window->setDockNews(u"notices"_s, unseen > 0);
}

}
