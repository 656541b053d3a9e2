#include "models/nodes/tools/journal_row.h"

#include "models/table/age_cell.h"
#include "models/table/relative_time.h"
#include "models/table/visible_text.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>
#include <QStringDecoder>

#include <cstdlib>

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    // Text, or a list of bytes where it is no UTF-8, as journalctl writes it.
    QJsonValue jsonValue(const QByteArray &bytes)
    {
        QStringDecoder decoder(QStringDecoder::Utf8);
        const QString text = decoder(bytes);
        if (!decoder.hasError())
            return text;
        QJsonArray numbers;
        for (const char byte : bytes)
            numbers.append(static_cast<int>(static_cast<unsigned char>(byte)));
        return numbers;
    }

    QByteArray valueOf(const QList<JournalField> &fields, const QString &name)
    {
        for (const JournalField &field : fields) {
            if (field.name == name)
                return field.value;
        }
        return {};
    }
}

quint64 JournalEntry::sequence() const
{
    const qsizetype at = cursor.indexOf(u"i="_s);
    return at < 0 ? 0 : cursor.mid(at + 2).section(u';', 0, 0).toULongLong(nullptr, 16);
}

QByteArray JournalEntry::json() const
{
    QJsonObject object;
    QJsonObject cut;
    for (const JournalField &field : fields) {
        const QJsonValue value = jsonValue(field.value);
        if (field.size > field.value.size())
            cut.insert(field.name, field.size);
        if (!object.contains(field.name)) {
            object.insert(field.name, value);
            continue;
        }
        // One that occurs again: a list of all its values. A list of numbers is one value.
        const QJsonValue known = object.value(field.name);
        const bool isList
            = known.isArray() && (known.toArray().isEmpty() || !known.toArray().first().isDouble());
        QJsonArray all = isList ? known.toArray() : QJsonArray {known};
        all.append(value);
        object.insert(field.name, all);
    }
    if (!cut.isEmpty())
        object.insert(u"__FLAGBRIDGE_CUT_FROM"_s, cut); // bytes of what does not stand here whole
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QByteArray JournalEntry::line() const
{
    const QString time = QDateTime::fromMSecsSinceEpoch(toMicros(stamp) / 1000).toString(Qt::ISODateWithMs);
    const auto one
        = [](const QByteArray &bytes) { return visibleText(QString::fromUtf8(bytes), bytes.size()); };
    QString text = time + u' ' + one(valueOf(fields, u"_HOSTNAME"_s)) + u' ' + visibleText(identifier);
    if (!pid.isEmpty())
        text += u'[' + visibleText(pid) + u']';
    return (text + u": "_s + one(valueOf(fields, u"MESSAGE"_s))).toUtf8();
}

QString JournalRow::id() const
{
    // What was written in the same microsecond stands in the order of the journal.
    return u"%1 %2 %3"_s.arg(entry.sequence(), 16, 16, QLatin1Char('0')).arg(nodeId, entry.cursor);
}

QString JournalColumns::priorityKey(int priority)
{
    static const QStringList kKeys {u"emerg"_s,   u"alert"_s,  u"crit"_s, u"err"_s,
                                    u"warning"_s, u"notice"_s, u"info"_s, u"debug"_s};
    return kKeys.value(priority);
}

QString JournalColumns::priorityWord(int priority)
{
    switch (priority) {
    case 0:
        //: priority of a log entry
        return tr("Emergency");
    case 1:
        //: priority of a log entry
        return tr("Alert");
    case 2:
        //: priority of a log entry
        return tr("Critical");
    case 3:
        //: priority of a log entry
        return tr("Error");
    case 4:
        //: priority of a log entry
        return tr("Warning");
    case 5:
        //: priority of a log entry
        return tr("Notice");
    case 6:
        //: priority of a log entry
        return tr("Info");
    case 7:
        //: priority of a log entry
        return tr("Debug");
    default:
        return {};
    }
}

StateKind JournalColumns::priorityKind(int priority)
{
    if (priority < 0 || priority > 5)
        return StateKind::None;
    return priority <= 3 ? StateKind::Failed : priority == 4 ? StateKind::Warning : StateKind::Notice;
}

QString JournalColumns::sizeText(qint64 bytes)
{
    return QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeIecFormat);
}

