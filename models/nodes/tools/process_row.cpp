#include "models/nodes/tools/process_row.h"

#include "models/table/age_cell.h"
#include "models/table/percent_text.h"

#include <QLocale>

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    QString sizeText(qint64 bytes)
    {
        return QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeIecFormat);
    }

    QString nameText(const ProcessRow &row)
    {
        return row.depth == 0 ? row.name
                              : QString(qsizetype(row.depth - 1) * 3, u'\u2007') + u"└ "_s + row.name;
    }

    TableCell rateCell(const std::optional<double> &rate)
    {
        if (!rate)
            return {.text = {}, .sortKey = -1.0};
        const auto bytes = static_cast<qint64>(*rate);
        return {.text = bytes == 0 ? u"0"_s : ProcessColumns::tr("%1/s").arg(sizeText(bytes)),
                .sortKey = *rate};
    }
}

QString ProcessRow::id() const { return u"%1.%2"_s.arg(pid).arg(startTicks); }

QString ProcessColumns::stateWord(QChar state)
{
    switch (state.unicode()) {
    case u'R':
        return tr("Running");
    case u'S':
        return tr("Sleeping");
    case u'D':
        return tr("Device wait");
    case u'T':
        return tr("Stopped");
    case u't':
        return tr("Traced");
    case u'Z':
        return tr("Zombie");
    case u'I':
        return tr("Idle");
    default:
        return state;
    }
}

StateKind ProcessColumns::stateKind(QChar state)
{
    switch (state.unicode()) {
    case u'R':
        return StateKind::Running;
    case u'D':
        return StateKind::Waiting;
    case u'T':
    case u't':
        return StateKind::Cancelled;
    case u'Z':
        return StateKind::Failed;
    default:
        return StateKind::None;
    }
}

QString ProcessColumns::guardWord(const QString &guarded)
{
    if (guarded == u"first")
        return tr("This is the system's first process and cannot be changed.");
    if (guarded == u"kernel")
        return tr("This is a kernel thread and cannot be changed.");
    return guarded.isEmpty() ? QString() : tr("This belongs to a Flagbridge agent and cannot be changed.");
}

QList<TableColumn<ProcessRow>> ProcessColumns::all()
{
    using Row = ProcessRow;
    return {
        {.key = u"name"_s,
         //: column title: of a process
         .title = [] { return tr("Process"); },
         .cell =
             [](const Row &row, Instant) {
                 return TableCell {.text = nameText(row),
                                   .sortKey = row.treePlace.isEmpty() ? QVariant() : QVariant(row.treePlace),
                                   .toolTip = row.guarded.isEmpty() ? row.name : guardWord(row.guarded)};
             }},
        {.key = u"pid"_s,
         //: column title: number of a process
         .title = [] { return tr("PID"); },
         .cell = [](const Row &row,
                    Instant) { return TableCell {.text = QString::number(row.pid), .sortKey = row.pid}; },
         .type = FilterType::Number},
        {.key = u"user"_s,
         //: column title: whose process it is
         .title = [] { return tr("User"); },
         .cell = [](const Row &row, Instant) { return TableCell {.text = row.user}; }},
        {.key = u"state"_s,
         //: column title
         .title = [] { return tr("State"); },
         .cell =
             [](const Row &row, Instant) {
                 return TableCell {
                     .text = stateWord(row.state), .apiWord = row.state, .state = stateKind(row.state)};
             }},
        {.key = u"cpu"_s,
         //: column title: share of the processor
         .title = [] { return tr("CPU"); },
         .cell =
             [](const Row &row, Instant) {
                 return TableCell {.text = row.cpuPercent ? percentText(*row.cpuPercent, 1) : u"–"_s,
                                   .sortKey = row.cpuPercent.value_or(-1)};
             },
         .type = FilterType::Number},
        {.key = u"memory"_s,
         //: column title: resident memory
         .title = [] { return tr("Memory"); },
         .cell =
             [](const Row &row, Instant) {
                 return TableCell {.text = sizeText(row.residentBytes), .sortKey = row.residentBytes};
             },
         .type = FilterType::Size},
        {.key = {},
         //: column title: share of the machine's memory
         .title = [] { return tr("Memory share"); },
         .cell =
             [](const Row &row, Instant) {
                 return TableCell {.text = percentText(row.memoryShare * 100, 1), .sortKey = row.memoryShare};
             }},
        {.key = u"threads"_s,
         //: column title
         .title = [] { return tr("Threads"); },
         .cell
         = [](const Row &row,
              Instant) { return TableCell {.text = QString::number(row.threads), .sortKey = row.threads}; },
         .type = FilterType::Number},
        {.key = u"files"_s,
         //: column title: how many files and sockets it has open
         .title = [] { return tr("Open files"); },
         .cell =
             [](const Row &row, Instant) {
                 return TableCell {.text = row.handles ? QString::number(*row.handles) : QString(),
                                   .sortKey = row.handles.value_or(-1)};
             },
         .type = FilterType::Number},
        {.key = u"started"_s,
         //: column title: when it began
         .title = [] { return tr("Started"); },
         .cell = [](const Row &row, Instant now) { return ageCell(row.started, now); },
         .ages = true,
         .type = FilterType::Time},
        {.key = {},
         //: column title: from disks
         .title = [] { return tr("Reads"); },
         .cell = [](const Row &row, Instant) { return rateCell(row.readRate); }},
        {.key = {},
         //: column title: to disks
         .title = [] { return tr("Writes"); },
         .cell = [](const Row &row, Instant) { return rateCell(row.writeRate); }},
        {.key = u"command"_s,
         //: column title: program and arguments
         .title = [] { return tr("Command line"); },
         .cell = [](const Row &row, Instant) { return TableCell {.text = row.commandLine}; }},
        {.key = u"parent"_s,
         //: column title: the process that started it
         .title = [] { return tr("Parent"); },
         .cell
         = [](const Row &row,
              Instant) { return TableCell {.text = QString::number(row.parent), .sortKey = row.parent}; },
         .type = FilterType::Number},
        {.key = u"nice"_s,
         //: column title: of a process
         .title = [] { return tr("Priority"); },
         .cell = [](const Row &row,
                    Instant) { return TableCell {.text = QString::number(row.nice), .sortKey = row.nice}; },
         .type = FilterType::Number},
    };
}

QList<ProcessSignal> ProcessSignals::all()
{
    return {{15, u"TERM"_s, tr("end cleanly")},
            {9, u"KILL"_s, tr("end at once, without cleaning up")},
            {1, u"HUP"_s, tr("reload the settings, or end")},
            {2, u"INT"_s, tr("interrupt, like Ctrl+C")},
            {3, u"QUIT"_s, tr("end and leave a core file")},
            {19, u"STOP"_s, tr("pause")},
            {18, u"CONT"_s, tr("continue")},
            {10, u"USR1"_s, tr("meaning depends on the program")},
            {12, u"USR2"_s, tr("meaning depends on the program")},
            {6, u"ABRT"_s, tr("crash and leave a core file")}};
}

}
