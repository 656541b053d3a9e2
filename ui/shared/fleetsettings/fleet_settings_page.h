#pragma once
// Shared > Fleet settings (spec/fleet-manager.md 2.3): the settings of the whole fleet, kept in the engine's store and the same for every
// operator; the console's own are another page. Ui thread.

#include "models/shared/fleetsettings/fleet_settings_source.h"
#include "ui/records/record_page.h"

namespace fb {

class FleetSettingsPage : public RecordPage
{
    Q_OBJECT
public:
    // `profiles`: names of the node profiles there are now.
    FleetSettingsPage(FleetSettingsViewModel &settings, std::function<QStringList()> profiles,
                      QWidget *parent = nullptr);

private:
    void openSheet(const QString &id);
    void switchIt(const QString &id, bool on);
    void askReset(const QString &id);
    FleetSettingsSource::Done told(const QString &success, const QString &failure);

    FleetSettingsViewModel &m_settings;
    std::function<QStringList()> m_profiles;
};

}
