// What an agent leaves on its machine: files and their modes, identity, registration, renewal, a full disk.

#include "tests/integration/agent/agent_fixture.h"
#include "tests/support/test_main.h"

#include <QDirIterator>
#include <QTest>

#include <fcntl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace fb;
using namespace fb::test;

class tst_Machine : public QObject
{
    Q_OBJECT
private slots:
    void modesUnderOpenUmask();
    void plantedLinks();
    void lostAnswerGivesTheSameNode();
    void wrongCaSendsNothing();
    void refusedByTheEngine();
    void codeFromAFile();
    void registerAndUnregister();
    void wrongArguments_data();
    void wrongArguments();
    void oneAgentAFolder();
    void renewal();
    void damagedCertificate();
    void damagedLedger();
    void fullDisk();
    void spoolWithoutASupervisor();
    void memoryAndIdle();

private:
    static QByteArray run(const QStringList &arguments, int *exitCode, const QByteArray &input = {})
    {
        QProcess process;
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(AgentFixture::program(), arguments);
        process.write(input);
        process.closeWriteChannel();
        process.waitForFinished(20000);
        *exitCode = process.exitCode();
        return process.readAll();
    }
};

void tst_Machine::modesUnderOpenUmask() // [N05] every inode
{
    const mode_t before = ::umask(0);
    AgentFixture f;
    const bool started = f.start();
    ::umask(before);
    QVERIFY(started);
    f.engine.script(1, "echo out; echo err >&2; sleep 2");
    QVERIFY(f.engine.wait([&] { return !f.engine.output(1).empty(); }));
    int inodes = 0;
    QSet<QString> names;
    QDirIterator it(f.state, QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot,
                    QDirIterator::Subdirectories);
    while (it.hasNext()) {
        const QString path = it.next();
        struct stat status {
        };
        if (::lstat(QFile::encodeName(path).constData(), &status) != 0)
            continue; // a temporary name that has gone
        const mode_t mode = status.st_mode & 07777;
        const mode_t expected = S_ISDIR(status.st_mode) || path.endsWith(u"/_script.sh"_qs) ? 0700 : 0600;
        QVERIFY2(mode == expected, qPrintable(path + u" has mode "_qs + QString::number(mode, 8)));
        names.insert(it.fileName());
        ++inodes;
    }
    for (const QString &name : {u"node.pair"_qs, u"node.conf"_qs, u"ledger.sqlite"_qs, u"order.pb"_qs,
                                u"sock"_qs, u"0.stdout"_qs, u"_script.sh"_qs, u"lock"_qs, u"fingerprint"_qs})
        QVERIFY2(names.contains(name), qPrintable(name));
    QVERIFY(inodes >= 12);
    struct stat status {
    };
    QCOMPARE(::stat(QFile::encodeName(f.state).constData(), &status), 0);
    QCOMPARE(status.st_mode & 07777u, 0700u);
}

void tst_Machine::plantedLinks() // [N03]
{
    QTemporaryDir elsewhere;
    // The folder itself is a link: refused.
    {
        AgentFixture f;
        QVERIFY(QFile::link(elsewhere.path(), f.state));
        int code = 0;
        const QByteArray text = run(f.registration(), &code);
        QVERIFY(code != 0);
        QVERIFY2(text.contains("cannot open the folder"), text);
        QVERIFY(QDir(elsewhere.path()).isEmpty());
    }
    // A folder of somebody else: refused.
    if (::geteuid() == 0) {
        AgentFixture f;
        QVERIFY(QDir().mkpath(f.state));
        QCOMPARE(::chown(QFile::encodeName(f.state).constData(), 65534, 65534), 0);
        int code = 0;
        QVERIFY(run(f.registration(), &code).contains("belongs to user 65534"));
        QVERIFY(code != 0);
    }
    // Links planted under the names of its files are replaced or refused, never written through.
    AgentFixture f;
    QVERIFY(QDir().mkpath(f.state));
    const QString victim = elsewhere.filePath(QStringLiteral("victim"));
    QFile file(victim);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("precious");
    file.close();
    for (const char *name :
         {"node.pair", ".node.pair.new", "node.conf", ".fingerprint.new", "enrolment.pending"})
        QVERIFY(QFile::link(victim, f.state + u'/' + QLatin1String(name)));
    f.agent = std::make_unique<TestProcess>(AgentFixture::program(), f.registration());
    (void)f.engine.wait([&] { return f.engine.isConnected(); }, 3000);
    QCOMPARE(f.read(victim), QByteArray("precious"));
}

