#include "tests/support/test_fleet.h"
#include "tests/support/test_main.h"

#include <QDir>
#include <QFile>
#include <QTest>

using namespace fb::test;
using namespace Qt::StringLiterals;

// Run Command from the command line to a script on real agents and back.
class tst_RunCommand : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_fleet.reset(); }

    void echo();
    void exitCodes_data();
    void exitCodes();
    void severalNodesLive();
    void executionTimeoutEndsTheTree();
    void cancelEndsTheTree();
    void longOutputIsCut();
    void parametersAreInert();
    void refusals_data();
    void refusals();
    void tagTargets();

private:
    QJsonObject invocation(const CommandRun &run, int i = 0) const
    {
        return run.last()[u"Invocations"].toArray()[i].toObject();
    }
    void addAgent(const QString &name, const QStringList &activation = {});

    std::unique_ptr<TestFleet> m_fleet;
    int m_agents = 0;
};

void tst_RunCommand::init()
{
    m_fleet = std::make_unique<TestFleet>();
    m_agents = 0;
    QVERIFY(m_fleet->startEngine());
    addAgent(u"a"_s);
}

void tst_RunCommand::addAgent(const QString &name, const QStringList &activation)
{
    QVERIFY(m_fleet->startAgent(name, m_fleet->createActivation(activation)));
    QVERIFY(m_fleet->waitForOnline(++m_agents));
}

// [run-command 8.1] without the AWS wire: the same through the control socket
void tst_RunCommand::echo()
{
    const CommandRun run = m_fleet->runScript(u"echo hi"_s, {u"--all"_s});
    QCOMPARE(run.exitCode, 0);
    QCOMPARE(run.last()[u"Status"].toString(), u"Success"_s);
    QCOMPARE(invocation(run)[u"Status"].toString(), u"Success"_s);
    QCOMPARE(invocation(run)[u"ResponseCode"].toInt(-9), 0);
    QCOMPARE(invocation(run)[u"StandardOutputContent"].toString(), u"hi\n"_s);
}

void tst_RunCommand::exitCodes_data()
{
    QTest::addColumn<QStringList>("script");
    QTest::addColumn<QString>("status");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("output");
    QTest::addRow("[run-command 8.2] exit 3")
        << QStringList {u"echo a; exit 3"_s} << u"Failed"_s << 3 << u"a\n"_s;
    QTest::addRow("[run-command 8.3] last exit code")
        << QStringList {u"false"_s, u"true"_s} << u"Success"_s << 0 << QString();
    QTest::addRow("killed by itself") << QStringList {u"kill -9 $$"_s} << u"Failed"_s << 137 << QString();
    QTest::addRow("missing program") << QStringList {u"no-such-program-here"_s} << u"Failed"_s << 127
                                     << QString();
    QTest::addRow("own interpreter") << QStringList {u"#!/bin/bash"_s, u"echo ${BASH_VERSION:+bash}"_s}
                                     << u"Success"_s << 0 << u"bash\n"_s;
}

void tst_RunCommand::exitCodes()
{
    QFETCH(QStringList, script);
    QFETCH(QString, status);
    QFETCH(int, code);
    QFETCH(QString, output);
    QStringList more {u"--all"_s};
    for (const QString &line : script.mid(1))
        more << u"--parameter"_s << u"commands="_s + line;
    const CommandRun run = m_fleet->runScript(script[0], more);
    QCOMPARE(run.exitCode, status == u"Success"_s ? 0 : 1);
    QCOMPARE(invocation(run)[u"StatusDetails"].toString(), status);
    QCOMPARE(invocation(run)[u"ResponseCode"].toInt(-9), code);
    QCOMPARE(invocation(run)[u"StandardOutputContent"].toString(), output);
    QCOMPARE(run.last()[u"Command"][u"ErrorCount"].toInt(-9), status == u"Failed"_s ? 1 : 0);
}

void tst_RunCommand::severalNodesLive()
{
    addAgent(u"b"_s);
    addAgent(u"c"_s);
    const CommandRun run
        = m_fleet->runScript(u"echo first; sleep 1; echo last"_s, {u"--all"_s, u"--follow"_s});
    QCOMPARE(run.exitCode, 0);
    QCOMPARE(run.last()[u"Invocations"].toArray().size(), 3);
    // Live output came before the result, per node.
    QMap<QString, QString> live;
    for (const QJsonObject &line : run.lines)
        live[line[u"InstanceId"].toString()] += line[u"Text"].toString();
    live.remove(QString());
    QCOMPARE(live.size(), 3);
    for (const QString &text : std::as_const(live))
        QCOMPARE(text, u"first\nlast\n"_s);
}

bool anyProcessWith(const QString &marker)
{
    for (const QString &pid : QDir(u"/proc"_s).entryList(QDir::Dirs)) {
        QFile file(u"/proc/%1/cmdline"_s.arg(pid));
        if (pid.toInt() > 0 && file.open(QIODevice::ReadOnly) && file.readAll().contains(marker.toUtf8()))
            return true;
    }
    return false;
}

