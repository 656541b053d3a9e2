// A node's page > Journal, and the page of many nodes' journals: what each shows in each state, that nothing is lost or dropped unsaid, and that it
// works by keys.
#include "tests/gui/console_fixture.h"
#include "tests/support/test_main.h"

#include "ui/nodes/fleet/journal_page.h"
#include "ui/nodes/tools/journal_view.h"
#include "ui/text/text_viewer.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/data_table.h"

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QFile>
#include <QGuiApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QTest>
#include <QToolButton>

namespace fb::test {

using namespace Qt::StringLiterals;
using Fleet = ConsoleFixture::Fleet;

class tst_JournalTab : public QObject
{
    Q_OBJECT
private slots:
    void readsOnlyWhileItIsShown();
    void filters();
    void wrongFiltersChangeNothing();
    void olderAtTheEnd();
    void followsAndPauses();
    void fieldsAndCopy();
    void cutEntriesSayIt();
    void offlineAndBack();
    void nothingMatches();
    void logFiles();
    void exports();
    void hostileTexts();
    void manyNodes();
    void nodesByTagAndLimit();

private:
    static QString node(ConsoleFixture &shown) { return shown.fleet->nodes().idAt(7); }
    static DataTable *open(ConsoleFixture &shown)
    {
        shown.window().openAddress(u"fleet/%1?tab=journal"_s.arg(node(shown)));
        (void)QTest::qWaitFor([&] { return shown.visible("journalTable") != nullptr; });
        return qobject_cast<DataTable *>(shown.visible("journalTable"));
    }
    static QString cell(DataTable *table, int row, JournalColumns::Column column)
    {
        return table->model()->index(row, column).data().toString();
    }
    static QString text(ConsoleFixture &shown, const char *name)
    {
        auto *label = qobject_cast<QLabel *>(shown.visible(name));
        return label ? label->text() : QString();
    }
    static ShownError problem(const QString &code, const QString &message)
    {
        return {.kind = code == u"ValidationException" ? ShownError::Kind::WrongInput
                                                       : ShownError::Kind::Unavailable,
                .code = code,
                .message = message,
                .field = {}};
    }
};

void tst_JournalTab::readsOnlyWhileItIsShown()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.window().openAddress(u"fleet/"_s + node(shown));
    QCOMPARE(shown.journalSource.at(node(shown)).queries, 0);
    DataTable *table = open(shown);
    QVERIFY(table);
    QCOMPARE(table->model()->rowCount(), 60);
    QCOMPARE(shown.journalSource.at(node(shown)).queries, 1);
    QVERIFY(cell(table, 0, JournalColumns::Time) > cell(table, 59, JournalColumns::Time)); // newest first
    QTRY_VERIFY(shown.journalSource.at(node(shown)).follows > 0);
    shown.window().openAddress(u"audit"_s);
    const int follows = shown.journalSource.at(node(shown)).follows;
    QTest::qWait(1300); // more than two of its steps
    QVERIFY(shown.journalSource.at(node(shown)).follows <= follows + 1);
}

void tst_JournalTab::filters()
{
    ConsoleFixture shown(Fleet::Sample);
    DataTable *table = open(shown);
    auto *priority = qobject_cast<QComboBox *>(shown.visible("journalPriority"));
    priority->setCurrentIndex(priority->findData(3));
    QTRY_VERIFY(table->model()->rowCount() > 0 && table->model()->rowCount() < 60);
    for (int row = 0; row < table->model()->rowCount(); ++row)
        QVERIFY(
            (QStringList {u"Error"_s, u"Critical"_s}).contains(cell(table, row, JournalColumns::Priority)));
    auto *unit = qobject_cast<QComboBox *>(shown.visible("journalUnit"));
    QTRY_VERIFY(unit->findText(u"ssh.service"_s) > 0); // the node's own
    unit->setFocus();
    unit->lineEdit()->selectAll();
    QTest::keyClicks(unit, u"ssh"_s);
    QTest::keyClick(unit, Qt::Key_Return);
    QTRY_COMPARE(cell(table, 0, JournalColumns::Source), u"sshd"_s);
    auto *words = qobject_cast<QLineEdit *>(shown.visible("journalText"));
    words->setFocus();
    QTest::keyClicks(words, u"kex"_s);
    QTest::keyClick(words, Qt::Key_Return);
    QTRY_VERIFY(table->model()->rowCount() > 0 && cell(table, 0, JournalColumns::Message).contains(u"kex"));
    QTest::mouseClick(shown.visible("journalClear"), Qt::LeftButton);
    QTRY_COMPARE(table->model()->rowCount(), 60);
    QCOMPARE(words->text(), QString());
}

