#include "backend/control/control_socket.h"

#include "tests/support/test_fleet.h"
#include "tests/support/test_main.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QSet>
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
    void bashCompletes_data();
    void bashCompletes();
    void completionAndHelpSayTheSame();
};

namespace {

// What bash offers for the last of these words, by the completion that the program prints.
QStringList offered(TestFleet &fleet, const QStringList &words)
{
    QStringList quoted;
    for (const QString &word : words)
        quoted.append(u"'%1'"_s.arg(word));
    const QString program = fleet.engine().program(u"flagbridge-engine"_s);
    TestProcess bash(u"/bin/bash"_s,
                     {u"--norc"_s, u"--noprofile"_s, u"-c"_s,
                      u"source <('%1' completion bash) || exit 1; COMP_WORDS=(%2); COMP_CWORD=%3; "
                      "_flagbridge_engine; printf '%s\\n' \"${COMPREPLY[@]}\""_s.arg(
                          program, quoted.join(u' '), QString::number(words.size() - 1))});
    if (!bash.waitForExit(30000) || bash.process().exitCode() != 0)
        return {u"bash failed"_s};
    return QString::fromUtf8(bash.process().readAllStandardOutput()).split(u'\n', Qt::SkipEmptyParts);
}

}

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

void tst_CommandLine::bashCompletes_data()
{
    QTest::addColumn<QStringList>("words"); // after the program's name
    QTest::addColumn<QStringList>("offers");
    QTest::addRow("a command") << QStringList {u"back"_s} << QStringList {u"backup"_s};
    QTest::addRow("several") << QStringList {u"re"_s} << QStringList {u"restore"_s};
    QTest::addRow("a verb") << QStringList {u"node"_s, u"ap"_s} << QStringList {u"approve"_s};
    QTest::addRow("an option") << QStringList {u"node"_s, u"approve"_s, u"--n"_s}
                               << QStringList {u"--node"_s};
    QTest::addRow("options of one verb alone")
        << QStringList {u"artifact"_s, u"put"_s, u"--f"_s} << QStringList {u"--folder"_s, u"--file"_s};
    QTest::addRow("an option of a command without verbs")
        << QStringList {u"restore"_s, u"--rep"_s} << QStringList {u"--replace"_s};
    QTest::addRow("a folder") << QStringList {u"backup"_s, u"--data"_s, u"/usr/shar"_s}
                              << QStringList {u"/usr/share"_s};
    QTest::addRow("a file") << QStringList {u"restore"_s, u"--from"_s, u"/etc/passw"_s}
                            << QStringList {u"/etc/passwd"_s};
    QTest::addRow("a role") << QStringList {u"operator"_s, u"create"_s, u"--role"_s, u"App"_s}
                            << QStringList {u"Approver"_s};
    QTest::addRow("nothing for a free value")
        << QStringList {u"node"_s, u"approve"_s, u"--node"_s, u""_s} << QStringList();
    QTest::addRow("nothing for an unknown command")
        << QStringList {u"frobnicate"_s, u"--d"_s} << QStringList();
}

// A real bash with what the program prints.
void tst_CommandLine::bashCompletes()
{
    QFETCH(QStringList, words);
    QFETCH(QStringList, offers);
    TestFleet fleet;
    QStringList found = offered(fleet, QStringList {u"flagbridge-engine"_s} + words);
    found.removeAll(u"/etc/passwd-"_s); // the backup of another program
    found.sort();
    offers.sort();
    QCOMPARE(found, offers);
}

// No command, verb or option is in one and not in the other.
void tst_CommandLine::completionAndHelpSayTheSame()
{
    TestFleet fleet;
    const QString program = fleet.engine().program(u"flagbridge-engine"_s);
    const auto print = [&](const QStringList &arguments) {
        TestProcess process(program, arguments);
        return process.waitForExit(30000) && process.process().exitCode() == 0
            ? QString::fromUtf8(process.process().readAllStandardOutput())
            : QString();
    };
    static const QRegularExpression option(u"(?<![\\w-])--[a-z][a-z0-9-]*"_s);
    static const QRegularExpression usage(u"^        '([a-z -]+)'\\)(.*);;$"_s,
                                          QRegularExpression::MultilineOption);
    static const QRegularExpression helped(u"^  (?:-h, )?(--[a-z][a-z0-9-]*)"_s,
                                           QRegularExpression::MultilineOption);
    const QString overview = print({u"--help"_s});
    int seen = 0;
    for (auto all = usage.globalMatch(print({u"completion"_s, u"bash"_s})); all.hasNext(); ++seen) {
        const auto one = all.next();
        const QString name = one.captured(1);
        QSet<QString> completed;
        for (auto each = option.globalMatch(one.captured(2)); each.hasNext();)
            completed.insert(each.next().captured());
        QSet<QString> explained;
        for (auto each = helped.globalMatch(print(name.split(u' ') << u"--help"_s)); each.hasNext();)
            explained.insert(each.next().captured(1));
        QVERIFY2(completed == explained, qPrintable(name));
        QVERIFY2(overview.contains(u"flagbridge-engine "_s + name.section(u' ', 0, 0)), qPrintable(name));
        const QSet<QString> notChores {u"serve"_s,           u"shell"_s,          u"ssh-proxy"_s,
                                       u"completion bash"_s, u"completion zsh"_s, u"agent-build sign"_s};
        QVERIFY2(explained.contains(u"--json"_s) || notChores.contains(name), qPrintable(name));
    }
    QVERIFY(seen > 40);
}

FB_TEST(tst_CommandLine)
#include "tst_command_line.moc"
