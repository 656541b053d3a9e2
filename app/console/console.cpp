#include "app/console/console.h"

#include "app/console/console_feature.h"
#include "ui/nodes/runcommand/composer.h"
#include "ui/theme/flagbridge_style.h"
#include "ui/theme/fonts.h"
#include "ui/widgets/banner.h"

#include <QApplication>
#include <QLocale>
#include <QSettings>
#include <QTimer>

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    constexpr int kSmallestText = 11; // 8 pt
    constexpr int kLargestText = 26; // 20 pt
    const auto kFleet = u"fleet"_s; // where a console opens for the first time

    // As kept in the settings file and given to --theme.
    const QList<QPair<QString, SchemeChoice>> kSchemes {{u"system"_s, SchemeChoice::System},
                                                        {u"light"_s, SchemeChoice::Light},
                                                        {u"dark"_s, SchemeChoice::Dark},
                                                        {u"high-contrast"_s, SchemeChoice::HighContrast}};

    QString nameOf(SchemeChoice choice)
    {
        for (const auto &[name, scheme] : kSchemes) {
            if (scheme == choice)
                return name;
        }
        return {};
    }
}

SchemeChoice schemeChoiceNamed(const QString &name)
{
    for (const auto &[known, scheme] : kSchemes) {
        if (known == name)
            return scheme;
    }
    return SchemeChoice::System;
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
        if (const int pixels = kept.value(u"textSize"_s).toInt();
            pixels >= kSmallestText && pixels <= kLargestText)
            m_textPixels = pixels; // else: as the system
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
    kept.setValue(u"textSize"_s, m_textPixels);
    kept.setValue(u"geometry"_s, m_window->saveGeometry());
    kept.setValue(u"address"_s, m_window->address());
}

void Console::applyScheme()
{
    const Scheme scheme = m_schemeChoice == SchemeChoice::System ? m_schemeWatch.scheme()
        : m_schemeChoice == SchemeChoice::HighContrast           ? Scheme::HighContrast
        : m_schemeChoice == SchemeChoice::Dark                   ? Scheme::Dark
                                                                 : Scheme::Light;
    auto *style = qobject_cast<FlagbridgeStyle *>(QApplication::style());
    const QFont font = interfaceFont(m_textPixels);
    if (!style || (style->theme().scheme() == scheme && style->theme().interfaceFont() == font))
        return;
    QApplication::setFont(font);
    style->setTheme(Theme(scheme, font));
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
    rebuild();
}

void Console::setTextSize(int pixels)
{
    const int wanted = pixels == 0 ? 0 : qBound(kSmallestText, pixels, kLargestText);
    if (wanted == m_textPixels)
        return;
    m_textPixels = wanted;
    applyScheme();
    rebuild(); // every size follows the font
}

void Console::rebuild()
{
    const QString address = m_window->link();
    const QByteArray geometry = m_window->saveGeometry();
    const bool shown = m_window->isVisible();
    // The old window may be in the middle of its menu's signal: it goes when the event is over, or with this console.
    m_leaving = std::move(m_window);
    m_leaving->hide();
    QTimer::singleShot(0, this, [this] { m_leaving.reset(); });
    build(address);
    m_window->restoreGeometry(geometry);
    if (shown)
        m_window->show();
}

void Console::show() { m_window->show(); }

void Console::build(const QString &address)
{
    const QList<ConsoleFeature> all = features();
    MainWindow::Setup setup;
    setup.operatorName = m_facts.operatorName;
    setup.operatorRole = m_facts.operatorRole;
    for (const ConsoleFeature &feature : all) {
        setup.entries += feature.pages;
        setup.commands += feature.commands;
    }
    setup.commands += lookCommands();
    setup.things = [all](const QString &query, int most) {
        QList<PaletteEntry> things;
        for (const ConsoleFeature &feature : all) {
            if (feature.things)
                things += feature.things(query, most);
        }
        return things;
    };
    m_window = std::make_unique<MainWindow>(std::move(setup));
    m_window->openAddress(address);
    if (m_window->address().isEmpty())
        m_window->openAddress(kFleet);
    if (!m_warning.first.isEmpty())
        warn(m_warning.first, m_warning.second);
    updateStatus();
}

QList<ConsoleFeature> Console::features()
{
    return {
        fleetFeature(*this, m_models.fleet, m_models.nodes, m_models.demo),
        runCommandFeature(*this, m_models.runs),
        sessionsFeature(m_models.sessions),
        activationsFeature(*this, m_models.activations, m_models.fleet),
        documentsFeature(*this, m_models.documents, m_models.drafts),
        eventsFeature(m_models.events),
        auditFeature(m_models.audit),
    };
}

QList<ShellCommand> Console::lookCommands()
{
    QList<ShellCommand> commands;
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
    commands.append({u"themeContrast"_s, look, tr("Theme: high contrast"), {}, Icon::ThemeContrast, [this] {
                         setScheme(SchemeChoice::HighContrast);
                     }});
    const auto size = [this](int step) {
        const int now = QFontInfo(interfaceFont(m_textPixels)).pixelSize();
        setTextSize(step == 0 ? 0 : now + step);
    };
    commands.append({u"textLarger"_s, look, tr("Larger text"), QKeySequence(Qt::CTRL | Qt::Key_Plus),
                     Icon::TextSize, [size] { size(1); }});
    commands.append({u"textSmaller"_s, look, tr("Smaller text"), QKeySequence(Qt::CTRL | Qt::Key_Minus),
                     Icon::TextSize, [size] { size(-1); }});
    commands.append({u"textNormal"_s, look, tr("Text size: as the system"),
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

Composer *Console::makeComposer()
{
    auto *composer = new Composer(m_models.runs, m_models.fleet, m_window.get());
    connect(composer, &Composer::started, this,
            [this](const QString &commandId) { m_window->openAddress(u"run-command/"_s + commandId); });
    return composer;
}

void Console::openComposerWith(const RunRequest &request)
{
    Composer *composer = makeComposer();
    composer->setRequest(request);
    composer->open();
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
