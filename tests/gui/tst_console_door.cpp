// One console for each data folder, and addresses from outside (ux.md 1; U07): with the real program and its engine, and with visitors that
// mean no good.
#include "app/console/console_entrance.h"
#include "backend/control/control_socket.h"
#include "tests/support/test_main.h"
#include "tests/support/test_process.h"
#include "ui/theme/flagbridge_style.h"
#include "ui/widgets/page.h"

#include <QElapsedTimer>
#include <QFile>
#include <QLocalSocket>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <unistd.h>

#include <thread>

namespace fb::test {

using namespace Qt::StringLiterals;
using Knock = ConsoleDoor::Knock;

class tst_ConsoleDoor : public QObject
{
    Q_OBJECT
private slots:
    void secondStartOpensInTheFirst();
    void startsWithAnAddress();
    void hostileAddressesAreRefused_data();
    void hostileAddressesAreRefused();
    void firstAndSecond();
    void longFolder();
    void visitorsThatMeanNoGood_data();
    void visitorsThatMeanNoGood();
    void otherUsers();
    void afterAnEnd();

private:
    // Knocks from a thread of its own, as another process would.
    static ConsoleDoor::Answer knockAt(const QString &folder, const ConsoleDoor::Visit &visit)
    {
        ConsoleDoor::Answer answer;
        std::atomic<bool> done = false;
        std::thread other([&] {
            ConsoleDoor door(folder);
            answer = door.knock(visit);
            done = true;
        });
        const bool came = QTest::qWaitFor([&] { return done.load(); }, 12000);
        other.join();
        return came ? answer : ConsoleDoor::Answer {Knock::Silent, u"too late"_s};
    }
    QStringList arguments() const
    {
        return {u"--data"_s,   m_dir.filePath(u"data"_s), u"--passphrase-file"_s, m_dir.filePath(u"pass"_s),
                u"--listen"_s, u"127.0.0.1:0"_s,          u"--language"_s,        u"en"_s};
    }
    QString keptAddress() const
    {
        return QSettings(m_dir.filePath(u"data/console.ini"_s), QSettings::IniFormat)
            .value(u"address"_s)
            .toString();
    }
    static QString console() { return QStringLiteral(FB_BIN_DIR "/flagbridge"); }

    QTemporaryDir m_dir;
};

void tst_ConsoleDoor::secondStartOpensInTheFirst()
{
    QFile pass(m_dir.filePath(u"pass"_s));
    QVERIFY(pass.open(QFile::WriteOnly));
    pass.write("a passphrase of some length");
    pass.close();
    pass.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    TestProcess first(console(), arguments());
    const QString socket = m_dir.filePath(u"data/console.sock"_s);
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(socket), 20000);
    struct stat found {
    };
    QCOMPARE(::stat(QFile::encodeName(socket).constData(), &found), 0);
    QCOMPARE(found.st_mode & 0777, 0600U);
    TestProcess second(console(), arguments());
    QVERIFY(second.waitForExit());
    QCOMPARE(second.process().exitCode(), 0);
    QVERIFY(second.process().readAllStandardError().contains("comes to the front"));
    // Once there are pages, an unknown one is refused by the console that runs.
    QTRY_VERIFY_WITH_TIMEOUT(
        ([this] {
            TestProcess unknown(console(), arguments() + QStringList {u"flagbridge://nowhere/at-all"_s});
            return unknown.waitForExit() && unknown.process().exitCode() == 2
                && unknown.process().readAllStandardError().contains("there is no such page");
        }()),
        20000);
    TestProcess third(console(), arguments() + QStringList {u"flagbridge://audit"_s});
    QVERIFY(third.waitForExit());
    QCOMPARE(third.process().exitCode(), 0);
    QCOMPARE(first.process().state(), QProcess::Running);
    first.terminate();
    QVERIFY(first.waitForExit());
    QCOMPARE(keptAddress(), u"audit"_s); // where it was when it ended
    QVERIFY(!QFile::exists(socket));
}

