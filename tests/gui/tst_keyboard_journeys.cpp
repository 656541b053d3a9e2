// What an operator does in a day, with keys alone (ux.md 10).
#include "tests/gui/console_fixture.h"
#include "tests/gui/keyboard_hand.h"
#include "tests/support/test_main.h"

#include "ui/theme/flagbridge_style.h"
#include "ui/widgets/data_table.h"

#include <QAction>
#include <QApplication>
#include <QFile>
#include <QFileDialog>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTest>

namespace fb::test {

using namespace Qt::StringLiterals;
using Fleet = ConsoleFixture::Fleet;

class tst_KeyboardJourneys : public QObject
{
    Q_OBJECT
private slots:
    void runOnTwoNodesAndCancel();
    void sortAndExport();
    void saveView();
    void enrolNodes();
    void writeDocument();
    void deleteDocument();
    void compareVersions();
    void themeAndLanguage();
    void readNotification();
    void quit();
};

void tst_KeyboardJourneys::runOnTwoNodesAndCancel()
{
    ConsoleFixture shown(Fleet::Sample);
    KeyboardHand hand(shown.window());
    hand.press(Qt::Key_1, Qt::ControlModifier);
    QCOMPARE(shown.window().address(), u"fleet"_s);
    hand.press(Qt::Key_F, Qt::ControlModifier);
    hand.type(u"web-tyo"_s);
    auto *table = shown.find<DataTable>("fleetTable");
    QTRY_VERIFY(table->model()->rowCount() > 2 && table->model()->rowCount() < 10);
    QVERIFY(hand.tabTo(u"fleetTable"_s));
    hand.press(Qt::Key_Home, Qt::ControlModifier);
    const QImage before = table->viewport()->grab().toImage();
    hand.press(Qt::Key_Down, Qt::ControlModifier);
    QVERIFY(before
            != table->viewport()->grab().toImage()); // where one stands is seen, though nothing is selected
    while (!table->selectedIds().isEmpty()) // Home chose the first
        table->selectionModel()->currentIndex().isValid() ? hand.press(Qt::Key_Space, Qt::ControlModifier)
                                                          : hand.press(Qt::Key_Down, Qt::ControlModifier);
    hand.press(Qt::Key_Space);
    hand.press(Qt::Key_Down, Qt::ControlModifier);
    hand.press(Qt::Key_Space);
    const QStringList two = table->selectedIds();
    QCOMPARE(two.size(), 2);
    QVERIFY(hand.tabTo(u"runOnNodes"_s));
    hand.press(Qt::Key_Space);
    QVERIFY(shown.visible("composer"));
    QVERIFY(hand.tabTo(u"parameter-commands"_s));
    hand.type(u"uptime"_s);
    QVERIFY(hand.tabTo(u"composerSend"_s));
    hand.press(Qt::Key_Space);
    QTRY_COMPARE(shown.runSource.sentRequests.size(), 1);
    const RunRequest sent = shown.runSource.sentRequests.first();
    QCOMPARE(sent.targets.nodeIds.size(), 2);
    QVERIFY(sent.targets.nodeIds.contains(two[0]) && sent.targets.nodeIds.contains(two[1]));
    QCOMPARE(sent.parameters.value(u"commands"_s), QStringList {u"uptime"_s});
    QTRY_VERIFY(shown.window().address().startsWith(u"run-command/"_s));
    QVERIFY(hand.tabTo(u"runCancel"_s));
    hand.press(Qt::Key_Space);
    QCOMPARE(hand.focus()->objectName(), u"cancelRunCancel"_s); // what does no harm
    QVERIFY(hand.tabTo(u"cancelRunConfirm"_s));
    hand.press(Qt::Key_Space);
    QTRY_COMPARE(shown.runSource.cancelled.size(), 1);
}

void tst_KeyboardJourneys::sortAndExport()
{
    ConsoleFixture shown(Fleet::Sample);
    KeyboardHand hand(shown.window());
    auto *table = shown.find<DataTable>("fleetTable");
    const QList<int> columns = table->shownColumns();
    QVERIFY(hand.tabTo(u"fleetColumns"_s));
    hand.press(Qt::Key_Space);
    QVERIFY(hand.chooseInMenu(u"Sort by"_s));
    QVERIFY(hand.chooseInMenu(u"Platform"_s));
    QVERIFY(hand.chooseInMenu(u"Sort descending"_s));
    QCOMPARE(table->sortKeys().first().order, Qt::DescendingOrder);
    QCOMPARE(table->model()->headerData(table->sortKeys().first().column, Qt::Horizontal).toString(),
             u"Platform"_s);
    QVERIFY(hand.tabTo(u"fleetTable"_s));
    hand.press(Qt::Key_Home, Qt::ControlModifier);
    hand.press(Qt::Key_F10, Qt::ShiftModifier); // the row's own menu has the columns, too
    QVERIFY(hand.chooseInMenu(u"Columns"_s));
    QVERIFY(hand.chooseInMenu(u"Move and resize"_s));
    QVERIFY(hand.chooseInMenu(u"Platform"_s));
    const int width = table->columnWidth(table->sortKeys().first().column);
    QVERIFY(hand.chooseInMenu(u"Move left"_s));
    QVERIFY(table->shownColumns() != columns);
    hand.press(Qt::Key_F10, Qt::ShiftModifier);
    QVERIFY(hand.chooseInMenu(u"Columns"_s));
    QVERIFY(hand.chooseInMenu(u"Move and resize"_s));
    QVERIFY(hand.chooseInMenu(u"Platform"_s));
    QVERIFY(hand.chooseInMenu(u"Wider"_s));
    QVERIFY(table->columnWidth(table->sortKeys().first().column) > width);

    const QString file = shown.folder.filePath(u"nodes.csv"_s);
    QVERIFY(hand.tabTo(u"fleetExport"_s));
    hand.press(Qt::Key_Space);
    QVERIFY(hand.chooseInMenu(u"CSV..."_s));
    QTRY_VERIFY(shown.window().findChild<QFileDialog *>());
    QTRY_VERIFY(shown.window().findChild<QFileDialog *>()->isAncestorOf(hand.focus()));
    hand.press(Qt::Key_A, Qt::ControlModifier);
    hand.type(file);
    hand.press(Qt::Key_Return);
    QTRY_VERIFY(QFile::exists(file));
    QTRY_VERIFY(QFile(file).size() > 500);
}

void tst_KeyboardJourneys::saveView()
{
    ConsoleFixture shown(Fleet::Sample);
    KeyboardHand hand(shown.window());
    hand.press(Qt::Key_F, Qt::ControlModifier);
    hand.type(u"web"_s);
    QVERIFY(hand.tabTo(u"fleetViews"_s));
    QVERIFY(hand.openAndChoose(u"Save as a new view..."_s));
    QCOMPARE(hand.focus()->objectName(), u"viewName"_s);
    hand.type(u"Web"_s);
    hand.press(Qt::Key_Return);
    QTRY_COMPARE(shown.find<QPushButton>("fleetViews")->text(), u"Web"_s);
}

void tst_KeyboardJourneys::enrolNodes()
{
    ConsoleFixture shown(Fleet::Sample);
    KeyboardHand hand(shown.window());
    hand.press(Qt::Key_N, Qt::ControlModifier);
    QVERIFY(shown.visible("enrolWizard"));
    QVERIFY(hand.tabTo(u"enrolLimit"_s));
    hand.press(Qt::Key_A, Qt::ControlModifier);
    hand.type(u"25"_s);
    QVERIFY(hand.tabTo(u"enrolName"_s));
    hand.type(u"edge"_s);
    QVERIFY(hand.tabTo(u"tagAdd"_s));
    hand.press(Qt::Key_Space);
    QCOMPARE(hand.focus()->objectName(), u"tagKey-0"_s);
    hand.type(u"env"_s);
    hand.press(Qt::Key_Tab);
    QCOMPARE(hand.focus()->objectName(), u"tagValue-0"_s);
    hand.type(u"prod"_s);
    QVERIFY(hand.tabTo(u"enrolNext"_s));
    hand.press(Qt::Key_Space);
    QVERIFY(hand.tabTo(u"enrolWayCommand"_s));
    hand.press(Qt::Key_Down); // the next of the choices
    QCOMPARE(hand.focus()->objectName(), u"enrolWayCloudInit"_s);
    QVERIFY(hand.tabTo(u"enrolNext"_s));
    hand.press(Qt::Key_Space);
    QTRY_COMPARE(shown.fleetSource.wishes.size(), 1);
    QCOMPARE(shown.fleetSource.wishes[0].registrationLimit, 25);
    QCOMPARE(shown.fleetSource.wishes[0].tagPairs.size(), 1);
    QTRY_VERIFY(shown.visible("enrolText"));
    QVERIFY(hand.tabTo(u"enrolCopy"_s));
}

void tst_KeyboardJourneys::writeDocument()
{
    ConsoleFixture shown(Fleet::Sample);
    KeyboardHand hand(shown.window());
    hand.press(Qt::Key_K, Qt::ControlModifier);
    hand.type(u"Documents"_s);
    hand.press(Qt::Key_Return);
    QCOMPARE(shown.window().address(), u"documents"_s);
    QVERIFY(hand.tabTo(u"documentNew"_s));
    hand.press(Qt::Key_Space);
    QVERIFY(shown.visible("editorText"));
    QVERIFY(hand.tabTo(u"editorName"_s));
    hand.press(Qt::Key_A, Qt::ControlModifier);
    hand.type(u"Fb-ByKeys"_s);
    QVERIFY(hand.tabTo(u"editorText"_s));
    hand.press(Qt::Key_A, Qt::ControlModifier);
    hand.type(u"schemaVersion: '2.2'"_s);
    hand.press(Qt::Key_Return);
    hand.type(u"description: by keys"_s);
    QVERIFY(hand.tabTo(u"editorSave"_s));
    hand.press(Qt::Key_Space);
    QTRY_COMPARE(shown.documentsSource.saves.size(), 1);
    QCOMPARE(shown.documentsSource.saves[0].name, u"Fb-ByKeys"_s);
    QCOMPARE(shown.documentsSource.saves[0].content, u"schemaVersion: '2.2'\ndescription: by keys"_s);
}

void tst_KeyboardJourneys::deleteDocument()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.window().openAddress(u"documents?row=AWS-RunShellScript"_s);
    KeyboardHand hand(shown.window());
    QVERIFY(hand.tabTo(u"documentsTable"_s));
    hand.press(Qt::Key_Delete);
    QVERIFY(!shown.visible("documentConfirm")); // built-in ones stay
    hand.press(Qt::Key_F10, Qt::ShiftModifier);
    auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
    QVERIFY(menu && menu->findChild<QAction *>(u"row-documentRun"_s)->isEnabled());
    QVERIFY(!menu->findChild<QAction *>(u"row-documentDelete"_s)->isEnabled());
    hand.press(Qt::Key_Escape);
    shown.window().openAddress(u"documents?row=Fb-PatchWebTier"_s);
    QVERIFY(hand.tabTo(u"documentsTable"_s));
    hand.press(Qt::Key_Delete);
    QCOMPARE(hand.focus()->objectName(), u"documentCancel"_s);
    QVERIFY(hand.tabTo(u"documentConfirm"_s));
    QVERIFY(shown.documents->values().value(u"Fb-PatchWebTier"_s));
    hand.press(Qt::Key_Return);
    QTRY_VERIFY(!shown.documents->values().value(u"Fb-PatchWebTier"_s));
}

