#include "backend/events/event_history.h"

#include "backend/security/actions.h"
#include "tests/support/scripted_access.h"
#include "tests/support/test_database.h"
#include "tests/support/test_main.h"

#include <QTest>

using namespace fb;
using namespace Qt::StringLiterals;

// The bus's past by pages, newest first, for those who may read it.
class tst_EventHistory : public QObject
{
    Q_OBJECT

private slots:
    void pages_data() { test::addDatabaseRows(); }
    void pages();
    void refusals_data();
    void refusals();
};

namespace {

const Principal kAlice {.name = u"alice"_s, .role = Role::Administrator, .source = u"console"_s};

struct Rooms {
    explicit Rooms(const QString &database)
        : db(database),
          bus(*db, db.clock, random),
          history(*db, bus, access)
    {
    }
    ~Rooms()
    {
        db->endReads();
        static_cast<void>(db->flush());
    }
    Result<QList<Event>> list(qint64 before, int limit)
    {
        const auto future = history.listEvents(kAlice, before, limit);
        return QTest::qWaitFor([&] { return future.isFinished(); })
            ? future.result()
            : Result<QList<Event>>(makeError(errors::kInternal, "late"));
    }

    test::TestDatabase db;
    SecureRandom random;
    test::ScriptedAccess access;
    EventBus bus;
    EventHistory history;
};
}

void tst_EventHistory::pages()
{
    QFETCH(QString, database);
    Rooms rooms(database);
    QVERIFY(rooms.list(0, 10)->isEmpty());
    for (int i = 1; i <= 7; ++i) {
        Event event;
        event.detailType = u"Managed Node State Change"_s;
        event.detail = {{u"n"_s, i}};
        QVERIFY(rooms.db->write([&](Transaction &tx) { return rooms.bus.publish(tx, event); }));
    }
    QVERIFY(rooms.db->flush());
    const auto newest = rooms.list(0, 3);
    QCOMPARE(newest->size(), 3);
    QCOMPARE(newest->front().detail.value(u"n"_s).toInt(), 7);
    const auto older = rooms.list(newest->back().sequence, 500);
    QCOMPARE(older->size(), 4);
    QCOMPARE(older->back().detail.value(u"n"_s).toInt(), 1);
}

void tst_EventHistory::refusals_data()
{
    QTest::addColumn<int>("limit");
    QTest::addColumn<bool>("denied");
    QTest::addColumn<QString>("code");
    QTest::addRow("none") << 0 << false << u"ValidationException"_s;
    QTest::addRow("too many") << 501 << false << u"ValidationException"_s;
    QTest::addRow("denied") << 10 << true << u"AccessDeniedException"_s;
}

void tst_EventHistory::refusals()
{
    QFETCH(int, limit);
    QFETCH(bool, denied);
    QFETCH(QString, code);
    Rooms rooms(u"sqlite"_s);
    if (denied)
        rooms.access.deny(actions::kReadEvents);
    const auto answer = rooms.list(0, limit);
    QVERIFY(!answer);
    QCOMPARE(QString::fromStdString(std::string(answer.error().code.name())), code);
}

FB_TEST(tst_EventHistory)
#include "tst_event_history.moc"
