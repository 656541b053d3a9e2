#include "backend/events/event_bus.h"

#include "backend/events/arn.h"
#include "tests/support/test_database.h"
#include "tests/support/test_main.h"

#include <QJsonDocument>
#include <QSignalSpy>
#include <QTest>

using namespace fb;
using namespace Qt::StringLiterals;

class tst_EventBus : public QObject
{
    Q_OBJECT

private slots:
    void eventAndChangeShareTheirFate_data() { test::addDatabaseRows(); }
    void eventAndChangeShareTheirFate();
    void orderIsThatOfTheCommits_data() { test::addDatabaseRows(); }
    void orderIsThatOfTheCommits();
    void sequenceGoesOnAfterPruningAndRestart_data() { test::addDatabaseRows(); }
    void sequenceGoesOnAfterPruningAndRestart();
    void boundsTheSize();
    void envelope();
    void arns();
};

namespace {
Event named(const QString &name)
{
    Event event;
    event.detailType = u"EC2 Command Status-change Notification"_s;
    event.resources = {u"arn:aws:ssm:xx-local-1:000000000000:command/"_s + name};
    event.detail = {{u"command-id"_s, name}, {u"status"_s, u"Success"_s}};
    return event;
}

QStringList namesOfEvents(const QList<Event> &events)
{
    QStringList names;
    for (const Event &event : events)
        names.append(event.detail.value(u"command-id"_s).toString());
    return names;
}
}

void tst_EventBus::eventAndChangeShareTheirFate()
{
    QFETCH(QString, database);
    test::TestDatabase db(database);
    EventBus bus(*db, db.clock, db.random);
    QSignalSpy published(&bus, &EventBus::eventsPublished);
    const auto write = [&](const QString &name, bool fails) {
        return db->write([&](Transaction &tx) -> Result<void> {
            if (auto told = bus.publish(tx, named(name)); !told)
                return told;
            if (fails)
                return makeError(errors::kValidation, "no");
            return {};
        });
    };
    QVERIFY(write(u"a"_s, false));
    QVERIFY(!write(u"b"_s, true));
    QVERIFY(write(u"c"_s, false));
    QCOMPARE(published.count(), 0); // nobody sees an uncommitted event
    QTRY_COMPARE(published.count(), 1); // one signal a batch
    const auto events = published.at(0).at(0).value<QList<Event>>();
    QCOMPARE(namesOfEvents(events), QStringList({u"a"_s, u"c"_s}));
    const auto stored = bus.eventsSince(db->reader(), 0, 10);
    QVERIFY(stored);
    QCOMPARE(namesOfEvents(*stored), QStringList({u"a"_s, u"c"_s}));
    for (qsizetype i = 0; i < 2; ++i) {
        QVERIFY(stored->at(i).id == events.at(i).id);
        QCOMPARE(stored->at(i).sequence, events.at(i).sequence);
        QCOMPARE(stored->at(i).detail, events.at(i).detail);
        QCOMPARE(stored->at(i).resources, events.at(i).resources);
        QVERIFY(stored->at(i).time == db.clock.now());
        QVERIFY(isUuid(stored->at(i).id.text()));
    }
}

void tst_EventBus::orderIsThatOfTheCommits()
{
    QFETCH(QString, database);
    test::TestDatabase db(database);
    EventBus bus(*db, db.clock, db.random);
    QStringList expected;
    for (int i = 0; i < 300; ++i) {
        const QString name = QString::number(i);
        expected.append(name);
        QVERIFY(db->write([&](Transaction &tx) { return bus.publish(tx, named(name)); }));
        if (i % 70 == 0)
            QVERIFY(db->flush());
    }
    QVERIFY(db->flush());
    QStringList seen;
    qint64 last = 0;
    for (;;) { // as a dispatcher reads: page by page, after the last it saw
        const auto page = bus.eventsSince(db->reader(), last, 64);
        QVERIFY(page);
        if (page->isEmpty())
            break;
        seen += namesOfEvents(*page);
        for (const Event &event : *page) {
            QCOMPARE(event.sequence, last + 1);
            last = event.sequence;
        }
    }
    QCOMPARE(seen, expected);
    QCOMPARE(*bus.newestSequence(db->reader()), last);
}

