#include "app/console/desktop_limits.h"

#include "models/nodes/sessions/remote_desktop.h"
#include "models/shared/fleetsettings/fleet_setting_words.h"
#include "models/shared/fleetsettings/fleet_settings_source.h"

namespace fb {

namespace {
    // What is not known, or is no number in its range, is as it is by default: a newer engine may say anything.
    int numberOf(FleetSettingsViewModel &settings, const QString &id, int byDefault)
    {
        const FleetSettingRow *row = settings.values().value(id);
        bool isNumber = false;
        const int number = row ? row->value.toInt(&isNumber) : 0;
        return isNumber && number >= 1 && number <= 1440 ? number : byDefault;
    }
}

void followDesktopLimits(FleetSettingsViewModel &settings, RemoteDesktops &desktops)
{
    const auto apply = [&settings, &desktops] {
        const DesktopLimits usual;
        desktops.setLimits(
            {.longest = std::chrono::minutes(numberOf(settings, FleetSettingWords::kDesktopMinutes,
                                                      static_cast<int>(usual.longest.count()))),
             .idle = std::chrono::minutes(numberOf(settings, FleetSettingWords::kDesktopIdleMinutes,
                                                   static_cast<int>(usual.idle.count()))),
             .most = numberOf(settings, FleetSettingWords::kDesktopsAtOnce, usual.most)});
    };
    QObject::connect(&settings, &ListViewModel::valuesChanged, &desktops, apply);
    apply();
}

}
