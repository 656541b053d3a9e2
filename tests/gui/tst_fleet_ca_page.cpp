// The fleet's CA: what it is, the three steps of a roll-over, who is behind, what a step would cut off.
#include "tests/gui/console_fixture.h"
#include "tests/support/test_main.h"

#include "ui/nodes/rollover/fleet_ca_page.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/data_table.h"
#include "ui/widgets/text_label.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

namespace fb::test {

using namespace Qt::StringLiterals;
using Phase = ShownFleetCa::Phase;

class tst_FleetCaPage : public QObject
{
    Q_OBJECT
private slots:
    void showsTheCaAndItsEnd();
    void begins();
    void listsWhoIsBehind();
    void issuesThoughSomeAreBehind();
    void cuttingOffTakesANumber();
    void refusalsAreSaid();

private:
    static FleetCaPage *open(ConsoleFixture &shown, const QString &rest = {})
    {
        shown.window().openAddress(u"fleet-ca"_s + rest);
        return qobject_cast<FleetCaPage *>(shown.window().page());
    }
    static void click(ConsoleFixture &shown, const char *name)
    {
        QTRY_VERIFY(shown.visible(name) && shown.visible(name)->isEnabled());
        QTest::mouseClick(shown.visible(name), Qt::LeftButton);
    }
    static QString textOf(ConsoleFixture &shown, const char *name)
    {
        auto *label = qobject_cast<TextLabel *>(shown.visible(name));
        return label ? label->text() : QString();
    }
    static void go(ConsoleFixture &shown, Phase phase)
    {
        shown.rollOverSource.go(phase);
        shown.rollOverSource.tell();
    }
};

void tst_FleetCaPage::showsTheCaAndItsEnd()
{
    ConsoleFixture shown(ConsoleFixture::Fleet::Sample);
    QVERIFY(open(shown));
    QTRY_COMPARE(textOf(shown, "caPresent"), u"9f3c"_s.repeated(16));
    QVERIFY(textOf(shown, "caPresentValidity").startsWith(u"valid until"_s));
    QVERIFY(!shown.visible("caNext") && !shown.visible("caProgress"));
    click(shown, "caPresentCopy");
    QCOMPARE(QGuiApplication::clipboard()->text(), u"9f3c"_s.repeated(16));
    shown.rollOverSource.state.notAfter = shown.rollOverSource.now() + std::chrono::hours(24 * 30);
    shown.rollOverSource.tell();
    QTRY_VERIFY(textOf(shown, "caPresentValidity").contains(u"begin a roll-over"_s));
}

void tst_FleetCaPage::begins()
{
    ConsoleFixture shown(ConsoleFixture::Fleet::Sample);
    FleetCaPage *page = open(shown);
    click(shown, "caBegin");
    QTRY_VERIFY(shown.visible("caBeginConfirm"));
    QVERIFY(shown.rollOverSource.steps.isEmpty());
    click(shown, "caBeginConfirm");
    QTRY_COMPARE(shown.rollOverSource.steps, QStringList {u"begin"_s});
    QTRY_COMPARE(page->banner().statement(), u"The roll-over was begun."_s);
    go(shown, Phase::Published);
    QTRY_VERIFY(shown.visible("caIssue"));
    QVERIFY(!shown.visible("caBegin"));
    QCOMPARE(textOf(shown, "caNext"), u"27d1"_s.repeated(16));
    QVERIFY(textOf(shown, "caProgress").contains(u"23 of 26"_s));
}

void tst_FleetCaPage::listsWhoIsBehind()
{
    ConsoleFixture shown(ConsoleFixture::Fleet::Sample);
    go(shown, Phase::Published);
    QVERIFY(open(shown, u"?row=mi-0000000000000000b"_s));
    auto *table = shown.find<DataTable>("fleet-caTable");
    QTRY_COMPARE(table->model()->rowCount(), 3);
    QTRY_COMPARE(table->currentId(), u"mi-0000000000000000b"_s);
    const auto cell = [&](CaNodeTable::Column column) {
        return table->currentIndex().siblingAtColumn(column).data().toString();
    };
    QCOMPARE(cell(CaNodeTable::Link), u"Connected"_s);
    QCOMPARE(cell(CaNodeTable::Trust), u"Refused"_s);
    QVERIFY(cell(CaNodeTable::Refusal).contains(u"No space left"_s));
    // One comes through: its row goes, the others stay.
    shown.rollOverSource.behind.removeLast();
    shown.rollOverSource.tell();
    QTRY_COMPARE(table->model()->rowCount(), 2);
    QCOMPARE(table->currentId(), u"mi-0000000000000000b"_s);
}

void tst_FleetCaPage::issuesThoughSomeAreBehind()
{
    ConsoleFixture shown(ConsoleFixture::Fleet::Sample);
    go(shown, Phase::Published);
    open(shown);
    click(shown, "caIssue");
    click(shown, "caIssueConfirm");
    QTRY_COMPARE(shown.rollOverSource.steps, QStringList {u"issue 2"_s}); // as many as it has named
}

void tst_FleetCaPage::cuttingOffTakesANumber()
{
    ConsoleFixture shown(ConsoleFixture::Fleet::Sample);
    go(shown, Phase::Issuing);
    open(shown);
    click(shown, "caRetire");
    QTRY_VERIFY(shown.visible("caRetireConfirm"));
    QVERIFY(!shown.visible("caRetireConfirm")->isEnabled());
    QTest::keyClicks(shown.visible("caRetireTyped"), u"3"_s);
    click(shown, "caRetireConfirm");
    QTRY_COMPARE(shown.rollOverSource.steps, QStringList {u"retire 3"_s});
    // With nobody behind it only asks.
    shown.rollOverSource.behind.clear();
    shown.rollOverSource.state.behind = shown.rollOverSource.state.waitedFor = 0;
    shown.rollOverSource.tell();
    click(shown, "caRetire");
    click(shown, "caRetireConfirm");
    QTRY_COMPARE(shown.rollOverSource.steps.last(), u"retire 0"_s);
}

void tst_FleetCaPage::refusalsAreSaid()
{
    ConsoleFixture shown(ConsoleFixture::Fleet::Sample);
    go(shown, Phase::Issuing);
    FleetCaPage *page = open(shown);
    shown.rollOverSource.behind.clear();
    shown.rollOverSource.state.behind = shown.rollOverSource.state.waitedFor = 0;
    shown.rollOverSource.tell();
    shown.rollOverSource.refusal = {.kind = ShownError::Kind::Conflict,
                                    .code = u"ConflictException"_s,
                                    .message = u"1 nodes have no certificate of the next CA yet."_s,
                                    .field = u"AcceptStragglers"_s};
    click(shown, "caRetire");
    click(shown, "caRetireConfirm");
    QTRY_COMPARE(page->banner().statement(), u"The present CA was not retired."_s);
}

FB_TEST(tst_FleetCaPage)

}

#include "tst_fleet_ca_page.moc"
