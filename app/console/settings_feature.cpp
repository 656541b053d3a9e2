#include "app/console/console.h"
#include "app/console/console_feature.h"
#include "ui/shared/settings/settings_page.h"

#include <QAction>

namespace fb {

using namespace Qt::StringLiterals;

ConsoleFeature settingsFeature(Console &console, ConsoleSettings &settings)
{
    ConsoleFeature feature;
    const auto make = [&console, &settings](const QString &rest, QWidget *parent) -> Page * {
        if (!rest.isEmpty())
            return nullptr;
        SettingsPageSetup setup;
        const QStringList languages = Language::known();
        for (const QString &code : languages)
            setup.languages.append({code, Language::nameOf(code)});
        const ConsoleFacts &facts = console.facts();
        setup.facts = {{Console::tr("Operator"), u"%1, %2"_s.arg(facts.operatorName, facts.operatorRole)},
                       {Console::tr("Version"), QCoreApplication::applicationVersion()},
                       {Console::tr("Data folder"), facts.dataDir},
                       {Console::tr("Store"), facts.store},
                       {Console::tr("Master key"), facts.keyPlace}};
        setup.facts.removeIf([](const auto &fact) { return fact.second.isEmpty(); });
        setup.openShortcuts = [&console] { console.window().openShortcuts(); };
        setup.resetLayout = [&console] {
            if (auto *reset = console.window().findChild<QAction *>(u"resetLayout"_s))
                reset->trigger();
        };
        return new SettingsPage(settings, setup, parent);
    };
    feature.pages = {{.name = u"settings"_s,
                      .group = Console::tr("Shared"),
                      .title = Console::tr("Settings"),
                      .icon = Icon::Settings,
                      .make = make}};
    feature.commands = {{u"openSettings"_s, Console::tr("Shared"), Console::tr("Settings"),
                         QKeySequence(Qt::CTRL | Qt::Key_Comma), Icon::Settings,
                         [&console] { console.window().openAddress(u"settings"_s); }}};
    return feature;
}

}
