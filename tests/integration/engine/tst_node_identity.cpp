#include "backend/control/control_client.h"
#include "tests/support/scripted_machine.h"
#include "tests/support/test_fleet.h"
#include "tests/support/test_main.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTest>

using namespace fb;
using namespace fb::test;
using namespace Qt::StringLiterals;

// Who a node is, with the real programs: its hardware, copies of its folder, its profile.
class tst_NodeIdentity : public QObject
{
    Q_OBJECT

private slots:
    void aCopyOnAnotherMachineIsRefused();
    void aDeletedNodeIsNotTheNextOne();
    void changedHardwareIsServed();
    void newNodesGetTheDefaultProfile();
    void anOnlineNodeGetsAnotherProfile();
    void aNodesOwnConfigurationRestricts();
    void rotatesWhenAsked();
    void preparesAnImage();

private:
    static QString onlyNode(TestFleet &fleet) { return fleet.nodes()[0][u"InstanceId"].toString(); }
    static QJsonArray differences(TestFleet &fleet)
    {
        return fleet.call({u"node"_s, u"clones"_s, u"--json"_s}).last()[u"HardwareDifferences"].toArray();
    }
    static int call(TestFleet &fleet, const QStringList &arguments) { return fleet.call(arguments).exitCode; }
    static CommandRun docker(TestFleet &fleet, const QString &node)
    {
        return fleet.call({u"run"_s, u"--document"_s, u"AWS-RunDockerAction"_s, u"--parameter"_s,
                           u"action=Ps"_s, u"--node"_s, node, u"--json"_s});
    }
    struct AgentRun {
        int exitCode = -1;
        QByteArray error;
    };
    static AgentRun agentCommand(const QStringList &arguments)
    {
        QProcess process;
        process.start(QStringLiteral(FB_BIN_DIR "/flagbridge-agent"), arguments);
        if (!process.waitForFinished(45000))
            return {};
        return {process.exitCode(), process.readAllStandardError()};
    }
    static bool restart(TestFleet &fleet, const QString &agent)
    {
        fleet.stopAgent(agent);
        return fleet.waitForOnline(0) && fleet.startAgent(agent);
    }
};

// [fleet-manager B8.12] but for the OpsItem
void tst_NodeIdentity::aCopyOnAnotherMachineIsRefused()
{
    TestFleet fleet;
    QVERIFY(fleet.startEngine());
    const ScriptedMachine first;
    ScriptedMachine second;
    second.set("etc/machine-id", "99998888777766665555444433332222");
    second.set("etc/hostname", "web-1-copy");
    fleet.setAgentArguments(first.agentArguments());
    QVERIFY(fleet.startAgent(u"first"_s, fleet.createActivation()));
    QVERIFY(fleet.waitForOnline(1));
    const QString node = onlyNode(fleet);
    fleet.stopAgent(u"first"_s);
    QCOMPARE(QProcess::execute(u"cp"_s, {u"-a"_s, fleet.agentDir(u"first"_s), fleet.agentDir(u"second"_s)}),
             0);
    QVERIFY(fleet.startAgent(u"first"_s));
    QVERIFY(fleet.waitForOnline(1));

    fleet.setAgentArguments(second.agentArguments());
    QVERIFY(fleet.startAgent(u"second"_s));
    QVERIFY(fleet.agentSays(u"second"_s, "register --force"));
    QCOMPARE(fleet.runScript(u"true"_s, {u"--node"_s, node}).exitCode, 0); // on the first
    QCOMPARE(fleet.engine().onlineNodes(), 1);
    QCOMPARE(fleet.nodes()[0][u"HardwareFlag"].toString(), u"PossibleClone"_s);
    const QJsonArray listed = differences(fleet);
    QCOMPARE(listed.size(), 1);
    QCOMPARE(listed[0][u"InstanceId"].toString(), node);
    QCOMPARE(listed[0][u"Cause"].toString(), u"FingerprintMismatch"_s);
    QCOMPARE(listed[0][u"Accepted"][u"Hostname"].toString(), u"web-1"_s);
    QCOMPARE(listed[0][u"Other"][u"Hostname"].toString(), u"web-1-copy"_s);
    QCOMPARE(listed[0][u"Other"][u"MachineId"].toString(), u"99998888777766665555444433332222"_s);

    // The machine was moved on purpose: its next try is taken, and the old one is refused.
    QCOMPARE(call(fleet, {u"node"_s, u"accept-hardware"_s, u"--node"_s, node}), 0);
    QVERIFY(differences(fleet).isEmpty());
    fleet.stopAgent(u"first"_s);
    QVERIFY(fleet.waitForOnline(0));
    fleet.stopAgent(u"second"_s);
    QVERIFY(fleet.startAgent(u"second"_s));
    QVERIFY(fleet.waitForOnline(1));
    QCOMPARE(onlyNode(fleet), node);
    QCOMPARE(fleet.nodes()[0][u"ComputerName"].isString(), true);
    QCOMPARE(fleet.nodes()[0][u"HardwareFlag"].toString(), u"None"_s);
    QCOMPARE(call(fleet, {u"node"_s, u"accept-hardware"_s, u"--node"_s, node}), 3); // nothing differs
}

