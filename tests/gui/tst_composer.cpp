#include "tests/gui/console_fixture.h"
#include "tests/support/test_main.h"
#include "ui/nodes/runcommand/row_editor.h"
#include "ui/text/text_viewer.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/form_field.h"
#include "ui/widgets/tab_stack.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTest>

namespace fb::test {

using namespace Qt::StringLiterals;
using Fleet = ConsoleFixture::Fleet;

// The composer by keys and clicks: documents, generated fields, raw text, command line, drafts.
namespace {

    // Of Fb-DeployWeb on a node, its release typed.
    void beginDeployment(ConsoleFixture &shown)
    {
        RunRequest request;
        request.documentName = u"Fb-DeployWeb"_s;
        request.targets.nodeIds = QStringList {shown.fleet->nodes().idAt(7)};
        shown.console->openComposerWith(request);
        QTest::keyClicks(shown.find<QLineEdit>("parameter-release"), u"4.2"_s);
    }
}

class tst_Composer : public QObject
{
    Q_OBJECT
private slots:
    void documentsAreSearched();
    void everyParameterHasItsField();
    void fieldsAreJudgedWhenLeft();
    void targetsAreListed();
    void rateInWords();
    void rawAndFormAreOne();
    void wrongRawStays();
    void commandLine();
    void draftsSurvive();
    void typedWorkIsNotLost();
    void manyNodesAsk();
    void aDocumentThatIsNotThere();
    void aDocumentThatGoes();
};

void tst_Composer::documentsAreSearched()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.console->openComposer({shown.fleet->nodes().idAt(7)});
    auto *field = shown.find<QLineEdit>("composerDocument");
    auto *list = shown.find<QListWidget>("composerDocuments");
    QVERIFY(field->hasFocus());
    QCOMPARE(field->text(), u"AWS-RunShellScript"_s);
    QTest::keyClicks(field, u"web tier"_s); // of its description
    QVERIFY(list->isVisible());
    QCOMPARE(list->count(), 1);
    QTest::keyClick(field, Qt::Key_Return);
    QVERIFY(!list->isVisible());
    QCOMPARE(field->text(), u"Fb-DeployWeb"_s);
    QTRY_VERIFY(shown.visible("parameter-release"));
    QTest::keyClick(field, Qt::Key_Down); // all of them
    QCOMPARE(list->count(), 2);
    QTest::keyClick(field, Qt::Key_Up);
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_VERIFY(shown.visible("parameter-commands"));
    QTest::keyClicks(field, u"macos nothing"_s);
    QVERIFY(!list->isVisible());
    QTest::keyClick(field, Qt::Key_Escape); // ends the search, not the sheet
    QCOMPARE(field->text(), u"AWS-RunShellScript"_s);
    QVERIFY(shown.visible("composer"));
}

void tst_Composer::everyParameterHasItsField()
{
    ConsoleFixture shown(Fleet::Sample);
    beginDeployment(shown);
    auto *channel = shown.find<QComboBox>("parameter-channel");
    QCOMPARE(channel->currentText(), u"stable"_s);
    QTest::keyClick(channel, Qt::Key_Down);
    QTest::keyClicks(shown.find<QLineEdit>("parameter-workers"), u"8"_s);
    auto *restart = shown.find<QCheckBox>("parameter-restart");
    QVERIFY(restart->isChecked());
    QTest::keyClick(restart, Qt::Key_Space);
    QTest::keyClicks(shown.find<QLineEdit>("parameter-services-0"), u"nginx"_s);
    QTest::keyClick(shown.find<QLineEdit>("parameter-services-0"), Qt::Key_Return); // another row
    auto *second = shown.find<QLineEdit>("parameter-services-1");
    QVERIFY(second->hasFocus());
    QTest::keyClicks(second, u"php-fpm"_s);
    QTest::keyClicks(shown.find<QLineEdit>("parameter-settings-key-0"), u"MODE"_s);
    QTest::keyClicks(shown.find<QLineEdit>("parameter-settings-0"), u"a \"b\""_s);
    QTest::keyClicks(shown.find<QPlainTextEdit>("parameter-mounts"), u"[{\"from\": \"/srv\"}]"_s);
    QTest::mouseClick(shown.find<QPushButton>("composerSend"), Qt::LeftButton);
    QTRY_COMPARE(shown.runSource.sentRequests.size(), 1);
    const RunParameters sent = shown.runSource.sentRequests[0].parameters;
    QCOMPARE(sent.value(u"release"_s), QStringList {u"4.2"_s});
    QCOMPARE(sent.value(u"channel"_s), QStringList {u"testing"_s});
    QCOMPARE(sent.value(u"workers"_s), QStringList {u"8"_s});
    QCOMPARE(sent.value(u"restart"_s), QStringList {u"false"_s});
    QCOMPARE(sent.value(u"services"_s), (QStringList {u"nginx"_s, u"php-fpm"_s}));
    QCOMPARE(sent.value(u"settings"_s), QStringList {u"{\"MODE\":\"a \\\"b\\\"\"}"_s});
    QCOMPARE(sent.value(u"mounts"_s), QStringList {u"[{\"from\": \"/srv\"}]"_s});
}

