#include "models/shared/events/event_row.h"

#include "models/table/age_cell.h"

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    struct StatusWord {
        StateKind kind;
        const char *word;
    };

    // What the details of events say of commands, nodes, sessions and documents; case does not count.
    const StatusWord *statusWord(const QString &status)
    {
        using enum StateKind;
        static const QHash<QString, StatusWord> words {
            {u"success"_s, {Success, QT_TRANSLATE_NOOP("fb::EventTable", "Success")}},
            {u"failed"_s, {Failed, QT_TRANSLATE_NOOP("fb::EventTable", "Failed")}},
            {u"inprogress"_s, {Running, QT_TRANSLATE_NOOP("fb::EventTable", "Running")}},
            {u"pending"_s, {Waiting, QT_TRANSLATE_NOOP("fb::EventTable", "Waiting")}},
            {u"delayed"_s, {Waiting, QT_TRANSLATE_NOOP("fb::EventTable", "Waiting for the node")}},
            {u"cancelling"_s, {Running, QT_TRANSLATE_NOOP("fb::EventTable", "Cancelling")}},
            {u"cancelled"_s, {Cancelled, QT_TRANSLATE_NOOP("fb::EventTable", "Cancelled")}},
            {u"timedout"_s, {TimedOut, QT_TRANSLATE_NOOP("fb::EventTable", "Timed out")}},
            {u"online"_s, {Success, QT_TRANSLATE_NOOP("fb::EventTable", "Online")}},
            {u"connectionlost"_s, {ConnectionLost, QT_TRANSLATE_NOOP("fb::EventTable", "Connection lost")}},
            {u"registered"_s, {Success, QT_TRANSLATE_NOOP("fb::EventTable", "Registered")}},
            {u"deregistered"_s, {Cancelled, QT_TRANSLATE_NOOP("fb::EventTable", "Deregistered")}},
            {u"quarantined"_s, {Quarantined, QT_TRANSLATE_NOOP("fb::EventTable", "Quarantined")}},
            {u"connecting"_s, {Waiting, QT_TRANSLATE_NOOP("fb::EventTable", "Connecting")}},
            {u"connected"_s, {Success, QT_TRANSLATE_NOOP("fb::EventTable", "Connected")}},
            {u"disconnected"_s, {ConnectionLost, QT_TRANSLATE_NOOP("fb::EventTable", "Disconnected")}},
            {u"terminating"_s, {Running, QT_TRANSLATE_NOOP("fb::EventTable", "Ending")}},
            {u"terminated"_s, {Cancelled, QT_TRANSLATE_NOOP("fb::EventTable", "Ended")}},
            {u"creating"_s, {Running, QT_TRANSLATE_NOOP("fb::EventTable", "Being created")}},
            {u"active"_s, {Success, QT_TRANSLATE_NOOP("fb::EventTable", "Active")}},
            {u"updating"_s, {Running, QT_TRANSLATE_NOOP("fb::EventTable", "Being updated")}},
            {u"deleting"_s, {Running, QT_TRANSLATE_NOOP("fb::EventTable", "Being deleted")}},
        };
        const auto found = words.constFind(status.toLower());
        return found == words.constEnd() ? nullptr : &*found;
    }
}

StateKind EventTable::kindOf(const QString &status)
{
    const StatusWord *known = statusWord(status);
    return known ? known->kind : StateKind::None;
}

QString EventTable::wordOf(const QString &status)
{
    const StatusWord *known = statusWord(status);
    return known ? tr(known->word) : status;
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
         .cell =
             [](const Row &row, Instant) {
                 return TableCell {
                     .text = wordOf(row.status), .apiWord = row.status, .state = kindOf(row.status)};
             }},
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
