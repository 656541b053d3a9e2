#include "backend/control/control_socket.h"

#include "tests/support/test_fleet.h"
#include "tests/support/test_main.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <sys/socket.h>

#include <poll.h>
#include <unistd.h>

#include <array>
#include <thread>

using namespace fb::test;
using namespace Qt::StringLiterals;

// The forms that scripts rely on (docs/headless.md).
class tst_CommandLine : public QObject
{
    Q_OBJECT

private slots:
    void readyLineAndCleanStop();
    void noEngine();
    void engineRefusesOrGoes_data();
    void engineRefusesOrGoes();
    void usageErrors_data();
    void usageErrors();
    void noMasterKey();
    void twoEnginesOnOneStore();
    void severalEnginesSideBySide();
};

void tst_CommandLine::readyLineAndCleanStop()
{
    TestFleet fleet;
    QVERIFY(fleet.startEngine());
    const QJsonObject ready = fleet.ready();
    QVERIFY(ready[u"agentUrl"].toString().startsWith(u"wss://127.0.0.1:"_s));
    QCOMPARE(ready[u"caSha256"].toString().size(), 64);
    QVERIFY(!ready[u"version"].toString().isEmpty());
    QVERIFY(fleet.stopEngine());
    QVERIFY(!QFile::exists(fleet.dataDir() + u"/control.sock"_s));
    QVERIFY(fleet.startEngine());
    QCOMPARE(fleet.ready()[u"caSha256"].toString(), ready[u"caSha256"].toString());
}

void tst_CommandLine::noEngine()
{
    TestFleet fleet;
    QCOMPARE(fleet.call({u"nodes"_s, u"--json"_s}).exitCode, 4);
    QCOMPARE(fleet.runScript(u"true"_s, {u"--all"_s}).exitCode, 4);
}

void tst_CommandLine::engineRefusesOrGoes_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<int>("exitCode");
    QTest::addRow("read-only store") << QByteArray(
        R"({"id":1,"error":{"code":"ServiceUnavailable","message":"Nothing can be stored at the moment."}})"
        "\n") << 3;
    QTest::addRow("wrong input") << QByteArray(
        R"({"id":1,"error":{"code":"ValidationException","message":"MaxErrors"}})"
        "\n") << 3;
    QTest::addRow("it ends before its answer") << QByteArray() << 4;
}

// An engine that says no is not an engine that is not there, whatever the error's code.
void tst_CommandLine::engineRefusesOrGoes()
{
    QFETCH(QByteArray, answer);
    QFETCH(int, exitCode);
    TestFleet fleet;
    QVERIFY(QDir().mkpath(fleet.dataDir()));
    const auto listener = fb::listenOnControlSocket(fleet.dataDir());
    QVERIFY(listener);
    std::thread engine([&] {
        pollfd caller {*listener, POLLIN, 0};
        if (::poll(&caller, 1, 30000) <= 0)
            return;
        const int connection = ::accept4(*listener, nullptr, nullptr, SOCK_CLOEXEC);
        std::array<char, 4096> call {};
        if (::recv(connection, call.data(), call.size(), 0) > 0 && !answer.isEmpty())
            static_cast<void>(
                ::send(connection, answer.constData(), static_cast<size_t>(answer.size()), MSG_NOSIGNAL));
        ::close(connection);
    });
    const CommandRun run = fleet.runScript(u"true"_s, {u"--all"_s});
    engine.join();
    ::close(*listener);
    QCOMPARE(run.exitCode, exitCode);
    QVERIFY(!run.standardError.isEmpty());
}

void tst_CommandLine::usageErrors_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addRow("no targets") << QStringList {u"run"_s, u"--document"_s, u"AWS-RunShellScript"_s};
    QTest::addRow("two kinds of target")
        << QStringList {u"run"_s, u"--document"_s, u"D"_s, u"--all"_s, u"--node"_s, u"mi-1"_s};
    QTest::addRow("no document") << QStringList {u"run"_s, u"--all"_s};
    QTest::addRow("bad pair") << QStringList {u"run"_s,   u"--document"_s,  u"D"_s,
                                              u"--all"_s, u"--parameter"_s, u"commands"_s};
    QTest::addRow("unknown option") << QStringList {u"nodes"_s, u"--nope"_s};
    QTest::addRow("unknown command") << QStringList {u"frobnicate"_s};
    QTest::addRow("bad duration") << QStringList {u"activation"_s, u"create"_s, u"--expires"_s, u"soon"_s};
    QTest::addRow("shell without node") << QStringList {u"shell"_s};
}

void tst_CommandLine::usageErrors()
{
    QFETCH(QStringList, arguments);
    TestFleet fleet;
    const CommandRun run = fleet.call(arguments);
    QCOMPARE(run.exitCode, 2);
    QVERIFY(!run.standardError.isEmpty());
}

void tst_CommandLine::noMasterKey()
{
    TestFleet fleet;
    const CommandRun run = fleet.call({u"serve"_s});
    QCOMPARE(run.exitCode, 78);
    for (const char *way : {"CREDENTIALS_DIRECTORY", "--passphrase-file", "FLAGBRIDGE_PASSPHRASE_FILE"})
        QVERIFY2(run.standardError.contains(way), run.standardError.constData());
}

// Two engines on one SQLite file: the second is refused and says who holds it.
void tst_CommandLine::twoEnginesOnOneStore()
{
    TestFleet fleet;
    QVERIFY(fleet.startEngine());
    const CommandRun second = fleet.call({u"serve"_s, u"--listen"_s, u"127.0.0.1:0"_s, u"--passphrase-file"_s,
                                          fleet.folder() + u"/passphrase"_s});
    QVERIFY(second.exitCode != 0);
    QVERIFY2(second.standardError.contains(QByteArray::number(fleet.engine().pid())),
             second.standardError.constData());
    QCOMPARE(fleet.call({u"nodes"_s, u"--json"_s}).exitCode, 0);
}

void tst_CommandLine::severalEnginesSideBySide()
{
    TestFleet one;
    TestFleet two;
    QVERIFY(one.startEngine());
    QVERIFY(two.startEngine());
    QVERIFY(one.startAgent(u"a"_s, one.createActivation()));
    QVERIFY(two.startAgent(u"a"_s, two.createActivation()));
    QVERIFY(one.waitForOnline(1));
    QVERIFY(two.waitForOnline(1));
    QVERIFY(one.nodes()[0][u"InstanceId"] != two.nodes()[0][u"InstanceId"]);
}

FB_TEST(tst_CommandLine)
#include "tst_command_line.moc"
