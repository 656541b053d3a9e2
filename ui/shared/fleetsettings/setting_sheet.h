#pragma once
// Changes one service setting: what it does, its value now, a field that fits it, and what the engine says to a wrong one. Ui thread.

#include "models/shared/fleetsettings/fleet_settings_source.h"
#include "ui/widgets/sheet.h"

class QPushButton;

namespace fb {

class Banner;
class SettingField;

class SettingSheet : public Sheet
{
    Q_OBJECT
public:
    SettingSheet(FleetSettingsViewModel &settings, const FleetSettingRow &setting,
                 const QStringList &profiles, QWidget *window);

signals:
    void saved(const QString &id);

protected:
    QWidget *firstField() override;

private:
    void save();
    void showProblem(const ShownError &problem);

    FleetSettingsViewModel &m_settings;
    FleetSettingRow m_setting;
    Banner *m_banner;
    SettingField *m_field;
    QPushButton *m_save;
};

}