// The address waits until there is a console, and a visitor brings the window to the front.
void tst_ConsoleDoor::startsWithAnAddress()
{
    FlagbridgeStyle::install(Scheme::Light);
    ConsoleProgram program({.dataDir = m_dir.filePath(u"data"_s),
                            .listen = u"127.0.0.1:0"_s,
                            .passphraseFile = m_dir.filePath(u"pass"_s),
                            .language = u"en"_s,
                            .agentProgram = QStringLiteral(FB_BIN_DIR "/flagbridge-agent")});
    ConsoleDoor door(program.dataDir());
    QCOMPARE(door.knock({}).knock, Knock::First);
    ConsoleEntrance entrance(program, door);
    QCOMPARE(entrance.open({u"flagbridge://documents?text=web"_s, {}}), QString());
    QSignalSpy ready(&program, &ConsoleProgram::ready);
    program.start();
    QVERIFY(ready.count() == 1 || ready.wait(20000));
    MainWindow &window = program.console()->window();
    QCOMPARE(window.address(), u"documents"_s);
    QVERIFY(window.page()->view().text().contains(u"text=web"_s));
    window.showMinimized();
    QVERIFY(window.isMinimized());
    QCOMPARE(knockAt(program.dataDir(), {u"flagbridge://audit"_s, u"token"_s}).knock, Knock::Answered);
    QVERIFY(!window.isMinimized());
    QTRY_VERIFY(window.isActiveWindow());
    QCOMPARE(window.address(), u"audit"_s);
    const ConsoleDoor::Answer unknown = knockAt(program.dataDir(), {u"flagbridge://nowhere"_s, {}});
    QCOMPARE(unknown.knock, Knock::Refused);
    QCOMPARE(window.address(), u"audit"_s);
}

void tst_ConsoleDoor::hostileAddressesAreRefused_data()
{
    QTest::addColumn<QString>("address");
    QTest::addRow("[U07] file") << u"file:///etc/passwd"_s;
    QTest::addRow("[U07] javascript") << u"javascript:alert(1)"_s;
    QTest::addRow("[U07] UNC") << u"\\\\host\\share"_s;
    QTest::addRow("[U07] other machine") << u"//host/share"_s;
    QTest::addRow("[U07] http") << u"http://example.net/"_s;
    QTest::addRow("[U07] file behind ours") << u"flagbridge://file:///etc/passwd"_s;
    QTest::addRow("[U07] javascript behind ours") << u"flagbridge://javascript:alert(1)"_s;
    QTest::addRow("[U07] UNC behind ours") << u"flagbridge://\\\\host\\share"_s;
    QTest::addRow("[U07] folder above") << u"flagbridge://documents/../settings"_s;
    QTest::addRow("[U07] written in percents") << u"flagbridge://documents/%2e%2e%2fsettings"_s;
    QTest::addRow("[U07] line end") << u"flagbridge://audit\nflagbridge-console 1"_s;
    QTest::addRow("[U07] escape") << u"flagbridge://audit\033[2J"_s;
    QTest::addRow("[U07] direction") << u"flagbridge://audit\u202e"_s;
    QTest::addRow("[U07] too long") << u"flagbridge://audit?text="_s + QString(2048, u'a');
    QTest::addRow("[U07] scheme alone") << u"flagbridge://"_s;
}

void tst_ConsoleDoor::hostileAddressesAreRefused()
{
    QFETCH(QString, address);
    // On the command line, before anything is asked or made.
    const QString folder = m_dir.filePath(u"not-made"_s);
    TestProcess program(console(), {u"--data"_s, folder, u"--"_s, address});
    QVERIFY(program.waitForExit());
    QCOMPARE(program.process().exitCode(), 2);
    const QByteArray said = program.process().readAllStandardError();
    QVERIFY2(said.contains("flagbridge: ") && !said.contains('\033'), said.constData());
    QVERIFY(!QFile::exists(folder));
    // Past it, at a console that runs.
    const QString data = m_dir.filePath(u"host"_s);
    ConsoleDoor host(data);
    QCOMPARE(host.knock({}).knock, Knock::First);
    QStringList opened;
    host.answerWith([&](const ConsoleDoor::Visit &visit) {
        opened << visit.link;
        return QString();
    });
    const ConsoleDoor::Answer answer = knockAt(data, {address, {}});
    QCOMPARE(answer.knock, Knock::Refused);
    QVERIFY(!answer.words.isEmpty());
    QCOMPARE(opened, QStringList());
}

void tst_ConsoleDoor::firstAndSecond()
{
    const QString data = m_dir.filePath(u"two"_s);
    ConsoleDoor host(data);
    QCOMPARE(host.knock({u"flagbridge://audit"_s, {}}).knock, Knock::First);
    QList<QPair<QString, QString>> visits;
    QString refusal;
    host.answerWith([&](const ConsoleDoor::Visit &visit) {
        visits.append({visit.link, visit.token});
        return refusal;
    });
    const QString longest = u"flagbridge://documents?text="_s.leftJustified(2048, u'\u00e9');
    QCOMPARE(knockAt(data, {}).knock, Knock::Answered);
    QCOMPARE(knockAt(data, {longest, u"token-1"_s}).knock, Knock::Answered);
    QCOMPARE(knockAt(data, {u"flagbridge://audit"_s, u"two words\033"_s}).knock, Knock::Answered);
    refusal = u"there is no such page"_s;
    const ConsoleDoor::Answer refused = knockAt(data, {u"flagbridge://nowhere"_s, {}});
    QCOMPARE(refused.knock, Knock::Refused);
    QCOMPARE(refused.words, refusal);
    QCOMPARE(visits.size(), 4);
    QCOMPARE(visits[1], qMakePair(longest, u"token-1"_s));
    QCOMPARE(visits[2].second, QString()); // it goes into no environment
}

