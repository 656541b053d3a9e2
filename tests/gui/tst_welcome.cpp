// The first run as a person goes through it (ux.md 13): the welcome window, the first steps, the backup of the key, the commands to copy.
#include "tests/gui/console_fixture.h"
#include "tests/support/test_main.h"

#include "ui/theme/flagbridge_style.h"
#include "ui/welcome/store_screen.h"
#include "ui/welcome/welcome_window.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/form_field.h"

#include <QAbstractButton>
#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

namespace fb::test {

using namespace Qt::StringLiterals;
using Fleet = ConsoleFixture::Fleet;

class tst_Welcome : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase() { FlagbridgeStyle::install(Scheme::Light); }
    void byKeysAlone();
    void postgresSaysWhatIsWrong();
    void failureIsShownWhereItCanBePutRight();
    void redoneKeepsOrChooses();
    void firstStepsTickOff();
    void firstStepsLead();
    void backupOfTheKey();
    void commandsToCopy();
    void settingsLeadToAllOfIt();

private:
    static WelcomeSetup setup()
    {
        return {.dataDir = u"/data"_s, .operatorName = u"m.tanaka"_s, .before = {}};
    }
};

void tst_Welcome::byKeysAlone()
{
    WelcomeWindow window(setup());
    QSignalSpy chosen(&window, &WelcomeWindow::chosen);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    QCOMPARE(QApplication::focusWidget()->objectName(), u"chooseHere"_s);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    QCOMPARE(QApplication::focusWidget()->objectName(), u"choosePostgres"_s);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QCOMPARE(window.screen()->objectName(), u"storePostgres"_s);
    QCOMPARE(QApplication::focusWidget()->objectName(), u"pgHost"_s);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QVERIFY(!window.screen());
    QCOMPARE(QApplication::focusWidget()->objectName(), u"choosePostgres"_s); // where we were
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Backtab, Qt::ShiftModifier);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
    QCOMPARE(window.screen()->objectName(), u"storeHere"_s);
    QCOMPARE(QApplication::focusWidget()->objectName(), u"welcomeStart"_s);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QCOMPARE(chosen.size(), 1);
    QVERIFY(chosen.first().first().value<StoreChoice>().kind == StoreKind::Here);
    QTest::keyClick(&window, Qt::Key_Escape); // it starts: no way back until it has or has not
    QVERIFY(window.screen());
}

void tst_Welcome::postgresSaysWhatIsWrong()
{
    WelcomeWindow window(setup());
    QSignalSpy chosen(&window, &WelcomeWindow::chosen);
    window.show();
    QTest::mouseClick(window.findChild<QAbstractButton *>(u"choosePostgres"_s), Qt::LeftButton);
    auto *start = window.screen()->findChild<QPushButton *>(u"welcomeStart"_s);
    auto *host = window.findChild<QLineEdit *>(u"pgHost"_s);
    QTest::mouseClick(start, Qt::LeftButton);
    QCOMPARE(chosen.size(), 0);
    QVERIFY(!qobject_cast<FormField *>(host->parentWidget())->error().isEmpty());
    QTest::keyClicks(host, u"/run/postgresql"_s);
    QVERIFY(qobject_cast<FormField *>(host->parentWidget())->error().isEmpty()); // gone while it is mended
    QVERIFY(!window.findChild<QComboBox *>(u"pgTls"_s)->isEnabled()); // a socket knows no TLS
    auto *from = window.screen()->findChild<QComboBox *>(u"nodesFrom"_s);
    from->setFocus();
    QTest::keyClick(from, Qt::Key_Down);
    auto *name = window.screen()->findChild<QLineEdit *>(u"nodesHost"_s);
    QVERIFY(name->isVisible());
    name->selectAll();
    QTest::keyClicks(name, u"fb 01"_s);
    QTest::mouseClick(start, Qt::LeftButton);
    QCOMPARE(chosen.size(), 0);
    QVERIFY(!qobject_cast<FormField *>(name->parentWidget())->error().isEmpty());
    name->selectAll();
    QTest::keyClicks(name, u"fb-01"_s);
    QTest::keyClick(host, Qt::Key_Return); // Enter submits
    QCOMPARE(chosen.size(), 1);
    const auto choice = chosen.first().first().value<StoreChoice>();
    QCOMPARE(choice.host, u"/run/postgresql"_s);
    QCOMPARE(choice.user, u"m.tanaka"_s);
    QCOMPARE(choice.advertise(), u"fb-01"_s);
    QVERIFY(!start->isEnabled());
}

