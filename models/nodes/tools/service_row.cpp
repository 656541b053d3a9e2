#include "models/nodes/tools/service_row.h"

#include "models/table/age_cell.h"

#include <QLocale>

#include <algorithm>
#include <limits>

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    using Kind = ServiceDeed::Kind;

    bool isOneOf(const QString &unit, std::initializer_list<QStringView> names)
    {
        const QStringView name = QStringView(unit).left(unit.lastIndexOf(u'.'));
        return std::any_of(names.begin(), names.end(), [&name](QStringView each) { return each == name; });
    }

    // In short: "active (running)", as systemctl says it, and why it is not well.
    QString stateTip(const ServiceRow &row)
    {
        QString tip = u"%1 (%2)"_s.arg(row.activeState, row.subState);
        if (row.loadState != u"loaded")
            tip += u", "_s + row.loadState;
        if (!row.result.isEmpty() && row.result != u"success")
            tip += u", "_s + row.result;
        return tip;
    }

    QString fileTip(const ServiceRow &row)
    {
        if (row.fileState == u"static" || row.fileState == u"indirect")
            return ServiceColumns::tr("Its file names nothing that starts it: other units do.");
        if (row.fileState == u"generated" || row.fileState == u"transient")
            return ServiceColumns::tr("It was made by a program, from something else than a unit file.");
        return row.fileState;
    }
}

bool ServiceRow::isMasked() const { return loadState == u"masked" || fileState.startsWith(u"masked"); }

QString ServiceDeeds::whyNot(const ServiceRow &row, Kind kind)
{
    const bool isEnabled = row.fileState.startsWith(u"enabled") || row.fileState.startsWith(u"linked");
    const bool endsUnit = kind == Kind::Stop || kind == Kind::Disable || kind == Kind::Mask;
    if (row.isOwn && endsUnit)
        return tr("The agent runs in this unit: without it the node would be cut off. It can be restarted.");
    switch (kind) {
    case Kind::Start:
    case Kind::Restart:
        if (kind == Kind::Start && !row.isStopped())
            return tr("It is running already.");
        if (row.isMasked())
            return tr("It is masked: unmask it first.");
        return row.canStart ? QString() : tr("It cannot be started by hand.");
    case Kind::Stop:
        if (row.isStopped())
            return tr("It is not running.");
        return row.canStop ? QString() : tr("It cannot be stopped by hand.");
    case Kind::Reload:
        if (row.isStopped())
            return tr("It is not running.");
        return row.canReload ? QString() : tr("It cannot read its settings again while it runs: restart it.");
    case Kind::Enable:
        if (row.isMasked())
            return tr("It is masked: unmask it first.");
        if (isEnabled)
            return tr("It starts with the machine already.");
        return row.fileState == u"disabled" ? QString() : tr("Its file names nothing that starts it.");
    case Kind::Disable:
        return isEnabled ? QString() : tr("It does not start with the machine by itself.");
    case Kind::Mask:
        if (row.isMasked())
            return tr("It is masked already.");
        return row.fileState.isEmpty() ? tr("No file is installed for it.") : QString();
    case Kind::Unmask:
        return row.isMasked() ? QString() : tr("It is not masked.");
    case Kind::ResetFailed:
        return row.isFailed() ? QString() : tr("It has not failed.");
    }
    return {};
}

QString ServiceDeeds::need(const QString &unit)
{
    if (isOneOf(unit, {u"ssh", u"sshd"}))
        return tr(
            "People log in to the machine over SSH with it: no new log-in is possible until it runs again.");
    if (isOneOf(unit,
                {u"networking", u"NetworkManager", u"network", u"systemd-networkd", u"systemd-resolved",
                 u"wpa_supplicant", u"dhcpcd", u"connman"})
        || unit.startsWith(u"ifup@") || unit.startsWith(u"netplan"))
        return tr(
            "The machine has its network by it: the node may be cut off, and only somebody at the machine "
            "itself can bring it back.");
    if (isOneOf(unit, {u"dbus", u"dbus-broker"}))
        return tr(
            "Most parts of the system speak with each other over it: many of them end or fail without it.");
    if (unit.startsWith(u"systemd-") || isOneOf(unit, {u"polkit", u"udev"}) || unit.startsWith(u"getty@"))
        return tr("It is a part of the system itself: others need it, and some end with it.");
    if (unit.endsWith(u".mount") || unit.endsWith(u".swap"))
        return tr("Programs may be using what is there: their files are not reachable after it.");
    return {};
}

QString ServiceColumns::stateWord(const ServiceRow &row)
{
    const QString &active = row.activeState;
    const QString &sub = row.subState;
    if (active == u"failed")
        return tr("Failed");
    if (active == u"activating")
        return sub == u"auto-restart" ? tr("Restarts soon") : tr("Starting");
    if (active == u"deactivating")
        return tr("Stopping");
    if (active == u"reloading" || active == u"refreshing")
        return tr("Reloading");
    if (active == u"inactive") {
        if (row.isMasked())
            return tr("Masked");
        return row.loadState == u"loaded" ? tr("Stopped") : tr("Not usable");
    }
    if (active != u"active")
        return active;
    //: of a unit: it did its work and ended well
    if (sub == u"exited")
        return tr("Finished");
    //: of a timer: for its time
    if (sub == u"waiting")
        return tr("Waiting");
    //: of a socket
    if (sub == u"listening")
        return tr("Listening");
    //: of a file system
    if (sub == u"mounted")
        return tr("Mounted");
    return sub == u"running" ? tr("Running") : tr("Active");
}