void tst_Composer::fieldsAreJudgedWhenLeft()
{
    ConsoleFixture shown(Fleet::Sample);
    RunRequest request;
    request.documentName = u"Fb-DeployWeb"_s;
    shown.console->openComposerWith(request);
    auto *release = shown.find<QLineEdit>("parameter-release");
    const auto error
        = [](const QWidget *field) { return qobject_cast<FormField *>(field->parentWidget())->error(); };
    release->setFocus();
    QTest::keyClicks(release, u"4"_s);
    QVERIFY(error(release).isEmpty()); // not while one begins
    QTest::keyClick(release, Qt::Key_Tab);
    QVERIFY(error(release).contains(u"3"_s)); // characters at least
    release->setFocus();
    QTest::keyClicks(release, u".x"_s); // live while wrong
    QVERIFY(error(release).contains(u"[0-9]+"_s));
    QTest::keyClick(release, Qt::Key_Backspace);
    QTest::keyClicks(release, u"2"_s);
    QVERIFY(error(release).isEmpty());
    auto *services = shown.find<RowEditor>("parameter-services");
    for (int i = 0; i < 4; ++i) {
        auto *row = shown.find<QLineEdit>(qPrintable(u"parameter-services-%1"_s.arg(i)));
        QVERIFY(row);
        row->setFocus();
        QTest::keyClicks(row, u"unit"_s);
        if (i < 3)
            QTest::keyClick(row, Qt::Key_Return);
    }
    QVERIFY(error(services).isEmpty()); // the rows are one field
    shown.find<QLineEdit>("composerComment")->setFocus();
    QVERIFY(error(services).contains(u"3"_s)); // at most
    QVERIFY(shown.find<QLineEdit>("parameter-services-0")->property("fbWrong").toBool());
    QTest::mouseClick(shown.visible("parameter-services-remove"), Qt::LeftButton);
    QVERIFY(error(services).isEmpty());
    QCOMPARE(services->rowCount(), 3);
    auto *errors = shown.find<QLineEdit>("composerErrors");
    errors->setFocus();
    errors->selectAll();
    QTest::keyClicks(errors, u"101%"_s);
    QTest::keyClick(errors, Qt::Key_Tab);
    QVERIFY(!error(errors).isEmpty());
}

void tst_Composer::targetsAreListed()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.console->openComposer({});
    auto *tags = shown.find<QLineEdit>("targetTags");
    tags->setFocus();
    QTest::keyClicks(tags, u"role=web site=osa"_s);
    QCOMPARE(shown.find<QLabel>("targetPreview")->text(), u"Matches 2 nodes now (1 offline)."_s);
    QVERIFY(!shown.visible("targetList"));
    QTest::mouseClick(shown.visible("targetListToggle"), Qt::LeftButton);
    auto *list = static_cast<QListWidget *>(shown.visible("targetList"));
    QVERIFY(list);
    QCOMPARE(list->count(), 2);
    QVERIFY(list->item(0)->text().startsWith(u"web-osa-01, "_s));
    QTest::mouseClick(shown.visible("targetListToggle"), Qt::LeftButton);
    QVERIFY(!shown.visible("targetList"));
}

