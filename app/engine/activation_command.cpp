#include "app/engine/commands.h"

#include "backend/base/fail.h"
#include "backend/control/control_client.h"
#include "backend/core/time_text.h"

#include <QDateTime>
#include <QJsonArray>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    const Usage kCreate {
        .name = u"activation create"_s,
        .summary
        = u"Makes an activation: an invitation that lets nodes join, by its id and code, until it is used up or expires."_s,
        .options
        = {{u"data"_s, u"Folder of the running engine."_s, u"DIR"_s},
           {u"limit"_s, u"How many nodes may join: 1 to 1000 (default 1)."_s, u"N"_s},
           {u"expires"_s, u"How long it is valid: 30m, 24h, 7d; at most 30d (default 24h)."_s, u"TIME"_s},
           {u"tag"_s, u"Tag that each node gets; may be given again."_s, u"K=V"_s},
           {u"iam-role"_s, u"Node profile of the nodes (default: Default)."_s, u"NAME"_s},
           {u"name"_s, u"Default name of the nodes."_s, u"NAME"_s},
           {u"description"_s, u"What it is for."_s, u"TEXT"_s},
           {u"approval"_s, u"Its nodes are quarantined until an operator approves each."_s},
           {u"from"_s, u"Address or network that nodes may come from; may be given again (default: any)."_s,
            u"CIDR"_s},
           {u"json"_s, u"Answers as one JSON line."_s}},
        .examples
        = u"  flagbridge-engine activation create --data /var/lib/flagbridge --limit 10 --expires 7d --tag env=prod --json"_s,
    };

    Result<QJsonObject> inputOf(const Options &options)
    {
        QJsonObject input {
            {u"IamRole"_s, options.has(u"iam-role"_s) ? options.value(u"iam-role"_s) : u"Default"_s}};
        if (options.has(u"limit"_s)) {
            bool isNumber = false;
            const int limit = options.value(u"limit"_s).toInt(&isNumber);
            if (!isNumber)
                return fail(errors::kValidation,
                            u"--limit \"%1\" is not a number."_s.arg(options.value(u"limit"_s)), u"limit"_s);
            input[u"RegistrationLimit"] = limit;
        }
        const Result<std::chrono::seconds> life
            = parseDuration(options.has(u"expires"_s) ? options.value(u"expires"_s).toStdString() : "24h");
        if (!life)
            return life.error();
        input[u"ExpirationDate"] = static_cast<double>(QDateTime::currentSecsSinceEpoch() + life->count());
        const auto tags = parsePairs(options.values(u"tag"_s), u"tag"_s);
        if (!tags)
            return tags.error();
        QJsonArray list;
        for (const auto &[key, value] : *tags)
            list.append(QJsonObject {{u"Key"_s, key}, {u"Value"_s, value}});
        if (!list.isEmpty())
            input[u"Tags"] = list;
        if (options.has(u"approval"_s))
            input[u"RequiresApproval"] = true;
        if (options.has(u"from"_s))
            input[u"AllowedNetworks"] = QJsonArray::fromStringList(options.values(u"from"_s));
        if (options.has(u"name"_s))
            input[u"DefaultInstanceName"] = options.value(u"name"_s);
        if (options.has(u"description"_s))
            input[u"Description"] = options.value(u"description"_s);
        return input;
    }
}

ExitCode activationCommand(const QStringList &arguments)
{
    if (arguments.value(0) != u"create"_s)
        return usageError(u"the activation command is: flagbridge-engine activation create --data DIR"_s);
    const auto parsed = Options::parse(kCreate, arguments.mid(1));
    if (const auto *end = std::get_if<ExitCode>(&parsed))
        return *end;
    const auto &options = std::get<Options>(parsed);
    const Result<QJsonObject> input = inputOf(options);
    if (!input)
        return usageError(QString::fromStdString(input.error().message));
    return withEngine(options, [&](ControlClient &engine) {
        const Result<QJsonObject> made = engine.call(u"CreateActivation"_s, *input);
        if (!made)
            return report(engine, made.error(), options.has(u"json"_s));
        if (options.has(u"json"_s)) {
            printJson(*made);
        } else {
            printText(u"Activation %1, code %2 (shown once)."_s.arg((*made)[u"ActivationId"].toString(),
                                                                    (*made)[u"ActivationCode"].toString()));
            printText(u"On each node:\n  "_s + (*made)[u"InstallCommand"].toString());
        }
        return ExitCode::Success;
    });
}

QList<Usage> activationUsages() { return {kCreate}; }

}
