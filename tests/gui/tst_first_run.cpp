// The first run with the real engine: the welcome, a store here and one in a real PostgreSQL, the backup of the master key, its loss and
// its return, another store and back (ux.md 13).
#include "app/console/console_program.h"
#include "app/console/start_problem.h"
#include "tests/support/fake_keychain.h"
#include "tests/support/postgres_server.h"
#include "tests/support/test_main.h"
#include "ui/signin/sign_in_window.h"
#include "ui/theme/flagbridge_style.h"
#include "ui/welcome/store_screen.h"
#include "ui/welcome/welcome_window.h"
#include "ui/widgets/banner.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>
#include <QUrlQuery>

#include <sys/stat.h>

namespace fb::test {

using namespace Qt::StringLiterals;

class tst_FirstRun : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase()
    {
        ::umask(0077); // as the program does
        FlagbridgeStyle::install(Scheme::Light);
    }
    void storeHereThenAPlainStart();
    void keyIsBackedUpAndComesBack();
    void anotherStoreAndBack();
    void postgres();
    void demo();
    void optionsSayItAll();
    void operatorsSignIn();
    void welcomeIsAsTold();

private:
    // Of the sign-in window, when it asks.
    static void signIn(const QString &name, const QString &password, bool stays)
    {
        QTRY_VERIFY_WITH_TIMEOUT(shown<SignInWindow>(), 20000);
        auto *window = shown<SignInWindow>();
        QTRY_VERIFY_WITH_TIMEOUT(window->findChild<QLineEdit *>(u"signInPassword"_s)->isVisible(), 20000);
        type(*window, u"signInName"_s, name);
        type(*window, u"signInPassword"_s, password);
        window->findChild<QCheckBox *>(u"signInStay"_s)->setChecked(stays);
        press(*window, u"signInSubmit"_s);
    }

    // What the desktop would start: nothing is said on the command line.
    static ConsoleOptions options(const QTemporaryDir &folder)
    {
        return {.dataDir = folder.filePath(u"data"_s),
                .language = u"en"_s,
                .theme = u"light"_s,
                .agentProgram = QStringLiteral(FB_BIN_DIR "/flagbridge-agent"),
                .welcomes = true};
    }

    template <typename Window>
    static Window *shown()
    {
        const QWidgetList windows = QApplication::topLevelWidgets();
        for (QWidget *each : windows) {
            if (auto *window = qobject_cast<Window *>(each); window && window->isVisible())
                return window;
        }
        return nullptr;
    }

    static void press(QWidget &in, const QString &name)
    {
        auto *button = in.findChild<QAbstractButton *>(name);
        QVERIFY2(button && button->isEnabled(), qPrintable(name));
        QTest::mouseClick(button, Qt::LeftButton);
    }

    static void type(QWidget &in, const QString &name, const QString &text)
    {
        auto *edit = in.findChild<QLineEdit *>(name);
        QVERIFY2(edit, qPrintable(name));
        edit->selectAll();
        QTest::keyClicks(edit, text);
    }

    // Submits the screen with a port that is the kernel's to choose; the form offers none below 1.
    static void takeAnyPort(StoreScreen &screen)
    {
        StoreChoice choice = screen.choice();
        choice.nodePort = 0;
        emit screen.chosen(choice);
    }
};

void tst_FirstRun::storeHereThenAPlainStart()
{
    QTemporaryDir folder;
    FakeKeychain keychain;
    QString fleet;
    {
        ConsoleProgram program(options(folder), &keychain);
        QSignalSpy ready(&program, &ConsoleProgram::ready);
        program.start();
        QVERIFY(program.welcome() && program.welcome()->isVisible());
        QVERIFY(
            !QFile::exists(folder.filePath(u"data/flagbridge.db"_s))); // nothing is made before it is chosen
        press(*program.welcome(), u"chooseHere"_s);
        takeAnyPort(*program.welcome()->screen());
        QTRY_COMPARE_WITH_TIMEOUT(ready.size(), 1, 20000);
        QVERIFY(!program.welcome());
        QVERIFY(program.console()->window().isVisible());
        QCOMPARE(keychain.entries.size(), 1);
        fleet = keychain.entries.firstKey();
    }
    ConsoleProgram again(options(folder), &keychain);
    QSignalSpy ready(&again, &ConsoleProgram::ready);
    again.start();
    QVERIFY(!again.welcome()); // it is known
    QTRY_COMPARE_WITH_TIMEOUT(ready.size(), 1, 20000);
    QCOMPARE(keychain.entries.keys(), QStringList {fleet});
}

