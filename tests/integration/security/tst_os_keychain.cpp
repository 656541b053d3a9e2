#include "backend/security/os_keychain.h"

#include "backend/base/qt_text.h"
#include "backend/core/byte_encoding.h"
#include "tests/support/test_main.h"

#include <QFile>
#include <QProcess>
#include <QProcessEnvironment>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>

using namespace fb;
using namespace Qt::StringLiterals;

// The real secret service of a desktop: gnome-keyring on a session bus of its own.
class tst_OsKeychain : public QObject
{
    Q_OBJECT

private slots:
    void keepsTheKeyAcrossSessions();
    void lockedNeverGivesANewKey();
    void withoutABusSaysSo();
    void childAsksForTheKey();
};

namespace {
struct Outcome {
    QString key; // hex
    QString error; // "MasterKeyUnavailable ..."
};

// This program once more, asking for the key; `before` is what its session's shell does first.
Outcome askIn(const QTemporaryDir &home, const QString &before, bool storeHasKey, bool withBus = true)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"HOME"_s, home.path());
    environment.insert(u"XDG_DATA_HOME"_s, home.filePath(u"data"_s));
    environment.insert(u"XDG_CONFIG_HOME"_s, home.filePath(u"config"_s));
    environment.insert(u"XDG_RUNTIME_DIR"_s, home.path());
    environment.insert(u"FB_TEST_STORE_HAS_KEY"_s, storeHasKey ? u"yes"_s : u"no"_s);
    environment.remove(u"DISPLAY"_s); // nobody can be asked
    environment.insert(u"DBUS_SESSION_BUS_ADDRESS"_s, u"unix:path="_s + home.filePath(u"no-such-bus"_s));
    const QString ask = u"exec \"$0\" os_keychain childAsksForTheKey"_s;
    QProcess process;
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::MergedChannels);
    const QStringList shell {u"bash"_s, u"-c"_s, before + ask, QCoreApplication::applicationFilePath()};
    if (withBus)
        process.start(u"dbus-run-session"_s, QStringList {u"--"_s} + shell);
    else
        process.start(shell.first(), shell.mid(1));
    if (!process.waitForFinished(40000)) {
        process.kill();
        process.waitForFinished();
    }
    Outcome outcome;
    const QByteArray output = process.readAll();
    const QList<QByteArray> lines = output.split('\n');
    for (const QByteArray &line : lines) {
        if (line.startsWith("KEY "))
            outcome.key = QString::fromUtf8(line.mid(4));
        if (line.startsWith("ERROR "))
            outcome.error = QString::fromUtf8(line.mid(6));
    }
    if (outcome.key.isEmpty() && outcome.error.isEmpty())
        qWarning("%s", output.constData());
    return outcome;
}

QString unlocked(const QString &password)
{
    return u"printf %1 | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; "_s.arg(
        password);
}
}

void tst_OsKeychain::keepsTheKeyAcrossSessions()
{
    const QTemporaryDir home;
    const Outcome made = askIn(home, unlocked(u"pass"_s), false);
    QCOMPARE(made.error, QString());
    QCOMPARE(made.key.size(), 64);
    QCOMPARE(askIn(home, unlocked(u"pass"_s), true).key, made.key); // as after the next log-in
    QCOMPARE(askIn(home, unlocked(u"pass"_s), false).key, made.key);
}

// [S02] a locked keyring says "not found": no new key for a store that has one
void tst_OsKeychain::lockedNeverGivesANewKey()
{
    const QTemporaryDir home;
    const Outcome made = askIn(home, unlocked(u"pass"_s), false);
    QCOMPARE(made.key.size(), 64);
    const QString started = u"gnome-keyring-daemon --start --components=secrets >/dev/null 2>&1; "_s;
    const Outcome locked = askIn(home, started, true);
    QCOMPARE(locked.key, QString());
    QVERIFY2(locked.error.startsWith(u"MasterKeyUnavailable"_s), qPrintable(locked.error));
    QCOMPARE(askIn(home, unlocked(u"pass"_s), true).key, made.key); // and the old one is still there
}

void tst_OsKeychain::withoutABusSaysSo()
{
    const QTemporaryDir home;
    for (const bool storeHasKey : {false, true}) {
        const Outcome none = askIn(home, QString(), storeHasKey, false);
        QCOMPARE(none.key, QString());
        QVERIFY2(none.error.startsWith(u"MasterKeyUnavailable"_s), qPrintable(none.error));
    }
}

// Not a test by itself: what the others start in a session.
void tst_OsKeychain::childAsksForTheKey()
{
    const QByteArray storeHasKey = qgetenv("FB_TEST_STORE_HAS_KEY");
    if (storeHasKey.isEmpty())
        return;
    OsKeychain keychain(u"flagbridge-test"_s);
    SecureRandom random;
    FleetIdentity fleet;
    fleet.fleetId = FleetId("3f2c9e10-0000-4000-8000-000000000000");
    bool answered = false;
    keychainMasterKey(keychain, fleet, storeHasKey == "yes", random, [&](const Result<SecretBytes> &key) {
        answered = true;
        if (key)
            std::printf("\nKEY %s\n", toHex(key->view()).c_str());
        else
            std::printf("\nERROR %s %s\n", std::string(key.error().code.name()).c_str(),
                        key.error().message.c_str());
        std::fflush(stdout);
    });
    QTRY_VERIFY_WITH_TIMEOUT(answered, 20000);
}

FB_TEST(tst_OsKeychain)
#include "tst_os_keychain.moc"