StateKind ServiceColumns::stateKind(const ServiceRow &row)
{
    const QString &active = row.activeState;
    if (active == u"failed")
        return StateKind::Failed;
    if (active == u"inactive") {
        if (row.isMasked())
            return StateKind::Cancelled;
        return row.loadState == u"loaded" ? StateKind::None : StateKind::Failed;
    }
    if (active != u"active")
        return row.subState == u"auto-restart" ? StateKind::Waiting : StateKind::Running;
    return row.subState == u"exited" ? StateKind::None : StateKind::Success;
}

QString ServiceColumns::fileWord(const ServiceRow &row)
{
    const QString &state = row.fileState;
    //: of a unit: it starts with the machine
    if (state.startsWith(u"enabled"))
        return tr("Enabled");
    //: of a unit: it does not start with the machine
    if (state == u"disabled")
        return tr("Disabled");
    if (state.startsWith(u"masked"))
        return tr("Masked");
    //: of a unit: only other units start it
    if (state == u"static" || state == u"indirect")
        return tr("By others");
    //: of a unit: made by a program
    if (state == u"generated" || state == u"transient")
        return tr("Generated");
    return state.isEmpty() ? u"–"_s : state;
}

QString ServiceColumns::memoryText(const ServiceRow &row)
{
    return row.memoryBytes ? QLocale().formattedDataSize(*row.memoryBytes, 1, QLocale::DataSizeIecFormat)
                           : u"–"_s;
}

QList<TableColumn<ServiceRow>> ServiceColumns::all()
{
    using Row = ServiceRow;
    return {
        {.key = u"unit"_s,
         //: column title: of a unit of systemd, such as ssh.service
         .title = [] { return tr("Unit"); },
         .cell =
             [](const Row &row, Instant) {
                 return TableCell {.text = row.unit,
                                   .toolTip = row.isOwn ? tr("The agent runs in this unit.") : row.unit};
             }},
        {.key = u"state"_s,
         //: column title
         .title = [] { return tr("State"); },
         .cell =
             [](const Row &row, Instant) {
                 return TableCell {.text = stateWord(row),
                                   .apiWord = row.activeState,
                                   .toolTip = stateTip(row),
                                   .state = stateKind(row)};
             }},
        {.key = u"enabled"_s,
         //: column title: whether a unit starts with the machine
         .title = [] { return tr("At start"); },
         .cell =
             [](const Row &row, Instant) {
                 return TableCell {.text = fileWord(row), .apiWord = row.fileState, .toolTip = fileTip(row)};
             }},
        {.key = u"description"_s,
         //: column title: of a unit
         .title = [] { return tr("Description"); },
         .cell = [](const Row &row, Instant) { return TableCell {.text = row.description}; }},
        {.key = u"pid"_s,
         //: column title: number of a process
         .title = [] { return tr("PID"); },
         .cell =
             [](const Row &row, Instant) {
                 return TableCell {.text = row.mainPid ? QString::number(*row.mainPid) : u"–"_s,
                                   .sortKey = qint64(row.mainPid.value_or(0))};
             },
         .type = FilterType::Number},
        {.key = u"memory"_s,
         //: column title: of a unit's processes
         .title = [] { return tr("Memory"); },
         .cell =
             [](const Row &row, Instant) {
                 return TableCell {.text = memoryText(row), .sortKey = row.memoryBytes.value_or(-1)};
             },
         .type = FilterType::Size},
        {.key = u"since"_s,
         //: column title: when a unit came into its state
         .title = [] { return tr("Since"); },
         .cell =
             [](const Row &row, Instant now) {
                 return toMicros(row.since) > 0
                     ? ageCell(row.since, now)
                     : TableCell {.text = u"–"_s, .sortKey = std::numeric_limits<qint64>::max()};
             },
         .ages = true,
         .type = FilterType::Time},
        {.key = {},
         //: column title: when a timer elapses next
         .title = [] { return tr("Next run"); },
         .cell =
             [](const Row &row, Instant) {
                 return toMicros(row.next) > 0
                     ? TableCell {.text = RelativeTime::exact(row.next),
                                  .sortKey = qint64(toMicros(row.next))}
                     : TableCell {.text = u"–"_s, .sortKey = std::numeric_limits<qint64>::max()};
             }},
        {.key = u"restarts"_s,
         //: column title: how often systemd started a unit again by itself
         .title = [] { return tr("Restarts"); },
         .cell
         = [](const Row &row,
              Instant) { return TableCell {.text = QString::number(row.restarts), .sortKey = row.restarts}; },
         .type = FilterType::Number},
    };
}

}
