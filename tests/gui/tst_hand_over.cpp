// A console takes its store over from a headless engine, and leaves it to one (design 6, ux.md 7), with real processes.
#include "app/console/console_program.h"
#include "app/console/start_problem.h"
#include "backend/control/control_client.h"
#include "tests/support/engine_process.h"
#include "tests/support/fake_keychain.h"
#include "tests/support/test_main.h"
#include "ui/theme/flagbridge_style.h"
#include "ui/widgets/banner.h"

#include <QAction>
#include <QApplication>
#include <QDir>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

#include <sys/stat.h>

#include <csignal>

namespace fb::test {

using namespace Qt::StringLiterals;

class tst_HandOver : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase()
    {
        ::umask(0077); // as the program does
        FlagbridgeStyle::install(Scheme::Light);
    }
    void fromTheHeadlessEngineAndBack();
    void keyOfTheKeychainGoesThroughMemory();
    void notWithoutMemory();
    void failureLeavesTheConsole();
    void anotherConsoleDoesNotGiveWay();

private:
    static ConsoleOptions options(const QString &dataDir, const QString &passphraseFile = {})
    {
        return {.dataDir = dataDir,
                .listen = passphraseFile.isEmpty() ? u"127.0.0.1:0"_s : QString(),
                .passphraseFile = passphraseFile,
                .language = u"en"_s,
                .theme = u"light"_s,
                .agentProgram = QStringLiteral(FB_BIN_DIR "/flagbridge-agent"),
                .engineProgram = QStringLiteral(FB_BIN_DIR "/flagbridge-engine")};
    }

    // Ends the engine that a test left running.
    struct Headless {
        explicit Headless(QString folder) : dataDir(std::move(folder)) { }
        ~Headless()
        {
            QFile lock(dataDir + u"/engine.lock"_s);
            if (ControlClient::connectTo(dataDir) && lock.open(QIODevice::ReadOnly))
                ::kill(lock.readAll().trimmed().toInt(), SIGTERM);
            while (ControlClient::connectTo(dataDir))
                QTest::qWait(20);
        }
        bool answers() const
        {
            auto engine = ControlClient::connectTo(dataDir);
            return engine && (*engine)->call(u"DescribeInstanceInformation"_s, {});
        }
        QString dataDir;
    };

    static bool isReady(ConsoleProgram &program)
    {
        QSignalSpy ready(&program, &ConsoleProgram::ready);
        program.start();
        return ready.wait(40000);
    }
};

