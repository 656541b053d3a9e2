#include "backend/base/qt_text.h"
#include "backend/core/time_text.h"
#include "tests/support/test_main.h"
#include "tests/unit/runcommand/command_bench.h"

#include <QDirIterator>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace fb;
using test::CommandBench;
using test::FakeFleet;

namespace {
// A node's stream of one step's standard output, as the agent sends it: from where the engine wants it, under its credit.
class SendingStream
{
public:
    SendingStream(CommandBench &bench, const NodeId &node, const CommandId &command, QByteArray bytes)
        : m_bench(bench),
          m_node(node),
          m_order(bench.fleet.orderOf(node, command.text())->id),
          m_bytes(std::move(bytes))
    {
        open();
    }

    void open() // on a new connection
    {
        static quint64 next = 0;
        m_id = {.connection = ++next, .number = next};
        wire::ExecParams params;
        params.set_order_id(m_order);
        params.set_attempt(1);
        params.set_step_index(0);
        m_bench.service->outputs().streamOpened(m_id, m_node, OutputStream::StandardOutput, params);
        m_next = channel().receiveFrom;
        m_received = 0;
    }
    test::FakeOutputChannel::Stream &channel() { return m_bench.outputChannel.streams[m_id]; }
    // As much as credit allows, `most` at once; false when there is nothing left or no credit.
    bool send(uint64_t most = 32 * 1024)
    {
        const uint64_t count
            = std::min({most, channel().granted - m_received, uint64_t(m_bytes.size()) - m_next});
        if (count == 0)
            return false;
        m_bench.service->outputs().streamData(m_id, m_next, m_bytes.mid(qsizetype(m_next), qsizetype(count)));
        m_next += count;
        m_received += count;
        return true;
    }
    void finish()
    {
        wire::Fin fin;
        fin.set_final_offset(static_cast<uint64_t>(m_bytes.size()));
        m_bench.service->outputs().streamFinished(m_id, fin);
    }
    void lose() { m_bench.service->outputs().streamLost(m_id); }
    bool isAtEnd() const { return m_next == uint64_t(m_bytes.size()); }

private:
    CommandBench &m_bench;
    NodeId m_node;
    std::string m_order;
    QByteArray m_bytes;
    OutputStreamId m_id;
    uint64_t m_next = 0;
    uint64_t m_received = 0;
};

QByteArray pattern(qsizetype size) // so that a missing or doubled piece shows
{
    QByteArray bytes;
    bytes.reserve(size + 16);
    for (int line = 0; bytes.size() < size; ++line)
        bytes += QByteArray::number(line).rightJustified(9, '0') + '\n';
    bytes.truncate(size);
    return bytes;
}

QByteArray readAll(CommandBench &bench, const CommandId &command, const NodeId &node)
{
    QByteArray all;
    while (true) {
        const auto future = bench.service->readOutput(bench.admin, command, toQString(node), 0,
                                                      OutputStream::StandardOutput, all.size(), 1024 * 1024);
        if (!QTest::qWaitFor([&] { return future.isFinished(); }, 10000) || !future.result())
            return "unreadable";
        if (future.result()->bytes.isEmpty())
            return all;
        all += future.result()->bytes;
    }
}
}

