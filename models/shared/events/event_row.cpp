#include "models/shared/events/event_row.h"

#include "models/table/age_cell.h"

namespace fb {

using namespace Qt::StringLiterals;

StateKind EventTable::kindOf(const QString &status)
{
    static const QHash<QString, StateKind> kinds {
        {u"success"_s, StateKind::Success},      {u"online"_s, StateKind::Success},
        {u"active"_s, StateKind::Success},       {u"connected"_s, StateKind::Success},
        {u"registered"_s, StateKind::Success},   {u"failed"_s, StateKind::Failed},
        {u"inprogress"_s, StateKind::Running},   {u"pending"_s, StateKind::Waiting},
        {u"timedout"_s, StateKind::TimedOut},    {u"connectionlost"_s, StateKind::ConnectionLost},
        {u"cancelled"_s, StateKind::Cancelled},  {u"deregistered"_s, StateKind::Cancelled},
        {u"terminated"_s, StateKind::Cancelled}, {u"quarantined"_s, StateKind::Quarantined},
    };
    return kinds.value(status.toLower(), StateKind::None);
}

QString EventTable::resourceOf(const EventRow &row)
{
    if (row.resources.isEmpty())
        return {};
    // arn:aws:ssm:region:account:command/3f2c...
    return row.resources.first().section(u':', 5);
}

QString EventTable::addressOf(const EventRow &row)
{
    const QString resource = resourceOf(row);
    const QString kind = resource.section(u'/', 0, 0);
    const QString id = resource.section(u'/', 1);
    if (id.isEmpty())
        return {};
    if (kind == u"command")
        return u"run-command/"_s + id;
    if (kind == u"managed-instance")
        return u"fleet?node="_s + id;
    if (kind == u"session")
        return u"sessions?row="_s + id;
    if (kind == u"document")
        return u"documents?row="_s + id;
    return {};
}

QList<TableColumn<EventRow>> EventTable::columns()
{
    using Row = EventRow;
    return {
        {.key = u"time"_s,
         //: column title: when it happened
         .title = [] { return tr("Time"); },
         .cell = [](const Row &row, Instant now) { return ageCell(row.time, now, -row.sequence); },
         .ages = true,
         .type = FilterType::Time},
        {.key = u"type"_s,
         //: column title: kind of event
         .title = [] { return tr("Event"); },
         .cell = [](const Row &row, Instant) { return TableCell {.text = row.type}; }},
        {.key = u"status"_s,
         //: column title
         .title = [] { return tr("Status"); },
         .cell = [](const Row &row,
                    Instant) { return TableCell {.text = row.status, .state = kindOf(row.status)}; }},
        {.key = u"resource"_s,
         //: column title: what the event is about
         .title = [] { return tr("Resource"); },
         .cell
         = [](const Row &row,
              Instant) { return TableCell {.text = resourceOf(row), .toolTip = row.resources.join(u'\n')}; }},
        {.key = u"source"_s,
         //: column title: the system that the event comes from
         .title = [] { return tr("Source"); },
         .cell = [](const Row &row, Instant) { return TableCell {.text = row.source}; }},
        {.key = u"no"_s,
         //: column title: running number of an event
         .title = [] { return tr("No."); },
         .cell
         = [](const Row &row,
              Instant) { return TableCell {.text = QString::number(row.sequence), .sortKey = row.sequence}; },
         .type = FilterType::Number},
    };
}

QList<QPair<QString, QString>> EventTable::facts(const EventRow &row)
{
    return {{tr("Time"), RelativeTime::exact(row.time)},
            {tr("Event"), row.type},
            {tr("Source"), row.source},
            {tr("Resource"), resourceOf(row)},
            {tr("No."), QString::number(row.sequence)}};
}

}
