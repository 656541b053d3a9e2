#include "tests/support/answer_cutter.h"
#include "tests/support/test_fleet.h"
#include "tests/support/test_main.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QSslSocket>
#include <QTest>
#include <QUrl>

using namespace fb::test;
using namespace Qt::StringLiterals;

// Enrolment with the real programs.
class tst_Activations : public QObject
{
    Q_OBJECT

private slots:
    void limitOfTwo();
    void racingAgents();
    void badExpiry();
    void tagsAreCopied();
    void wrongCaSendsNothing();
    void anotherCodeIsRefused();
    void aLostAnswerCountsOnce();
    void oldTlsIsRefused();
    void otherNetworksAreRefused();
    void aNewNodeWaitsForApproval();
    void anExpiredNodeWaitsForApproval();
    void certificatesAreRenewedInTime();
    void aReinstalledMachineIsTheSameNode();

private:
    static QJsonArray pending(TestFleet &fleet)
    {
        return fleet.call({u"node"_s, u"pending"_s, u"--json"_s}).last()[u"PendingApprovals"].toArray();
    }
    static int change(TestFleet &fleet, const QString &verb, const QString &node)
    {
        return fleet.call({u"node"_s, verb, u"--node"_s, node}).exitCode;
    }
    static bool copyFolder(const QString &from, const QString &to)
    {
        // A running agent puts files in the place of others.
        return eventually([&] {
            QDir(to).removeRecursively();
            return QProcess::execute(u"cp"_s, {u"-a"_s, from, to}) == 0;
        });
    }
};

// [fleet-manager B8.1]
void tst_Activations::limitOfTwo()
{
    TestFleet fleet;
    QVERIFY(fleet.startEngine());
    const QJsonObject activation = fleet.createActivation({u"--limit"_s, u"2"_s});
    QVERIFY(!activation[u"ActivationCode"].toString().isEmpty());
    QVERIFY(fleet.startAgent(u"one"_s, activation));
    QVERIFY(fleet.startAgent(u"two"_s, activation));
    QVERIFY(fleet.waitForOnline(2));
    QVERIFY(fleet.startAgent(u"three"_s, activation));
    QVERIFY(fleet.agent(u"three"_s)->waitForExit(20000));
    QVERIFY(fleet.agent(u"three"_s)->process().exitCode() != 0);
    const QByteArray complaint = fleet.agent(u"three"_s)->process().readAllStandardError();
    QVERIFY2(complaint.contains("limit 2 reached"), complaint.constData());
    QCOMPARE(fleet.nodes().size(), 2);
}

// [fleet-manager B8.2] [T07] exactly the limit under race
void tst_Activations::racingAgents()
{
    TestFleet fleet;
    QVERIFY(fleet.startEngine());
    const QJsonObject activation = fleet.createActivation({u"--limit"_s, u"3"_s});
    for (int i = 0; i < 8; ++i)
        QVERIFY(fleet.startAgent(u"racer%1"_s.arg(i), activation));
    QVERIFY(fleet.waitForOnline(3));
    QVERIFY(eventually([&] {
        int ended = 0;
        for (int i = 0; i < 8; ++i)
            ended += fleet.agent(u"racer%1"_s.arg(i))->waitForExit(1) ? 1 : 0;
        return ended == 5;
    }));
    QCOMPARE(fleet.nodes().size(), 3);
}

// [fleet-manager B8.3] the part beyond the default: 31 days ahead
void tst_Activations::badExpiry()
{
    TestFleet fleet;
    QVERIFY(fleet.startEngine());
    const CommandRun run = fleet.call({u"activation"_s, u"create"_s, u"--json"_s, u"--expires"_s, u"31d"_s});
    QCOMPARE(run.exitCode, 3);
    QCOMPARE(run.last()[u"Error"][u"code"].toString(), u"InvalidParameters"_s);
    QCOMPARE(run.last()[u"Error"][u"field"].toString(), u"ExpirationDate"_s);
}

// [fleet-manager B8.6]
void tst_Activations::tagsAreCopied()
{
    TestFleet fleet;
    QVERIFY(fleet.startEngine());
    QVERIFY(fleet.startAgent(u"a"_s, fleet.createActivation({u"--tag"_s, u"Env=dev"_s})));
    QVERIFY(fleet.waitForOnline(1));
    QCOMPARE(fleet.nodes()[0][u"Tags"][u"Env"].toString(), u"dev"_s);
}

