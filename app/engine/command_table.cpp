#include "app/engine/commands.h"

namespace fb {

using namespace Qt::StringLiterals;

const QList<CliCommand> &commandTable()
{
    static const QList<CliCommand> table {
        {u"activation"_s, activationCommand, activationUsages},
        {u"agent-build"_s, agentBuildCommand, agentBuildUsages},
        {u"artifact"_s, artifactCommand, artifactUsages},
        {u"audit"_s, auditCommand, auditUsages},
        {u"backup"_s, backupCommand, backupUsages},
        {u"ca"_s, caCommand, caUsages},
        {u"cancel"_s, cancelCommand, cancelUsages},
        {u"completion"_s, completionCommand, completionUsages},
        {u"key"_s, keyCommand, keyUsages},
        {u"node"_s, nodeCommand, nodeUsages},
        {u"nodes"_s, nodesCommand, nodesUsages},
        {u"operator"_s, operatorCommand, operatorUsages},
        {u"profile"_s, profileCommand, profileUsages},
        {u"restore"_s, restoreCommand, restoreUsages},
        {u"run"_s, runCommand, runUsages},
        {u"serve"_s, serveCommand, serveUsages},
        {u"setting"_s, settingCommand, settingUsages},
        {u"shell"_s, shellCommand, shellUsages},
        {u"ssh-proxy"_s, sshProxyCommand, sshProxyUsages},
        {u"status"_s, statusCommand, statusUsages},
    };
    return table;
}

}
