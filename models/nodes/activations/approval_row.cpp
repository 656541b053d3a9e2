#include "models/nodes/activations/approval_row.h"

#include "models/table/age_cell.h"
#include "models/table/visible_text.h"

namespace fb {

using namespace Qt::StringLiterals;

QString ApprovalTable::causeWord(const ApprovalRow &row)
{
    //: why a node waits for approval
    return row.isExpired ? tr("Certificate expired") : tr("New node");
}

QList<TableColumn<ApprovalRow>> ApprovalTable::columns()
{
    using Row = ApprovalRow;
    return {{.key = u"name"_s,
             //: column title
             .title = [] { return tr("Node"); },
             .cell = [](const Row &row, Instant) { return TableCell {.text = visibleText(row.name)}; }},
            {.key = u"cause"_s,
             //: column title: why a node waits for approval
             .title = [] { return tr("Reason"); },
             .cell =
                 [](const Row &row, Instant) {
                     return TableCell {.text = causeWord(row),
                                       .apiWord = row.isExpired ? u"ExpiredCertificate"_s : u"NewNode"_s,
                                       .state = row.isExpired ? StateKind::TimedOut : StateKind::Waiting};
                 }},
            {.key = u"from"_s,
             //: column title: the address that a node asked from
             .title = [] { return tr("From"); },
             .cell = [](const Row &row, Instant) { return TableCell {.text = visibleText(row.address)}; }},
            {.key = u"asked"_s,
             //: column title: since when a node waits
             .title = [] { return tr("Requested"); },
             .cell = [](const Row &row, Instant now) { return ageCell(row.asked, now); },
             .ages = true,
             .type = FilterType::Time},
            {.key = u"platform"_s,
             //: column title
             .title = [] { return tr("Platform"); },
             .cell = [](const Row &row, Instant) { return TableCell {.text = visibleText(row.platform)}; }},
            {.key = u"id"_s,
             //: column title
             .title = [] { return tr("Node ID"); },
             .cell = [](const Row &row, Instant) { return TableCell {.text = row.id}; }}};
}

QList<QPair<QString, QString>> ApprovalTable::facts(const ApprovalRow &row, Instant now)
{
    return {
        {tr("Reason"),
         row.isExpired ? tr(
             "It was offline until after its certificate expired, and has proved that it holds its old key.")
                       : tr("Its activation requires an operator's approval.")},
        {tr("From"), visibleText(row.address)},
        {tr("Requested"),
         tr("%1, %2").arg(RelativeTime::ago(row.asked, now), RelativeTime::exact(row.asked))},
        {tr("Platform"), visibleText(row.platform)},
        {tr("Activation"), row.activationId.left(8)}};
}

}
