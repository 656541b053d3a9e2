// The tool "processes" on a real agent: what runs, what ends, and what is refused.
#include "tests/integration/tools/tool_bench.h"
#include "tests/support/test_main.h"

#include "backend/base/qt_text.h"
#include "models/nodes/tools/process_feed.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

namespace fb::test {

using namespace Qt::StringLiterals;

class tst_LiveProcesses : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void listsWhatRuns();
    void terminatesOne();
    void aReusedPidIsAnotherProcess();
    void terminatesATree();
    void startsAndRenices();
    void startsAsAnotherUser();
    void refusesWhatKeepsTheNodeAlive();
    void hostileNames();
    void theNodeGoesAndComesBack();
    void aToolThatIsNotThere();

private:
    std::optional<ProcessRow> find(quint32 pid); // in a fresh list
    ProcessDeed deedFor(const ProcessRow &row, int signal, bool tree = false) const
    {
        return {.kind = tree ? ProcessDeed::Kind::SignalTree : ProcessDeed::Kind::Signal,
                .pid = row.pid,
                .startTicks = row.startTicks,
                .signal = signal};
    }
    Answered<ProcessOutcome> perform(const ProcessDeed &deed);
    static bool runs(qint64 pid) { return QFile::exists(u"/proc/%1/stat"_s.arg(pid)) && !isZombie(pid); }
    static bool isZombie(qint64 pid)
    {
        QFile file(u"/proc/%1/stat"_s.arg(pid));
        if (!file.open(QIODevice::ReadOnly))
            return false;
        const QByteArray line = file.readAll();
        return line.mid(line.lastIndexOf(')') + 2).startsWith('Z');
    }

    std::unique_ptr<ToolBench> m_bench;
    std::unique_ptr<ProcessFeed> m_feed;
    ProcessSnapshot m_list;
};

void tst_LiveProcesses::init()
{
    m_bench = std::make_unique<ToolBench>();
    QVERIFY(m_bench->start());
    m_feed = std::make_unique<ProcessFeed>(m_bench->fleet.engine());
}

void tst_LiveProcesses::cleanup()
{
    m_feed.reset();
    m_bench.reset();
}

std::optional<ProcessRow> tst_LiveProcesses::find(quint32 pid)
{
    Answered<ProcessSnapshot> list;
    m_feed->list(m_bench->node(), this, list.taker());
    if (!list.wait() || !list.problem.isEmpty()) {
        qWarning() << list.problem.code << list.problem.message;
        return std::nullopt;
    }
    m_list = list.value;
    for (const ProcessRow &row : m_list.processes) {
        if (row.pid == pid)
            return row;
    }
    return std::nullopt;
}

Answered<ProcessOutcome> tst_LiveProcesses::perform(const ProcessDeed &deed)
{
    Answered<ProcessOutcome> done;
    m_feed->perform(m_bench->node(), deed, this, done.taker());
    (void)done.wait();
    return done;
}