void tst_Composer::rateInWords()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.console->openComposer({});
    QTest::mouseClick(shown.visible("targetsAll"), Qt::LeftButton, {}, QPoint(8, 8));
    auto *concurrency = shown.find<QLineEdit>("composerConcurrency");
    concurrency->selectAll();
    QTest::keyClicks(concurrency, u"10%"_s);
    QCOMPARE(shown.find<QLabel>("composerRate")->text(),
             u"3 at a time; the first ones slower. It stops at error 1."_s);
    QVERIFY(shown.visible("composerLate")); // 9 batches of an hour do not start within ten minutes
    concurrency->selectAll();
    QTest::keyClicks(concurrency, u"100%"_s);
    QVERIFY(!shown.visible("composerLate"));
}

void tst_Composer::rawAndFormAreOne()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.console->openComposer({shown.fleet->nodes().idAt(7)});
    QTest::keyClicks(shown.find<QPlainTextEdit>("parameter-commands"), u"uptime"_s);
    auto *tabs = shown.visible("composer")->findChild<TabStack *>();
    auto *raw = shown.find<QPlainTextEdit>("composerRaw");
    tabs->setCurrent(u"raw"_s);
    QVERIFY(raw->toPlainText().contains(u"\"uptime\""_s));
    QTest::keyClick(shown.find<QComboBox>("composerRawForm"), Qt::Key_Down); // YAML
    QVERIFY(raw->toPlainText().contains(u"DocumentName: AWS-RunShellScript"_s));
    raw->setPlainText(raw->toPlainText().replace(u"uptime"_s, u"df -h"_s).replace(u"600"_s, u"90"_s));
    tabs->setCurrent(u"form"_s);
    QCOMPARE(shown.find<QPlainTextEdit>("parameter-commands")->toPlainText(), u"df -h"_s);
    QCOMPARE(shown.find<QSpinBox>("composerTimeout")->value(), 90);
    tabs->setCurrent(u"raw"_s);
    raw->setPlainText(raw->toPlainText().replace(u"df -h"_s, u"true"_s));
    QTest::mouseClick(shown.find<QPushButton>("composerSend"), Qt::LeftButton); // from there
    QTRY_COMPARE(shown.runSource.sentRequests.size(), 1);
    QCOMPARE(shown.runSource.sentRequests[0].parameters.value(u"commands"_s), QStringList {u"true"_s});
    QCOMPARE(shown.runSource.sentRequests[0].timeout, std::chrono::seconds(90));
}

void tst_Composer::wrongRawStays()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.console->openComposer({shown.fleet->nodes().idAt(7)});
    auto *tabs = shown.visible("composer")->findChild<TabStack *>();
    auto *raw = shown.find<QPlainTextEdit>("composerRaw");
    tabs->setCurrent(u"raw"_s);
    raw->setPlainText(u"{\n\"DocumentName\": 1,,\n}"_s);
    tabs->setCurrent(u"form"_s);
    QCOMPARE(tabs->current(), u"raw"_s);
    QVERIFY(shown.find<QLabel>("composerRawProblem")->text().startsWith(u"Line 2: "_s));
    raw->setPlainText(u"{\"DocumentName\": \"Gone\"}"_s);
    QTest::mouseClick(shown.find<QPushButton>("composerSend"), Qt::LeftButton);
    QVERIFY(shown.find<QLabel>("composerRawProblem")->text().contains(u"Gone"_s));
    raw->setPlainText(u"{\"DocumentName\": \"Fb-DeployWeb\", \"Parameters\": {\"colour\": [\"red\"]}}"_s);
    tabs->setCurrent(u"line"_s);
    QCOMPARE(tabs->current(), u"raw"_s);
    QVERIFY(shown.find<QLabel>("composerRawProblem")->text().contains(u"colour"_s));
    QVERIFY(shown.runSource.sentRequests.isEmpty());
}

void tst_Composer::commandLine()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.console->openComposer({shown.fleet->nodes().idAt(7)});
    QTest::keyClicks(shown.find<QPlainTextEdit>("parameter-commands"), u"echo 'hi'"_s);
    shown.visible("composer")->findChild<TabStack *>()->setCurrent(u"line"_s);
    QTest::mouseClick(shown.visible("composerCopyLine"), Qt::LeftButton);
    const QString line = QGuiApplication::clipboard()->text();
    QVERIFY(line.startsWith(u"aws ssm send-command \\\n"_s));
    QVERIFY(line.contains(u"--instance-ids "_s + shown.fleet->nodes().idAt(7)));
    QVERIFY(line.contains(u"'\\''hi'\\''"_s));
    QVERIFY(shown.find<TextViewer>("composerLine")->text().contains(u"--document-name"_s));
}

