#include "tests/support/models/fake_list_source.h"
#include "tests/support/test_main.h"

#include <QSignalSpy>
#include <QTest>

using namespace fb;
using namespace fb::test;
using namespace Qt::StringLiterals;

namespace {

struct Entry {
    int number = 0;
    bool operator==(const Entry &) const = default;
};

QList<Entry> entries(int first, int last)
{
    QList<Entry> list;
    for (int number = first; number <= last; ++number)
        list << Entry {number};
    return list;
}

QString idOf(const Entry &entry) { return QString::number(entry.number); }

ValueListViewModel<Entry> makeList(FakeListSource<Entry> &source)
{
    return {source,
            idOf,
            {{.key = u"number"_s,
              .title = [] { return u"Number"_s; },
              .cell =
                  [](const Entry &entry, Instant) {
                      return TableCell {.text = QString::number(entry.number), .sortKey = entry.number};
                  }}}};
}
}

class tst_ListViewModel : public QObject
{
    Q_OBJECT
private slots:
    void oldestGoAtTheBound();
    void heldRowsAreBounded();
    void readsAll();
    void readingAllCanBeStopped();
    void twoWantAll();
};

// What is older than the rows that went is not offered: it would stand beside a hole.
void tst_ListViewModel::oldestGoAtTheBound()
{
    FakeListSource<Entry> source;
    source.values = entries(901, 990);
    source.olderPages = {entries(801, 900)};
    ValueListViewModel<Entry> list = makeList(source);
    list.setMostRows(100, [](const Entry &entry) { return qint64(entry.number); });
    list.start();
    QTRY_VERIFY(list.isLoaded());
    QVERIFY(list.older().hasAny());
    source.news.arrived(entries(991, 1000));
    QCOMPARE(list.values().totalRows(), 100);
    QVERIFY(list.older().hasAny());
    source.news.arrived(entries(1001, 1001));
    QCOMPARE(list.values().totalRows(), 90); // a tenth more than must be
    QVERIFY(!list.values().value(u"911"_s));
    QVERIFY(list.values().value(u"912"_s) && list.values().value(u"1001"_s));
    QVERIFY(!list.older().hasAny());
    QVERIFY(list.older().isCut()); // a search and an export say so
    source.news.complete(true); // an answer that was under way
    QVERIFY(!list.older().hasAny());
}

void tst_ListViewModel::readsAll()
{
    FakeListSource<Entry> source;
    source.values = entries(301, 400);
    source.olderPages = {entries(201, 300), entries(101, 200), entries(1, 100)};
    ValueListViewModel<Entry> list = makeList(source);
    QSignalSpy ended(&list.older(), &OlderRows::readingAllEnded);
    list.start();
    list.older().readAll(&list); // while the first page is being read
    QTRY_COMPARE(ended.size(), 1);
    QCOMPARE(ended[0][0].toBool(), true);
    QCOMPARE(list.values().totalRows(), 400);
    QVERIFY(!list.older().hasAny() && !list.older().isReadingAll());
    list.older().readAll(&list); // nothing is left: ends at once
    QCOMPARE(ended.size(), 2);
}

void tst_ListViewModel::readingAllCanBeStopped()
{
    FakeListSource<Entry> source;
    source.values = entries(301, 400);
    source.olderPages = {entries(201, 300), entries(101, 200), entries(1, 100)};
    ValueListViewModel<Entry> list = makeList(source);
    QSignalSpy ended(&list.older(), &OlderRows::readingAllEnded);
    list.start();
    QTRY_VERIFY(list.older().hasAny());
    const auto stopping
        = QObject::connect(&list, &ListViewModel::valuesChanged, [&] { list.older().stop(&list); });
    list.older().readAll(&list);
    QTRY_COMPARE(ended.size(), 1);
    QObject::disconnect(stopping);
    QCOMPARE(ended[0][0].toBool(), false);
    QTRY_VERIFY(!list.older().isReading()); // the page that was under way
    const int read = list.values().totalRows();
    QVERIFY(read < 400);
    QTest::qWait(20);
    QCOMPARE(list.values().totalRows(), read);
    list.older().read(); // one page more, by hand
    QTRY_COMPARE(list.values().totalRows(), read + 100);
}

// One that stops does not stop the other.
void tst_ListViewModel::twoWantAll()
{
    FakeListSource<Entry> source;
    source.values = entries(301, 400);
    source.olderPages = {entries(201, 300), entries(101, 200), entries(1, 100)};
    ValueListViewModel<Entry> list = makeList(source);
    QObject search;
    QObject exporting;
    QSignalSpy ended(&list.older(), &OlderRows::readingAllEnded);
    list.start();
    list.older().readAll(&search);
    list.older().readAll(&exporting);
    list.older().stop(&search);
    QVERIFY(ended.isEmpty());
    QTRY_COMPARE(ended.size(), 1);
    QCOMPARE(ended[0][0].toBool(), true);
    QCOMPARE(list.values().totalRows(), 400);
}

void tst_ListViewModel::heldRowsAreBounded()
{
    FakeListSource<Entry> source;
    source.values = entries(1, 50);
    ValueListViewModel<Entry> list = makeList(source);
    list.setMostRows(100, [](const Entry &entry) { return qint64(entry.number); });
    list.start();
    QTRY_VERIFY(list.isLoaded());
    list.setHeld(true);
    for (int first = 51; first <= 951; first += 100)
        source.news.arrived(entries(first, first + 99));
    QCOMPARE(list.values().totalRows(), 50);
    QCOMPARE(list.waiting(), 100);
    list.setHeld(false);
    QCOMPARE(list.waiting(), 0);
    QVERIFY(list.values().value(u"1050"_s));
    QCOMPARE(list.values().totalRows(), 90);
}

FB_TEST(tst_ListViewModel)
#include "tst_list_view_model.moc"
