#include "tests/support/test_fleet.h"
#include "tests/support/test_main.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTest>

using namespace fb::test;
using namespace Qt::StringLiterals;

// A new CA for a fleet that runs, with the real programs, while the power goes again and again.
class tst_CaRollOver : public QObject
{
    Q_OBJECT

private slots:
    void powerCutsAtEveryStep();

private:
    static QJsonObject status(TestFleet &fleet)
    {
        return fleet.call({u"ca"_s, u"status"_s, u"--json"_s}).last();
    }
    static CommandRun step(TestFleet &fleet, const QString &name)
    {
        return fleet.call({u"ca"_s, name, u"--json"_s});
    }
    // An agent that was killed is started again, with what is on its disk.
    static int revive(TestFleet &fleet, const QStringList &agents)
    {
        int revived = 0;
        for (const QString &name : agents) {
            if (!fleet.agent(name)->waitForExit(0))
                continue;
            ++revived;
            fleet.startAgent(name);
        }
        return revived;
    }
    static QByteArray read(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    static QString pinsOf(const QJsonObject &activation) { return activation[u"CaSha256"].toString(); }
    // `flagbridge-agent register` with an install command; its exit code.
    static int join(TestFleet &fleet, const QString &name, const QJsonObject &activation, const QString &pins,
                    QByteArray *said = nullptr)
    {
        TestProcess agent(fleet.engine().program(u"flagbridge-agent"_s),
                          {u"register"_s, u"--state"_s, fleet.agentDir(name), u"--engine"_s,
                           fleet.engine().agentUrl(), u"--activation-id"_s,
                           activation[u"ActivationId"].toString(), u"--activation-code"_s,
                           activation[u"ActivationCode"].toString(), u"--ca-sha256"_s, pins});
        if (!agent.waitForExit(30000))
            return -1;
        if (said)
            *said = agent.process().readAllStandardError();
        return agent.process().exitCode();
    }
};

// [T18] Each agent's power goes at another step: before or after it wrote whom it trusts, its next key, its next certificate, that this one is
// proven. One is away until the last step. The old or the new pair is usable at every moment.
void tst_CaRollOver::powerCutsAtEveryStep()
{
    // The files that are made and removed, in this order: node.conf (2 calls), renewal.key (2), next.pair (2), renewal.key gone, node.pair,
    // and node.conf (2) when the old CA is retired.
    const QStringList moments {u"1"_s,  u"2"_s, u"2+"_s, u"3"_s, u"4"_s,  u"4+"_s, u"5"_s,  u"6"_s,
                               u"6+"_s, u"7"_s, u"7+"_s, u"8"_s, u"8+"_s, u"9"_s,  u"10"_s, u"10+"_s};
    const auto diesBy = [&](int call) {
        return static_cast<int>(std::count_if(moments.begin(), moments.end(), [&](const QString &moment) {
            return QString(moment).remove(u'+').toInt() <= call;
        }));
    };
    TestFleet fleet;
    QVERIFY(fleet.startEngine());
    const QJsonObject early = fleet.createActivation({u"--limit"_s, QString::number(moments.size() + 3)});
    QStringList agents;
    for (const QString &moment : moments)
        agents << u"cut-"_s + moment;
    for (const QString &name : agents + QStringList {u"away"_s})
        QVERIFY(fleet.startAgent(name, early));
    const int count = static_cast<int>(agents.size());
    QVERIFY(fleet.waitForOnline(count + 1, 60000));
    for (const QString &name : agents + QStringList {u"away"_s})
        fleet.stopAgent(name);
    const QByteArray oldPair = read(fleet.agentDir(u"away"_s) + u"/node.pair"_s);
    QVERIFY(!oldPair.isEmpty());
    for (const QString &moment : moments) {
        fleet.setAgentEnvironment(
            {u"LD_PRELOAD="_s + QStringLiteral(FB_POWER_CUT_LIBRARY), u"FB_POWER_CUT="_s + moment,
             u"ASAN_OPTIONS="_s + qEnvironmentVariable("ASAN_OPTIONS") + u":verify_asan_link_order=0"_s});
        QVERIFY(fleet.startAgent(u"cut-"_s + moment));
    }
    fleet.setAgentEnvironment({});
    QVERIFY(fleet.waitForOnline(count, 60000));

    int died = 0;
    const auto reaches = [&](const QString &figure, int wanted) {
        return eventually(
            [&] {
                died += revive(fleet, agents);
                return status(fleet)[figure].toInt() == wanted;
            },
            90000);
    };
    QCOMPARE(step(fleet, u"issue"_s).exitCode, 3); // not begun
    QCOMPARE(step(fleet, u"begin"_s).exitCode, 0);
    QVERIFY(reaches(u"Trusting"_s, count));
    QVERIFY(eventually([&] { return (died += revive(fleet, agents)) >= diesBy(2); }));
    QVERIFY(reaches(u"Trusting"_s, count));
    QCOMPARE(died, diesBy(2));
    QVERIFY(fleet.waitForOnline(count, 60000));

    const QString first = fleet.engine().caSha256();
    const QJsonObject between = fleet.createActivation({u"--limit"_s, u"3"_s});
    QVERIFY(pinsOf(between).startsWith(first + u':'));
    QVERIFY(eventually([&] { return step(fleet, u"issue"_s).exitCode == 0; }, 60000));
    QVERIFY(reaches(u"Renewed"_s, count));
    QVERIFY(eventually([&] { return (died += revive(fleet, agents)) >= diesBy(8); }, 30000));
    QVERIFY(reaches(u"Renewed"_s, count));
    QCOMPARE(died, diesBy(8));

    // It was made before there was a next CA, and holds until the old one is retired; who joins now has the next one's certificate.
    QCOMPARE(join(fleet, u"early"_s, early, first), 0);
    QCOMPARE(join(fleet, u"between"_s, between, pinsOf(between)), 0);
    QVERIFY(fleet.startAgent(u"early"_s) && fleet.startAgent(u"between"_s));
    const CommandRun refused = step(fleet, u"retire"_s);
    QCOMPARE(refused.exitCode, 3);
    QVERIFY2(refused.standardOutput.contains("would be cut off")
                 || refused.standardError.contains("would be cut off"),
             (refused.standardOutput + refused.standardError).constData());
    QVERIFY(fleet.startAgent(u"away"_s)); // it has slept through everything
    agents << u"early"_s << u"between"_s << u"away"_s;
    QVERIFY(reaches(u"Renewed"_s, count + 3));
    QVERIFY(reaches(u"Trusting"_s, count + 3));
    fleet.killEngine(); // it takes up what it finds
    QVERIFY(fleet.startEngine());
    QVERIFY(fleet.waitForOnline(count + 3, 60000));
    QVERIFY(reaches(u"Renewed"_s, count + 3));
    QCOMPARE(status(fleet)[u"Phase"].toString(), u"Issuing"_s);

    QVERIFY(eventually(
        [&] {
            died += revive(fleet, agents);
            return step(fleet, u"retire"_s).exitCode == 0;
        },
        60000));
    QVERIFY(reaches(u"Trusting"_s, count + 3));
    QVERIFY(eventually([&] { return (died += revive(fleet, agents)) >= diesBy(10); }, 30000));
    QVERIFY(reaches(u"Trusting"_s, count + 3));
    QCOMPARE(died, diesBy(10));
    QVERIFY(fleet.waitForOnline(count + 3, 60000));
    QCOMPARE(fleet.runScript(u"true"_s, {u"--all"_s}).exitCode, 0);

    // New machines join by the new CA, and by what was made meanwhile; what names the old one alone is told why not.
    const QJsonObject late = fleet.createActivation();
    QVERIFY(!pinsOf(late).contains(first));
    QCOMPARE(join(fleet, u"late"_s, late, pinsOf(late)), 0);
    QCOMPARE(join(fleet, u"between-2"_s, between, pinsOf(between)), 0);
    QByteArray said;
    QCOMPARE(join(fleet, u"too-late"_s, between, first, &said), 3);
    QVERIFY2(said.contains("engine identity differs") && said.contains("take a new install command"),
             said.constData());
    // A certificate of the old CA opens nothing any more, though its owner trusts the new one.
    fleet.stopAgent(u"away"_s);
    QFile pair(fleet.agentDir(u"away"_s) + u"/node.pair"_s);
    QVERIFY(pair.open(QIODevice::WriteOnly | QIODevice::Truncate));
    pair.write(oldPair);
    pair.close();
    QVERIFY(fleet.startAgent(u"away"_s));
    QVERIFY(fleet.agentSays(u"away"_s, "signed by a CA unknown there"));
}

FB_TEST(tst_CaRollOver)
#include "tst_ca_roll_over.moc"
