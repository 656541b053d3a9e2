// The processes of a node as their page has them: updated in place, a tree, a node that goes, a process that does not end.
#include "models/nodes/tools/processes_view_model.h"
#include "tests/support/models/fake_process_source.h"
#include "tests/support/test_main.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

namespace fb::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class tst_ProcessesViewModel : public QObject
{
    Q_OBJECT
private slots:
    void readsWhileSomebodyLooks();
    void rowsAreUpdatedInPlace();
    void asATree();
    void aTreeThatGoesRound();
    void shareOfAllCores();
    void offlineKeepsWhatIsKnown();
    void stillRunningAfterTerm();
    void columnsHaveWords();

private:
    static QStringList names(const ProcessesViewModel &model, int column = ProcessColumns::Name);
};

QStringList tst_ProcessesViewModel::names(const ProcessesViewModel &model, int column)
{
    auto &table = const_cast<ProcessesViewModel &>(model).table();
    QStringList all;
    for (int row = 0; row < table.rowCount(); ++row)
        all << table.index(row, column).data().toString();
    return all;
}

void tst_ProcessesViewModel::readsWhileSomebodyLooks()
{
    FakeProcessSource source;
    source.snapshot = FakeProcessSource::sample(source.m_now);
    {
        ProcessesViewModel model(source, u"mi-1"_s);
        model.setInterval(0s);
        QCOMPARE(model.interval(), 1s); // 1 to 60
        model.setInterval(100s);
        QCOMPARE(model.interval(), 60s);
        model.setInterval(1s);
        QCOMPARE(source.lists, 0);
        model.setLooking(true);
        QCOMPARE(source.lists, 1);
        QVERIFY(model.state() == ProcessesViewModel::State::Waiting);
        QTRY_VERIFY(model.state() == ProcessesViewModel::State::Live);
        QCOMPARE(model.table().totalRows(), source.snapshot.processes.size());
        QTRY_VERIFY(source.lists >= 3);
        source.answers = false;
        QTRY_VERIFY(source.lists >= 4);
        model.readNow();
        const int asked = source.lists;
        model.readNow(); // one is on its way
        QCOMPARE(source.lists, asked);
        QVERIFY(source.closed.isEmpty());
    }
    QCOMPARE(source.closed, QStringList {u"mi-1"_s});
}

void tst_ProcessesViewModel::rowsAreUpdatedInPlace()
{
    FakeProcessSource source;
    source.snapshot = FakeProcessSource::sample(source.m_now);
    ProcessesViewModel model(source, u"mi-1"_s);
    QAbstractItemModelTester tester(&model.table());
    model.readNow();
    QTRY_VERIFY(model.table().totalRows() > 0);
    model.table().sortBy({{ProcessColumns::Pid, Qt::AscendingOrder}});
    QSignalSpy reset(&model.table(), &QAbstractItemModel::modelReset);
    QSignalSpy moved(&model.table(), &QAbstractItemModel::layoutChanged);
    QSignalSpy inserted(&model.table(), &QAbstractItemModel::rowsInserted);
    QSignalSpy removed(&model.table(), &QAbstractItemModel::rowsRemoved);
    QSignalSpy changed(&model.table(), &QAbstractItemModel::dataChanged);
    source.snapshot.processes.removeAt(3);
    ProcessRow fresh = source.snapshot.processes.last();
    fresh.pid = 30999;
    source.snapshot.processes << fresh;
    ProcessRow reused = source.snapshot.processes[4];
    source.snapshot.processes[4].startTicks += 5; // another process under the same number
    model.readNow();
    QTRY_COMPARE(removed.count(), 2);
    QCOMPARE(inserted.count(), 2);
    QCOMPARE(reset.count() + moved.count(), 0);
    QVERIFY(!model.process(reused.id()));
    source.snapshot.processes[0].cpuPercent = 12.5;
    changed.clear();
    model.readNow();
    QTRY_VERIFY(model.process(source.snapshot.processes[0].id())->cpuPercent == 12.5);
    QVERIFY(changed.count() >= 1);
}

void tst_ProcessesViewModel::asATree()
{
    FakeProcessSource source;
    source.snapshot = FakeProcessSource::sample(source.m_now);
    ProcessesViewModel model(source, u"mi-1"_s);
    model.readNow();
    QTRY_VERIFY(model.table().totalRows() > 0);
    model.setTree(true);
    QStringList pids = names(model, ProcessColumns::Pid);
    // Each stands below the one that started it, and what stands in between descends from that one too.
    QHash<QString, int> depth;
    for (int row = 0; row < model.table().rowCount(); ++row) {
        const ProcessRow *process = model.process(model.table().idAt(row));
        const QString parent = QString::number(process->parent);
        const int at = static_cast<int>(pids.indexOf(parent));
        depth[pids[row]] = at < 0 ? 0 : depth[parent] + 1;
        QVERIFY2(at < row, qPrintable(pids[row]));
        QCOMPARE(process->depth, depth[pids[row]]);
    }
    QVERIFY(pids.indexOf(u"22310"_s) - pids.indexOf(u"811"_s) == 4);
    QVERIFY(names(model)[pids.indexOf(u"22310"_s)].endsWith(u"└ postgres"_s));
    model.setTree(false);
    QCOMPARE(names(model)[names(model, ProcessColumns::Pid).indexOf(u"22310"_s)], u"postgres"_s);
}

