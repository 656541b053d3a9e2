#include "app/engine/command_line.h"

#include "backend/base/fail.h"
#include "backend/base/qt_text.h"
#include "backend/control/control_client.h"
#include "backend/control/control_message.h"

#include <QCommandLineParser>
#include <QJsonDocument>

#include <cstdio>

namespace fb {

using namespace Qt::StringLiterals;

std::variant<Options, ExitCode> Options::parse(const Usage &usage, const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(usage.summary);
    parser.addOptions(usage.options);
    const QCommandLineOption help({u"h"_s, u"help"_s}, u"Shows this help."_s);
    parser.addOption(help);
    if (!parser.parse(QStringList {u"flagbridge-engine "_s + usage.name} + arguments))
        return usageError(parser.errorText() + u" See: flagbridge-engine %1 --help"_s.arg(usage.name));
    if (parser.isSet(help)) {
        QString text = parser.helpText();
        text.replace(text.left(text.indexOf(u'\n')),
                     u"Usage: flagbridge-engine %1 [options]"_s.arg(usage.name));
        printText(text.trimmed()
                  + (usage.examples.isEmpty() ? QString() : u"\n\nExamples:\n"_s + usage.examples));
        return ExitCode::Success;
    }
    if (!parser.positionalArguments().isEmpty())
        return usageError(u"\"%1\" is not an option of %2. See: flagbridge-engine %2 --help"_s.arg(
            parser.positionalArguments().constFirst(), usage.name));
    Options options;
    for (const QCommandLineOption &option : usage.options) {
        const QString name = option.names().constFirst();
        if (parser.isSet(name))
            options.m_values.insert(name, parser.values(name));
    }
    return options;
}

QString Options::value(const QString &name) const
{
    const QStringList all = values(name);
    return all.isEmpty() ? QString() : all.constLast();
}

ExitCode usageError(const QString &message)
{
    std::fprintf(stderr, "flagbridge-engine: %s\n", qPrintable(message));
    return ExitCode::Usage;
}

void printError(const Error &error, bool json)
{
    if (json)
        printJson({{u"Error"_s, errorToJson(error)}});
    std::fprintf(stderr, "flagbridge-engine: %s: %s\n", std::string(error.code.name()).c_str(),
                 error.message.c_str());
}

ExitCode report(const ControlClient &engine, const Error &error, bool json)
{
    printError(error, json);
    return engine.isEngineGone() ? ExitCode::NoEngine : ExitCode::Refused;
}

void printJson(const QJsonObject &object)
{
    const QByteArray line = QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
    std::fwrite(line.constData(), 1, static_cast<size_t>(line.size()), stdout);
    std::fflush(stdout);
}

void printText(const QString &line)
{
    std::fprintf(stdout, "%s\n", line.toUtf8().constData());
    std::fflush(stdout);
}

ExitCode withEngine(const Options &options, const std::function<ExitCode(ControlClient &)> &work)
{
    if (!options.has(u"data"_s))
        return usageError(u"--data DIR is missing: the folder of the running engine."_s);
    const auto client = ControlClient::connectTo(options.value(u"data"_s));
    if (client)
        return work(**client);
    printError(client.error(), options.has(u"json"_s));
    return ExitCode::NoEngine;
}

Result<QList<std::pair<QString, QString>>> parsePairs(const QStringList &texts, const QString &option)
{
    QList<std::pair<QString, QString>> pairs;
    for (const QString &text : texts) {
        const qsizetype equals = text.indexOf(u'=');
        if (equals < 1)
            return fail(errors::kValidation,
                        u"--%1 \"%2\" is not of the form NAME=VALUE."_s.arg(option, text), option);
        pairs.emplace_back(text.left(equals), text.mid(equals + 1));
    }
    return pairs;
}

}