// [T21] The same machine under the same name: a new node, to which nothing of the old one belongs.
void tst_NodeIdentity::aDeletedNodeIsNotTheNextOne()
{
    TestFleet fleet;
    QVERIFY(fleet.startEngine());
    const ScriptedMachine machine;
    fleet.setAgentArguments(machine.agentArguments());
    QVERIFY(fleet.startAgent(u"old"_s, fleet.createActivation({u"--tag"_s, u"Env=prod"_s})));
    QVERIFY(fleet.waitForOnline(1));
    const QString old = onlyNode(fleet);
    QCOMPARE(fleet.runScript(u"echo of the old one"_s, {u"--node"_s, old}).exitCode, 0);
    fleet.stopAgent(u"old"_s);
    QVERIFY(fleet.waitForOnline(0));
    const QString mark = fleet.folder() + u"/waited"_s;
    QCOMPARE(fleet.runScript(u"touch "_s + mark, {u"--node"_s, old, u"--no-wait"_s}).exitCode,
             0); // for the old one
    QCOMPARE(call(fleet, {u"node"_s, u"deregister"_s, u"--node"_s, old}), 0);

    QVERIFY(fleet.startAgent(u"new"_s, fleet.createActivation()));
    QVERIFY(fleet.waitForOnline(1));
    const QJsonObject node = fleet.nodes()[0].toObject();
    const QString id = node[u"InstanceId"].toString();
    QVERIFY(id != old);
    QVERIFY(!node[u"Tags"].toObject().contains(u"Env"_s));
    const auto client = ControlClient::connectTo(fleet.dataDir());
    QVERIFY(client);
    const auto runs = [&] {
        const auto answer = (*client)->call(u"ListCommandInvocations"_s, {{u"InstanceId"_s, id}});
        return answer ? (*answer)[u"CommandInvocations"].toArray().size() : -1;
    };
    QCOMPARE(runs(), 0);
    QCOMPARE(fleet.runScript(u"true"_s, {u"--node"_s, id}).exitCode,
             0); // its own queue has been gone through
    QCOMPARE(runs(), 1);
    QVERIFY(!QFile::exists(mark));
    // The old identity opens nothing any more.
    fleet.stopAgent(u"new"_s);
    QVERIFY(fleet.waitForOnline(0));
    QVERIFY(fleet.startAgent(u"old"_s));
    QVERIFY(fleet.agentSays(u"old"_s, "revoked"));
}

