#include "tests/gui/console_fixture.h"
#include "tests/gui/page_walker.h"
#include "tests/support/test_main.h"
#include "ui/shell/field_help.h"
#include "ui/shell/navigator.h"
#include "ui/shell/palette.h"
#include "ui/theme/theme.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/filter_line.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QSettings>
#include <QTabBar>
#include <QTest>
#include <QToolButton>
#include <QWhatsThis>

namespace fb::test {

using namespace Qt::StringLiterals;
using Fleet = ConsoleFixture::Fleet;

class tst_Shell : public QObject
{
    Q_OBJECT
private slots:
    void history();
    void historyOutlivesANewLanguage();
    void helpOnWhatHasTheFocus();
    void sidebarAndBackForward();
    void unknownAddressesGoNowhere();
    void viewsAreRestored();
    void viewStateText_data();
    void viewStateText();
    void paletteMatches_data();
    void paletteMatches();
    void paletteOpensAndRuns();
    void palettePrefixes_data();
    void palettePrefixes();
    void paletteRemembers();
    void paletteOpensLinks_data();
    void paletteOpensLinks();
    void groupsByKey();
    void everyCommandIsInMenuAndPalette();
    void languageSwitchesInPlace();
    void statusStripCounts();
    void tabStaysInASheet();
    void nothingIsCutOffInTheSmallestWindow();
    void settingsAreKept();
    void textSize();
};

// F1 on each kind: what it is, what its description and its tooltip say; plain text.
void tst_Shell::helpOnWhatHasTheFocus()
{
    ConsoleFixture shown(Fleet::Sample);
    auto *filter = shown.find<QLineEdit>("fleetFilterEdit");
    QVERIFY(fieldHelp(filter).contains(u"values separated by commas"_s));
    QVERIFY(fieldHelp(shown.find<DataTable>("fleetTable")).contains(u"Enter opens"_s));
    QCOMPARE(fieldHelp(shown.find<QToolButton>("fleetExport")), u"Export all matching rows"_s);
    QLineEdit hostile;
    hostile.setAccessibleName(u"<b>x</b>"_s);
    QCOMPARE(fieldHelp(&hostile), u"<b>x</b>"_s);
    QCOMPARE(fieldHelp(nullptr), QString());
    filter->setFocus();
    QTest::keyClick(&shown.window(), Qt::Key_F1);
    const auto isShown = [] {
        const QWidgetList all = QApplication::topLevelWidgets();
        return std::any_of(all.begin(), all.end(), [](const QWidget *each) {
            return each->isVisible() && each->inherits("QWhatsThat");
        });
    };
    QTRY_VERIFY(isShown());
    QWhatsThis::hideText();
    QTRY_VERIFY(!isShown());
}

void tst_Shell::historyOutlivesANewLanguage()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.window().openAddress(u"events"_s);
    shown.window().openAddress(u"audit"_s);
    QTest::keyClick(&shown.window(), Qt::Key_Left, Qt::AltModifier);
    QCOMPARE(shown.window().address(), u"events"_s);
    shown.console->setLanguage(u"ja"_s);
    QCOMPARE(shown.window().address(), u"events"_s);
    QVERIFY(QTest::qWaitForWindowActive(&shown.window()));
    QTest::keyClick(&shown.window(), Qt::Key_Right, Qt::AltModifier);
    QCOMPARE(shown.window().address(), u"audit"_s);
    QTest::keyClick(&shown.window(), Qt::Key_Left, Qt::AltModifier);
    QTest::keyClick(&shown.window(), Qt::Key_Left, Qt::AltModifier);
    QCOMPARE(shown.window().address(), u"fleet"_s);
}

void tst_Shell::history()
{
    Navigator navigator;
    navigator.go(u"a"_s);
    navigator.go(u"b"_s);
    navigator.go(u"b"_s); // nowhere
    navigator.go(u"c"_s);
    navigator.back();
    QCOMPARE(navigator.current(), u"b"_s);
    QVERIFY(navigator.canForward());
    navigator.back();
    navigator.back(); // no further
    QCOMPARE(navigator.current(), u"a"_s);
    navigator.go(u"d"_s); // a new way: what was ahead is gone
    QVERIFY(!navigator.canForward());
    for (int i = 0; i < 300; ++i)
        navigator.go(QString::number(i));
    QCOMPARE(navigator.current(), u"299"_s);
}

