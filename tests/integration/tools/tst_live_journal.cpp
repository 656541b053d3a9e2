// The tool "journal" on a real agent and real journal files: what it gives is what journalctl gives, whatever stands in the entries; following;
// many nodes on one clock; and the log files of a node that has no journal.
#include "tests/integration/tools/test_journal.h"
#include "tests/integration/tools/tool_bench.h"
#include "tests/support/test_main.h"

#include "models/nodes/tools/journal_export.h"
#include "models/nodes/tools/journal_feed.h"
#include "models/nodes/tools/journal_view_model.h"

#include <QDirIterator>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>

namespace fb::test {

using namespace Qt::StringLiterals;

namespace {

    constexpr qint64 kBegin = 1'790'000'000'000'000;

    TestEntry entry(int number, int priority, const QByteArray &unit, const QByteArray &message)
    {
        return {kBegin + number * 1'000'000LL,
                {{"MESSAGE", message},
                 {"PRIORITY", QByteArray::number(priority)},
                 {"_SYSTEMD_UNIT", unit},
                 {"SYSLOG_IDENTIFIER", unit.left(unit.indexOf('.'))},
                 {"_PID", QByteArray::number(1000 + number)}}};
    }

    // An agent's configuration that names the journal.
    QString configurationFor(const QString &place, const QString &folder)
    {
        QFile file(place);
        if (!file.open(QIODevice::WriteOnly) || file.write("journal-folder = " + folder.toUtf8() + '\n') < 0)
            return {};
        return file.fileName();
    }

