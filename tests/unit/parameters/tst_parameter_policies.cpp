// Policies: what a request may hold, and when each acts.

#include "backend/core/time_text.h"
#include "tests/support/test_main.h"
#include "tests/unit/parameters/parameter_bench.h"

#include <QTest>

using namespace fb;
using namespace fb::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class tst_ParameterPolicies : public QObject
{
    Q_OBJECT

private slots:
    void instants_data();
    void instants();
    void requests_data();
    void requests();
    void expires_data() { addDatabaseRows(); }
    void expires();
    void expiresWhileTheEngineIsDown_data() { addDatabaseRows(); }
    void expiresWhileTheEngineIsDown();
    void noticeThatIsDueAlready();
    void noChange();
    void removingAndKeeping();
    void clockSetBack();
    void eachNoticeOnce();
};

namespace {

const QString kNow = u"2025-11-24T16:00:00Z"_s; // of the manual clock

QString expiration(const QString &at)
{
    return u"{\"Type\":\"Expiration\",\"Version\":\"1.0\",\"Attributes\":{\"Timestamp\":\"%1\"}}"_s.arg(at);
}
QString before(const QString &count, const QString &unit)
{
    return u"{\"Type\":\"ExpirationNotification\",\"Version\":\"1.0\",\"Attributes\":{\"Before\":\"%1\",\"Unit\":\"%2\"}}"_s
        .arg(count, unit);
}
QString after(const QString &count, const QString &unit)
{
    return u"{\"Type\":\"NoChangeNotification\",\"Version\":\"1.0\",\"Attributes\":{\"After\":\"%1\",\"Unit\":\"%2\"}}"_s
        .arg(count, unit);
}
QString listOf(const QStringList &policies) { return u'[' + policies.join(u',') + u']'; }
QString at(const ManualClock &clock, Microseconds in) { return toQString(toIso8601Millis(clock.now() + in)); }

PutParameterRequest withPolicies(const QString &name, const QString &policies)
{
    return {.name = name,
            .value = u"v"_s,
            .type = ParameterKind::String,
            .tier = ParameterTier::Advanced,
            .policies = policies};
}

}

void tst_ParameterPolicies::instants_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("utc"); // empty: refused
    const auto row = [](const QString &text, const QString &utc) {
        QTest::addRow("%s", qPrintable(text)) << text << utc;
    };
    row(u"2026-12-02T21:34:33.000Z"_s, u"2026-12-02T21:34:33.000Z"_s);
    row(u"2026-12-02T21:34:33Z"_s, u"2026-12-02T21:34:33.000Z"_s);
    row(u"2026-11-01T22:13:48.87+10:30"_s, u"2026-11-01T11:43:48.870Z"_s);
    row(u"2026-11-01T22:13:48.87-10:30:15"_s, u"2026-11-02T08:44:03.870Z"_s);
    row(u"2026-02-30T00:00:00Z"_s, {});
    row(u"2026-12-02T25:00:00Z"_s, {});
    row(u"2026-12-02T21:34:33"_s, {});
    row(u"tomorrow"_s, {});
    row(u"2026-12-02T21:34:33.000Z or so"_s, {});
}

void tst_ParameterPolicies::instants()
{
    QFETCH(QString, text);
    QFETCH(QString, utc);
    const auto instant = policyInstant(text);
    QCOMPARE(instant ? toQString(toIso8601Millis(*instant)) : QString(), utc);
}

void tst_ParameterPolicies::requests_data()
{
    QTest::addColumn<QString>("json");
    QTest::addColumn<QString>("outcome"); // how many, or the code
    const QString soon = expiration(u"2026-12-02T21:34:33.000Z"_s);
    const auto row = [](const char *name, const QString &json, const QString &outcome) {
        QTest::addRow("%s", name) << json << outcome;
    };
    row("none", u"[]"_s, u"0"_s);
    row("none in AWS's way", u"[{}]"_s, u"0"_s);
    row("all three", listOf({soon, before(u"1"_s, u"Days"_s), after(u"20"_s, u"Hours"_s)}), u"3"_s);
    row("no JSON", u"nonsense"_s, u"ValidationException"_s);
    row("an object", u"{}"_s, u"ValidationException"_s);
    row("a number in it", u"[1]"_s, u"ValidationException"_s);
    row("ten", listOf(QStringList(10, after(u"1"_s, u"Days"_s))), u"10"_s);
    row("eleven", listOf(QStringList(11, after(u"1"_s, u"Days"_s))), u"PoliciesLimitExceededException"_s);
    row("unknown type", u"[{\"Type\":\"Explode\",\"Version\":\"1.0\"}]"_s, u"InvalidPolicyTypeException"_s);
    row("other version", QString(listOf({soon})).replace(u"1.0"_s, u"2.0"_s),
        u"InvalidPolicyAttributeException"_s);
    row("in the past", listOf({expiration(u"2020-01-01T00:00:00Z"_s)}), u"InvalidPolicyAttributeException"_s);
    row("no time", listOf({expiration(QString())}), u"InvalidPolicyAttributeException"_s);
    row("zero days", listOf({soon, before(u"0"_s, u"Days"_s)}), u"InvalidPolicyAttributeException"_s);
    row("minutes", listOf({after(u"5"_s, u"Minutes"_s)}), u"InvalidPolicyAttributeException"_s);
    row("a very long time", listOf({after(u"99999999999999999999"_s, u"Days"_s)}),
        u"InvalidPolicyAttributeException"_s);
    row("two expirations", listOf({soon, soon}), u"IncompatiblePolicyException"_s);
    row("notice of nothing", listOf({before(u"1"_s, u"Days"_s)}), u"IncompatiblePolicyException"_s);
}