// [run-command 8.9] [N10] a child that ignores TERM, and one that left the session
void tst_RunCommand::executionTimeoutEndsTheTree()
{
    const QString marker = u"60.%1"_s.arg(QCoreApplication::applicationPid());
    const CommandRun run = m_fleet->runScript(
        u"echo begun; (trap '' TERM; setsid sleep %1 & sleep %1) & sleep %1"_s.arg(marker),
        {u"--all"_s, u"--parameter"_s, u"executionTimeout=5"_s});
    QCOMPARE(run.exitCode, 1);
    QCOMPARE(invocation(run)[u"StatusDetails"].toString(), u"ExecutionTimedOut"_s);
    QCOMPARE(invocation(run)[u"ResponseCode"].toInt(), 137);
    QCOMPARE(invocation(run)[u"StandardOutputContent"].toString(), u"begun\n"_s);
    QVERIFY(!anyProcessWith(marker));
}

// [run-command 8.17]
void tst_RunCommand::cancelEndsTheTree()
{
    const QString marker = u"100.%1"_s.arg(QCoreApplication::applicationPid());
    const CommandRun sent
        = m_fleet->runScript(u"setsid sleep %1 & sleep %1"_s.arg(marker), {u"--all"_s, u"--no-wait"_s});
    QCOMPARE(sent.exitCode, 0);
    const QString id = sent.last()[u"Command"][u"CommandId"].toString();
    QVERIFY(eventually([&] { return anyProcessWith(marker); }));
    QCOMPARE(m_fleet->call({u"cancel"_s, u"--command"_s, id, u"--json"_s}).exitCode, 0);
    QVERIFY(eventually([&] { return !anyProcessWith(marker); }, 12000));
    const CommandRun again = m_fleet->call({u"cancel"_s, u"--command"_s, id, u"--json"_s});
    QCOMPARE(again.exitCode, 0);
    QVERIFY(eventually([&] {
        return m_fleet->call({u"status"_s, u"--command"_s, id, u"--json"_s}).last()[u"Status"].toString()
            == u"Cancelled"_s;
    }));
}

// [run-command 8.13] the first half: 30,000 characters
void tst_RunCommand::longOutputIsCut()
{
    const CommandRun run = m_fleet->runScript(u"head -c 30000 /dev/zero | tr '\\0' x"_s, {u"--all"_s});
    QString content;
    // The result may be there a moment before the end of the output is.
    QVERIFY(eventually([&] {
        content = invocation(run)[u"StandardOutputContent"].toString();
        return content.endsWith(u"--output truncated--"_s);
    }));
    QCOMPARE(content.size(), 24000);
}

// [N06] values reach the script as the document says, and stand in no process list
void tst_RunCommand::parametersAreInert()
{
    const CommandRun run = m_fleet->runScript(
        u"tr '\\0' '\\n' < /proc/$PPID/cmdline; tr '\\0' ' ' < /proc/$$/cmdline; : secret-%s-“quoted”"_s,
        {u"--all"_s});
    QCOMPARE(run.exitCode, 0);
    QVERIFY(!invocation(run)[u"StandardOutputContent"].toString().contains(u"secret-"_s));
}

void tst_RunCommand::refusals_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("code");
    const QStringList script {u"--document"_s, u"AWS-RunShellScript"_s, u"--parameter"_s, u"commands=true"_s};
    QTest::addRow("unknown document")
        << QStringList {u"--document"_s, u"No-Such"_s, u"--all"_s} << u"InvalidDocument"_s;
    QTest::addRow("unknown node") << script + QStringList {u"--node"_s, u"mi-00000000000000000"_s}
                                  << u"InvalidInstanceId"_s;
    QTest::addRow("missing parameter")
        << QStringList {u"--document"_s, u"AWS-RunShellScript"_s, u"--all"_s} << u"InvalidParameters"_s;
    QTest::addRow("unknown parameter")
        << script + QStringList {u"--all"_s, u"--parameter"_s, u"nope=1"_s} << u"InvalidParameters"_s;
    QTest::addRow("timeout 29") << script + QStringList {u"--all"_s, u"--timeout"_s, u"29"_s}
                                << u"ValidationException"_s;
    QTest::addRow("concurrency 0") << script + QStringList {u"--all"_s, u"--max-concurrency"_s, u"0"_s}
                                   << u"ValidationException"_s;
    QTest::addRow("session document")
        << QStringList {u"--document"_s, u"SSM-SessionManagerRunShell"_s, u"--all"_s} << u"InvalidDocument"_s;
}

void tst_RunCommand::refusals()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, code);
    const CommandRun run = m_fleet->call(QStringList {u"run"_s, u"--json"_s} + arguments);
    QCOMPARE(run.exitCode, 3);
    QCOMPARE(run.last()[u"Error"][u"code"].toString(), code);
    QVERIFY(!run.last()[u"Error"][u"message"].toString().isEmpty());
}

void tst_RunCommand::tagTargets()
{
    addAgent(u"b"_s, {u"--tag"_s, u"Env=dev"_s});
    const CommandRun dev = m_fleet->runScript(u"true"_s, {u"--tag"_s, u"Env=dev"_s});
    QCOMPARE(dev.last()[u"Invocations"].toArray().size(), 1);
    const CommandRun none = m_fleet->runScript(u"true"_s, {u"--tag"_s, u"Env=none"_s}); // [run-command 8.11]
    QCOMPARE(none.exitCode, 1);
    QCOMPARE(none.last()[u"Command"][u"TargetCount"].toInt(-1), 0);
    QCOMPARE(none.last()[u"Command"][u"StatusDetails"].toString(), u"NoInstancesInTag"_s);
}

FB_TEST(tst_RunCommand)
#include "tst_run_command.moc"