void tst_EventBus::sequenceGoesOnAfterPruningAndRestart()
{
    QFETCH(QString, database);
    test::TestDatabase db(database);
    {
        EventBus bus(*db, db.clock, db.random);
        for (int i = 0; i < 5; ++i) {
            QVERIFY(db->write([&](Transaction &tx) { return bus.publish(tx, named(QString::number(i))); }));
            db.clock.advance(std::chrono::hours(24));
        }
        QVERIFY(db->flush());
        QCOMPARE(*db->write(
                     [&](Transaction &tx) { return bus.prune(tx, db.clock.now() - std::chrono::hours(72)); }),
                 qint64(2));
        QCOMPARE(*db->write([&](Transaction &tx) { return bus.prune(tx, Instant(), 1); }), qint64(2));
        QCOMPARE(*db->write([&](Transaction &tx) { return bus.prune(tx, db.clock.now()); }), qint64(1));
    }
    db.reopen();
    EventBus bus(*db, db.clock, db.random);
    QVERIFY(db->write([&](Transaction &tx) { return bus.publish(tx, named(u"next"_s)); }));
    QVERIFY(db->flush());
    QCOMPARE(bus.eventsSince(db->reader(), 5, 10)->value(0).sequence, qint64(6));
}

void tst_EventBus::boundsTheSize()
{
    test::TestDatabase db(u"sqlite"_s);
    EventBus bus(*db, db.clock, db.random);
    const auto publish = [&](const Event &event) {
        return db->write([&](Transaction &tx) { return bus.publish(tx, event); });
    };
    Event large = named(u"a"_s);
    large.detail.insert(u"parameters"_s, QString(300 * 1024, u'x'));
    QVERIFY(publish(large));
    QVERIFY(db->flush());
    const QJsonObject detail = bus.eventsSince(db->reader(), 0, 1)->value(0).detail;
    QVERIFY(!detail.contains(u"parameters"_s));
    QCOMPARE(detail.value(u"truncated"_s).toBool(), true);
    QCOMPARE(detail.value(u"command-id"_s).toString(), u"a"_s);
    large.detail.insert(u"other"_s, QString(300 * 1024, u'x'));
    QVERIFY(publish(large).error().code == errors::kValidation);
    Event nameless = named(u"a"_s);
    nameless.detailType.clear();
    QCOMPARE(publish(nameless).error().field, std::string("detail-type"));
    nameless.detailType = QString(129, u'x');
    QCOMPARE(publish(nameless).error().field, std::string("detail-type"));
}

void tst_EventBus::envelope()
{
    Event event = named(u"a"_s);
    event.id = EventId("3f2c9e10-0000-4000-8000-000000000000");
    event.time = fromMicros(1'764'067'327'123'456);
    QCOMPARE(
        QJsonDocument(eventJson(event, FleetIdentity())).toJson(QJsonDocument::Compact),
        QByteArray(
            R"({"account":"000000000000","detail":{"command-id":"a","status":"Success"},)"
            R"("detail-type":"EC2 Command Status-change Notification","id":"3f2c9e10-0000-4000-8000-000000000000",)"
            R"("region":"xx-local-1","resources":["arn:aws:ssm:xx-local-1:000000000000:command/a"],)"
            R"("source":"aws.ssm","time":"2025-11-25T10:42:07Z","version":"0"})"));
}

void tst_EventBus::arns()
{
    const FleetIdentity fleet;
    const QString node = nodeArn(fleet, NodeId("mi-0123456789abcdef0"));
    QCOMPARE(node, u"arn:aws:ssm:xx-local-1:000000000000:managed-instance/mi-0123456789abcdef0"_s);
    QCOMPARE(arnResource(fleet, node), u"managed-instance/mi-0123456789abcdef0"_s);
    QCOMPARE(arnResource(fleet, u"arn:aws:cloudwatch:xx-local-1:000000000000:alarm:a:b"_s), u"alarm:a:b"_s);
    QCOMPARE(arnResource(fleet, u"arn:aws:ssm:us-east-1:000000000000:document/x"_s), QString());
    QCOMPARE(arnResource(fleet, u"document/x"_s), QString());
    QCOMPARE(documentArn(fleet, u"My-Doc"_s), u"arn:aws:ssm:xx-local-1:000000000000:document/My-Doc"_s);
}

FB_TEST(tst_EventBus)
#include "tst_event_bus.moc"
