#pragma once
// Fleet settings of the test's choice.

#include "models/shared/fleetsettings/fleet_settings_source.h"
#include "tests/support/models/fake_list_source.h"

namespace fb::test {

class FakeFleetSettingsSource : public FakeListSource<FleetSettingRow, FleetSettingsSource>
{
public:
    void change(const QString &id, const QString &value, Done done) override;
    void reset(const QString &id, Done done) override;

    static QList<FleetSettingRow> sample(Instant now); // one or more of each kind, some customized
    QList<QPair<QString, QString>> changes; // id, value
    QStringList resets;
    ShownError refusal; // of the next wish

private:
    void answer(const QString &id, const std::function<void(FleetSettingRow &)> &edit, const Done &done);
};

}