void tst_ProcessesViewModel::aTreeThatGoesRound()
{
    FakeProcessSource source;
    source.snapshot = FakeProcessSource::sample(source.m_now);
    source.snapshot.processes[3].parent = source.snapshot.processes[4].pid;
    source.snapshot.processes[4].parent = source.snapshot.processes[3].pid;
    source.snapshot.processes[5].parent = source.snapshot.processes[5].pid;
    ProcessesViewModel model(source, u"mi-1"_s);
    model.setTree(true);
    model.readNow();
    QTRY_COMPARE(model.table().rowCount(), source.snapshot.processes.size());
}

void tst_ProcessesViewModel::shareOfAllCores()
{
    FakeProcessSource source;
    source.snapshot = FakeProcessSource::sample(source.m_now);
    ProcessesViewModel model(source, u"mi-1"_s);
    model.readNow();
    QTRY_VERIFY(model.table().totalRows() > 0);
    const QString id = u"22310.23310"_s;
    QCOMPARE(*model.process(id)->cpuPercent, 96.8);
    model.setOfAllCores(true);
    QCOMPARE(*model.process(id)->cpuPercent, 96.8 / 8);
    model.setOfAllCores(false);
    QCOMPARE(*model.process(id)->cpuPercent, 96.8);
}

void tst_ProcessesViewModel::offlineKeepsWhatIsKnown()
{
    FakeProcessSource source;
    source.snapshot = FakeProcessSource::sample(source.m_now);
    ProcessesViewModel model(source, u"mi-1"_s);
    model.readNow();
    QTRY_VERIFY(model.state() == ProcessesViewModel::State::Live);
    const Instant before = model.asOf();
    source.m_now += 1min;
    source.problem = ShownError {.kind = ShownError::Kind::Unavailable,
                                 .code = QString::fromLatin1(kNotConnected),
                                 .message = u"mi-1 is not connected."_s,
                                 .field = {}};
    model.readNow();
    QTRY_VERIFY(model.state() == ProcessesViewModel::State::Offline);
    QCOMPARE(model.asOf(), before);
    QCOMPARE(model.table().totalRows(), source.snapshot.processes.size());
    source.problem->code = u"ServiceUnavailable"_s;
    model.readNow();
    QTRY_VERIFY(model.state() == ProcessesViewModel::State::Failed);
    source.problem.reset();
    model.readNow();
    QTRY_VERIFY(model.state() == ProcessesViewModel::State::Live);
    QVERIFY(model.asOf() > before);
}

void tst_ProcessesViewModel::stillRunningAfterTerm()
{
    FakeProcessSource source;
    source.snapshot = FakeProcessSource::sample(source.m_now);
    ProcessesViewModel model(source, u"mi-1"_s);
    model.readNow();
    QTRY_VERIFY(model.table().totalRows() > 0);
    QSignalSpy done(&model, &ProcessesViewModel::done);
    QSignalSpy refused(&model, &ProcessesViewModel::refused);
    QSignalSpy still(&model, &ProcessesViewModel::stillRuns);
    const ProcessRow stubborn = *model.process(u"22310.23310"_s);
    const ProcessRow obedient = *model.process(u"30122.31122"_s);
    for (const ProcessRow &row : {stubborn, obedient})
        model.perform({.kind = ProcessDeed::Kind::Signal,
                       .pid = row.pid,
                       .startTicks = row.startTicks,
                       .signal = ProcessSignals::kTerm});
    source.snapshot.processes.removeOne(obedient);
    QTRY_COMPARE(done.count(), 2);
    QTRY_COMPARE_WITH_TIMEOUT(still.count(), 1, 15'000);
    QCOMPARE(still[0][0].toString(), stubborn.id());
    source.refusal = ShownError {
        .kind = ShownError::Kind::State, .code = u"RefusedByNode"_s, .message = u"no"_s, .field = {}};
    model.perform({.kind = ProcessDeed::Kind::Signal, .pid = 1, .startTicks = 1001, .signal = 9});
    QTRY_COMPARE(refused.count(), 1);
}

void tst_ProcessesViewModel::columnsHaveWords()
{
    for (const QChar state : u"RSDTtZI"_s)
        QVERIFY(ProcessColumns::stateWord(state).size() > 1);
    for (const QString &guard : {u"first"_s, u"kernel"_s, u"agent"_s})
        QVERIFY(!ProcessColumns::guardWord(guard).isEmpty());
    QVERIFY(ProcessColumns::guardWord({}).isEmpty());
}

FB_TEST(tst_ProcessesViewModel)

}

#include "tst_processes_view_model.moc"