void tst_Shell::sidebarAndBackForward()
{
    ConsoleFixture shown(Fleet::Sample);
    QTest::mouseClick(shown.find<QAbstractButton>("nav-run-command"), Qt::LeftButton);
    QCOMPARE(shown.window().address(), u"run-command"_s);
    QVERIFY(shown.find<QAbstractButton>("nav-run-command")->isChecked());
    QVERIFY(shown.visible("runsTable"));
    QTest::keyClick(&shown.window(), Qt::Key_Left, Qt::AltModifier);
    QCOMPARE(shown.window().address(), u"fleet"_s);
    QTest::mouseClick(shown.find<QToolButton>("forwardButton"), Qt::LeftButton);
    QCOMPARE(shown.window().address(), u"run-command"_s);
    const auto *search = shown.find<QWidget>("searchButton");
    QCoreApplication::processEvents(); // layouts settle
    const QRect place = search->geometry();
    shown.window().openAddress(u"flagbridge://run-command/"_s + FakeRunSource::sampleRun({}).id);
    QVERIFY(shown.visible("runTabs"));
    QTRY_VERIFY(shown.visible("crumb-2"));
    QCoreApplication::processEvents();
    QCOMPARE(search->geometry(), place); // however long the breadcrumb is
    QTest::keyClick(&shown.window(), Qt::Key_U, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(),
             u"flagbridge://run-command/"_s + FakeRunSource::sampleRun({}).id);
    QTest::mouseClick(shown.find<QAbstractButton>("crumb-1"), Qt::LeftButton);
    QCOMPARE(shown.window().address(), u"run-command"_s);
    QTest::keyClick(&shown.window(), Qt::Key_B, Qt::ControlModifier);
    QVERIFY(!shown.visible("sidebar"));
}

void tst_Shell::unknownAddressesGoNowhere()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.window().openAddress(u"no-such-page"_s);
    QCOMPARE(shown.window().address(), u"fleet"_s);
    shown.window().openAddress(u"file:///etc/passwd"_s);
    QCOMPARE(shown.window().address(), u"fleet"_s);
    shown.window().openAddress(u"run-command/gone"_s); // its list instead
    QCOMPARE(shown.window().address(), u"run-command"_s);
}

void tst_Shell::viewsAreRestored()
{
    ConsoleFixture shown(Fleet::Sample);
    MainWindow &window = shown.window();
    auto *filter = shown.find<FilterLine>("fleetFilter");
    auto *table = shown.find<DataTable>("fleetTable");
    filter->setQuery({.text = u"web"_s, .tokens = {*FilterToken::parse(u"tag:env=prod"_s)}});
    const QString row = shown.fleet->nodes().idAt(1);
    table->select(row);
    const QString link = window.link();
    QCOMPARE(link, u"fleet?filter=tag%3Aenv%3Dprod&node="_s + row + u"&text=web"_s);
    QTest::keyClick(&window, Qt::Key_U, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"flagbridge://"_s + link);

    // Another page and another filter between: back brings the first one again.
    window.openAddress(u"run-command/"_s + FakeRunSource::sampleRun({}).id + u"?tab=events"_s);
    QCOMPARE(shown.find<QTabBar>("runTabs")->currentIndex(), 3);
    window.openAddress(u"fleet?text=db"_s);
    QCOMPARE(filter->query(), (TableQuery {.text = u"db"_s, .tokens = {}}));
    QTest::keyClick(&window, Qt::Key_Left, Qt::AltModifier);
    QTest::keyClick(&window, Qt::Key_Left, Qt::AltModifier);
    QCOMPARE(window.link(), link);
    QCOMPARE(filter->query().tokens.size(), 1);
    QCOMPARE(table->currentId(), row);

    // The language keeps it too: the page is made again from its address.
    shown.console->setLanguage(u"ja"_s);
    QCOMPARE(shown.window().link(), link);
    QCOMPARE(shown.find<DataTable>("fleetTable")->currentId(), row);
}

void tst_Shell::viewStateText_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("again");
    QTest::addRow("kept") << u"filter=ping%3DOnline&filter=tag%3Aa%3Db%26c&tab=x"_s
                          << u"filter=ping%3DOnline&filter=tag%3Aa%3Db%26c&tab=x"_s;
    QTest::addRow("empty values go") << u"a=&=b&c"_s << QString();
    QTest::addRow("[U01] markup is text") << u"text=%3Cimg%20src%3Dx%3E"_s << u"text=%3Cimg%20src%3Dx%3E"_s;
    QTest::addRow("too long") << u"text="_s + QString(5000, u'x') << QString();
}

