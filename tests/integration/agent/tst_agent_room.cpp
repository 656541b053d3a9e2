// A node whose spool or log has no room: real agents, real floods, real full disks.

#include "tests/integration/agent/agent_fixture.h"
#include "tests/support/test_main.h"

#include <QFileInfo>
#include <QTest>

#include <sys/mount.h>
#include <sys/stat.h>

using namespace fb;
using namespace fb::test;
using namespace Qt::StringLiterals;

class tst_AgentRoom : public QObject
{
    Q_OBJECT

private slots:
    void aFullSpoolTakesCommandsAndWarns();
    void whatTheEngineHasGoesFirst();
    void aLogThatCannotBeWritten();
    void aFullLogPartition();
    void aFileThatWouldFillTheDisk();
};

namespace {
constexpr qint64 kMiB = 1024 * 1024;

QStringList with(const AgentFixture &f, const QStringList &more) { return f.registration() + more; }

// The newest value of a figure; -1: none came.
double figure(const ScriptEngine &engine, const std::string &name)
{
    for (auto report = engine.metrics.rbegin(); report != engine.metrics.rend(); ++report)
        for (const wire::MetricPoint &point : report->points())
            if (point.name() == name)
                return point.value();
    return -1;
}

// What it takes of the disk: holes take nothing.
qint64 diskBytes(const QString &path)
{
    struct stat status {
    };
    return ::stat(QFile::encodeName(path).constData(), &status) == 0 ? status.st_blocks * qint64(512) : 0;
}
}