void tst_KeyboardJourneys::compareVersions()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.documentsSource.contents[u"Fb-PatchWebTier"_s]
        = {u"one\nfirst\n"_s, u"one\nsecond\n"_s, u"one\nthird\n"_s};
    KeyboardHand hand(shown.window());
    hand.press(Qt::Key_K, Qt::ControlModifier);
    hand.type(u"/Fb-PatchWebTier"_s);
    hand.press(Qt::Key_Return);
    QTRY_VERIFY(shown.window().address().startsWith(u"documents/Fb-PatchWebTier"_s));
    QVERIFY(hand.tabTo(u"documentTabs"_s));
    hand.press(Qt::Key_Right, Qt::NoModifier, 3);
    QTRY_VERIFY(shown.visible("compareFrom"));
    QVERIFY(hand.tabTo(u"compareFrom"_s));
    auto *text = static_cast<QPlainTextEdit *>(shown.visible("documentDiff"));
    QTRY_VERIFY(text->toPlainText().contains(u"second"_s));
    hand.press(Qt::Key_Down); // an older one
    QTRY_VERIFY(text->toPlainText().contains(u"first"_s));
    QVERIFY(hand.tabTo(u"documentDiff"_s));
    hand.press(Qt::Key_F7);
    QVERIFY(text->textCursor().blockNumber() > 0);
}

