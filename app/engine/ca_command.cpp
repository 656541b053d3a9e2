#include "app/engine/commands.h"

#include "backend/control/control_client.h"

#include <QDateTime>
#include <QJsonArray>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    struct CaStep {
        QString verb;
        QString operation;
        QString summary;
        QString done;
    };

    const QList<CaStep> kSteps {
        {u"begin"_s, u"BeginCaRollOver"_s,
         u"Makes the fleet's next CA and tells every node of it. Nothing comes from it yet."_s,
         u"The next CA is made. Nodes are told of it now, or when they come back; see: ca status"_s},
        {u"issue"_s, u"IssueFromNextCa"_s,
         u"Lets nodes' certificates come from the next CA, and asks every node to renew its own. Refused "
         u"while connected nodes "
         "have not confirmed the next CA, unless as many are accepted."_s,
         u"Nodes renew their certificates now, spread over time, or when they come back; see: ca status"_s},
        {u"retire"_s, u"RetireCa"_s,
         u"Ends the trust in the present CA and destroys its key; the next one takes its place. Refused "
         u"while nodes have no "
         "certificate of the next CA, unless as many are accepted: those are cut off and have to be registered anew."_s,
         u"The next CA is the fleet's CA. Install commands that were made before name the old one: make new ones."_s},
    };

    Usage usageOf(const CaStep &step)
    {
        return {
            .name = u"ca "_s + step.verb,
            .summary = step.summary,
            .options
            = {{u"data"_s, u"Folder of the running engine."_s, u"DIR"_s},
               {u"accept-stragglers"_s,
                u"For issue and retire: go on though as many nodes are behind; \"ca status\" names them."_s,
                u"N"_s},
               {u"json"_s, u"Answers as one JSON line."_s}},
            .examples = u"  flagbridge-engine ca %1 --data /var/lib/flagbridge"_s.arg(step.verb)};
    }

    const Usage kStatus {
        .name = u"ca status"_s,
        .summary = u"Shows the fleet's CA, the next one, and which nodes are behind."_s,
        .options = {{u"data"_s, u"Folder of the running engine."_s, u"DIR"_s},
                    {u"json"_s, u"Answers as a JSON object."_s}},
        .examples = u"  flagbridge-engine ca status --data /var/lib/flagbridge --json"_s,
    };

    QString lineOf(const QString &what, const QJsonValue &ca)
    {
        const auto end = static_cast<qint64>(ca[u"NotAfter"].toDouble());
        return u"%1  %2  until %3"_s.arg(what, ca[u"Sha256"].toString(),
                                         QDateTime::fromSecsSinceEpoch(end, Qt::UTC).toString(Qt::ISODate));
    }

    void printStatus(const QJsonObject &status)
    {
        printText(u"Phase    "_s + status[u"Phase"].toString());
        printText(lineOf(u"Present"_s, status[u"Present"]));
        if (status[u"Next"].isObject())
            printText(lineOf(u"Next   "_s, status[u"Next"]));
        const bool isUnderWay = status[u"Phase"].toString() != u"Stable"_s;
        printText(u"Nodes    %1 registered%2"_s.arg(status[u"Nodes"].toInt())
                      .arg(isUnderWay ? u", %1 confirmed, %2 renewed"_s.arg(status[u"Trusting"].toInt())
                                            .arg(status[u"Renewed"].toInt())
                                      : QString()));
        if (!isUnderWay)
            return;
        printText(u"Behind   %1, of which the next step waits for %2"_s.arg(status[u"StragglerCount"].toInt())
                      .arg(status[u"WaitedFor"].toInt()));
        for (const QJsonValue &row : status[u"Stragglers"].toArray()) {
            QStringList notes {row[u"Connected"].toBool() ? u"connected"_s : u"away"_s,
                               row[u"Trusts"].toBool() ? u"confirmed"_s : u"not confirmed"_s};
            if (row[u"Renewed"].toBool())
                notes << u"renewed"_s;
            if (const QString why = row[u"Refusal"].toString(); !why.isEmpty())
                notes << u"says: "_s + why;
            printText(u"  %1  %2  %3"_s.arg(row[u"InstanceId"].toString(),
                                            row[u"Name"].toString().leftJustified(24), notes.join(u", "_s)));
        }
        if (const int more
            = status[u"StragglerCount"].toInt() - static_cast<int>(status[u"Stragglers"].toArray().size());
            more > 0)
            printText(u"  and %1 more"_s.arg(more));
    }

    ExitCode status(const QStringList &arguments)
    {
        const auto parsed = Options::parse(kStatus, arguments);
        if (const auto *end = std::get_if<ExitCode>(&parsed))
            return *end;
        const auto &options = std::get<Options>(parsed);
        return withEngine(options, [&](ControlClient &engine) {
            const Result<QJsonObject> answer = engine.call(u"DescribeFleetCa"_s, {});
            if (!answer)
                return report(engine, answer.error(), options.has(u"json"_s));
            if (options.has(u"json"_s))
                printJson(*answer);
            else
                printStatus(*answer);
            return ExitCode::Success;
        });
    }
}

ExitCode caCommand(const QStringList &arguments)
{
    if (arguments.value(0) == u"status"_s)
        return status(arguments.mid(1));
    const auto step = std::find_if(kSteps.begin(), kSteps.end(),
                                   [&](const CaStep &each) { return each.verb == arguments.value(0); });
    if (step == kSteps.end())
        return usageError(u"name what to do with the fleet's CA: status, begin, issue or retire. See: "
                          "flagbridge-engine ca begin --help"_s);
    const auto parsed = Options::parse(usageOf(*step), arguments.mid(1));
    if (const auto *end = std::get_if<ExitCode>(&parsed))
        return *end;
    const auto &options = std::get<Options>(parsed);
    QJsonObject input;
    if (options.has(u"accept-stragglers"_s)) {
        bool isNumber = false;
        const QString text = options.value(u"accept-stragglers"_s);
        const int accepted = text.toInt(&isNumber);
        if (!isNumber || accepted < 0)
            return usageError(u"--accept-stragglers is \"%1\"; it must be a number, 0 or more."_s.arg(text));
        input[u"AcceptStragglers"_s] = accepted;
    }
    return withEngine(options, [&](ControlClient &engine) {
        const Result<QJsonObject> answer = engine.call(step->operation, input);
        if (!answer)
            return report(engine, answer.error(), options.has(u"json"_s));
        if (options.has(u"json"_s))
            printJson(*answer);
        else
            printText(step->done);
        return ExitCode::Success;
    });
}

QList<Usage> caUsages()
{
    QList<Usage> usages {kStatus};
    for (const auto &chore : kSteps)
        usages.append(usageOf(chore));
    return usages;
}

}
