#include "app/console/console.h"

#include "ui/nodes/fleet/fleet_page.h"
#include "ui/nodes/runcommand/composer.h"
#include "ui/nodes/runcommand/run_page.h"
#include "ui/nodes/runcommand/runs_page.h"
#include "ui/theme/flagbridge_style.h"
#include "ui/widgets/banner.h"

#include <QApplication>
#include <QLocale>
#include <QSettings>

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    const auto kFleet = u"fleet"_s;
    const auto kRunCommand = u"run-command"_s;

    QString nameOf(SchemeChoice choice)
    {
        return choice == SchemeChoice::Light ? u"light"_s
            : choice == SchemeChoice::Dark   ? u"dark"_s
                                             : u"system"_s;
    }
}

SchemeChoice schemeChoiceNamed(const QString &name)
{
    return name == u"light" ? SchemeChoice::Light
        : name == u"dark"   ? SchemeChoice::Dark
                            : SchemeChoice::System;
}

Console::Console(ConsoleModels models, const ConsoleFacts &facts, const QString &settingsFile,
                 QObject *parent)
    : QObject(parent),
      m_models(models),
      m_facts(facts),
      m_settingsFile(settingsFile)
{
    QString language;
    QByteArray geometry;
    QString address = kFleet;
    if (!m_settingsFile.isEmpty()) {
        const QSettings kept(m_settingsFile, QSettings::IniFormat);
        language = kept.value(u"language"_s).toString();
        m_schemeChoice = schemeChoiceNamed(kept.value(u"theme"_s).toString());
        geometry = kept.value(u"geometry"_s).toByteArray();
        address = kept.value(u"address"_s, kFleet).toString();
    }
    m_language.use(language);
    applyScheme();
    connect(&m_schemeWatch, &ColorSchemeWatch::schemeChanged, this, &Console::applyScheme);
    connect(&m_models.fleet, &FleetViewModel::countsChanged, this, &Console::updateStatus);
    connect(&m_models.fleet, &FleetViewModel::loadedChanged, this, &Console::updateStatus);
    build(address.section(u'/', 0, 0)); // what an item page shows may be gone
    if (!geometry.isEmpty())
        m_window->restoreGeometry(geometry);
}

Console::~Console() { keep(); }

void Console::keep()
{
    if (m_settingsFile.isEmpty())
        return;
    QSettings kept(m_settingsFile, QSettings::IniFormat);
    kept.setValue(u"language"_s, m_language.current());
    kept.setValue(u"theme"_s, nameOf(m_schemeChoice));
    kept.setValue(u"geometry"_s, m_window->saveGeometry());
    kept.setValue(u"address"_s, m_window->address());
}

void Console::applyScheme()
{
    const Scheme scheme = m_schemeChoice == SchemeChoice::System ? m_schemeWatch.scheme()
        : m_schemeChoice == SchemeChoice::Dark                   ? Scheme::Dark
                                                                 : Scheme::Light;
    auto *style = qobject_cast<FlagbridgeStyle *>(QApplication::style());
    if (style && style->theme().scheme() != scheme)
        style->setTheme(Theme(scheme, style->theme().interfaceFont()));
}

void Console::setScheme(SchemeChoice choice)
{
    m_schemeChoice = choice;
    applyScheme();
}

void Console::setLanguage(const QString &code)
{
    if (code == m_language.current())
        return;
    m_language.use(code);
    const QString address = m_window->address();
    const QByteArray geometry = m_window->saveGeometry();
    const bool shown = m_window->isVisible();
    // The old window may be in the middle of its menu's signal: it goes when the event is over.
    MainWindow *old = m_window.release();
    old->hide();
    old->deleteLater();
    build(address);
    m_window->restoreGeometry(geometry);
    if (shown)
        m_window->show();
}

void Console::show() { m_window->show(); }

void Console::build(const QString &address)
{
    m_window = std::make_unique<MainWindow>(MainWindow::Setup {.entries = entries(),
                                                               .commands = commands(),
                                                               .things = [this] { return things(); },
                                                               .operatorName = m_facts.operatorName,
                                                               .operatorRole = m_facts.operatorRole});
    m_window->openAddress(address);
    if (m_window->address().isEmpty())
        m_window->openAddress(kFleet);
    if (!m_warning.first.isEmpty())
        warn(m_warning.first, m_warning.second);
    updateStatus();
}

QList<PageEntry> Console::entries()
{
    const QString nodes = tr("Nodes");
    PageEntry fleet {.name = kFleet, .group = nodes, .title = tr("Fleet"), .icon = Icon::Fleet, .make = {}};
    fleet.make = [this](const QString &rest, QWidget *parent) -> Page * {
        if (!rest.isEmpty())
            return nullptr;
        auto *page = new FleetPage(m_models.fleet, m_models.demo, parent);
        connect(page, &FleetPage::runRequested, this, &Console::openComposer);
        return page;
    };
    PageEntry runs {.name = kRunCommand,
                    .group = nodes,
                    .title = tr("Run Command"),
                    .icon = Icon::RunCommand,
                    .make = {}};
    runs.make = [this](const QString &rest, QWidget *parent) -> Page * {
        if (rest.isEmpty()) {
            auto *page = new RunsPage(m_models.runs, parent);
            connect(page, &RunsPage::runRequested, this, [this] { openComposer({}); });
            return page;
        }
        const RunRow *run = m_models.runs.runs().run(rest);
        if (!run)
            return nullptr;
        auto *page = new RunPage(m_models.runs, *run, parent);
        connect(page, &RunPage::againRequested, this, [this](const RunRequest &request) {
            Composer *composer = makeComposer();
            composer->setRequest(request);
            composer->open();
        });
        connect(page, &RunPage::runOnRequested, this, &Console::openComposer);
        return page;
    };
    return {fleet, runs};
}