void tst_ParameterPolicies::requests()
{
    QFETCH(QString, json);
    QFETCH(QString, outcome);
    const auto rules = parsePolicies(json, *policyInstant(kNow));
    QCOMPARE(rules ? QString::number(rules->size()) : codeOf(rules.error()), outcome);
}

// [parameter-store 8.14]
void tst_ParameterPolicies::expires()
{
    QFETCH(QString, database);
    ParameterBench b(database);
    QVERIFY(
        b.put(withPolicies(u"/x"_s, listOf({expiration(at(b.db.clock, 120s)), before(u"1"_s, u"Hours"_s)}))));
    QCOMPARE(*b.service().sweep(), 1); // an hour before is past
    QCOMPARE(b.eventsOf(u"Parameter Store Policy Action"_s).size(), 1);
    QCOMPARE(b.eventsOf(u"Parameter Store Policy Action"_s)[0].detail[u"policy-type"_s].toString(),
             u"ExpirationNotification"_s);
    b.db.clock.advance(119s);
    QCOMPARE(*b.service().sweep(), 0);
    QCOMPARE(b.value(u"/x"_s), u"v"_s);
    b.db.clock.advance(1s);
    QCOMPARE(*b.service().sweep(), 1);
    QCOMPARE(b.value(u"/x"_s), u"ParameterNotFound"_s);
    QCOMPARE(*b.service().sweep(), 0);
    const auto actions = b.eventsOf(u"Parameter Store Policy Action"_s);
    QCOMPARE(actions.size(), 2);
    QCOMPARE(actions[1].detail[u"policy-type"_s].toString(), u"Expiration"_s);
    QCOMPARE(actions[1].detail[u"action-status"_s].toString(), u"Success"_s);
    const auto changes = b.eventsOf(u"Parameter Store Change"_s);
    QCOMPARE(changes.size(), 2);
    QCOMPARE(changes[1].detail[u"operation"_s].toString(), u"Delete"_s);
    QCOMPARE(b.count(u"SELECT count(*) FROM parameter_policy"_s), 0);
}

// [parameter-store 8.14]: the engine is down from T+60 to T+300
void tst_ParameterPolicies::expiresWhileTheEngineIsDown()
{
    QFETCH(QString, database);
    ParameterBench b(database);
    QVERIFY(
        b.put(withPolicies(u"/x"_s, listOf({expiration(at(b.db.clock, 120s)), before(u"1"_s, u"Hours"_s)}))));
    b.db.clock.advance(60s);
    QCOMPARE(*b.service().sweep(), 1);
    b.db.clock.advance(240s);
    b.restart();
    QTRY_COMPARE(b.value(u"/x"_s), u"ParameterNotFound"_s); // by itself, at once
    b.restart();
    QCOMPARE(*b.service().sweep(), 0);
    QCOMPARE(b.eventsOf(u"Parameter Store Policy Action"_s).size(), 2);
    QCOMPARE(b.eventsOf(u"Parameter Store Change"_s).size(), 2);
}

void tst_ParameterPolicies::noticeThatIsDueAlready()
{
    ParameterBench b(u"sqlite"_s);
    QVERIFY(
        b.put(withPolicies(u"/x"_s, listOf({expiration(at(b.db.clock, 240h)), before(u"30"_s, u"Days"_s)}))));
    QCOMPARE(*b.service().sweep(), 1);
    QCOMPARE(*b.service().sweep(), 0);
    const auto described = b.service().describeParameters(b.alice, {});
    QCOMPARE(described->parameters[0].policies.size(), 2);
    QCOMPARE(described->parameters[0].policies[0].status, PolicyStatus::Pending);
    QCOMPARE(described->parameters[0].policies[1].status, PolicyStatus::Finished);
    QCOMPARE(described->parameters[0].policies[1].type, u"ExpirationNotification"_s);
    QVERIFY(described->parameters[0].policies[1].text.contains(u"\"Before\":\"30\""_s));
}

