#include "app/engine/commands.h"

#include "backend/base/fail.h"
#include "backend/base/qt_text.h"
#include "backend/control/control_client.h"
#include "backend/core/text_safety.h"

#include <QJsonArray>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    const Usage kRun {
        .name = u"run"_s,
        .summary = u"Runs a Command document on nodes and waits for the end."_s,
        .options
        = {{u"data"_s, u"Folder of the running engine."_s, u"DIR"_s},
           {u"document"_s, u"Name of the document."_s, u"NAME"_s},
           {u"document-version"_s, u"Its version (default: the default version)."_s, u"V"_s},
           {u"parameter"_s, u"A parameter; given again for the same name it adds an item to a StringList."_s,
            u"K=V"_s},
           {u"node"_s, u"Node id; may be given again."_s, u"ID"_s},
           {u"tag"_s,
            u"Nodes with that tag; several values of one key: any of them, several keys: all of them."_s,
            u"K=V"_s},
           {u"all"_s, u"Every node."_s},
           {u"comment"_s, u"Why, for the record."_s, u"TEXT"_s},
           {u"timeout"_s, u"Seconds within which a node must start it: 30 to 2592000 (default 3600)."_s,
            u"SECONDS"_s},
           {u"max-concurrency"_s, u"Nodes at once: a number or 10% (default 50)."_s, u"N"_s},
           {u"max-errors"_s, u"Errors after which no more nodes start: a number or 10% (default 0)."_s,
            u"N"_s},
           {u"follow"_s, u"Shows states and output as they come."_s},
           {u"no-wait"_s, u"Ends as soon as the engine has accepted the command."_s},
           {u"json"_s, u"One JSON line per event; the last one is the result."_s}},
        .examples = u"  flagbridge-engine run --data DIR --document AWS-RunShellScript --parameter "
                    u"commands='uname -a' --all --follow\n"
                    "  flagbridge-engine run --data DIR --document AWS-RunShellScript --parameter "
                    "commands=uptime --tag env=prod --json\n\n"
                    "Exit code: 0 Success, 1 another end, 2 usage, 3 refused, 4 no engine."_s,
    };

    const Usage kRunStatus {
        .name = u"status"_s,
        .summary = u"Shows how far a command is, or how it ended, with each node's output."_s,
        .options = {{u"data"_s, u"Folder of the running engine."_s, u"DIR"_s},
                    {u"command"_s, u"Command id."_s, u"ID"_s},
                    {u"json"_s, u"Answers as one JSON line, like the last line of run."_s}},
        .examples = {},
    };

    const Usage kCancel {
        .name = u"cancel"_s,
        .summary
        = u"Cancels a command: waiting nodes are skipped, running scripts and all their children are ended."_s,
        .options = {{u"data"_s, u"Folder of the running engine."_s, u"DIR"_s},
                    {u"command"_s, u"Command id."_s, u"ID"_s},
                    {u"node"_s, u"Only on that node; may be given again."_s, u"ID"_s},
                    {u"json"_s, u"Errors as one JSON line."_s}},
        .examples = {},
    };

    Result<void> addTargets(const Options &options, QJsonObject &input)
    {
        const int ways
            = int(options.has(u"node"_s)) + int(options.has(u"tag"_s)) + int(options.has(u"all"_s));
        if (ways != 1)
            return fail(errors::kValidation,
                        u"say where to run: --node ID, --tag K=V or --all, one of the three."_s);
        if (options.has(u"node"_s)) {
            input[u"InstanceIds"] = QJsonArray::fromStringList(options.values(u"node"_s));
            return {};
        }
        QJsonArray targets;
        if (options.has(u"all"_s)) {
            targets.append(QJsonObject {{u"Key"_s, u"InstanceIds"_s}, {u"Values"_s, QJsonArray {u"*"_s}}});
        } else {
            const auto pairs = parsePairs(options.values(u"tag"_s), u"tag"_s);
            if (!pairs)
                return pairs.error();
            QMap<QString, QStringList> byKey;
            for (const auto &[key, value] : *pairs)
                byKey[key].append(value);
            for (auto it = byKey.cbegin(); it != byKey.cend(); ++it)
                targets.append(QJsonObject {{u"Key"_s, QString(u"tag:"_s + it.key())},
                                            {u"Values"_s, QJsonArray::fromStringList(it.value())}});
        }
        input[u"Targets"] = targets;
        return {};
    }

    Result<QJsonObject> runInput(const Options &options)
    {
        if (!options.has(u"document"_s))
            return fail(errors::kValidation, u"--document NAME is missing."_s);
        QJsonObject input {{u"DocumentName"_s, options.value(u"document"_s)}};
        if (const Result<void> targets = addTargets(options, input); !targets)
            return targets.error();
        const auto pairs = parsePairs(options.values(u"parameter"_s), u"parameter"_s);
        if (!pairs)
            return pairs.error();
        QMap<QString, QStringList> parameters;
        for (const auto &[name, value] : *pairs)
            parameters[name].append(value);
        QJsonObject map;
        for (auto it = parameters.cbegin(); it != parameters.cend(); ++it)
            map[it.key()] = QJsonArray::fromStringList(it.value());
        input[u"Parameters"] = map;
        const std::initializer_list<std::pair<QString, QString>> texts {
            {u"document-version"_s, u"DocumentVersion"_s},
            {u"comment"_s, u"Comment"_s},
            {u"max-concurrency"_s, u"MaxConcurrency"_s},
            {u"max-errors"_s, u"MaxErrors"_s}};
        for (const auto &[option, field] : texts) {
            if (options.has(option))
                input[field] = options.value(option);
        }
        if (options.has(u"timeout"_s)) {
            bool isNumber = false;
            input[u"TimeoutSeconds"] = options.value(u"timeout"_s).toInt(&isNumber);
            if (!isNumber)
                return fail(
                    errors::kValidation,
                    u"--timeout \"%1\" is not a number of seconds."_s.arg(options.value(u"timeout"_s)));
        }
        return input;
    }

    void printEvent(const QJsonObject &event, bool json)
    {
        if (json)
            return printJson(event);
        const QString node = event[u"InstanceName"].toString(event[u"InstanceId"].toString());
        if (event.contains(u"Text"_s)) {
            // A node's bytes must not speak to this terminal (spec/security U04).
            const QString shown = toQString(withVisibleEscapes(toStd(event[u"Text"].toString())));
            for (const QString &line : shown.split(u'\n', Qt::SkipEmptyParts))
                printText(u"%1%2 %3"_s.arg(
                    node, event[u"Stream"].toString() == u"stderr"_s ? u" !"_s : u":"_s, line));
        } else if (event.contains(u"InstanceId"_s)) {
            printText(u"%1: %2"_s.arg(node, event[u"StatusDetails"].toString()));
        }
    }

    // Of a command that was taken nevertheless: beside the answer, which programs read.
    void printWarnings(const QJsonObject &answer)
    {
        const QJsonArray warnings = answer[u"Warnings"].toArray();
        for (const QJsonValue &warning : warnings)
            std::fprintf(stderr, "flagbridge-engine: warning: %s\n",
                         withVisibleEscapes(toStd(warning.toString())).c_str());
    }

    void printResult(const QJsonObject &result, bool json)
    {
        if (json)
            return printJson(result);
        for (const QJsonValue &row : result[u"Invocations"].toArray()) {
            printText(
                u"%1  %2  exit %3"_s.arg(row[u"InstanceId"].toString(), row[u"StatusDetails"].toString())
                    .arg(row[u"ResponseCode"].toInt()));
        }
        printText(u"%1: %2"_s.arg(result[u"Command"][u"CommandId"].toString(), result[u"Status"].toString()));
    }
}

