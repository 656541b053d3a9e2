// Orders on a real agent: real workers, real scripts, real TLS.

#include "tests/integration/agent/agent_fixture.h"
#include "tests/support/test_main.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace fb;
using namespace fb::test;

class tst_Orders : public QObject
{
    Q_OBJECT
private slots:
    void registersRunsAndReports();
    void exitCodes_data();
    void exitCodes();
    void flow();
    void timeout();
    void cancelEndsTheWholeTree();
    void supervisorKilledInMidScript();
    void workerKilledInMidScript();
    void powerCutBeforeTheResult();
    void cutsDuringOutput();
    void stopAndStart();
    void fullOutputIsBoundedAndMemoryFlat();
    void firstBytesComeAtOnce();
    void scriptFacts();
    void workingDirectory_data();
    void workingDirectory();
    void environmentValuesStayInert();
    void hostileWorkingDirectories();
    void hostileVariableNames();
};

void tst_Orders::registersRunsAndReports()
{
    AgentFixture f;
    QVERIFY(f.start());
    QCOMPARE(f.engine.enrolments, 1);
    f.engine.script(1, "echo hi; echo oops >&2");
    QVERIFY(f.engine.wait([&] {
        return f.engine.hasResult(1) && f.engine.outputEnded(1) && f.engine.outputEnded(1, 0, "err");
    }));
    const auto result = f.engine.result(1);
    QCOMPARE(result.status(), std::string("Success"));
    QCOMPARE(result.response_code(), 0);
    QCOMPARE(result.steps_size(), 1);
    QCOMPARE(result.steps(0).step_name(), std::string("stepOne"));
    QCOMPARE(result.steps(0).stdout_head(), std::string("hi\n"));
    QCOMPARE(result.steps(0).stderr_head(), std::string("oops\n"));
    QCOMPARE(f.engine.output(1), std::string("hi\n"));
    QCOMPARE(f.engine.output(1, 0, "err"), std::string("oops\n"));
    // Settled: nothing of it is left.
    QVERIFY(f.engine.wait([&] { return !QDir(f.workFolder(1)).exists(); }));
}

void tst_Orders::exitCodes_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<QString>("status");
    QTest::addColumn<int>("code");
    QTest::addRow("failed, output kept") << u"echo a; exit 3"_qs << u"Failed"_qs << 3;
    QTest::addRow("last exit code counts") << u"false\ntrue"_qs << u"Success"_qs << 0;
    QTest::addRow("168 is success") << u"exit 168"_qs << u"Success"_qs << 168;
    QTest::addRow("169 is failure") << u"exit 169"_qs << u"Failed"_qs << 169;
    QTest::addRow("194 where no reboot is allowed") << u"exit 194"_qs << u"Failed"_qs << 194;
    QTest::addRow("killed by a signal") << u"kill -9 $$"_qs << u"Failed"_qs << 137;
    QTest::addRow("a first line that names an interpreter")
        << u"#!/usr/bin/env bash\n[[ 1 -lt 2 ]] && exit 7"_qs << u"Failed"_qs << 7;
}

void tst_Orders::exitCodes()
{
    QFETCH(QString, script);
    QFETCH(QString, status);
    QFETCH(int, code);
    AgentFixture f;
    QVERIFY(f.start());
    f.engine.script(1, script.toStdString());
    QVERIFY(f.engine.wait([&] { return f.engine.hasResult(1); }));
    QCOMPARE(QString::fromStdString(f.engine.result(1).status()), status);
    QCOMPARE(f.engine.result(1).steps(0).response_code(), code);
    if (code == 194)
        QVERIFY(f.engine.result(1).steps(0).note().find("reboot") != std::string::npos);
}

