#include "models/shared/audit/audit_row.h"

#include "models/table/age_cell.h"

namespace fb {

using namespace Qt::StringLiterals;

QString AuditTable::resultWord(const QString &result)
{
    if (result == u"Success")
        return tr("Success");
    return result == u"AccessDeniedException" ? tr("Denied") : tr("Refused");
}

QList<TableColumn<AuditLogRow>> AuditTable::columns()
{
    using Row = AuditLogRow;
    return {
        {.key = u"time"_s,
         //: column title: when it happened
         .title = [] { return tr("Time"); },
         .cell = [](const Row &row, Instant now) { return ageCell(row.at, now, -row.sequence); },
         .ages = true,
         .type = FilterType::Time},
        {.key = u"who"_s,
         //: column title: who did it
         .title = [] { return tr("Who"); },
         .cell = [](const Row &row, Instant) { return TableCell {.text = row.who}; }},
        {.key = u"action"_s,
         //: column title: what was done
         .title = [] { return tr("Action"); },
         .cell = [](const Row &row, Instant) { return TableCell {.text = row.action}; }},
        {.key = u"target"_s,
         //: column title: what it was done to
         .title = [] { return tr("Target"); },
         .cell = [](const Row &row, Instant) { return TableCell {.text = row.target}; }},
        {.key = u"result"_s,
         //: column title
         .title = [] { return tr("Result"); },
         .cell =
             [](const Row &row, Instant) {
                 return TableCell {.text = resultWord(row.result),
                                   .apiWord = row.result,
                                   .state
                                   = row.result == u"Success" ? StateKind::Success : StateKind::Failed};
             }},
        {.key = u"from"_s,
         //: column title: where the call came from
         .title = [] { return tr("From"); },
         .cell = [](const Row &row, Instant) { return TableCell {.text = row.source}; }},
        {.key = u"no"_s,
         //: column title: running number of an entry
         .title = [] { return tr("No."); },
         .cell
         = [](const Row &row,
              Instant) { return TableCell {.text = QString::number(row.sequence), .sortKey = row.sequence}; },
         .type = FilterType::Number},
    };
}

QList<QPair<QString, QString>> AuditTable::facts(const AuditLogRow &row)
{
    return {{tr("Time"), RelativeTime::exact(row.at)},
            {tr("Who"), row.who},
            {tr("Role"), row.role},
            {tr("From"), row.source},
            {tr("Action"), row.action},
            {tr("Target"), row.target},
            {tr("Result"), row.result}};
}

}
