#include "tests/unit/fleet/fleet_rooms.h"

#include "tests/support/test_main.h"

#include <QTest>

using namespace fb;
using namespace fb::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {
const QString kHome = u"127.0.0.1"_s;
}

class tst_ActivationService : public QObject
{
    Q_OBJECT

private slots:
    void defaults_data() { addDatabaseRows(); }
    void defaults();
    void refusals_data();
    void refusals();
    void theCodeIsKeptAsAHash();
    void expires();
    void exactlyTheLimit_data() { addDatabaseRows(); }
    void exactlyTheLimit();
    void oddIds_data() { addDatabaseRows(); }
    void oddIds();
    void deletes();
    void listsNewestFirst();
    void networks_data();
    void networks();
    void tokensAreForOneNode();

private:
    CreateActivationRequest request(int limit = 1) const
    {
        return {.iamRole = u"Default"_s, .registrationLimit = limit};
    }
};

// [fleet-manager B8.3] the default expiry
void tst_ActivationService::defaults()
{
    QFETCH(QString, database);
    FleetRooms rooms(database);
    rooms.activations->setReach(u"wss://engine:8443/agent/v1"_s, u"abc"_s);
    const auto made = rooms.activations->createActivation(rooms.owner, request());
    QVERIFY(made);
    QVERIFY(rooms.db->flush());
    QVERIFY(isUuid(made->id.text()));
    QCOMPARE(made->code.size(), 22);
    QVERIFY(made->installCommand.contains(made->code));
    QVERIFY(made->installCommand.contains(u"wss://engine:8443/agent/v1"_s));
    const auto listed = rooms.activations->describeActivations(rooms.owner, {});
    QVERIFY(listed);
    QCOMPARE(listed->activations.size(), 1);
    QVERIFY(listed->activations[0].expirationDate - listed->activations[0].createdDate == 24h);
    QCOMPARE(listed->activations[0].registrationLimit, 1);
    QVERIFY(!listed->activations[0].expired);
}

void tst_ActivationService::refusals_data()
{
    QTest::addColumn<QString>("role");
    QTest::addColumn<int>("limit");
    QTest::addColumn<qint64>("expiresIn"); // seconds
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("field");
    const qint64 day = 86400;
    QTest::addRow("[fleet-manager B8.17] unknown role")
        << u"nope"_s << 1 << day << u"n"_s << u"ValidationException"_s << u"IamRole"_s;
    QTest::addRow("limit 0") << u"Default"_s << 0 << day << u"n"_s << u"ValidationException"_s
                             << u"RegistrationLimit"_s;
    QTest::addRow("limit 1001") << u"Default"_s << 1001 << day << u"n"_s << u"ValidationException"_s
                                << u"RegistrationLimit"_s;
    QTest::addRow("yesterday") << u"Default"_s << 1 << -day << u"n"_s << u"InvalidParameters"_s
                               << u"ExpirationDate"_s;
    QTest::addRow("in 31 days") << u"Default"_s << 1 << 31 * day << u"n"_s << u"InvalidParameters"_s
                                << u"ExpirationDate"_s;
    QTest::addRow("name with markup") << u"Default"_s << 1 << day << u"<img src=x>"_s
                                      << u"ValidationException"_s << u"DefaultInstanceName"_s;
}

void tst_ActivationService::refusals()
{
    QFETCH(QString, role);
    QFETCH(int, limit);
    QFETCH(qint64, expiresIn);
    QFETCH(QString, name);
    QFETCH(QString, code);
    QFETCH(QString, field);
    FleetRooms rooms(u"sqlite"_s);
    const auto refused = rooms.activations->createActivation(
        rooms.owner,
        {.defaultInstanceName = name,
         .iamRole = role,
         .registrationLimit = limit,
         .expirationDate = rooms.db.clock.now() + std::chrono::seconds(expiresIn)});
    QVERIFY(!refused);
    QCOMPARE(toQString(refused.error().code.name()), code);
    QCOMPARE(toQString(refused.error().field), field);
    QVERIFY(rooms.db->flush());
    QVERIFY(rooms.activations->describeActivations(rooms.owner, {})->activations.isEmpty());
}

