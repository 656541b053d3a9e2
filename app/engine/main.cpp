// flagbridge-engine: the engine without a screen, and the operator's chores beside a running one.

#include "app/engine/commands.h"
#include "backend/security/trusted_paths.h"

#include <QCoreApplication>

#include <algorithm>
#include <csignal>

namespace {

const char kHelp[] = R"(flagbridge-engine: the Flagbridge engine without a screen

Usage:
  flagbridge-engine serve --data DIR [--listen ADDR:PORT] [--advertise HOST] [--api ADDR:PORT] [--store URL]
      [--passphrase-file F]
      Runs the engine. Prints one JSON line when it is ready; SIGTERM stops it cleanly.
  flagbridge-engine activation create --data DIR [--limit N] [--expires 24h] [--tag K=V] [--iam-role NAME] --json
      Makes an invitation for nodes: id, code (shown once) and the command to paste on a node.
  flagbridge-engine nodes --data DIR --json
      Lists the managed nodes.
  flagbridge-engine node (deregister | quarantine | release | approve | reject | reenrol | accept-hardware |
      dismiss-hardware) --data DIR --node ID
      What is done to one node; "node pending" lists those that wait for an approval, "node clones" possible clones.
  flagbridge-engine profile list --data DIR --json
  flagbridge-engine profile (create | update | delete) --data DIR --name NAME [--deny-plugin P ...] [--deny-tool T ...]
      What nodes may do and how their agents work; "node set-profile --node ID --profile NAME" gives a node another one.
  flagbridge-engine setting (get | set | reset) --data DIR --id ID [--value V]
      A setting of the whole fleet, by its AWS id.
  flagbridge-engine operator (create | list | set-role | scope | set-password | enable | disable | delete) --data DIR
      [--name N] [--role ROLE] [--password-stdin] --json
      Who may do what: Viewer, Operator, Approver or Administrator.
  flagbridge-engine key (create | list | enable | disable | delete) --data DIR [--operator N] [--id ID] --json
      Access keys, with which the aws command and SDKs sign their calls.
  flagbridge-engine run --data DIR --document NAME --parameter K=V ... (--node ID ... | --tag K=V | --all)
      [--max-concurrency N] [--max-errors N] [--follow] --json
      Runs a document on nodes and waits for the end.
  flagbridge-engine status --data DIR --command ID --json
      Shows how far a command is, or how it ended, with each node's output.
  flagbridge-engine cancel --data DIR --command ID [--node ID ...]
      Cancels a command: waiting nodes are skipped, running scripts and all their children are ended.
  flagbridge-engine shell --data DIR --node ID
      Opens a shell on a node, in this terminal.
  flagbridge-engine agent-build (add | list | remove | key | sign)
      Publishes builds of the agent, signed by your release key, for the document AWS-UpdateSSMAgent.
  flagbridge-engine ca (status | begin | issue | retire) --data DIR [--accept-stragglers N]
      Puts a new CA in the place of the fleet's present one, in three steps, without losing a node.
  flagbridge-engine artifact (put | list | remove) --data DIR
      Files that documents may attach: artifact://FOLDER/NAME.
  flagbridge-engine ssh-proxy ID PORT [--data DIR]
      Joins standard input and output to a port of a node, for ssh's ProxyCommand.

  flagbridge-engine audit verify --data DIR [--passphrase-file F] [--json]
      Names the first entry of the audit log that was changed, removed or added.
  flagbridge-engine backup --data DIR --to FILE [--json]
      Writes the store and all artifacts into one file, also while the engine works.
  flagbridge-engine restore --data DIR --from FILE [--replace] [--json]
      Puts a backup into an empty folder, or in the place of another state of the same fleet.
  flagbridge-engine completion (bash | zsh)
      Prints what makes a shell complete all this.

All but serve, restore, completion and agent-build sign speak to the running engine over its control socket in DIR; backup and
audit verify do when one runs.
flagbridge-engine COMMAND --help tells more; flagbridge-engine --version names the version.

First steps:
  printf 'a long passphrase' > /root/flagbridge.pass; chmod 600 /root/flagbridge.pass
  flagbridge-engine serve --data /var/lib/flagbridge --passphrase-file /root/flagbridge.pass &
  flagbridge-engine activation create --data /var/lib/flagbridge --limit 10 --tag env=prod --json
)";

}

int main(int argc, char **argv)
{
    std::signal(SIGPIPE, SIG_IGN);
    if (!fb::TrustedPaths::keepTo("flagbridge-engine", argc, argv))
        return 2;
    const QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("flagbridge-engine"));
    QCoreApplication::setApplicationVersion(QStringLiteral(FB_VERSION));
    const QStringList arguments = QCoreApplication::arguments().mid(1);
    const QString first = arguments.value(0);
    if (first == QLatin1String("--version")) {
        fb::printText(QStringLiteral("flagbridge-engine %1").arg(QCoreApplication::applicationVersion()));
        return 0;
    }
    if (first == QLatin1String("--help") || first == QLatin1String("-h") || first == QLatin1String("help")) {
        fb::printText(QString::fromUtf8(kHelp).trimmed());
        return 0;
    }
    const QList<fb::CliCommand> &commands = fb::commandTable();
    const auto command = std::ranges::find(commands, first, &fb::CliCommand::name);
    if (command == commands.end())
        return static_cast<int>(fb::usageError(
            first.isEmpty()
                ? QStringLiteral("name a command. See: flagbridge-engine --help")
                : QStringLiteral("there is no command \"%1\". See: flagbridge-engine --help").arg(first)));
    return static_cast<int>(command->run(arguments.mid(1)));
}
