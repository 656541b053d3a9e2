#include "tests/gui/console_fixture.h"
#include "tests/support/test_main.h"
#include "ui/shared/events/events_page.h"
#include "ui/widgets/data_table.h"

#include <QPushButton>
#include <QScrollBar>
#include <QTest>

namespace fb::test {

using namespace Qt::StringLiterals;
using Fleet = ConsoleFixture::Fleet;

// The live events, by keys and clicks.
class tst_EventsPage : public QObject
{
    Q_OBJECT
private slots:
    void arriveOnTop();
    void waitWhilePaused();
    void waitWhileOneReadsFurtherDown();
    void ringIsBounded();
    void resourceOpens();
};

namespace {

    QString topId(DataTable *table) { return table->model()->index(0, 0).data(IdRole).toString(); }

    DataTable *openEvents(ConsoleFixture &shown)
    {
        shown.window().openAddress(u"events"_s);
        auto *table = shown.find<DataTable>("eventsTable");
        return QTest::qWaitFor([&] { return table->model()->rowCount() == 40; }) ? table : nullptr;
    }
}

void tst_EventsPage::arriveOnTop()
{
    ConsoleFixture shown(Fleet::Sample);
    DataTable *table = openEvents(shown);
    QVERIFY(table);
    QCOMPARE(topId(table), u"8200"_s);
    shown.eventsSource.news.arrived({FakeEventsSource::event(8201, shown.eventsSource.now())});
    QCOMPARE(topId(table), u"8201"_s);
}

void tst_EventsPage::waitWhilePaused()
{
    ConsoleFixture shown(Fleet::Sample);
    DataTable *table = openEvents(shown);
    QVERIFY(table);
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Space);
    for (int i = 1; i <= 14; ++i)
        shown.eventsSource.news.arrived({FakeEventsSource::event(8200 + i, shown.eventsSource.now())});
    QCOMPARE(topId(table), u"8200"_s);
    auto *fresh = shown.find<QPushButton>("eventsFresh");
    QVERIFY(fresh->isVisible());
    QCOMPARE(fresh->text(), u"14 new - Show"_s);
    QTest::mouseClick(fresh, Qt::LeftButton);
    QCOMPARE(topId(table), u"8214"_s);
    QVERIFY(!fresh->isVisible());
}

void tst_EventsPage::waitWhileOneReadsFurtherDown()
{
    ConsoleFixture shown(Fleet::Sample);
    DataTable *table = openEvents(shown);
    QVERIFY(table);
    table->verticalScrollBar()->setValue(3);
    const int before = table->verticalScrollBar()->value();
    QVERIFY(before > 0);
    shown.eventsSource.news.arrived({FakeEventsSource::event(8201, shown.eventsSource.now())});
    QCOMPARE(topId(table), u"8200"_s);
    QCOMPARE(table->verticalScrollBar()->value(), before);
    table->verticalScrollBar()->setValue(0); // back at the top: it comes by itself
    QCOMPARE(topId(table), u"8201"_s);
}

void tst_EventsPage::ringIsBounded()
{
    ConsoleFixture shown(Fleet::Sample);
    DataTable *table = openEvents(shown);
    QVERIFY(table);
    for (int batch = 0; batch < 25; ++batch) {
        QList<EventRow> rows;
        for (int i = 0; i < 500; ++i)
            rows << FakeEventsSource::event(9000 + batch * 500 + i, shown.eventsSource.now());
        shown.eventsSource.news.arrived(rows);
    }
    QVERIFY(table->model()->rowCount() <= EventsViewModel::kMostRows);
    QVERIFY(table->model()->rowCount() >= EventsViewModel::kMostRows * 8 / 10);
    QCOMPARE(topId(table), u"21499"_s); // the newest stay
}

void tst_EventsPage::resourceOpens()
{
    ConsoleFixture shown(Fleet::Sample);
    DataTable *table = openEvents(shown);
    QVERIFY(table);
    EventRow node = FakeEventsSource::event(8201, shown.eventsSource.now());
    node.resources
        = {u"arn:aws:ssm:xx-local-1:000000000000:managed-instance/"_s + shown.fleet->nodes().idAt(2)};
    shown.eventsSource.news.arrived({node});
    table->select(u"8201"_s);
    auto *open = static_cast<QPushButton *>(shown.visible("eventResource"));
    QVERIFY(open);
    QTest::mouseClick(open, Qt::LeftButton);
    QCOMPARE(shown.window().address(), u"fleet"_s);
    QCOMPARE(shown.find<DataTable>("fleetTable")->currentId(), shown.fleet->nodes().idAt(2));
    QTest::keyClick(&shown.window(), Qt::Key_Left, Qt::AltModifier);
    QCOMPARE(shown.window().link(), u"events?row=8201"_s);
}

FB_TEST(tst_EventsPage)

}

#include "tst_events_page.moc"
