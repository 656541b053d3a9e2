#include "app/engine/commands.h"

#include "backend/control/control_client.h"

#include <QJsonArray>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    struct NodeChore {
        QString verb;
        QString operation;
        QString summary;
    };

    const QList<NodeChore> kNodeChores {
        {u"deregister"_s, u"DeregisterManagedInstance"_s,
         u"Takes a node out of the fleet: its certificate is revoked, its sessions and commands end."_s},
        {u"quarantine"_s, u"QuarantineNode"_s,
         u"Serves a node no longer, though it stays connected and registered."_s},
        {u"release"_s, u"ReleaseNode"_s, u"Serves a quarantined node again."_s},
        {u"approve"_s, u"ApproveNode"_s,
         u"Lets a node in that waits for it: a new one, or one whose certificate has expired."_s},
        {u"reject"_s, u"RejectNode"_s, u"Turns a node away that waits for approval."_s},
        {u"accept-hardware"_s, u"AcceptHardware"_s,
         u"Takes what another or a changed machine said of itself as this node's hardware from now on."_s},
        {u"dismiss-hardware"_s, u"DismissHardware"_s,
         u"Takes a possible clone, or changed hardware, off the list; a next try puts it there again."_s},
        {u"set-profile"_s, u"UpdateManagedInstanceRole"_s,
         u"Gives a node another node profile; an online node hears of it at once."_s},
        {u"reenrol"_s, u"CreateReenrolmentToken"_s,
         u"Makes a token of one use with which a reinstalled machine becomes this node again."_s},
    };

    Usage usageOf(const NodeChore &chore)
    {
        return {.name = u"node "_s + chore.verb,
                .summary = chore.summary,
                .options = {{u"data"_s, u"Folder of the running engine."_s, u"DIR"_s},
                            {u"node"_s, u"The node."_s, u"ID"_s},
                            {u"profile"_s, u"For set-profile: the node profile."_s, u"NAME"_s},
                            {u"json"_s, u"Answers as one JSON line."_s}},
                .examples = u"  flagbridge-engine node %1 --data /var/lib/flagbridge --node "
                            "mi-0123456789abcdef0"_s.arg(chore.verb)};
    }

    const Usage kPending {
        .name = u"node pending"_s,
        .summary = u"Lists the nodes that wait for an approval."_s,
        .options = {{u"data"_s, u"Folder of the running engine."_s, u"DIR"_s},
                    {u"json"_s, u"Answers as a JSON object."_s}},
        .examples = u"  flagbridge-engine node pending --data /var/lib/flagbridge --json"_s,
    };

    const Usage kClones {
        .name = u"node clones"_s,
        .summary = u"Lists possible clones and changed hardware, with the values that differ."_s,
        .options = {{u"data"_s, u"Folder of the running engine."_s, u"DIR"_s},
                    {u"json"_s, u"Answers as a JSON object."_s}},
        .examples = u"  flagbridge-engine node clones --data /var/lib/flagbridge --json"_s,
    };

    ExitCode clones(const QStringList &arguments)
    {
        const auto parsed = Options::parse(kClones, arguments);
        if (const auto *end = std::get_if<ExitCode>(&parsed))
            return *end;
        const auto &options = std::get<Options>(parsed);
        return withEngine(options, [&](ControlClient &engine) {
            const Result<QJsonObject> answer = engine.call(u"DescribeHardwareDifferences"_s, {});
            if (!answer)
                return report(engine, answer.error(), options.has(u"json"_s));
            if (options.has(u"json"_s)) {
                printJson(*answer);
                return ExitCode::Success;
            }
            for (const QJsonValue &row : (*answer)[u"HardwareDifferences"].toArray()) {
                printText(u"%1  %2  from %3"_s.arg(row[u"InstanceId"].toString(),
                                                   row[u"Cause"].toString().leftJustified(19),
                                                   row[u"Address"].toString()));
                const QJsonObject accepted = row[u"Accepted"].toObject();
                const QJsonObject other = row[u"Other"].toObject();
                for (const QString &value : other.keys()) {
                    if (accepted[value] != other[value])
                        printText(u"  %1: %2 -> %3"_s.arg(value, accepted[value].toString(),
                                                          other[value].toString()));
                }
            }
            return ExitCode::Success;
        });
    }

    ExitCode pending(const QStringList &arguments)
    {
        const auto parsed = Options::parse(kPending, arguments);
        if (const auto *end = std::get_if<ExitCode>(&parsed))
            return *end;
        const auto &options = std::get<Options>(parsed);
        return withEngine(options, [&](ControlClient &engine) {
            const Result<QJsonObject> answer = engine.call(u"DescribePendingApprovals"_s, {});
            if (!answer)
                return report(engine, answer.error(), options.has(u"json"_s));
            if (options.has(u"json"_s)) {
                printJson(*answer);
                return ExitCode::Success;
            }
            for (const QJsonValue &row : (*answer)[u"PendingApprovals"].toArray())
                printText(u"%1  %2  from %3"_s.arg(row[u"InstanceId"].toString(),
                                                   row[u"Cause"].toString().leftJustified(18),
                                                   row[u"Address"].toString()));
            return ExitCode::Success;
        });
    }
}

ExitCode nodeCommand(const QStringList &arguments)
{
    if (arguments.value(0) == u"pending"_s)
        return pending(arguments.mid(1));
    if (arguments.value(0) == u"clones"_s)
        return clones(arguments.mid(1));
    const auto chore = std::find_if(kNodeChores.begin(), kNodeChores.end(),
                                    [&](const NodeChore &each) { return each.verb == arguments.value(0); });
    if (chore == kNodeChores.end())
        return usageError(
            u"name what to do with the node: deregister, quarantine, release, pending, approve, "
            "reject, reenrol, set-profile, clones, accept-hardware or dismiss-hardware. See: "
            "flagbridge-engine node "
            "approve --help"_s);
    const auto parsed = Options::parse(usageOf(*chore), arguments.mid(1));
    if (const auto *end = std::get_if<ExitCode>(&parsed))
        return *end;
    const auto &options = std::get<Options>(parsed);
    if (!options.has(u"node"_s))
        return usageError(u"--node ID is missing."_s);
    return withEngine(options, [&](ControlClient &engine) {
        QJsonObject input {{u"InstanceId"_s, options.value(u"node"_s)}};
        if (options.has(u"profile"_s))
            input[u"IamRole"] = options.value(u"profile"_s);
        const Result<QJsonObject> answer = engine.call(chore->operation, input);
        if (!answer)
            return report(engine, answer.error(), options.has(u"json"_s));
        if (options.has(u"json"_s))
            printJson(*answer);
        else if (answer->contains(u"InstallCommand"_s))
            printText(u"On the reinstalled machine, within an hour:\n  "_s
                      + (*answer)[u"InstallCommand"].toString());
        return ExitCode::Success;
    });
}

QList<Usage> nodeUsages()
{
    QList<Usage> usages {kPending, kClones};
    for (const auto &chore : kNodeChores)
        usages.append(usageOf(chore));
    return usages;
}

}
