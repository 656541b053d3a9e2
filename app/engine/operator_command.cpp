#include "app/engine/commands.h"

#include "backend/base/fail.h"
#include "backend/base/qt_text.h"
#include "backend/control/control_client.h"
#include "backend/core/clock.h"
#include "backend/core/time_text.h"

#include <QFile>
#include <QJsonArray>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr qint64 kMostPasswordBytes = 1024;

    const QCommandLineOption kOperatorData {u"data"_s, u"Folder of the running engine."_s, u"DIR"_s};
    const QCommandLineOption kOperatorName {u"name"_s, u"Name of the operator."_s, u"N"_s};
    const QCommandLineOption kOperatorJson {u"json"_s, u"Answers as one JSON line."_s};
    const QCommandLineOption kRole {u"role"_s, u"Viewer, Operator, Approver or Administrator."_s, u"ROLE"_s};
    const QCommandLineOption kPassword {
        u"password-stdin"_s, u"Reads the password from standard input, one line; none: only keys sign in."_s};

    QString passwordFromInput()
    {
        QFile input;
        if (!input.open(stdin, QIODevice::ReadOnly))
            return {};
        QByteArray line = input.readLine(kMostPasswordBytes);
        while (line.endsWith('\n') || line.endsWith('\r'))
            line.chop(1);
        const QString password = QString::fromUtf8(line);
        line.fill('\0');
        return password;
    }

    struct OperatorChore {
        QString verb;
        QString summary;
        QList<QCommandLineOption> options;
        ExitCode (*work)(ControlClient &engine, const Options &options);
    };

    ExitCode answered(ControlClient &engine, const Result<QJsonObject> &answer, const Options &options,
                      const QString &text)
    {
        if (!answer)
            return report(engine, answer.error(), options.has(u"json"_s));
        if (options.has(u"json"_s))
            printJson(*answer);
        else
            printText(text);
        return ExitCode::Success;
    }

    ExitCode setPassword(ControlClient &engine, const Options &options)
    {
        const QString name = options.value(u"name"_s);
        const auto answer = engine.call(u"SetOperatorPassword"_s,
                                        {{u"Name"_s, name}, {u"Password"_s, passwordFromInput()}});
        return answered(engine, answer, options, u"The password of %1 is set."_s.arg(name));
    }

    ExitCode create(ControlClient &engine, const Options &options)
    {
        const QString name = options.value(u"name"_s);
        const auto made
            = engine.call(u"CreateOperator"_s,
                          {{u"Name"_s, name},
                           {u"Role"_s, options.has(u"role"_s) ? options.value(u"role"_s) : u"Viewer"_s}});
        if (made && options.has(u"password-stdin"_s)) {
            const auto set = engine.call(u"SetOperatorPassword"_s,
                                         {{u"Name"_s, name}, {u"Password"_s, passwordFromInput()}});
            if (!set) { // all or nothing
                static_cast<void>(engine.call(u"DeleteOperator"_s, {{u"Name"_s, name}}));
                return report(engine, set.error(), options.has(u"json"_s));
            }
        }
        return answered(engine, made, options, u"There is an operator %1 now."_s.arg(name));
    }

    ExitCode listOperators(ControlClient &engine, const Options &options)
    {
        const auto answer = engine.call(u"ListOperators"_s, {});
        if (!answer)
            return report(engine, answer.error(), options.has(u"json"_s));
        if (options.has(u"json"_s)) {
            printJson(*answer);
            return ExitCode::Success;
        }
        const QJsonArray operators = (*answer)[u"Operators"].toArray();
        for (const QJsonValue &each : operators)
            printText(u"%1  %2%3"_s.arg(each[u"Name"].toString(), each[u"Role"].toString(),
                                        each[u"Enabled"].toBool() ? QString() : u"  (disabled)"_s));
        return ExitCode::Success;
    }

    ExitCode remove(ControlClient &engine, const Options &options)
    {
        const QString name = options.value(u"name"_s);
        return answered(engine, engine.call(u"DeleteOperator"_s, {{u"Name"_s, name}}), options,
                        u"%1 is removed, with all access keys."_s.arg(name));
    }

    // Changes one thing and keeps the rest.
    ExitCode update(ControlClient &engine, const Options &options, const QString &member,
                    const QJsonValue &value)
    {
        const QString name = options.value(u"name"_s);
        const auto all = engine.call(u"ListOperators"_s, {});
        if (!all)
            return report(engine, all.error(), options.has(u"json"_s));
        QJsonObject wish {{u"Name"_s, name}};
        const QJsonArray operators = (*all)[u"Operators"].toArray();
        for (const QJsonValue &each : operators) {
            if (each[u"Name"].toString() == name)
                wish = each.toObject();
        }
        wish.insert(member, value);
        return answered(engine, engine.call(u"UpdateOperator"_s, wish), options,
                        u"%1 is changed."_s.arg(name));
    }

    ExitCode setRole(ControlClient &engine, const Options &options)
    {
        return update(engine, options, u"Role"_s, options.value(u"role"_s));
    }

    // Replaces what the permissions are narrowed to; without any option: not narrowed.
    ExitCode setScope(ControlClient &engine, const Options &options)
    {
        const auto tags = parsePairs(options.values(u"node-tag"_s), u"node-tag"_s);
        if (!tags)
            return usageError(toQString(tags.error().message));
        QJsonObject nodeTags;
        for (const auto &[key, value] : *tags) {
            QJsonArray values = nodeTags[key].toArray();
            values.append(value);
            nodeTags[key] = values;
        }
        return update(
            engine, options, u"Scope"_s,
            QJsonObject {
                {u"NodeTags"_s, nodeTags},
                {u"Documents"_s, QJsonArray::fromStringList(options.values(u"document"_s))},
                {u"ParameterPaths"_s, QJsonArray::fromStringList(options.values(u"parameter-path"_s))}});
    }

    ExitCode enable(ControlClient &engine, const Options &options)
    {
        return update(engine, options, u"Enabled"_s, true);
    }

    ExitCode disable(ControlClient &engine, const Options &options)
    {
        return update(engine, options, u"Enabled"_s, false);
    }

    ExitCode listSessions(ControlClient &engine, const Options &options)
    {
        const auto answer = engine.call(u"ListOperatorSessions"_s, {{u"Name"_s, options.value(u"name"_s)}});
        if (!answer || options.has(u"json"_s))
            return answered(engine, answer, options, {});
        const QJsonArray sessions = (*answer)[u"Sessions"].toArray();
        for (const QJsonValue &each : sessions) {
            const QString end = each[u"EndReason"].toString();
            printText(u"%1  %2  %3  %4%5"_s.arg(
                each[u"SessionId"].toString(), each[u"OperatorName"].toString(), each[u"Kind"].toString(),
                each[u"Place"].toString(), end == u"None" ? QString() : u"  (%1)"_s.arg(end)));
        }
        return ExitCode::Success;
    }

    ExitCode endSession(ControlClient &engine, const Options &options)
    {
        const QString id = options.value(u"session"_s);
        return answered(engine, engine.call(u"EndOperatorSession"_s, {{u"SessionId"_s, id}}), options,
                        u"The session %1 has ended."_s.arg(id));
    }

    ExitCode resetTwoStep(ControlClient &engine, const Options &options)
    {
        const QString name = options.value(u"name"_s);
        return answered(engine, engine.call(u"ResetTwoStep"_s, {{u"Name"_s, name}}), options,
                        u"%1 signs in with the password alone now."_s.arg(name));
    }

    const QList<OperatorChore> &operatorChores()
    {
        static const QList<OperatorChore> chores {
            {u"create"_s,
             u"Makes an operator."_s,
             {kOperatorData, kOperatorName, kRole, kPassword, kOperatorJson},
             create},
            {u"list"_s, u"Lists the operators."_s, {kOperatorData, kOperatorJson}, listOperators},
            {u"set-role"_s,
             u"Gives an operator another role."_s,
             {kOperatorData, kOperatorName, kRole, kOperatorJson},
             setRole},
            {u"set-password"_s,
             u"Sets a password, read from standard input."_s,
             {kOperatorData, kOperatorName, kOperatorJson},
             setPassword},
            {u"scope"_s,
             u"Narrows all that an operator may do to nodes with these tags and to these documents."_s,
             {kOperatorData,
              kOperatorName,
              {u"node-tag"_s, u"A tag that nodes must have; again for more values or keys."_s, u"K=V"_s},
              {u"document"_s, u"A document, * for any characters; again for more."_s, u"NAME"_s},
              {u"parameter-path"_s, u"A parameter path, with all below it; again for more."_s, u"/PATH"_s},
              kOperatorJson},
             setScope},
            {u"enable"_s,
             u"Lets a disabled operator in again."_s,
             {kOperatorData, kOperatorName, kOperatorJson},
             enable},
            {u"disable"_s,
             u"Shuts an operator out, with all access keys, at once."_s,
             {kOperatorData, kOperatorName, kOperatorJson},
             disable},
            {u"sessions"_s,
             u"Lists who is, and lately was, signed in at consoles; with --name of one operator."_s,
             {kOperatorData, kOperatorName, kOperatorJson},
             listSessions},
            {u"end-session"_s,
             u"Signs somebody out."_s,
             {kOperatorData, {u"session"_s, u"Id of the session."_s, u"ID"_s}, kOperatorJson},
             endSession},
            {u"reset-two-step"_s,
             u"Turns an operator's two-step sign-in off: the authenticator and the recovery codes are lost."_s,
             {kOperatorData, kOperatorName, kOperatorJson},
             resetTwoStep},
            {u"delete"_s,
             u"Removes an operator, with all access keys."_s,
             {kOperatorData, kOperatorName, kOperatorJson},
             remove},
        };
        return chores;
    }

    // ---- Access keys

    const QCommandLineOption kOperator {u"operator"_s, u"Name of the operator."_s, u"N"_s};
    const QCommandLineOption kId {u"id"_s, u"The access key's id."_s, u"ID"_s};
    const QCommandLineOption kExpires {u"expires"_s, u"After this time, such as 90d; default: never."_s,
                                       u"TIME"_s};

    ExitCode createKey(ControlClient &engine, const Options &options)
    {
        QJsonObject input {{u"OperatorName"_s, options.value(u"operator"_s)}};
        if (options.has(u"expires"_s)) {
            const auto life = parseDuration(toStd(options.value(u"expires"_s)));
            if (!life)
                return usageError(toQString(life.error().message));
            input[u"ExpiresAt"] = static_cast<double>(toMicros(SystemClock().now() + *life)) / 1e6;
        }
        const auto made = engine.call(u"CreateAccessKey"_s, input);
        if (!made || options.has(u"json"_s))
            return answered(engine, made, options, {});
        printText(u"AccessKeyId      %1"_s.arg((*made)[u"AccessKeyId"].toString()));
        printText(u"SecretAccessKey  %1"_s.arg((*made)[u"SecretAccessKey"].toString()));
        printText(u"The secret is not shown again."_s);
        return ExitCode::Success;
    }

    ExitCode listKeys(ControlClient &engine, const Options &options)
    {
        const auto answer
            = engine.call(u"ListAccessKeys"_s, {{u"OperatorName"_s, options.value(u"operator"_s)}});
        if (!answer || options.has(u"json"_s))
            return answered(engine, answer, options, {});
        const QJsonArray keys = (*answer)[u"AccessKeys"].toArray();
        for (const QJsonValue &each : keys)
            printText(u"%1  %2%3"_s.arg(each[u"AccessKeyId"].toString(), each[u"OperatorName"].toString(),
                                        each[u"Enabled"].toBool() ? QString() : u"  (disabled)"_s));
        return ExitCode::Success;
    }

    ExitCode setKeyStatus(ControlClient &engine, const Options &options, const QString &status)
    {
        const QString id = options.value(u"id"_s);
        return answered(engine,
                        engine.call(u"UpdateAccessKey"_s, {{u"AccessKeyId"_s, id}, {u"Status"_s, status}}),
                        options, u"%1 is %2 now."_s.arg(id, status.toLower()));
    }

    ExitCode enableKey(ControlClient &engine, const Options &options)
    {
        return setKeyStatus(engine, options, u"Active"_s);
    }

    ExitCode disableKey(ControlClient &engine, const Options &options)
    {
        return setKeyStatus(engine, options, u"Inactive"_s);
    }

    ExitCode removeKey(ControlClient &engine, const Options &options)
    {
        const QString id = options.value(u"id"_s);
        return answered(engine, engine.call(u"DeleteAccessKey"_s, {{u"AccessKeyId"_s, id}}), options,
                        u"%1 is removed."_s.arg(id));
    }

    const QList<OperatorChore> &keyChores()
    {
        static const QList<OperatorChore> chores {
            {u"create"_s,
             u"Makes an access key for the AWS wire; its secret is shown once."_s,
             {kOperatorData, kOperator, kExpires, kOperatorJson},
             createKey},
            {u"list"_s,
             u"Lists access keys, of all or of one operator."_s,
             {kOperatorData, kOperator, kOperatorJson},
             listKeys},
            {u"enable"_s,
             u"Lets a disabled access key sign again."_s,
             {kOperatorData, kId, kOperatorJson},
             enableKey},
            {u"disable"_s,
             u"Refuses what an access key signs."_s,
             {kOperatorData, kId, kOperatorJson},
             disableKey},
            {u"delete"_s, u"Removes an access key."_s, {kOperatorData, kId, kOperatorJson}, removeKey},
        };
        return chores;
    }

    Usage usageOf(const QString &noun, const OperatorChore &chore)
    {
        QString example = u"  flagbridge-engine %1 %2 --data /var/lib/flagbridge"_s.arg(noun, chore.verb);
        for (const QCommandLineOption &option : chore.options) {
            if (option.names().constFirst() == u"name" || option.names().constFirst() == u"operator")
                example += u" --%1 alice"_s.arg(option.names().constFirst());
        }
        return {.name = noun + u' ' + chore.verb,
                .summary = chore.summary,
                .options = chore.options,
                .examples = example};
    }

    QList<Usage> usagesOf(const QString &noun, const QList<OperatorChore> &chores)
    {
        QList<Usage> usages;
        for (const OperatorChore &chore : chores)
            usages.append(usageOf(noun, chore));
        return usages;
    }

    ExitCode runChore(const QString &noun, const QList<OperatorChore> &chores, const QStringList &arguments)
    {
        const auto chore = std::find_if(chores.begin(), chores.end(), [&](const OperatorChore &each) {
            return each.verb == arguments.value(0);
        });
        if (chore == chores.end()) {
            QStringList verbs;
            for (const OperatorChore &each : chores)
                verbs.append(each.verb);
            return usageError(u"name what to do: %1. See: flagbridge-engine %2 %3 --help"_s.arg(
                verbs.join(u", "_s), noun, verbs.constFirst()));
        }
        const auto parsed = Options::parse(usageOf(noun, *chore), arguments.mid(1));
        if (const auto *end = std::get_if<ExitCode>(&parsed))
            return *end;
        const auto &options = std::get<Options>(parsed);
        for (const QCommandLineOption &option : chore->options) {
            const QString name = option.names().constFirst();
            const bool needed = name == u"name" || name == u"id"
                || (name == u"role" && chore->verb == u"set-role")
                || (name == u"operator" && chore->verb == u"create");
            if (needed && !options.has(name))
                return usageError(u"--%1 is missing."_s.arg(name));
        }
        return withEngine(options, [&](ControlClient &engine) { return chore->work(engine, options); });
    }
}

ExitCode operatorCommand(const QStringList &arguments)
{
    return runChore(u"operator"_s, operatorChores(), arguments);
}

ExitCode keyCommand(const QStringList &arguments) { return runChore(u"key"_s, keyChores(), arguments); }

QList<Usage> operatorUsages() { return usagesOf(u"operator"_s, operatorChores()); }

QList<Usage> keyUsages() { return usagesOf(u"key"_s, keyChores()); }

}