// [R18]: the console dies while one types; what was typed is there again.
void tst_Composer::draftsSurvive()
{
    QTemporaryDir folder;
    {
        ConsoleFixture shown(Fleet::Sample);
        *shown.drafts = DraftStore(folder.path());
        shown.console->openComposer({});
        QTest::keyClicks(shown.find<QPlainTextEdit>("parameter-commands"), u"uptime"_s);
        QTest::keyClicks(shown.find<QLineEdit>("targetTags"), u"env=prod half"_s);
        QTRY_VERIFY_WITH_TIMEOUT(DraftStore(folder.path()).load(u"run-command"_s), 5000); // by itself
    }
    ConsoleFixture shown(Fleet::Sample);
    *shown.drafts = DraftStore(folder.path());
    shown.console->openComposer({shown.fleet->nodes().idAt(7)}); // for chosen nodes: it waits
    QVERIFY(shown.find<QPlainTextEdit>("parameter-commands")->toPlainText().isEmpty());
    QTest::keyClick(shown.visible("composer"), Qt::Key_Escape);
    QTRY_VERIFY(!shown.find<QWidget>("composer"));
    shown.console->openComposer({});
    QCOMPARE(shown.find<QPlainTextEdit>("parameter-commands")->toPlainText(), u"uptime"_s);
    QCOMPARE(shown.find<QLineEdit>("targetTags")->text(), u"env=prod half"_s);
    auto *banner = static_cast<Banner *>(shown.visible("composerBanner"));
    QVERIFY(banner && banner->statement().contains(u"draft"_s));
    shown.find<QLineEdit>("targetTags")->setText(u"env=prod"_s);
    QTest::mouseClick(shown.find<QPushButton>("composerSend"), Qt::LeftButton);
    QTRY_COMPARE(shown.runSource.sentRequests.size(), 1);
    QTRY_VERIFY(!DraftStore(folder.path()).load(u"run-command"_s)); // it has been sent
}

void tst_Composer::typedWorkIsNotLost()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.console->openComposer({});
    QTest::keyClicks(shown.find<QPlainTextEdit>("parameter-commands"), u"uptime"_s);
    DocumentForm another = FakeRunSource::shellScriptDocument();
    another.name = u"Fb-Another"_s;
    emit shown.runSource.documentsArrived({FakeRunSource::shellScriptDocument(), another}); // meanwhile
    QTest::keyClick(shown.find<QPlainTextEdit>("parameter-commands"), Qt::Key_Escape);
    QVERIFY(shown.visible("composer"));
    QVERIFY(shown.visible("composerKeep")->hasFocus());
    QTest::mouseClick(shown.visible("composerStay"), Qt::LeftButton);
    QVERIFY(shown.visible("composerSend"));
    QTest::mouseClick(shown.visible("composerCancel"), Qt::LeftButton);
    QTest::keyClick(shown.visible("composerKeep"), Qt::Key_Space);
    QTRY_VERIFY(!shown.find<QWidget>("composer"));
    shown.console->openComposer({});
    QCOMPARE(shown.find<QPlainTextEdit>("parameter-commands")->toPlainText(), u"uptime"_s);
    QTest::mouseClick(shown.visible("composerCancel"), Qt::LeftButton);
    QTest::mouseClick(shown.visible("composerDiscard"), Qt::LeftButton);
    QTRY_VERIFY(!shown.find<QWidget>("composer"));
    QVERIFY(!shown.drafts->load(u"run-command"_s));
}