void tst_Orders::flow() // documents.md 3.3, 3.4 on the node
{
    AgentFixture f;
    QVERIFY(f.start());
    f.engine.order(1,
                   ScriptEngine::document({
                       ScriptEngine::shellStep("one", "exit 3", R"("onFailure":"successAndExit")"),
                       ScriptEngine::shellStep("two", "echo never"),
                       ScriptEngine::shellStep("three", "echo finally", R"("finallyStep":true)"),
                   }));
    f.engine.order(2,
                   ScriptEngine::document({
                       ScriptEngine::shellStep("one", "exit 3"),
                       R"({"action":"aws:psModule","name":"windows","inputs":{"source":"x"}})",
                       R"({"action":"aws:noSuchPlugin","name":"unknown","inputs":{}})",
                       ScriptEngine::shellStep("last", "echo ran"),
                   }));
    f.engine.order(3, R"({"schemaVersion":"2.2","mainSteps":"no list"})");
    QVERIFY(f.engine.wait(
        [&] { return f.engine.hasResult(1) && f.engine.hasResult(2) && f.engine.hasResult(3); }));
    const auto statuses = [&](uint64_t d) {
        QStringList all;
        const auto result = f.engine.result(d);
        for (const auto &step : result.steps())
            all.append(QString::fromStdString(step.status()));
        return all.join(u' ');
    };
    QCOMPARE(statuses(1), u"Success Skipped Success"_qs);
    QCOMPARE(f.engine.result(1).status(), std::string("Success"));
    QCOMPARE(statuses(2), u"Failed Skipped Failed Success"_qs);
    QCOMPARE(f.engine.result(2).status(), std::string("Failed"));
    QCOMPARE(f.engine.result(2).response_code(), 3);
    QVERIFY(f.engine.result(2).steps(2).note().find("noSuchPlugin") != std::string::npos);
    QCOMPARE(f.engine.result(3).status(), std::string("Failed"));
    QVERIFY(f.engine.result(3).trace().find("mainSteps") != std::string::npos);
}

void tst_Orders::timeout() // [N10] the deadline: nothing is left, whatever it does to hide
{
    AgentFixture f;
    QVERIFY(f.start());
    QElapsedTimer timer;
    timer.start();
    const QByteArray mark = "86421.5";
    f.engine.order(
        1,
        ScriptEngine::document({ScriptEngine::shellStep("stepOne",
                                                        "trap '' TERM HUP\n"
                                                        "setsid sh -c 'trap \"\" TERM; sleep 86421.5' &\n"
                                                        "(setsid sh -c 'sleep 86421.5 & wait' &) \n"
                                                        "echo begun\n"
                                                        "while true; do sleep 86421.5; done",
                                                        R"("timeoutSeconds":"5")"),
                                ScriptEngine::shellStep("stepTwo", "echo later")}));
    QVERIFY(f.engine.wait([&] { return f.engine.hasResult(1); }, 30000));
    QVERIFY(timer.elapsed() >= 5000);
    QVERIFY(timer.elapsed() < 20000);
    QCOMPARE(f.engine.result(1).status(), std::string("TimedOut"));
    QCOMPARE(f.engine.result(1).response_code(), 137);
    QCOMPARE(f.engine.result(1).steps(0).status(), std::string("TimedOut"));
    QCOMPARE(f.engine.result(1).steps(0).stdout_head(), std::string("begun\n"));
    QCOMPARE(f.engine.result(1).steps(1).status(),
             std::string("Success")); // a time-out is no failure to exit on
    QCOMPARE(AgentFixture::processesWith(mark), QList<qint64>());
}

void tst_Orders::cancelEndsTheWholeTree() // [N10]
{
    AgentFixture f;
    QVERIFY(f.start());
    f.engine.order(
        1,
        ScriptEngine::document(
            {ScriptEngine::shellStep("stepOne", "setsid sleep 86422.5 &\necho begun\nsleep 86422.5"),
             ScriptEngine::shellStep("stepTwo", "echo never")}));
    QVERIFY(f.engine.wait([&] { return f.engine.output(1) == "begun\n"; }));
    f.engine.cancel(1);
    QVERIFY(f.engine.wait([&] { return f.engine.hasResult(1) && !f.engine.cancelResults.empty(); }));
    QCOMPARE(f.engine.result(1).status(), std::string("Cancelled"));
    QCOMPARE(f.engine.result(1).steps(0).status(), std::string("Cancelled"));
    QCOMPARE(f.engine.result(1).steps(1).status(), std::string("Skipped"));
    QCOMPARE(f.engine.cancelResults[0].outcome(), std::string("cancelling"));
    QVERIFY(f.engine.cancelResults[0].killed() >= 2);
    QCOMPARE(f.engine.cancelResults[0].survived(), 0u);
    QCOMPARE(AgentFixture::processesWith("86422.5"), QList<qint64>());
}

