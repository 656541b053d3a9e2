// The page of one node and what can be done to nodes: tabs, address, tags with undo, rename, deregister, partial failures.
#include "tests/gui/console_fixture.h"
#include "tests/support/test_main.h"

#include "ui/charts/line_chart.h"
#include "ui/nodes/fleet/node_page.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/count_tile.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/tab_stack.h"
#include "ui/widgets/timeline.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTabBar>
#include <QTest>
#include <QToolButton>

namespace fb::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Fleet = ConsoleFixture::Fleet;

class tst_NodePage : public QObject
{
    Q_OBJECT
private slots:
    void opensFromTheTable();
    void tabsArePartOfTheAddress();
    void chartsShareTheirTime();
    void noMeasurementsYet();
    void tagsChangeAndComeBack();
    void unsavedTagsComeBack();
    void badTagsAreSaidAtTheField();
    void tagsOfSeveralNodes();
    void partialFailureIsAResult();
    void renameWithUndo();
    void deregisterManyAsksForTheNumber();
    void pageOfAGoneNode();
    void historyAndRuns();
    void readProblemIsABanner();
    void endingCertificatesHaveATile();
    void aNodeWithoutRoomSaysSo();
    void paneHasTabs();
    void hostileTexts();

private:
    static QString nodeAt(ConsoleFixture &shown, int row) { return shown.fleet->nodes().idAt(row); }

    static NodePage *open(ConsoleFixture &shown, const QString &rest)
    {
        shown.window().openAddress(u"fleet/"_s + rest);
        return qobject_cast<NodePage *>(shown.window().page());
    }

    static Banner *banner(NodePage *page)
    {
        const QList<Banner *> all = page->findChildren<Banner *>(u"banner"_s);
        return all.isEmpty() ? nullptr : all.first();
    }
};

void tst_NodePage::opensFromTheTable()
{
    ConsoleFixture shown(Fleet::Sample);
    auto *table = shown.find<DataTable>("fleetTable");
    table->select(nodeAt(shown, 7));
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Return);
    QCOMPARE(shown.window().address(), u"fleet/"_s + nodeAt(shown, 7));
    auto *page = qobject_cast<NodePage *>(shown.window().page());
    QVERIFY(page);
    QCOMPARE(page->crumb(), u"db-tyo-primary"_s);
    QTest::mouseClick(page->findChild<QToolButton *>(u"nodePageCopyId"_s), Qt::LeftButton);
    QCOMPARE(QGuiApplication::clipboard()->text(), nodeAt(shown, 7));
    QTRY_VERIFY(shown.nodeSource.reads.contains(u"detail "_s + nodeAt(shown, 7)));
    QVERIFY(!shown.nodeSource.reads.contains(u"runs "_s + nodeAt(shown, 7))); // its tab was not looked at
}

void tst_NodePage::tabsArePartOfTheAddress()
{
    ConsoleFixture shown(Fleet::Sample);
    NodePage *page = open(shown, nodeAt(shown, 3) + u"?tab=history&time=last%2012%20h"_s);
    QVERIFY(page);
    auto *tabs = page->findChild<QTabBar *>(u"nodeTabs"_s);
    QCOMPARE(page->findChild<TabStack *>()->current(), u"history"_s);
    QCOMPARE(page->view().value(u"tab"_s), u"history"_s);
    QCOMPARE(page->view().value(u"time"_s), u"last 12 h"_s);
    tabs->setFocus();
    QTest::keyClick(tabs, Qt::Key_Right);
    QVERIFY(shown.window().link().contains(u"tab=raw"_s));
    tabs->setCurrentIndex(0);
    QVERIFY(!shown.window().link().contains(u"tab="_s));
    QVERIFY(!open(shown, u"mi-00000000000000000"_s)); // no such node
}

