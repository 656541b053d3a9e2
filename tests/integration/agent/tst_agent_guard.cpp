// What the agent's unit does about an update that nothing else can take back any more (docs/plugins.md): by itself, and under a real systemd with the
// unit as it is packaged.

#include "tests/integration/agent/agent_fixture.h"
#include "tests/support/systemd_machine.h"
#include "tests/support/test_main.h"

#include <QProcess>
#include <QTest>

using namespace fb;
using namespace fb::test;
using namespace Qt::StringLiterals;

namespace {
constexpr auto kUnit = "flagbridge-agent.service";
const QString kGuard = QStringLiteral(FB_SOURCE_DIR "/resources/systemd/agent-guard");

QByteArray saying(const QByteArray &version) // a program that knows its version, and no more
{
    return "#!/bin/sh\n[ \"$1\" = --version ] && echo flagbridge-agent " + version + " && exit 0\nexit 7\n";
}

void put(const QString &path, const QByteArray &bytes)
{
    QFile::remove(path); // what runs may not be written
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
    file.close();
    QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
}
}

class tst_AgentGuard : public QObject
{
    Q_OBJECT
private slots:
    void putsBackWhatNeverRan_data();
    void putsBackWhatNeverRan();
    void underSystemd();
};

void tst_AgentGuard::putsBackWhatNeverRan_data()
{
    QTest::addColumn<QByteArray>("ended"); // as systemd says it
    QTest::addColumn<QByteArray>("old"); // empty: there is none
    QTest::addColumn<QByteArray>("connected"); // the version that has; empty: none
    QTest::addColumn<bool>("isBack");
    QTest::addRow("[N11] it cannot run") << QByteArray("exit-code") << saying("1.0") << QByteArray() << true;
    QTest::addRow("killed by a signal") << QByteArray("signal") << saying("1.0") << QByteArray() << true;
    QTest::addRow("only the earlier one connected, between the swap and the restart")
        << QByteArray("exit-code") << saying("1.0") << QByteArray("1.0") << true;
    QTest::addRow("it was proven") << QByteArray("exit-code") << saying("1.0") << QByteArray("2.0") << false;
    QTest::addRow("stopped by the administrator")
        << QByteArray("success") << saying("1.0") << QByteArray() << false;
    QTest::addRow("no update stands") << QByteArray("exit-code") << QByteArray() << QByteArray() << false;
    QTest::addRow("the earlier one is cut short")
        << QByteArray("exit-code") << saying("1.0").left(20) << QByteArray() << false;
    QTest::addRow("the earlier one is something else")
        << QByteArray("exit-code") << QByteArray("#!/bin/sh\necho hello\n") << QByteArray() << false;
}

void tst_AgentGuard::putsBackWhatNeverRan()
{
    QFETCH(QByteArray, ended);
    QFETCH(QByteArray, old);
    QFETCH(QByteArray, connected);
    QFETCH(bool, isBack);
    QTemporaryDir folder;
    const QString program = folder.filePath(u"flagbridge-agent"_s);
    put(program, saying("2.0"));
    if (!old.isEmpty())
        put(program + u".old"_s, old);
    if (!connected.isEmpty())
        put(folder.filePath(u"connected"_s), connected);
    const auto runGuard = [&] {
        QProcess guard;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"SERVICE_RESULT"_s, QString::fromLatin1(ended));
        guard.setProcessEnvironment(environment);
        guard.start(kGuard, {program, folder.path()});
        return guard.waitForFinished() && guard.exitCode() == 0 ? guard.readAllStandardOutput()
                                                                : QByteArray("failed");
    };
    // The first failure may be the end of the earlier program, at the restart.
    QCOMPARE(runGuard(), QByteArray());
    QCOMPARE(QFile::exists(program + u".old"_s), !old.isEmpty());
    const QByteArray said = runGuard();
    QFile there(program);
    QVERIFY(there.open(QIODevice::ReadOnly));
    QVERIFY(there.readAll() == (isBack ? old : saying("2.0")));
    QCOMPARE(QFile::exists(program + u".old"_s), !isBack && !old.isEmpty());
    QCOMPARE(said.contains("1.0 is back"), isBack);
    QVERIFY(!said.contains("failed"));
}

// [N11] a power cut between the swap and the proof of a program that does not run: the node is reachable after it
void tst_AgentGuard::underSystemd()
{
    SystemdMachine machine;
    if (!machine.start())
        QSKIP(qPrintable(machine.whyNot()));
    AgentFixture f;
    f.installed = f.folder.filePath(u"flagbridge-agent"_s);
    QVERIFY(QFile::copy(AgentFixture::program(), f.installed));
    QVERIFY(f.start(f.registration()));
    f.agent->terminate();
    QVERIFY(f.agent->waitForExit());
    QVERIFY(f.engine.wait([&] { return !f.engine.isConnected(); }));

    // As the cut leaves it.
    QVERIFY(QFile::rename(f.installed, f.installed + u".old"_s));
    put(f.installed, saying("99.1.0"));
    QFile::remove(f.state + u"/connected"_s);
    QByteArray unit = f.read(QStringLiteral(FB_SOURCE_DIR "/resources/systemd/flagbridge-agent.service.in"));
    unit.replace("@libdir@/flagbridge/agent-guard", kGuard.toUtf8());
    unit.replace("@bindir@", f.folder.path().toUtf8());
    unit.replace("/var/lib/flagbridge-agent", f.state.toUtf8());
    unit.replace("[Unit]\n", "[Unit]\nDefaultDependencies=no\n"); // there is no network target in here
    unit.replace("Wants=network-online.target\n", "");
    machine.writeUnit(QLatin1StringView(kUnit), unit);
    (void)machine.output(u"systemctl"_s, {u"start"_s, QLatin1StringView(kUnit)});
    const bool isUp = f.engine.wait([&] { return f.engine.isConnected(); }, 60'000);
    QVERIFY2(isUp, machine.output(u"systemctl"_s, {u"status"_s, QLatin1StringView(kUnit)}).constData());
    QVERIFY(!QFile::exists(f.installed + u".old"_s));
    QVERIFY(f.read(f.installed) == f.read(AgentFixture::program()));
    QCOMPARE(machine.property(QLatin1StringView(kUnit), u"NRestarts"_s), QByteArray("2"));
    (void)machine.output(u"systemctl"_s, {u"stop"_s, QLatin1StringView(kUnit)});
}

FB_TEST(tst_AgentGuard)
#include "tst_agent_guard.moc"