void tst_FirstRun::keyIsBackedUpAndComesBack()
{
    QTemporaryDir folder;
    FakeKeychain keychain;
    const QString backup = folder.filePath(u"key.sealed"_s);
    {
        ConsoleProgram program(options(folder), &keychain);
        QSignalSpy ready(&program, &ConsoleProgram::ready);
        program.start();
        press(*program.welcome(), u"chooseHere"_s);
        takeAnyPort(*program.welcome()->screen());
        QTRY_COMPARE_WITH_TIMEOUT(ready.size(), 1, 20000);
        MainWindow &window = program.console()->window();
        window.findChild<QAction *>(u"backUpKey"_s)->trigger();
        type(window, u"backupFilePath"_s, backup);
        type(window, u"backupPassphrase"_s, u"correct horse"_s);
        type(window, u"backupAgain"_s, u"correct horse"_s);
        press(window, u"backupSave"_s);
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(backup), 20000);
        QTRY_VERIFY_WITH_TIMEOUT(!window.findChild<QWidget *>(u"keyBackupSheet"_s), 20000);
        QCOMPARE(QFile::permissions(backup)
                     & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther),
                 QFile::Permissions());
        QFile sealed(backup);
        QVERIFY(sealed.open(QIODevice::ReadOnly));
        QVERIFY(!sealed.readAll().contains(keychain.entries.first())); // not in clear
    }
    const auto entries = keychain.entries;
    keychain.entries.clear(); // the desktop was set up anew
    ConsoleProgram program(options(folder), &keychain);
    QSignalSpy failed(&program, &ConsoleProgram::failed);
    QSignalSpy ready(&program, &ConsoleProgram::ready);
    program.start();
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, 20000);
    auto *problem = shown<StartProblem>();
    QVERIFY(problem);
    QVERIFY(keychain.entries.isEmpty()); // never a new key
    press(*problem, u"startProblemRestore"_s);
    type(*problem, u"restoreFilePath"_s, backup);
    type(*problem, u"restorePassphrase"_s, u"wrong horse"_s);
    press(*problem, u"restoreUse"_s);
    QWidget *sheet = problem->findChild<QWidget *>(u"keyRestoreSheet"_s);
    QTRY_VERIFY_WITH_TIMEOUT(sheet->findChild<Banner *>()->isVisible(), 20000);
    QVERIFY(keychain.entries.isEmpty());
    type(*problem, u"restorePassphrase"_s, u"correct horse"_s);
    press(*problem, u"restoreUse"_s);
    QTRY_COMPARE_WITH_TIMEOUT(ready.size(), 1, 20000);
    QCOMPARE(keychain.entries, entries);
    QVERIFY(!shown<StartProblem>());
    QVERIFY(program.console()->window().isVisible());
}

