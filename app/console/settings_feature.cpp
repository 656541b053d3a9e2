#include "app/console/console.h"
#include "app/console/console_feature.h"
#include "ui/shared/settings/settings_page.h"

#include <QAction>

namespace fb {

using namespace Qt::StringLiterals;

ConsoleFeature settingsFeature(Console &console, ConsoleSettings &settings, KeyBackup &keyBackup,
                               FirstSteps &firstSteps)
{
    ConsoleFeature feature;
    const auto make = [&console, &settings, &keyBackup](const QString &rest, QWidget *parent) -> Page * {
        if (!rest.isEmpty())
            return nullptr;
        SettingsPageSetup setup;
        const QStringList languages = Language::known();
        for (const QString &code : languages)
            setup.languages.append({code, Language::nameOf(code)});
        const ConsoleFacts &facts = console.facts();
        setup.facts = {{Console::tr("Operator"), u"%1, %2"_s.arg(facts.operatorName, console.roleWord())},
                       {Console::tr("Version"), QCoreApplication::applicationVersion()},
                       {Console::tr("Data folder"), facts.dataDir},
                       {Console::tr("Store"), facts.store},
                       {Console::tr("Master key"), console.keyWord()}};
        setup.facts.removeIf([](const auto &fact) { return fact.second.isEmpty(); });
        setup.openShortcuts = [&console] { console.window().openShortcuts(); };
        setup.resetLayout = [&console] {
            if (auto *reset = console.window().findChild<QAction *>(u"resetLayout"_s))
                reset->trigger();
        };
        setup.changeStore = [&console] { emit console.storeChangeRequested(); };
        setup.openHeadless = [&console] { console.openHeadlessSetUp(); };
        if (keyBackup.isOffered())
            setup.backUpKey = [&console] { console.openKeyBackup(); };
        return new SettingsPage(settings, setup, parent);
    };
    feature.pages = {{.name = u"settings"_s,
                      .group = Console::tr("Shared"),
                      .title = Console::tr("Settings"),
                      .icon = Icon::Settings,
                      .make = make}};
    feature.commands = {{u"openSettings"_s, Console::tr("Shared"), Console::tr("Settings"),
                         QKeySequence(Qt::CTRL | Qt::Key_Comma), Icon::Settings,
                         [&console] { console.window().openAddress(u"settings"_s); }},
                        {u"changeStore"_s,
                         Console::tr("Shared"),
                         Console::tr("Choose another store"),
                         {},
                         Icon::Store,
                         [&console] { emit console.storeChangeRequested(); }},
                        {u"headless"_s,
                         Console::tr("Shared"),
                         Console::tr("Set up without a desktop"),
                         {},
                         Icon::Headless,
                         [&console] { console.openHeadlessSetUp(); }},
                        {u"firstStepsAgain"_s,
                         Console::tr("Shared"),
                         Console::tr("Show the first steps again"),
                         {},
                         Icon::ToDo,
                         [&console, &firstSteps] {
                             firstSteps.showAgain();
                             console.window().openAddress(u"fleet"_s);
                         }}};
    if (keyBackup.isOffered())
        feature.commands.append({u"backUpKey"_s,
                                 Console::tr("Shared"),
                                 Console::tr("Back up the master key"),
                                 {},
                                 Icon::Key,
                                 [&console] { console.openKeyBackup(); }});
    return feature;
}

}
