#include "models/table/value_table_model.h"

#include "tests/support/seeded_random.h"
#include "tests/support/test_main.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace fb;
using namespace Qt::StringLiterals;

namespace {

struct Fruit {
    int id = 0;
    QString name;
    int weight = 0;
    bool operator==(const Fruit &) const = default;
};

ValueTableModel<Fruit> makeTable()
{
    return {[](const Fruit &fruit) { return QString::number(fruit.id); },
            {{.key = u"name"_s,
              .title = [] { return u"Name"_s; },
              .cell = [](const Fruit &fruit, Instant) { return TableCell {.text = fruit.name}; }},
             {.key = {},
              .title = [] { return u"Weight"_s; },
              .cell =
                  [](const Fruit &fruit, Instant) {
                      return TableCell {.text = u"%1 g"_s.arg(fruit.weight), .sortKey = fruit.weight};
                  }}}};
}
}

// A table over plain values: any sequence of changes, small and large, gives the rows that a plain sort and filter of all values gives.
class tst_ValueTableModel : public QObject
{
    Q_OBJECT
private slots:
    void sortsByValue();
    void filters();
    void anyChanges_data();
    void anyChanges();
};

void tst_ValueTableModel::sortsByValue()
{
    auto table = makeTable();
    table.apply({{1, u"plum"_s, 30}, {2, u"Apple"_s, 120}, {3, u"fig"_s, 9}});
    table.sort(1);
    QCOMPARE(table.idAt(0), u"3"_s); // 9 g before 30 g before 120 g, whatever their texts
    QCOMPARE(table.idAt(2), u"2"_s);
    table.sort(0);
    QCOMPARE(table.idAt(0), u"2"_s); // Apple before fig
}

void tst_ValueTableModel::filters()
{
    auto table = makeTable();
    table.apply({{1, u"plum"_s, 30}, {2, u"Apple"_s, 120}, {3, u"fig"_s, 9}});
    QCOMPARE(table.filterProperties().size(), 1);
    QCOMPARE(table.filterProperties()[0].key, u"name"_s);
    table.setQuery({.text = {}, .tokens = {*FilterToken::parse(u"name=apple,fig"_s)}});
    QCOMPARE(table.rowCount(), 2);
    table.setQuery({.text = {}, .tokens = {*FilterToken::parse(u"name!=apple"_s)}});
    QCOMPARE(table.rowCount(), 2);
    QVERIFY(!table.indexOf(u"2"_s).isValid());
    QVERIFY(table.value(u"2"_s)); // known, not shown
    table.setQuery({.text = u"120 APP"_s, .tokens = {}});
    QCOMPARE(table.idAt(0), u"2"_s);
}

void tst_ValueTableModel::anyChanges_data()
{
    QTest::addColumn<int>("batch"); // the most values of one change
    QTest::addRow("a few at a time") << 5;
    QTest::addRow("many at a time") << 300;
}

void tst_ValueTableModel::anyChanges()
{
    QFETCH(int, batch);
    test::SeededRandom random(7);
    auto table = makeTable();
    QAbstractItemModelTester tester(&table, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QMap<int, Fruit> all;
    QString wanted;
    int column = 1;
    table.sort(column);
    QPersistentModelIndex held;
    QString heldId;
    for (int step = 0; step < 150; ++step) {
        const auto count = static_cast<int>(random.below(static_cast<uint64_t>(batch))) + 1;
        switch (random.below(5)) {
        case 0:
        case 1: {
            QList<Fruit> values;
            for (int i = 0; i < count; ++i) {
                const auto id = static_cast<int>(random.below(1200));
                const Fruit fruit {id, u"f%1"_s.arg(random.below(40)), static_cast<int>(random.below(500))};
                if (all.contains(id) && count > 64)
                    continue; // a large change of new ones; changed ones keep their place until the next sort
                all.insert(id, fruit);
                values << fruit;
            }
            table.apply(values);
            table.sort(column);
            break;
        }
        case 2: {
            QStringList ids;
            for (int i = 0; i < count && !all.isEmpty(); ++i) {
                const int id
                    = all.keys().at(static_cast<int>(random.below(static_cast<uint64_t>(all.size()))));
                all.remove(id);
                ids << QString::number(id);
            }
            ids << u"9999"_s; // unknown
            table.remove(ids);
            break;
        }
        case 3:
            column = static_cast<int>(random.below(2));
            table.sort(column);
            break;
        default:
            wanted = random.below(2) == 0 ? QString() : u"f%1"_s.arg(random.below(4));
            table.setQuery({.text = wanted, .tokens = {}});
        }
        QList<Fruit> expected;
        for (const Fruit &fruit : all) {
            if (wanted.isEmpty() || fruit.name.contains(wanted))
                expected << fruit;
        }
        std::sort(expected.begin(), expected.end(), [column](const Fruit &a, const Fruit &b) {
            if (column == 1 ? a.weight != b.weight : a.name != b.name)
                return column == 1 ? a.weight < b.weight : a.name < b.name;
            return QString::number(a.id) < QString::number(b.id);
        });
        QCOMPARE(table.totalRows(), static_cast<int>(all.size()));
        QCOMPARE(table.rowCount(), static_cast<int>(expected.size()));
        for (int row = 0; row < table.rowCount(); ++row)
            QCOMPARE(table.idAt(row), QString::number(expected[row].id));
        // What a view holds on to stays on its row.
        if (held.isValid())
            QCOMPARE(held.data(IdRole).toString(), heldId);
        else if (table.rowCount() > 0) {
            held = table.index(table.rowCount() / 2, 0);
            heldId = held.data(IdRole).toString();
        }
    }
}

FB_TEST(tst_ValueTableModel)
#include "tst_value_table_model.moc"
