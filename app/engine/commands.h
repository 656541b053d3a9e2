#pragma once
// The subcommands of flagbridge-engine. Each takes its own arguments, without the program's and the subcommand's name.

#include "app/engine/command_line.h"

namespace fb {

ExitCode serveCommand(const QStringList &arguments);
ExitCode activationCommand(const QStringList &arguments);
ExitCode agentBuildCommand(const QStringList &arguments);
ExitCode artifactCommand(const QStringList &arguments);
ExitCode caCommand(const QStringList &arguments);
ExitCode nodeCommand(const QStringList &arguments);
ExitCode keyCommand(const QStringList &arguments);
ExitCode operatorCommand(const QStringList &arguments);
ExitCode nodesCommand(const QStringList &arguments);
ExitCode runCommand(const QStringList &arguments);
ExitCode statusCommand(const QStringList &arguments);
ExitCode cancelCommand(const QStringList &arguments);
ExitCode profileCommand(const QStringList &arguments);
ExitCode settingCommand(const QStringList &arguments);
ExitCode shellCommand(const QStringList &arguments);
ExitCode sshProxyCommand(const QStringList &arguments);

}