void tst_Machine::lostAnswerGivesTheSameNode() // fleet-manager B3.1 step 7
{
    AgentFixture f;
    f.engine.dropEnrolAnswer = true;
    f.agent = std::make_unique<TestProcess>(AgentFixture::program(), f.registration());
    QVERIFY(f.engine.wait([&] { return f.engine.enrolments == 1; }));
    const std::string nonce = f.engine.enrolRequest.nonce();
    const std::string csr = f.engine.enrolRequest.csr_der();
    f.kill(); // and the agent dies before it tries again
    QVERIFY(f.start());
    QCOMPARE(f.engine.enrolments, 2);
    QCOMPARE(f.engine.enrolRequest.nonce(), nonce);
    QCOMPARE(f.engine.enrolRequest.nonce().size(), size_t(16));
    // The same key: the requests differ in their random signature (and so in their outer length) alone.
    QCOMPARE(f.engine.enrolRequest.csr_der().substr(12, 80), csr.substr(12, 80));
    QVERIFY(!QFile::exists(f.state + u"/enrolment.pending"_qs));
}

void tst_Machine::wrongCaSendsNothing() // [fleet-manager B8.9]
{
    AgentFixture f;
    QStringList arguments = f.registration();
    arguments.last() = QString(64, u'a');
    f.agent = std::make_unique<TestProcess>(AgentFixture::program(), arguments);
    QVERIFY(f.engine.wait([&] { return f.agent->waitForExit(1); }));
    QCOMPARE(f.agent->process().exitCode(), 3);
    const QByteArray text = f.agent->process().readAllStandardError();
    QVERIFY2(text.contains("engine identity differs"), text);
    QVERIFY(text.contains(QByteArray(64, 'a')));
    QVERIFY(text.contains(f.engine.caSha256().toLatin1()));
    QCOMPARE(f.engine.enrolments, 0);
    QVERIFY(!QFile::exists(f.state + u"/node.conf"_qs));
}

void tst_Machine::refusedByTheEngine()
{
    AgentFixture f;
    f.engine.enrolError = "InvalidActivation";
    f.agent = std::make_unique<TestProcess>(AgentFixture::program(), f.registration());
    QVERIFY(f.engine.wait([&] { return f.agent->waitForExit(1); }));
    QCOMPARE(f.agent->process().exitCode(), 3);
    QVERIFY(f.agent->process().readAllStandardError().contains("limit 2 reached"));
    QCOMPARE(f.engine.enrolments, 1); // not tried again and again
}

void tst_Machine::codeFromAFile()
{
    AgentFixture f;
    QStringList arguments = f.registration();
    const qsizetype at = arguments.indexOf(QStringLiteral("--activation-code"));
    const QString path = f.folder.filePath(QStringLiteral("code"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("the-secret-code\n");
    file.close();
    arguments[at] = QStringLiteral("--activation-code-file");
    arguments[at + 1] = path;
    QVERIFY(f.start(arguments));
    QCOMPARE(f.engine.enrolRequest.activation_code(), std::string("the-secret-code"));
    QCOMPARE(AgentFixture::processesWith("the-secret-code"), QList<qint64>());
}

void tst_Machine::registerAndUnregister()
{
    AgentFixture f;
    const auto call = [&](const QStringList &arguments) {
        f.agent = std::make_unique<TestProcess>(AgentFixture::program(), arguments);
        (void)f.engine.wait([&] { return f.agent->waitForExit(1); });
        return f.agent->process().exitCode();
    };
    QCOMPARE(call(QStringList {QStringLiteral("register")} + f.registration()), 0);
    QCOMPARE(f.engine.enrolments, 1);
    const QByteArray first = f.read(f.state + u"/node.conf"_qs);
    QVERIFY(!first.isEmpty());
    QCOMPARE(call(QStringList {QStringLiteral("register")} + f.registration()), 2);
    QVERIFY(f.agent->process().readAllStandardError().contains("--force"));
    QCOMPARE(f.read(f.state + u"/node.conf"_qs), first);
    QCOMPARE(call(QStringList {QStringLiteral("register")} + f.registration()
                  + QStringList {QStringLiteral("--force"), QStringLiteral("-y")}),
             0);
    QCOMPARE(f.engine.enrolments, 2);
    QVERIFY(f.read(f.state + u"/node.conf"_qs) != first); // another node
    QVERIFY(f.again());
    f.agent->terminate();
    QVERIFY(f.engine.wait([&] { return f.agent->waitForExit(1); }));
    QCOMPARE(call({QStringLiteral("unregister"), QStringLiteral("--state"), f.state}), 0);
    QVERIFY(!QFile::exists(f.state + u"/node.pair"_qs));
    QCOMPARE(call({QStringLiteral("--state"), f.state}), 2);
    QVERIFY(f.agent->process().readAllStandardError().contains("not registered yet"));
}

void tst_Machine::wrongArguments_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("names");
    QTest::addRow("none") << QStringList() << QByteArray("--state");
    QTest::addRow("unknown command") << QStringList {u"launch"_qs} << QByteArray("launch");
    QTest::addRow("unknown option") << QStringList {u"--state"_qs, u"/nonexistent-fb/x"_qs, u"--frob"_qs}
                                    << QByteArray("--frob");
    QTest::addRow("value missing") << QStringList {u"--state"_qs} << QByteArray("--state");
    QTest::addRow("half a registration")
        << QStringList {u"--state=/nonexistent-fb/x"_qs, u"--engine=wss://h/agent/v1"_qs}
        << QByteArray("--activation-id");
}

void tst_Machine::wrongArguments()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, names);
    int code = 0;
    const QByteArray text = run(arguments, &code);
    QCOMPARE(code, 2);
    QVERIFY2(text.contains(names), text);
    QVERIFY(text.contains("--help"));
}