// [fleet-manager B8.14]
void tst_NodeIdentity::changedHardwareIsServed()
{
    TestFleet fleet;
    QVERIFY(fleet.startEngine());
    ScriptedMachine machine;
    fleet.setAgentArguments(machine.agentArguments());
    QVERIFY(fleet.startAgent(u"a"_s, fleet.createActivation()));
    QVERIFY(fleet.waitForOnline(1));
    const QString node = onlyNode(fleet);

    machine.set("etc/hostname", "web-2");
    machine.set("primary-address", "192.0.2.20");
    machine.set("sys/class/net/eth0/address", "52:54:00:00:00:99");
    machine.set("proc/meminfo", "MemTotal:       32742008 kB");
    machine.set("sys/block/vda/serial", "disk-2");
    QVERIFY(restart(fleet, u"a"_s));
    QVERIFY(fleet.waitForOnline(1));
    QCOMPARE(fleet.nodes()[0][u"HardwareFlag"].toString(), u"None"_s);
    QVERIFY(differences(fleet).isEmpty());

    machine.set("sys/class/dmi/id/bios_version", "1.17");
    QVERIFY(restart(fleet, u"a"_s));
    QVERIFY(fleet.waitForOnline(1));
    QCOMPARE(onlyNode(fleet), node);
    QCOMPARE(fleet.nodes()[0][u"HardwareFlag"].toString(), u"HardwareChanged"_s);
    QCOMPARE(differences(fleet)[0][u"Cause"].toString(), u"HardwareChanged"_s);
    QCOMPARE(fleet.runScript(u"true"_s, {u"--node"_s, node}).exitCode, 0);

    QCOMPARE(call(fleet,
                  {u"setting"_s, u"set"_s, u"--id"_s, u"/flagbridge/managed-instance/strict-hardware"_s,
                   u"--value"_s, u"true"_s}),
             0);
    QVERIFY(restart(fleet, u"a"_s));
    QVERIFY(fleet.agentSays(u"a"_s, "FingerprintMismatch"));
    QCOMPARE(fleet.engine().onlineNodes(), 0);
    QCOMPARE(call(fleet, {u"node"_s, u"accept-hardware"_s, u"--node"_s, node}), 0);
    QVERIFY(restart(fleet, u"a"_s)); // its next try
    QVERIFY(fleet.waitForOnline(1));
    QCOMPARE(fleet.nodes()[0][u"HardwareFlag"].toString(), u"None"_s);
    QVERIFY(restart(fleet, u"a"_s)); // what was accepted stays
    QVERIFY(fleet.waitForOnline(1));
}

// [fleet-manager 8.19]
void tst_NodeIdentity::newNodesGetTheDefaultProfile()
{
    TestFleet fleet;
    QVERIFY(fleet.startEngine());
    QCOMPARE(call(fleet,
                  {u"profile"_s, u"create"_s, u"--name"_s, u"strict"_s, u"--deny-plugin"_s,
                   u"aws:runDockerAction"_s}),
             0);
    QCOMPARE(
        call(fleet,
             {u"setting"_s, u"set"_s, u"--id"_s,
              u"/ssm/managed-instance/default-ec2-instance-management-role"_s, u"--value"_s, u"strict"_s}),
        0);
    QVERIFY(fleet.startAgent(u"a"_s, fleet.createActivation()));
    QVERIFY(fleet.waitForOnline(1));
    QCOMPARE(fleet.nodes()[0][u"IamRole"].toString(), u"strict"_s);
    const CommandRun run = docker(fleet, onlyNode(fleet));
    QVERIFY(run.exitCode != 0);
    QVERIFY2(run.standardOutput.contains("aws:runDockerAction is denied by the node profile strict"),
             run.standardOutput.constData());
    QCOMPARE(fleet.runScript(u"true"_s, {u"--all"_s}).exitCode, 0); // nothing else is denied
    QCOMPARE(call(fleet, {u"profile"_s, u"delete"_s, u"--name"_s, u"strict"_s}), 3); // it is used
    QCOMPARE(call(fleet, {u"activation"_s, u"create"_s, u"--iam-role"_s, u"nope"_s, u"--json"_s}), 3);
}

// [fleet-manager B8.21] by the service's operation: the aws CLI needs the AWS wire
void tst_NodeIdentity::anOnlineNodeGetsAnotherProfile()
{
    TestFleet fleet;
    QVERIFY(fleet.startEngine());
    QVERIFY(fleet.startAgent(u"a"_s, fleet.createActivation()));
    QVERIFY(fleet.waitForOnline(1));
    const QString node = onlyNode(fleet);
    QVERIFY(!docker(fleet, node).standardOutput.contains("is denied"));
    QCOMPARE(call(fleet,
                  {u"profile"_s, u"create"_s, u"--name"_s, u"strict"_s, u"--deny-plugin"_s,
                   u"aws:runDockerAction"_s}),
             0);
    QCOMPARE(call(fleet, {u"node"_s, u"set-profile"_s, u"--node"_s, node, u"--profile"_s, u"nope"_s}), 3);
    QCOMPARE(call(fleet, {u"node"_s, u"set-profile"_s, u"--node"_s, node, u"--profile"_s, u"strict"_s}), 0);
    const auto denies = [&](const char *profile) {
        return docker(fleet, node)
            .standardOutput.contains(QByteArray("denied by the node profile ") + profile);
    };
    QVERIFY(eventually([&] { return denies("strict"); }, 60000));
    // What the profile itself says may change too, and reaches the node as well.
    QCOMPARE(call(fleet, {u"profile"_s, u"update"_s, u"--name"_s, u"strict"_s}), 0);
    QVERIFY(eventually([&] { return !denies("strict"); }, 60000));
}