ExitCode statusCommand(const QStringList &arguments)
{
    const auto parsed = Options::parse(kRunStatus, arguments);
    if (const auto *end = std::get_if<ExitCode>(&parsed))
        return *end;
    const auto &options = std::get<Options>(parsed);
    if (!options.has(u"command"_s))
        return usageError(u"--command ID is missing."_s);
    return withEngine(options, [&](ControlClient &engine) {
        const QJsonObject input {{u"CommandId"_s, options.value(u"command"_s)}, {u"Wait"_s, false}};
        const Result<QJsonObject> result = engine.call(u"FollowCommand"_s, input);
        if (!result)
            return report(engine, result.error(), options.has(u"json"_s));
        printResult(*result, options.has(u"json"_s));
        return ExitCode::Success;
    });
}

ExitCode cancelCommand(const QStringList &arguments)
{
    const auto parsed = Options::parse(kCancel, arguments);
    if (const auto *end = std::get_if<ExitCode>(&parsed))
        return *end;
    const auto &options = std::get<Options>(parsed);
    if (!options.has(u"command"_s))
        return usageError(u"--command ID is missing."_s);
    return withEngine(options, [&](ControlClient &engine) {
        QJsonObject input {{u"CommandId"_s, options.value(u"command"_s)}};
        if (options.has(u"node"_s))
            input[u"InstanceIds"] = QJsonArray::fromStringList(options.values(u"node"_s));
        const Result<QJsonObject> result = engine.call(u"CancelCommand"_s, input);
        return result ? ExitCode::Success : report(engine, result.error(), options.has(u"json"_s));
    });
}

ExitCode runCommand(const QStringList &arguments)
{
    const auto parsed = Options::parse(kRun, arguments);
    if (const auto *end = std::get_if<ExitCode>(&parsed))
        return *end;
    const auto &options = std::get<Options>(parsed);
    const bool json = options.has(u"json"_s);
    const Result<QJsonObject> input = runInput(options);
    if (!input)
        return usageError(QString::fromStdString(input.error().message));
    return withEngine(options, [&](ControlClient &engine) {
        if (options.has(u"no-wait"_s)) {
            const Result<QJsonObject> sent = engine.call(u"SendCommand"_s, *input);
            if (!sent)
                return report(engine, sent.error(), json);
            printWarnings(*sent);
            printResult({{u"Status"_s, (*sent)[u"Command"][u"Status"]}, {u"Command"_s, (*sent)[u"Command"]}},
                        json);
            return ExitCode::Success;
        }
        // Sent and followed in one call, so that no event is missed.
        const QJsonObject follow {{u"Send"_s, *input}, {u"Output"_s, options.has(u"follow"_s)}};
        const Result<QJsonObject> result
            = engine.call(u"FollowCommand"_s, follow, [&](const QJsonObject &event) {
                  printWarnings(event);
                  if (options.has(u"follow"_s))
                      printEvent(event, json);
              });
        if (!result)
            return report(engine, result.error(), json);
        printResult(*result, json);
        return (*result)[u"Status"].toString() == u"Success"_s ? ExitCode::Success : ExitCode::OtherEnd;
    });
}

QList<Usage> runUsages() { return {kRun}; }

QList<Usage> statusUsages() { return {kRunStatus}; }

QList<Usage> cancelUsages() { return {kCancel}; }

}