void tst_JournalTab::wrongFiltersChangeNothing()
{
    ConsoleFixture shown(Fleet::Sample);
    DataTable *table = open(shown);
    const int queries = shown.journalSource.at(node(shown)).queries;
    auto *unit = qobject_cast<QComboBox *>(shown.visible("journalUnit"));
    unit->setEditText(u"ssh*"_s);
    QTest::keyClick(unit, Qt::Key_Return);
    QTRY_VERIFY(text(shown, "journalProblem").contains(u"\"ssh*\" is not a valid unit name"));
    unit->setEditText(u"ssh"_s);
    auto *time = qobject_cast<QComboBox *>(shown.visible("journalTime"));
    time->setEditText(u"yesterday-ish"_s);
    QTest::keyClick(time, Qt::Key_Return);
    QTRY_VERIFY(text(shown, "journalProblem").contains(u"Enter a time"));
    QCOMPARE(shown.journalSource.at(node(shown)).queries, queries);
    time->setEditText(u"last 1 min"_s);
    QTest::keyClick(time, Qt::Key_Return);
    QTRY_VERIFY(table->model()->rowCount() < 60);
    QVERIFY(!shown.visible("journalProblem"));
    // What the node refuses is said in its words.
    shown.journalSource.at(node(shown)).problem
        = problem(u"ValidationException"_s, u"Bad pattern \"(\": missing closing parenthesis"_s);
    auto *words = qobject_cast<QLineEdit *>(shown.visible("journalText"));
    words->setText(u"("_s);
    QTest::keyClick(words, Qt::Key_Return);
    QTRY_VERIFY(text(shown, "journalEmpty").contains(u"missing closing parenthesis"));
    shown.journalSource.at(node(shown)).problem.reset();
    QTest::mouseClick(shown.visible("journalAgain"), Qt::LeftButton);
    QTRY_COMPARE(text(shown, "journalEmpty"), u"No entry matches the filter."_s);
}

void tst_JournalTab::olderAtTheEnd()
{
    ConsoleFixture shown(Fleet::Sample);
    FakeJournalSource &source = shown.journalSource;
    source.isEmpty = true;
    for (int i = 0; i < 450; ++i)
        source.add(node(shown), source.m_now + Microseconds(i * 1000), QString::number(i));
    DataTable *table = open(shown);
    QCOMPARE(table->model()->rowCount(), 200);
    QVERIFY(shown.visible("journalOlder"));
    const QString first = table->currentId();
    table->verticalScrollBar()->setValue(table->verticalScrollBar()->maximum());
    QTRY_COMPARE(table->model()->rowCount(), 400);
    QCOMPARE(table->currentId(), first);
    QTest::mouseClick(shown.visible("journalOlder"), Qt::LeftButton);
    QTRY_COMPARE(table->model()->rowCount(), 450);
    QTRY_VERIFY(!shown.visible("journalOlder"));
    QCOMPARE(cell(table, 449, JournalColumns::Message), u"0"_s);
}

