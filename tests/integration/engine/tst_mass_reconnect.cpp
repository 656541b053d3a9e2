#include "tests/support/test_fleet.h"
#include "tests/support/test_main.h"

#include <QElapsedTimer>
#include <QJsonDocument>
#include <QTest>

using namespace fb::test;
using namespace Qt::StringLiterals;

// Many nodes return at once after the engine died. CI: 300 nodes; with FB_SOAK the 10,000 of the case.
class tst_MassReconnect : public QObject
{
    Q_OBJECT

private slots:
    void allComeBack();
};

// [R07] all back within 60 s, none refused, and the engine answers meanwhile
void tst_MassReconnect::allComeBack()
{
    const int count = qEnvironmentVariableIsSet("FB_SOAK") ? 10'000 : 300;
    TestFleet fleet;
    QVERIFY(fleet.startEngine());
    TestProcess simulator(fleet.engine().program(u"flagbridge-fleetsim"_s),
                          {u"--data"_s, fleet.dataDir(), u"--nodes"_s, QString::number(count)});
    const auto nextEvent = [&](int milliseconds) {
        return QJsonDocument::fromJson(simulator.readLine(milliseconds)).object();
    };
    QCOMPARE(nextEvent(180'000)[u"event"].toString(), u"ready"_s);

    fleet.killEngine();
    QVERIFY(fleet.startEngine());
    QElapsedTimer sinceReady;
    sinceReady.start();
    QElapsedTimer answer;
    qint64 slowestAnswer = 0;
    QJsonObject event;
    while (event[u"event"].toString() != u"ready"_s && sinceReady.elapsed() < 60'000) {
        event = nextEvent(200);
        answer.start();
        QCOMPARE(fleet.call({u"status"_s, u"--command"_s, u"none"_s, u"--json"_s}).exitCode,
                 3); // asked and answered
        slowestAnswer = std::max(slowestAnswer, answer.elapsed());
    }
    QCOMPARE(event[u"event"].toString(), u"ready"_s);
    QCOMPARE(event[u"nodes"].toInt(), count);
    qInfo("%d nodes were back after %lld ms; the slowest answer meanwhile took %lld ms", count,
          sinceReady.elapsed(), slowestAnswer);

    // They are served again: the same nodes, each once.
    const CommandRun run = fleet.runScript(u"true"_s, {u"--all"_s, u"--max-concurrency"_s, u"100%"_s});
    QCOMPARE(run.last()[u"Command"][u"TargetCount"].toInt(), count);
    QCOMPARE(run.exitCode, 0);
}

FB_TEST(tst_MassReconnect)
#include "tst_mass_reconnect.moc"
