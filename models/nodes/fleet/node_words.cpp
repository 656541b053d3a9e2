#include "models/nodes/fleet/node_words.h"

#include "models/table/visible_text.h"

#include <algorithm>

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    struct ReasonWord {
        const char *reason;
        const char *word;
    };

    constexpr ReasonWord kReasons[] = {
        {"connected", QT_TRANSLATE_NOOP("fb::NodeWords", "it connected")},
        {"link lost", QT_TRANSLATE_NOOP("fb::NodeWords", "its connection broke")},
        {"stopped", QT_TRANSLATE_NOOP("fb::NodeWords", "its agent was stopped")},
        {"rebooting", QT_TRANSLATE_NOOP("fb::NodeWords", "it restarts")},
        {"operator", QT_TRANSLATE_NOOP("fb::NodeWords", "by an operator")},
        {"activation", QT_TRANSLATE_NOOP("fb::NodeWords", "with an activation")},
        {"hardware changed", QT_TRANSLATE_NOOP("fb::NodeWords", "its hardware changed")},
        {"hardware accepted", QT_TRANSLATE_NOOP("fb::NodeWords", "its new hardware was accepted")},
    };

    constexpr ReasonWord kDeeds[] = {
        {"ssm:AddTagsToResource", QT_TRANSLATE_NOOP("fb::NodeWords", "Tags set")},
        {"ssm:RemoveTagsFromResource", QT_TRANSLATE_NOOP("fb::NodeWords", "Tags removed")},
        {"flagbridge:RenameNode", QT_TRANSLATE_NOOP("fb::NodeWords", "Renamed")},
        {"flagbridge:AcceptHardware", QT_TRANSLATE_NOOP("fb::NodeWords", "New hardware accepted")},
        {"flagbridge:DismissHardware", QT_TRANSLATE_NOOP("fb::NodeWords", "Possible clone dismissed")},
        {"ssm:UpdateManagedInstanceRole", QT_TRANSLATE_NOOP("fb::NodeWords", "Profile changed")},
        {"ssm:DeregisterManagedInstance", QT_TRANSLATE_NOOP("fb::NodeWords", "Deregistered")},
        {"ssm:RegisterManagedInstance", QT_TRANSLATE_NOOP("fb::NodeWords", "Registered")},
        {"ssm:SendCommand", QT_TRANSLATE_NOOP("fb::NodeWords", "Command sent")},
        {"ssm:StartSession", QT_TRANSLATE_NOOP("fb::NodeWords", "Session started")},
        {"ssm:TerminateSession", QT_TRANSLATE_NOOP("fb::NodeWords", "Session terminated")},
        {"flagbridge:RenewRemoteDesktop", QT_TRANSLATE_NOOP("fb::NodeWords", "Remote desktop renewed")},
        {"flagbridge:OpenNodeTool", QT_TRANSLATE_NOOP("fb::NodeWords", "Tool opened")},
        {"flagbridge:SignalProcess", QT_TRANSLATE_NOOP("fb::NodeWords", "Signal sent to a process")},
        {"flagbridge:SignalProcessTree", QT_TRANSLATE_NOOP("fb::NodeWords", "Signal sent to processes")},
        {"flagbridge:SetProcessPriority", QT_TRANSLATE_NOOP("fb::NodeWords", "Priority changed")},
        {"flagbridge:StartProcess", QT_TRANSLATE_NOOP("fb::NodeWords", "Process started")},
        {"flagbridge:MakeFolder", QT_TRANSLATE_NOOP("fb::NodeWords", "Folder created")},
        {"flagbridge:MakeFile", QT_TRANSLATE_NOOP("fb::NodeWords", "File created")},
        {"flagbridge:RenameFile", QT_TRANSLATE_NOOP("fb::NodeWords", "File renamed")},
        {"flagbridge:SetFileMode", QT_TRANSLATE_NOOP("fb::NodeWords", "Permissions changed")},
        {"flagbridge:SetFileOwner", QT_TRANSLATE_NOOP("fb::NodeWords", "Owner changed")},
        {"flagbridge:EditFile", QT_TRANSLATE_NOOP("fb::NodeWords", "File edited")},
        {"flagbridge:DeleteFiles", QT_TRANSLATE_NOOP("fb::NodeWords", "Files deleted")},
        {"flagbridge:CopyFiles", QT_TRANSLATE_NOOP("fb::NodeWords", "Files copied")},
        {"flagbridge:MoveFiles", QT_TRANSLATE_NOOP("fb::NodeWords", "Files moved")},
        {"flagbridge:UploadFile", QT_TRANSLATE_NOOP("fb::NodeWords", "File uploaded")},
        {"flagbridge:DownloadFile", QT_TRANSLATE_NOOP("fb::NodeWords", "File downloaded")},
    };

    template <size_t N>
    QString worded(const ReasonWord (&words)[N], const QString &text)
    {
        for (const ReasonWord &word : words) {
            if (text == QLatin1StringView(word.reason))
                return QCoreApplication::translate("fb::NodeWords", word.word);
        }
        return visibleText(text);
    }
}

StateKind NodeWords::kind(const NodeHappening &happening)
{
    if (happening.kind == NodeHappening::Kind::Change)
        return happening.result == u"Success" ? StateKind::None : StateKind::Failed;
    if (happening.what == u"Online" || happening.what == u"RoomAgain")
        return StateKind::Success;
    if (happening.what.endsWith(u"Full"))
        return StateKind::Waiting;
    if (happening.what == u"Quarantined")
        return StateKind::Quarantined;
    return happening.what == u"ConnectionLost" ? StateKind::ConnectionLost : StateKind::Cancelled;
}