void tst_FirstRun::anotherStoreAndBack()
{
    QTemporaryDir folder;
    FakeKeychain keychain;
    ConsoleProgram program(options(folder), &keychain);
    QSignalSpy ready(&program, &ConsoleProgram::ready);
    QSignalSpy failed(&program, &ConsoleProgram::failed);
    program.start();
    press(*program.welcome(), u"chooseHere"_s);
    takeAnyPort(*program.welcome()->screen());
    QTRY_COMPARE_WITH_TIMEOUT(ready.size(), 1, 20000);
    const auto entries = keychain.entries;
    program.console()->window().openAddress(u"settings"_s);
    press(program.console()->window(), u"settingsStore"_s);
    QTRY_VERIFY(program.welcome() && !program.console());
    press(*program.welcome(), u"choosePostgres"_s);
    type(*program.welcome(), u"pgHost"_s, folder.filePath(u"nobody"_s)); // no server there
    press(*program.welcome()->screen(), u"welcomeStart"_s);
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, 30000);
    StoreScreen *screen = program.welcome()->screen();
    QVERIFY(screen && screen->findChild<Banner *>()->isVisible()); // said where it can be put right
    press(*screen, u"welcomeBack"_s);
    press(*program.welcome(), u"welcomeKeep"_s);
    QTRY_COMPARE_WITH_TIMEOUT(ready.size(), 2, 20000);
    QCOMPARE(keychain.entries, entries); // the same store as before
    QVERIFY(StoreChoice::kept(folder.filePath(u"data"_s))->kind == StoreKind::Here);
}

void tst_FirstRun::postgres()
{
    QTemporaryDir folder;
    FakeKeychain keychain;
    const QUrl url(newPostgresDatabase());
    ConsoleProgram program(options(folder), &keychain);
    QSignalSpy ready(&program, &ConsoleProgram::ready);
    program.start();
    press(*program.welcome(), u"choosePostgres"_s);
    WelcomeWindow &window = *program.welcome();
    type(window, u"pgHost"_s, QUrlQuery(url).queryItemValue(u"host"_s, QUrl::FullyDecoded));
    type(window, u"pgDatabase"_s, url.path().mid(1));
    type(window, u"pgUser"_s, url.userName());
    takeAnyPort(*window.screen());
    QTRY_COMPARE_WITH_TIMEOUT(ready.size(), 1, 30000);
    QVERIFY(!QFile::exists(folder.filePath(u"data/flagbridge.db"_s))); // it is there, not here
    QCOMPARE(StoreChoice::kept(folder.filePath(u"data"_s))->database, url.path().mid(1));
}

// Its own folder and store; the next start asks again.
void tst_FirstRun::demo()
{
    QTemporaryDir folder;
    qputenv("XDG_DATA_HOME", folder.path().toUtf8());
    FakeKeychain keychain;
    ConsoleOptions usual = options(folder);
    usual.dataDir.clear();
    ConsoleProgram program(usual, &keychain);
    QSignalSpy ready(&program, &ConsoleProgram::ready);
    program.start();
    press(*program.welcome(), u"chooseDemo"_s);
    press(*program.welcome()->screen(), u"welcomeStart"_s);
    QTRY_COMPARE_WITH_TIMEOUT(ready.size(), 1, 20000);
    QTRY_VERIFY_WITH_TIMEOUT(program.demo()->phase() != DemoFleet::Phase::Stopped, 20000);
    QVERIFY(QFile::exists(folder.filePath(u"flagbridge-demo/flagbridge.db"_s)));
    QVERIFY(!StoreChoice::hasStore(folder.filePath(u"flagbridge"_s)));
    QVERIFY(!StoreChoice::kept(folder.filePath(u"flagbridge"_s)));
    qunsetenv("XDG_DATA_HOME");
}

void tst_FirstRun::optionsSayItAll()
{
    QTemporaryDir folder;
    FakeKeychain keychain;
    ConsoleOptions said = options(folder);
    said.listen = u"127.0.0.1:0"_s;
    ConsoleProgram program(said, &keychain);
    QSignalSpy ready(&program, &ConsoleProgram::ready);
    program.start();
    QVERIFY(!program.welcome());
    QTRY_COMPARE_WITH_TIMEOUT(ready.size(), 1, 20000);
}

