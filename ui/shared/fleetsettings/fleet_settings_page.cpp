#include "ui/shared/fleetsettings/fleet_settings_page.h"

#include "models/shared/fleetsettings/fleet_setting_words.h"
#include "ui/shared/fleetsettings/setting_sheet.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/confirm_sheet.h"

#include <QPointer>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    struct SettingDeeds { // of a row
        std::function<void(const QString &)> change;
        std::function<void(const QString &, bool)> switchIt;
        std::function<void(const QString &)> reset;
    };

    QList<RecordAction> actionsOf(const FleetSettingRow &row, const SettingDeeds &deeds)
    {
        const QString id = row.id;
        QList<RecordAction> actions;
        if (FleetSettingWords::kind(row) == SettingKind::Switch) {
            const bool on = FleetSettingWords::isOn(row.value);
            actions.append({.name = u"settingSwitch"_s,
                            .text = on ? FleetSettingsPage::tr("Turn off") : FleetSettingsPage::tr("Turn on"),
                            .icon = on ? Icon::SwitchOff : Icon::SwitchOn,
                            .run = [deeds, id, on] { deeds.switchIt(id, !on); },
                            .forbidden = {},
                            .changes = true,
                            .action = "ssm:UpdateServiceSetting"});
        } else {
            actions.append({.name = u"settingChange"_s,
                            .text = FleetSettingsPage::tr("Change..."),
                            .icon = Icon::Edit,
                            .run = [deeds, id] { deeds.change(id); },
                            .forbidden = {},
                            .changes = true,
                            .action = "ssm:UpdateServiceSetting"});
        }
        actions.append({.name = u"settingReset"_s,
                        .text = FleetSettingsPage::tr("Reset to default..."),
                        .icon = Icon::Again,
                        .run = [deeds, id] { deeds.reset(id); },
                        .forbidden = row.isCustomized
                            ? QString()
                            : FleetSettingsPage::tr("It already has its default value."),
                        .changes = true,
                        .action = "ssm:ResetServiceSetting"});
        return actions;
    }

    RecordPageSetup setup(FleetSettingsViewModel &settings, const SettingDeeds &deeds)
    {
        using Column = FleetSettingTable::Column;
        return {.address = u"fleet-settings"_s,
                .title = FleetSettingsPage::tr("Fleet settings"),
                .tableName = FleetSettingsPage::tr("Fleet settings"),
                .placeholder = FleetSettingsPage::tr("Filter: type a word, or status=customized"),
                .emptyText = FleetSettingsPage::tr("The engine has no settings."),
                .problemText = FleetSettingsPage::tr("The fleet settings could not be read."),
                .subtitle =
                    [](int total) {
                        return FleetSettingsPage::tr("%n setting(s) of the whole fleet, for every operator",
                                                     nullptr, total);
                    },
                .columns = {{Column::Title, CellKind::Name, 14.5},
                            {Column::Value, CellKind::Text, 7, true},
                            {Column::State, CellKind::State, 8.5},
                            {Column::Area, CellKind::Text, 7.5},
                            {Column::ChangedBy, CellKind::Text, 5.5},
                            {Column::Changed, CellKind::Number, 6.5},
                            {Column::Id, CellKind::Id, 16, false, false}},
                .sortColumn = Column::Area,
                .detail = [&settings, deeds](const QString &id) -> std::optional<RecordDetail> {
                    const FleetSettingRow *row = settings.values().value(id);
                    if (!row)
                        return std::nullopt;
                    return RecordDetail {.title = FleetSettingWords::title(row->id),
                                         .id = row->id,
                                         .state = FleetSettingTable::stateKind(*row),
                                         .stateWord = FleetSettingTable::stateWord(*row),
                                         .facts = FleetSettingTable::facts(*row, settings.now()),
                                         .tags = {},
                                         .actions = actionsOf(*row, deeds),
                                         .raw = {}};
                }};
    }
}

FleetSettingsPage::FleetSettingsPage(FleetSettingsViewModel &settings, std::function<QStringList()> profiles,
                                     QWidget *parent)
    : RecordPage(settings,
                 setup(settings,
                       {.change = [this](const QString &id) { openSheet(id); },
                        .switchIt = [this](const QString &id, bool on) { switchIt(id, on); },
                        .reset = [this](const QString &id) { askReset(id); }}),
                 parent),
      m_settings(settings),
      m_profiles(std::move(profiles))
{
}

void FleetSettingsPage::openSheet(const QString &id)
{
    const FleetSettingRow *row = m_settings.values().value(id);
    if (!row)
        return;
    auto *sheet = new SettingSheet(m_settings, *row, m_profiles(), window());
    connect(sheet, &SettingSheet::saved, this, [this](const QString &saved) {
        banner().showMessage(Tone::Success, Icon::Success,
                             tr("%1: changed.").arg(FleetSettingWords::title(saved)), {});
        banner().setAction({});
    });
    sheet->open();
}

void FleetSettingsPage::switchIt(const QString &id, bool on)
{
    const FleetSettingRow *row = m_settings.values().value(id);
    if (!row)
        return;
    const QString title = FleetSettingWords::title(id);
    m_settings.source().change(id, FleetSettingWords::switched(*row, on),
                               told(on ? tr("%1: turned on.").arg(title) : tr("%1: turned off.").arg(title),
                                    tr("%1: not changed.").arg(title)));
}

void FleetSettingsPage::askReset(const QString &id)
{
    const FleetSettingRow *row = m_settings.values().value(id);
    if (!row)
        return;
    const QString title = FleetSettingWords::title(id);
    auto *sheet = new ConfirmSheet({.name = u"settingReset"_s,
                                    .question = tr("Reset \"%1\" to its default?").arg(title),
                                    .consequence = tr("It is now: %1. It becomes: %2.")
                                                       .arg(FleetSettingWords::value(*row, row->value),
                                                            FleetSettingWords::value(*row, row->byDefault)),
                                    .targets = {row->id},
                                    //: verb, on the button
                                    .verb = tr("Reset"),
                                    .icon = Icon::Again},
                                   window());
    connect(sheet, &ConfirmSheet::confirmed, this, [this, id, title] {
        m_settings.source().reset(
            id, told(tr("%1: reset to its default.").arg(title), tr("%1: not reset.").arg(title)));
    });
    sheet->ask();
}

FleetSettingsSource::Done FleetSettingsPage::told(const QString &success, const QString &failure)
{
    return [self = QPointer<FleetSettingsPage>(this), success, failure](const ShownError &problem) {
        if (!self)
            return;
        if (!problem.isEmpty())
            self->banner().showProblem(problem, failure);
        else
            self->banner().showMessage(Tone::Success, Icon::Success, success, {});
        self->banner().setAction({});
    };
}

}