void tst_Activations::wrongCaSendsNothing()
{
    TestFleet fleet;
    QVERIFY(fleet.startEngine());
    const QJsonObject activation = fleet.createActivation();
    TestProcess agent(QString::fromUtf8(FB_BIN_DIR) + u"/flagbridge-agent"_s,
                      {u"--state"_s, fleet.agentDir(u"x"_s), u"--engine"_s,
                       fleet.ready()[u"agentUrl"].toString(), u"--activation-id"_s,
                       activation[u"ActivationId"].toString(), u"--activation-code"_s,
                       activation[u"ActivationCode"].toString(), u"--ca-sha256"_s, QString(64, u'a')});
    QVERIFY(agent.waitForExit(20000));
    QVERIFY(agent.process().exitCode() != 0);
    const QByteArray complaint = agent.process().readAllStandardError();
    QVERIFY2(complaint.contains("engine identity differs"), complaint.constData());
    QVERIFY(fleet.nodes().isEmpty());
}

void tst_Activations::anotherCodeIsRefused()
{
    TestFleet fleet;
    QVERIFY(fleet.startEngine());
    QJsonObject activation = fleet.createActivation();
    activation[u"ActivationCode"] = u"AAAAAAAAAAAAAAAAAAAAAA"_s;
    QVERIFY(fleet.startAgent(u"a"_s, activation));
    QVERIFY(fleet.agent(u"a"_s)->waitForExit(20000));
    QVERIFY(fleet.agent(u"a"_s)->process().exitCode() != 0);
    QVERIFY(fleet.nodes().isEmpty());
}

// [fleet-manager B8.7] the answer is cut off after the engine's commit; once more after the agent was killed besides
void tst_Activations::aLostAnswerCountsOnce()
{
    TestFleet fleet;
    QVERIFY(fleet.startEngine());
    const QJsonObject activation = fleet.createActivation({u"--limit"_s, u"5"_s});
    for (const bool isKilled : {false, true}) {
        AnswerCutter cutter(static_cast<quint16>(QUrl(fleet.ready()[u"agentUrl"].toString()).port()));
        const QString name = isKilled ? u"killed"_s : u"waits"_s;
        const qsizetype before = fleet.nodes().size();
        const QStringList arguments {u"register"_s,
                                     u"--state"_s,
                                     fleet.agentDir(name),
                                     u"--engine"_s,
                                     cutter.url(),
                                     u"--activation-id"_s,
                                     activation[u"ActivationId"].toString(),
                                     u"--activation-code"_s,
                                     activation[u"ActivationCode"].toString(),
                                     u"--ca-sha256"_s,
                                     fleet.ready()[u"caSha256"].toString()};
        auto agent = std::make_unique<TestProcess>(QString::fromUtf8(FB_BIN_DIR) + u"/flagbridge-agent"_s,
                                                   arguments);
        QTRY_COMPARE_WITH_TIMEOUT(fleet.nodes().size(), before + 1, 20000);
        if (isKilled) {
            agent->kill9();
            QVERIFY(agent->waitForExit(10000));
        }
        cutter.cut();
        if (isKilled)
            agent = std::make_unique<TestProcess>(QString::fromUtf8(FB_BIN_DIR) + u"/flagbridge-agent"_s,
                                                  arguments);
        QTRY_VERIFY_WITH_TIMEOUT(agent->waitForExit(1), 30000);
        QCOMPARE(agent->process().exitCode(), 0);
        QCOMPARE(fleet.nodes().size(), before + 1);
        QVERIFY(cutter.withheld() > 0);
    }
    QVERIFY(fleet.startAgent(u"waits"_s));
    QVERIFY(fleet.startAgent(u"killed"_s));
    QVERIFY(fleet.waitForOnline(2));
}

// [fleet-manager B8.20]
void tst_Activations::oldTlsIsRefused()
{
    TestFleet fleet;
    QVERIFY(fleet.startEngine());
    const auto port = static_cast<quint16>(QUrl(fleet.ready()[u"agentUrl"].toString()).port());
    for (const bool isOld : {true, false}) {
        QSslSocket socket;
        QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
        tls.setProtocol(isOld ? QSsl::TlsV1_2 : QSsl::TlsV1_3);
        tls.setPeerVerifyMode(QSslSocket::VerifyNone);
        socket.setSslConfiguration(tls);
        socket.connectToHostEncrypted(u"127.0.0.1"_s, port);
        QCOMPARE(socket.waitForEncrypted(10000), !isOld); // the newer one: the port is right
    }
    QVERIFY(fleet.nodes().isEmpty());
}