void tst_Orders::supervisorKilledInMidScript() // [R02] first half
{
    AgentFixture f;
    QVERIFY(f.start());
    const std::string counter = f.folder.filePath(QStringLiteral("counter")).toStdString();
    f.engine.script(1, "echo run >> " + counter + "; echo before; sleep 3; echo after");
    QVERIFY(f.engine.wait([&] { return f.engine.output(1) == "before\n"; }));
    f.kill();
    QTest::qSleep(500);
    QVERIFY(f.again());
    QVERIFY(f.engine.wait([&] { return f.engine.hasResult(1) && f.engine.outputEnded(1); }));
    QCOMPARE(f.engine.result(1).status(), std::string("Success"));
    QCOMPARE(f.engine.output(1), std::string("before\nafter\n"));
    QCOMPARE(f.read(f.folder.filePath(QStringLiteral("counter"))), QByteArray("run\n"));
    QCOMPARE(f.engine.enrolments, 1);
}

void tst_Orders::workerKilledInMidScript() // [R02] second half
{
    AgentFixture f;
    QVERIFY(f.start());
    const std::string counter = f.folder.filePath(QStringLiteral("counter")).toStdString();
    f.engine.order(
        1,
        ScriptEngine::document(
            {ScriptEngine::shellStep("one", "echo run >> " + counter + "; echo partial; sleep 86423.5"),
             ScriptEngine::shellStep("two", "echo later")}));
    QVERIFY(f.engine.wait([&] { return f.engine.output(1) == "partial\n"; }));
    const qint64 worker = f.workerPid(1);
    QVERIFY(worker > 1);
    QCOMPARE(::kill(static_cast<pid_t>(worker), SIGKILL), 0);
    QVERIFY(f.engine.wait([&] { return f.engine.hasResult(1); }));
    const auto result = f.engine.result(1);
    QCOMPARE(result.status(), std::string("Failed"));
    QCOMPARE(result.response_code(), 137);
    QCOMPARE(result.steps_size(), 2);
    QCOMPARE(result.steps(0).status(), std::string("Failed"));
    QCOMPARE(result.steps(0).response_code(), 137);
    QCOMPARE(result.steps(0).note(), std::string("interrupted"));
    QCOMPARE(result.steps(0).stdout_head(), std::string("partial\n")); // kept
    QCOMPARE(result.steps(1).status(), std::string("Success")); // later steps run
    QCOMPARE(f.read(f.folder.filePath(QStringLiteral("counter"))), QByteArray("run\n")); // not run again
    QCOMPARE(AgentFixture::processesWith("86423.5"), QList<qint64>()); // what it had started is gone

    // Supervisor and worker both, as after a crash of the machine's service tree; a document that wants it is run again.
    f.engine.script(2,
                    "echo run >> " + counter + "2; test $(wc -l < " + counter + "2) -ge 2 || sleep 86424.5",
                    R"("onInterrupt":"rerun")");
    QVERIFY(f.engine.wait([&] { return f.read(f.folder.filePath(QStringLiteral("counter2"))) == "run\n"; }));
    const qint64 second = f.workerPid(2);
    f.kill();
    ::kill(static_cast<pid_t>(second), SIGKILL);
    QVERIFY(f.again());
    QVERIFY(f.engine.wait([&] { return f.engine.hasResult(2); }));
    QCOMPARE(f.engine.result(2).status(), std::string("Success"));
    QCOMPARE(f.read(f.folder.filePath(QStringLiteral("counter2"))), QByteArray("run\nrun\n"));
}

void tst_Orders::powerCutBeforeTheResult() // [R03]
{
    AgentFixture f;
    QVERIFY(f.start());
    const std::string counter = f.folder.filePath(QStringLiteral("counter")).toStdString();
    f.engine.script(1, "sleep 1; echo run >> " + counter + "; echo done");
    QVERIFY(f.engine.wait([&] { return f.engine.hasStarted(1); }));
    f.kill(); // the script ends without a supervisor
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(f.workFolder(1) + QStringLiteral("/result.pb")), 10000);
    f.engine.refuseConnections(true);
    f.agent = std::make_unique<TestProcess>(AgentFixture::program(),
                                            QStringList {QStringLiteral("--state"), f.state});
    f.engine.waitFor(700); // it has the result in its ledger, and nowhere to send it
    f.kill(); // again, before it was sent
    f.engine.refuseConnections(false);
    QVERIFY(f.again());
    QVERIFY(f.engine.wait([&] { return f.engine.hasResult(1) && f.engine.outputEnded(1); }));
    f.engine.waitFor(300);
    QCOMPARE(f.engine.resultsCount[ScriptEngine::orderId(1)], 1);
    QCOMPARE(f.engine.result(1).status(), std::string("Success"));
    QCOMPARE(f.engine.output(1), std::string("done\n"));
    QCOMPARE(f.read(f.folder.filePath(QStringLiteral("counter"))), QByteArray("run\n"));
}