void tst_Machine::oneAgentAFolder()
{
    AgentFixture f;
    QVERIFY(f.start());
    int code = 0;
    const QByteArray text = run({QStringLiteral("--state"), f.state}, &code);
    QVERIFY(code != 0);
    QVERIFY2(text.contains("another agent uses"), text);
}

void tst_Machine::renewal() // fleet-manager B3.3
{
    AgentFixture f;
    f.engine.renewOnWelcome = true;
    QVERIFY(f.start());
    f.engine.script(1, "echo before; sleep 3; echo after");
    QVERIFY(f.engine.wait([&] { return f.engine.connections == 2 && f.engine.isConnected(); }));
    QVERIFY(f.engine.serials[0] != f.engine.serials[1]);
    QVERIFY(f.engine.wait(
        [&] { return !QFile::exists(f.state + u"/next.pair"_qs); })); // proven: it has replaced the old one
    QVERIFY(f.engine.wait(
        [&] { return f.engine.hasResult(1) && f.engine.outputEnded(1); })); // nothing was dropped
    QCOMPARE(f.engine.output(1), std::string("before\nafter\n"));
    f.kill();
    QVERIFY(f.again());
    QCOMPARE(f.engine.serials.back(), f.engine.serials[1]);
    QVERIFY(!QFile::exists(f.state + u"/renewal.key"_qs));
}

void tst_Machine::damagedCertificate() // fleet-manager B7
{
    AgentFixture f;
    QVERIFY(f.start());
    f.kill();
    QFile file(f.state + u"/node.pair"_qs);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("key=AAAA\ncertificate=!!!\n");
    file.close();
    int code = 0;
    const QByteArray text = run({QStringLiteral("--state"), f.state}, &code);
    QVERIFY(code != 0);
    QVERIFY2(text.contains("damaged") && text.contains("register --force"), text);
    QCOMPARE(QDir(f.state).entryList({QStringLiteral("node.pair.damaged-*")}).size(), 1); // kept aside
    QCOMPARE(f.engine.enrolments, 1); // not registered by itself
}

void tst_Machine::damagedLedger() // protocol-notes 14
{
    AgentFixture f;
    QVERIFY(f.start());
    f.engine.settles = false;
    const std::string counter = f.folder.filePath(QStringLiteral("counter")).toStdString();
    f.engine.script(1, "echo run >> " + counter + "; sleep 2; echo done");
    QVERIFY(f.engine.wait([&] { return QFile::exists(QString::fromStdString(counter)); }));
    f.kill();
    QFile file(f.state + u"/ledger.sqlite"_qs);
    QVERIFY(file.open(QIODevice::ReadWrite));
    file.write(QByteArray(8192, '\x5a'));
    file.close();
    QFile::remove(f.state + u"/ledger.sqlite-wal"_qs);
    f.engine.settles = true;
    QVERIFY(f.again());
    QCOMPARE(QDir(f.state).entryList({QStringLiteral("ledger.sqlite.corrupt-*")}).size(), 1);
    QVERIFY(f.engine.wait([&] { return f.engine.hasResult(1); }));
    QCOMPARE(f.engine.result(1).status(), std::string("Success"));
    QCOMPARE(f.read(QString::fromStdString(counter)),
             QByteArray("run\n")); // the engine sent it again; it did not run again
}

