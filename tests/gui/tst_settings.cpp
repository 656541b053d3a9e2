#include "tests/gui/console_fixture.h"
#include "tests/support/test_main.h"
#include "ui/theme/theme.h"
#include "ui/widgets/data_table.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QFontInfo>
#include <QHeaderView>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QPlainTextEdit>
#include <QSpinBox>
#include <QSplitter>
#include <QTest>
#include <QToolButton>
#include <QWheelEvent>

namespace fb::test {

using namespace Qt::StringLiterals;
using Fleet = ConsoleFixture::Fleet;

// What the operator may choose: the page, the keys, the layout, and that all of it outlives the console.
class tst_Settings : public QObject
{
    Q_OBJECT
private slots:
    void runsAskAboveTheSetting();
    void wheelLeavesFieldsAlone();
    void aSheetOutlivesANewLook();
    void lookFollowsAtOnce();
    void choicesAreKept();
    void keysAreChosenAnew();
    void clashesAreRefused_data();
    void clashesAreRefused();
    void keysOutliveTheConsole();
    void layoutIsKeptAndReset();
    void hostileLayoutIsLeftOut();
    void sidebarFoldsAndCounts();
    void recentOutlivesTheConsole();
    void operatorMenu();
    void regionsByKey();

private:
    static QWidget *shortcuts(ConsoleFixture &shown)
    {
        QTest::keyClick(&shown.window(), Qt::Key_Slash, Qt::ControlModifier);
        return shown.visible("shortcutsSheet");
    }
    // With the keyboard. The window may be made anew at each step; the field keeps the focus.
    static void choose(ConsoleFixture &shown, const char *name, int index)
    {
        shown.find<QComboBox>(name)->setFocus();
        while (shown.find<QComboBox>(name)->currentIndex() < index) {
            auto *focus = qobject_cast<QComboBox *>(shown.window().focusWidget());
            QVERIFY(focus && focus == shown.find<QComboBox>(name));
            QTest::keyClick(focus, Qt::Key_Down);
            QCoreApplication::processEvents();
        }
    }
};

void tst_Settings::lookFollowsAtOnce()
{
    ConsoleFixture shown(Fleet::Sample);
    QTest::keyClick(&shown.window(), Qt::Key_Comma, Qt::ControlModifier);
    QCOMPARE(shown.window().address(), u"settings"_s);
    choose(shown, "settingsTheme", 2);
    QCOMPARE(themeOf(&shown.window()).scheme(), Scheme::Dark);
    shown.find<QAction>("themeLight")->trigger(); // elsewhere: the page shows it too
    QCOMPARE(shown.find<QComboBox>("settingsTheme")->currentIndex(), 1);
    choose(shown, "settingsLanguage", 2);
    QCoreApplication::processEvents();
    QCOMPARE(shown.window().address(), u"settings"_s); // the same page in the other language
    QCOMPARE(shown.find<QAbstractButton>("nav-fleet")->text(), u"フリート"_s);
    const int row = themeOf(&shown.window()).metrics().row();
    choose(shown, "settingsTextSize", 16);
    QCoreApplication::processEvents();
    QVERIFY(themeOf(&shown.window()).metrics().row() > row);
}

void tst_Settings::choicesAreKept()
{
    ConsoleFixture shown(Fleet::Sample);
    const QString file = shown.folder.filePath(u"console.ini"_s);
    {
        ConsoleSettings settings(file);
        Console console(shown.models(settings), {});
        console.window().openAddress(u"settings"_s);
        console.show();
        auto &window = console.window();
        QTest::mouseClick(window.findChild<QCheckBox *>(u"settingsMotion"_s), Qt::LeftButton, {}, {8, 8});
        QTest::mouseClick(window.findChild<QCheckBox *>(u"settingsTellRuns"_s), Qt::LeftButton, {}, {8, 8});
        QTest::mouseClick(window.findChild<QCheckBox *>(u"settingsQuiet"_s), Qt::LeftButton, {}, {8, 8});
        window.findChild<QSpinBox *>(u"settingsConfirmAbove"_s)->setValue(12);
        window.findChild<QSpinBox *>(u"settingsScrollback"_s)->setValue(250'000);
    }
    const ConsoleSettings settings(file);
    QVERIFY(settings.reducedMotion());
    QVERIFY(!settings.tellsOnDesktop(NoticeKind::RunEnded));
    QVERIFY(settings.tellsOnDesktop(NoticeKind::NodeLost));
    QVERIFY(settings.isQuiet(QTime(23, 30)) && settings.isQuiet(QTime(3, 0)));
    QVERIFY(!settings.isQuiet(QTime(12, 0)));
    QCOMPARE(settings.confirmAbove(), 12);
    QCOMPARE(settings.scrollbackLines(), 250'000);
}

void tst_Settings::keysAreChosenAnew()
{
    ConsoleFixture shown(Fleet::Sample);
    QWidget *sheet = shortcuts(shown);
    QVERIFY(sheet);
    auto *filter = sheet->findChild<QLineEdit *>(u"shortcutsFilter"_s);
    auto *field = sheet->findChild<QLineEdit *>(u"keys-openSettings"_s);
    QCOMPARE(field->text(), u"Ctrl+,"_s);
    QTest::keyClicks(filter, u"settings"_s);
    QVERIFY(field->isVisible());
    QVERIFY(!sheet->findChild<QLineEdit *>(u"keys-cmdRun"_s)->isVisible());
    filter->clear();
    QVERIFY(!sheet->findChild<QToolButton *>(u"keysReset-openSettings"_s)->isEnabled());
    field->setFocus();
    QTest::keyClick(field, Qt::Key_G, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(field->text(), u"Ctrl+Shift+G"_s);
    QTest::keyClick(sheet, Qt::Key_Escape);
    QTest::keyClick(&shown.window(), Qt::Key_Comma, Qt::ControlModifier); // no longer
    QCOMPARE(shown.window().address(), u"fleet"_s);
    QTest::keyClick(&shown.window(), Qt::Key_G, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(shown.window().address(), u"settings"_s);
    shown.window().openPalette(); // shows the keys of now
    auto *list = shown.find<QListView>("paletteList");
    shown.find<QLineEdit>("paletteEdit")->setText(u"> Settings"_s);
    QVERIFY(list->model()->rowCount() > 0);
    QTest::keyClick(shown.find<QLineEdit>("paletteEdit"), Qt::Key_Escape);

    sheet = shortcuts(shown);
    field = sheet->findChild<QLineEdit *>(u"keys-openSettings"_s);
    QTest::keyClick(field, Qt::Key_Backspace); // no keys at all
    QCOMPARE(field->text(), QString());
    QTest::mouseClick(sheet->findChild<QToolButton *>(u"keysReset-openSettings"_s), Qt::LeftButton);
    QCOMPARE(field->text(), u"Ctrl+,"_s);
}

void tst_Settings::clashesAreRefused_data()
{
    QTest::addColumn<int>("key");
    QTest::addColumn<QString>("says");
    QTest::newRow("another command's")
        << (Qt::CTRL | Qt::Key_R).toCombined() << u"Ctrl+R is already used for: Run a document"_s;
    QTest::newRow("of every page") << (Qt::CTRL | Qt::Key_C).toCombined()
                                   << u"Ctrl+C is already used for: Copy"_s;
    QTest::newRow("a letter") << int(Qt::Key_G) << u"needed for typing"_s;
    QTest::newRow("a capital") << (Qt::SHIFT | Qt::Key_G).toCombined() << u"needed for typing"_s;
}

void tst_Settings::clashesAreRefused()
{
    QFETCH(int, key);
    QFETCH(QString, says);
    ConsoleFixture shown(Fleet::Sample);
    QWidget *sheet = shortcuts(shown);
    auto *field = sheet->findChild<QLineEdit *>(u"keys-openSettings"_s);
    field->setFocus();
    const QKeyCombination combination = QKeyCombination::fromCombined(key);
    QTest::keyClick(field, combination.key(), combination.keyboardModifiers());
    QCOMPARE(field->text(), u"Ctrl+,"_s);
    auto *problem = sheet->findChild<QLabel *>(u"keysProblem-openSettings"_s);
    QVERIFY2(problem->isVisible() && problem->text().contains(says), qPrintable(problem->text()));
    QCOMPARE(field->accessibleDescription(), problem->text());
    QVERIFY(shown.settings.shortcut(u"openSettings"_s) == std::nullopt);
    QVERIFY(!shown.visible("composer")); // Ctrl+R was chosen in the field, not run
}

void tst_Settings::keysOutliveTheConsole()
{
    ConsoleFixture shown(Fleet::Sample);
    const QString file = shown.folder.filePath(u"console.ini"_s);
    {
        ConsoleSettings settings(file);
        Console console(shown.models(settings), {});
        console.window().commands().setKeys(u"openSettings"_s, QKeySequence(Qt::Key_F9));
        settings.setShortcut(u"cmdEnrol"_s, u"Ctrl+R"_s); // by hand, a clash
    }
    ConsoleSettings settings(file);
    Console console(shown.models(settings), {});
    CommandRegistry &commands = console.window().commands();
    QCOMPARE(commands.keysOf(u"openSettings"_s), QKeySequence(Qt::Key_F9));
    const bool enrol = commands.keysOf(u"cmdEnrol"_s) == QKeySequence(Qt::CTRL | Qt::Key_R);
    const bool run = commands.keysOf(u"cmdRun"_s) == QKeySequence(Qt::CTRL | Qt::Key_R);
    QVERIFY(enrol != run); // one of them has it, never both
}

void tst_Settings::layoutIsKeptAndReset()
{
    ConsoleFixture shown(Fleet::Sample);
    auto *table = shown.find<DataTable>("fleetTable");
    table->select(shown.fleet->nodes().idAt(3));
    QHeaderView *header = table->horizontalHeader();
    const QByteArray asMade = table->saveColumns();
    header->resizeSection(1, 300);
    header->moveSection(header->visualIndex(3), 1);
    header->setSortIndicator(1, Qt::DescendingOrder);
    auto *splitter = table->window()->findChild<QSplitter *>();
    QTRY_VERIFY(splitter->sizes().value(1) > 0);
    const int before = splitter->sizes().value(1);
    QSplitterHandle *handle = splitter->handle(1);
    const QPoint grip = handle->rect().center();
    QTest::mousePress(handle, Qt::LeftButton, {}, grip);
    QTest::mouseMove(handle, grip - QPoint(80, 0));
    QTest::mouseRelease(handle, Qt::LeftButton, {}, grip - QPoint(80, 0));
    QVERIFY(splitter->sizes().value(1) > before + 40);
    const int pane = splitter->sizes().value(1);
    shown.console->setLanguage(u"ja"_s); // the window is made anew
    QCoreApplication::processEvents();
    table = shown.find<DataTable>("fleetTable");
    header = table->horizontalHeader();
    QVERIFY(qAbs(header->sectionSize(1) - 300) <= 2);
    QCOMPARE(header->logicalIndex(1), 3);
    QCOMPARE(header->sortIndicatorOrder(), Qt::DescendingOrder);
    QCOMPARE(header->sortIndicatorSection(), 1);
    table->select(shown.fleet->nodes().idAt(3));
    splitter = table->window()->findChild<QSplitter *>();
    QVERIFY(qAbs(splitter->sizes().value(1) - pane) <= 2);
    shown.find<QAction>("resetLayout")->trigger();
    QCoreApplication::processEvents();
    table = shown.find<DataTable>("fleetTable");
    QCOMPARE(table->saveColumns(), asMade);
    table->select(shown.fleet->nodes().idAt(3));
    splitter = table->window()->findChild<QSplitter *>();
    QTRY_COMPARE(splitter->sizes().value(1), before);
}

void tst_Settings::hostileLayoutIsLeftOut()
{
    ConsoleFixture shown(Fleet::Sample);
    auto *table = shown.find<DataTable>("fleetTable");
    const QByteArray asMade = table->saveColumns();
    for (const char *state : {"", "nonsense", "0:9.5,0:9.5;+0", "0:9.5;+0", "-1:2,1:3;+0", "0:1e9,1:2;-5"}) {
        table->restoreColumns(state);
        QCOMPARE(table->saveColumns(), asMade);
    }
    QByteArray noSuchSort = asMade.left(asMade.indexOf(';')) + ";+99";
    table->restoreColumns(noSuchSort);
    QCOMPARE(table->saveColumns(), asMade);
}

void tst_Settings::sidebarFoldsAndCounts()
{
    ConsoleFixture shown(Fleet::Sample);
    auto *fleet = shown.find<QAbstractButton>("nav-fleet");
    const int quarantined = shown.fleet->counts().quarantined;
    QVERIFY(quarantined > 0);
    QVERIFY(fleet->accessibleDescription().contains(QString::number(quarantined)));
    auto *group = shown.find<QAbstractButton>("navGroup-1");
    QTest::mouseClick(group, Qt::LeftButton);
    QVERIFY(!fleet->isVisible());
    shown.console->setLanguage(u"ja"_s);
    QCoreApplication::processEvents();
    QVERIFY(!shown.find<QAbstractButton>("nav-fleet")->isVisible());
    QTest::keyClick(&shown.window(), Qt::Key_B, Qt::ControlModifier);
    QCOMPARE(shown.settings.sidebarShown(), false);
    shown.find<QAction>("resetLayout")->trigger();
    QCoreApplication::processEvents();
    QVERIFY(shown.find<QAbstractButton>("nav-fleet")->isVisible());
}

void tst_Settings::recentOutlivesTheConsole()
{
    ConsoleFixture shown(Fleet::Sample);
    const QString node = shown.fleet->nodes().node(shown.fleet->nodes().idAt(4))->name;
    const auto pick = [&](const QString &typed) {
        shown.window().openPalette();
        auto *edit = shown.find<QLineEdit>("paletteEdit");
        edit->setText(typed);
        QTest::keyClick(edit, Qt::Key_Return);
    };
    pick(u"@"_s + node);
    QVERIFY(shown.window().address().startsWith(u"fleet/mi-"));
    pick(u"Audit log"_s);
    shown.console->setLanguage(u"ja"_s);
    QCoreApplication::processEvents();
    shown.window().openPalette();
    auto *list = shown.find<QListView>("paletteList");
    QCOMPARE(list->model()->index(1, 0).data().toString(), u"監査ログ"_s); // in the language of now
    QCOMPARE(list->model()->index(2, 0).data().toString(), node);
    auto *edit = shown.find<QLineEdit>("paletteEdit");
    edit->setText(node);
    QTest::keyClick(edit, Qt::Key_Return);
    QVERIFY(shown.window().address().startsWith(u"fleet/mi-"));
}

void tst_Settings::operatorMenu()
{
    ConsoleFixture shown(Fleet::Sample);
    auto *button = shown.find<QAbstractButton>("operatorButton");
    QVERIFY(button->accessibleName().contains(u"m.tanaka"_s));
    button->setFocus();
    QTest::keyClick(button, Qt::Key_Space);
    auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
    QVERIFY(menu);
    QStringList texts;
    QAction *settings = nullptr;
    for (QAction *action : menu->actions()) {
        texts << action->text();
        if (action->objectName() == u"openSettings")
            settings = action;
    }
    QVERIFY(texts.join(u'|').startsWith(u"m.tanaka|Role: Administrator|Nodes: all|"_s));
    QVERIFY(settings);
    settings->trigger();
    menu->close();
    QCOMPARE(shown.window().address(), u"settings"_s);
}

// F6 goes through the parts of the window, the detail pane too, and comes round.
void tst_Settings::regionsByKey()
{
    ConsoleFixture shown(Fleet::Sample);
    auto *table = shown.find<DataTable>("fleetTable");
    table->select(shown.fleet->nodes().idAt(3));
    auto *pane = table->window()->findChild<QSplitter *>()->widget(1);
    QTRY_VERIFY(pane->isVisible());
    table->setFocus();
    QTest::keyClick(&shown.window(), Qt::Key_F6);
    QVERIFY(pane->isAncestorOf(shown.window().focusWidget()));
    QTest::keyClick(&shown.window(), Qt::Key_F6);
    QVERIFY(shown.find<QWidget>("topBar")->isAncestorOf(shown.window().focusWidget()));
    QTest::keyClick(&shown.window(), Qt::Key_F6, Qt::ShiftModifier);
    QVERIFY(pane->isAncestorOf(shown.window().focusWidget()));
}

void tst_Settings::runsAskAboveTheSetting()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.settings.setConfirmAbove(2);
    const NodeTableModel &nodes = shown.fleet->nodes();
    shown.console->openComposer({nodes.idAt(0), nodes.idAt(1), nodes.idAt(2)});
    QTest::keyClicks(shown.find<QPlainTextEdit>("parameter-commands"), u"uptime"_s);
    QTest::mouseClick(shown.visible("composerSend"), Qt::LeftButton);
    QVERIFY(shown.runSource.sentRequests.isEmpty());
    QVERIFY(shown.visible("sendRunTyped")); // three are more than two
}

void tst_Settings::wheelLeavesFieldsAlone()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.window().openAddress(u"settings"_s);
    auto *above = static_cast<QSpinBox *>(shown.visible("settingsConfirmAbove"));
    auto *theme = static_cast<QComboBox *>(shown.visible("settingsTheme"));
    const int before = above->value();
    const int choice = theme->currentIndex();
    const auto roll = [](QWidget *field) {
        QWheelEvent wheel(QPointF(5, 5), field->mapToGlobal(QPointF(5, 5)), {}, {0, -120}, Qt::NoButton,
                          Qt::NoModifier, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(field, &wheel);
    };
    roll(above);
    roll(theme);
    QCOMPARE(above->value(), before);
    QCOMPARE(theme->currentIndex(), choice);
    above->setFocus();
    roll(above);
    QVERIFY(above->value() != before); // with the focus it is meant
}

// A code that is shown once must not go with a larger text.
void tst_Settings::aSheetOutlivesANewLook()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.find<QAction>("cmdEnrol")->trigger();
    QWidget *wizard = shown.visible("enrolWizard");
    QVERIFY(wizard);
    const int before = QFontInfo(QApplication::font()).pixelSize();
    shown.find<QAction>("textLarger")->trigger();
    QCoreApplication::processEvents();
    QCOMPARE(shown.visible("enrolWizard"), wizard);
    QTest::keyClick(wizard, Qt::Key_Escape);
    QTRY_VERIFY(!shown.visible("enrolWizard"));
    QCOMPARE(QFontInfo(QApplication::font()).pixelSize(), before + 1);
    shown.find<QAction>("textNormal")->trigger();
}

FB_TEST(tst_Settings)

}

#include "tst_settings.moc"