void tst_NodeIdentity::aNodesOwnConfigurationRestricts() // fleet-manager 3.10
{
    TestFleet fleet;
    QVERIFY(fleet.startEngine());
    const QString config = fleet.folder() + u"/agent.conf"_s;
    const auto write = [&](const QByteArray &text) {
        QFile file(config);
        return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
    };
    QVERIFY(write("# of this machine\ndenied-plugins = aws:runShellScript, aws:runDockerAction\n"));
    fleet.setAgentArguments({u"--config"_s, config});
    QVERIFY(fleet.startAgent(u"a"_s, fleet.createActivation()));
    QVERIFY(fleet.waitForOnline(1));
    const CommandRun run = fleet.runScript(u"echo ran"_s, {u"--all"_s});
    QVERIFY(run.exitCode != 0);
    QVERIFY2(run.standardOutput.contains("denied by this node's own configuration"),
             run.standardOutput.constData());
    fleet.stopAgent(u"a"_s);
    QVERIFY(write("allowed-plugins = all\n"));
    QVERIFY(fleet.startAgent(u"a"_s));
    QVERIFY(fleet.agent(u"a"_s)->waitForExit(20000));
    QCOMPARE(fleet.agent(u"a"_s)->process().exitCode(), 2);
    QVERIFY(
        fleet.agent(u"a"_s)->process().readAllStandardError().contains("agent.conf:1: \"allowed-plugins\""));
}

void tst_NodeIdentity::rotatesWhenAsked() // fleet-manager B3.3
{
    TestFleet fleet;
    QVERIFY(fleet.startEngine());
    QVERIFY(fleet.startAgent(u"a"_s, fleet.createActivation()));
    QVERIFY(fleet.waitForOnline(1));
    const QString pair = fleet.agentDir(u"a"_s) + u"/node.pair"_s;
    const auto content = [&] {
        QFile file(pair);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    const QByteArray before = content();
    QCOMPARE(agentCommand({u"rotate"_s, u"--state"_s, fleet.agentDir(u"a"_s)}).exitCode, 0);
    QVERIFY(content() != before);
    QVERIFY(fleet.waitForOnline(1));
    QCOMPARE(fleet.runScript(u"true"_s, {u"--all"_s}).exitCode, 0);
    fleet.stopAgent(u"a"_s);
    const AgentRun alone = agentCommand({u"rotate"_s, u"--state"_s, fleet.agentDir(u"a"_s)});
    QCOMPARE(alone.exitCode, 1);
    QVERIFY2(alone.error.contains("no agent runs on"), alone.error.constData());
}

void tst_NodeIdentity::preparesAnImage() // fleet-manager B3.4
{
    TestFleet fleet;
    QVERIFY(fleet.startEngine());
    QVERIFY(fleet.startAgent(u"a"_s, fleet.createActivation()));
    QVERIFY(fleet.waitForOnline(1));
    const QString state = fleet.agentDir(u"a"_s);
    const AgentRun refused = agentCommand({u"prepare-image"_s, u"--state"_s, state, u"-y"_s});
    QVERIFY(refused.exitCode != 0);
    QVERIFY2(refused.error.contains("another agent uses"), refused.error.constData());
    QVERIFY(fleet.waitForOnline(1));
    fleet.stopAgent(u"a"_s);
    QCOMPARE(agentCommand({u"prepare-image"_s, u"--state"_s, state, u"-y"_s}).exitCode, 0);
    const QStringList left = QDir(state).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    for (const QString &name : left)
        QVERIFY2(name == u"lock"_s || name == u"reserve"_s, qPrintable(left.join(u' ')));
    // What is made from the image is a node of its own.
    QVERIFY(fleet.startAgent(u"a"_s, fleet.createActivation()));
    QVERIFY(fleet.waitForOnline(1));
    QCOMPARE(fleet.nodes().size(), 2);
}

FB_TEST(tst_NodeIdentity)
#include "tst_node_identity.moc"