void tst_JournalTab::followsAndPauses()
{
    ConsoleFixture shown(Fleet::Sample);
    FakeJournalSource &source = shown.journalSource;
    DataTable *table = open(shown);
    QTRY_VERIFY(text(shown, "journalStatus").endsWith(u", live"));
    source.add(node(shown), source.m_now, u"something new"_s);
    QTRY_COMPARE(cell(table, 0, JournalColumns::Message), u"something new"_s);
    QTest::mouseClick(shown.visible("journalFollow"), Qt::LeftButton);
    QTRY_VERIFY(text(shown, "journalStatus").endsWith(u", paused"));
    const int follows = source.at(node(shown)).follows;
    for (int i = 0; i < 800; ++i)
        source.add(node(shown), source.m_now + Microseconds(i + 1), u"meanwhile %1"_s.arg(i));
    QTest::qWait(1200);
    QVERIFY(source.at(node(shown)).follows <= follows + 1);
    QCOMPARE(table->model()->rowCount(), 61);
    QTest::mouseClick(shown.visible("journalFollow"), Qt::LeftButton);
    // What came meanwhile was more than a node tells at once: its newest, and how many are left out.
    QTRY_COMPARE(cell(table, 0, JournalColumns::Message), u"meanwhile 799"_s);
    QCOMPARE(table->model()->rowCount(), 61 + 500);
    QTRY_VERIFY(text(shown, "journalStatus").contains(u"300 lines dropped"));
}

void tst_JournalTab::fieldsAndCopy()
{
    ConsoleFixture shown(Fleet::Sample);
    DataTable *table = open(shown);
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Down);
    QTest::keyClick(table, Qt::Key_Return);
    QTRY_VERIFY(shown.visible("journalDetail"));
    const auto fields = [&] {
        auto *viewer = qobject_cast<TextViewer *>(shown.visible("journalFields"));
        return viewer ? viewer->text() : QString();
    };
    QTRY_VERIFY(fields().contains(u"_HOSTNAME=web-tyo-03"));
    QVERIFY(fields().startsWith(cell(table, table->currentIndex().row(), JournalColumns::Message)));
    QTest::mouseClick(shown.visible("journalCopy"), Qt::LeftButton);
    const QJsonObject copied
        = QJsonDocument::fromJson(QGuiApplication::clipboard()->text().toUtf8()).object();
    QCOMPARE(copied[u"_HOSTNAME"].toString(), u"web-tyo-03"_s);
    QVERIFY(copied[u"__CURSOR"].toString().startsWith(u"s=1;i="));
    // Another row: its fields; from the menu, without the pane.
    QTest::keyClick(table, Qt::Key_Down);
    QTRY_VERIFY(fields().startsWith(cell(table, table->currentIndex().row(), JournalColumns::Message)));
    QTest::mouseClick(shown.visible("journalDetailClose"), Qt::LeftButton);
    QTRY_VERIFY(!shown.visible("journalDetail"));
    QMenu menu;
    emit table->menuWanted(&menu);
    QGuiApplication::clipboard()->clear();
    menu.findChild<QAction *>(u"journalRowCopy"_s)->trigger();
    QTRY_VERIFY(QGuiApplication::clipboard()->text().contains(u"\"__CURSOR\""));
    shown.journalSource.entryProblem = problem(u"DoesNotExistException"_s, u"gone"_s);
    QTest::keyClick(table, Qt::Key_Return);
    QTRY_VERIFY(shown.visible("journalDetailBanner"));
}

void tst_JournalTab::cutEntriesSayIt()
{
    ConsoleFixture shown(Fleet::Sample);
    FakeJournalSource &source = shown.journalSource;
    source.add(node(shown), source.m_now, u"long"_s);
    source.at(node(shown)).entries.last().fields
        = {{u"MESSAGE"_s, QByteArray(64 * 1024, 'x'), qint64(1) << 30}, {u"RAW"_s, "\xff\x01", 2}};
    DataTable *table = open(shown);
    table->setFocus();
    table->select(table->model()->index(0, 0).data(IdRole).toString());
    QTest::keyClick(table, Qt::Key_Return);
    QTRY_VERIFY(shown.visible("journalDetailBanner"));
    bool isSaid = false;
    const auto labels = shown.visible("journalDetailBanner")->findChildren<QLabel *>();
    for (const QLabel *label : labels)
        isSaid = isSaid || label->text().contains(u"MESSAGE: the first 64.0 KiB of 1.0 GiB");
    QVERIFY(isSaid);
    QVERIFY(qobject_cast<TextViewer *>(shown.visible("journalFields"))->text().contains(u"RAW=\\xff"));
}

