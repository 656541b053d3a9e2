#include "tests/support/test_fleet.h"
#include "tests/support/test_main.h"

#include <QRegularExpression>
#include <QTest>

using namespace fb::test;
using namespace Qt::StringLiterals;

// A shell on a real agent through `flagbridge-engine shell`.
class tst_Sessions : public QObject
{
    Q_OBJECT

private slots:
    void shell();
    void offlineNode();

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

FB_TEST(tst_Sessions)
#include "tst_sessions.moc"
