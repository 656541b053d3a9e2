#include "models/setup/first_steps.h"

#include "tests/support/models/fake_key_backup.h"
#include "tests/support/models/fake_sources.h"
#include "tests/support/test_main.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace fb;
using namespace fb::test;
using namespace Qt::StringLiterals;

class tst_FirstSteps : public QObject
{
    Q_OBJECT

private slots:
    void tickThemselvesOff();
    void stayTicked();
    void putAwayAndBack();
    void noBackupOfASealedKey();
};

namespace {

struct Day {
    explicit Day(const QString &file = {}) : settings(file) { }

    FakeFleetSource fleetSource;
    FakeRunSource runSource;
    FleetViewModel fleet {fleetSource};
    RunsViewModel runs {runSource};
    FakeKeyBackup backup;
    ConsoleSettings settings;
    FirstSteps steps {fleet, runs, backup, settings};

    QStringList done() const
    {
        QStringList names;
        const QList<FirstStep> all = steps.steps();
        for (const FirstStep &step : all) {
            if (step.isDone)
                names << step.name;
        }
        return names;
    }
};
}

void tst_FirstSteps::tickThemselvesOff()
{
    Day day;
    day.fleet.start();
    day.runs.start();
    QCOMPARE(day.done(), QStringList {u"store"_s});
    QVERIFY(day.steps.isShown());
    QSignalSpy changed(&day.steps, &FirstSteps::changed);
    day.fleetSource.nodes = FakeFleetSource::sampleFleet(day.fleetSource.m_now);
    day.fleet.start();
    QTRY_VERIFY(day.done().contains(u"enrol"_s));
    QCOMPARE(changed.size(), 1);
    day.runs.runs().applyRuns({FakeRunSource::sampleRun(day.runSource.m_now)});
    QTRY_VERIFY(day.done().contains(u"run"_s));
    QVERIFY(day.steps.isShown());
    day.steps.tickOff(u"backup"_s);
    QVERIFY(day.steps.isShown());
    day.settings.setAsksToSignIn(true); // an administrator signs in
    QVERIFY(!day.steps.isShown()); // nothing is left
}

void tst_FirstSteps::stayTicked()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(u"console.ini"_s);
    {
        Day day(file);
        day.steps.tickOff(u"run"_s);
    }
    Day later(file); // its fleet is empty, and no run is left
    QCOMPARE(later.done(), QStringList({u"store"_s, u"run"_s}));
}

void tst_FirstSteps::putAwayAndBack()
{
    Day day;
    QSignalSpy changed(&day.steps, &FirstSteps::changed);
    day.steps.putAway();
    QVERIFY(!day.steps.isShown());
    day.steps.showAgain();
    QVERIFY(day.steps.isShown());
    QCOMPARE(changed.size(), 2);
}

void tst_FirstSteps::noBackupOfASealedKey()
{
    Day day;
    QCOMPARE(day.steps.steps().size(), 5);
    day.backup.offered = false;
    QCOMPARE(day.steps.steps().size(), 4);
    day.steps.tickOff(u"enrol"_s);
    day.steps.tickOff(u"run"_s);
    day.steps.tickOff(u"administrator"_s);
    QVERIFY(!day.steps.isShown());
}

FB_TEST(tst_FirstSteps)
#include "tst_first_steps.moc"