void tst_Machine::
    fullDisk() // run-command 7: the step fails with the system's words, the result goes out, the agent stays up
{
    if (::geteuid() != 0)
        QSKIP("a small filesystem needs root to be mounted");
    QTemporaryDir mountPoint;
    const QByteArray path = QFile::encodeName(mountPoint.path());
    if (::mount("tmpfs", path.constData(), "tmpfs", 0, "size=96m,mode=0700") != 0)
        QSKIP("tmpfs cannot be mounted here");
    {
        AgentFixture f(mountPoint.filePath(QStringLiteral("state")));
        QVERIFY(f.start());
        QVERIFY(f.engine.wait([&] { return QFile::exists(f.state + u"/reserve"_qs); }));
        const QString filler = mountPoint.filePath(QStringLiteral("filler"));
        f.engine.script(1,
                        "cat /dev/zero > " + filler.toStdString()
                            + " 2>/dev/null; head -c 20000000 /dev/zero | tr '\\0' x; exit 0");
        QVERIFY(f.engine.wait([&] { return f.engine.hasResult(1); }, 30000));
        const auto step = f.engine.result(1).steps(0);
        QCOMPARE(step.status(), std::string("Failed"));
        QVERIFY2(step.note().find("No space left on device") != std::string::npos, step.note().c_str());
        QVERIFY(f.agent->process().state() == QProcess::Running);
        QFile::remove(filler);
        f.engine.script(2, "echo again");
        QVERIFY(f.engine.wait([&] { return f.engine.hasResult(2); }, 20000));
        QCOMPARE(f.engine.result(2).status(), std::string("Success"));
    }
    ::umount2(path.constData(), MNT_DETACH);
}

// The bound of the spool holds also while nobody counts: a script that prints while its supervisor is away does not fill the disk.
void tst_Machine::spoolWithoutASupervisor()
{
    if (::geteuid() != 0)
        QSKIP("a small filesystem needs root to be mounted");
    QTemporaryDir mountPoint;
    const QByteArray path = QFile::encodeName(mountPoint.path());
    if (::mount("tmpfs", path.constData(), "tmpfs", 0, "size=200m,mode=0700") != 0)
        QSKIP("tmpfs cannot be mounted here");
    {
        AgentFixture f(mountPoint.filePath(QStringLiteral("state")));
        QVERIFY(f.start());
        const QString go = f.folder.filePath(QStringLiteral("go"));
        f.engine.script(1,
                        "until [ -e " + go.toStdString()
                            + " ]; do sleep 0.05; done; head -c 60000000 /dev/zero | tr '\\0' x; echo end");
        QVERIFY(f.engine.wait([&] { return f.engine.hasStarted(1); }));
        f.kill();
        QFile file(go);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QVERIFY(f.engine.wait([&] { return QFile::exists(f.workFolder(1) + u"/result.pb"_qs); }, 60000));
        constexpr qint64 kMiB = 1024 * 1024;
        const qint64 kept = QFileInfo(f.workFolder(1) + u"/0.stdout"_qs).size();
        QVERIFY2(kept >= 4 * kMiB && kept <= 6 * kMiB,
                 QByteArray::number(kept)); // 2 % of 200 MiB, and a look's distance
        QVERIFY(f.again());
        QVERIFY(f.engine.wait([&] { return f.engine.hasResult(1) && f.engine.outputEnded(1); }, 30000));
        const auto step = f.engine.result(1).steps(0);
        QCOMPARE(step.status(), std::string("Success"));
        QVERIFY(step.stdout_dropped() > 50'000'000);
        QVERIFY(f.engine.output(1).find("[spool bound reached, ") != std::string::npos);
        f.engine.script(2, "echo again");
        QVERIFY(f.engine.wait([&] { return f.engine.hasResult(2) && f.engine.outputEnded(2); }, 20000));
        QCOMPARE(f.engine.output(2), std::string("again\n"));
    }
    ::umount2(path.constData(), MNT_DETACH);
}

void tst_Machine::memoryAndIdle()
{
    AgentFixture f;
    QVERIFY(f.start());
    f.engine.script(1, "echo hi");
    QVERIFY(f.engine.wait([&] { return f.engine.hasResult(1); }));
    const auto ticks = [&] {
        const QByteArrayList fields = f.read(QStringLiteral("/proc/%1/stat").arg(f.agent->pid()))
                                          .split(')')
                                          .last()
                                          .trimmed()
                                          .split(' ');
        return fields.value(11).toLongLong() + fields.value(12).toLongLong();
    };
    const qint64 before = ticks();
    f.engine.waitFor(3000);
    QVERIFY2(ticks() - before
                 <= 30, // of 300: it sleeps, no polling and no busy timers, on a loaded machine too
             QByteArray::number(ticks() - before));
    qint64 pss = 0;
    for (const QByteArray &line :
         f.read(QStringLiteral("/proc/%1/smaps_rollup").arg(f.agent->pid())).split('\n'))
        if (line.startsWith("Pss:"))
            pss = line.mid(4).trimmed().split(' ').value(0).toLongLong();
    qInfo("PSS %lld KiB", static_cast<long long>(pss));
#ifdef NDEBUG // the budget is of the program that users run
    QVERIFY2(pss < 10 * 1024, QByteArray::number(pss));
#endif
}

FB_TEST(tst_Machine)
#include "tst_machine.moc"