void tst_JournalTab::offlineAndBack()
{
    ConsoleFixture shown(Fleet::Sample);
    FakeJournalSource &source = shown.journalSource;
    source.at(node(shown)).problem = problem(u"TargetNotConnected"_s, u"it is not connected."_s);
    shown.window().openAddress(u"fleet/%1?tab=journal"_s.arg(node(shown)));
    QTRY_VERIFY(text(shown, "journalEmpty").startsWith(u"The node is not connected"));
    source.at(node(shown)).problem.reset();
    source.m_now += std::chrono::seconds(6); // it is tried again
    QTRY_VERIFY(shown.visible("journalTable"));
    QTRY_VERIFY(shown.visible("journalTable")->isEnabled());
    source.at(node(shown)).problem = problem(u"TargetNotConnected"_s, u"it is not connected."_s);
    QTRY_VERIFY(text(shown, "journalStatus").startsWith(u"Not connected. As of"));
    QCOMPARE(qobject_cast<DataTable *>(shown.visible("journalTable"))->model()->rowCount(), 60); // greyed
    source.at(node(shown)).problem.reset();
    source.add(node(shown), source.m_now, u"while it was away"_s);
    source.m_now += std::chrono::seconds(6);
    QTRY_COMPARE(cell(qobject_cast<DataTable *>(shown.visible("journalTable")), 0, JournalColumns::Message),
                 u"while it was away"_s);
}

void tst_JournalTab::nothingMatches()
{
    ConsoleFixture shown(Fleet::Sample);
    open(shown);
    auto *words = qobject_cast<QLineEdit *>(shown.visible("journalText"));
    words->setText(u"no such words"_s);
    QTest::keyClick(words, Qt::Key_Return);
    QTRY_COMPARE(text(shown, "journalEmpty"), u"No entry matches the filter."_s);
    QTest::mouseClick(shown.visible("journalUnfilter"), Qt::LeftButton);
    QTRY_VERIFY(shown.visible("journalTable"));
}

void tst_JournalTab::logFiles()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.journalSource.at(node(shown)).noJournal = u"There is no journalctl on this node."_s;
    shown.journalSource.files = {{"/var/log/syslog", 120'000, shown.journalSource.m_now},
                                 {"/var/log/nginx/error.log", 12, shown.journalSource.m_now}};
    for (const char *file : {"/var/log/syslog", "/var/log/nginx/error.log"})
        shown.fileSource.contents[file] = {.bytes = "it began\n", .encoding = u"utf-8"_s, .size = 9};
    shown.window().openAddress(u"fleet/%1?tab=journal"_s.arg(node(shown)));
    QTRY_VERIFY(shown.visible("logFileTable"));
    QVERIFY(text(shown, "journalWhy").contains(u"There is no journalctl"));
    auto *table = qobject_cast<DataTable *>(shown.visible("logFileTable"));
    QCOMPARE(table->model()->rowCount(), 2);
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Down);
    QTest::keyClick(table, Qt::Key_Return);
    QTRY_VERIFY(shown.visible("filePane"));
    QVERIFY(shown.visible("fileFollow"));
    shown.fileSource.tailLines = {u"it goes on"_s}; // it is followed by itself
    QTRY_VERIFY(shown.visible("fileTail"));
    QTRY_VERIFY(
        qobject_cast<QPlainTextEdit *>(shown.visible("fileTail"))->toPlainText().contains(u"it goes on"));
    QTest::mouseClick(shown.visible("fileFollow"), Qt::LeftButton); // and read from its beginning if wished
    QTRY_VERIFY(!shown.visible("fileTail"));
}

