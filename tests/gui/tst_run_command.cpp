#include "tests/gui/console_fixture.h"
#include "tests/support/test_main.h"
#include "ui/nodes/runcommand/output_view.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/form_field.h"

#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QRadioButton>
#include <QTabBar>
#include <QTest>

namespace fb::test {

using namespace Qt::StringLiterals;
using Fleet = ConsoleFixture::Fleet;

class tst_RunCommand : public QObject
{
    Q_OBJECT
private slots:
    void emptyPageExplains();
    void composerSends();
    void composerSaysWhatIsWrong();
    void engineErrorsLandOnTheirField();
    void targetsPreview();
    void aRunIsShownLive();
    void groupsCompare();
    void cancelAndAgain();
    void escapeClosesTheSheet();
};

void tst_RunCommand::emptyPageExplains()
{
    ConsoleFixture shown(Fleet::Empty);
    shown.window().openAddress(u"run-command"_s);
    QVERIFY(shown.visible("runFirstDocument"));
    QVERIFY(!shown.visible("runsTable"));
    QTest::mouseClick(shown.visible("runFirstDocument"), Qt::LeftButton);
    QVERIFY(shown.visible("composer"));
}

void tst_RunCommand::composerSends()
{
    ConsoleFixture shown(Fleet::Sample);
    QTest::keyClick(&shown.window(), Qt::Key_R, Qt::ControlModifier);
    QTRY_VERIFY(shown.visible("composer"));
    auto *commands = shown.find<QPlainTextEdit>("parameter-commands");
    QVERIFY(commands);
    QTest::keyClicks(commands, u"uptime"_s);
    QTest::keyClick(commands, Qt::Key_Return);
    QTest::keyClicks(commands, u"df -h /"_s);
    QTest::keyClicks(shown.find<QLineEdit>("parameter-workingDirectory"), u"/tmp"_s);
    QTest::keyClicks(shown.find<QLineEdit>("composerComment"), u"How are you"_s);
    auto *send = shown.find<QPushButton>("composerSend");
    QCOMPARE(send->text(), u"Run on 26 nodes"_s);
    QTest::mouseClick(send, Qt::LeftButton);
    QVERIFY(shown.runSource.sentRequests.isEmpty()); // to all nodes: their number is typed first
    auto *really = shown.find<QPushButton>("sendRunConfirm");
    QVERIFY(!really->isEnabled());
    QTest::keyClicks(shown.find<QLineEdit>("sendRunTyped"), u"26"_s);
    QTest::mouseClick(really, Qt::LeftButton);
    QTRY_COMPARE(shown.window().address(), u"run-command/"_s + FakeRunSource::sampleRun({}).id);
    const RunRequest sent = shown.runSource.sentRequests.value(0);
    QCOMPARE(sent.documentName, u"AWS-RunShellScript"_s);
    QCOMPARE(sent.parameters.value(u"commands"_s), (QStringList {u"uptime"_s, u"df -h /"_s}));
    QCOMPARE(sent.parameters.value(u"workingDirectory"_s), QStringList {u"/tmp"_s});
    QVERIFY(!sent.parameters.contains(u"executionTimeout"_s)); // at its default
    QVERIFY(sent.targets.all);
    QCOMPARE(sent.comment, u"How are you"_s);
    QCOMPARE(sent.timeout, std::chrono::seconds(600));
    QTRY_VERIFY(!shown.visible("composer"));
}

void tst_RunCommand::composerSaysWhatIsWrong()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.console->openComposer({shown.fleet->nodes().idAt(7)});
    auto *commands = shown.find<QPlainTextEdit>("parameter-commands");
    auto *concurrency = shown.find<QLineEdit>("composerConcurrency");
    concurrency->setText(u"0"_s);
    QTest::mouseClick(shown.find<QPushButton>("composerSend"), Qt::LeftButton);
    QVERIFY(shown.runSource.sentRequests.isEmpty());
    QVERIFY(commands->hasFocus()); // the first wrong field
    QVERIFY(!qobject_cast<FormField *>(commands->parentWidget())->error().isEmpty());
    QVERIFY(qobject_cast<FormField *>(concurrency->parentWidget())->error().contains(u"100%"_s));
    QTest::keyClicks(commands, u"true"_s); // live while wrong
    QVERIFY(qobject_cast<FormField *>(commands->parentWidget())->error().isEmpty());
    for (const char *right : {"1", "50", "10%", "100%"}) {
        concurrency->setText(QString::fromLatin1(right));
        shown.runSource.refusal = ShownError {.code = u"X"_s};
        QTest::mouseClick(shown.find<QPushButton>("composerSend"), Qt::LeftButton);
        QTRY_VERIFY(shown.find<QPushButton>("composerSend")->isEnabled());
    }
    QCOMPARE(shown.runSource.sentRequests.size(), 4);
}

