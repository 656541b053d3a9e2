#pragma once
// What every subcommand of flagbridge-engine shares: exit codes, option parsing with a teaching help, output.

#include "backend/core/result.h"

#include <QCommandLineOption>
#include <QJsonObject>
#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>

#include <functional>
#include <memory>
#include <utility>
#include <variant>

namespace fb {

class ControlClient;

// Exit codes; scripts rely on them (docs/headless.md).
enum class ExitCode {
    Success = 0,
    OtherEnd = 1, // the command ended other than Success
    Usage = 2,
    Refused = 3, // the engine said no
    NoEngine = 4,
    Configuration = 78, // EX_CONFIG: no master key
};

struct Usage {
    QString name; // "run"
    QString summary; // one sentence
    QList<QCommandLineOption> options;
    QString examples; // lines shown at the end of --help
};

// The parsed options of one subcommand. Help was asked for, or the options are wrong: an exit code instead (text already printed).
class Options
{
public:
    static std::variant<Options, ExitCode> parse(const Usage &usage, const QStringList &arguments);

    bool has(const QString &name) const { return m_values.contains(name); }
    QString value(const QString &name) const;
    QStringList values(const QString &name) const { return m_values.value(name); }

private:
    QMap<QString, QStringList> m_values;
};

ExitCode usageError(const QString &message); // prints it; Usage
void printError(const Error &error, bool json);
// Prints why a call failed: Refused when the engine said so, NoEngine when it went away.
ExitCode report(const ControlClient &engine, const Error &error, bool json);
void printJson(const QJsonObject &object); // one line, flushed
void printText(const QString &line);

// Connects to the engine of --data and runs `work`.
ExitCode withEngine(const Options &options, const std::function<ExitCode(ControlClient &)> &work);

// "K=V" pairs; the first that is not one is the error.
Result<QList<std::pair<QString, QString>>> parsePairs(const QStringList &texts, const QString &option);

}