    QString cursorOf(const QByteArray &line)
    {
        return QJsonDocument::fromJson(line).object()[u"__CURSOR"].toString();
    }
}

class tst_LiveJournal : public QObject
{
    Q_OBJECT
private slots:
    void equalsJournalctl();
    void pagesBack();
    void patternsTimesAndNames();
    void refusals();
    void hostileEntries();
    void follows();
    void exports();
    void logFilesInstead();
    void nodesOnOneClock();

private:
    // An engine, and an agent that reads this journal.
    static bool start(ToolBench &bench, const TestJournal &journal)
    {
        if (!bench.fleet.startEngine())
            return false;
        bench.fleet.setAgentArguments(
            {u"--config"_s, configurationFor(bench.fleet.folder() + u"/agent.conf"_s, journal.folder())});
        return bench.fleet.startAgent();
    }
    JournalBatch query(JournalFeed &feed, const QString &node, const JournalQuery &query)
    {
        Answered<JournalBatch> answer;
        feed.query(node, query, this, answer.taker());
        m_problem = answer.wait() ? answer.problem
                                  : ShownError {.code = u"no answer"_s, .message = {}, .field = {}};
        return answer.value;
    }
    ShownError m_problem;
};

// [fleet-manager 8.16]
void tst_LiveJournal::equalsJournalctl()
{
    TestJournal journal;
    QList<TestEntry> entries;
    for (int i = 0; i < 60; ++i)
        entries << entry(i, i % 8, i % 3 == 0 ? "ssh.service" : "cron.service",
                         "line " + QByteArray::number(i));
    // What the manager says about the unit belongs to it, too.
    entries << TestEntry {kBegin + 61'000'000,
                          {{"MESSAGE", "ssh.service: Failed with result 'exit-code'."},
                           {"PRIORITY", "3"},
                           {"_PID", "1"},
                           {"UNIT", "ssh.service"},
                           {"_UID", "0"},
                           {"_SYSTEMD_UNIT", "init.scope"},
                           {"SYSLOG_IDENTIFIER", "systemd"}}};
    entries << TestEntry {
        kBegin + 62'000'000,
        {{"MESSAGE", "\xff\xfe no text\x1b[31m"}, {"PRIORITY", "2"}, {"_SYSTEMD_UNIT", "ssh.service"}}};
    QVERIFY(journal.append(entries));
    const QList<QByteArray> expected = journal.journalctl({u"-u"_s, u"ssh"_s, u"-p"_s, u"err"_s});
    QVERIFY(expected.size() > 8);

    ToolBench bench;
    QVERIFY(start(bench, journal));
    JournalFeed feed(bench.fleet.engine());
    const JournalBatch page
        = query(feed, bench.node(), {.filter = {.units = {u"ssh"_s}, .priority = 3}, .isWhole = true});
    QVERIFY2(m_problem.isEmpty(), qPrintable(m_problem.message));
    QVERIFY(!page.hasMore);
    QCOMPARE(page.entries.size(), expected.size());
    for (qsizetype i = 0; i < expected.size(); ++i) {
        const JournalEntry &got = page.entries[page.entries.size() - 1 - i]; // newest first
        const QJsonDocument same = QJsonDocument::fromJson(got.json());
        QCOMPARE(same, QJsonDocument::fromJson(expected[i])); // every field of every entry
        QCOMPARE(got.cursor, cursorOf(expected[i]));
    }
    QCOMPARE(page.entries[1].unit, u"ssh.service"_s); // the manager's, by what it is about
    QVERIFY(!page.entries[0].message.contains(u'\x1b')); // neutral for the screen
    QVERIFY(!bench.audited(u"flagbridge:OpenNodeTool"_s).isEmpty());
}

void tst_LiveJournal::pagesBack()
{
    TestJournal journal;
    QList<TestEntry> entries;
    for (int i = 0; i < 450; ++i)
        entries << entry(i, 6, "a.service", QByteArray::number(i));
    QVERIFY(journal.append(entries));
    ToolBench bench;
    QVERIFY(start(bench, journal));
    JournalFeed feed(bench.fleet.engine());
    const QList<QByteArray> expected = journal.journalctl({u"-r"_s});
    QStringList cursors;
    JournalQuery wish;
    for (int pages = 0; pages < 4; ++pages) {
        const JournalBatch page = query(feed, bench.node(), wish);
        QVERIFY2(m_problem.isEmpty(), qPrintable(m_problem.message));
        for (const JournalEntry &each : page.entries)
            cursors << each.cursor;
        if (!page.hasMore)
            break;
        QCOMPARE(page.entries.size(), 200);
        wish.before = page.entries.last().cursor;
    }
    QCOMPARE(cursors.size(), expected.size());
    for (qsizetype i = 0; i < expected.size(); ++i)
        QCOMPARE(cursors[i], cursorOf(expected[i]));
    // A bound holds on later pages too, where journalctl does not take it beside a cursor.
    JournalQuery bounded {.filter = {.since = fromMicros(kBegin + 400'000'000)}, .most = 30};
    const JournalBatch first = query(feed, bench.node(), bounded);
    QVERIFY(first.hasMore);
    bounded.before = first.entries.last().cursor;
    const JournalBatch last = query(feed, bench.node(), bounded);
    QCOMPARE(last.entries.size(), 20);
    QVERIFY(!last.hasMore);
    // One exactly full page says that there is no more.
    QVERIFY(!query(feed, bench.node(), {.filter = {.since = fromMicros(kBegin + 400'000'000)}, .most = 50})
                 .hasMore);
}

void tst_LiveJournal::patternsTimesAndNames()
{
    TestJournal journal;
    QVERIFY(journal.append({entry(0, 6, "a.service", "Disk full"), entry(1, 6, "b.service", "disk ok"),
                            entry(2, 4, "a.service", "10% left; rm -rf $(HOME)"),
                            entry(3, 6, "c@x-y.service", "end")}));
    ToolBench bench;
    QVERIFY(start(bench, journal));
    JournalFeed feed(bench.fleet.engine());
    const auto messages = [&](const JournalFilter &filter) {
        QStringList found;
        const JournalBatch page = query(feed, bench.node(), {.filter = filter});
        for (const JournalEntry &each : page.entries)
            found.prepend(each.message);
        return m_problem.isEmpty() ? found.join(u'|') : m_problem.message;
    };
    QCOMPARE(messages({.text = u"disk"_s}), u"Disk full|disk ok"_s);
    QCOMPARE(messages({.text = u"Disk"_s}), u"Disk full"_s); // a capital letter: case counts
    QCOMPARE(messages({.text = u"disk"_s, .matchCase = true}), u"disk ok"_s);
    QCOMPARE(messages({.text = u"\\$\\(HOME\\)$"_s}), u"10% left; rm -rf $(HOME)"_s);
    QCOMPARE(messages({.since = fromMicros(kBegin + 1'000'000), .until = fromMicros(kBegin + 2'000'000)}),
             u"disk ok|10% left; rm -rf $(HOME)"_s);
    QCOMPARE(messages({.units = {u"a.service"_s, u"c@x-y"_s}}), u"Disk full|10% left; rm -rf $(HOME)|end"_s);
    QCOMPARE(messages({.identifiers = {u"b"_s}}), u"disk ok"_s);
    QCOMPARE(messages({.boot = u"0123456789abcdef0123456789abcdef"_s, .text = u"end"_s}), u"end"_s);
    QVERIFY(messages({.boot = u"1123456789abcdef0123456789abcdef"_s}).contains(u"No such boot ID"));
    Answered<JournalPlace> answer;
    feed.place(bench.node(), true, this, answer.taker());
    QVERIFY(answer.wait() && answer.problem.isEmpty() && answer.value.hasJournal);
    QCOMPARE(answer.value.units, (QStringList {u"a.service"_s, u"b.service"_s, u"c@x-y.service"_s}));
    QCOMPARE(answer.value.identifiers, (QStringList {u"a"_s, u"b"_s, u"c@x-y"_s}));
    QCOMPARE(answer.value.boots.size(), 1);
    QCOMPARE(toMicros(answer.value.boots[0].last), kBegin + 3'000'000);
    QVERIFY(answer.value.clock.isKnown);
    QVERIFY(std::abs(answer.value.clock.ahead.count()) <= answer.value.clock.error.count() + 5'000'000);
}

void tst_LiveJournal::refusals()
{
    TestJournal journal;
    QVERIFY(journal.append({entry(0, 6, "a.service", "x")}));
    ToolBench bench;
    QVERIFY(start(bench, journal));
    JournalFeed feed(bench.fleet.engine());
    const auto refusal = [&](const JournalQuery &wish) {
        (void)query(feed, bench.node(), wish);
        return m_problem.code + u": "_s + m_problem.message;
    };
    QVERIFY(refusal({.filter = {.units = {u"ssh*"_s}}})
                .startsWith(u"ValidationException: \"ssh*\" is no name of a unit"));
    QVERIFY(refusal({.filter = {.units = {u"--file=/etc/shadow\n"_s}}}).startsWith(u"ValidationException"));
    QVERIFY(refusal({.filter = {.text = u"("_s}}).contains(u"missing closing parenthesis"));
    QVERIFY(refusal({.before = u"--since=1"_s}).contains(u"is no cursor"));
    QVERIFY(!refusal({.before = u"s=00;i=1"_s}).startsWith(u": ")); // one that this journal never gave
    QVERIFY(refusal({.most = 5000}).contains(u"1 to 1000"));
    QVERIFY(query(feed, bench.node(), {}).entries.size() == 1); // the channel lives on
    Answered<JournalEntry> answer;
    feed.entry(bench.node(), u"s=055b1b6f60614d539c68e8fd1db4f25a;i=1"_s, this, answer.taker());
    QVERIFY(answer.wait());
    QCOMPARE(answer.problem.code, u"DoesNotExistException"_s);
}

void tst_LiveJournal::hostileEntries()
{
    TestJournal journal;
    QVERIFY(journal.append(
        {entry(0, 3, "a.service", QByteArray(300'000, 'x')), // cut at 64 KiB, and said so
         entry(1, 3, "a.service", QByteArray("\0\x01\xc3\x28 \xe2\x80\xae", 8)),
         {kBegin + 2'000'000, {{"MESSAGE", "two"}, {"TWICE", "one"}, {"TWICE", "\xff"}, {"PRIORITY", "99"}}},
         {kBegin + 3'000'000, {{"PRIORITY", "3"}}}})); // without a message
    ToolBench bench;
    QVERIFY(start(bench, journal));
    JournalFeed feed(bench.fleet.engine());
    const JournalBatch page = query(feed, bench.node(), {});
    QVERIFY2(m_problem.isEmpty(), qPrintable(m_problem.message));
    QCOMPARE(page.entries.size(), 4);
    QCOMPARE(page.entries[0].message, QString());
    QCOMPARE(page.entries[1].priority, -1);
    QCOMPARE(page.entries[3].messageSize, 300'000);
    QVERIFY(page.entries[3].message.size() < 1000);
    for (const JournalEntry &each : page.entries) {
        QVERIFY(!each.message.contains(QChar(0)) && !each.message.contains(QChar(0x202e))
                && !each.message.contains(u'\x01'));
    }
    Answered<JournalEntry> answer;
    feed.entry(bench.node(), page.entries[3].cursor, this, answer.taker());
    QVERIFY(answer.wait() && answer.problem.isEmpty());
    const auto message = std::find_if(answer.value.fields.begin(), answer.value.fields.end(),
                                      [](const JournalField &field) { return field.name == u"MESSAGE"; });
    QVERIFY(message != answer.value.fields.end());
    QCOMPARE(message->value, QByteArray(64 * 1024, 'x'));
    QCOMPARE(message->size, 300'000);
    QVERIFY(answer.value.json().contains("\"__FLAGBRIDGE_CUT_FROM\":{\"MESSAGE\":300000}"));
    feed.entry(bench.node(), page.entries[1].cursor, this, answer.taker());
    QVERIFY(answer.wait() && answer.problem.isEmpty());
    QVERIFY(answer.value.json().contains("\"TWICE\":[\"one\",[255]]"));
}

void tst_LiveJournal::follows()
{
    TestJournal journal;
    QVERIFY(journal.append({entry(0, 6, "a.service", "before"), entry(1, 6, "b.service", "other")}));
    ToolBench bench;
    QVERIFY(start(bench, journal));
    JournalFeed feed(bench.fleet.engine());
    JournalFollow wish {.filter = {.units = {u"a"_s}},
                        .after
                        = query(feed, bench.node(), {.filter = {.units = {u"a"_s}}}).entries[0].cursor};
    QStringList seen;
    qint64 dropped = 0;
    const auto ask = [&] {
        Answered<JournalBatch> answer;
        feed.follow(bench.node(), wish, this, answer.taker());
        if (!answer.wait() || !answer.problem.isEmpty())
            return qWarning("%s", qPrintable(answer.problem.message));
        for (const JournalEntry &each : answer.value.entries) {
            seen << each.message;
            wish.after = each.cursor;
        }
        dropped += answer.value.dropped;
    };
    ask();
    QVERIFY(seen.isEmpty());
    QVERIFY(journal.append({entry(2, 6, "a.service", "first"), entry(3, 6, "b.service", "not this"),
                            entry(4, 6, "a.service", "second")}));
    QTRY_VERIFY_WITH_TIMEOUT((ask(), seen.size() >= 2), 20'000);
    QCOMPARE(seen, (QStringList {u"first"_s, u"second"_s}));
    // A flood: the newest come, and how many do not is said.
    QList<TestEntry> flood;
    for (int i = 0; i < 400; ++i)
        flood << entry(10 + i, 6, "a.service", "flood " + QByteArray::number(i));
    wish.most = 50;
    seen.clear();
    QVERIFY(journal.append(flood));
    QTRY_VERIFY_WITH_TIMEOUT((ask(), !seen.isEmpty() && seen.last() == u"flood 399"), 20'000);
    QCOMPARE(seen.size() + dropped, 400);
    // Where it broke off: with the cursor, a new process of the node goes on.
    feed.close(bench.node());
    seen.clear();
    QVERIFY(journal.append({entry(500, 6, "a.service", "after a cut")}));
    QTRY_VERIFY_WITH_TIMEOUT((ask(), !seen.isEmpty()), 20'000);
    QCOMPARE(seen, QStringList {u"after a cut"_s});
}

void tst_LiveJournal::exports()
{
    TestJournal journal;
    QList<TestEntry> entries;
    for (int i = 0; i < 450; ++i)
        entries << entry(i, i % 2 ? 3 : 6, "a.service", "line " + QByteArray::number(i));
    QVERIFY(journal.append(entries));
    ToolBench bench;
    QVERIFY(start(bench, journal));
    JournalFeed feed(bench.fleet.engine());
    const QList<QByteArray> expected = journal.journalctl({u"-r"_s, u"-p"_s, u"err"_s});
    const auto exported = [&](JournalExport::Form form) {
        const QString file = bench.fleet.folder() + u"/out"_s;
        JournalExport job(feed, {{bench.node(), u"web-01"_s, {}}}, {.priority = 3}, file, form);
        QSignalSpy finished(&job, &JournalExport::finished);
        job.start();
        if (!QTest::qWaitFor([&] { return !finished.isEmpty(); }, 30'000) || !finished[0][0].toBool()
            || job.isCut())
            return QList<QByteArray>();
        QFile out(file);
        QList<QByteArray> lines
            = out.open(QIODevice::ReadOnly) ? out.readAll().split('\n') : QList<QByteArray>();
        lines.removeAll(QByteArray());
        return lines;
    };
    const QList<QByteArray> json = exported(JournalExport::Form::JsonLines);
    QCOMPARE(json.size(), expected.size());
    for (qsizetype i = 0; i < json.size(); ++i)
        QCOMPARE(QJsonDocument::fromJson(json[i]), QJsonDocument::fromJson(expected[i]));
    const QList<QByteArray> text = exported(JournalExport::Form::Text);
    QCOMPARE(text.size(), expected.size());
    QVERIFY2(text[0].endsWith(" a[1449]: line 449"), text[0].constData());
}

void tst_LiveJournal::logFilesInstead()
{
    TestJournal journal; // a folder with nothing in it
    QVERIFY(QDir().mkpath(journal.folder()));
    ToolBench bench;
    QVERIFY(start(bench, journal));
    JournalFeed feed(bench.fleet.engine());
    JournalViewModel model(feed);
    model.setNodes({{bench.node(), u"web-01"_s}});
    model.setLooking(true);
    QTRY_COMPARE_WITH_TIMEOUT(model.state(), JournalViewModel::State::NoJournal, 20'000);
    const JournalPlace &place = model.node(0).place;
    QVERIFY2(place.why.contains(u"No journal files were found"), qPrintable(place.why));
    QDirIterator all(u"/var/log"_s, QDir::Files | QDir::NoSymLinks | QDir::Hidden);
    QVERIFY(all.hasNext()); // of dpkg, at least
    const QByteArray path = all.next().toUtf8();
    const auto found = std::find_if(place.files.begin(), place.files.end(),
                                    [&](const LogFileRow &file) { return file.path == path; });
    QVERIFY2(found != place.files.end(), path.constData());
    QVERIFY(found->size >= 0 && toMicros(found->modified) > 0);
}

// Two agents, two journals: one table in the order of time, live, and an agent that goes is said and comes back by itself.
void tst_LiveJournal::nodesOnOneClock()
{
    TestJournal even;
    TestJournal odd;
    QList<TestEntry> entries[2];
    for (int i = 0; i < 500; ++i)
        entries[i % 2] << entry(i, 6, "a.service", QByteArray::number(i));
    QVERIFY(even.append(entries[0]) && odd.append(entries[1]));
    ToolBench bench;
    QVERIFY(start(bench, even));
    bench.fleet.setAgentArguments(
        {u"--config"_s, configurationFor(bench.fleet.folder() + u"/odd.conf"_s, odd.folder())});
    QVERIFY(bench.fleet.startAgent(1));
    JournalFeed feed(bench.fleet.engine());
    JournalViewModel model(feed);
    model.setNodes({{bench.fleet.nodeId(0), u"even"_s}, {bench.fleet.nodeId(1), u"odd"_s}});
    model.table().sort(JournalColumns::Time, Qt::DescendingOrder);
    model.setLooking(true);
    const auto messageAt
        = [&](int row) { return model.table().index(row, JournalColumns::Message).data().toString(); };
    const auto isWhole = [&](int from) {
        for (int row = 0; row < model.table().rowCount(); ++row) {
            if (messageAt(row) != QString::number(from - row))
                return false;
        }
        return true;
    };
    QTRY_VERIFY_WITH_TIMEOUT(!model.isReading() && model.table().rowCount() >= 399, 30'000);
    QVERIFY(isWhole(499)); // no hole, nothing out of turn
    model.readOlder();
    QTRY_COMPARE_WITH_TIMEOUT(model.table().rowCount(), 500, 30'000);
    QVERIFY(isWhole(499) && !model.hasOlder());
    QVERIFY(odd.append({entry(501, 6, "a.service", "501")})
            && even.append({entry(500, 6, "a.service", "500")}));
    QTRY_COMPARE_WITH_TIMEOUT(model.table().rowCount(), 502, 30'000);
    QVERIFY(isWhole(501));
    QCOMPARE(model.dropped(), 0);
    bench.fleet.killAgent(1);
    QTRY_VERIFY_WITH_TIMEOUT(model.node(1).state != JournalViewModel::State::Live, 30'000);
    QVERIFY(even.append({entry(502, 6, "a.service", "502")})); // the other one goes on
    QTRY_COMPARE_WITH_TIMEOUT(model.table().rowCount(), 503, 30'000);
    QVERIFY(bench.fleet.startAgent(1));
    QVERIFY(odd.append({entry(503, 6, "a.service", "503")}));
    QTRY_COMPARE_WITH_TIMEOUT(model.table().rowCount(), 504, 30'000);
    QVERIFY(isWhole(503));
    QCOMPARE(model.node(1).state, JournalViewModel::State::Live);
}

FB_TEST(tst_LiveJournal)

}

#include "tst_live_journal.moc"