void tst_Activations::otherNetworksAreRefused() // fleet-manager B3.1 step 4
{
    TestFleet fleet;
    QVERIFY(fleet.startEngine());
    const QJsonObject elsewhere = fleet.createActivation({u"--from"_s, u"192.0.2.0/24"_s});
    QVERIFY(fleet.startAgent(u"a"_s, elsewhere));
    QVERIFY(fleet.agent(u"a"_s)->waitForExit(20000));
    const QByteArray complaint = fleet.agent(u"a"_s)->process().readAllStandardError();
    QVERIFY2(complaint.contains("lets no node in from 127.0.0.1"), complaint.constData());
    QVERIFY(fleet.nodes().isEmpty());
    QVERIFY(fleet.startAgent(u"b"_s,
                             fleet.createActivation({u"--from"_s, u"::1"_s, u"--from"_s, u"127.0.0.0/8"_s})));
    QVERIFY(fleet.waitForOnline(1));
    const CommandRun wrong
        = fleet.call({u"activation"_s, u"create"_s, u"--json"_s, u"--from"_s, u"10.0.0.0/33"_s});
    QCOMPARE(wrong.last()[u"Error"][u"field"].toString(), u"AllowedNetworks[0]"_s);
}

void tst_Activations::aNewNodeWaitsForApproval() // fleet-manager B3.1 step 5
{
    TestFleet fleet;
    QVERIFY(fleet.startEngine());
    const QJsonObject activation = fleet.createActivation({u"--limit"_s, u"2"_s, u"--approval"_s});
    QVERIFY(fleet.startAgent(u"good"_s, activation));
    QVERIFY(eventually([&] { return pending(fleet).size() == 1; }));
    const QString good = pending(fleet)[0][u"InstanceId"].toString();
    QCOMPARE(pending(fleet)[0][u"Cause"].toString(), u"NewNode"_s);
    QCOMPARE(fleet.nodes()[0][u"State"].toString(), u"Quarantined"_s);
    const QString marker = fleet.folder() + u"/ran"_s;
    TestProcess early(QString::fromUtf8(FB_BIN_DIR) + u"/flagbridge-engine"_s,
                      {u"run"_s, u"--data"_s, fleet.dataDir(), u"--document"_s, u"AWS-RunShellScript"_s,
                       u"--parameter"_s, u"commands=echo x > "_s + marker, u"--node"_s, good});
    QVERIFY(!early.waitForExit(1500));
    QVERIFY(!QFile::exists(marker)); // nothing reaches it
    QCOMPARE(change(fleet, u"approve"_s, good), 0);
    QVERIFY(fleet.waitForOnline(1));
    QVERIFY(early.waitForExit(20000));
    QCOMPARE(early.process().exitCode(), 0);
    QVERIFY(QFile::exists(marker));
    QVERIFY(pending(fleet).isEmpty());
    QVERIFY(change(fleet, u"approve"_s, good) != 0); // it waits no longer

    QVERIFY(fleet.startAgent(u"bad"_s, activation));
    QVERIFY(eventually([&] { return pending(fleet).size() == 1; }));
    QCOMPARE(change(fleet, u"reject"_s, pending(fleet)[0][u"InstanceId"].toString()), 0);
    QVERIFY(eventually([&] { return fleet.nodes().size() == 1 && pending(fleet).isEmpty(); }));
    // An operator may do the same later.
    QCOMPARE(change(fleet, u"quarantine"_s, good), 0);
    QVERIFY(eventually([&] { return fleet.nodes()[0][u"State"].toString() == u"Quarantined"_s; }));
    QVERIFY(fleet.waitForOnline(0));
    QCOMPARE(change(fleet, u"release"_s, good), 0);
    QVERIFY(fleet.waitForOnline(1));
}

// [fleet-manager B8.19] a short life instead of a day's absence
void tst_Activations::anExpiredNodeWaitsForApproval()
{
    // Approved at once, the next certificate is fetched within 15 s at most: it must still be good then.
    TestFleet fleet({u"--certificate-life"_s, u"20s"_s});
    QVERIFY(fleet.startEngine());
    QVERIFY(fleet.startAgent(u"a"_s, fleet.createActivation()));
    QVERIFY(fleet.waitForOnline(1));
    const QString node = fleet.nodes()[0][u"InstanceId"].toString();
    fleet.stopAgent(u"a"_s);
    QVERIFY(copyFolder(fleet.agentDir(u"a"_s), fleet.agentDir(u"old"_s)));
    QTest::qWait(21000);
    QVERIFY(fleet.startAgent(u"a"_s));
    QVERIFY(eventually([&] { return pending(fleet).size() == 1; }));
    QCOMPARE(pending(fleet)[0][u"InstanceId"].toString(), node);
    QCOMPARE(pending(fleet)[0][u"Cause"].toString(), u"ExpiredCertificate"_s);
    QVERIFY(fleet.waitForOnline(0));
    QCOMPARE(change(fleet, u"approve"_s, node), 0);
    QVERIFY(pending(fleet).isEmpty());
    QVERIFY(fleet.waitForOnline(1, 40000));
    QCOMPARE(fleet.nodes().size(), 1);
    QCOMPARE(fleet.nodes()[0][u"InstanceId"].toString(), node);
    // What it had before is worth nothing any more, neither to connect nor to ask.
    fleet.stopAgent(u"a"_s);
    QVERIFY(fleet.waitForOnline(0));
    QVERIFY(fleet.startAgent(u"old"_s));
    QVERIFY(fleet.agentSays(u"old"_s, "was revoked"));
    QVERIFY(pending(fleet).isEmpty());
}