// [S01] of activation codes: searched in the store's files, events and audit
void tst_ActivationService::theCodeIsKeptAsAHash()
{
    FleetRooms rooms(u"sqlite"_s);
    const auto made = rooms.activations->createActivation(rooms.owner, request());
    QVERIFY(made && rooms.db->flush());
    for (const QString &suffix : {QString(), u"-wal"_s}) {
        QFile file(rooms.db.sqliteFile() + suffix);
        if (file.open(QIODevice::ReadOnly))
            QVERIFY(!file.readAll().contains(made->code.toUtf8()));
    }
    QVERIFY(rooms.activations->usable(made->id, toStd(made->code), kHome));
    QString other = made->code;
    other[3] = other[3] == u'A' ? u'B' : u'A';
    const auto wrong = rooms.activations->usable(made->id, toStd(other), kHome);
    QVERIFY(!wrong && wrong.error().code == errors::kInvalidActivation);
    const auto unknown
        = rooms.activations->usable(ActivationId(newUuid(rooms.db.random)), toStd(made->code), kHome);
    QVERIFY(!unknown && unknown.error().code == errors::kInvalidActivationId);
}

// [fleet-manager B8.4] the engine's answer
void tst_ActivationService::expires()
{
    FleetRooms rooms(u"sqlite"_s);
    const auto made = rooms.activations->createActivation(rooms.owner, request());
    QVERIFY(made && rooms.db->flush());
    rooms.db.clock.advance(24h);
    const auto late = rooms.activations->usable(made->id, toStd(made->code), kHome);
    QVERIFY(!late && late.error().message.find("expired at") != std::string::npos);
    QVERIFY(rooms.activations->describeActivations(rooms.owner, {})->activations[0].expired);
}

// [T07] 100 tries on a limit of 3: exactly three places
void tst_ActivationService::exactlyTheLimit()
{
    QFETCH(QString, database);
    FleetRooms rooms(database);
    const auto made = rooms.activations->createActivation(rooms.owner, request(3));
    QVERIFY(made && rooms.db->flush());
    const auto activation
        = rooms.activations->usable(made->id, toStd(made->code), kHome); // every racer saw a free place
    QVERIFY(activation);
    int taken = 0;
    for (int i = 0; i < 100; ++i)
        taken
            += rooms.db->write([&](Transaction &tx) { return rooms.activations->takePlace(tx, *activation); })
            ? 1
            : 0;
    QVERIFY(rooms.db->flush());
    QCOMPARE(taken, 3);
    QCOMPARE(rooms.activations->describeActivations(rooms.owner, {})->activations[0].registrationsCount, 3);
    const auto full = rooms.activations->usable(made->id, toStd(made->code), kHome);
    QVERIFY(!full && full.error().message.find("limit 3 reached") != std::string::npos);
}

