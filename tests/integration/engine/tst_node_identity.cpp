#include "tests/support/scripted_machine.h"
#include "tests/support/test_fleet.h"
#include "tests/support/test_main.h"

#include <QProcess>
#include <QTest>

using namespace fb::test;
using namespace Qt::StringLiterals;

// Who a node is, with the real programs: its hardware, copies of its folder, its profile.
class tst_NodeIdentity : public QObject
{
    Q_OBJECT

private slots:
    void aCopyOnAnotherMachineIsRefused();
    void changedHardwareIsServed();

private:
    static QString onlyNode(TestFleet &fleet) { return fleet.nodes()[0][u"InstanceId"].toString(); }
    static QJsonArray differences(TestFleet &fleet)
    {
        return fleet.call({u"node"_s, u"clones"_s, u"--json"_s}).last()[u"HardwareDifferences"].toArray();
    }
    static int call(TestFleet &fleet, const QStringList &arguments) { return fleet.call(arguments).exitCode; }
    static bool says(TestFleet &fleet, const QString &agent, const QByteArray &text)
    {
        QByteArray log;
        const bool said = eventually(
            [&] {
                fleet.agent(agent)->process().waitForReadyRead(50);
                log += fleet.agent(agent)->process().readAllStandardError();
                return log.contains(text);
            },
            20000);
        if (!said)
            qWarning("%s", log.constData());
        return said;
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
    QVERIFY(says(fleet, u"second"_s, "register --force"));
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
    QVERIFY(says(fleet, u"a"_s, "FingerprintMismatch"));
    QCOMPARE(fleet.engine().onlineNodes(), 0);
    QCOMPARE(call(fleet, {u"node"_s, u"accept-hardware"_s, u"--node"_s, node}), 0);
    QVERIFY(restart(fleet, u"a"_s)); // its next try
    QVERIFY(fleet.waitForOnline(1));
    QCOMPARE(fleet.nodes()[0][u"HardwareFlag"].toString(), u"None"_s);
    QVERIFY(restart(fleet, u"a"_s)); // what was accepted stays
    QVERIFY(fleet.waitForOnline(1));
}

FB_TEST(tst_NodeIdentity)
#include "tst_node_identity.moc"
