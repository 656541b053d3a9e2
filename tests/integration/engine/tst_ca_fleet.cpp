#include "tests/support/test_fleet.h"
#include "tests/support/test_main.h"

#include <QElapsedTimer>
#include <QJsonDocument>
#include <QTest>

using namespace fb::test;
using namespace Qt::StringLiterals;

// A new CA for a large fleet whose nodes lose their power in the middle of it. CI: 200 nodes; with FB_SOAK the 10,000 of the case.
class tst_CaFleet : public QObject
{
    Q_OBJECT

private slots:
    void everyNodeComesThrough();
};

// [T18] at many of the moments around a write the power goes: no node is lost, each ends with a certificate of the new CA
void tst_CaFleet::everyNodeComesThrough()
{
    const bool isSoak = qEnvironmentVariableIsSet("FB_SOAK");
    const int count = isSoak ? 10'000 : 200;
    const int patience = isSoak ? 1'200'000 : 180'000;
    TestFleet fleet;
    QVERIFY(fleet.startEngine());
    TestProcess simulator(fleet.engine().program(u"flagbridge-fleetsim"_s),
                          {u"--data"_s, fleet.dataDir(), u"--nodes"_s, QString::number(count),
                           u"--power-cuts"_s, isSoak ? u"33"_s : u"15"_s});
    QCOMPARE(QJsonDocument::fromJson(simulator.readLine(patience)).object()[u"event"].toString(), u"ready"_s);
    const auto reaches = [&](const QString &figure) {
        QElapsedTimer taken;
        taken.start();
        const bool reached = eventually(
            [&] {
                return fleet.call({u"ca"_s, u"status"_s, u"--json"_s}).last()[figure].toInt() == count;
            },
            patience);
        qInfo("%s: %d nodes after %lld ms", qPrintable(figure), count, taken.elapsed());
        return reached;
    };
    const auto step = [&](const QString &name) {
        return eventually([&] { return fleet.call({u"ca"_s, name, u"--json"_s}).exitCode == 0; }, patience);
    };
    QVERIFY(step(u"begin"_s));
    QVERIFY(reaches(u"Trusting"_s));
    QVERIFY(step(u"issue"_s));
    QVERIFY(reaches(u"Renewed"_s));
    QVERIFY(step(u"retire"_s));
    QVERIFY(reaches(u"Trusting"_s));
    QVERIFY(fleet.waitForOnline(count, patience));
    const CommandRun run = fleet.runScript(u"true"_s, {u"--all"_s, u"--max-concurrency"_s, u"100%"_s});
    QCOMPARE(run.last()[u"Command"][u"TargetCount"].toInt(), count);
    QCOMPARE(run.exitCode, 0);
}

FB_TEST(tst_CaFleet)
#include "tst_ca_fleet.moc"
