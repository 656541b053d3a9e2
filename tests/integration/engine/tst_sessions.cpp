#include "tests/support/test_fleet.h"
#include "tests/support/test_main.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTcpServer>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace fb::test;
using namespace Qt::StringLiterals;

// A shell on a real agent through `flagbridge-engine shell`.
class tst_Sessions : public QObject
{
    Q_OBJECT

private slots:
    void shell();
    void offlineNode();
    void withoutATerminal();
    void commandsOnATerminal();
    void sshAndScp();
    void sshProxySaysWhyNot();

private:
    static QByteArray readUntil(TestProcess &process, const QByteArray &wanted, int milliseconds = 15000)
    {
        QByteArray all;
        eventually(
            [&] {
                process.process().waitForReadyRead(50);
                all += process.process().readAllStandardOutput();
                return all.contains(wanted);
            },
            milliseconds);
        return all;
    }
};

// A terminal of its own, and its exit ends the session; the console's half of session-manager 8.1 comes with the console's terminal.
void tst_Sessions::shell()
{
    TestFleet fleet;
    QVERIFY(fleet.startEngine());
    QVERIFY(fleet.startAgent(u"a"_s, fleet.createActivation()));
    QVERIFY(fleet.waitForOnline(1));
    const QString id = fleet.nodes()[0][u"InstanceId"].toString();
    TestProcess shell(QString::fromUtf8(FB_BIN_DIR) + u"/flagbridge-engine"_s,
                      {u"shell"_s, u"--data"_s, fleet.dataDir(), u"--node"_s, id});
    shell.process().write("tty; stty size; echo term=$TERM\n");
    const QByteArray shown = readUntil(shell, "term=xterm-256color");
    QVERIFY2(shown.contains("/dev/pts/"), shown.constData());
    QVERIFY2(shown.contains("24 80"), shown.constData());
    shell.process().write("exit 7\n");
    QVERIFY(shell.waitForExit(15000));
    QCOMPARE(shell.process().exitCode(), 0);
    const QByteArray ended = shell.process().readAllStandardError();
    QVERIFY2(ended.contains("exited 7"), ended.constData());
}

// [session-manager 8.24] the start is refused, and says why
void tst_Sessions::offlineNode()
{
    TestFleet fleet;
    QVERIFY(fleet.startEngine());
    QVERIFY(fleet.startAgent(u"a"_s, fleet.createActivation()));
    QVERIFY(fleet.waitForOnline(1));
    const QString id = fleet.nodes()[0][u"InstanceId"].toString();
    fleet.stopAgent(u"a"_s);
    QVERIFY(fleet.waitForOnline(0));
    const CommandRun run = fleet.call({u"shell"_s, u"--node"_s, id});
    QCOMPARE(run.exitCode, 3);
    QVERIFY2(run.standardError.contains("TargetNotConnected"), run.standardError.constData());
}