void tst_Shell::viewStateText()
{
    QFETCH(QString, text);
    QFETCH(QString, again);
    QCOMPARE(ViewState::parse(text).text(), again);
}

void tst_Shell::paletteMatches_data()
{
    QTest::addColumn<QString>("title");
    QTest::addColumn<QString>("query");
    QTest::addColumn<QList<int>>("places");
    QTest::addColumn<bool>("found");
    QTest::addRow("whole") << u"Run Command"_s << u"comm"_s << QList<int> {4, 5, 6, 7} << true;
    QTest::addRow("in order") << u"Run Command"_s << u"rcm"_s << QList<int> {0, 4, 6} << true;
    QTest::addRow("not in order") << u"Run Command"_s << u"mr"_s << QList<int> {} << false;
    QTest::addRow("empty") << u"Fleet"_s << QString() << QList<int> {} << true;
}

void tst_Shell::paletteMatches()
{
    QFETCH(QString, title);
    QFETCH(QString, query);
    QFETCH(QList<int>, places);
    QFETCH(bool, found);
    const auto match = PaletteModel::match(title, query);
    QCOMPARE(match.has_value(), found);
    if (match)
        QCOMPARE(*match, places);
}

void tst_Shell::paletteOpensAndRuns()
{
    ConsoleFixture shown(Fleet::Sample);
    QTest::keyClick(&shown.window(), Qt::Key_K, Qt::ControlModifier);
    QTRY_VERIFY(shown.visible("palette"));
    auto *edit = shown.find<QLineEdit>("paletteEdit");
    QTest::keyClicks(edit, u"db-tyo-pri"_s);
    auto *list = shown.find<QListView>("paletteList");
    QCOMPARE(list->currentIndex().data().toString(), u"db-tyo-primary"_s); // the best hit is chosen
    QTest::keyClick(edit, Qt::Key_Return);
    QVERIFY(!shown.visible("palette"));
    QCOMPARE(shown.window().address(), u"fleet/"_s + shown.fleet->nodes().idAt(7)); // the node's page
    QTest::mouseClick(shown.find<QAbstractButton>("searchButton"), Qt::LeftButton);
    QVERIFY(shown.visible("palette"));
    QTest::keyClick(edit, Qt::Key_Escape);
    QVERIFY(!shown.visible("palette"));
}

namespace {

    QStringList titles(ConsoleFixture &shown)
    {
        const auto *model = shown.find<QListView>("paletteList")->model();
        QStringList titles;
        for (int row = 0; row < model->rowCount(); ++row)
            titles << model->index(row, 0).data().toString();
        return titles;
    }
}

void tst_Shell::palettePrefixes_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("heading");
    QTest::addColumn<QString>("found");
    QTest::addColumn<QString>("hidden");
    QTest::addRow("commands") << u">run"_s << u"Commands"_s << u"Run a document"_s << u"Run Command"_s;
    QTest::addRow("nodes") << u"@db"_s << u"Nodes"_s << u"db-tyo-primary"_s << u"env=prod"_s;
    QTest::addRow("all nodes") << u"@"_s << u"Nodes"_s << u"web-tyo-01"_s << u"Fleet"_s;
    QTest::addRow("tags") << u"#env"_s << u"Tags"_s << u"env=prod"_s << u"db-tyo-primary"_s;
    QTest::addRow("documents") << u"/shell"_s << u"Documents"_s << u"AWS-RunShellScript"_s << u"Audit log"_s;
}

void tst_Shell::palettePrefixes()
{
    QFETCH(QString, typed);
    QFETCH(QString, heading);
    QFETCH(QString, found);
    QFETCH(QString, hidden);
    ConsoleFixture shown(Fleet::Sample);
    QTRY_VERIFY(shown.documents->isLoaded());
    shown.window().openPalette();
    QTest::keyClicks(shown.find<QLineEdit>("paletteEdit"), typed);
    const QStringList all = titles(shown);
    QCOMPARE(all.value(0), heading);
    QVERIFY2(all.contains(found), qPrintable(all.join(u'|')));
    QVERIFY2(!all.contains(hidden), qPrintable(all.join(u'|')));
}