// [fleet-manager B8.5] the engine's answer
// [P12] A stranger's id is no id, has a NUL in it or broken UTF-8: refused, and what others wrote in that turn is kept.
void tst_ActivationService::oddIds()
{
    QFETCH(QString, database);
    FleetRooms rooms(database);
    const auto made = rooms.activations->createActivation(rooms.owner, request());
    QVERIFY(made);
    for (const std::string &odd : {std::string(), std::string("x"), std::string("a\0b'; --", 8),
                                   std::string("\xff\xfe"), std::string(100'000, 'a')}) {
        const auto refused = rooms.activations->usable(ActivationId(odd), toStd(made->code), kHome);
        QVERIFY(!refused && refused.error().code == errors::kInvalidActivationId);
    }
    const QString nul(3, QChar(u'\0'));
    const auto written
        = rooms.db->write([&](Transaction &tx) { return tx.execute(u"UPDATE node SET name = ?"_s, {nul}); });
    QVERIFY(rooms.db->dialect() == Dialect::Sqlite || !written);
    QVERIFY(rooms.db->flush());
    QVERIFY(rooms.activations->usable(made->id, toStd(made->code), kHome));
}

void tst_ActivationService::deletes()
{
    FleetRooms rooms(u"sqlite"_s);
    const auto made = rooms.activations->createActivation(rooms.owner, request());
    QVERIFY(made && rooms.db->flush());
    QVERIFY(!rooms.activations->deleteActivation(rooms.stranger, made->id));
    QVERIFY(rooms.activations->deleteActivation(rooms.owner, made->id));
    QVERIFY(rooms.db->flush());
    QVERIFY(!rooms.activations->usable(made->id, toStd(made->code), kHome));
    QVERIFY(rooms.activations->describeActivations(rooms.owner, {})->activations.isEmpty());
    const auto again = rooms.activations->deleteActivation(rooms.owner, made->id);
    QVERIFY(!again && again.error().code == errors::kInvalidActivation);
    const auto never = rooms.activations->deleteActivation(rooms.owner, ActivationId("nope"));
    QVERIFY(!never && never.error().code == errors::kInvalidActivationId);
}

void tst_ActivationService::listsNewestFirst()
{
    FleetRooms rooms(u"sqlite"_s);
    QStringList made;
    for (int i = 0; i < 5; ++i) {
        made.prepend(toQString(rooms.activations->createActivation(rooms.owner, request())->id));
        rooms.db.clock.advance(1s);
    }
    QVERIFY(rooms.db->flush());
    QStringList seen;
    DescribeActivationsRequest page {.maxResults = 2};
    do {
        const auto answer = rooms.activations->describeActivations(rooms.owner, page);
        QVERIFY(answer);
        for (const Activation &activation : answer->activations)
            seen.append(toQString(activation.id));
        page.nextToken = answer->nextToken;
    } while (!page.nextToken.isEmpty());
    QCOMPARE(seen, made);
    const auto filter
        = rooms.activations->describeActivations(rooms.owner, {.filters = {{u"Colour"_s, {u"red"_s}}}});
    QVERIFY(!filter && filter.error().code == errors::kInvalidFilter);
}

void tst_ActivationService::networks_data()
{
    QTest::addColumn<QStringList>("allowed");
    QTest::addColumn<QString>("address");
    QTest::addColumn<bool>("isLetIn");
    QTest::newRow("none given: anywhere") << QStringList() << u"203.0.113.9"_s << true;
    QTest::newRow("inside") << QStringList {u"192.0.2.0/24"_s} << u"192.0.2.77"_s << true;
    QTest::newRow("outside") << QStringList {u"192.0.2.0/24"_s} << u"192.0.3.1"_s << false;
    QTest::newRow("the second") << QStringList {u"192.0.2.0/24"_s, u"10.0.0.0/8"_s} << u"10.9.8.7"_s << true;
    QTest::newRow("one address") << QStringList {u"192.0.2.7"_s} << u"192.0.2.7"_s << true;
    QTest::newRow("its neighbour") << QStringList {u"192.0.2.7"_s} << u"192.0.2.8"_s << false;
    QTest::newRow("IPv6") << QStringList {u"2001:db8::/32"_s} << u"2001:db8:1::5"_s << true;
    QTest::newRow("IPv6 outside") << QStringList {u"2001:db8::/32"_s} << u"2001:db9::1"_s << false;
    QTest::newRow("IPv4 in IPv6") << QStringList {u"192.0.2.0/24"_s} << u"::ffff:192.0.2.5"_s << true;
    QTest::newRow("no address") << QStringList {u"192.0.2.0/24"_s} << QString() << false;
}

void tst_ActivationService::networks()
{
    QFETCH(QStringList, allowed);
    QFETCH(QString, address);
    QFETCH(bool, isLetIn);
    FleetRooms rooms(u"sqlite"_s);
    CreateActivationRequest wish = request();
    wish.allowedNetworks = allowed;
    const auto made = rooms.activations->createActivation(rooms.owner, wish);
    QVERIFY(made);
    const auto usable = rooms.activations->usable(made->id, toStd(made->code), address);
    QCOMPARE(bool(usable), isLetIn);
    if (!isLetIn) {
        QVERIFY(usable.error().code == errors::kInvalidActivation);
        QVERIFY(usable.error().message.find(toStd(address)) != std::string::npos);
    }
    for (const QString &bad :
         {u"192.0.2.0/33"_s, u"192.0.2"_s, u"0/0/0"_s, u"example.net"_s, u"fe80::1%eth0"_s}) {
        wish.allowedNetworks = {u"10.0.0.0/8"_s, bad};
        const auto refused = rooms.activations->createActivation(rooms.owner, wish);
        QVERIFY2(!refused, qPrintable(bad));
        QCOMPARE(refused.error().field, std::string("AllowedNetworks[1]"));
    }
}

void tst_ActivationService::tokensAreForOneNode() // fleet-manager B3.5
{
    FleetRooms rooms(u"sqlite"_s);
    const NodeId id = rooms.registered(u"web"_s);
    const auto token = rooms.activations->createReenrolmentToken(rooms.owner, *rooms.fleet->node(id));
    QVERIFY(token);
    const auto usable = rooms.activations->usable(token->id, toStd(token->code), kHome);
    QVERIFY(usable);
    QVERIFY(usable->boundNode == id);
    QCOMPARE(usable->registrationLimit, 1);
    rooms.db.clock.advance(61min);
    QVERIFY(!rooms.activations->usable(token->id, toStd(token->code), kHome));
    const auto refused = rooms.activations->createReenrolmentToken(rooms.stranger, *rooms.fleet->node(id));
    QVERIFY(!refused && refused.error().code == errors::kAccessDenied);
}

FB_TEST(tst_ActivationService)
#include "tst_activation_service.moc"
