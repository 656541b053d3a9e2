#include "models/nodes/fleet/hardware_row.h"

#include "models/table/age_cell.h"
#include "models/table/visible_text.h"

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    QString apiWord(const HardwareRow &row)
    {
        return row.cause == HardwareRow::Cause::Changed  ? u"HardwareChanged"_s
            : row.cause == HardwareRow::Cause::Duplicate ? u"DuplicateNode"_s
                                                         : u"FingerprintMismatch"_s;
    }

    int differing(const HardwareRow &row)
    {
        int count = 0;
        for (const HardwareValue &value : HardwareTable::values(row))
            count += value.accepted == value.other ? 0 : 1;
        return count;
    }
}

QStringList HardwareTable::labels()
{
    return {//: what a machine is known by
            tr("Machine ID"),
            //: what a machine is known by
            tr("Processors"),
            //: what a machine is known by
            tr("Memory"),
            //: what a machine is known by: its firmware
            tr("BIOS"),
            //: what a machine is known by: maker, model, serial number
            tr("System"),
            //: what a machine is known by
            tr("Host name"),
            //: what a machine is known by: of its network interface
            tr("IP address"),
            //: what a machine is known by: of its network interface
            tr("MAC address"),
            //: what a machine is known by
            tr("Disks")};
}

QString HardwareTable::causeWord(const HardwareRow &row)
{
    switch (row.cause) {
    case HardwareRow::Cause::OtherMachine:
        //: why a node is listed: another machine has its identity
        return tr("Another machine");
    case HardwareRow::Cause::Duplicate:
        //: why a node is listed: two machines are connected as this node
        return tr("Connected twice");
    case HardwareRow::Cause::Changed:
        break;
    }
    return tr("Hardware changed");
}

StateKind HardwareTable::causeKind(const HardwareRow &row)
{
    return row.isClone() ? StateKind::Failed : StateKind::TimedOut;
}

QList<HardwareValue> HardwareTable::values(const HardwareRow &row)
{
    QList<HardwareValue> values;
    const QStringList names = labels();
    for (qsizetype i = 0; i < names.size(); ++i)
        values.append({names[i], visibleText(row.accepted.value(i)), visibleText(row.other.value(i))});
    return values;
}

QList<TableColumn<HardwareRow>> HardwareTable::columns()
{
    using Row = HardwareRow;
    return {
        {.key = u"name"_s,
         //: column title
         .title = [] { return tr("Node"); },
         .cell = [](const Row &row, Instant) { return TableCell {.text = visibleText(row.name)}; }},
        {.key = u"cause"_s,
         //: column title: why a node is listed
         .title = [] { return tr("Why"); },
         .cell =
             [](const Row &row, Instant) {
                 return TableCell {.text = causeWord(row), .apiWord = apiWord(row), .state = causeKind(row)};
             }},
        {.key = u"from"_s,
         //: column title: the address that a machine dialled from
         .title = [] { return tr("From"); },
         .cell = [](const Row &row, Instant) { return TableCell {.text = visibleText(row.address)}; }},
        {.key = u"seen"_s,
         //: column title: when the other machine was last seen
         .title = [] { return tr("Seen"); },
         .cell = [](const Row &row, Instant now) { return ageCell(row.seen, now); },
         .ages = true,
         .type = FilterType::Time},
        {.key = u"differing"_s,
         //: column title: how many of the nine hardware values differ
         .title = [] { return tr("Differing"); },
         .cell =
             [](const Row &row, Instant) {
                 const int count = differing(row);
                 //: %1 of all the %2 hardware values differ
                 return TableCell {.text = tr("%1 of %2").arg(count).arg(labels().size()), .sortKey = count};
             }},
        {.key = u"id"_s,
         //: column title
         .title = [] { return tr("Node ID"); },
         .cell = [](const Row &row, Instant) { return TableCell {.text = row.id}; }}};
}

QList<QPair<QString, QString>> HardwareTable::facts(const HardwareRow &row, Instant now)
{
    QString why;
    switch (row.cause) {
    case HardwareRow::Cause::OtherMachine:
        why = tr("A machine with this node's key is not the one that was registered. It was refused, and "
                 "tries again every hour.");
        break;
    case HardwareRow::Cause::Duplicate:
        why = tr("A second machine is connected as this node. It receives nothing; the first one works as "
                 "before.");
        break;
    case HardwareRow::Cause::Changed:
        why = tr("Its machine ID is the same, but most other hardware values changed. The node is still "
                 "accepted.");
        break;
    }
    return {{tr("Why"), why},
            {tr("From"), visibleText(row.address)},
            {tr("Seen"), tr("%1, %2").arg(RelativeTime::ago(row.seen, now), RelativeTime::exact(row.seen))}};
}

}
