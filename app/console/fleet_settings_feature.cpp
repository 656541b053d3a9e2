#include "app/console/console.h"
#include "app/console/console_feature.h"
#include "models/shared/fleetsettings/fleet_setting_words.h"
#include "ui/shared/fleetsettings/fleet_settings_page.h"
#include "ui/widgets/view_state.h"

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    const auto kFleetSettings = u"fleet-settings"_s;
}

ConsoleFeature fleetSettingsFeature(FleetSettingsViewModel &settings, ProfilesViewModel &profiles)
{
    ConsoleFeature feature;
    feature.pages = {{.name = kFleetSettings,
                      .group = Console::tr("Shared"),
                      .title = Console::tr("Fleet settings"),
                      .icon = Icon::FleetSettings,
                      .make = [&settings, &profiles](const QString &rest, QWidget *parent) -> Page * {
                          if (!rest.isEmpty())
                              return nullptr;
                          const auto names = [&profiles] {
                              QStringList all;
                              for (const ProfileRow &profile : profiles.values().values())
                                  all << profile.name;
                              all.sort();
                              return all;
                          };
                          return new FleetSettingsPage(settings, names, parent);
                      }}};
    feature.things = [&settings](const QString &query, int most) {
        QList<PaletteEntry> things;
        for (const FleetSettingRow &row : settings.values().values()) {
            if (things.size() == most)
                break;
            const QString title = FleetSettingWords::title(row.id);
            if (!PaletteModel::match(title, query) && !row.id.contains(query, Qt::CaseInsensitive))
                continue;
            ViewState view;
            view.set(u"row"_s, row.id);
            things.append({Icon::FleetSettings,
                           title,
                           FleetSettingWords::value(row, row.value),
                           Console::tr("Fleet setting"),
                           {},
                           kFleetSettings + u'?' + view.text(),
                           {},
                           PaletteGroup::Page});
        }
        return things;
    };
    return feature;
}

}
