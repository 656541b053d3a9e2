#include "models/nodes/fleet/node_detail.h"

#include "models/table/relative_time.h"

#include <QLocale>
#include <QStringList>

#include <algorithm>

namespace fb {

namespace {
    QString sizeText(qint64 bytes)
    {
        return QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeIecFormat);
    }
    int lines(qint64 count) { return static_cast<int>(std::min<qint64>(count, 2'000'000'000)); }
}

QString NodeFacts::roomTitle(const NodeRoomValues &room)
{
    if (room.isSpoolFull)
        return room.isLogFull ? tr("This node's spool and log have no room.")
                              : tr("This node's spool is full.");
    return room.isLogFull ? tr("This node's log has no room.") : QString();
}

QString NodeFacts::roomSentence(const NodeRoomValues &room)
{
    QStringList sentences;
    if (room.isSpoolFull) {
        sentences
            << tr("%1 of %2 wait to be delivered.").arg(sizeText(room.spoolBytes), sizeText(room.spoolLimit));
        if (room.spoolDropped > 0)
            sentences << tr("%1 of output were dropped.").arg(sizeText(room.spoolDropped));
    }
    if (room.isLogFull)
        sentences << tr("%Ln line(s) of the agent's log were lost.", nullptr, lines(room.logLost));
    if (room.isSpoolFull)
        sentences << tr("Commands still run; what their output lacks is marked in it.");
    else if (room.isLogFull)
        sentences << tr("Commands still run.");
    return sentences.join(u' ');
}

QList<NodeFact> NodeFacts::of(const NodeDetail &detail, Instant now)
{
    QList<NodeFact> facts;
    const auto add = [&](const QString &label, const QString &value) {
        if (!value.isEmpty())
            facts.append({label, value});
    };
    add(tr("Platform"),
        detail.architecture.isEmpty() ? detail.node.platform
                                      : tr("%1, %2").arg(detail.node.platform, detail.architecture));
    add(tr("Kernel"), detail.kernel);
    if (detail.cpuCount > 0)
        add(tr("Processors"),
            detail.cpuModel.isEmpty() ? QString::number(detail.cpuCount)
                                      : tr("%1, %2").arg(detail.cpuCount).arg(detail.cpuModel));
    if (detail.memoryBytes > 0)
        add(tr("Memory"), QLocale().formattedDataSize(detail.memoryBytes));
    add(tr("Virtualization"), detail.virtualization);
    if (detail.room.isSpoolFull)
        //: label: what a node keeps of outputs until they are delivered
        add(tr("Spool"),
            tr("full: %1 of %2").arg(sizeText(detail.room.spoolBytes), sizeText(detail.room.spoolLimit)));
    if (detail.room.isLogFull)
        add(tr("Agent's log"), tr("no room: %Ln line(s) lost", nullptr, lines(detail.room.logLost)));
    if (detail.node.hardware == HardwareState::Changed)
        add(tr("Hardware"), tr("changed since it was registered"));
    else if (detail.node.hardware == HardwareState::PossibleClone)
        add(tr("Hardware"), tr("another machine uses this node's identity"));
    if (!detail.givenName.isEmpty())
        add(tr("Computer name"), detail.computerName);
    add(tr("Address"), detail.node.address);
    add(tr("Time zone"), detail.timeZone);
    if (toMicros(detail.bootedAt) > 0)
        add(tr("Started"), RelativeTime::ago(detail.bootedAt, now));
    add(tr("Agent"), detail.node.agentVersion);
    add(tr("Profile"), detail.node.profile);
    add(tr("Agent runs as"), detail.runsAs);
    add(tr("Last ping"), RelativeTime::ago(detail.node.lastPing, now));
    if (toMicros(detail.node.registered) > 0)
        add(tr("Registered"), RelativeTime::ago(detail.node.registered, now));
    if (toMicros(detail.certificateExpires) > toMicros(now)) {
        const auto days = (toMicros(detail.certificateExpires) - toMicros(now)) / 86400 / 1000000;
        add(tr("Certificate"), tr("valid for %n day(s)", nullptr, static_cast<int>(days)));
    }
    return facts;
}

}
