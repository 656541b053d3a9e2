#include "models/nodes/activations/activation_row.h"

#include "models/table/age_cell.h"
#include "models/table/visible_text.h"

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    QString usedText(const ActivationRow &row)
    {
        //: nodes that joined, of those that may
        return ActivationTable::tr("%1 of %2").arg(row.used).arg(row.limit);
    }
}

QString ActivationTable::apiState(const ActivationRow &row, Instant now)
{
    if (row.used >= row.limit)
        return u"Full"_s;
    return row.expires <= now ? u"Expired"_s : u"Active"_s;
}

QString ActivationTable::stateWord(const ActivationRow &row, Instant now)
{
    const QString state = apiState(row, now);
    if (state == u"Full")
        //: state of an activation: as many nodes joined as may
        return tr("Full");
    //: states of an activation
    return state == u"Expired" ? tr("Expired") : tr("Active");
}

StateKind ActivationTable::stateKind(const ActivationRow &row, Instant now)
{
    const QString state = apiState(row, now);
    if (state == u"Full")
        return StateKind::Full;
    return state == u"Expired" ? StateKind::TimedOut : StateKind::Active;
}

QString ActivationTable::expiresText(const ActivationRow &row, Instant now)
{
    if (row.expires <= now)
        return RelativeTime::ago(row.expires, now);
    const qint64 minutes = (row.expires - now).count() / 60000000;
    if (minutes < 60)
        return tr("in %1 min").arg(minutes);
    if (minutes < 48 * 60)
        return tr("in %1 h").arg(minutes / 60);
    return tr("in %n day(s)", nullptr, static_cast<int>(minutes / 1440));
}

QList<TableColumn<ActivationRow>> ActivationTable::columns()
{
    using Row = ActivationRow;
    return {
        {.key = u"name"_s,
         //: column title: default name of the nodes that join
         .title = [] { return tr("Default name"); },
         .cell =
             [](const Row &row, Instant) {
                 return TableCell {.text = row.defaultName.isEmpty() ? tr("host name")
                                                                     : visibleText(row.defaultName)};
             }},
        {.key = u"state"_s,
         //: column title
         .title = [] { return tr("State"); },
         .cell =
             [](const Row &row, Instant now) {
                 return TableCell {.text = stateWord(row, now),
                                   .apiWord = apiState(row, now),
                                   .state = stateKind(row, now)};
             },
         .ages = true},
        {.key = u"joined"_s,
         //: column title: nodes that joined, of those that may
         .title = [] { return tr("Joined"); },
         .cell
         = [](const Row &row, Instant) { return TableCell {.text = usedText(row), .sortKey = row.used}; },
         .type = FilterType::Number},
        {.key = u"expires"_s,
         //: column title
         .title = [] { return tr("Expires"); },
         .cell =
             [](const Row &row, Instant now) {
                 return TableCell {.text = expiresText(row, now),
                                   .sortKey = qint64(toMicros(row.expires)),
                                   .toolTip = RelativeTime::exact(row.expires),
                                   .at = row.expires};
             },
         .ages = true,
         .type = FilterType::Time},
        {.key = u"tag:"_s,
         //: column title
         .title = [] { return tr("Tags"); },
         .cell = [](const Row &row,
                    Instant) { return TableCell {.text = row.tags.join(u", "_s), .tags = row.tags}; }},
        {.key = u"by"_s,
         //: column title
         .title = [] { return tr("Created by"); },
         .cell = [](const Row &row, Instant) { return TableCell {.text = visibleText(row.createdBy)}; }},
        {.key = u"created"_s,
         //: column title
         .title = [] { return tr("Created"); },
         .cell = [](const Row &row, Instant now) { return ageCell(row.created, now); },
         .ages = true,
         .type = FilterType::Time},
        {.key = u"id"_s,
         //: column title
         .title = [] { return tr("Activation ID"); },
         .cell = [](const Row &row, Instant) { return TableCell {.text = row.id}; }},
    };
}

QList<QPair<QString, QString>> ActivationTable::facts(const ActivationRow &row, Instant now)
{
    QList<QPair<QString, QString>> facts {
        {tr("Joined"), usedText(row)},
        {tr("Expires"), tr("%1, %2").arg(expiresText(row, now), RelativeTime::exact(row.expires))},
        {tr("Default name"), row.defaultName.isEmpty() ? tr("host name") : visibleText(row.defaultName)},
        {tr("Node profile"), visibleText(row.profile)},
        {tr("Created"), RelativeTime::exact(row.created)},
        {tr("Created by"), visibleText(row.createdBy)}};
    if (!row.networks.isEmpty())
        facts.append({tr("Allowed addresses"), row.networks.join(u", "_s)});
    if (row.requiresApproval)
        facts.append({tr("Approval"), tr("Each node waits for an operator's approval")});
    if (!row.boundNode.isEmpty())
        facts.append({tr("For the node"), row.boundNode});
    if (!row.description.isEmpty())
        facts.append({tr("Description"), visibleText(row.description)});
    return facts;
}

}