// A change of the value begins the time anew, and the notice may come again; labels and tags do not.
void tst_ParameterPolicies::noChange()
{
    ParameterBench b(u"sqlite"_s);
    QVERIFY(b.put(withPolicies(u"/x"_s, listOf({after(u"2"_s, u"Hours"_s)}))));
    b.db.clock.advance(1h);
    QVERIFY(b.label(u"/x"_s, 1, {u"prod"_s}));
    QVERIFY(b.service().addTags(b.alice, u"/x"_s, {{u"Env"_s, u"prod"_s}}));
    QCOMPARE(*b.service().sweep(), 0);
    b.db.clock.advance(1h);
    QCOMPARE(*b.service().sweep(), 1);
    QCOMPARE(*b.service().sweep(), 0);
    QVERIFY(b.overwrite(u"/x"_s, u"w"_s));
    b.db.clock.advance(2h);
    QCOMPARE(*b.service().sweep(), 1);
    const auto actions = b.eventsOf(u"Parameter Store Policy Action"_s);
    QCOMPARE(actions.size(), 2);
    QCOMPARE(actions[1].detail[u"parameter-name"_s].toString(), u"/x"_s);
    QCOMPARE(actions[1].detail[u"policy-type"_s].toString(), u"NoChangeNotification"_s);
}

// [parameter-store 8.15]
void tst_ParameterPolicies::removingAndKeeping()
{
    ParameterBench b(u"sqlite"_s);
    QVERIFY(b.put(withPolicies(u"/x"_s, listOf({expiration(at(b.db.clock, 120s))}))));
    b.db.clock.advance(30s);
    QVERIFY(b.overwrite(u"/x"_s, u"w"_s));
    QCOMPARE(b.count(u"SELECT next_due FROM parameter_policy"_s), toMicros(b.db.clock.now() + 90s));
    QVERIFY(b.put({.name = u"/x"_s, .value = u"w"_s, .overwrite = true, .policies = u"[{}]"_s}));
    QCOMPARE(b.count(u"SELECT count(*) FROM parameter_policy"_s), 0);
    b.db.clock.advance(1h);
    QCOMPARE(*b.service().sweep(), 0);
    QCOMPARE(b.value(u"/x"_s), u"w"_s);
    // a Standard parameter has none
    PutParameterRequest standard = withPolicies(u"/y"_s, listOf({after(u"1"_s, u"Days"_s)}));
    standard.tier = ParameterTier::Standard;
    QCOMPARE(codeOf(b.put(standard)), u"ValidationException"_s);
    standard.tier = ParameterTier::IntelligentTiering;
    QCOMPARE(b.put(standard)->tier, ParameterTier::Advanced);
}

void tst_ParameterPolicies::clockSetBack()
{
    ParameterBench b(u"sqlite"_s);
    QVERIFY(b.put(withPolicies(u"/x"_s, listOf({after(u"1"_s, u"Hours"_s)}))));
    b.db.clock.advance(1h);
    QCOMPARE(*b.service().sweep(), 1);
    b.db.clock.jumpWallClock(-10h);
    QCOMPARE(*b.service().sweep(), 0);
    b.db.clock.advance(12h); // past it a second time
    QCOMPARE(*b.service().sweep(), 0);
    QCOMPARE(b.eventsOf(u"Parameter Store Policy Action"_s).size(), 1);
}

// The same notice before the same expiry has fired already, when its policies are sent again.
void tst_ParameterPolicies::eachNoticeOnce()
{
    ParameterBench b(u"sqlite"_s);
    PutParameterRequest request
        = withPolicies(u"/x"_s, listOf({expiration(at(b.db.clock, 10h)), before(u"20"_s, u"Hours"_s)}));
    QVERIFY(b.put(request));
    QCOMPARE(*b.service().sweep(), 1);
    request.overwrite = true;
    QVERIFY(b.put(request));
    QCOMPARE(*b.service().sweep(), 0);
    request.policies = listOf({expiration(at(b.db.clock, 11h)), before(u"20"_s, u"Hours"_s)}); // another base
    QVERIFY(b.put(request));
    QCOMPARE(*b.service().sweep(), 1);
}

FB_TEST(tst_ParameterPolicies)
#include "tst_parameter_policies.moc"
