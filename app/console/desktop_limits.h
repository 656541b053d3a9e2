#pragma once
// Remote desktops go by the fleet's settings: how long, how long idle, how many. Ui thread.

namespace fb {

class RemoteDesktops;
struct FleetSettingRow;
class FleetSettingsSource;
template <typename Row, typename Source>
class ValueListViewModel;

// Now, and whenever the settings change; both live on.
void followDesktopLimits(ValueListViewModel<FleetSettingRow, FleetSettingsSource> &settings,
                         RemoteDesktops &desktops);

}