// [fleet-manager B8.10] with a life of 24 s instead of 3 minutes
void tst_Activations::certificatesAreRenewedInTime()
{
    TestFleet fleet({u"--certificate-life"_s, u"24s"_s});
    QVERIFY(fleet.startEngine());
    QVERIFY(fleet.startAgent(u"a"_s, fleet.createActivation()));
    QVERIFY(fleet.waitForOnline(1));
    const QString node = fleet.nodes()[0][u"InstanceId"].toString();
    QVERIFY(copyFolder(fleet.agentDir(u"a"_s), fleet.agentDir(u"old"_s)));
    // It runs through the change of the connection.
    const QString marker = fleet.folder() + u"/runs"_s;
    const CommandRun run = fleet.runScript(
        u"echo x >> %1; for i in $(seq 1 26); do echo $i; sleep 1; done; echo whole"_s.arg(marker),
        {u"--node"_s, node});
    QCOMPARE(run.exitCode, 0);
    QVERIFY2(run.standardOutput.contains("whole"), run.standardOutput.constData());
    QFile runs(marker);
    QVERIFY(runs.open(QIODevice::ReadOnly));
    QCOMPARE(runs.readAll(), QByteArray("x\n"));
    QVERIFY(fleet.waitForOnline(1)); // though the first certificate has ended
    QVERIFY(fleet.agentSays(u"a"_s, "the renewed certificate is in use"));
    fleet.stopAgent(u"a"_s);
    QVERIFY(fleet.waitForOnline(0));
    QVERIFY(fleet.startAgent(u"old"_s));
    QVERIFY(fleet.agentSays(u"old"_s, "was revoked")); // it tried to connect, and to prove its key
    QCOMPARE(fleet.engine().onlineNodes(), 0);
}

// [fleet-manager B8.16]
void tst_Activations::aReinstalledMachineIsTheSameNode()
{
    TestFleet fleet;
    QVERIFY(fleet.startEngine());
    QVERIFY(fleet.startAgent(u"first"_s,
                             fleet.createActivation({u"--tag"_s, u"Env=dev"_s, u"--name"_s, u"web"_s})));
    QVERIFY(fleet.waitForOnline(1));
    const QString node = fleet.nodes()[0][u"InstanceId"].toString();
    QCOMPARE(fleet.runScript(u"true"_s, {u"--node"_s, node}).exitCode, 0);
    fleet.stopAgent(u"first"_s);
    QVERIFY(fleet.waitForOnline(0));
    QCOMPARE(fleet.call({u"node"_s, u"reenrol"_s, u"--node"_s, u"mi-0123456789abcdef0"_s}).exitCode, 3);
    const QJsonObject token = fleet.call({u"node"_s, u"reenrol"_s, u"--node"_s, node, u"--json"_s}).last();
    QVERIFY(fleet.startAgent(u"again"_s, token));
    QVERIFY(fleet.waitForOnline(1));
    QCOMPARE(fleet.nodes().size(), 1);
    const QJsonValue same = fleet.nodes()[0];
    QCOMPARE(same[u"InstanceId"].toString(), node);
    QCOMPARE(same[u"Tags"][u"Env"].toString(), u"dev"_s);
    QCOMPARE(same[u"Name"].toString(), u"web"_s);
    QCOMPARE(fleet.runScript(u"true"_s, {u"--node"_s, node}).exitCode, 0);
    // Once only; and the earlier installation is cut off.
    QVERIFY(fleet.startAgent(u"twice"_s, token));
    QVERIFY(fleet.agent(u"twice"_s)->waitForExit(20000));
    QVERIFY(fleet.agent(u"twice"_s)->process().readAllStandardError().contains("limit 1 reached"));
    fleet.stopAgent(u"again"_s);
    QVERIFY(fleet.waitForOnline(0));
    QVERIFY(fleet.startAgent(u"first"_s));
    QVERIFY(fleet.agentSays(u"first"_s, "revoked"));
}

FB_TEST(tst_Activations)
#include "tst_activations.moc"