void tst_JournalTab::exports()
{
    ConsoleFixture shown(Fleet::Sample);
    open(shown);
    auto *priority = qobject_cast<QComboBox *>(shown.visible("journalPriority"));
    priority->setCurrentIndex(priority->findData(2));
    auto *view = qobject_cast<JournalView *>(shown.visible("journalView"));
    QTRY_VERIFY(shown.visible("journalExport")->isEnabled());
    const QString file = shown.folder.filePath(u"journal.jsonl"_s);
    view->exportTo(file, JournalExport::Form::JsonLines);
    QTRY_VERIFY(shown.visible("journalBanner"));
    QFile written(file);
    QVERIFY(written.open(QIODevice::ReadOnly));
    QList<QByteArray> lines = written.readAll().split('\n');
    QCOMPARE(lines.takeLast(), QByteArray());
    QCOMPARE(lines.size(), 6); // all that are critical, and no other
    for (const QByteArray &line : lines)
        QCOMPARE(QJsonDocument::fromJson(line).object()[u"PRIORITY"].toString(), u"2"_s);
    view->exportTo(shown.folder.path() + u"/none/journal.txt"_s, JournalExport::Form::Text);
    QTRY_VERIFY(
        qobject_cast<Banner *>(shown.visible("journalBanner"))->statement().contains(u"not exported"));
}

void tst_JournalTab::hostileTexts()
{
    ConsoleFixture shown(Fleet::Sample);
    FakeJournalSource &source = shown.journalSource;
    source.add(node(shown), source.m_now, u"<b>bold</b>"_s);
    source.at(node(shown)).entries.last().fields
        = {{u"MESSAGE"_s, QByteArray("a\x1b[31m\nb\0c \xe2\x80\xae", 15), 15}};
    DataTable *table = open(shown);
    QCOMPARE(cell(table, 0, JournalColumns::Message), u"<b>bold</b>"_s); // no markup
    table->select(table->model()->index(0, 0).data(IdRole).toString());
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Return);
    QTRY_VERIFY(shown.visible("journalFields")
                && qobject_cast<TextViewer *>(shown.visible("journalFields"))->text().startsWith(u"a"));
    const QString shownText = qobject_cast<TextViewer *>(shown.visible("journalFields"))->text();
    QVERIFY(!shownText.contains(QChar(0x1b)) && !shownText.contains(QChar(0x202e))
            && !shownText.contains(QChar(0)));
}

