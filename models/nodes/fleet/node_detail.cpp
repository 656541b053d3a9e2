#include "models/nodes/fleet/node_detail.h"

#include "models/table/relative_time.h"

#include <QLocale>

namespace fb {

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