void tst_Welcome::failureIsShownWhereItCanBePutRight()
{
    WelcomeWindow window(setup());
    QSignalSpy chosen(&window, &WelcomeWindow::chosen);
    window.show();
    QTest::mouseClick(window.findChild<QAbstractButton *>(u"choosePostgres"_s), Qt::LeftButton);
    auto *host = window.findChild<QLineEdit *>(u"pgHost"_s);
    host->setText(u"db.example.org"_s);
    auto *start = window.screen()->findChild<QPushButton *>(u"welcomeStart"_s);
    QTest::mouseClick(start, Qt::LeftButton);
    ShownError failure;
    failure.code = u"ServiceUnavailable"_s;
    failure.message = u"<b>no route</b> to db.example.org"_s;
    window.showFailure(failure);
    auto *banner = window.screen()->findChild<Banner *>();
    QVERIFY(banner->isVisible());
    QVERIFY(start->isEnabled());
    QCOMPARE(host->text(), u"db.example.org"_s); // nothing typed is lost
    QTest::mouseClick(start, Qt::LeftButton);
    QCOMPARE(chosen.size(), 2);
    QVERIFY(!banner->isVisible());
}

void tst_Welcome::redoneKeepsOrChooses()
{
    WelcomeSetup again = setup();
    again.before = StoreChoice {.kind = StoreKind::Postgres,
                                .host = u"db.example.org"_s,
                                .user = u"flagbridge"_s,
                                .fromOtherMachines = true,
                                .nodeHost = u"fb-01"_s};
    WelcomeWindow window(again);
    QSignalSpy kept(&window, &WelcomeWindow::keepClicked);
    window.show();
    QTest::mouseClick(window.findChild<QPushButton *>(u"welcomeKeep"_s), Qt::LeftButton);
    QCOMPARE(kept.size(), 1);
    QTest::mouseClick(window.findChild<QAbstractButton *>(u"choosePostgres"_s), Qt::LeftButton);
    QCOMPARE(window.findChild<QLineEdit *>(u"pgHost"_s)->text(), u"db.example.org"_s); // as it is
    QCOMPARE(window.screen()->findChild<QLineEdit *>(u"nodesHost"_s)->text(), u"fb-01"_s);
}

void tst_Welcome::firstStepsTickOff()
{
    ConsoleFixture shown(Fleet::Empty);
    QWidget *card = shown.visible("firstSteps");
    QVERIFY(card);
    QVERIFY(card->findChild<QPushButton *>(u"firstStep-enrol"_s));
    shown.fleetSource.nodes = FakeFleetSource::sampleFleet(shown.fleetSource.m_now);
    shown.fleet->start();
    QWidget *strip = nullptr;
    QTRY_VERIFY((strip = shown.visible("firstStepsStrip")) != nullptr); // above the fleet now
    QTRY_VERIFY(shown.visible("firstStepsStrip-run"));
    QVERIFY(!shown.visible("firstStepsStrip-enrol")); // done
    shown.runs->runs().applyRuns({FakeRunSource::sampleRun(shown.runSource.m_now)});
    QTRY_VERIFY(!shown.visible("firstStepsStrip-run"));
    QTest::mouseClick(shown.visible("firstStepsStripAway"), Qt::LeftButton);
    QVERIFY(!shown.visible("firstStepsStrip"));
    shown.window().openAddress(u"events"_s);
    shown.window().openAddress(u"fleet"_s);
    QVERIFY(!shown.visible("firstStepsStrip")); // for good
    shown.find<QAction>("firstStepsAgain")->trigger();
    QVERIFY(shown.visible("firstStepsStrip"));
}

void tst_Welcome::firstStepsLead()
{
    ConsoleFixture shown(Fleet::Empty);
    QTest::mouseClick(shown.visible("firstStep-enrol"), Qt::LeftButton);
    QTRY_COMPARE(QApplication::focusWidget()->objectName(), u"createActivation"_s); // on this very page
    QTest::mouseClick(shown.visible("firstRunWizard"), Qt::LeftButton);
    QVERIFY(shown.visible("enrolWizard"));
    ConsoleFixture later(Fleet::Sample);
    later.settings.setStepsDone({u"enrol"_s});
    later.firstSteps->showAgain();
    QTRY_VERIFY(later.visible("firstStepsStrip-run"));
    QTest::mouseClick(later.visible("firstStepsStrip-run"), Qt::LeftButton);
    QTRY_VERIFY(later.visible("composer"));
    later.visible("composer")->close();
    QTest::mouseClick(later.visible("firstStepsStrip-backup"), Qt::LeftButton);
    QTRY_VERIFY(later.visible("keyBackupSheet"));
}