class tst_OutputRecorder : public QObject
{
    Q_OBJECT

private slots:
    void shownAtOnceAcknowledgedWhenDurable_data() { test::addDatabaseRows(); }
    void shownAtOnceAcknowledgedWhenDurable();
    void longOutputIsWhole_data() { test::addDatabaseRows(); }
    void longOutputIsWhole();
    void resumesWhereItIsDurable_data() { test::addDatabaseRows(); }
    void resumesWhereItIsDurable();
    void headOfTheResultComesFirst();
    void apiCutsLongOutput();
    void theMarkSaysWhetherMoreWasPrinted();
    void listSharesTheRoom();
    void streamOfAnotherNodeIsRefused();
    void keepsNoMoreThanTheLimit();
    void floodIsBoundedByCredit();
    void removedWithItsCommand();
    void removedToMakeRoom_data() { test::addDatabaseRows(); }
    void removedToMakeRoom();
    void anOpenOutputStays();
    void killedInTheRemoval_data();
    void killedInTheRemoval();
    void leftUnsealedIsSealedAtTheStart();
    void whoSendsIsWarned();

private:
    // One whose output has ended and is sealed.
    static Command endedWith(CommandBench &bench, const QByteArray &bytes)
    {
        const Command sent = runningOn(bench);
        SendingStream stream(bench, CommandBench::node(1), sent.commandId, bytes);
        while (stream.send()) { }
        stream.finish();
        bench.fleet.finishAll(FakeFleet::result("Success", 0, bytes.left(24'000).toStdString()));
        bench.run();
        bench.service->outputs().flush();
        const bool isSealed = QTest::qWaitFor(
            [&] {
                return !bench.artifacts->oldest(bench.database->reader(), ArtifactKind::Output, 1)->isEmpty();
            },
            10'000);
        stream.lose();
        bench.commit();
        return isSealed ? sent : Command();
    }
    static StoredOutput stored(CommandBench &bench, const Command &sent)
    {
        return bench.service->stepsOf(bench.admin, sent.commandId, toQString(CommandBench::node(1)))
            ->first()
            .standardOutput;
    }
    static Result<RemovedArtifacts> removeOldest(CommandBench &bench, qint64 bytes)
    {
        return bench.database->write(
            [&](Transaction &tx) { return bench.service->outputs().removeOldest(tx, bytes); });
    }
    static Command runningOn(CommandBench &bench, int nodes = 1)
    {
        bench.addNodes(nodes);
        const Command sent = bench.send(bench.toAll(u"100%"_s));
        bench.run();
        return sent;
    }
};

void tst_OutputRecorder::shownAtOnceAcknowledgedWhenDurable()
{
    QFETCH(QString, database);
    CommandBench bench(database);
    const Command sent = runningOn(bench);
    QSignalSpy shown(bench.service.get(), &RunCommandService::outputArrived);
    SendingStream stream(bench, CommandBench::node(1), sent.commandId, "hello\n");
    QVERIFY(stream.send());
    QCOMPARE(shown.size(), 1); // before anything is stored
    QCOMPARE(shown[0][0].value<CommandId>(), sent.commandId);
    QCOMPARE(shown[0][5].toByteArray(), QByteArray("hello\n"));
    QCOMPARE(stream.channel().acknowledged, uint64_t(0));
    bench.service->outputs().flush();
    QCOMPARE(stream.channel().acknowledged, uint64_t(0)); // written, not committed
    bench.commit();
    QCOMPARE(stream.channel().acknowledged, uint64_t(6));
    QCOMPARE(bench.service->outputs().waitingBytes(), 0);
    QCOMPARE(bench.result(sent.commandId, CommandBench::node(1)).standardOutput,
             QString()); // until the step has ended
    QCOMPARE(readAll(bench, sent.commandId, CommandBench::node(1)), QByteArray("hello\n"));
}

void tst_OutputRecorder::longOutputIsWhole()
{
    QFETCH(QString, database);
    CommandBench bench(database);
    const Command sent = runningOn(bench);
    const QByteArray bytes = pattern(3'000'000);
    SendingStream stream(bench, CommandBench::node(1), sent.commandId, bytes);
    QVERIFY(QTest::qWaitFor(
        [&] {
            while (stream.send()) { }
            return stream.isAtEnd();
        },
        20'000));
    stream.finish();
    bench.service->outputs().flush();
    QTRY_COMPARE_WITH_TIMEOUT(stream.channel().acknowledged, uint64_t(bytes.size()), 10'000);
    QCOMPARE(readAll(bench, sent.commandId, CommandBench::node(1)), bytes);
    QTRY_COMPARE_WITH_TIMEOUT(bench.service->outputs().waitingBytes(), 0, 5000);
}

void tst_OutputRecorder::resumesWhereItIsDurable()
{
    QFETCH(QString, database);
    CommandBench bench(database);
    const Command sent = runningOn(bench);
    const QByteArray bytes = pattern(100'000);
    SendingStream stream(bench, CommandBench::node(1), sent.commandId, bytes);
    QVERIFY(stream.send(5000)); // in the row
    bench.service->outputs().flush();
    bench.commit();
    QCOMPARE(stream.channel().acknowledged, uint64_t(5000));
    QVERIFY(stream.send(3000)); // arrived, but the engine dies
    bench.kill(CommandBench::Kill::BeforeCommit);
    stream.open();
    QCOMPARE(stream.channel().receiveFrom, uint64_t(5000));
    QVERIFY(stream.send(40'000)); // an artifact now
    bench.service->outputs().flush();
    bench.commit();
    QTRY_COMPARE_WITH_TIMEOUT(stream.channel().acknowledged, uint64_t(45'000), 10'000);
    QVERIFY(stream.send(20'000));
    bench.kill(CommandBench::Kill::AfterCommit);
    stream.open();
    QVERIFY(stream.channel().receiveFrom >= 45'000); // nothing acknowledged is lost
    while (stream.send()) { }
    QVERIFY(stream.isAtEnd());
    stream.lose(); // and once more in one engine's life
    stream.open();
    while (stream.send()) { }
    stream.finish();
    bench.service->outputs().flush();
    QTRY_COMPARE_WITH_TIMEOUT(stream.channel().acknowledged, uint64_t(bytes.size()), 10'000);
    QCOMPARE(readAll(bench, sent.commandId, CommandBench::node(1)), bytes);
}

void tst_OutputRecorder::headOfTheResultComesFirst()
{
    CommandBench bench(u"sqlite"_s);
    const Command sent = runningOn(bench);
    const NodeId node = CommandBench::node(1);
    const std::string output = pattern(12'000).toStdString();
    SendingStream stream(bench, node, sent.commandId, QByteArray::fromStdString(output));
    QVERIFY(stream.send(1000));
    bench.fleet.finishAll(FakeFleet::result("Success", 0, output));
    bench.run();
    QCOMPARE(toStd(bench.result(sent.commandId, node).standardOutput),
             output); // whole, though the stream is not
    while (stream.send()) { } // repeats what is known already
    stream.finish();
    bench.service->outputs().flush();
    QTRY_COMPARE_WITH_TIMEOUT(stream.channel().acknowledged, uint64_t(12'000), 10'000);
    QCOMPARE(readAll(bench, sent.commandId, node).toStdString(), output);
}

// [run-command 8.13] engine side
void tst_OutputRecorder::apiCutsLongOutput()
{
    CommandBench bench(u"sqlite"_s);
    const Command sent = runningOn(bench);
    const NodeId node = CommandBench::node(1);
    const QByteArray bytes(30'000, 'x');
    SendingStream stream(bench, node, sent.commandId, bytes);
    while (stream.send()) { }
    stream.finish();
    bench.fleet.finishAll(FakeFleet::result("Success", 0, bytes.toStdString()));
    bench.run();
    const QString shown = bench.result(sent.commandId, node).standardOutput;
    QCOMPARE(shown.size(), 24'000);
    QVERIFY(shown.endsWith(u"--output truncated--"_s));
    QCOMPARE(readAll(bench, sent.commandId, node).size(), 30'000);
}

// The step has ended, and its stream has not: what came with its result is not all that it printed, and is not shown as such.
void tst_OutputRecorder::theMarkSaysWhetherMoreWasPrinted()
{
    CommandBench bench(u"sqlite"_s);
    const Command sent = runningOn(bench);
    const NodeId node = CommandBench::node(1);
    const QByteArray bytes = QByteArray("\xe2\x82\xac").repeated(10'000); // characters of three bytes
    SendingStream stream(bench, node, sent.commandId, bytes);
    QVERIFY(stream.send(300));
    QVERIFY(bench.result(sent.commandId, node).standardOutput.isEmpty()); // it has not ended
    wire::OrderResult result = FakeFleet::result("Failed", 1, bytes.left(24'000).toStdString());
    result.mutable_steps(0)->set_stdout_size(30'000);
    result.mutable_steps(0)->set_stderr_head(std::string(8'000, 'e'));
    result.mutable_steps(0)->set_stderr_size(8'001);
    result.mutable_steps(0)->set_note("out of time");
    bench.fleet.finishAll(result);
    bench.run();
    const InvocationResult meanwhile = bench.result(sent.commandId, node);
    QCOMPARE(meanwhile.standardOutput, QString(8'000, QChar(0x20ac)) + u"--output truncated--"_s);
    QVERIFY(meanwhile.standardError.endsWith(u"e--output truncated--out of time"_s));
    QCOMPARE(meanwhile.standardError.size(), 8'000);
    while (stream.send()) { }
    stream.finish();
    QCOMPARE(bench.result(sent.commandId, node).standardOutput,
             QString(10'000, QChar(0x20ac))); // and is whole
    bench.service->outputs().flush();
    QTRY_COMPARE_WITH_TIMEOUT(stream.channel().acknowledged, uint64_t(30'000), 10'000);
    QCOMPARE(bench.result(sent.commandId, node).standardOutput, QString(10'000, QChar(0x20ac)));
}

// [run-command 8.13] 10,000 to both streams
void tst_OutputRecorder::listSharesTheRoom()
{
    CommandBench bench(u"sqlite"_s);
    const Command sent = runningOn(bench);
    wire::OrderResult result = FakeFleet::result("Success", 0, std::string(10'000, 'o'));
    result.mutable_steps(0)->set_stderr_head(std::string(8'000, 'e'));
    result.mutable_steps(0)->set_stderr_size(10'000);
    bench.fleet.finishAll(result);
    bench.run();
    const auto page = bench.service->listCommandInvocations(
        bench.admin, {.commandId = toQString(sent.commandId), .details = true});
    QVERIFY(page);
    const QString output = page->invocations.first().plugins.first().output;
    QVERIFY(output.size() <= 2500);
    QVERIFY(output.contains(u"---Output truncated---"_s) && output.contains(u"---Error truncated----"_s));
}

// [T05] a node that opens another's stream
void tst_OutputRecorder::streamOfAnotherNodeIsRefused()
{
    CommandBench bench(u"sqlite"_s);
    const Command sent = runningOn(bench, 2);
    wire::ExecParams params;
    params.set_order_id(bench.fleet.orderOf(CommandBench::node(1), sent.commandId.text())->id);
    params.set_step_index(0);
    const OutputStreamId id {.connection = 900, .number = 900};
    bench.service->outputs().streamOpened(id, CommandBench::node(2), OutputStream::StandardOutput, params);
    QVERIFY(bench.outputChannel.streams[id].refused);
    params.set_step_index(100'000);
    bench.service->outputs().streamOpened(id, CommandBench::node(1), OutputStream::StandardOutput, params);
    QVERIFY(bench.outputChannel.streams[id].refused);
}

void tst_OutputRecorder::keepsNoMoreThanTheLimit()
{
    RunCommandSettings settings;
    settings.output.mostBytes = 50'000;
    CommandBench bench(u"sqlite"_s, settings);
    const Command sent = runningOn(bench);
    const QByteArray bytes = pattern(120'000);
    SendingStream stream(bench, CommandBench::node(1), sent.commandId, bytes);
    QVERIFY(QTest::qWaitFor(
        [&] {
            while (stream.send()) { }
            return stream.isAtEnd(); // the script is never held up by the limit
        },
        10'000));
    stream.finish();
    bench.service->outputs().flush();
    bench.commit();
    QCOMPARE(readAll(bench, sent.commandId, CommandBench::node(1)), bytes.left(50'000));
    const auto steps = bench.service->stepsOf(bench.admin, sent.commandId, toQString(CommandBench::node(1)));
    QVERIFY(steps);
    QCOMPARE(steps->first().standardOutput.dropped, 70'000);
}

// [R14] engine side: however much nodes could send, what waits in memory stays under the budget, and all goes on when the disk does
void tst_OutputRecorder::floodIsBoundedByCredit()
{
    RunCommandSettings settings;
    settings.output.window = 64 * 1024;
    settings.output.smallWindow = 8 * 1024;
    settings.output.budget = 1024 * 1024;
    CommandBench bench(u"sqlite"_s, settings);
    const int nodes = 40;
    const Command sent = runningOn(bench, nodes);
    const QByteArray bytes = pattern(300'000);
    std::vector<std::unique_ptr<SendingStream>> streams;
    for (int i = 1; i <= nodes; ++i)
        streams.push_back(
            std::make_unique<SendingStream>(bench, CommandBench::node(i), sent.commandId, bytes));
    for (auto &stream : streams) { // nothing is stored meanwhile: the senders run dry
        while (stream->send()) { }
    }
    const int64_t bound = settings.output.budget + nodes * settings.output.window;
    QVERIFY(bench.service->outputs().waitingBytes() > 0);
    QVERIFY(bench.service->outputs().waitingBytes() <= bound);
    int64_t most = 0;
    const bool allSent = QTest::qWaitFor(
        [&] {
            bool done = true;
            for (auto &stream : streams) {
                while (stream->send()) { }
                done = done && stream->isAtEnd();
            }
            most = std::max(most, bench.service->outputs().waitingBytes());
            return done;
        },
        60'000);
    QVERIFY(allSent);
    QVERIFY2(most <= bound, qPrintable(QString::number(most)));
    for (auto &stream : streams)
        stream->finish();
    bench.service->outputs().flush();
    QTRY_COMPARE_WITH_TIMEOUT(bench.service->outputs().waitingBytes(), 0, 20'000);
    QCOMPARE(readAll(bench, sent.commandId, CommandBench::node(nodes)), bytes);
}

void tst_OutputRecorder::removedWithItsCommand()
{
    CommandBench bench(u"sqlite"_s);
    const Command sent = runningOn(bench);
    SendingStream stream(bench, CommandBench::node(1), sent.commandId, pattern(20'000));
    while (stream.send()) { }
    stream.finish();
    bench.fleet.finishAll(FakeFleet::result("Success", 0));
    bench.run();
    bench.service->outputs().flush();
    QTRY_COMPARE_WITH_TIMEOUT(bench.service->outputs().waitingBytes(), 0, 10'000);
    QCOMPARE(*bench.service->removeExpired(), 0); // 30 days
    bench.database.clock.advance(std::chrono::hours(24 * 31));
    QCOMPARE(*bench.service->removeExpired(), 1);
    bench.commit();
    for (const auto &table : {u"run_command"_s, u"run_command_invocation"_s, u"run_command_step"_s,
                              u"run_command_content"_s, u"artifact"_s})
        QCOMPARE(*bench.database->reader().number(u"SELECT count(*) FROM %1"_s.arg(table)), 0);
}

// [R12] the first bytes stay, and say when the rest went
void tst_OutputRecorder::removedToMakeRoom()
{
    QFETCH(QString, database);
    CommandBench bench(database);
    const QByteArray bytes = pattern(100'000);
    const Command sent = endedWith(bench, bytes);
    QVERIFY(!sent.commandId.isEmpty());
    QCOMPARE(readAll(bench, sent.commandId, CommandBench::node(1)), bytes);
    const auto removed = removeOldest(bench, 1);
    QVERIFY(removed);
    QCOMPARE(removed->count, 1);
    QCOMPARE(removed->bytes, 100'000);
    bench.commit();
    const Instant at = bench.database.clock.now();
    for (int round = 0; round < 2; ++round) {
        const StoredOutput output = stored(bench, sent);
        QCOMPARE(output.removedAt, std::optional(at));
        QVERIFY(output.artifact.isEmpty());
        QCOMPARE(output.length, 100'000); // as much as it was
        QCOMPARE(readAll(bench, sent.commandId, CommandBench::node(1)), bytes.left(8192));
        const QString shown = bench.result(sent.commandId, CommandBench::node(1)).standardOutput;
        QVERIFY(shown.startsWith(QString::fromLatin1(bytes.left(8000))));
        QVERIFY(shown.endsWith(
            u"--output truncated--\n[removed to make room at %1]\n"_s.arg(toQString(toIso8601Millis(at)))));
        const auto page = bench.service->listCommandInvocations(
            bench.admin, {.commandId = toQString(sent.commandId), .details = true});
        QVERIFY(page->invocations.first().plugins.first().output.endsWith(u"---Output truncated---"_s));
        bench.restart();
    }
    QCOMPARE(removeOldest(bench, 1)->count, 0);
}

// [R12] never one that is written, and what comes after a removal is stored as ever
void tst_OutputRecorder::anOpenOutputStays()
{
    CommandBench bench(u"sqlite"_s);
    const Command sent = runningOn(bench);
    const QByteArray bytes = pattern(100'000);
    SendingStream stream(bench, CommandBench::node(1), sent.commandId, bytes);
    QVERIFY(stream.send(40'000));
    bench.service->outputs().flush();
    QTRY_COMPARE_WITH_TIMEOUT(stream.channel().acknowledged, uint64_t(40'000), 10'000);
    QCOMPARE(removeOldest(bench, 1'000'000)->count, 0);
    while (stream.send()) { }
    stream.finish();
    bench.service->outputs().flush();
    QTRY_COMPARE_WITH_TIMEOUT(stream.channel().acknowledged, uint64_t(bytes.size()), 10'000);
    QCOMPARE(readAll(bench, sent.commandId, CommandBench::node(1)), bytes);
    QTRY_VERIFY(!bench.artifacts->oldest(bench.database->reader(), ArtifactKind::Output, 1)->isEmpty());
    QCOMPARE(removeOldest(bench, 1)->count, 1); // its stream is still there
    bench.commit();
    stream.finish(); // says its end once more
    bench.service->outputs().flush();
    bench.commit();
    QVERIFY(stored(bench, sent).artifact.isEmpty() && stored(bench, sent).removedAt);
    QCOMPARE(readAll(bench, sent.commandId, CommandBench::node(1)), bytes.left(8192));
}

void tst_OutputRecorder::killedInTheRemoval_data()
{
    QTest::addColumn<QString>("database");
    QTest::addColumn<CommandBench::Kill>("kill");
    for (const auto &database : {u"sqlite"_s, u"postgres"_s}) {
        QTest::addRow("[R12] before it is kept, %s", qPrintable(database))
            << database << CommandBench::Kill::BeforeCommit;
        QTest::addRow("[R12] after, its bytes still there, %s", qPrintable(database))
            << database << CommandBench::Kill::AfterCommit;
    }
}

// Whole or removed, and no bytes that belong to nobody.
void tst_OutputRecorder::killedInTheRemoval()
{
    QFETCH(QString, database);
    QFETCH(CommandBench::Kill, kill);
    CommandBench bench(database);
    const QByteArray bytes = pattern(50'000);
    const Command sent = endedWith(bench, bytes);
    QVERIFY(!sent.commandId.isEmpty());
    QCOMPARE(removeOldest(bench, 1)->count, 1);
    bench.kill(kill);
    const bool isKept = kill == CommandBench::Kill::BeforeCommit;
    QCOMPARE(readAll(bench, sent.commandId, CommandBench::node(1)), isKept ? bytes : bytes.left(8192));
    QCOMPARE(stored(bench, sent).removedAt.has_value(), !isKept);
    const auto files = [&] {
        qsizetype count = 0;
        QDirIterator all(bench.database.dataDir() + u"/artifacts"_s, QDir::Files,
                         QDirIterator::Subdirectories);
        while (all.hasNext()) {
            all.next();
            ++count;
        }
        return count;
    };
    QTRY_COMPARE(files(), database == u"sqlite"_s && isKept ? 1 : 0);
}

// [R12] what a killed engine has left unsealed would never make room
void tst_OutputRecorder::leftUnsealedIsSealedAtTheStart()
{
    CommandBench bench(u"postgres"_s);
    const QByteArray bytes = pattern(50'000);
    const Command sent = endedWith(bench, bytes);
    QVERIFY(bench.database->write([](Transaction &tx) {
        return tx.execute(u"UPDATE artifact SET state = 'open', sha256 = '', sealed_at = NULL"_s, {});
    }));
    bench.commit();
    QVERIFY(bench.artifacts->oldest(bench.database->reader(), ArtifactKind::Output, 1)->isEmpty());
    bench.restart();
    QTRY_VERIFY(!bench.artifacts->oldest(bench.database->reader(), ArtifactKind::Output, 1)->isEmpty());
    QCOMPARE(readAll(bench, sent.commandId, CommandBench::node(1)), bytes);
}

// [R12] taken all the same
void tst_OutputRecorder::whoSendsIsWarned()
{
    CommandBench bench(u"sqlite"_s);
    bench.addNodes(1);
    QCOMPARE(bench.trySend(bench.toAll())->warnings, QStringList());
    bench.spaceWarning = u"no room"_s;
    const auto sent = bench.trySend(bench.toAll());
    QVERIFY(sent);
    QCOMPARE(sent->warnings, QStringList {u"no room"_s});
    QCOMPARE(bench.command(sent->commandId).warnings, QStringList()); // told once
}

FB_TEST(tst_OutputRecorder)
#include "tst_output_recorder.moc"
