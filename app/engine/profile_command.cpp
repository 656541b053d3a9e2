#include "app/engine/commands.h"

#include "backend/control/control_client.h"

#include <QJsonArray>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    struct ProfileChore {
        QString verb;
        QString operation;
        QString summary;
    };

    const QList<ProfileChore> kProfileChores {
        {u"list"_s, u"DescribeNodeProfiles"_s, u"Lists the node profiles."_s},
        {u"create"_s, u"CreateNodeProfile"_s, u"Makes a node profile."_s},
        {u"update"_s, u"UpdateNodeProfile"_s,
         u"Replaces a node profile: what is not given is at its default. Online nodes hear of it at once."_s},
        {u"delete"_s, u"DeleteNodeProfile"_s, u"Deletes a node profile that nothing uses."_s},
    };

    Usage usageOf(const ProfileChore &chore)
    {
        return {.name = u"profile "_s + chore.verb,
                .summary = chore.summary,
                .options = {{u"data"_s, u"Folder of the running engine."_s, u"DIR"_s},
                            {u"name"_s, u"The profile."_s, u"NAME"_s},
                            {u"description"_s, u"What it is for."_s, u"TEXT"_s},
                            {u"deny-plugin"_s, u"A plugin that its nodes refuse; again for more."_s, u"P"_s},
                            {u"deny-tool"_s, u"A tool that its nodes refuse; again for more."_s, u"T"_s},
                            {u"report-interval"_s, u"Seconds between reports, 300 to 3600."_s, u"S"_s},
                            {u"metrics-interval"_s, u"Seconds between measurements, 10 to 3600."_s, u"S"_s},
                            {u"log-level"_s, u"debug, info, warning or error."_s, u"L"_s},
                            {u"update-channel"_s, u"Of agent updates."_s, u"C"_s},
                            {u"proxy"_s, u"For downloads and scripts: http://HOST:PORT."_s, u"URL"_s},
                            {u"json"_s, u"Answers as one JSON line."_s}},
                .examples = u"  flagbridge-engine profile create --data /var/lib/flagbridge --name strict "
                            "--deny-plugin aws:runDockerAction"_s};
    }

    QJsonObject profileInput(const Options &options)
    {
        QJsonObject input {{u"Name"_s, options.value(u"name"_s)}};
        const auto text = [&](const QString &option, const QString &field) {
            if (options.has(option))
                input[field] = options.value(option);
        };
        const auto list = [&](const QString &option, const QString &field) {
            if (options.has(option))
                input[field] = QJsonArray::fromStringList(options.values(option));
        };
        const auto number = [&](const QString &option, const QString &field) {
            if (options.has(option))
                input[field] = options.value(option).toInt();
        };
        text(u"description"_s, u"Description"_s);
        text(u"log-level"_s, u"LogLevel"_s);
        text(u"update-channel"_s, u"UpdateChannel"_s);
        text(u"proxy"_s, u"Proxy"_s);
        list(u"deny-plugin"_s, u"DeniedPlugins"_s);
        list(u"deny-tool"_s, u"DeniedTools"_s);
        number(u"report-interval"_s, u"ReportInterval"_s);
        number(u"metrics-interval"_s, u"MetricsInterval"_s);
        return input;
    }

    void printProfiles(const QJsonArray &profiles)
    {
        for (const QJsonValue &profile : profiles) {
            QStringList denied;
            for (const QJsonValue &name : profile[u"DeniedPlugins"].toArray())
                denied << name.toString();
            for (const QJsonValue &name : profile[u"DeniedTools"].toArray())
                denied << name.toString();
            printText(u"%1  %2 nodes%3%4"_s.arg(profile[u"Name"].toString().leftJustified(24))
                          .arg(profile[u"Nodes"].toInt())
                          .arg(profile[u"IsForNewNodes"].toBool() ? u", for new nodes"_s : QString(),
                               denied.isEmpty() ? QString() : u", denies "_s + denied.join(u", "_s)));
        }
    }
}

ExitCode profileCommand(const QStringList &arguments)
{
    const auto chore
        = std::find_if(kProfileChores.begin(), kProfileChores.end(),
                       [&](const ProfileChore &each) { return each.verb == arguments.value(0); });
    if (chore == kProfileChores.end())
        return usageError(u"name what to do: list, create, update or delete. See: flagbridge-engine profile "
                          "create --help"_s);
    const auto parsed = Options::parse(usageOf(*chore), arguments.mid(1));
    if (const auto *end = std::get_if<ExitCode>(&parsed))
        return *end;
    const auto &options = std::get<Options>(parsed);
    if (chore->verb != u"list"_s && !options.has(u"name"_s))
        return usageError(u"--name NAME is missing."_s);
    return withEngine(options, [&](ControlClient &engine) {
        const Result<QJsonObject> answer = engine.call(chore->operation, profileInput(options));
        if (!answer)
            return report(engine, answer.error(), options.has(u"json"_s));
        if (options.has(u"json"_s))
            printJson(*answer);
        else
            printProfiles((*answer)[u"NodeProfiles"].toArray());
        return ExitCode::Success;
    });
}

QList<Usage> profileUsages()
{
    QList<Usage> usages {};
    for (const auto &chore : kProfileChores)
        usages.append(usageOf(chore));
    return usages;
}

}
