#include "tests/gui/console_fixture.h"
#include "tests/support/test_main.h"
#include "ui/shared/documents/dry_run_panel.h"
#include "ui/text/code_editor.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QComboBox>
#include <QCompleter>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTest>

namespace fb::test {

using namespace Qt::StringLiterals;
using Fleet = ConsoleFixture::Fleet;

// What the editor of documents proposes, and its dry run: by keys alone.
class tst_EditorHelp : public QObject
{
    Q_OBJECT
private slots:
    void proposesWhileOneTypes();
    void proposalsGoAway();
    void dryRun();
    void addsAStep();
};

void tst_EditorHelp::proposesWhileOneTypes()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.window().openAddress(u"documents/+new"_s);
    auto *text = static_cast<CodeEditor *>(shown.visible("editorText"));
    QVERIFY(text);
    text->setPlainText(u"- action: "_s);
    text->setFocus();
    text->moveCursor(QTextCursor::End);
    const auto list = [&] { return text->findChild<QCompleter *>()->popup(); };
    QVERIFY(!list()->isVisible());
    QTest::keyClicks(text, u"aws:"_s);
    QVERIFY(list()->isVisible());
    QCOMPARE(list()->model()->rowCount(), 2);
    QTest::keyClicks(list(), u"runD"_s); // goes to the text, and narrows
    QCOMPARE(list()->model()->rowCount(), 1);
    QTest::keyClick(list(), Qt::Key_Return);
    QCOMPARE(text->toPlainText(), u"- action: aws:runDocument"_s);
    QVERIFY(!list()->isVisible());
    text->undo(); // one step back
    QCOMPARE(text->toPlainText(), u"- action: aws:runD"_s);
    QTest::keyClick(text, Qt::Key_Space, Qt::ControlModifier);
    QVERIFY(list()->isVisible());
    QTest::keyClick(list(), Qt::Key_Escape);
    QVERIFY(!list()->isVisible());
    QVERIFY(shown.visible("editorText")); // Esc closed the list alone
}

void tst_EditorHelp::proposalsGoAway()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.window().openAddress(u"documents/+new"_s);
    auto *text = static_cast<CodeEditor *>(shown.visible("editorText"));
    text->setPlainText(u"- action: "_s);
    text->setFocus();
    text->moveCursor(QTextCursor::End);
    QAbstractItemView *list = text->findChild<QCompleter *>()->popup();
    QTest::keyClicks(text, u"aws:"_s);
    QVERIFY(list->isVisible());
    QTest::keyClicks(list, u"x"_s); // nothing begins so
    QVERIFY(!list->isVisible());
    QTest::keyClick(text, Qt::Key_Return); // is a line end again
    QVERIFY(text->toPlainText().endsWith(u'\n'));
}

void tst_EditorHelp::dryRun()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.window().openAddress(u"documents/+new"_s);
    QVERIFY(!shown.visible("dryRun"));
    QTest::mouseClick(shown.visible("editorDryRun"), Qt::LeftButton);
    auto *panel = static_cast<DryRunPanel *>(shown.visible("dryRun"));
    QVERIFY(panel);
    const auto note = [&] {
        const auto *label = static_cast<QLabel *>(shown.visible("dryRunNote"));
        return label ? label->text() : QString();
    };
    QVERIFY(note().contains(u"\"commands\""_s)); // what is missing
    QWidget *commands = nullptr;
    QTRY_VERIFY((commands = shown.visible("dryRun-commands")));
    commands->setFocus();
    QTest::keyClicks(commands, u"id"_s);
    QVERIFY(note().isEmpty());
    QVERIFY(panel->text().contains(u"aws:runShellScript"_s));
    QVERIFY(panel->text().contains(u"  - patch Scan\n  - id\n"_s));
    QVERIFY(panel->text().contains(u"# SSM_Operation=Scan"_s));
    static_cast<QComboBox *>(shown.visible("dryRun-Operation"))->setCurrentText(u"Install"_s);
    QVERIFY(panel->text().contains(u"patch Install"_s));
    static_cast<QComboBox *>(shown.visible("dryRunPlatform"))->setCurrentText(u"Windows"_s);
    QVERIFY(panel->text().contains(u"is skipped: not for Windows"_s));
    // What is typed stays while the text changes.
    auto *text = static_cast<CodeEditor *>(shown.visible("editorText"));
    text->setPlainText(u"wrong"_s);
    QTRY_VERIFY(note().contains(u"has problems"_s));
    text->setPlainText(u"right"_s);
    QTRY_VERIFY(panel->text().contains(u"is skipped"_s));
}

void tst_EditorHelp::addsAStep()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.window().openAddress(u"documents/+new"_s);
    auto *text = static_cast<CodeEditor *>(shown.visible("editorText"));
    text->setPlainText(u"mine\n"_s);
    QTest::mouseClick(shown.visible("editorAddStep"), Qt::LeftButton);
    QVERIFY(shown.visible("stepSheet"));
    QTest::mouseClick(shown.visible("stepAdd"), Qt::LeftButton);
    QVERIFY(shown.visible("stepSheet")); // a name is needed
    QCOMPARE(QApplication::focusWidget(), shown.visible("stepName"));
    QTest::keyClicks(shown.visible("stepName"), u"drain"_s);
    QTest::mouseClick(shown.visible("stepAdd"), Qt::LeftButton);
    QVERIFY(shown.visible("stepSheet")); // and what it runs
    QTRY_VERIFY(shown.visible("step-runCommand"));
    static_cast<QPlainTextEdit *>(shown.visible("step-runCommand"))->setPlainText(u"nginx -s quit"_s);
    static_cast<QComboBox *>(shown.visible("stepOnFailure"))->setCurrentIndex(1);
    QTest::mouseClick(shown.visible("stepAdd"), Qt::LeftButton);
    QTRY_VERIFY(!shown.visible("stepSheet"));
    QCOMPARE(shown.documentsSource.newSteps,
             (QList<NewStep> {
                 {u"aws:runShellScript"_s, u"drain"_s, {{u"runCommand"_s, u"nginx -s quit"_s}}, u"exit"_s}}));
    QCOMPARE(text->toPlainText(), u"mine\n# drain\n"_s);
    text->undo();
    QCOMPARE(text->toPlainText(), u"mine\n"_s);
}

FB_TEST(tst_EditorHelp)

}

#include "tst_editor_help.moc"