void tst_HandOver::fromTheHeadlessEngineAndBack()
{
    EngineProcess engine;
    QVERIFY2(engine.start(), qPrintable(engine.failure()));
    const auto agent = engine.startAgent(u"node-a"_s);
    QTRY_COMPARE_WITH_TIMEOUT(engine.onlineNodes(), 1, 20000);
    const ConsoleOptions wish
        = options(engine.dataFolder(), QDir(engine.dataFolder()).absoluteFilePath(u"../passphrase"_s));
    const Headless headless(engine.dataFolder());
    {
        ConsoleProgram program(wish);
        QVERIFY(isReady(program));
        QVERIFY(engine.waitForEnd()); // by itself, and well
        QTRY_COMPARE_WITH_TIMEOUT(program.fleet()->counts().online, 1, 30000); // the node found its way
        program.console()->window().close();
        auto *keep = program.console()->window().findChild<QPushButton *>(u"quitHeadless"_s);
        QVERIFY(keep && keep->isVisible() && keep->isEnabled()); // it asks, though nothing runs
        QSignalSpy handed(&program, &ConsoleProgram::handedOver);
        QTest::mouseClick(keep, Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(handed.size(), 1, 30000);
        QVERIFY(!program.console());
    }
    QVERIFY(headless.answers());
    QTRY_COMPARE_WITH_TIMEOUT(engine.onlineNodes(), 1, 30000); // and again
    ConsoleProgram again(wish);
    QVERIFY(isReady(again));
    QTRY_COMPARE_WITH_TIMEOUT(again.fleet()->counts().online, 1, 30000);
}

void tst_HandOver::keyOfTheKeychainGoesThroughMemory()
{
    QTemporaryDir folder;
    QTemporaryDir memory(u"/dev/shm/flagbridge-test-XXXXXX"_s);
    qputenv("XDG_RUNTIME_DIR", memory.path().toUtf8());
    FakeKeychain keychain;
    const QString dataDir = folder.filePath(u"data"_s);
    const Headless headless(dataDir);
    {
        ConsoleProgram program(options(dataDir), &keychain);
        QVERIFY(isReady(program));
        auto *keep = program.console()->window().findChild<QAction *>(u"quitHeadless"_s);
        QVERIFY(keep);
        QSignalSpy handed(&program, &ConsoleProgram::handedOver);
        keep->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(handed.size(), 1, 30000);
    }
    QVERIFY(headless.answers());
    QVERIFY(QDir(memory.path()).isEmpty(QDir::Files | QDir::Dirs | QDir::NoDotAndDotDot)); // gone again
    const QByteArray key = keychain.entries.first();
    const QStringList names = QDir(dataDir).entryList(QDir::Files);
    for (const QString &name : names) { // and nowhere on the disk
        QFile file(dataDir + u'/' + name);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY2(!file.readAll().contains(key), qPrintable(name));
    }
    qunsetenv("XDG_RUNTIME_DIR");
}

void tst_HandOver::notWithoutMemory()
{
    QTemporaryDir folder;
    qputenv("XDG_RUNTIME_DIR", folder.path().toUtf8());
    FakeKeychain keychain;
    ConsoleProgram program(options(folder.filePath(u"data"_s)), &keychain);
    if (HeadlessEngine::whyNot(QStringLiteral(FB_BIN_DIR "/flagbridge-engine"), true).isEmpty())
        QSKIP("the temporary folder of this machine is in memory");
    QVERIFY(isReady(program));
    QVERIFY(!program.console()->window().findChild<QAction *>(u"quitHeadless"_s));
    qunsetenv("XDG_RUNTIME_DIR");
}

void tst_HandOver::failureLeavesTheConsole()
{
    QTemporaryDir folder;
    const QString passphrase = folder.filePath(u"passphrase"_s);
    QFile file(passphrase);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("a passphrase for this test\n");
    file.close();
    ConsoleOptions wish = options(folder.filePath(u"data"_s), passphrase);
    wish.listen = u"127.0.0.1:0"_s;
    wish.engineProgram = u"/bin/false"_s;
    ConsoleProgram program(wish);
    QVERIFY(isReady(program));
    QSignalSpy ready(&program, &ConsoleProgram::ready);
    QSignalSpy handed(&program, &ConsoleProgram::handedOver);
    program.console()->window().findChild<QAction *>(u"quitHeadless"_s)->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(ready.size(), 1, 30000);
    QCOMPARE(handed.size(), 0);
    QVERIFY(program.console()->window().isVisible());
    QCOMPARE(program.console()->window().banner().statement(),
             u"The engine cannot keep running without this console."_s);
}

void tst_HandOver::anotherConsoleDoesNotGiveWay()
{
    QTemporaryDir folder;
    FakeKeychain keychain;
    ConsoleProgram first(options(folder.filePath(u"data"_s)), &keychain);
    QVERIFY(isReady(first));
    ConsoleProgram second(options(folder.filePath(u"data"_s)), &keychain);
    QSignalSpy failed(&second, &ConsoleProgram::failed);
    second.start();
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, 30000);
    QVERIFY(failed.first().first().value<ShownError>().message.startsWith(u"Another console works on"));
    QVERIFY(first.console());
}

FB_TEST(tst_HandOver)

}

#include "tst_hand_over.moc"