QString NodeWords::text(const NodeHappening &happening)
{
    if (happening.kind == NodeHappening::Kind::Change)
        return worded(kDeeds, happening.what);
    if (happening.what == u"Online")
        return tr("Online");
    if (happening.what == u"ConnectionLost")
        return tr("Connection lost");
    if (happening.what == u"Registered")
        return tr("Registered");
    if (happening.what == u"Deregistered")
        return tr("Deregistered");
    if (happening.what == u"SpoolFull")
        return tr("Spool full");
    if (happening.what == u"LogFull")
        return tr("No room for the agent's log");
    if (happening.what == u"SpoolAndLogFull")
        return tr("Spool and log without room");
    if (happening.what == u"RoomAgain")
        //: a node's spool or log was full, and is no longer
        return tr("Room again");
    return happening.what == u"Quarantined" ? tr("Quarantined") : visibleText(happening.what);
}

QString NodeWords::detail(const NodeHappening &happening)
{
    if (happening.kind == NodeHappening::Kind::State)
        return worded(kReasons, happening.reason);
    QStringList parts;
    if (!happening.reason.isEmpty())
        parts << visibleText(happening.reason);
    if (!happening.who.isEmpty())
        parts << tr("by %1").arg(visibleText(happening.who));
    if (happening.result != u"Success" && !happening.result.isEmpty())
        parts << tr("refused: %1").arg(visibleText(happening.result));
    return parts.join(u", "_s);
}

QString NodeWords::sessionWord(const QString &status)
{
    //: states of a session
    static const QMap<QString, const char *> kWords {
        {u"Connecting"_s, QT_TR_NOOP("Connecting")},     {u"Connected"_s, QT_TR_NOOP("Connected")},
        {u"Disconnected"_s, QT_TR_NOOP("Disconnected")}, {u"Terminating"_s, QT_TR_NOOP("Ending")},
        {u"Terminated"_s, QT_TR_NOOP("Ended")},          {u"Failed"_s, QT_TR_NOOP("Failed")}};
    const char *word = kWords.value(status);
    return word ? tr(word) : visibleText(status);
}

StateKind NodeWords::sessionKind(const QString &status)
{
    if (status == u"Connected")
        return StateKind::Running;
    if (status == u"Failed")
        return StateKind::Failed;
    return status == u"Terminated" ? StateKind::Cancelled : StateKind::Waiting;
}

const QStringList &NodeWords::metrics()
{
    static const QStringList kMetrics {u"cpu_usage_active"_s,
                                       u"cpu_usage_iowait"_s,
                                       u"mem_used_percent"_s,
                                       u"swap_used_percent"_s,
                                       u"disk_used_percent"_s,
                                       u"load_1"_s,
                                       u"load_5"_s,
                                       u"load_15"_s,
                                       u"net_bytes_recv"_s,
                                       u"net_bytes_sent"_s,
                                       u"diskio_read_bytes"_s,
                                       u"diskio_write_bytes"_s};
    return kMetrics;
}

QList<NodeChart> NodeWords::charts(const NodeMetrics &metrics)
{
    const auto chart = [&](const QString &name, const QString &title, ChartUnit unit,
                           const QList<QPair<QString, QString>> &wanted, const QString &dimension) {
        NodeChart made {.name = name, .title = title, .unit = unit, .answer = {}, .series = {}};
        for (const auto &[metric, label] : wanted) {
            for (const NodeSeriesValues &values : metrics.series) {
                if (values.metric != metric || values.points.isEmpty())
                    continue;
                const QString of = values.dimensions.value(dimension);
                made.series.append({of.isEmpty()          ? label
                                        : label.isEmpty() ? of
                                                          : u"%1 %2"_s.arg(of, label),
                                    values.points});
            }
        }
        if (made.series.size() == 1) {
            made.answer = ChartData::valueText(made.series[0].points.last().value, unit);
        } else if (!made.series.isEmpty()) {
            const auto top = std::max_element(made.series.begin(), made.series.end(),
                                              [](const ChartSeries &a, const ChartSeries &b) {
                                                  return a.points.last().value < b.points.last().value;
                                              });
            //: newest value and its series: "84 %, /var"
            made.answer = tr("%1, %2").arg(ChartData::valueText(top->points.last().value, unit),
                                           visibleText(top->name, 60));
        }
        return made;
    };
    return {
        chart(u"cpu"_s, tr("How busy are the processors?"), ChartUnit::Percent,
              {{u"cpu_usage_active"_s, tr("in use")}, {u"cpu_usage_iowait"_s, tr("waiting for disks")}}, {}),
        chart(u"memory"_s, tr("How full is the memory?"), ChartUnit::Percent,
              {{u"mem_used_percent"_s, tr("memory")}, {u"swap_used_percent"_s, tr("swap")}}, {}),
        chart(u"disks"_s, tr("How full are the disks?"), ChartUnit::Percent, {{u"disk_used_percent"_s, {}}},
              u"path"_s),
        chart(u"load"_s, tr("How long is the queue for processors?"), ChartUnit::Plain,
              {{u"load_1"_s, tr("1 min")}, {u"load_5"_s, tr("5 min")}, {u"load_15"_s, tr("15 min")}}, {}),
        chart(u"network"_s, tr("How much goes over the network?"), ChartUnit::BytesPerSecond,
              {{u"net_bytes_recv"_s, tr("in")}, {u"net_bytes_sent"_s, tr("out")}}, u"interface"_s),
        chart(u"diskio"_s, tr("How much do the disks read and write?"), ChartUnit::BytesPerSecond,
              {{u"diskio_read_bytes"_s, tr("read")}, {u"diskio_write_bytes"_s, tr("written")}}, u"name"_s),
    };
}

}