void tst_RunCommand::engineErrorsLandOnTheirField()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.console->openComposer({shown.fleet->nodes().idAt(7)});
    auto *commands = shown.find<QPlainTextEdit>("parameter-commands");
    commands->setPlainText(u"true"_s);
    shown.runSource.refusal = ShownError {.kind = ShownError::Kind::WrongInput,
                                          .code = u"InvalidParameters"_s,
                                          .message = u"commands is too long."_s,
                                          .field = u"Parameters.commands[0]"_s};
    QTest::mouseClick(shown.find<QPushButton>("composerSend"), Qt::LeftButton);
    QTRY_COMPARE(qobject_cast<FormField *>(commands->parentWidget())->error(), u"commands is too long."_s);
    shown.runSource.refusal = ShownError {.code = u"InvalidDocument"_s, .message = u"No such document."_s};
    QTest::mouseClick(shown.find<QPushButton>("composerSend"), Qt::LeftButton);
    QTRY_VERIFY(shown.visible("composerBanner"));
    QVERIFY(shown.visible("composer")); // nothing typed is lost
    QCOMPARE(commands->toPlainText(), u"true"_s);
}

void tst_RunCommand::targetsPreview()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.console->openComposer({shown.fleet->nodes().idAt(7)});
    QVERIFY(shown.find<QRadioButton>("targetsByNodes")->isChecked());
    QCOMPARE(shown.find<QRadioButton>("targetsByNodes")->text(), u"db-tyo-primary"_s);
    auto *tags = shown.find<QLineEdit>("targetTags");
    auto *preview = shown.find<QLabel>("targetPreview");
    QTest::keyClicks(tags, u"role=web site=osa"_s);
    QVERIFY(shown.find<QRadioButton>("targetsByTags")->isChecked());
    QCOMPARE(preview->text(), u"Matches 2 nodes now (1 offline)."_s);
    tags->setText(u"role=web role=database site=tyo"_s); // (web or database) and tyo
    QCOMPARE(preview->text(), u"Matches 9 nodes now."_s);
    tags->setText(u"role=none"_s);
    QCOMPARE(preview->text(), u"Matches no node now."_s);
    tags->setText(u"web"_s);
    shown.find<QPlainTextEdit>("parameter-commands")->setPlainText(u"true"_s);
    QTest::mouseClick(shown.find<QPushButton>("composerSend"), Qt::LeftButton);
    QVERIFY(preview->text().contains(u"key=value"_s));
    QVERIFY(shown.runSource.sentRequests.isEmpty());
}

