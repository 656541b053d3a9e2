// One or many journals as a table: order, what waits for others, credit, clocks, limits.
#include "models/nodes/tools/journal_export.h"
#include "models/nodes/tools/journal_view_model.h"
#include "tests/support/models/fake_journal_source.h"
#include "tests/support/test_main.h"

#include <QAbstractItemModelTester>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace fb::test {

using namespace Qt::StringLiterals;

class tst_JournalViewModel : public QObject
{
    Q_OBJECT
private slots:
    void nothingIsShownTooEarly();
    void aSlowNodeHoldsNobodyUp();
    void aFloodIsBounded();
    void clocks();
    void sameMicrosecond();
    void answersToAnEarlierFilter();
    void theOldestGo();
    void entryTexts();
    void exportOfMany();
    void exportThatFails();

private:
    static QString message(JournalViewModel &model, int row)
    {
        return model.table().index(row, JournalColumns::Message).data().toString();
    }
};

// One node's page reaches back an hour, the other's a minute: what is older than the nearer end waits for its next page.
void tst_JournalViewModel::nothingIsShownTooEarly()
{
    FakeJournalSource source;
    source.isEmpty = true;
    for (int i = 0; i < 500; ++i)
        source.add(u"busy"_s, source.m_now + Microseconds(i * 1000), u"b%1"_s.arg(i));
    for (int i = 0; i < 100; ++i)
        source.add(u"calm"_s, source.m_now + Microseconds(i * 5000 + 1), u"c%1"_s.arg(i));
    JournalViewModel model(source);
    const QAbstractItemModelTester tester(&model.table(),
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.table().sort(JournalColumns::Time, Qt::DescendingOrder);
    model.setFollowing(false);
    model.setNodes({{u"busy"_s, u"busy"_s}, {u"calm"_s, u"calm"_s}});
    model.setLooking(true);
    QTRY_VERIFY(!model.isReading());
    QCOMPARE(model.table().rowCount(), 200 + 40); // the calm one's other 60 are held
    QCOMPARE(source.at(u"calm"_s).queries, 1);
    QVERIFY(model.hasOlder());
    for (int step = 0; step < 5 && model.hasOlder(); ++step) {
        model.readOlder();
        QTRY_VERIFY(!model.isReading());
    }
    QCOMPARE(model.table().rowCount(), 600);
    QCOMPARE(source.at(u"busy"_s).queries, 3);
    QCOMPARE(source.at(u"calm"_s).queries, 1); // there was no more
    Instant before = Instant::max();
    for (int row = 0; row < 600; ++row) {
        const Instant at = model.row(model.table().idAt(row))->at;
        QVERIFY(at <= before);
        before = at;
    }
}

void tst_JournalViewModel::aSlowNodeHoldsNobodyUp()
{
    FakeJournalSource source;
    source.at(u"mute"_s).answers = false;
    source.at(u"gone"_s).problem = ShownError {.kind = ShownError::Kind::Unavailable,
                                               .code = u"TargetNotConnected"_s,
                                               .message = u"x"_s,
                                               .field = {}};
    JournalViewModel model(source);
    model.setNodes({{u"mute"_s, u"mute"_s}, {u"gone"_s, u"gone"_s}, {u"good"_s, u"good"_s}});
    model.setLooking(true);
    QTRY_COMPARE(model.table().rowCount(), 60);
    QCOMPARE(model.state(), JournalViewModel::State::Live);
    QCOMPARE(model.node(0).state, JournalViewModel::State::Waiting);
    QCOMPARE(model.node(1).state, JournalViewModel::State::Offline);
    QStringList closed;
    {
        JournalViewModel other(source);
        other.setNodes({{u"a"_s, u"a"_s}, {u"b"_s, u"b"_s}});
        other.setNodes({{u"b"_s, u"b"_s}});
        QCOMPARE(source.closed, QStringList {u"a"_s});
    }
    QCOMPARE(source.closed, (QStringList {u"a"_s, u"b"_s}));
}

void tst_JournalViewModel::aFloodIsBounded()
{
    FakeJournalSource source;
    source.isEmpty = true;
    JournalViewModel model(source);
    model.table().sort(JournalColumns::Time, Qt::DescendingOrder);
    model.setNodes({{u"flood"_s, u"flood"_s}, {u"calm"_s, u"calm"_s}});
    model.setLooking(true);
    QTRY_VERIFY(model.state() == JournalViewModel::State::Live && !model.isReading());
    for (int i = 0; i < 20'000; ++i)
        source.add(u"flood"_s, source.m_now + Microseconds(i), u"f%1"_s.arg(i));
    source.add(u"calm"_s, source.m_now + Microseconds(50'000), u"calm"_s);
    QTRY_COMPARE(message(model, 0), u"calm"_s);
    QTRY_COMPARE(message(model, 1), u"f19999"_s); // the newest
    QCOMPARE(model.node(0).dropped + model.node(0).rows, 20'000);
    QCOMPARE(model.node(1).dropped, 0);
    QCOMPARE(model.dropped(), model.node(0).dropped);
    const auto &asked = source.at(u"flood"_s).followed;
    QVERIFY(std::all_of(asked.begin(), asked.end(),
                        [](const JournalFollow &each) { return each.most >= 1 && each.most <= 1000; }));
}

void tst_JournalViewModel::clocks()
{
    const auto at = [](qint64 micros) { return fromMicros(1790000000000000 + micros); };
    // 10 ms there, 4 ms of work, 10 ms back; the node's clock is 5 s ahead.
    NodeClock clock = NodeClock::of(at(0), at(5'010'000), at(5'014'000), at(24'000));
    QVERIFY(clock.isKnown);
    QCOMPARE(clock.ahead.count(), 5'000'000);
    QCOMPARE(clock.error.count(), 10'000);
    QCOMPARE(clock.corrected(at(7'000'000)), at(2'000'000));
    // The way there took all of the time: the difference may be none, so nothing is changed.
    clock = NodeClock::of(at(0), at(20'000), at(20'000), at(20'000));
    QCOMPARE(clock.corrected(at(7)), at(7));
    QVERIFY(!NodeClock::of(at(0), {}, {}, at(1)).isKnown); // an agent that does not tell
    QVERIFY(!NodeClock::of(at(5), at(1), at(2), at(1)).isKnown); // set meanwhile
    QVERIFY(!NodeClock::of(at(0), at(5), at(1), at(9)).isKnown);

    FakeJournalSource source;
    source.isEmpty = true;
    source.at(u"ahead"_s).clock = {true, Microseconds(60'000'000), Microseconds(1000)};
    source.add(u"ahead"_s, source.m_now + Microseconds(60'000'000), u"first"_s);
    source.add(u"right"_s, source.m_now + Microseconds(1), u"second"_s);
    JournalViewModel model(source);
    model.table().sort(JournalColumns::Time, Qt::DescendingOrder);
    model.setNodes({{u"ahead"_s, u"ahead"_s}, {u"right"_s, u"right"_s}});
    model.setLooking(true);
    QTRY_COMPARE(model.table().rowCount(), 2);
    QCOMPARE(message(model, 0), u"second"_s);
    // A time that is chosen is of our clock, too.
    model.setFilter({.until = source.m_now + Microseconds(0)});
    QTRY_COMPARE(model.table().rowCount(), 1);
    QCOMPARE(message(model, 0), u"first"_s);
    model.setFilter({});
    // Of one node alone the stamps are shown as they are.
    model.setNodes({{u"ahead"_s, u"ahead"_s}});
    QTRY_COMPARE(model.table().rowCount(), 1);
    QCOMPARE(model.row(model.table().idAt(0))->at, source.m_now + Microseconds(60'000'000));
}

void tst_JournalViewModel::sameMicrosecond()
{
    FakeJournalSource source;
    source.isEmpty = true;
    for (int i = 0; i < 40; ++i)
        source.add(u"n"_s, source.m_now, QString::number(i));
    JournalViewModel model(source);
    model.table().sort(JournalColumns::Time, Qt::DescendingOrder);
    model.setNodes({{u"n"_s, u"n"_s}});
    model.setLooking(true);
    QTRY_COMPARE(model.table().rowCount(), 40);
    for (int row = 0; row < 40; ++row)
        QCOMPARE(message(model, row), QString::number(39 - row)); // as the journal has them
}

void tst_JournalViewModel::answersToAnEarlierFilter()
{
    FakeJournalSource source;
    JournalViewModel model(source);
    model.setNodes({{u"n"_s, u"n"_s}});
    model.setLooking(true);
    QTRY_COMPARE(model.table().rowCount(), 60);
    model.setFilter({.priority = 3});
    model.setFilter({.priority = 2}); // before an answer
    QTRY_VERIFY(!model.isReading());
    QCOMPARE(model.table().rowCount(), 6);
    for (const JournalRow &row : model.table().values())
        QVERIFY(row.entry.priority <= 2);
    QSignalSpy arrived(&model, &JournalViewModel::entryArrived);
    model.readEntry(model.table().idAt(0));
    model.readEntry(model.table().idAt(1));
    QTRY_COMPARE(arrived.size(), 1);
    QCOMPARE(arrived[0][0].toString(), model.table().idAt(1));
}

void tst_JournalViewModel::theOldestGo()
{
    FakeJournalSource source;
    source.isEmpty = true;
    constexpr int kRows = JournalViewModel::kMostRows + 300;
    for (int i = 0; i < kRows; ++i)
        source.add(u"n"_s, source.m_now + Microseconds(i), u"x"_s);
    JournalViewModel model(source);
    model.table().sort(JournalColumns::Time, Qt::DescendingOrder);
    model.setFollowing(false);
    model.setNodes({{u"n"_s, u"n"_s}});
    model.setLooking(true);
    QTRY_COMPARE(model.table().rowCount(), JournalViewModel::kPage);
    QVERIFY(!model.isCut());
    // The rest at once, as a node that pages faster than anybody would tell it.
    QList<JournalEntry> all = source.at(u"n"_s).entries;
    QList<JournalRow> rows;
    for (int i = 0; i < JournalViewModel::kMostRows - 100; ++i)
        rows.append(
            {.nodeId = u"n"_s, .nodeName = u"n"_s, .entry = all[i], .at = all[i].stamp, .timeText = {}});
    model.table().apply(rows);
    model.setFollowing(true);
    for (int i = 0; i < 400; ++i)
        source.add(u"n"_s, source.m_now + Microseconds(kRows + i), u"new"_s);
    QTRY_VERIFY_WITH_TIMEOUT(model.isCut(), 20'000);
    QVERIFY(model.table().totalRows() <= JournalViewModel::kMostRows);
    QCOMPARE(message(model, 0), u"new"_s);
    QVERIFY(!model.hasOlder()); // there would be a hole
}

void tst_JournalViewModel::entryTexts()
{
    JournalEntry entry;
    entry.identifier = u"sshd"_s;
    entry.pid = u"12"_s;
    entry.stamp = fromMicros(1790000000123456);
    entry.fields = {
        {u"MESSAGE"_s, "two\nlines", 9}, {u"TWICE"_s, "\xff", 1}, {u"TWICE"_s, "b", 1}, {u"TWICE"_s, "c", 1},
        {u"_HOSTNAME"_s, "web", 3},      {u"CUT"_s, "abc", 1000}};
    QCOMPARE(
        entry.json(),
        QByteArray("{\"CUT\":\"abc\",\"MESSAGE\":\"two\\nlines\",\"TWICE\":[[255],\"b\",\"c\"],\"_HOSTNAME\":"
                   "\"web\",\"__FLAGBRIDGE_CUT_FROM\":{\"CUT\":1000}}"));
    QCOMPARE(entry.line(), QByteArray("2026-09-21T14:13:20.123 web sshd[12]: two\\nlines"));
    QCOMPARE(JournalColumns::priorityWord(3), u"Error"_s);
    QCOMPARE(JournalColumns::priorityKey(3), u"err"_s);
    QVERIFY(JournalColumns::priorityWord(-1).isEmpty());
}

void tst_JournalViewModel::exportOfMany()
{
    const QTemporaryDir folder;
    FakeJournalSource source;
    source.isEmpty = true;
    for (int i = 0; i < 500; ++i)
        source.add(i % 3 ? u"a"_s : u"b"_s, source.m_now + Microseconds(i), QString::number(i));
    JournalExport job(source, {{u"a"_s, u"web-a"_s, {}}, {u"b"_s, u"web-b"_s, {}}}, {},
                      folder.filePath(u"out"_s), JournalExport::Form::JsonLines);
    QSignalSpy finished(&job, &JournalExport::finished);
    job.start();
    QTRY_COMPARE(finished.size(), 1);
    QVERIFY(finished[0][0].toBool() && !job.isCut());
    QFile out(folder.filePath(u"out"_s));
    QVERIFY(out.open(QIODevice::ReadOnly));
    for (int i = 499; i >= 0; --i) {
        const QJsonObject object = QJsonDocument::fromJson(out.readLine()).object();
        QCOMPARE(object[u"MESSAGE"].toString(), QString::number(i));
        QCOMPARE(object[u"__FLAGBRIDGE_NODE"].toString(), i % 3 ? u"a"_s : u"b"_s);
    }
    QVERIFY(out.atEnd());
}

void tst_JournalViewModel::exportThatFails()
{
    const QTemporaryDir folder;
    FakeJournalSource source;
    JournalExport job(source, {{u"a"_s, u"web-a"_s, {}}}, {}, folder.filePath(u"out"_s),
                      JournalExport::Form::Text);
    QSignalSpy finished(&job, &JournalExport::finished);
    source.at(u"a"_s).problem
        = ShownError {.kind = ShownError::Kind::Unavailable, .code = u"x"_s, .message = u"no"_s, .field = {}};
    job.start();
    QTRY_COMPARE(finished.size(), 1);
    QVERIFY(!finished[0][0].toBool());
    QCOMPARE(job.problem(), u"The journal of web-a could not be read: no"_s);
    QVERIFY(!QFile::exists(folder.filePath(u"out"_s)));
    source.at(u"a"_s).problem.reset();
    JournalExport other(source, {{u"a"_s, u"web-a"_s, {}}}, {}, folder.filePath(u"out"_s),
                        JournalExport::Form::Text);
    QSignalSpy ended(&other, &JournalExport::finished);
    other.start();
    other.cancel();
    QTRY_COMPARE(ended.size(), 1);
    QTest::qWait(0);
    QVERIFY(!QFile::exists(folder.filePath(u"out"_s)));
}

FB_TEST(tst_JournalViewModel)

}

#include "tst_journal_view_model.moc"