void tst_NodePage::chartsShareTheirTime()
{
    ConsoleFixture shown(Fleet::Sample);
    NodePage *page = open(shown, nodeAt(shown, 7) + u"?tab=metrics"_s);
    auto *cpu = page->findChild<LineChart *>(u"nodeChart-cpu"_s);
    auto *disks = page->findChild<LineChart *>(u"nodeChart-disks"_s);
    QTRY_COMPARE(cpu->shownSeries().size(), 2);
    QTRY_COMPARE(disks->shownSeries().size(), 3);
    QElapsedTimer time; // megabytes a second make no more lines than percents do
    time.start();
    page->findChild<LineChart *>(u"nodeChart-network"_s)
        ->setRange(shown.nodeSource.m_now - 2h, shown.nodeSource.m_now);
    QVERIFY(time.elapsed() < 10'000);
    QVERIFY(disks->findChild<QLabel *>(u"nodeChart-disksAnswer"_s)->text().contains(u"/var"_s));
    const Instant now = shown.nodeSource.m_now;
    emit cpu->rangeChosen(now - 2h, now - 1h);
    QTRY_COMPARE(shown.nodeSource.ranges.last(), (QPair<Instant, Instant>(now - 2h, now - 1h)));
    QVERIFY(page->view().value(u"time"_s).contains(u" to "_s));
    emit disks->rangeReset();
    QTRY_COMPARE(shown.nodeSource.ranges.last(), (QPair<Instant, Instant>(now - 3h, now)));
    auto *range = page->findChild<QLineEdit *>(u"nodeRangeEdit"_s);
    range->selectAll();
    QTest::keyClicks(range, u"last 30 min"_s);
    QTest::keyClick(range, Qt::Key_Return);
    QTRY_COMPARE(shown.nodeSource.ranges.last(), (QPair<Instant, Instant>(now - 30min, now)));
}

void tst_NodePage::noMeasurementsYet()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.nodeSource.isMeasured = false;
    NodeRow fresh = shown.fleetSource.nodes[0];
    fresh.cpu.reset();
    fresh.memory.reset();
    fresh.registered = shown.nodeSource.m_now - 20s;
    shown.nodeSource.nodes[0] = fresh;
    emit shown.fleetSource.nodesArrived({fresh});
    NodePage *page = open(shown, fresh.id + u"?tab=metrics"_s);
    const auto says = [&](const QString &text) {
        const QList<QLabel *> labels = page->findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(), [&](const QLabel *label) {
            return label->isVisible() && label->text().contains(text);
        });
    };
    QTRY_VERIFY(says(u"first value arrives in about a minute"_s));
}

