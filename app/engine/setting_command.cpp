#include "app/engine/commands.h"

#include "backend/base/fail.h"
#include "backend/control/control_client.h"

#include <QFile>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    struct SettingChore {
        QString verb;
        QString operation;
        QString summary;
    };

    const QList<SettingChore> kSettingChores {
        {u"get"_s, u"GetServiceSetting"_s, u"Shows a setting of the whole fleet."_s},
        {u"set"_s, u"UpdateServiceSetting"_s, u"Changes a setting of the whole fleet."_s},
        {u"reset"_s, u"ResetServiceSetting"_s, u"Puts a setting back to its default."_s},
    };

    Usage usageOf(const SettingChore &chore)
    {
        return {
            .name = u"setting "_s + chore.verb,
            .summary = chore.summary,
            .options
            = {{u"data"_s, u"Folder of the running engine."_s, u"DIR"_s},
               {u"id"_s, u"The setting: its id, or its ARN."_s, u"ID"_s},
               {u"value"_s, u"Its new value, for set."_s, u"V"_s},
               {u"value-file"_s,
                u"Takes it from a file instead, - for standard input: a secret on the command line is seen by all."_s,
                u"F"_s},
               {u"json"_s, u"Answers as one JSON line."_s}},
            .examples = u"  flagbridge-engine setting %1 --data /var/lib/flagbridge --id "
                        "/flagbridge/managed-instance/strict-hardware%2"_s.arg(
                            chore.verb, chore.verb == u"set"_s ? u" --value true"_s : QString())};
    }
}

namespace {
    constexpr qint64 kMostValueBytes = 64 * 1024;

    // Without the line end that an editor leaves.
    Result<QString> valueIn(const QString &path)
    {
        QFile file(path);
        const bool isOpen
            = path == u"-" ? file.open(stdin, QIODevice::ReadOnly) : file.open(QIODevice::ReadOnly);
        const QByteArray text = isOpen ? file.read(kMostValueBytes + 1) : QByteArray();
        if (!isOpen || text.size() > kMostValueBytes)
            return fail(
                errors::kValidation,
                u"--value-file %1: %2."_s.arg(
                    path, isOpen ? u"it has more than %1 bytes"_s.arg(kMostValueBytes) : file.errorString()));
        return QString::fromUtf8(text).trimmed();
    }
}

ExitCode settingCommand(const QStringList &arguments)
{
    const auto chore
        = std::find_if(kSettingChores.begin(), kSettingChores.end(),
                       [&](const SettingChore &each) { return each.verb == arguments.value(0); });
    if (chore == kSettingChores.end())
        return usageError(u"name what to do: get, set or reset. See: flagbridge-engine setting get --help"_s);
    const auto parsed = Options::parse(usageOf(*chore), arguments.mid(1));
    if (const auto *end = std::get_if<ExitCode>(&parsed))
        return *end;
    const auto &options = std::get<Options>(parsed);
    if (!options.has(u"id"_s))
        return usageError(u"--id ID is missing."_s);
    QString value = options.value(u"value"_s);
    if (chore->verb == u"set"_s && options.has(u"value"_s) == options.has(u"value-file"_s))
        return usageError(u"give --value V or --value-file F, one of the two."_s);
    if (options.has(u"value-file"_s)) {
        const auto read = valueIn(options.value(u"value-file"_s));
        if (!read)
            return usageError(toQString(read.error().message));
        value = *read;
    }
    return withEngine(options, [&](ControlClient &engine) {
        QJsonObject input {{u"SettingId"_s, options.value(u"id"_s)}};
        if (chore->verb == u"set"_s)
            input[u"SettingValue"] = value;
        const Result<QJsonObject> answer = engine.call(chore->operation, input);
        if (!answer)
            return report(engine, answer.error(), options.has(u"json"_s));
        if (options.has(u"json"_s))
            printJson(*answer);
        else if (const QJsonValue setting = (*answer)[u"ServiceSetting"]; setting.isObject())
            printText(u"%1  (%2)"_s.arg(setting[u"SettingValue"].toString(), setting[u"Status"].toString()));
        return ExitCode::Success;
    });
}

QList<Usage> settingUsages()
{
    QList<Usage> usages {};
    for (const auto &chore : kSettingChores)
        usages.append(usageOf(chore));
    return usages;
}

}