void tst_KeyboardJourneys::themeAndLanguage()
{
    ConsoleFixture shown(Fleet::Sample);
    KeyboardHand hand(shown.window());
    hand.press(Qt::Key_Comma, Qt::ControlModifier);
    QCOMPARE(shown.window().address(), u"settings"_s);
    QVERIFY(hand.tabTo(u"settingsTheme"_s));
    hand.press(Qt::Key_Down);
    QCOMPARE(shown.settings.theme(), u"dark"_s);
    const auto *style = qobject_cast<const FlagbridgeStyle *>(QApplication::style());
    QCOMPARE(style->theme().scheme(), Scheme::Dark);
    QCOMPARE(hand.focus()->objectName(), u"settingsTheme"_s);
    for (const QString &language : {u"en"_s, u"ja"_s}) { // as the system, then one by one
        KeyboardHand now(shown.window()); // made anew, in the same place
        QVERIFY(now.tabTo(u"settingsLanguage"_s));
        now.press(Qt::Key_Down);
        QCOMPARE(shown.settings.language(), language);
        QTRY_COMPARE(shown.window().address(), u"settings"_s);
    }
}

void tst_KeyboardJourneys::readNotification()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.addLostNotice();
    KeyboardHand hand(shown.window());
    hand.press(Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier);
    auto *panel = shown.visible("noticesPanel");
    QVERIFY(panel);
    for (int parts = 0; parts < 12 && !panel->isAncestorOf(hand.focus()); ++parts)
        hand.press(Qt::Key_F6);
    QVERIFY(panel->isAncestorOf(hand.focus()));
    for (int steps = 0; steps < 12 && shown.window().address() != u"audit"_s; ++steps) {
        hand.press(Qt::Key_Return);
        if (shown.window().address() != u"audit"_s)
            hand.press(Qt::Key_Tab);
    }
    QCOMPARE(shown.window().address(), u"audit"_s);
}

void tst_KeyboardJourneys::quit()
{
    ConsoleFixture shown(Fleet::Sample);
    RunRow run = FakeRunSource::sampleRun(shown.runSource.m_now);
    shown.runs->runs().applyRuns({run});
    QTRY_VERIFY(shown.console->activities().find(run.id));
    KeyboardHand hand(shown.window());
    hand.press(Qt::Key_Q, Qt::ControlModifier);
    QCOMPARE(hand.focus()->objectName(), u"quitStay"_s);
    QVERIFY(shown.window().isVisible());
    hand.press(Qt::Key_Escape);
    QVERIFY(shown.window().isVisible());
    hand.press(Qt::Key_Q, Qt::ControlModifier);
    QVERIFY(hand.tabTo(u"quitConfirm"_s));
    hand.press(Qt::Key_Return);
    QTRY_VERIFY(!shown.window().isVisible());
}

FB_TEST(tst_KeyboardJourneys)

}

#include "tst_keyboard_journeys.moc"
