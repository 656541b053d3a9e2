#include "models/nodes/runcommand/run_view_model.h"
#include "models/nodes/runcommand/runs_view_model.h"
#include "models/table/cell_roles.h"
#include "tests/support/models/fake_sources.h"
#include "tests/support/test_main.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

namespace fb::test {

using namespace Qt::StringLiterals;

class tst_RunModels : public QObject
{
    Q_OBJECT
private slots:
    void statusWords_data();
    void statusWords();
    void runsAreLive();
    void titleOfARun();
    void invocationsAreLive();
    void aRunGroupsWhatItsNodesSaid();
    void againIsTheSameRun();
    void sendingAnswersItsRequest();
};

void tst_RunModels::statusWords_data()
{
    QTest::addColumn<StateKind>("kind");
    QTest::addColumn<bool>("over");
    const auto row
        = [](const char *details, StateKind kind, bool over) { QTest::newRow(details) << kind << over; };
    // spec/run-command.md 2.3 and 3.7
    row("Pending", StateKind::Waiting, false);
    row("Delayed", StateKind::Waiting, false);
    row("InProgress", StateKind::Running, false);
    row("Cancelling", StateKind::Running, false);
    row("Success", StateKind::Success, true);
    row("Failed", StateKind::Failed, true);
    row("ExecutionTimedOut", StateKind::TimedOut, true);
    row("DeliveryTimedOut", StateKind::TimedOut, true);
    row("Cancelled", StateKind::Cancelled, true);
    row("Terminated", StateKind::Cancelled, true);
    row("Undeliverable", StateKind::Cancelled, true);
    row("InvalidPlatform", StateKind::Cancelled, true);
    row("AccessDenied", StateKind::Cancelled, true);
    row("NoInstancesInTag", StateKind::Failed, true);
    row("Incomplete", StateKind::Failed, true);
    row("RateExceeded", StateKind::Failed, true);
}

void tst_RunModels::statusWords()
{
    QFETCH(StateKind, kind);
    QFETCH(bool, over);
    const QString details = QString::fromLatin1(QTest::currentDataTag());
    QCOMPARE(RunWords::kind(details), kind);
    QCOMPARE(RunWords::isOver(details), over);
    QVERIFY(!RunWords::word(details).isEmpty());
}

void tst_RunModels::runsAreLive()
{
    FakeRunSource source;
    source.runs = {FakeRunSource::sampleRun(source.now())};
    RunsViewModel runs(source);
    QAbstractItemModelTester tester(&runs.runs());
    runs.start();
    QVERIFY(runs.isLoaded());
    QCOMPARE(runs.documents().size(), 2);
    QCOMPARE(runs.runs().rowCount(), 1);
    RunRow done = source.runs[0];
    done.details = u"Success"_s;
    QSignalSpy changed(&runs.runs(), &QAbstractItemModel::dataChanged);
    emit source.runsArrived({done});
    QCOMPARE(changed.size(), 1);
    const QModelIndex status = runs.runs().index(0, static_cast<int>(RunTableModel::Column::Status));
    QCOMPARE(status.data(StateRole).value<StateKind>(), StateKind::Success);
    QCOMPARE(runs.runs().index(0, static_cast<int>(RunTableModel::Column::Nodes)).data().toString(),
             u"179 of 214"_s);
    RunRow newer = done;
    newer.id = u"newer"_s;
    newer.requested += std::chrono::seconds(5);
    emit source.runsArrived({newer});
    QCOMPARE(runs.runs().idAt(0), u"newer"_s); // newest first
}

void tst_RunModels::titleOfARun()
{
    RunRow run;
    run.documentName = u"AWS-RunShellScript"_s;
    QCOMPARE(RunTableModel::titleOf(run), u"AWS-RunShellScript"_s);
    run.parameters.insert(u"commands"_s, {QString(), u"  df -h  "_s, u"uptime"_s});
    QCOMPARE(RunTableModel::titleOf(run), u"df -h"_s);
    run.comment = u"Disks"_s;
    QCOMPARE(RunTableModel::titleOf(run), u"Disks"_s);
}

void tst_RunModels::invocationsAreLive()
{
    InvocationTableModel model;
    QAbstractItemModelTester tester(&model);
    model.sort(static_cast<int>(InvocationTableModel::Column::Node));
    QList<InvocationRow> rows;
    for (int i = 0; i < 5; ++i) {
        InvocationRow row;
        row.nodeId = u"mi-%1"_s.arg(i);
        row.nodeName = u"node-%1"_s.arg(i);
        row.details = u"Pending"_s;
        rows << row;
    }
    model.applyInvocations(rows);
    QCOMPARE(model.counts().waiting, 5);
    rows[2].details = u"Success"_s;
    rows[2].responseCode = 0;
    model.applyInvocations(rows);
    QCOMPARE(model.counts(), (RunCounts {.succeeded = 1, .waiting = 4}));
    model.showOnly(QStringList {u"mi-2"_s, u"mi-3"_s});
    QCOMPARE(model.rowCount(), 2);
    model.setQuery({QString(), {FilterToken {.key = u"state"_s, .values = {u"Succeeded"_s}}}});
    QCOMPARE(model.rowCount(), 1);
    model.showOnly(std::nullopt);
    model.setQuery({});
    QCOMPARE(model.rowCount(), 5);
}

void tst_RunModels::aRunGroupsWhatItsNodesSaid()
{
    FakeRunSource source;
    const RunRow row = FakeRunSource::sampleRun(source.now());
    {
        RunViewModel run(source, row);
        QCOMPARE(source.watched, QStringList {row.id});
        QSignalSpy grouped(&run, &RunViewModel::groupsChanged);
        source.playSampleRun();
        QTRY_COMPARE(grouped.size(), 1);
        QCOMPARE(run.counts(), row.counts);
        QCOMPARE(run.groups().size(), 6);
        QCOMPARE(run.groups()[0].nodeIds.size(), 147);
        QCOMPARE(run.groups()[1].linesThatDiffer, 7);
        QVERIFY(run.groups()[3].onlyErrors);
        QVERIFY(run.nodesPerSecond() > 9.9 && run.nodesPerSecond() < 10);
        emit source.invocationsArrived(u"another"_s, {}); // not ours
        QCOMPARE(run.invocations().totalRows(), 214);
        // Bytes whose forerunners never came are fetched from the store.
        emit source.outputArrived(row.id, {{run.invocations().idAt(0), RunStream::Out, 4096, "tail"}});
        QTRY_COMPARE(source.fetched, QStringList {run.invocations().idAt(0)});
        run.cancel();
        QCOMPARE(source.cancelled, QStringList {row.id});
    }
    QVERIFY(source.watched.isEmpty()); // the page is closed
}

void tst_RunModels::againIsTheSameRun()
{
    FakeRunSource source;
    const RunRow row = FakeRunSource::sampleRun(source.now());
    RunViewModel run(source, row);
    const RunRequest again = run.again();
    QCOMPARE(again.documentName, row.documentName);
    QCOMPARE(again.parameters, row.parameters);
    QVERIFY(again.targets == row.targets);
    QCOMPARE(again.maxErrors, u"10%"_s);
}

void tst_RunModels::sendingAnswersItsRequest()
{
    FakeRunSource source;
    RunsViewModel runs(source);
    QSignalSpy sent(&runs, &RunsViewModel::sent);
    QSignalSpy refused(&runs, &RunsViewModel::refused);
    const QString first = runs.send({});
    QTRY_COMPARE(sent.size(), 1);
    QCOMPARE(sent[0][0].toString(), first);
    source.refusal = ShownError {.code = u"InvalidParameters"_s, .field = u"Parameters.commands"_s};
    const QString second = runs.send({});
    QTRY_COMPARE(refused.size(), 1);
    QCOMPARE(refused[0][0].toString(), second);
}

FB_TEST(tst_RunModels)

}

#include "tst_run_models.moc"
