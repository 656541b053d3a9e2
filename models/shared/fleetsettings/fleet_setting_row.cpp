#include "models/shared/fleetsettings/fleet_setting_row.h"

#include "models/shared/fleetsettings/fleet_setting_words.h"
#include "models/shared/fleetsettings/network_lines.h"
#include "models/table/age_cell.h"
#include "models/table/visible_text.h"

#include <QLocale>

namespace fb {

using namespace Qt::StringLiterals;

QString FleetSettingTable::stateWord(const FleetSettingRow &row)
{
    //: a setting is as an operator has set it, or as it came
    return row.isCustomized ? tr("Customized") : tr("Default");
}

StateKind FleetSettingTable::stateKind(const FleetSettingRow &row)
{
    return row.isCustomized ? StateKind::Customized : StateKind::None;
}

QList<TableColumn<FleetSettingRow>> FleetSettingTable::columns()
{
    using Row = FleetSettingRow;
    return {
        {.key = u"name"_s,
         //: column title
         .title = [] { return tr("Setting"); },
         .cell =
             [](const Row &row, Instant) {
                 return TableCell {.text = FleetSettingWords::title(row.id),
                                   .toolTip = FleetSettingWords::meaning(row.id)};
             }},
        {.key = u"value"_s,
         //: column title
         .title = [] { return tr("Value"); },
         .cell =
             [](const Row &row, Instant) {
                 return TableCell {.text = FleetSettingWords::value(row, row.value),
                                   .apiWord = visibleText(row.value)};
             }},
        {.key = u"status"_s,
         //: column title: whether a setting is at its default
         .title = [] { return tr("Status"); },
         .cell =
             [](const Row &row, Instant) {
                 return TableCell {.text = stateWord(row),
                                   .apiWord = row.isCustomized ? u"Customized"_s : u"Default"_s,
                                   .state = stateKind(row)};
             }},
        {.key = u"area"_s,
         //: column title: what a setting is about, "Nodes", "Sessions"
         .title = [] { return tr("About"); },
         .cell = [](const Row &row, Instant) { return TableCell {.text = FleetSettingWords::area(row.id)}; }},
        {.key = u"by"_s,
         //: column title: who changed a setting last
         .title = [] { return tr("Changed by"); },
         .cell =
             [](const Row &row, Instant) {
                 return TableCell {.text
                                   = row.changedBy.isEmpty() ? u"\u2013"_s : visibleText(row.changedBy)};
             }},
        {.key = u"changed"_s,
         //: column title: when a setting was changed last
         .title = [] { return tr("Changed"); },
         .cell =
             [](const Row &row, Instant now) {
                 return toMicros(row.changed) > 0 ? ageCell(row.changed, now)
                                                  : TableCell {.text = u"\u2013"_s};
             },
         .ages = true,
         .type = FilterType::Time},
        {.key = u"id"_s,
         //: column title: a setting's id in AWS's words
         .title = [] { return tr("AWS ID"); },
         .cell = [](const Row &row, Instant) { return TableCell {.text = row.id}; }}};
}

QList<QPair<QString, QString>> FleetSettingTable::facts(const FleetSettingRow &row, Instant now)
{
    const auto shown = [&row](const QString &value) {
        return FleetSettingWords::kind(row) == SettingKind::Networks && value != FleetSettingWords::kNone
            ? visibleLines(NetworkLines::ofSetting(value))
            : FleetSettingWords::value(row, value);
    };
    QList<QPair<QString, QString>> facts;
    //: label of a sentence that tells what a setting does
    facts.append({tr("What it does"), FleetSettingWords::meaning(row.id)});
    facts.append({tr("Value"), shown(row.value)});
    if (row.isCustomized)
        facts.append({tr("Default"), shown(row.byDefault)});
    if (row.used)
        facts.append({row.id == FleetSettingWords::kLeastFree ? tr("Free now") : tr("Used now"),
                      QLocale().formattedDataSize(*row.used, 1, QLocale::DataSizeIecFormat)});
    facts.append({tr("About"), FleetSettingWords::area(row.id)});
    if (FleetSettingWords::isKept(row.id))
        facts.append(
            {tr("Effect"),
             tr("No effect: it is stored for programs that use the AWS API, and nothing here uses it.")});
    if (toMicros(row.changed) > 0)
        facts.append({tr("Changed"),
                      tr("%1, by %2").arg(RelativeTime::ago(row.changed, now), visibleText(row.changedBy))});
    return facts;
}

}