void tst_Shell::paletteRemembers()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.window().openPalette();
    auto *edit = shown.find<QLineEdit>("paletteEdit");
    QTest::keyClicks(edit, u"edge-fra-01"_s);
    QTest::keyClick(edit, Qt::Key_Return);
    shown.window().openPalette();
    QCOMPARE(titles(shown).first(2), (QStringList {u"Recent"_s, u"edge-fra-01"_s}));
    QTest::keyClicks(edit, u"?"_s);
    QTest::keyClick(edit, Qt::Key_Down);
    QTest::keyClick(edit, Qt::Key_Return); // the second prefix
    QVERIFY(shown.visible("palette"));
    QCOMPARE(edit->text(), u"@"_s);
}

void tst_Shell::paletteOpensLinks_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("said");
    QTest::addColumn<QString>("address"); // afterwards
    const auto only = u"Only flagbridge:// links open here."_s;
    QTest::addRow("a page") << u"flagbridge://audit?text=denied"_s << QString() << u"audit"_s;
    QTest::addRow("[U07] a file") << u"file:///etc/passwd"_s << only << u"fleet"_s;
    QTest::addRow("[U07] a script") << u"javascript:alert(1)"_s << only << u"fleet"_s;
    QTest::addRow("[U07] a share") << u"\\\\host\\share"_s << only << u"fleet"_s;
    QTest::addRow("[U07] mail") << u"mailto:a@example.org"_s << only << u"fleet"_s;
    QTest::addRow("[U07] a way up") << u"flagbridge://../../etc/passwd"_s << u"There is no such page."_s
                                    << u"fleet"_s;
}

void tst_Shell::paletteOpensLinks()
{
    QFETCH(QString, typed);
    QFETCH(QString, said);
    QFETCH(QString, address);
    ConsoleFixture shown(Fleet::Sample);
    shown.window().openPalette();
    auto *edit = shown.find<QLineEdit>("paletteEdit");
    edit->setText(typed); // as pasted
    QCOMPARE(shown.find<QLabel>("paletteCount")->text(), said);
    QTest::keyClick(edit, Qt::Key_Return);
    QCOMPARE(shown.window().address(), address);
}

// Ctrl+1 to 5 go to the groups of the sidebar.
void tst_Shell::groupsByKey()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.window().openAddress(u"audit"_s);
    QTest::keyClick(&shown.window(), Qt::Key_1, Qt::ControlModifier);
    QCOMPARE(shown.window().address(), u"fleet"_s);
    QTest::keyClick(&shown.window(), Qt::Key_2, Qt::ControlModifier);
    QCOMPARE(shown.window().address(), u"documents"_s);
}

// Both ways: the menu behind its button, and the palette's commands
void tst_Shell::everyCommandIsInMenuAndPalette()
{
    ConsoleFixture shown(Fleet::Sample);
    QTest::mouseClick(shown.find<QToolButton>("menuButton"), Qt::LeftButton);
    auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
    QVERIFY(menu);
    QStringList inMenu;
    QSet<QKeySequence> shortcuts;
    const QList<QAction *> actions = menu->actions();
    for (const QAction *action : actions) {
        if (action->isSeparator())
            continue;
        inMenu << action->text();
        QVERIFY2(action->shortcut().isEmpty() || !shortcuts.contains(action->shortcut()),
                 qPrintable(action->text()));
        shortcuts.insert(action->shortcut());
    }
    menu->close();
    QVERIFY(inMenu.size() > 12);
    shown.window().openPalette();
    auto *field = shown.find<QLineEdit>("paletteEdit");
    field->setText(u">"_s); // commands alone
    auto *list = shown.find<QListView>("paletteList");
    QStringList inPalette;
    for (int row = 0; row < list->model()->rowCount(); ++row) {
        const QModelIndex index = list->model()->index(row, 0);
        if (index.flags() & Qt::ItemIsSelectable)
            inPalette << index.data().toString();
    }
    inMenu.sort();
    inPalette.sort();
    QCOMPARE(inPalette, inMenu);
}

void tst_Shell::languageSwitchesInPlace()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.window().openAddress(u"run-command"_s);
    QCOMPARE(shown.find<QAbstractButton>("nav-fleet")->text(), u"Fleet"_s);
    shown.console->setLanguage(u"ja"_s);
    QCOMPARE(shown.window().address(), u"run-command"_s);
    QCOMPARE(shown.find<QAbstractButton>("nav-fleet")->text(), u"フリート"_s);
    QVERIFY(shown.visible("runsTable"));
    shown.console->setLanguage(u"en"_s);
    QCOMPARE(shown.find<QAbstractButton>("nav-fleet")->text(), u"Fleet"_s);
}

