#include "backend/store/keyset.h"

#include "tests/support/test_database.h"
#include "tests/support/test_main.h"

#include <QTest>

using namespace fb;
using namespace Qt::StringLiterals;

class tst_Keyset : public QObject
{
    Q_OBJECT

private slots:
    void everyRowOnce_data();
    void everyRowOnce();
    void refusesForeignPositions();
};

namespace {
struct Item {
    qint64 at = 0;
    QString name;
};

// The whole list, a page at a time. Between the pages rows come in front and the last one shown goes.
QStringList walk(test::TestDatabase &db, Keyset::Order order, int limit)
{
    QStringList seen;
    PageRequest request {.limit = limit, .position = {}};
    for (int turn = 0; turn < 1000; ++turn) {
        const Keyset keyset({u"at"_s, u"name"_s}, order, request);
        const auto rows = db->reader().all(u"SELECT at, name FROM item WHERE %1 ORDER BY %2 LIMIT ?"_s.arg(
                                               keyset.condition(), keyset.order()),
                                           keyset.binds() << keyset.rowLimit(), [](const Row &row) {
                                               return Item {.at = row.integer(0), .name = row.text(1)};
                                           });
        if (!rows || !keyset.check())
            return {u"error"_s};
        const Page<Item> page = keyset.page(*rows, [](const Item &item) {
            return QVariantList {item.at, item.name};
        });
        if (page.rows.size() > limit)
            return {u"too many"_s};
        for (const Item &item : page.rows)
            seen.append(item.name);
        if (page.next.isEmpty())
            return seen;
        const qint64 front = order == Keyset::Order::Ascending ? -1 - turn : (1LL << 60) + turn;
        static_cast<void>(db->write([&](Transaction &tx) -> Result<void> {
            auto added
                = tx.execute(u"INSERT INTO item (at, name) VALUES (?, ?)"_s, {front, u"new %1"_s.arg(turn)});
            if (!added)
                return added.error();
            return tx.execute(u"DELETE FROM item WHERE name = ?"_s, {page.rows.back().name}).map([](qint64) {
            });
        }));
        request.position = page.next;
    }
    return {u"no end"_s};
}
}

void tst_Keyset::everyRowOnce_data()
{
    QTest::addColumn<QString>("database");
    QTest::addColumn<int>("limit");
    QTest::addColumn<bool>("ascending");
    for (const char *database : {"sqlite", "postgres"}) {
        for (const int limit : {1, 7, 20, 50}) {
            QTest::addRow("%s, pages of %d, up", database, limit)
                << QString::fromLatin1(database) << limit << true;
            QTest::addRow("%s, pages of %d, down", database, limit)
                << QString::fromLatin1(database) << limit << false;
        }
    }
}

void tst_Keyset::everyRowOnce()
{
    QFETCH(QString, database);
    QFETCH(int, limit);
    QFETCH(bool, ascending);
    test::TestDatabase db(database, test::UpTo {1});
    QStringList expected;
    QVERIFY(db->write([&](Transaction &tx) -> Result<void> {
        auto made = tx.execute(u"CREATE TABLE item (at BIGINT NOT NULL, name TEXT NOT NULL)"_s);
        if (!made)
            return made.error();
        QList<QVariantList> rows;
        for (int i = 0; i < 20;
             ++i) { // five rows of the same time; times that JSON would round to the same number
            rows.append({(1LL << 58) + i / 5, u"item %1"_s.arg(i, 2, 10, QChar(u'0'))});
            expected.append(rows.back().at(1).toString());
        }
        return tx.insertRows(u"item"_s, {u"at"_s, u"name"_s}, rows).map([](qint64) {});
    }));
    if (!ascending)
        std::reverse(expected.begin(), expected.end());
    QCOMPARE(walk(db, ascending ? Keyset::Order::Ascending : Keyset::Order::Descending, limit), expected);
}

void tst_Keyset::refusesForeignPositions()
{
    for (const QByteArray &position :
         {QByteArray("garbage"), QByteArray("[]"), QByteArray(R"(["n1"])"), QByteArray(R"(["nx","ta"])"),
          QByteArray(R"(["n1",2])"), QByteArray("{}"), QByteArray(R"(["n1","ta","tb"])")}) {
        const Keyset keyset({u"at"_s, u"name"_s}, Keyset::Order::Ascending,
                            {.limit = 5, .position = position});
        QVERIFY2(!keyset.check(), position.constData());
        QVERIFY(keyset.check().error().code == errors::kInvalidNextToken);
        QCOMPARE(keyset.condition(), u"1 = 0"_s); // and shows nothing to who forgot to check
        QVERIFY(keyset.binds().isEmpty());
    }
}

FB_TEST(tst_Keyset)
#include "tst_keyset.moc"