void tst_Welcome::backupOfTheKey()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.settings.setStepsDone({});
    shown.find<QAction>("backUpKey")->trigger();
    QWidget *sheet = shown.visible("keyBackupSheet");
    QVERIFY(sheet);
    auto *file = sheet->findChild<QLineEdit *>(u"backupFilePath"_s);
    auto *passphrase = sheet->findChild<QLineEdit *>(u"backupPassphrase"_s);
    auto *again = sheet->findChild<QLineEdit *>(u"backupAgain"_s);
    auto *save = sheet->findChild<QPushButton *>(u"backupSave"_s);
    QCOMPARE(passphrase->echoMode(), QLineEdit::Password);
    const auto errorOf = [](QWidget *field) {
        while (field && !qobject_cast<FormField *>(field))
            field = field->parentWidget();
        return qobject_cast<FormField *>(field)->error();
    };
    const auto type = [](QLineEdit *edit, const QString &text) {
        edit->selectAll();
        QTest::keyClicks(edit, text);
    };
    type(file, u"key.sealed"_s); // half a path
    type(passphrase, u"short"_s);
    QTest::mouseClick(save, Qt::LeftButton);
    QVERIFY(!errorOf(file).isEmpty());
    QVERIFY(!errorOf(passphrase).isEmpty());
    QVERIFY(file->hasFocus());
    type(file, shown.folder.path()); // there is something already
    type(passphrase, u"correct horse"_s);
    type(again, u"correct house"_s);
    QTest::mouseClick(save, Qt::LeftButton);
    QVERIFY(!errorOf(file).isEmpty());
    QVERIFY(!errorOf(again).isEmpty());
    const QString good = shown.folder.filePath(u"key.sealed"_s);
    type(file, good);
    type(again, u"correct horse"_s);
    shown.keyBackup.problem.code = u"MasterKeyUnavailable"_s;
    shown.keyBackup.problem.message = u"The keychain is locked."_s;
    QTest::mouseClick(save, Qt::LeftButton);
    QVERIFY(sheet->findChild<Banner *>()->isVisible());
    QVERIFY(!shown.settings.stepsDone().contains(u"backup"_s));
    shown.keyBackup.problem = {};
    QTest::keyClick(again, Qt::Key_Return);
    QCOMPARE(shown.keyBackup.saved.size(), 2);
    QCOMPARE(shown.keyBackup.saved.last(), qMakePair(good, u"correct horse"_s));
    QTRY_VERIFY(!shown.visible("keyBackupSheet"));
    QVERIFY(shown.settings.stepsDone().contains(u"backup"_s));
    const QList<Notice> notices = shown.console->notices().all();
    QVERIFY(!notices.isEmpty() && notices.first().detail.contains(good));
}

void tst_Welcome::commandsToCopy()
{
    ConsoleFixture shown(Fleet::Empty);
    QTest::mouseClick(shown.visible("fleetHeadless"), Qt::LeftButton);
    QWidget *sheet = shown.visible("headlessSheet");
    QVERIFY(sheet);
    QTest::mouseClick(sheet->findChild<QAbstractButton *>(u"headlessServeCopy"_s), Qt::LeftButton);
    const QString copied = QGuiApplication::clipboard()->text();
    QCOMPARE(copied, sheet->findChild<QLabel *>(u"headlessServe"_s)->text());
    QVERIFY(copied.contains(u"flagbridge-engine serve --data /var/lib/flagbridge"));
    QTest::keyClick(sheet, Qt::Key_Escape);
    QTRY_VERIFY(!shown.visible("headlessSheet"));
}

void tst_Welcome::settingsLeadToAllOfIt()
{
    ConsoleFixture shown(Fleet::Sample);
    QSignalSpy wanted(shown.console.get(), &Console::storeChangeRequested);
    shown.window().openAddress(u"settings"_s);
    QTest::mouseClick(shown.visible("settingsStore"), Qt::LeftButton);
    QCOMPARE(wanted.size(), 1);
    QTest::mouseClick(shown.visible("settingsHeadless"), Qt::LeftButton);
    QVERIFY(shown.visible("headlessSheet"));
    QTest::keyClick(shown.visible("headlessSheet"), Qt::Key_Escape);
    QTest::mouseClick(shown.visible("settingsBackUpKey"), Qt::LeftButton);
    QVERIFY(shown.visible("keyBackupSheet"));
}

FB_TEST(tst_Welcome)

}

#include "tst_welcome.moc"