void tst_Shell::statusStripCounts()
{
    ConsoleFixture shown(Fleet::Sample);
    QCOMPARE(shown.window().status().text(u"nodes"_s), u"23 of 26 nodes online"_s);
    NodeRow back = shown.fleetSource.nodes[18];
    QCOMPARE(back.ping, PingState::ConnectionLost);
    back.ping = PingState::Online;
    emit shown.fleetSource.nodesArrived({back});
    QCOMPARE(shown.window().status().text(u"nodes"_s), u"24 of 26 nodes online"_s);
}

// Every widget that takes the focus says what it is (ux.md 10).
void tst_Shell::tabStaysInASheet()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.console->openComposer({});
    QWidget *sheet = shown.visible("composer");
    QSet<QWidget *> visited;
    for (int i = 0; i < 40; ++i) {
        QWidget *focus = shown.window().focusWidget();
        QVERIFY(focus);
        QVERIFY2(sheet->isAncestorOf(focus), qPrintable(focus->objectName()));
        visited.insert(focus);
        QTest::keyClick(focus, Qt::Key_Tab);
    }
    QVERIFY(visited.size() >= 8); // no trap on the way
}

// No button or label of the Japanese console is narrower than its words.
void tst_Shell::nothingIsCutOffInTheSmallestWindow()
{
    for (const QString &language : {u"en"_s, u"ja"_s}) {
        for (const Fleet fleet : {Fleet::Sample, Fleet::Empty}) {
            ConsoleFixture shown(fleet, language);
            shown.window().resize(1024, 640);
            const QStringList addresses {
                u"fleet"_s,       u"run-command"_s, u"sessions"_s,
                u"activations"_s, u"documents"_s,   u"documents/+new"_s,
                u"events"_s,      u"audit"_s,       u"run-command/"_s + FakeRunSource::sampleRun({}).id};
            for (const QString &address : addresses) {
                shown.window().openAddress(address);
                QCoreApplication::processEvents(); // layouts
                const QStringList found = cutOff(shown.window());
                QVERIFY2(found.isEmpty(), qPrintable(address + u'\n' + found.join(u'\n')));
            }
        }
    }
}

// Ctrl+Plus and Ctrl+Minus scale everything, within bounds; Ctrl+0 is as the system. Nothing is cut off at either end.
void tst_Shell::textSize()
{
    ConsoleFixture shown(Fleet::Sample, u"ja"_s);
    const int row = themeOf(&shown.window()).metrics().row();
    QTest::keyClick(&shown.window(), Qt::Key_Plus, Qt::ControlModifier);
    QVERIFY(themeOf(&shown.window()).metrics().row() > row);
    for (const int step : {1, -1}) {
        for (int i = 0; i < 18; ++i) {
            shown.find<QAction>(step > 0 ? "textLarger" : "textSmaller")->trigger();
            QCoreApplication::processEvents(); // the window of the size before goes
        }
        QCOMPARE(themeOf(&shown.window()).metrics().fontPixels(), step > 0 ? 26 : 11);
        for (const QString &address :
             {u"fleet"_s, u"run-command"_s, u"sessions"_s, u"documents/+new"_s, u"audit"_s}) {
            shown.window().openAddress(address);
            QCoreApplication::processEvents(); // layouts
            const QStringList found = cutOff(shown.window());
            QVERIFY2(found.isEmpty(), qPrintable(address + u'\n' + found.join(u'\n')));
        }
    }
    shown.find<QAction>("textNormal")->trigger();
    QCOMPARE(themeOf(&shown.window()).metrics().row(), row);
    QCOMPARE(shown.window().address(), u"audit"_s);
}

void tst_Shell::settingsAreKept()
{
    ConsoleFixture shown(Fleet::Sample);
    const QString file = shown.folder.filePath(u"console.ini"_s);
    {
        ConsoleSettings settings(file);
        Console console(shown.models(settings), {});
        console.setLanguage(u"ja"_s);
        console.setScheme(SchemeChoice::Dark);
        console.window().openAddress(u"run-command"_s);
    }
    QVERIFY(QFile::exists(file));
    {
        ConsoleSettings settings(file);
        Console console(shown.models(settings), {});
        QCOMPARE(console.window().address(), u"run-command"_s);
        QCOMPARE(console.window().findChild<QAbstractButton *>(u"nav-fleet"_s)->text(), u"フリート"_s);
        QCOMPARE(themeOf(&console.window()).scheme(), Scheme::Dark);
        console.setScheme(SchemeChoice::Light);
    }
}

FB_TEST(tst_Shell)

}

#include "tst_shell.moc"