void tst_Orders::cutsDuringOutput() // [R04] output complete and in order over cuts
{
    AgentFixture f;
    QVERIFY(f.start());
    f.engine.script(
        1, "i=0; while [ $i -lt 40 ]; do seq $((i*1000+1)) $((i*1000+1000)); sleep 0.05; i=$((i+1)); done");
    for (int i = 0; i < 4; ++i) {
        QVERIFY(f.engine.wait([&] { return f.engine.isConnected(); }));
        const size_t before = f.engine.output(1).size();
        QVERIFY(f.engine.wait([&] { return f.engine.output(1).size() > before || f.engine.hasResult(1); }));
        f.engine.cut();
    }
    QVERIFY(f.engine.wait([&] { return f.engine.hasResult(1) && f.engine.outputEnded(1); }, 30000));
    std::string expected;
    for (int i = 1; i <= 40'000; ++i)
        expected += std::to_string(i) + "\n";
    QVERIFY(f.engine.output(1) == expected);
    QCOMPARE(f.engine.result(1).steps(0).stdout_size(), uint64_t(expected.size()));
    QVERIFY2(f.engine.connections >= 3, QByteArray::number(f.engine.connections));
}

void tst_Orders::stopAndStart()
{
    AgentFixture f;
    QVERIFY(f.start());
    f.engine.script(1, "sleep 2; echo done");
    QVERIFY(f.engine.wait([&] { return f.engine.hasStarted(1); }));
    f.agent->terminate();
    QVERIFY(f.engine.wait(
        [&] { return f.agent->process().state() == QProcess::NotRunning || f.agent->waitForExit(1); }));
    QCOMPARE(f.agent->process().exitCode(), 0);
    QVERIFY(f.engine.wait([&] { return !f.engine.goodbyes.empty(); }));
    QCOMPARE(f.engine.goodbyes[0], std::string("stopped"));
    QVERIFY(f.again());
    QVERIFY(f.engine.wait([&] { return f.engine.hasResult(1); }));
    QCOMPARE(f.engine.result(1).status(), std::string("Success"));
    QCOMPARE(f.engine.output(1), std::string("done\n"));
}

void tst_Orders::fullOutputIsBoundedAndMemoryFlat() // run-command 7: cut at the store limit, memory flat
{
    AgentFixture f;
    QVERIFY(f.start());
    f.engine.script(1, "head -c 300000000 /dev/zero | tr '\\0' x; echo; sleep 1");
    QVERIFY(f.engine.wait([&] { return f.engine.hasStarted(1); }));
    qint64 peak = 0;
    QVERIFY(f.engine.wait(
        [&] {
            for (const qint64 pid : {f.workerPid(1), f.agent->pid()}) {
                const QByteArray status = f.read(QStringLiteral("/proc/%1/status").arg(pid));
                const qsizetype at = status.indexOf("VmHWM:");
                if (at >= 0)
                    peak = std::max(peak, status.mid(at + 6, 20).trimmed().split(' ').value(0).toLongLong());
            }
            return f.engine.hasResult(1) && f.engine.outputEnded(1);
        },
        120000));
    const auto step = f.engine.result(1).steps(0);
    constexpr uint64_t kLimit = 100ull * 1024 * 1024;
    QCOMPARE(f.engine.result(1).status(), std::string("Success"));
    QVERIFY(step.stdout_size() >= kLimit);
    QVERIFY(step.stdout_size() < kLimit + 200);
    QCOMPARE(step.stdout_dropped(), 300'000'001 - kLimit);
    QCOMPARE(step.stdout_head().size(), size_t(24'000));
    const std::string stored = f.engine.output(1);
    QCOMPARE(stored.size(), size_t(step.stdout_size()));
    QVERIFY(
        QByteArray::fromStdString(stored).right(200).contains("--output limit of 104857600 bytes reached"));
    QVERIFY2(peak < 64 * 1024, QByteArray::number(peak)); // KiB
}

void tst_Orders::firstBytesComeAtOnce() // run-command 3.11
{
    AgentFixture f;
    QVERIFY(f.start());
    f.engine.script(1, "echo first; sleep 2; echo second");
    QVERIFY(
        f.engine.wait([&] { return f.engine.output(1) == "first\n"; }, 1500)); // long before the step's end
    QVERIFY(!f.engine.hasResult(1));
    QVERIFY(f.engine.wait([&] { return f.engine.hasResult(1); }));
}

void tst_Orders::scriptFacts() // documents.md 3.12
{
    qputenv("AWS_SSM_INSTANCE_ID", "i-inherited");
    qputenv("NOTIFY_SOCKET", "/run/x");
    AgentFixture f;
    QVERIFY(f.start());
    qunsetenv("AWS_SSM_INSTANCE_ID");
    qunsetenv("NOTIFY_SOCKET");
    f.engine.script(
        1,
        "echo $AWS_SSM_INSTANCE_ID; echo $AWS_SSM_REGION_NAME; echo $AWS_SSM_PLATFORM_NAME; umask; pwd; "
        "echo \"[$NOTIFY_SOCKET]\"; echo $0; ulimit -c");
    QVERIFY(f.engine.wait([&] { return f.engine.hasResult(1); }));
    const QStringList lines = QString::fromStdString(f.engine.result(1).steps(0).stdout_head()).split(u'\n');
    QVERIFY(lines.value(0).startsWith(u"mi-"_qs)); // the inherited value is dropped
    QCOMPARE(lines.value(1), u"xx-local-1"_qs);
    QVERIFY(!lines.value(2).isEmpty());
    QCOMPARE(lines.value(3), u"0022"_qs);
    QVERIFY2(lines.value(4).endsWith(u"/run"_qs), qPrintable(lines.value(4)));
    QCOMPARE(lines.value(5), u"[]"_qs);
    QVERIFY(lines.value(6).endsWith(u"/_script.sh"_qs));
}

void tst_Orders::workingDirectory_data()
{
    QTest::addColumn<QString>("directory");
    QTest::addColumn<QString>("ends");
    QTest::addColumn<bool>("noted");
    QTest::addRow("absolute") << u"/usr"_qs << u"/usr"_qs << false;
    QTest::addRow("missing") << u"/no/such/folder"_qs << u"/run"_qs << true;
    QTest::addRow("[N01] relative and out") << u"../../../.."_qs << u"/run"_qs << true;
    QTest::addRow("relative, missing below downloads") << u"sub"_qs << u"/run"_qs << true;
}

void tst_Orders::workingDirectory()
{
    QFETCH(QString, directory);
    QFETCH(QString, ends);
    QFETCH(bool, noted);
    AgentFixture f;
    QVERIFY(f.start());
    f.engine.script(1, "pwd", QStringLiteral(R"("workingDirectory":"%1")").arg(directory).toStdString());
    QVERIFY(f.engine.wait([&] { return f.engine.hasResult(1); }));
    const auto step = f.engine.result(1).steps(0);
    QCOMPARE(step.status(), std::string("Success"));
    QVERIFY(QString::fromStdString(step.stdout_head()).trimmed().endsWith(ends));
    QCOMPARE(step.note().find("workingDirectory") != std::string::npos, noted);
}

void tst_Orders::environmentValuesStayInert() // [N06] env mode: inert, and in no argument list
{
    AgentFixture f;
    QVERIFY(f.start());
    const QString marker = f.folder.filePath(QStringLiteral("touched"));
    const std::string hostile = "a; touch " + marker.toStdString()
        + " $(id) `id` '\" \xe2\x80\x9c\xe2\x80\x9d %s %n -rf\n--next line\\ $HOME secret-77";
    const QJsonObject parameters {{QStringLiteral("Msg"), QJsonArray {QString::fromStdString(hostile)}}};
    const std::string document
        = R"({"schemaVersion":"2.2","parameters":{"Msg":{"type":"String","interpolationType":"ENV_VAR"}},
        "mainSteps":[{"action":"aws:runShellScript","name":"stepOne","inputs":{"runCommand":["printf '%s' {{ Msg }}","sleep 2"]}}]})";
    f.engine.order(1, document, QJsonDocument(parameters).toJson().toStdString());
    QVERIFY(f.engine.wait([&] { return !f.engine.output(1).empty(); }));
    QCOMPARE(AgentFixture::processesWith("secret-77", "cmdline"), QList<qint64>()); // while it runs
    QVERIFY(!AgentFixture::processesWith("secret-77", "environ").isEmpty());
    QVERIFY(f.engine.wait([&] { return f.engine.hasResult(1) && f.engine.outputEnded(1); }));
    QCOMPARE(f.engine.output(1), hostile);
    QVERIFY(!QFile::exists(marker));
}

// [N07] working directories: each is a folder that is there, by its very name, or is not used; no shell reads it
void tst_Orders::hostileWorkingDirectories()
{
    AgentFixture f;
    QVERIFY(f.start());
    const QString marker = f.folder.filePath(QStringLiteral("touched"));
    const QString touches
        = QStringLiteral("touch %1").arg(marker).replace(u'/', QStringLiteral("${PWD%${PWD#?}}"));
    uint64_t number = 0;
    const auto run = [&](const QString &folder) {
        const QByteArray inputs
            = QJsonDocument(QJsonObject {{QStringLiteral("workingDirectory"), folder}}).toJson();
        f.engine.script(++number, "pwd", inputs.mid(1, inputs.lastIndexOf('}') - 1).toStdString());
        wire::OrderStep none;
        if (!f.engine.wait([&] { return f.engine.hasResult(number); }))
            return none;
        const wire::OrderResult result = f.engine.result(number);
        none.set_note(result.trace());
        return result.steps_size() > 0 ? result.steps(0) : none;
    };
    for (const QString &name : {QStringLiteral("$(%1)").arg(touches), QStringLiteral("`%1`").arg(touches),
                                QStringLiteral("a; %1; '\"").arg(touches), QStringLiteral("-P"),
                                QStringLiteral("%s%n *"), QStringLiteral("two\nlines")}) {
        const QString folder = f.folder.filePath(name);
        QVERIFY2(QDir().mkpath(folder), qPrintable(name));
        const wire::OrderStep there = run(folder);
        QCOMPARE(QString::fromStdString(there.stdout_head()), folder + u'\n');
        QCOMPARE(there.note(), std::string());
        const wire::OrderStep missing = run(folder + QStringLiteral("/missing"));
        QCOMPARE(missing.status(), std::string("Success"));
        QVERIFY2(missing.note().find("does not exist") != std::string::npos, missing.note().c_str());
        QVERIFY(QString::fromStdString(missing.stdout_head()).startsWith(f.state));
    }
    const wire::OrderStep cut = run(QString(QStringLiteral("/usr")) + QChar(0) + QStringLiteral("/x"));
    QVERIFY2(cut.note().find("holds a NUL") != std::string::npos, cut.note().c_str());
    QVERIFY(cut.stdout_head().empty()); // refused with the whole document: nothing ran
    const wire::OrderStep longOne = run(u'/' + QString(100'000, u'a'));
    QVERIFY(longOne.note().size() < 1000);
    QVERIFY(QString::fromStdString(longOne.stdout_head()).startsWith(f.state));
    QVERIFY(!QFile::exists(marker));
}

// [N07] names of variables: letters, digits and underscores; anything else refuses the step before it runs
void tst_Orders::hostileVariableNames()
{
    AgentFixture f;
    QVERIFY(f.start());
    const QString marker = f.folder.filePath(QStringLiteral("touched"));
    uint64_t number = 0;
    for (const QString &name :
         {QString(), QStringLiteral("1A"), QStringLiteral("A=B"), QStringLiteral("A B"),
          QStringLiteral("A\nB"), QStringLiteral("A;touch %1").arg(marker),
          QStringLiteral("$(touch %1)").arg(marker), QStringLiteral("BASH_FUNC_ls%%"),
          QStringLiteral("\u00e9"), QString(QStringLiteral("A")) + QChar(0) + u'B', QString(300, u'A')}) {
        const QJsonObject inputs {
            {QStringLiteral("environment"), QJsonObject {{name, QStringLiteral("() { :; }; touch x")}}}};
        const QByteArray text = QJsonDocument(inputs).toJson();
        f.engine.script(++number, "touch " + marker.toStdString(),
                        text.mid(1, text.lastIndexOf('}') - 1).toStdString());
        QVERIFY(f.engine.wait([&] { return f.engine.hasResult(number); }));
        const wire::OrderResult result = f.engine.result(number);
        QVERIFY2(result.status() == "Failed", qPrintable(name));
        std::string said = result.trace();
        for (const wire::OrderStep &step : result.steps())
            said += step.stderr_head() + step.note();
        QVERIFY2(said.find("cannot be the name of an environment variable") != std::string::npos
                     || said.find("holds a NUL") != std::string::npos,
                 said.c_str());
    }
    QVERIFY(!QFile::exists(marker));
}

FB_TEST(tst_Orders)
#include "tst_orders.moc"