void tst_JournalTab::manyNodes()
{
    ConsoleFixture shown(Fleet::Sample);
    FakeJournalSource &source = shown.journalSource;
    source.isEmpty = true;
    const QStringList ids {shown.fleet->nodes().idAt(0), shown.fleet->nodes().idAt(1),
                           shown.fleet->nodes().idAt(2), shown.fleet->nodes().idAt(3)};
    for (int i = 0; i < 20; ++i)
        source.add(ids[i % 2], source.m_now + Microseconds(i * 1'000'000), QString::number(i));
    // Its clock is an hour ahead: put right, its lines stand where they belong.
    source.at(ids[1]).clock = {true, std::chrono::hours(1), Microseconds(2000)};
    for (JournalEntry &entry : source.at(ids[1]).entries)
        entry.stamp += std::chrono::hours(1);
    source.at(ids[2]).problem = problem(u"TargetNotConnected"_s, u"it is not connected."_s);
    source.at(ids[3]).noJournal = u"There is no journalctl on this node."_s;
    shown.window().resize(1440, 900);
    shown.find<DataTable>("fleetTable")->selectAll();
    auto *menu = qobject_cast<QPushButton *>(shown.visible("fleetActions"))->menu();
    emit menu->aboutToShow();
    QVERIFY(menu->findChild<QAction *>(u"fleetJournal"_s) || shown.find<QAction>("fleetJournal"));
    shown.window().openAddress(JournalPage::addressOf(ids));
    QTRY_VERIFY(shown.visible("journalTable"));
    auto *table = qobject_cast<DataTable *>(shown.visible("journalTable"));
    QTRY_COMPARE(table->model()->rowCount(), 20);
    for (int row = 0; row < 20; ++row)
        QCOMPARE(cell(table, row, JournalColumns::Message), QString::number(19 - row));
    auto *nodes = qobject_cast<DataTable *>(shown.visible("journalNodes"));
    QStringList states;
    for (int row = 0; row < nodes->model()->rowCount(); ++row)
        states << nodes->model()->index(row, JournalNodeColumns::State).data().toString();
    states.sort();
    QCOMPARE(states, (QStringList {u"Live"_s, u"Live"_s, u"No journal"_s, u"Not connected"_s}));
    // In a narrow window the entries have all of it, until the nodes are asked for.
    shown.window().resize(1024, 700);
    QTRY_VERIFY(!nodes->isVisible());
    table->setFocus();
    QTest::keyClick(table, Qt::Key_D, Qt::ControlModifier);
    QVERIFY(nodes->isVisible());
    QTest::mouseClick(shown.visible("journalList"), Qt::LeftButton);
    QVERIFY(!nodes->isVisible());
    // One writes more than there is room for: it is told of, and the other is not kept waiting.
    for (int i = 0; i < 3000; ++i)
        source.add(ids[0], source.m_now + Microseconds(30'000'000 + i), u"flood"_s);
    source.add(ids[1], source.m_now + std::chrono::hours(1) + Microseconds(40'000'000), u"quiet one"_s);
    QTRY_COMPARE(cell(table, 0, JournalColumns::Message), u"quiet one"_s);
    QTRY_VERIFY(text(shown, "journalStatus").contains(u"2,500 lines dropped"));
    for (const JournalFollow &follow : std::as_const(source.at(ids[0]).followed))
        QVERIFY(follow.most >= 1 && follow.most <= 500);
    // The filter is of all, and part of the address.
    auto *words = qobject_cast<QLineEdit *>(shown.visible("journalText"));
    words->setText(u"quiet"_s);
    QTest::keyClick(words, Qt::Key_Return);
    QTRY_COMPARE(table->model()->rowCount(), 1);
    QTRY_VERIFY(shown.window().page()->view().value(u"text"_s) == u"quiet");
    QCOMPARE(shown.window().page()->view().value(u"nodes"_s), ids.join(u','));
}

void tst_JournalTab::nodesByTagAndLimit()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.window().openAddress(u"journal"_s);
    QTRY_VERIFY(shown.visible("journalPageEmpty"));
    auto *tag = qobject_cast<QComboBox *>(shown.visible("journalTag"));
    QVERIFY(tag->count() > 1);
    tag->setCurrentIndex(1);
    emit tag->activated(1);
    QTRY_VERIFY(shown.visible("journalNodes"));
    const auto *nodes = qobject_cast<DataTable *>(shown.visible("journalNodes"));
    const QString id = nodes->model()->index(0, 0).data(IdRole).toString();
    QVERIFY(shown.fleet->nodes().node(id)->tags.contains(tag->currentData().toString()));
    QStringList many;
    for (int i = 0; i < 60; ++i)
        many << u"mi-%1"_s.arg(i, 17, 16, QLatin1Char('0'));
    shown.window().openAddress(JournalPage::addressOf(many));
    QTRY_VERIFY(shown.visible("journalPageBanner"));
    QCOMPARE(qobject_cast<Banner *>(shown.visible("journalPageBanner"))->statement(),
             u"The journals of the first 50 of 60 nodes are shown."_s);
}

FB_TEST(tst_JournalTab)

}

#include "tst_journal_tab.moc"