QList<ShellCommand> Console::commands()
{
    const QString nodes = tr("Nodes");
    QList<ShellCommand> commands;
    commands.append({u"cmdRun"_s, nodes, tr("Run a document"), QKeySequence(Qt::CTRL | Qt::Key_R),
                     Icon::RunCommand, [this] { openComposer({}); }});
    commands.append(
        {u"cmdEnrol"_s, nodes, tr("Enrol a node"), QKeySequence(Qt::CTRL | Qt::Key_N), Icon::Add, [this] {
             m_window->openAddress(kFleet);
             if (auto *page = qobject_cast<FleetPage *>(m_window->page()))
                 page->openEnrolSheet();
         }});
    commands.append({u"cmdDemoStart"_s, nodes, tr("Start the demo fleet"), {}, Icon::Start, [this] {
                         m_models.demo.start();
                     }});
    commands.append({u"cmdDemoStop"_s, nodes, tr("Stop and remove the demo fleet"), {}, Icon::Stop, [this] {
                         m_models.demo.stopAndRemove();
                     }});
    const QString look = tr("Look");
    commands.append({u"themeSystem"_s, look, tr("Theme: as the system"), {}, Icon::ThemeSystem, [this] {
                         setScheme(SchemeChoice::System);
                     }});
    commands.append({u"themeLight"_s, look, tr("Theme: light"), {}, Icon::ThemeLight, [this] {
                         setScheme(SchemeChoice::Light);
                     }});
    commands.append({u"themeDark"_s, look, tr("Theme: dark"), {}, Icon::ThemeDark, [this] {
                         setScheme(SchemeChoice::Dark);
                     }});
    const QStringList languages = Language::known();
    for (const QString &code : languages)
        // Each language in its own words, so that it is found by those who read no other.
        commands.append(
            {u"language-"_s + code, look, Language::nameOf(code), {}, Icon::Language, [this, code] {
                 setLanguage(code);
             }});
    return commands;
}

QList<PaletteEntry> Console::things()
{
    QList<PaletteEntry> things;
    for (const NodeRow &node : m_models.fleet.nodes().allNodes()) {
        things.append({Icon::Fleet,
                       node.name,
                       u"%1, %2"_s.arg(node.platform, PingWords::word(node.ping)),
                       tr("Node"),
                       {},
                       [this, id = node.id] {
                           m_window->openAddress(kFleet);
                           if (auto *page = qobject_cast<FleetPage *>(m_window->page()))
                               page->showNode(id);
                       }});
    }
    for (int row = 0; row < m_models.runs.runs().rowCount(); ++row) {
        const RunRow *run = m_models.runs.runs().run(m_models.runs.runs().idAt(row));
        things.append({Icon::RunCommand,
                       RunTableModel::titleOf(*run),
                       u"%1, %2"_s.arg(run->documentName, RunWords::word(run->details)),
                       tr("Run"),
                       {},
                       [this, id = run->id] { m_window->openAddress(kRunCommand + u'/' + id); }});
    }
    return things;
}

Composer *Console::makeComposer()
{
    auto *composer = new Composer(m_models.runs, m_models.fleet, m_window.get());
    connect(composer, &Composer::started, this,
            [this](const QString &commandId) { m_window->openAddress(kRunCommand + u'/' + commandId); });
    return composer;
}

void Console::openComposer(const QStringList &nodeIds)
{
    Composer *composer = makeComposer();
    if (!nodeIds.isEmpty())
        composer->setNodes(nodeIds);
    composer->open();
}

void Console::setFacts(const ConsoleFacts &facts)
{
    m_facts = facts;
    updateStatus();
}

void Console::warn(const QString &statement, const QString &sentence)
{
    m_warning = {statement, sentence};
    m_window->banner().showMessage(Tone::Waiting, Icon::FieldError, statement, sentence);
}

void Console::endWarning()
{
    m_warning = {};
    m_window->banner().hide();
}

void Console::updateStatus()
{
    const FleetCounts &counts = m_models.fleet.counts();
    const QLocale locale;
    QList<StatusItem> items;
    items.append({u"engine"_s, Icon::Engine, Tone::Neutral, m_facts.engine, {}});
    items.append(
        {u"nodes"_s, Icon::None, counts.online > 0 ? Tone::Success : Tone::Neutral,
         counts.total == 0
             ? tr("No nodes")
             : tr("%1 of %n node(s) online", nullptr, counts.total).arg(locale.toString(counts.online)),
         kFleet});
    if (!m_facts.store.isEmpty())
        items.append({u"store"_s, Icon::Store, Tone::Neutral, m_facts.store, {}});
    if (!m_facts.keyPlace.isEmpty())
        items.append({u"key"_s, Icon::Key, Tone::Neutral, m_facts.keyPlace, {}});
    m_window->status().setItems(items);
}

}