void tst_LiveProcesses::listsWhatRuns()
{
    QProcess busy;
    busy.start(u"/bin/sh"_s, {u"-c"_s, u"while :; do :; done"_s});
    QVERIFY(busy.waitForStarted());
    auto row = find(static_cast<quint32>(busy.processId()));
    QVERIFY(row);
    QVERIFY(!row->cpuPercent); // a share needs two samples
    QCOMPARE(row->name, u"sh"_s);
    QVERIFY2(row->commandLine.contains(u"while :"), qPrintable(row->commandLine));
    QCOMPARE(row->parent, static_cast<quint32>(QCoreApplication::applicationPid()));
    QVERIFY(row->residentBytes > 0 && row->threads == 1);
    QVERIFY(m_list.total >= m_list.processes.size() && m_list.cpuCount >= 1);
    QVERIFY(toMicros(row->started) > 1'600'000'000'000'000);
    QTRY_VERIFY_WITH_TIMEOUT((row = find(static_cast<quint32>(busy.processId()))) && row->cpuPercent
                                 && *row->cpuPercent > 0,
                             20'000);
    busy.kill();
    busy.waitForFinished();
    const QList<AuditEntry> opened = m_bench->audited(u"flagbridge:OpenNodeTool"_s);
    QVERIFY(!opened.isEmpty());
    QCOMPARE(opened.first().diff[u"Object"_s].toString(), u"FleetTool/processes"_s);
    QVERIFY(opened.first().target.endsWith(m_bench->node()));
}

// [fleet-manager 8.11]
void tst_LiveProcesses::terminatesOne()
{
    QProcess sleeper;
    sleeper.start(u"/bin/sleep"_s, {u"1000"_s});
    QVERIFY(sleeper.waitForStarted());
    const qint64 pid = sleeper.processId();
    const auto row = find(static_cast<quint32>(pid));
    QVERIFY(row);
    const auto done = perform(deedFor(*row, SIGTERM));
    QVERIFY2(done.problem.isEmpty(), qPrintable(done.problem.message));
    QCOMPARE(done.value.sent, 1);
    QTRY_COMPARE(sleeper.state(), QProcess::NotRunning);
    QVERIFY(!find(static_cast<quint32>(pid)));
    const QList<AuditEntry> entries = m_bench->audited(u"flagbridge:SignalProcess"_s);
    QCOMPARE(entries.size(), 1);
    const AuditEntry &entry = entries.first();
    QVERIFY(!entry.who.name.isEmpty());
    QVERIFY(entry.target.endsWith(m_bench->node()));
    QCOMPARE(entry.result, u"Success"_s);
    QCOMPARE(entry.diff[u"Object"_s].toString(), u"process %1 (sleep)"_s.arg(pid));
    QCOMPARE(entry.diff[u"Signal"_s].toInt(), SIGTERM);
}

// [fleet-manager 8.11]: the same number with another start is not the one that was meant.
void tst_LiveProcesses::aReusedPidIsAnotherProcess()
{
    QProcess sleeper;
    sleeper.start(u"/bin/sleep"_s, {u"1000"_s});
    QVERIFY(sleeper.waitForStarted());
    auto row = find(static_cast<quint32>(sleeper.processId()));
    QVERIFY(row);
    row->startTicks -= 7; // of an earlier holder of the number
    for (const bool tree : {false, true}) {
        const auto refused = perform(deedFor(*row, SIGKILL, tree));
        QVERIFY(refused.came);
        QCOMPARE(refused.problem.code, u"DoesNotExistException"_s);
        QCOMPARE(refused.problem.message, u"The process has ended."_s);
    }
    QCOMPARE(sleeper.state(), QProcess::Running);
    QCOMPARE(m_bench->audited(u"flagbridge:SignalProcess"_s).first().result, u"DoesNotExistException"_s);
    sleeper.kill();
    sleeper.waitForFinished();
}

// [fleet-manager 8.11]
void tst_LiveProcesses::terminatesATree()
{
    QProcess shell;
    shell.start(u"/bin/sh"_s, {u"-c"_s, u"sleep 9999 & sleep 9999; true"_s});
    QVERIFY(shell.waitForStarted());
    const auto root = static_cast<quint32>(shell.processId());
    QList<quint32> all;
    QTRY_VERIFY_WITH_TIMEOUT(
        [&] {
            all.clear();
            if (!find(root))
                return false;
            for (const ProcessRow &row : std::as_const(m_list.processes)) {
                if (row.pid == root || row.parent == root)
                    all << row.pid;
            }
            return all.size() == 3;
        }(),
        20'000);
    const auto done = perform(deedFor(*find(root), SIGTERM, true));
    QVERIFY2(done.problem.isEmpty(), qPrintable(done.problem.message));
    QCOMPARE(done.value.sent, 3);
    QVERIFY(done.value.failures.isEmpty());
    QTRY_COMPARE(shell.state(), QProcess::NotRunning);
    for (const quint32 pid : std::as_const(all))
        QTRY_VERIFY2(!runs(pid), qPrintable(QString::number(pid)));
    const AuditEntry entry = m_bench->audited(u"flagbridge:SignalProcessTree"_s).first();
    QCOMPARE(entry.diff[u"Sent"_s].toInt(), 3);
}

void tst_LiveProcesses::startsAndRenices()
{
    QTemporaryDir folder;
    const QString marker = folder.filePath(u"a b; touch c"_s);
    ProcessDeed start {.kind = ProcessDeed::Kind::Start};
    start.program = u"sh"_s;
    start.arguments = {u"-c"_s, u"echo \"$PWD\" > \"$0\"; exec sleep 9999"_s, marker};
    start.folder = folder.path();
    const auto started = perform(start);
    QVERIFY2(started.problem.isEmpty(), qPrintable(started.problem.message));
    QVERIFY(started.value.startedPid > 1);
    QTRY_VERIFY(QFile::exists(marker)); // arguments arrive as they are, whatever is in them
    const auto written = [&marker] {
        QFile file(marker);
        return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed() : QByteArray();
    };
    QTRY_COMPARE(written(), folder.path().toUtf8());

    std::optional<ProcessRow> row;
    QTRY_VERIFY((row = find(started.value.startedPid)) && row->name == u"sleep");
    ProcessDeed nicer {
        .kind = ProcessDeed::Kind::Priority, .pid = row->pid, .startTicks = row->startTicks, .nice = 7};
    QVERIFY(perform(nicer).problem.isEmpty());
    QCOMPARE(find(row->pid)->nice, 7);
    const AuditEntry entry = m_bench->audited(u"flagbridge:SetProcessPriority"_s).first();
    QCOMPARE(entry.diff[u"Before"_s].toString(), u"0"_s);
    QCOMPARE(entry.diff[u"After"_s].toString(), u"7"_s);

    // It is nobody's child: it lives on when the channel is closed.
    m_feed->close(m_bench->node());
    QVERIFY(find(row->pid));
    QVERIFY(perform(deedFor(*row, SIGKILL)).problem.isEmpty());
    QTRY_VERIFY(!runs(row->pid));

    start.program = u"no-such-program-here"_s;
    QCOMPARE(perform(start).problem.code, u"DoesNotExistException"_s);
    start.program = u"../bin/sh"_s;
    QCOMPARE(perform(start).problem.code, u"ValidationException"_s);
    start.program = u"/bin/sh"_s;
    start.user = u"nobody-of-that-name"_s;
    QCOMPARE(perform(start).problem.code, u"DoesNotExistException"_s);
}

void tst_LiveProcesses::startsAsAnotherUser()
{
    if (::getuid() != 0)
        QSKIP("only root may start a process as somebody else");
    QTemporaryDir folder;
    QVERIFY(folder.isValid());
    QVERIFY(QFile::setPermissions(folder.path(), QFile::Permissions(0x7777)));
    ProcessDeed start {.kind = ProcessDeed::Kind::Start};
    start.program = u"/bin/sh"_s;
    start.arguments = {u"-c"_s, u"pwd > where.tmp && id -un >> where.tmp && mv where.tmp where"_s};
    start.folder = folder.path();
    start.user = u"nobody"_s;
    QVERIFY(perform(start).problem.isEmpty());
    QFile where(folder.filePath(u"where"_s));
    QTRY_VERIFY(where.exists());
    QVERIFY(where.open(QIODevice::ReadOnly));
    QCOMPARE(where.readAll(), folder.path().toUtf8() + "\nnobody\n");

    // What does not begin is not told as begun.
    QVERIFY(QDir(folder.path()).mkdir(u"closed"_s));
    QVERIFY(QFile::setPermissions(folder.filePath(u"closed"_s), QFile::Permissions(0x7700)));
    start.folder = folder.filePath(u"closed"_s);
    Answered<ProcessOutcome> refused = perform(start);
    QCOMPARE(refused.problem.code, u"RefusedByNode"_s);
    QVERIFY2(refused.problem.message.contains(start.folder), qPrintable(refused.problem.message));
    QFile script(folder.filePath(u"script"_s));
    QVERIFY(script.open(QIODevice::WriteOnly) && script.write("#!/bin/sh\n") > 0);
    script.close();
    QVERIFY(script.setPermissions(QFile::Permissions(0x7700)));
    start.folder = folder.path();
    start.program = script.fileName();
    refused = perform(start);
    QCOMPARE(refused.problem.code, u"RefusedByNode"_s);
    QVERIFY2(refused.problem.message.contains(u"Permission denied"_s), qPrintable(refused.problem.message));
}

void tst_LiveProcesses::refusesWhatKeepsTheNodeAlive()
{
    QVERIFY(find(1) || !m_list.processes.isEmpty());
    QList<ProcessRow> guarded;
    for (const ProcessRow &row : std::as_const(m_list.processes)) {
        if (!row.guarded.isEmpty())
            guarded << row;
    }
    const auto isAgent = [](const ProcessRow &row) { return row.guarded == u"agent"; };
    // The supervisor and the tool's own process at least.
    QVERIFY(std::count_if(guarded.begin(), guarded.end(), isAgent) >= 2);
    QVERIFY(std::any_of(guarded.begin(), guarded.end(),
                        [](const ProcessRow &row) { return row.pid == 1 && row.guarded == u"first"; }));
    for (const ProcessRow &row : std::as_const(guarded)) {
        for (const bool tree : {false, true}) {
            const auto refused = perform(deedFor(row, SIGCONT, tree)); // harmless, should it not be refused
            if (!QFile::exists(u"/proc/%1"_s.arg(row.pid))) // another test's agent, which has ended
                continue;
            QCOMPARE(refused.problem.code, u"RefusedByNode"_s);
        }
    }
    ProcessRow first = *find(1);
    QCOMPARE(perform(deedFor(first, 0)).problem.code, u"ValidationException"_s); // no signal
    QCOMPARE(perform(deedFor(first, 4000)).problem.code, u"ValidationException"_s);
}

// A process calls itself what it likes; on the screen it is one line without escapes. Also of 15 bytes that are no UTF-8.
void tst_LiveProcesses::hostileNames()
{
    QTemporaryDir folder;
    const QByteArray name = "\x1b[31m\n) S 1 \xff";
    const QByteArray path = folder.path().toUtf8() + '/' + name;
    QVERIFY(QFile::copy(u"/bin/sleep"_s, folder.filePath(u"sleep"_s)));
    QCOMPARE(::rename((folder.path().toUtf8() + "/sleep").constData(), path.constData()), 0);
    const pid_t pid = ::fork();
    if (pid == 0) {
        ::execl(path.constData(), "\x1b]0;title\a\n\xfe", "9999", nullptr);
        ::_exit(127);
    }
    std::optional<ProcessRow> row;
    QTRY_VERIFY((row = find(static_cast<quint32>(pid))) && row->name.contains(u"[31m"));
    QCOMPARE(row->parent,
             static_cast<quint32>(QCoreApplication::applicationPid())); // not what the name claims
    for (const QString &text : {row->name, row->commandLine}) {
        for (const QChar c : text)
            QVERIFY2(c.isPrint(), qPrintable(text));
    }
    QVERIFY2(row->name.startsWith(u"\\x1b[31m\\n"), qPrintable(row->name));
    QVERIFY(perform(deedFor(*row, SIGKILL)).problem.isEmpty());
    int status = 0;
    QCOMPARE(::waitpid(pid, &status, 0), pid);
    ::unlink(path.constData()); // a name that QTemporaryDir cannot say
    const AuditEntry entry = m_bench->audited(u"flagbridge:SignalProcess"_s).first();
    QVERIFY(!entry.diff[u"Object"_s].toString().contains(u'\x1b'));
}

void tst_LiveProcesses::theNodeGoesAndComesBack()
{
    QVERIFY(find(1));
    m_bench->fleet.killAgent();
    Answered<ProcessSnapshot> list;
    QTRY_VERIFY_WITH_TIMEOUT(
        [&] {
            m_feed->list(m_bench->node(), this, list.taker());
            return list.wait() && !list.problem.isEmpty();
        }(),
        20'000);
    QCOMPARE(list.problem.code, QString::fromLatin1(kNotConnected));
    QVERIFY(m_bench->fleet.startAgent());
    QTRY_VERIFY_WITH_TIMEOUT(find(1), 20'000);
}

// [fleet-manager 8.17]
void tst_LiveProcesses::aToolThatIsNotThere()
{
    const auto refused
        = m_bench->fleet.ask([node = m_bench->node()](Engine &engine) -> Result<ToolChannelId> {
              return engine.tools().open(engine.owner(), toId<NodeId>(node), u"registry"_s);
          });
    QVERIFY(!refused);
    QVERIFY(refused.error().code == errors::kUnsupportedPlatformType);
    QCOMPARE(toQString(refused.error().message), u"registry is not supported on Linux."_s);
}

FB_TEST(tst_LiveProcesses)

}

#include "tst_live_processes.moc"