void tst_RunCommand::aRunIsShownLive()
{
    ConsoleFixture shown(Fleet::Sample);
    const QString id = FakeRunSource::sampleRun({}).id;
    shown.window().openAddress(u"run-command/"_s + id);
    QCOMPARE(shown.find<QLabel>("runDone")->text(), u"179 of 214 nodes done"_s);
    InvocationRow row;
    row.nodeId = u"mi-1"_s;
    row.nodeName = u"web-1"_s;
    row.details = u"InProgress"_s;
    emit shown.runSource.invocationsArrived(id, {row});
    emit shown.runSource.outputArrived(id, {{row.nodeId, RunStream::Out, 0, "first\n"}});
    auto *view = shown.find<OutputView>("outputView");
    QTRY_COMPARE(view->toPlainText(), u"first\n"_s); // while it runs
    emit shown.runSource.outputArrived(id, {{row.nodeId, RunStream::Out, 6, "second\n"}});
    QCOMPARE(view->toPlainText(), u"first\nsecond\n"_s);
    row.details = u"Success"_s;
    row.responseCode = 0;
    emit shown.runSource.invocationsArrived(id, {row});
    QTRY_COMPARE(shown.find<QLabel>("outputTitle")->text(), u"web-1"_s);
    QCOMPARE(view->toPlainText().trimmed(), u"first\nsecond"_s);
    QCOMPARE(shown.find<QLabel>("runDone")->text(), u"1 of 1 node done"_s);
}

void tst_RunCommand::groupsCompare()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.window().openAddress(u"run-command/"_s + FakeRunSource::sampleRun({}).id);
    shown.runSource.playSampleRun();
    auto *list = static_cast<QListView *>(shown.visible("outputList"));
    QTRY_COMPARE(list->model()->rowCount(), 8); // six groups, running, waiting
    list->setCurrentIndex(list->model()->index(1, 0));
    QCOMPARE(shown.find<QLabel>("outputTitle")->text(), u"16 nodes said the same"_s);
    auto *groupNodes = shown.find<DataTable>("groupNodes");
    QCOMPARE(groupNodes->model()->rowCount(), 16);
    auto *compare = shown.find<QCheckBox>("compareWithLargest");
    QVERIFY(compare->isVisible());
    list->setCurrentIndex(list->model()->index(0, 0));
    QVERIFY(!compare->isVisible()); // the largest is compared with nothing
    QCOMPARE(groupNodes->model()->rowCount(), 147);
    QVERIFY(!(list->model()->flags(list->model()->index(6, 0)) & Qt::ItemIsSelectable));
    auto *tabs = shown.find<QTabBar>("runTabs");
    tabs->setCurrentIndex(1);
    auto *targets = shown.find<DataTable>("targetTable");
    QCOMPARE(targets->model()->rowCount(), 214);
    targets->setCurrentIndex(targets->model()->index(0, 0));
    QTRY_VERIFY(!shown.find<OutputView>("targetOutput")->toPlainText().isEmpty());
}

void tst_RunCommand::cancelAndAgain()
{
    ConsoleFixture shown(Fleet::Sample);
    RunRow run = FakeRunSource::sampleRun(shown.runSource.m_now);
    shown.window().openAddress(u"run-command/"_s + run.id);
    auto *cancel = shown.find<QPushButton>("runCancel");
    QTest::mouseClick(cancel, Qt::LeftButton);
    QCOMPARE(shown.runSource.cancelled, QStringList {run.id});
    run.details = u"Cancelled"_s;
    emit shown.runSource.runsArrived({run});
    QVERIFY(!cancel->isVisible());
    QTest::mouseClick(shown.find<QPushButton>("runAgain"), Qt::LeftButton);
    QVERIFY(shown.visible("composer"));
    QCOMPARE(shown.find<QPlainTextEdit>("parameter-commands")->toPlainText(), u"needrestart -b"_s);
    QCOMPARE(shown.find<QLineEdit>("targetTags")->text(), u"env=prod"_s);
    QCOMPARE(shown.find<QLineEdit>("composerErrors")->text(), u"10%"_s);
}

void tst_RunCommand::escapeClosesTheSheet()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.console->openComposer({});
    QTest::keyClick(shown.find<QPlainTextEdit>("parameter-commands"), Qt::Key_Escape);
    QTRY_VERIFY(!shown.visible("composer"));
}

FB_TEST(tst_RunCommand)

}

#include "tst_run_command.moc"
