#pragma once
// Where the page of fleet settings gets its values from and its wishes go. FleetSettingsFeed answers with the engine in this process; tests
// answer with values. Ui thread.

#include "models/shared/fleetsettings/fleet_setting_row.h"
#include "models/table/list_view_model.h"

namespace fb {

class FleetSettingsSource : public ListSource<FleetSettingRow>
{
public:
    using Done = std::function<void(const ShownError &problem)>; // an empty problem: it is done

    virtual void change(const QString &id, const QString &value, Done done) = 0;
    virtual void reset(const QString &id, Done done) = 0; // to the default
};

using FleetSettingsViewModel = ValueListViewModel<FleetSettingRow, FleetSettingsSource>;

}