// [session-manager 8.16]
void tst_Sessions::withoutATerminal()
{
    TestFleet fleet;
    QVERIFY(fleet.startEngine());
    QVERIFY(fleet.startAgent(u"a"_s, fleet.createActivation()));
    QVERIFY(fleet.waitForOnline(1));
    const QString id = fleet.nodes()[0][u"InstanceId"].toString();
    const auto run = [&](const QString &command) {
        return fleet.call({u"shell"_s, u"--node"_s, id, u"--document"_s, u"AWS-StartNonInteractiveCommand"_s,
                           u"--parameter"_s, u"command="_s + command});
    };
    const CommandRun apart = run(u"sh -c 'echo o; echo e >&2; exit 7'"_s);
    QCOMPARE(apart.standardOutput, QByteArray("o\n"));
    QCOMPARE(apart.standardError, QByteArray("e\n"));
    QCOMPARE(apart.exitCode, 7);
    // No terminal, nothing to wait for on standard input, every byte as it was.
    const CommandRun plain = run(u"test -t 0 || test -t 1 || echo none; cat; printf 'a\\000\\377b'"_s);
    QCOMPARE(plain.standardOutput, QByteArray("none\na\0\377b", 9));
    QCOMPARE(plain.exitCode, 0);
    const CommandRun much = run(u"seq 1 300000; seq 1 1000 >&2"_s);
    QByteArray expected;
    for (int i = 1; i <= 300'000; ++i)
        expected += QByteArray::number(i) + '\n';
    QVERIFY(much.standardOutput == expected);
    QCOMPARE(much.standardError.count('\n'), 1000);
}

// session-manager 3.5: on a terminal, and it ends with the command
void tst_Sessions::commandsOnATerminal()
{
    TestFleet fleet;
    QVERIFY(fleet.startEngine());
    QVERIFY(fleet.startAgent(u"a"_s, fleet.createActivation()));
    QVERIFY(fleet.waitForOnline(1));
    const QString id = fleet.nodes()[0][u"InstanceId"].toString();
    const CommandRun run
        = fleet.call({u"shell"_s, u"--node"_s, id, u"--document"_s, u"AWS-StartInteractiveCommand"_s,
                      u"--parameter"_s, u"command=tty; echo on $TERM; exit 3"_s});
    QVERIFY2(run.standardOutput.contains("/dev/pts/"), run.standardOutput.constData());
    QVERIFY2(run.standardOutput.contains("on xterm-256color\r\n"), run.standardOutput.constData());
    QVERIFY2(run.standardError.contains("exited 3"), run.standardError.constData());
}

// A real sshd on loopback, reached through the node alone. [session-manager 8.14]
void tst_Sessions::sshAndScp()
{
    const QString sshd = u"/usr/sbin/sshd"_s;
    if (!QFile::exists(sshd) || !QFile::exists(u"/usr/bin/ssh"_s))
        QSKIP("openssh-server is not installed");
    TestFleet fleet;
    QVERIFY(fleet.startEngine());
    QVERIFY(fleet.startAgent(u"a"_s, fleet.createActivation()));
    QVERIFY(fleet.waitForOnline(1));
    const QString id = fleet.nodes()[0][u"InstanceId"].toString();

    const QDir folder(fleet.folder());
    QVERIFY(folder.mkpath(u"."_s));
    const auto run = [](const QString &program, const QStringList &arguments, int milliseconds = 60'000) {
        TestProcess process(program, arguments);
        process.waitForExit(milliseconds);
        return CommandRun {.exitCode = process.process().exitCode(),
                           .lines = {},
                           .standardOutput = process.process().readAllStandardOutput(),
                           .standardError = process.process().readAllStandardError()};
    };
    for (const QString &key : {u"host"_s, u"user"_s})
        QCOMPARE(run(u"/usr/bin/ssh-keygen"_s,
                     {u"-q"_s, u"-t"_s, u"ed25519"_s, u"-N"_s, {}, u"-f"_s, folder.filePath(key)})
                     .exitCode,
                 0);
    QTcpServer free;
    QVERIFY(free.listen(QHostAddress::LocalHost));
    const QString port = QString::number(free.serverPort());
    free.close();
    const auto write = [&](const QString &name, const QString &text) {
        QFile file(folder.filePath(name));
        return file.open(QIODevice::WriteOnly) && file.write(text.toUtf8()) > 0;
    };
    QVERIFY(write(u"sshd_config"_s,
                  u"ListenAddress 127.0.0.1\nPort %1\nHostKey %2\nAuthorizedKeysFile %3\nPidFile none\n"
                  "StrictModes no\nUsePAM no\nPermitRootLogin yes\nPasswordAuthentication no\n"
                  "Subsystem sftp internal-sftp\n"_s.arg(port, folder.filePath(u"host"_s),
                                                         folder.filePath(u"user.pub"_s))));
    QVERIFY(write(u"ssh_config"_s,
                  u"Host mi-*\n  Port %1\n  IdentityFile %2\n  IdentitiesOnly yes\n  BatchMode yes\n"
                  "  StrictHostKeyChecking no\n  UserKnownHostsFile /dev/null\n"
                  "  ProxyCommand %3/flagbridge-engine ssh-proxy %h %p --data %4\n"_s.arg(
                      port, folder.filePath(u"user"_s), QString::fromUtf8(FB_BIN_DIR), fleet.dataDir())));
    if (::geteuid() == 0)
        ::mkdir("/run/sshd", 0755); // where it goes without privileges
    TestProcess server(sshd, {u"-D"_s, u"-e"_s, u"-f"_s, folder.filePath(u"sshd_config"_s)});

    const QStringList config {u"-F"_s, folder.filePath(u"ssh_config"_s)};
    CommandRun answer;
    eventually(
        [&] { // sshd may still be starting
            answer
                = run(u"/usr/bin/ssh"_s, config + QStringList {id, u"echo over $SSH_CONNECTION; exit 4"_s});
            return answer.exitCode == 4;
        },
        20'000);
    QVERIFY2(answer.exitCode == 4, answer.standardError.constData());
    QVERIFY2(answer.standardOutput.startsWith("over 127.0.0.1 "), answer.standardOutput.constData());

    QByteArray content(50'000'000, Qt::Uninitialized);
    quint32 state = 1;
    for (char &byte : content) {
        state = state * 1664525 + 1013904223;
        byte = static_cast<char>(state >> 24);
    }
    QFile file(folder.filePath(u"big"_s));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(content) == content.size());
    file.close();
    const auto sameAs = [&](const QString &name) {
        QFile copy(folder.filePath(name));
        return copy.open(QIODevice::ReadOnly) && copy.readAll() == content;
    };
    const CommandRun there = run(
        u"/usr/bin/scp"_s,
        config + QStringList {folder.filePath(u"big"_s), id + u':' + folder.filePath(u"there"_s)}, 120'000);
    QVERIFY2(there.exitCode == 0, there.standardError.constData());
    QVERIFY(sameAs(u"there"_s));
    const CommandRun back = run(
        u"/usr/bin/scp"_s,
        config + QStringList {id + u':' + folder.filePath(u"there"_s), folder.filePath(u"back"_s)}, 120'000);
    QVERIFY2(back.exitCode == 0, back.standardError.constData());
    QVERIFY(sameAs(u"back"_s));
}

void tst_Sessions::sshProxySaysWhyNot()
{
    TestFleet fleet;
    QVERIFY(fleet.startEngine());
    QVERIFY(fleet.startAgent(u"a"_s, fleet.createActivation()));
    QVERIFY(fleet.waitForOnline(1));
    const QString id = fleet.nodes()[0][u"InstanceId"].toString();
    const auto refused
        = [&](const QStringList &words) { return fleet.call(QStringList {u"ssh-proxy"_s} + words); };
    const CommandRun wrong = refused({id, u"ssh"_s});
    QCOMPARE(wrong.exitCode, 3);
    QVERIFY2(wrong.standardError.contains("ValidationException")
                 && wrong.standardError.contains("portNumber"),
             wrong.standardError.constData());
    const CommandRun unknown = refused({u"mi-00000000000000000"_s, u"22"_s});
    QCOMPARE(unknown.exitCode, 3);
    QVERIFY2(unknown.standardError.contains("TargetNotConnected"), unknown.standardError.constData());
    const CommandRun closed = refused({id, u"1"_s}); // nobody listens there
    QCOMPARE(closed.exitCode, 3);
    QVERIFY2(closed.standardError.contains("localhost:1"), closed.standardError.constData());
}

FB_TEST(tst_Sessions)
#include "tst_sessions.moc"
