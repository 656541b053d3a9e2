#include "app/engine/commands.h"

#include "backend/control/control_client.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <cstdio>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    const Usage kNodes {
        .name = u"nodes"_s,
        .summary = u"Lists the managed nodes."_s,
        .options = {{u"data"_s, u"Folder of the running engine."_s, u"DIR"_s},
                    {u"json"_s, u"Answers as a JSON list."_s}},
        .examples = u"  flagbridge-engine nodes --data /var/lib/flagbridge --json"_s,
    };

    Result<QJsonArray> allNodes(ControlClient &engine)
    {
        QJsonArray nodes;
        QJsonObject input {{u"MaxResults"_s, 50}};
        while (true) {
            const Result<QJsonObject> page = engine.call(u"DescribeInstanceInformation"_s, input);
            if (!page)
                return page.error();
            for (const QJsonValue &node : (*page)[u"InstanceInformationList"].toArray())
                nodes.append(node);
            const QJsonValue next = (*page)[u"NextToken"];
            if (next.toString().isEmpty())
                return nodes;
            input[u"NextToken"] = next;
        }
    }
}

ExitCode nodesCommand(const QStringList &arguments)
{
    const auto parsed = Options::parse(kNodes, arguments);
    if (const auto *end = std::get_if<ExitCode>(&parsed))
        return *end;
    const auto &options = std::get<Options>(parsed);
    return withEngine(options, [&](ControlClient &engine) {
        const Result<QJsonArray> nodes = allNodes(engine);
        if (!nodes)
            return report(engine, nodes.error(), options.has(u"json"_s));
        if (options.has(u"json"_s)) {
            std::fputs((QJsonDocument(*nodes).toJson(QJsonDocument::Compact) + '\n').constData(), stdout);
            return ExitCode::Success;
        }
        for (const QJsonValue &node : *nodes)
            printText(u"%1  %2  %3  %4 %5"_s.arg(
                node[u"InstanceId"].toString(), node[u"PingStatus"].toString().leftJustified(14),
                node[u"ComputerName"].toString(), node[u"PlatformName"].toString(),
                node[u"PlatformVersion"].toString()));
        return ExitCode::Success;
    });
}

QList<Usage> nodesUsages() { return {kNodes}; }

}