void tst_NodePage::tagsChangeAndComeBack()
{
    ConsoleFixture shown(Fleet::Sample);
    const QString id = nodeAt(shown, 7);
    NodePage *page = open(shown, id + u"?tab=tags"_s);
    auto *value = page->findChild<QLineEdit *>(u"tagValue-0"_s);
    auto *save = page->findChild<QPushButton *>(u"tagsSave"_s);
    QCOMPARE(value->text(), u"prod"_s);
    QVERIFY(!save->isEnabled());
    value->selectAll();
    QTest::keyClicks(value, u"test"_s);
    QTest::mouseClick(page->findChild<QPushButton *>(u"tagAdd"_s), Qt::LeftButton);
    QTest::keyClicks(page->findChild<QLineEdit *>(u"tagKey-3"_s), u"owner"_s);
    QTest::keyClicks(page->findChild<QLineEdit *>(u"tagValue-3"_s), u"a=b"_s);
    QToolButton *site = page->findChildren<QToolButton *>(u"tagRemove"_s)[2];
    QTRY_VERIFY(site->height() > 0); // the rows have found their places
    QTest::mouseClick(site, Qt::LeftButton);
    QVERIFY(save->isEnabled());
    QTest::mouseClick(save, Qt::LeftButton);
    QCOMPARE(shown.fleetSource.tagChanges.size(), 1);
    QCOMPARE(shown.fleetSource.tagChanges[0][0],
             (NodeTagChange {id, {{u"env"_s, u"test"_s}, {u"owner"_s, u"a=b"_s}}, {u"site"_s}}));
    QTRY_COMPARE(banner(page)->statement(), u"Changed the tags of 1 node."_s);
    QVERIFY(!save->isEnabled());
    // [ux 8] Ctrl+Z on the page, while ten seconds last
    page->setFocus();
    QTest::keyClick(page, Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE(shown.fleetSource.tagChanges.size(), 2);
    QCOMPARE(shown.fleetSource.tagChanges[1][0],
             (NodeTagChange {id, {{u"env"_s, u"prod"_s}, {u"site"_s, u"tyo"_s}}, {u"owner"_s}}));
    QTRY_COMPARE(page->findChild<QLineEdit *>(u"tagValue-0"_s)->text(), u"prod"_s);
    QVERIFY(!shown.fleet->canUndo());
}

// [R18] what is typed and not saved outlives other pages and a new window; discarded, it is gone
void tst_NodePage::unsavedTagsComeBack()
{
    ConsoleFixture shown(Fleet::Sample);
    const QString address = nodeAt(shown, 7) + u"?tab=tags"_s;
    const auto typeOn = [&] { return open(shown, address)->findChild<QLineEdit *>(u"tagValue-0"_s); };
    typeOn()->selectAll();
    QTest::keyClicks(typeOn(), u"typed"_s);
    for (int other = 8; other < 20; ++other) // more pages than are kept
        open(shown, nodeAt(shown, other));
    QCOMPARE(typeOn()->text(), u"typed"_s);
    shown.settings.setLanguage(u"ja"_s);
    QCoreApplication::processEvents();
    NodePage *page = open(shown, address);
    QCOMPARE(typeOn()->text(), u"typed"_s);
    QVERIFY(page->findChild<QPushButton *>(u"tagsSave"_s)->isEnabled());
    QTest::mouseClick(page->findChild<QPushButton *>(u"tagsDiscard"_s), Qt::LeftButton);
    shown.settings.setLanguage(u"en"_s);
    QCoreApplication::processEvents();
    QCOMPARE(typeOn()->text(), u"prod"_s);
}

void tst_NodePage::badTagsAreSaidAtTheField()
{
    ConsoleFixture shown(Fleet::Sample);
    NodePage *page = open(shown, nodeAt(shown, 7) + u"?tab=tags"_s);
    auto *key = page->findChild<QLineEdit *>(u"tagKey-0"_s);
    const auto typed = [&](const QString &text) {
        key->setText(text);
        emit key->textEdited(text);
        QTest::mouseClick(page->findChild<QPushButton *>(u"tagsSave"_s), Qt::LeftButton);
        return key->accessibleDescription();
    };
    QVERIFY(typed(u"aws:name"_s).contains(u"reserved"_s));
    QVERIFY(key->hasFocus());
    QVERIFY(typed(QString(129, u'k')).contains(u"129"_s));
    QVERIFY(typed(u"a\u202eb"_s).contains(u"U+202e"_s)); // [U04]
    QVERIFY(typed({}).contains(u"Enter a key"_s));
    auto *second = page->findChild<QLineEdit *>(u"tagKey-1"_s);
    typed(u"role"_s);
    QVERIFY(second->accessibleDescription().contains(u"Another tag"_s));
    QVERIFY(shown.fleetSource.tagChanges.isEmpty());
}

void tst_NodePage::tagsOfSeveralNodes()
{
    ConsoleFixture shown(Fleet::Sample);
    auto *table = shown.find<DataTable>("fleetTable");
    table->setFocus();
    QTest::keyClick(table, Qt::Key_A, Qt::ControlModifier);
    shown.find<QAction>("fleetTags")->trigger();
    QWidget *sheet = shown.visible("tagSheet");
    QVERIFY(sheet);
    QTest::keyClicks(sheet->findChild<QLineEdit *>(u"tagKey-0"_s), u"wave"_s);
    QTest::keyClicks(sheet->findChild<QLineEdit *>(u"tagValue-0"_s), u"1"_s);
    auto *apply = sheet->findChild<QPushButton *>(u"tagSheetApply"_s);
    QCOMPARE(apply->text(), u"Change 26 nodes"_s);
    QTest::mouseClick(apply, Qt::LeftButton);
    QCOMPARE(shown.fleetSource.tagChanges.size(), 1);
    QCOMPARE(shown.fleetSource.tagChanges[0].size(), 26);
    QTRY_VERIFY(shown.fleet->canUndo());
}

void tst_NodePage::partialFailureIsAResult()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.fleetSource.refusedNodes = {nodeAt(shown, 1)};
    shown.fleet->changeTags(
        {{nodeAt(shown, 0), {{u"a"_s, u"b"_s}}, {}}, {nodeAt(shown, 1), {{u"a"_s, u"b"_s}}, {}}});
    auto *told = static_cast<Banner *>(nullptr);
    QTRY_VERIFY((told = static_cast<Banner *>(shown.visible("fleetBanner"))));
    QCOMPARE(told->statement(), u"Changed the tags of 1 of 2 nodes."_s);
    QVERIFY(told->accessibleDescription().contains(
        u"build-tyo-01: There are too many tags. The node would have 51 tags."_s));
}

void tst_NodePage::renameWithUndo()
{
    ConsoleFixture shown(Fleet::Sample);
    NodePage *page = open(shown, nodeAt(shown, 7));
    page->findChild<QAction *>(u"nodeRename"_s)->trigger();
    auto *edit = static_cast<QLineEdit *>(shown.visible("renameEdit"));
    QVERIFY(edit && edit->hasFocus());
    edit->setText(u"a/b"_s);
    QTest::keyClick(edit, Qt::Key_Return);
    QVERIFY(edit->accessibleDescription().contains(u"\"/\""_s));
    edit->setText(u"db-main"_s);
    QTest::keyClick(edit, Qt::Key_Return);
    QTRY_COMPARE(page->crumb(), u"db-main"_s);
    QVERIFY(shown.fleet->canUndo());
    QTest::mouseClick(banner(page)->findChild<QPushButton *>(u"bannerAction"_s), Qt::LeftButton);
    QTRY_COMPARE(page->crumb(), u"db-tyo-primary"_s);
}