// Paths of sockets end at 107 bytes.
void tst_ConsoleDoor::longFolder()
{
    const QString data = m_dir.filePath(QString(200, u'd') + u"/data"_s);
    ConsoleDoor host(data);
    QCOMPARE(host.knock({}).knock, Knock::First);
    host.answerWith([](const ConsoleDoor::Visit &) { return QString(); });
    QCOMPARE(knockAt(data, {}).knock, Knock::Answered);
}

void tst_ConsoleDoor::visitorsThatMeanNoGood_data()
{
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<bool>("answered"); // else it is cut off
    QTest::addRow("another protocol") << QByteArray("GET / HTTP/1.1\r\nHost: x\r\n\r\n") << true;
    QTest::addRow("another version") << QByteArray("flagbridge-console 2\n\n\n") << true;
    QTest::addRow("a line too many") << QByteArray("flagbridge-console 1\n\n\nmore\n") << true;
    QTest::addRow("no text") << QByteArray("flagbridge-console 1\n\xff\xfe\x00\n\n", 26) << true;
    QTest::addRow("no end") << QByteArray(1'000'000, 'a') << true;
    QTest::addRow("nothing") << QByteArray() << false;
    QTest::addRow("half") << QByteArray("flagbridge-console 1\nflagbridge://au") << false;
}

void tst_ConsoleDoor::visitorsThatMeanNoGood()
{
    QFETCH(QByteArray, message);
    QFETCH(bool, answered);
    const QString data = m_dir.filePath(u"no-good"_s);
    ConsoleDoor host(data);
    QCOMPARE(host.knock({}).knock, Knock::First);
    int opened = 0;
    host.answerWith([&](const ConsoleDoor::Visit &) {
        ++opened;
        return QString();
    });
    QLocalSocket visitor;
    visitor.connectToServer(data + u"/console.sock"_s);
    QVERIFY(visitor.waitForConnected(5000));
    visitor.write(message);
    QElapsedTimer since;
    since.start();
    QTRY_COMPARE_WITH_TIMEOUT(visitor.state(), QLocalSocket::UnconnectedState, 8000);
    QVERIFY(since.elapsed() < 7000);
    QCOMPARE(opened, 0);
    QVERIFY(!visitor.readAll().startsWith("ok"));
    QCOMPARE(since.elapsed() < 3000, answered);
    QCOMPARE(knockAt(data, {}).knock, Knock::Answered); // it is there for the next one
}

// Should the folder ever be open to them, others are turned away all the same.
void tst_ConsoleDoor::otherUsers()
{
    if (::geteuid() != 0)
        QSKIP("only root can become another user");
    QTemporaryDir open;
    const QString data = open.filePath(u"data"_s);
    ConsoleDoor host(data);
    QCOMPARE(host.knock({}).knock, Knock::First);
    int opened = 0;
    host.answerWith([&](const ConsoleDoor::Visit &) {
        ++opened;
        return QString();
    });
    for (const QString &path : {open.path(), data, data + u"/console.sock"_s})
        QCOMPARE(::chmod(QFile::encodeName(path).constData(), 0777), 0);
    const pid_t child = ::fork();
    if (child == 0) { // nothing but system calls here
        if (::setresgid(65533, 65533, 65533) != 0 || ::setresuid(65533, 65533, 65533) != 0)
            ::_exit(10);
        const Result<int> connected = connectToControlSocket(data, "console.sock");
        if (!connected)
            ::_exit(11);
        const char message[] = "flagbridge-console 1\n\n\n";
        static_cast<void>(::send(*connected, message, sizeof message - 1, MSG_NOSIGNAL));
        char answer[16];
        ::_exit(::recv(*connected, answer, sizeof answer, 0) > 0 ? 12 : 0);
    }
    int status = -1;
    QVERIFY(QTest::qWaitFor([&] { return ::waitpid(child, &status, WNOHANG) == child; }, 10000));
    QCOMPARE(WEXITSTATUS(status), 0);
    QCOMPARE(opened, 0);
}

void tst_ConsoleDoor::afterAnEnd()
{
    const QString data = m_dir.filePath(u"ended"_s);
    {
        ConsoleDoor host(data);
        QCOMPARE(host.knock({}).knock, Knock::First);
    }
    const Result<int> left = listenOnControlSocket(data, "console.sock"); // of a console that was killed
    QVERIFY(left);
    ::close(*left);
    ConsoleDoor next(data);
    QCOMPARE(next.knock({}).knock, Knock::First);
    QCOMPARE(ConsoleDoor(u"/proc/nowhere"_s).knock({}).knock, Knock::NoFolder);
}

FB_TEST(tst_ConsoleDoor)

}

#include "tst_console_door.moc"
