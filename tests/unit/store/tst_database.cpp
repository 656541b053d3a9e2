#include "backend/store/database.h"

#include "tests/support/test_database.h"
#include "tests/support/test_main.h"

#include <QSignalSpy>
#include <QTest>

using namespace fb;
using namespace Qt::StringLiterals;

class tst_Database : public QObject
{
    Q_OBJECT

private slots:
    void groupsTheWritesOfATurn_data() { test::addDatabaseRows(); }
    void groupsTheWritesOfATurn();
};

namespace {
Result<void> put(Transaction &tx, const QString &name, const QString &value)
{
    return tx.execute(u"INSERT INTO store_state (name, value) VALUES (?, ?)"_s, {name, value})
        .map([](qint64) {});
}
}

void tst_Database::groupsTheWritesOfATurn()
{
    QFETCH(QString, database);
    test::TestDatabase db(database);
    QStringList seen;
    for (const QString &name : {u"a"_s, u"b"_s}) {
        QVERIFY(db->write([&](Transaction &tx) -> Result<void> {
            tx.onCommitted([&seen, name] { seen.append(name); });
            return put(tx, name, u"1"_s);
        }));
    }
    db->whenCommitted([&](const Result<void> &kept) { seen.append(kept ? u"kept"_s : u"lost"_s); });
    QVERIFY(seen.isEmpty());
    QTRY_COMPARE(seen, QStringList({u"a"_s, u"b"_s, u"kept"_s}));
}

FB_TEST(tst_Database)
#include "tst_database.moc"
