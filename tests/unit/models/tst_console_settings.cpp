#include "models/settings/console_settings.h"

#include "tests/support/test_main.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace fb;
using namespace Qt::StringLiterals;

class tst_ConsoleSettings : public QObject
{
    Q_OBJECT
private slots:
    void keptAtOnce();
    void outOfBounds_data();
    void outOfBounds();
    void tellsOfChangesOnly();
    void layoutIsForgotten();
    void folderThatCannotBeWritten();
};

// Another process that starts now, as after a crash, reads every change.
void tst_ConsoleSettings::keptAtOnce()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(u"console.ini"_s);
    ConsoleSettings settings(file);
    settings.setTheme(u"dark"_s);
    settings.setTextPixels(15);
    settings.setRecent({u"audit"_s, u"fleet/mi-1\tweb, 1\tDebian"_s});
    settings.setFoldedGroups({u"2"_s});
    settings.setLayout(u"fleet/fleetTable"_s, "0:9.50,1:;+0");
    settings.setShortcut(u"openSettings"_s, u"Ctrl+Shift+G"_s);
    settings.setShortcut(u"quit"_s, QString()); // no keys at all
    const ConsoleSettings other(file);
    QCOMPARE(other.theme(), u"dark"_s);
    QCOMPARE(other.textPixels(), 15);
    QCOMPARE(other.recent(), (QStringList {u"audit"_s, u"fleet/mi-1\tweb, 1\tDebian"_s}));
    QCOMPARE(other.foldedGroups(), QStringList {u"2"_s});
    QCOMPARE(other.layout(u"fleet/fleetTable"_s), QByteArray("0:9.50,1:;+0"));
    QCOMPARE(other.shortcut(u"openSettings"_s), u"Ctrl+Shift+G"_s);
    QCOMPARE(other.shortcut(u"quit"_s), QString());
    QVERIFY(!other.shortcut(u"cmdRun"_s));
}

void tst_ConsoleSettings::outOfBounds_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("garbage") << QByteArray("\x00\xff[[[=\n\n", 9);
    QTest::newRow("numbers") << QByteArray(
        "[General]\ntextSize=4000\nconfirmAbove=-3\nscrollbackLines=1000001\ntheme=pink\n"
        "quietFrom=25:99\nquietTo=x\n");
    QTest::newRow("types") << QByteArray("[General]\ntextSize=@Invalid()\nconfirmAbove=many\ntheme=1\n");
}

void tst_ConsoleSettings::outOfBounds()
{
    QFETCH(QByteArray, text);
    QTemporaryDir folder;
    QFile file(folder.filePath(u"console.ini"_s));
    QVERIFY(file.open(QFile::WriteOnly));
    file.write(text);
    file.close();
    const ConsoleSettings settings(file.fileName());
    QCOMPARE(settings.theme(), u"system"_s);
    QCOMPARE(settings.textPixels(), 0);
    QCOMPARE(settings.confirmAbove(), ConsoleSettings::kConfirmAbove);
    QCOMPARE(settings.scrollbackLines(), ConsoleSettings::kScrollback);
    QVERIFY(!settings.isQuiet(QTime(23, 0)));
    QVERIFY(settings.sidebarShown());
}

void tst_ConsoleSettings::tellsOfChangesOnly()
{
    ConsoleSettings settings;
    QSignalSpy changed(&settings, &ConsoleSettings::changed);
    settings.setTheme(u"light"_s);
    settings.setTheme(u"light"_s);
    settings.resetShortcut(u"quit"_s); // there is none
    QCOMPARE(changed.count(), 1);
    QCOMPARE(changed[0][0].toString(), u"theme"_s);
}

void tst_ConsoleSettings::layoutIsForgotten()
{
    ConsoleSettings settings;
    settings.setLayout(u"a/b"_s, "1");
    settings.setTheme(u"dark"_s);
    QSignalSpy reset(&settings, &ConsoleSettings::layoutReset);
    settings.resetLayout();
    QCOMPARE(reset.count(), 1);
    QVERIFY(settings.layout(u"a/b"_s).isEmpty());
    QCOMPARE(settings.theme(), u"dark"_s);
}

// Choices hold as long as the console runs.
void tst_ConsoleSettings::folderThatCannotBeWritten()
{
    ConsoleSettings settings(u"/proc/no-such/console.ini"_s);
    settings.setTheme(u"dark"_s);
    QCOMPARE(settings.theme(), u"dark"_s);
}

FB_TEST(tst_ConsoleSettings)
#include "tst_console_settings.moc"