// Theme and language of the command line hold before there is a console, and nothing is written for it.
// From the owner of the files to operators who sign in, lock, stay signed in and leave, with the real engine.
void tst_FirstRun::operatorsSignIn()
{
    const QString password = u"correct horse battery"_s;
    QTemporaryDir folder;
    FakeKeychain keychain;
    ConsoleOptions plain = options(folder);
    plain.listen = u"127.0.0.1:0"_s;
    {
        ConsoleProgram program(plain, &keychain);
        QSignalSpy ready(&program, &ConsoleProgram::ready);
        program.start();
        QTRY_COMPARE_WITH_TIMEOUT(ready.size(), 1, 20000);
        QVERIFY(!shown<SignInWindow>());
        MainWindow &window = program.console()->window();
        window.findChild<QAction *>(u"makeAdministrator"_s)->trigger();
        type(window, u"firstName"_s, u"s.sato"_s);
        type(window, u"firstPassword"_s, password);
        type(window, u"firstAgain"_s, password);
        press(window, u"firstMake"_s);
        QTRY_VERIFY_WITH_TIMEOUT(!program.console() && shown<SignInWindow>(), 20000); // from now on it asks
        QVERIFY(!shown<MainWindow>());
        signIn(u"s.sato"_s, u"wrong horse battery"_s, true);
        QTRY_VERIFY_WITH_TIMEOUT(shown<SignInWindow>()->findChild<Banner *>(u"signInBanner"_s)->isVisible(),
                                 20000);
        QVERIFY(!program.console());
        signIn(u"s.sato"_s, password, true);
        QTRY_COMPARE_WITH_TIMEOUT(ready.size(), 2, 20000);
        QVERIFY(program.console()->window().isVisible());
        QVERIFY(program.console()
                    ->window()
                    .findChild<QAbstractButton *>(u"operatorButton"_s)
                    ->text()
                    .contains(u"s.sato"));
        QCOMPARE(keychain.entries.size(), 2); // the master key, and the sign-in of this machine
        program.console()->window().findChild<QAction *>(u"lockConsole"_s)->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(shown<SignInWindow>() && !shown<MainWindow>(), 20000);
        type(*shown<SignInWindow>(), u"unlockPassword"_s, password);
        press(*shown<SignInWindow>(), u"unlockSubmit"_s);
        QTRY_VERIFY_WITH_TIMEOUT(shown<MainWindow>() && !shown<SignInWindow>(), 20000);
    }
    {
        ConsoleProgram again(plain, &keychain); // stays signed in
        QSignalSpy ready(&again, &ConsoleProgram::ready);
        again.start();
        QTRY_COMPARE_WITH_TIMEOUT(ready.size(), 1, 20000);
        QVERIFY(again.console()->window().isVisible() && !shown<SignInWindow>());
        again.console()->window().findChild<QAction *>(u"signOut"_s)->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(!again.console() && shown<SignInWindow>(), 20000);
    }
    FakeKeychain another; // has the master key, and knows of no sign-in
    for (auto it = keychain.entries.cbegin(); it != keychain.entries.cend(); ++it) {
        if (!it.key().endsWith(u"/sign-in"))
            another.entries.insert(it.key(), it.value());
    }
    ConsoleProgram last(plain, &another);
    QSignalSpy ready(&last, &ConsoleProgram::ready);
    last.start();
    QVERIFY(shown<SignInWindow>() && !shown<MainWindow>()); // nothing is shown before it is known who looks
    signIn(u"s.sato"_s, password, false);
    QTRY_COMPARE_WITH_TIMEOUT(ready.size(), 1, 20000);
    QCOMPARE(another.entries.size(), 1);
}

void tst_FirstRun::welcomeIsAsTold()
{
    QTemporaryDir folder;
    FakeKeychain keychain;
    ConsoleOptions told = options(folder);
    told.theme = u"dark"_s;
    told.language = u"ja"_s;
    {
        ConsoleProgram program(told, &keychain);
        program.start();
        QCOMPARE(themeOf(program.welcome()).scheme(), Scheme::Dark);
        QCOMPARE(program.welcome()->findChild<QAbstractButton *>(u"chooseHere"_s)->text(),
                 u"ここにストアを作成"_s);
        QVERIFY(!QFile::exists(told.dataDir));
    }
    FlagbridgeStyle::install(Scheme::Light);
}

FB_TEST(tst_FirstRun)

}

#include "tst_first_run.moc"