QList<TableColumn<JournalRow>> JournalColumns::all()
{
    using Row = JournalRow;
    return {
        {.key = u"time"_s,
         //: column title: when a log entry was written
         .title = [] { return tr("Time"); },
         .cell =
             [](const Row &row, Instant) {
                 return TableCell {.text = row.timeText, .sortKey = qint64(toMicros(row.at)), .at = row.at};
             },
         .type = FilterType::Time},
        {.key = u"priority"_s,
         //: column title: of a log entry
         .title = [] { return tr("Priority"); },
         .cell =
             [](const Row &row, Instant) {
                 return TableCell {.text = priorityWord(row.entry.priority),
                                   .sortKey = row.entry.priority < 0 ? 8 : row.entry.priority,
                                   .apiWord = priorityKey(row.entry.priority),
                                   .state = priorityKind(row.entry.priority)};
             }},
        {.key = u"node"_s,
         //: column title: the node that wrote it
         .title = [] { return tr("Node"); },
         .cell
         = [](const Row &row, Instant) { return TableCell {.text = row.nodeName, .dot = row.nodeNumber}; }},
        {.key = u"source"_s,
         //: column title: the program that wrote a log entry
         .title = [] { return tr("Program"); },
         .cell = [](const Row &row, Instant) { return TableCell {.text = row.entry.identifier}; }},
        {.key = u"pid"_s,
         //: column title: number of a process
         .title = [] { return tr("PID"); },
         .cell
         = [](const Row &row,
              Instant) { return TableCell {.text = row.entry.pid, .sortKey = row.entry.pid.toLongLong()}; },
         .type = FilterType::Number},
        {.key = u"message"_s,
         //: column title: of a log entry
         .title = [] { return tr("Message"); },
         .cell = [](const Row &row, Instant) { return TableCell {.text = row.entry.message}; }},
        {.key = u"unit"_s,
         //: column title: of systemd
         .title = [] { return tr("Unit"); },
         .cell = [](const Row &row, Instant) { return TableCell {.text = row.entry.unit}; }},
    };
}

QList<TableColumn<LogFileRow>> LogFileColumns::all()
{
    using Row = LogFileRow;
    return {
        {.key = u"path"_s,
         //: column title: of a file
         .title = [] { return tr("File"); },
         .cell = [](const Row &row,
                    Instant) { return TableCell {.text = visibleText(QString::fromUtf8(row.path), 1000)}; }},
        {.key = u"size"_s,
         //: column title: of a file
         .title = [] { return tr("Size"); },
         .cell =
             [](const Row &row, Instant) {
                 return TableCell {.text = JournalColumns::sizeText(row.size), .sortKey = row.size};
             },
         .type = FilterType::Size},
        {.key = u"modified"_s,
         //: column title: when a file was changed last
         .title = [] { return tr("Modified"); },
         .cell = [](const Row &row, Instant now) { return ageCell(row.modified, now); },
         .ages = true,
         .type = FilterType::Time},
    };
}

NodeClock NodeClock::of(Instant sent, Instant began, Instant ended, Instant received)
{
    NodeClock clock;
    if (toMicros(began) <= 0 || ended < began || received < sent)
        return clock; // nonsense, or a clock that was set meanwhile
    const Microseconds way = (received - sent) - (ended - began);
    clock.isKnown = true;
    clock.ahead = ((began - sent) + (ended - received)) / 2;
    clock.error = way.count() > 0 ? way / 2 : Microseconds(0);
    return clock;
}

JournalFilter NodeClock::asTheirs(JournalFilter filter) const
{
    for (Instant *time : {&filter.since, &filter.until}) {
        if (toMicros(*time) > 0)
            *time += *time - corrected(*time);
    }
    return filter;
}

Instant NodeClock::corrected(Instant stamp) const
{
    return isKnown && std::abs(ahead.count()) > error.count() ? stamp - ahead : stamp;
}

}
