// The process in which a real agent talks to a real engine: what it may not do, and that the agent lives through its end.

#include "backend/base/qt_text.h"
#include "backend/nodes/runcommand/run_command_service.h"
#include "backend/nodes/sessions/session_service.h"
#include "backend/security/audit_service.h"
#include "backend/store/database.h"
#include "tests/support/live_fleet.h"
#include "tests/support/test_main.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <csignal>
#include <unistd.h>

namespace fb::test {

using namespace Qt::StringLiterals;

class tst_LiveNetwork : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup() { m_fleet.reset(); }
    void hasNoRights();
    void itsEndEndsNothing();
    void diesWithTheAgent();
    void takesNothingThatItsKeyHasNotSigned();

private:
    static QByteArray read(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    static QByteArray field(const QByteArray &status, const QByteArray &name)
    {
        for (const QByteArray &line : status.split('\n'))
            if (line.startsWith(name + ":\t"))
                return line.mid(name.size() + 2);
        return {};
    }
    // The agent's child that talks for it; 0: there is none.
    qint64 networkProcess() const
    {
        for (const QString &name : QDir(u"/proc"_s).entryList(QDir::Dirs)) {
            const QByteArray status = read(u"/proc/%1/status"_s.arg(name));
            if (field(status, "PPid").toLongLong() == m_fleet->agentPid()
                && read(u"/proc/%1/cmdline"_s.arg(name)) == QByteArray("flagbridge-agent\0network\0", 25))
                return name.toLongLong();
        }
        return 0;
    }

    TerminalThread m_thread;
    std::unique_ptr<LiveFleet> m_fleet;
    QTemporaryDir m_folder;
};

void tst_LiveNetwork::init()
{
    m_fleet = std::make_unique<LiveFleet>();
    QVERIFY(m_fleet->startEngine());
    QVERIFY(m_fleet->startAgent());
}

void tst_LiveNetwork::hasNoRights() // [N08]
{
    const qint64 pid = networkProcess();
    QVERIFY(pid > 0);
    const QByteArray status = read(u"/proc/%1/status"_s.arg(pid));
    QCOMPARE(field(status, "NoNewPrivs"), QByteArray("1"));
    QCOMPARE(field(status, "Threads"), QByteArray("1"));
    if (::getuid() == 0) {
        for (const QByteArray &uid : field(status, "Uid").split('\t'))
            QVERIFY2(uid.toLongLong() > 0, status.constData());
        QCOMPARE(field(status, "CapEff").toLongLong(nullptr, 16), 0);
        const auto handles = QDir(u"/proc/%1/fd"_s.arg(pid))
                                 .entryList(QDir::NoDotAndDotDot | QDir::AllEntries | QDir::System);
        QVERIFY2(!handles.isEmpty() && handles.size() <= 8, qPrintable(handles.join(u' ')));
        for (const QString &number : handles) { // sockets and what waits for them: no file
            const QString target = QFile::symLinkTarget(u"/proc/%1/fd/%2"_s.arg(pid).arg(number));
            QVERIFY2(target.contains(u"socket:"_s) || target.contains(u"anon_inode:"_s)
                         || target == u"/dev/null"_s || number == u"2"_s, // of a sanitizer
                     qPrintable(target));
        }
        QVERIFY(read(u"/proc/%1/environ"_s.arg(pid)).isEmpty());
    }
    if (m_fleet->agentLog().contains("goes without"))
        QSKIP("this machine, or a build with a sanitizer, has no seccomp or no Landlock");
    QCOMPARE(field(status, "Seccomp"), QByteArray("2"));
}

// [N08] the shell, what was typed and a running command go on over the next one
void tst_LiveNetwork::itsEndEndsNothing()
{
    LiveTerminal terminal(*m_fleet, m_thread);
    const QString shell = terminal.answerTo("echo $$");
    const QString marks = m_folder.filePath(u"marks"_s);
    const auto sent = m_fleet->ask([&](Engine &engine) {
        SendCommandRequest request {.documentName = u"AWS-RunShellScript"_s,
                                    .instanceIds = {m_fleet->nodeId()}};
        request.parameters
            = {{u"commands"_s,
                {u"echo began >> %1; while [ ! -e %1.go ]; do sleep 0.1; done; echo done"_s.arg(marks)}}};
        return engine.runCommand().sendCommand(engine.owner(), request);
    });
    QVERIFY(sent);
    QTRY_VERIFY_WITH_TIMEOUT(!read(marks).isEmpty(), 15'000);

    const qint64 first = networkProcess();
    QVERIFY(first > 0);
    QCOMPARE(::kill(static_cast<pid_t>(first), SIGKILL), 0);
    QTRY_VERIFY_WITH_TIMEOUT(m_fleet->agentLog().contains("the network process was killed by signal 9"),
                             15'000);
    QTRY_VERIFY_WITH_TIMEOUT(networkProcess() > 0 && networkProcess() != first, 30'000);
    QTRY_COMPARE_WITH_TIMEOUT(terminal.link.state(), SessionLink::State::Connected, 30'000);
    QCOMPARE(terminal.answerTo("echo $$"), shell);
    QFile go(marks + u".go"_s);
    QVERIFY(go.open(QIODevice::WriteOnly));
    const auto invocation = [&] {
        const auto rows = m_fleet->ask([id = sent->commandId](Engine &engine) {
            return engine.runCommand().invocationsOf(engine.owner(), id);
        });
        return rows && rows->size() == 1 ? rows->constFirst().statusDetails() : QString();
    };
    QTRY_COMPARE_WITH_TIMEOUT(invocation(), u"Success"_s, 20'000);
    QCOMPARE(read(marks), QByteArray("began\n")); // once
}

void tst_LiveNetwork::diesWithTheAgent() // [N08]
{
    const qint64 pid = networkProcess();
    QVERIFY(pid > 0);
    m_fleet->killAgent();
    QTRY_VERIFY_WITH_TIMEOUT(read(u"/proc/%1/cmdline"_s.arg(pid)).isEmpty(), 10'000);
}

// [N08] an engine, or whoever speaks for it, without the key that the node has pinned: no command, no shell, and it is on record
void tst_LiveNetwork::takesNothingThatItsKeyHasNotSigned()
{
    m_fleet->killAgent();
    const QString path = m_fleet->folder() + u"/agent-0/node.conf"_s;
    QByteArrayList lines = read(path).split('\n');
    const auto pinned = std::find_if(lines.begin(), lines.end(), [](const QByteArray &line) {
        return line.startsWith("order-signing-key=");
    });
    QVERIFY(pinned != lines.end() && pinned->size() > 40);
    *pinned = "order-signing-key=" + QByteArray(32, 'k').toBase64();
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(lines.join('\n')) > 0);
    file.close();
    QVERIFY(m_fleet->startAgent());

    const QString marks = m_folder.filePath(u"never"_s);
    const auto sent = m_fleet->ask([&](Engine &engine) {
        SendCommandRequest request {.documentName = u"AWS-RunShellScript"_s,
                                    .instanceIds = {m_fleet->nodeId()}};
        request.parameters = {{u"commands"_s, {u"touch %1"_s.arg(marks)}}};
        return engine.runCommand().sendCommand(engine.owner(), request);
    });
    QVERIFY(sent);
    LiveTerminal terminal(*m_fleet, m_thread);
    const auto invocation = [&] {
        const auto rows = m_fleet->ask([id = sent->commandId](Engine &engine) {
            return engine.runCommand().invocationsOf(engine.owner(), id);
        });
        return rows && rows->size() == 1 ? rows->constFirst().statusDetails() : QString();
    };
    QTRY_COMPARE_WITH_TIMEOUT(invocation(), u"Undeliverable"_s, 20'000);
    QTRY_COMPARE_WITH_TIMEOUT(terminal.link.state(), SessionLink::State::Ended, 20'000);
    QVERIFY(!QFile::exists(marks));
    QTRY_VERIFY_WITH_TIMEOUT(m_fleet->agentLog().contains("is not signed by the engine's key"), 10'000);
    const auto isOnRecord = [&] {
        const auto asked = m_fleet->ask([](Engine &engine) -> Result<QFuture<Result<QList<AuditEntry>>>> {
            return engine.audit().listEntries(engine.owner(), 0, 200);
        });
        if (!asked)
            return false;
        auto future = *asked;
        future.waitForFinished();
        const auto entries = future.result();
        return entries && std::any_of(entries->begin(), entries->end(), [this](const AuditEntry &entry) {
                   return entry.action == u"flagbridge:UnsignedRefused"_s
                       && entry.target == m_fleet->nodeId();
               });
    };
    QTRY_VERIFY_WITH_TIMEOUT(isOnRecord(), 10'000);
}

FB_TEST(tst_LiveNetwork)

}

#include "tst_live_network.moc"
