#include "tests/support/test_fleet.h"
#include "tests/support/test_main.h"

#include <QSet>
#include <QTest>

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

FB_TEST(tst_Activations)
#include "tst_activations.moc"
