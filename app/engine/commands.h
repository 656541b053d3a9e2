#pragma once
// The subcommands of flagbridge-engine. Each takes its own arguments, without the program's and the subcommand's name.

#include "app/engine/command_line.h"

namespace fb {

ExitCode serveCommand(const QStringList &arguments);
ExitCode activationCommand(const QStringList &arguments);
ExitCode agentBuildCommand(const QStringList &arguments);
ExitCode artifactCommand(const QStringList &arguments);
ExitCode auditCommand(const QStringList &arguments);
ExitCode backupCommand(const QStringList &arguments);
ExitCode caCommand(const QStringList &arguments);
ExitCode nodeCommand(const QStringList &arguments);
ExitCode completionCommand(const QStringList &arguments);
ExitCode keyCommand(const QStringList &arguments);
ExitCode operatorCommand(const QStringList &arguments);
ExitCode nodesCommand(const QStringList &arguments);
ExitCode restoreCommand(const QStringList &arguments);
ExitCode runCommand(const QStringList &arguments);
ExitCode statusCommand(const QStringList &arguments);
ExitCode cancelCommand(const QStringList &arguments);
ExitCode profileCommand(const QStringList &arguments);
ExitCode settingCommand(const QStringList &arguments);
ExitCode shellCommand(const QStringList &arguments);
ExitCode sshProxyCommand(const QStringList &arguments);

// What there is to be said on each: one usage, or one for each of its verbs ("node approve").
QList<Usage> serveUsages();
QList<Usage> activationUsages();
QList<Usage> agentBuildUsages();
QList<Usage> artifactUsages();
QList<Usage> auditUsages();
QList<Usage> backupUsages();
QList<Usage> caUsages();
QList<Usage> nodeUsages();
QList<Usage> keyUsages();
QList<Usage> operatorUsages();
QList<Usage> nodesUsages();
QList<Usage> restoreUsages();
QList<Usage> runUsages();
QList<Usage> statusUsages();
QList<Usage> cancelUsages();
QList<Usage> profileUsages();
QList<Usage> settingUsages();
QList<Usage> shellUsages();
QList<Usage> sshProxyUsages();
QList<Usage> completionUsages();

struct CliCommand {
    QString name;
    ExitCode (*run)(const QStringList &arguments);
    QList<Usage> (*usages)();
};
const QList<CliCommand> &commandTable(); // by name: what main runs, and what a shell completes

}