void tst_NodePage::deregisterManyAsksForTheNumber()
{
    ConsoleFixture shown(Fleet::Sample);
    auto *table = shown.find<DataTable>("fleetTable");
    table->setFocus();
    QTest::keyClick(table, Qt::Key_A, Qt::ControlModifier);
    shown.find<QAction>("fleetDeregister")->trigger();
    QVERIFY(shown.visible("deregisterSheet"));
    auto *confirm = static_cast<QPushButton *>(shown.visible("deregisterConfirm"));
    QCOMPARE(confirm->text(), u"Deregister 26 nodes"_s);
    QVERIFY(!confirm->isEnabled());
    auto *typed = static_cast<QLineEdit *>(shown.visible("deregisterTyped"));
    QTest::keyClicks(typed, u"25"_s);
    QTest::keyClick(typed, Qt::Key_Return);
    QVERIFY(shown.fleetSource.deregistered.isEmpty());
    typed->setText(u"26"_s);
    QVERIFY(confirm->isEnabled());
    QTest::mouseClick(confirm, Qt::LeftButton);
    QCOMPARE(shown.fleetSource.deregistered.size(), 26);
}

void tst_NodePage::pageOfAGoneNode()
{
    ConsoleFixture shown(Fleet::Sample);
    NodePage *page = open(shown, nodeAt(shown, 7));
    emit shown.fleetSource.nodesRemoved({nodeAt(shown, 7)});
    QTRY_COMPARE(banner(page)->statement(), u"This node is no longer managed."_s);
    QVERIFY(!page->findChild<QPushButton *>(u"nodeRun"_s)->isEnabled());
}

void tst_NodePage::historyAndRuns()
{
    ConsoleFixture shown(Fleet::Sample);
    NodePage *page = open(shown, nodeAt(shown, 7) + u"?tab=history"_s);
    auto *history = page->findChild<Timeline *>(u"nodeHistory"_s);
    QTRY_COMPARE(history->count(), 5);
    QVERIFY(history->textOf(1).contains(u"Connection lost  its connection broke"_s));
    QVERIFY(history->textOf(2).contains(u"Tags set"_s));
    page->findChild<TabStack *>()->setCurrent(u"runs"_s);
    auto *runs = page->findChild<DataTable *>(u"nodeRuns"_s);
    QTRY_COMPARE(runs->model()->rowCount(), 2);
    runs->setCurrentIndex(runs->model()->index(0, 0));
    runs->setFocus();
    QTest::keyClick(runs, Qt::Key_Return);
    QCOMPARE(shown.window().address(), u"run-command/3f2c9e10-77aa-4c1e-9f60-51b2ccd47a81"_s);
}

void tst_NodePage::readProblemIsABanner()
{
    ConsoleFixture shown(Fleet::Sample);
    shown.nodeSource.problem = ShownError {.kind = ShownError::Kind::Unavailable,
                                           .code = u"ServiceUnavailable"_s,
                                           .message = u"The engine is stopping."_s};
    NodePage *page = open(shown, nodeAt(shown, 7));
    QTRY_VERIFY(banner(page)->isVisible());
}

// [R12] spool full, log partition full: said with figures above the tabs, and among the facts; gone when there is room
void tst_NodePage::aNodeWithoutRoomSaysSo()
{
    ConsoleFixture shown(Fleet::Sample);
    constexpr qint64 kMiB = 1024 * 1024;
    NodeRoomValues &room = shown.nodeSource.room;
    room = {.isSpoolFull = true,
            .spoolBytes = 249 * kMiB,
            .spoolLimit = 256 * kMiB,
            .spoolDropped = 3 * kMiB,
            .isLogFull = true,
            .logLost = 17};
    const QString id = nodeAt(shown, 3);
    NodePage *page = open(shown, id);
    auto *banner = page->findChild<Banner *>(u"nodeRoom"_s);
    QVERIFY(banner);
    QTRY_VERIFY(banner->isVisible());
    QCOMPARE(banner->statement(), u"This node's spool and log have no room."_s);
    const QString said = NodeFacts::roomSentence(room);
    for (const auto &figure : {u"249.0 MiB of 256.0 MiB"_s, u"3.0 MiB of output"_s, u"17 lines"_s})
        QVERIFY2(said.contains(figure), qPrintable(said));
    room.isSpoolFull = false;
    emit shown.nodeSource.partTouched(id, NodePart::Detail);
    QTRY_COMPARE(banner->statement(), u"This node's log has no room."_s);
    room = {};
    emit shown.nodeSource.partTouched(id, NodePart::Detail);
    QTRY_VERIFY(!banner->isVisible());
}

