#include "backend/security/actions.h"
#include "backend/security/audit_service.h"

#include "tests/support/scripted_access.h"
#include "tests/support/test_database.h"
#include "tests/support/test_main.h"

#include <QSignalSpy>
#include <QTest>

using namespace fb;
using namespace Qt::StringLiterals;

// Reading the audit log as an operator does: pages, news, the verdict; and nobody else.
class tst_AuditService : public QObject
{
    Q_OBJECT

private slots:
    void pagesAndNews_data() { test::addDatabaseRows(); }
    void pagesAndNews();
    void verdictIsAudited_data() { test::addDatabaseRows(); }
    void verdictIsAudited();
    void endsWhileItIsRead();
    void needsPermission();
    void badLimit();
};

namespace {

const Principal kAlice {.name = u"alice"_s, .role = Role::Administrator, .source = u"console"_s};

struct Rooms {
    explicit Rooms(const QString &database)
        : db(database),
          log(*db, db.clock, SecretBytes(std::string(32, 'a'))),
          service(*db, log, access)
    {
    }
    ~Rooms() // as the engine ends: what reads or waits for a commit refers to the log
    {
        db->endReads();
        static_cast<void>(db->flush());
    }
    void record(int count)
    {
        for (int i = 0; i < count; ++i)
            QVERIFY(
                log.record({.who = kAlice, .action = u"ssm:SendCommand"_s, .target = QString::number(i)}));
        QVERIFY(db->flush());
    }
    template <typename T>
    Result<T> answer(const QFuture<Result<T>> &future)
    {
        return QTest::qWaitFor([&] { return future.isFinished(); })
            ? future.result()
            : Result<T>(makeError(errors::kInternal, "late"));
    }

    test::TestDatabase db;
    test::ScriptedAccess access;
    AuditLog log;
    AuditService service;
};
}

void tst_AuditService::pagesAndNews()
{
    QFETCH(QString, database);
    Rooms rooms(database);
    QSignalSpy news(&rooms.service, &AuditService::entriesAppended);
    rooms.record(7);
    int told = 0;
    for (const QList<QVariant> &one : news)
        told += static_cast<int>(one[0].value<QList<AuditEntry>>().size());
    QCOMPARE(told, 7);
    const auto page = rooms.answer(rooms.service.listEntries(kAlice, 0, 3));
    QVERIFY(page);
    QCOMPARE(page->size(), 3);
    QCOMPARE(page->front().sequence, qint64(7));
    const auto older = rooms.answer(rooms.service.listEntries(kAlice, page->back().sequence, 500));
    QCOMPARE(older->size(), 4);
    QCOMPARE(older->back().sequence, qint64(1));
}

void tst_AuditService::verdictIsAudited()
{
    QFETCH(QString, database);
    Rooms rooms(database);
    rooms.record(3);
    const auto verdict = rooms.answer(rooms.service.verify(kAlice));
    QVERIFY(verdict && verdict->intact);
    QCOMPARE(verdict->entries, qint64(3));
    const auto newest = [&]() -> QList<AuditEntry> {
        static_cast<void>(rooms.db->flush());
        return *rooms.log.entries(rooms.db->reader(), 0, 1);
    };
    QTRY_COMPARE(newest().first().action, u"flagbridge:ReadAuditLog"_s);
    QCOMPARE(newest().first().diff.value(u"Intact"_s).toBool(), true);

    QVERIFY(rooms.db->write([](Transaction &tx) -> Result<void> {
        return tx.execute(u"UPDATE audit_entry SET target = 'other' WHERE sequence = 2"_s).map([](qint64) {});
    }));
    QVERIFY(rooms.db->flush());
    const auto broken = rooms.answer(rooms.service.verify(kAlice));
    QVERIFY(broken && !broken->intact);
    QCOMPARE(broken->firstBad, qint64(2));
}

void tst_AuditService::endsWhileItIsRead()
{
    QFuture<Result<AuditVerdict>> verdict;
    {
        Rooms rooms(u"sqlite"_s);
        rooms.record(200);
        verdict = rooms.service.verify(kAlice);
    }
    QVERIFY(verdict.isFinished()); // with its verdict, or because the end came first
    QVERIFY(verdict.result() || verdict.result().error().code == errors::kServiceUnavailable);
}

void tst_AuditService::needsPermission()
{
    Rooms rooms(u"sqlite"_s);
    rooms.record(1);
    rooms.access.deny(actions::kReadAuditLog);
    const auto page = rooms.answer(rooms.service.listEntries(kAlice, 0, 10));
    QVERIFY(!page);
    QCOMPARE(page.error().code, errors::kAccessDenied);
    QVERIFY(!rooms.answer(rooms.service.verify(kAlice)));
}

void tst_AuditService::badLimit()
{
    Rooms rooms(u"sqlite"_s);
    for (const int limit : {0, 501}) {
        const auto page = rooms.answer(rooms.service.listEntries(kAlice, 0, limit));
        QVERIFY(!page);
        QCOMPARE(page.error().code, errors::kValidation);
        QCOMPARE(page.error().field, std::string("MaxResults"));
    }
}

FB_TEST(tst_AuditService)
#include "tst_audit_service.moc"