// [R12] node spool full: no more than the quota lies on the disk, what is lost is named, commands go on, the engine is warned with figures
void tst_AgentRoom::aFullSpoolTakesCommandsAndWarns()
{
    AgentFixture f;
    f.engine.window = 0; // the engine takes no output
    QVERIFY(f.start(with(f, {u"--spool-limit"_s, u"2"_s})));
    f.engine.script(1, "head -c 30000000 /dev/zero | tr '\\0' x; echo end");
    QVERIFY(f.engine.wait([&] { return f.engine.hasResult(1); }, 30000));
    QVERIFY(f.engine.wait([&] { return figure(f.engine, "agent_spool_full") == 1; }));
    QCOMPARE(figure(f.engine, "agent_spool_limit"), double(2 * kMiB));
    QVERIFY(figure(f.engine, "agent_spool_bytes") >= double(kMiB));
    const qint64 held = diskBytes(f.workFolder(1) + u"/0.stdout"_s);
    QVERIFY2(held >= 2 * kMiB && held <= 4 * kMiB, QByteArray::number(held)); // and a look's distance
    const auto step = f.engine.result(1).steps(0);
    QCOMPARE(step.status(), std::string("Success"));
    QVERIFY(step.stdout_dropped() > 20'000'000);

    f.engine.script(2, "echo taken; exit 3"); // while it is full
    QVERIFY(f.engine.wait([&] { return f.engine.hasResult(2); }));
    QCOMPARE(f.engine.result(2).steps(0).response_code(), 3);

    f.engine.window = kMiB;
    f.engine
        .cut(); // it comes again, and all that is kept arrives, with what is missing named where it is missing
    QVERIFY(f.engine.wait([&] { return f.engine.outputEnded(1); }, 30000));
    const std::string output = f.engine.output(1);
    QCOMPARE(output.size(), size_t(step.stdout_size()));
    QVERIFY(output.find("bytes dropped]") != std::string::npos);
    QVERIFY(f.engine.wait([&] { return !QDir(f.workFolder(1)).exists(); }));
    f.engine.script(3, "head -c 100000 /dev/zero | tr '\\0' y");
    QVERIFY(f.engine.wait([&] { return f.engine.hasResult(3) && f.engine.outputEnded(3); }));
    QCOMPARE(f.engine.result(3).steps(0).stdout_dropped(), uint64_t(0));
    QCOMPARE(f.engine.output(3).size(), size_t(100'000));
}

// [R12] oldest first: what was delivered gives way before anything of a running command is dropped
void tst_AgentRoom::whatTheEngineHasGoesFirst()
{
    AgentFixture f;
    QVERIFY(f.start(with(f, {u"--spool-limit"_s, u"4"_s})));
    const QString go = f.folder.filePath(u"go"_s);
    f.engine.script(1,
                    "head -c 1900000 /dev/zero | tr '\\0' a; until [ -e " + go.toStdString()
                        + " ]; do sleep 0.1; done");
    QVERIFY(f.engine.wait([&] { return f.engine.output(1).size() == 1'900'000; }));
    const QString first = f.workFolder(1) + u"/0.stdout"_s;
    QVERIFY(diskBytes(first) > 1'800'000); // delivered, and still whole
    f.engine.window = 0; // of the next
    f.engine.script(2, "for i in $(seq 35); do head -c 100000 /dev/zero | tr '\\0' b; sleep 0.03; done");
    QVERIFY(f.engine.wait([&] { return f.engine.hasResult(2); }, 30000));
    QCOMPARE(f.engine.result(2).steps(0).stdout_size(), uint64_t(3'500'000));
    QCOMPARE(f.engine.result(2).steps(0).stdout_dropped(), uint64_t(0));
    QVERIFY2(diskBytes(first) < 200'000, QByteArray::number(diskBytes(first)));
    QFile file(go);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QVERIFY(f.engine.wait([&] { return f.engine.hasResult(1); }));
    QCOMPARE(f.engine.result(1).status(), std::string("Success"));
    f.engine.window = kMiB;
    f.engine.cut();
    QVERIFY(f.engine.wait([&] { return f.engine.outputEnded(2); }, 30000));
    QCOMPARE(f.engine.output(2), std::string(3'500'000, 'b'));
}

// [R12] log partition full, where nothing can be mounted: every line of the agent's log meets "No space left on device"
void tst_AgentRoom::aLogThatCannotBeWritten()
{
    AgentFixture f;
    f.agent = std::make_unique<TestProcess>(f.installed, f.registration(), f.environment, u"/dev/full"_s);
    QVERIFY(f.engine.wait([&] { return f.engine.isConnected(); }));
    QVERIFY(f.engine.wait([&] { return figure(f.engine, "agent_log_full") == 1; }));
    QVERIFY(figure(f.engine, "agent_log_lost") >= 1);
    f.engine.script(1, "echo goes on");
    QVERIFY(f.engine.wait([&] { return f.engine.hasResult(1) && f.engine.outputEnded(1); }));
    QCOMPARE(f.engine.output(1), std::string("goes on\n"));
    QVERIFY(f.agent->process().state() == QProcess::Running);
}

// [R12] log partition full on a node: its quota is never passed, the agent goes on, says so, and says how much was lost once there is room
void tst_AgentRoom::aFullLogPartition()
{
    if (::geteuid() != 0)
        QSKIP("a small filesystem needs root to be mounted");
    QTemporaryDir mountPoint;
    const QByteArray path = QFile::encodeName(mountPoint.path());
    if (::mount("tmpfs", path.constData(), "tmpfs", 0, "size=512k,mode=0700") != 0)
        QSKIP("tmpfs cannot be mounted here");
    {
        AgentFixture f;
        const QString log = mountPoint.filePath(u"agent.log"_s);
        QFile filler(mountPoint.filePath(u"filler"_s));
        QVERIFY(filler.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
        while (filler.write(QByteArray(4096, 'f')) == 4096) { }
        QVERIFY(f.start(with(f, {u"--log-file"_s, log})));
        QVERIFY(f.engine.wait([&] { return figure(f.engine, "agent_log_full") == 1; }));
        QCOMPARE(figure(f.engine, "agent_log_limit"), double(256 * 1024));
        f.engine.script(1, "echo goes on");
        QVERIFY(f.engine.wait([&] { return f.engine.hasResult(1) && f.engine.outputEnded(1); }));
        QCOMPARE(f.engine.output(1), std::string("goes on\n"));
        filler.resize(0);
        f.engine.cut(); // there is something to log
        QVERIFY(f.engine.wait(
            [&] { return f.engine.isConnected() && figure(f.engine, "agent_log_full") == 0; }, 30000));
        QVERIFY(f.read(log).contains("lines of this log were lost: No space left on device]"));
        QVERIFY(f.read(log).contains("connected to "));
    }
    ::umount2(path.constData(), MNT_DETACH);
}

// [R12] files that orders bring, too: one that would leave no room is not fetched, and the step says why
void tst_AgentRoom::aFileThatWouldFillTheDisk()
{
    if (::geteuid() != 0)
        QSKIP("a small filesystem needs root to be mounted");
    QTemporaryDir mountPoint;
    const QByteArray path = QFile::encodeName(mountPoint.path());
    if (::mount("tmpfs", path.constData(), "tmpfs", 0, "size=48m,mode=0700") != 0)
        QSKIP("tmpfs cannot be mounted here");
    {
        AgentFixture f(mountPoint.filePath(u"state"_s));
        QVERIFY(f.start());
        wire::Attachment attachment;
        attachment.set_name("large");
        attachment.set_sha256(std::string(32, 'h'));
        attachment.set_size(40ull * 1024 * 1024);
        f.engine.attachments = {attachment};
        f.engine.script(1, "echo never");
        QVERIFY(f.engine.wait([&] { return f.engine.hasResult(1); }));
        QCOMPARE(f.engine.result(1).status(), std::string("Failed"));
        QVERIFY2(f.engine.result(1).trace().find("it has 41943040 bytes; the disk of ") != std::string::npos,
                 f.engine.result(1).trace().c_str());
        QVERIFY(f.engine.filesAsked.empty());
    }
    ::umount2(path.constData(), MNT_DETACH);
}

FB_TEST(tst_AgentRoom)
#include "tst_agent_room.moc"