void tst_NodePage::endingCertificatesHaveATile()
{
    ConsoleFixture shown(Fleet::Sample);
    QVERIFY(!shown.visible("tileCertificates")); // nobody needs it
    NodeRow late = shown.fleetSource.nodes[3];
    late.certificateEnds = shown.fleetSource.m_now + 24h * 2;
    emit shown.fleetSource.nodesArrived({late});
    auto *tile = static_cast<CountTile *>(shown.visible("tileCertificates"));
    QVERIFY(tile);
    QCOMPARE(tile->count(), 1);
    QTest::mouseClick(tile, Qt::LeftButton);
    QCOMPARE(shown.fleet->nodes().rowCount(), 1);
    QCOMPARE(shown.fleet->nodes().idAt(0), late.id);
}

void tst_NodePage::paneHasTabs()
{
    ConsoleFixture shown(Fleet::Sample);
    auto *table = shown.find<DataTable>("fleetTable");
    table->select(nodeAt(shown, 7));
    QVERIFY(shown.visible("nodePane"));
    auto *tabs = shown.find<QTabBar>("nodePaneTabs");
    tabs->setCurrentIndex(2);
    auto *history = shown.find<Timeline>("nodePaneHistory");
    QTRY_COMPARE(history->count(), 5);
    // The tab stays, the node changes: what is shown is the other one's.
    shown.nodeSource.happenings
        = {{shown.nodeSource.m_now, NodeHappening::Kind::State, u"Online"_s, {}, {}, {}}};
    table->select(nodeAt(shown, 8));
    QTRY_COMPARE(history->count(), 6);
    tabs->setCurrentIndex(1);
    QWidget *value = shown.visible("tagValue-0");
    QVERIFY(value);
    QTest::keyClicks(value, u"x"_s);
    QTest::mouseClick(shown.visible("tagsSave"), Qt::LeftButton);
    QCOMPARE(shown.fleetSource.tagChanges[0][0].nodeId, nodeAt(shown, 8));
    tabs->setFocus();
    QTest::keyClick(tabs, Qt::Key_Escape);
    QVERIFY(!shown.visible("nodePane"));
    QVERIFY(table->hasFocus());
}

void tst_NodePage::hostileTexts()
{
    // [U01] [U04] markup, text direction, ten thousand characters in name, tags and history
    ConsoleFixture shown(Fleet::Sample);
    NodeRow evil = shown.fleetSource.nodes[0];
    evil.name = u"<b>web</b>\u202e"_s + QString(10000, u'n');
    evil.tagPairs = {{u"<img src=x>"_s, QString(10000, u'v')}};
    evil.tags = {u"<img src=x>="_s + QString(10000, u'v')};
    emit shown.fleetSource.nodesArrived({evil});
    shown.nodeSource.nodes[0] = evil;
    shown.nodeSource.happenings = {{shown.nodeSource.m_now,
                                    NodeHappening::Kind::State,
                                    u"<i>Odd</i>"_s,
                                    u"\u202e"_s + QString(10000, u'r'),
                                    {},
                                    {}}};
    NodePage *page = open(shown, evil.id + u"?tab=history"_s);
    QVERIFY(page);
    QVERIFY(page->crumb().startsWith(u"<b>web</b>"_s) && !page->crumb().contains(QChar(0x202e)));
    QVERIFY(page->crumb().size() < 200);
    auto *history = page->findChild<Timeline *>(u"nodeHistory"_s);
    QTRY_COMPARE(history->count(), 6);
    const QList<QLabel *> labels = page->findChildren<QLabel *>();
    for (const QLabel *label : labels)
        QCOMPARE(label->textFormat(), Qt::PlainText);
    auto *tabs = page->findChild<QTabBar *>(u"nodeTabs"_s);
    for (int tab = 0; tab < tabs->count(); ++tab) {
        tabs->setCurrentIndex(tab);
        QVERIFY(!page->grab().isNull());
    }
    QVERIFY(shown.window().minimumSizeHint().width() <= 1440);
}

FB_TEST(tst_NodePage)

}

#include "tst_node_page.moc"
