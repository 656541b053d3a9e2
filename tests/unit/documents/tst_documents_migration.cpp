#include "tests/support/test_database.h"
#include "tests/support/test_main.h"

#include <QTest>

using namespace fb;
using namespace fb::test;
using namespace Qt::StringLiterals;

class tst_DocumentsMigration : public QObject
{
    Q_OBJECT

private slots:
    void addsTables_data() { addDatabaseRows(); }
    void addsTables();
};

// A store of the program before documents keeps its rows and gets the tables.
void tst_DocumentsMigration::addsTables()
{
    QFETCH(QString, database);
    TestDatabase db(database, UpTo {19});
    QVERIFY(db->write([](Transaction &tx) {
        return tx.execute(
            u"INSERT INTO operator_account (name, role, created_at) VALUES ('alice', 'Administrator', 1)"_s);
    }));
    QVERIFY(db->flush());
    db.reopen();
    QCOMPARE(*db->reader().number(u"SELECT count(*) FROM operator_account"_s), 1);
    for (const QString &table : {u"document"_s, u"document_version"_s, u"document_content"_s,
                                 u"document_tag"_s, u"document_requirement"_s, u"document_brought"_s})
        QCOMPARE(*db->reader().number(u"SELECT count(*) FROM %1"_s.arg(table)), 0);
    // The rules the tables keep by themselves: no version without its document, and no name twice.
    QVERIFY(!db->write([](Transaction &tx) {
        return tx.execute(
            u"INSERT INTO document_requirement (document_name, version, required_name) VALUES ('a', 1, 'b')"_s);
    }));
}

FB_TEST(tst_DocumentsMigration)
#include "tst_documents_migration.moc"