void tst_Composer::manyNodesAsk()
{
    ConsoleFixture shown(Fleet::Sample);
    QList<NodeRow> more;
    for (int i = 0; i < 101; ++i) {
        NodeRow row;
        row.id = u"mi-%1"_s.arg(i, 17, 16, QChar(u'0'));
        row.name = u"many-%1"_s.arg(i);
        row.tags = QStringList {u"kind=many"_s};
        more << row;
    }
    emit shown.fleetSource.nodesArrived(more);
    shown.console->openComposer({});
    shown.find<QPlainTextEdit>("parameter-commands")->setPlainText(u"true"_s);
    QTest::keyClicks(shown.find<QLineEdit>("targetTags"), u"kind=many"_s);
    QTRY_COMPARE(shown.find<QPushButton>("composerSend")->text(), u"Run on 101 nodes"_s);
    QTest::mouseClick(shown.find<QPushButton>("composerSend"), Qt::LeftButton);
    auto *typed = shown.find<QLineEdit>("sendRunTyped");
    QVERIFY(typed);
    QVERIFY(!shown.find<QPushButton>("sendRunConfirm")->isEnabled());
    QTest::keyClicks(typed, u"100"_s);
    QVERIFY(!shown.find<QPushButton>("sendRunConfirm")->isEnabled());
    QTest::keyClick(typed, Qt::Key_Backspace);
    QTest::keyClicks(typed, u"1"_s);
    QTest::keyClick(typed, Qt::Key_Return);
    QTRY_COMPARE(shown.runSource.sentRequests.size(), 1);
}

// Never another document than the one that was named: it says which is missing, sends nothing, and lets the operator choose.
void tst_Composer::aDocumentThatIsNotThere()
{
    ConsoleFixture shown(Fleet::Sample);
    RunRequest request;
    request.documentName = u"Fb-Gone"_s;
    request.parameters = {{u"release"_s, {u"4.2"_s}}};
    request.targets.nodeIds = QStringList {shown.fleet->nodes().idAt(7)};
    shown.console->openComposerWith(request);
    auto *field = shown.find<QLineEdit>("composerDocument");
    const auto error = [field] {
        for (QWidget *up = field->parentWidget(); up; up = up->parentWidget()) {
            if (const auto *form = qobject_cast<FormField *>(up))
                return form->error();
        }
        return QString();
    };
    QVERIFY(field->text().isEmpty());
    QVERIFY2(error().contains(u"Fb-Gone"), qPrintable(error()));
    QVERIFY(!shown.visible("parameter-commands"));
    shown.runs->loadDocuments(); // the list comes anew: it is still not among them
    QTRY_VERIFY(error().contains(u"Fb-Gone"));
    QTest::mouseClick(shown.find<QPushButton>("composerSend"), Qt::LeftButton);
    QCoreApplication::processEvents();
    QVERIFY(shown.runSource.sentRequests.isEmpty());
    QVERIFY(error().contains(u"Fb-Gone"));
    QVERIFY(field->hasFocus());
    auto *tabs = shown.visible("composer")->findChild<TabStack *>();
    tabs->setCurrent(u"line"_s); // and what it would send names it, too
    QVERIFY(shown.find<TextViewer>("composerLine")->text().contains(u"Fb-Gone"));
    tabs->setCurrent(u"form"_s);
    QTest::keyClicks(field, u"RunShell"_s);
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(field->text(), u"AWS-RunShellScript"_s);
    QVERIFY(error().isEmpty());
    QTRY_VERIFY(shown.visible("parameter-commands"));
    QTest::keyClicks(shown.visible("parameter-commands"), u"uptime"_s);
    QTest::mouseClick(shown.find<QPushButton>("composerSend"), Qt::LeftButton);
    QTRY_COMPARE(shown.runSource.sentRequests.size(), 1);
    QCOMPARE(shown.runSource.sentRequests[0].documentName, u"AWS-RunShellScript"_s);
}

// The document is deleted while its parameters are being typed; when it is there again, so are they.
void tst_Composer::aDocumentThatGoes()
{
    ConsoleFixture shown(Fleet::Sample);
    beginDeployment(shown);
    const QList<DocumentForm> all = shown.runs->documents();
    QList<DocumentForm> fewer = all;
    fewer.removeIf([](const DocumentForm &form) { return form.name == u"Fb-DeployWeb"; });
    emit shown.runSource.documentsArrived(fewer);
    auto *field = shown.find<QLineEdit>("composerDocument");
    QTRY_VERIFY(field->text().isEmpty());
    QVERIFY(!shown.visible("parameter-commands"));
    emit shown.runSource.documentsArrived(all);
    QTRY_COMPARE(field->text(), u"Fb-DeployWeb"_s);
    QCOMPARE(shown.find<QLineEdit>("parameter-release")->text(), u"4.2"_s);
}

FB_TEST(tst_Composer)

}

#include "tst_composer.moc"
