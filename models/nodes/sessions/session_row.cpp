#include "models/nodes/sessions/session_row.h"

#include "models/table/age_cell.h"

#include <QHash>
#include <QLocale>

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    Microseconds durationOf(const SessionRow &row, Instant now)
    {
        return (row.isEnded() ? row.ended : now) - row.started;
    }

    QString bytesOf(const SessionRow &row)
    {
        return QLocale().formattedDataSize(row.bytesOut, 1, QLocale::DataSizeIecFormat);
    }
}

QString SessionTable::statusWord(const QString &status)
{
    if (status == u"Connecting")
        return tr("Connecting");
    if (status == u"Connected")
        return tr("Connected");
    if (status == u"Disconnected")
        return tr("Disconnected");
    if (status == u"Terminating")
        return tr("Terminating");
    if (status == u"Terminated")
        return tr("Ended");
    return tr("Failed");
}

StateKind SessionTable::statusKind(const QString &status)
{
    if (status == u"Connected")
        return StateKind::Success;
    if (status == u"Disconnected")
        return StateKind::ConnectionLost;
    if (status == u"Terminated")
        return StateKind::Cancelled;
    return status == u"Failed" ? StateKind::Failed : StateKind::Running;
}

QString SessionTable::causeWord(const QString &details)
{
    static const QHash<QString, const char *> words {
        {u"idle"_s, QT_TR_NOOP("idle")},
        {u"maximum duration"_s, QT_TR_NOOP("maximum duration")},
        {u"node connection lost"_s, QT_TR_NOOP("node connection lost")},
        {u"node restarted"_s, QT_TR_NOOP("node restarted")},
        {u"the session no longer exists on the node"_s,
         QT_TR_NOOP("the session no longer exists on the node")},
    };
    if (const auto found = words.constFind(details); found != words.constEnd())
        return tr(*found);
    const auto rest = [&details](const QString &begin) {
        return details.startsWith(begin) ? details.mid(begin.size()) : QString();
    };
    bool isNumber = false;
    if (const int code = rest(u"exited "_s).toInt(&isNumber); isNumber)
        //: why a session ended; %1: exit code
        return tr("exited %1").arg(code);
    const QString who = rest(u"terminated by "_s);
    //: why a session ended; %1: an operator
    return who.isEmpty() ? details : tr("terminated by %1").arg(who);
}

QList<TableColumn<SessionRow>> SessionTable::columns()
{
    using Row = SessionRow;
    return {
        {.key = u"node"_s,
         //: column title
         .title = [] { return tr("Node"); },
         .cell
         = [](const Row &row, Instant) { return TableCell {.text = row.nodeName, .apiWord = row.nodeId}; }},
        {.key = u"status"_s,
         //: column title
         .title = [] { return tr("Status"); },
         .cell =
             [](const Row &row, Instant) {
                 return TableCell {
                     .text = statusWord(row.status), .apiWord = row.status, .state = statusKind(row.status)};
             }},
        {.key = u"owner"_s,
         //: column title: who opened the session
         .title = [] { return tr("Operator"); },
         .cell = [](const Row &row, Instant) { return TableCell {.text = row.owner}; }},
        {.key = u"started"_s,
         //: column title: when the session began
         .title = [] { return tr("Started"); },
         .cell = [](const Row &row, Instant now) { return ageCell(row.started, now); },
         .ages = true,
         .type = FilterType::Time},
        {.key = {},
         //: column title
         .title = [] { return tr("Duration"); },
         .cell =
             [](const Row &row, Instant now) {
                 return TableCell {.text = RelativeTime::duration(durationOf(row, now)),
                                   .sortKey = QVariant::fromValue<qint64>(durationOf(row, now).count()),
                                   .toolTip = RelativeTime::exact(row.ended)};
             },
         .ages = true},
        {.key = u"document"_s,
         //: column title
         .title = [] { return tr("Document"); },
         .cell = [](const Row &row, Instant) { return TableCell {.text = row.document}; }},
        {.key = u"reason"_s,
         //: column title: why the session was opened
         .title = [] { return tr("Reason"); },
         .cell = [](const Row &row, Instant) { return TableCell {.text = row.reason}; }},
        {.key = u"output"_s,
         //: column title: how much was shown
         .title = [] { return tr("Output"); },
         .cell
         = [](const Row &row, Instant) { return TableCell {.text = bytesOf(row), .sortKey = row.bytesOut}; },
         .type = FilterType::Size},
        {.key = {},
         //: column title: cause of the end
         .title = [] { return tr("Ended by"); },
         .cell = [](const Row &row,
                    Instant) { return TableCell {.text = causeWord(row.details), .apiWord = row.details}; }},
        {.key = u"id"_s,
         //: column title
         .title = [] { return tr("Session ID"); },
         .cell = [](const Row &row, Instant) { return TableCell {.text = row.id}; }},
        {.key = u"recorded"_s,
         //: column title: whether there is a recording
         .title = [] { return tr("Recorded"); },
         .cell =
             [](const Row &row, Instant) {
                 return TableCell {.text = row.recorded ? tr("yes") : tr("no"),
                                   .apiWord = row.recorded ? u"yes"_s : u"no"_s};
             }},
    };
}

QString SessionTable::whyNoRecording(const SessionRow &row)
{
    if (row.recorded)
        return {};
    return toMicros(row.recordingRemoved) > 0
        ? tr("Its recording was removed on %1 to free space.").arg(RelativeTime::exact(row.recordingRemoved))
        : tr("This session was not recorded.");
}

QList<QPair<QString, QString>> SessionTable::facts(const SessionRow &row, Instant now)
{
    QList<QPair<QString, QString>> facts {
        {tr("Node"), row.nodeName == row.nodeId ? row.nodeId : u"%1, %2"_s.arg(row.nodeName, row.nodeId)},
        {tr("Operator"), row.owner},
        {tr("Document"), row.document},
        {tr("Reason"), row.reason.isEmpty() ? tr("none given") : row.reason},
        {tr("Started"), RelativeTime::exact(row.started)}};
    if (row.isEnded())
        facts.append({tr("Ended"), RelativeTime::exact(row.ended)});
    facts.append({tr("Duration"), RelativeTime::duration(durationOf(row, now))});
    if (!row.details.isEmpty())
        facts.append({tr("Ended by"), causeWord(row.details)});
    if (!row.runAs.isEmpty())
        facts.append({tr("Runs as"), row.runAs});
    facts.append({tr("Output"), bytesOf(row)});
    facts.append({tr("Recording"),
                  row.recorded ? tr("yes, from the first byte")
                      : toMicros(row.recordingRemoved) > 0
                      ? tr("removed on %1 to free space").arg(RelativeTime::exact(row.recordingRemoved))
                      : tr("none")});
    return facts;
}

}
