// A new CA for the fleet, step by step, in virtual time [T18]: who is told, who is waited for, who is cut off.
#include "tests/unit/fleet/fleet_rooms.h"

#include "agent/supervisor/node_key.h"
#include "backend/gateway/node_connection.h"
#include "backend/nodes/rollover/ca_roll_over_service.h"
#include "backend/security/certificate_registry.h"
#include "backend/security/vault.h"
#include "tests/support/scripted_access.h"
#include "tests/support/test_main.h"

#include <QSet>
#include <QSignalSpy>
#include <QTest>

using namespace fb;
using namespace fb::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

class FakeTrustChannel : public TrustChannel
{
public:
    virtual ~FakeTrustChannel() = default;
    bool isConnected(const NodeId &node) const override { return connected.contains(node); }
    bool send(const NodeId &node, const wire::TrustBundle &bundle) override
    {
        if (!isConnected(node))
            return false;
        sent[node].append(bundle);
        return true;
    }
    QSet<NodeId> connected;
    QHash<NodeId, QList<wire::TrustBundle>> sent;
};

class RollOverRooms : public FleetRooms
{
public:
    explicit RollOverRooms(const QString &database = u"sqlite"_s) : FleetRooms(database) { openMore(); }
    ~RollOverRooms() { static_cast<void>(db->flush()); }

    void openMore()
    {
        vault = *Vault::open(*db, SecretBytes(std::string(32, 'm')), db.clock, db.random);
        ca = *FleetCa::open(*db, *vault, db.clock, db.random);
        certificates = std::make_unique<CertificateRegistry>(db.clock);
        rollOver = std::make_unique<CaRollOverService>(CaRollOverService::Parts {
            *db, *ca, *certificates, *fleet, *events, *audit, permissions, db.clock, channel});
        fleet->onDeregister(
            [this](Transaction &tx, const NodeId &node) { return rollOver->forget(tx, node); });
        if (!rollOver->start())
            qFatal("the roll-over was not read");
    }
    void restartAll()
    {
        rollOver.reset();
        certificates.reset();
        ca.reset();
        vault.reset();
        restart();
        openMore();
        QVERIFY(fleet->start());
    }
    // Signs a certificate as for a renewal; gives its serial.
    QString certified(const NodeId &node)
    {
        const auto issued = ca->signNode(toBytes(*agent::certificateRequest(*agent::newNodeKey())), node);
        if (!issued
            || !db->write([&](Transaction &tx) { return certificates->record(tx, *issued, toQString(node)); })
            || !db->flush())
            qFatal("no certificate");
        db.clock.advance(1s);
        return issued->serial;
    }
    NodeId node(const QString &name)
    {
        const NodeId id = registered(name);
        serials[id] = certified(id);
        return id;
    }
    // It connects with its newest certificate; the gateway's other listeners revoke the earlier ones.
    void connectNode(const NodeId &id, uint64_t version)
    {
        channel.connected.insert(id);
        NodeConnection connection;
        connection.node = id;
        connection.serial = serials[id].toLatin1();
        if (version > 0)
            connection.hello.set_ca_version(version);
        QVERIFY(db->write(
            [&](Transaction &tx) { return certificates->revokeOlder(tx, id, serials[id], u"renewed"_s); }));
        rollOver->nodeConnected(connection);
        QVERIFY(db->flush());
    }
    void keep(const NodeId &id, uint64_t version, const std::string &refused = {})
    {
        wire::TrustKept kept;
        kept.set_version(version);
        if (!refused.empty())
            kept.set_refused(refused);
        rollOver->nodeKept(id, kept);
        QVERIFY(db->flush());
    }
    void renew(const NodeId &id)
    {
        serials[id] = certified(id);
        connectNode(id, ca->bundle().version);
    }
    Result<void> flushed(const Result<void> &outcome) { return outcome ? db->flush() : outcome; }
    CaRollOverStatus status() { return *rollOver->status(owner); }

    ScriptedAccess permissions;
    FakeTrustChannel channel;
    QHash<NodeId, QString> serials;
    std::unique_ptr<Vault> vault;
    std::unique_ptr<FleetCa> ca;
    std::unique_ptr<CertificateRegistry> certificates;
    std::unique_ptr<CaRollOverService> rollOver;
};

bool isConflict(const Result<void> &outcome, const char *text)
{
    return !outcome && outcome.error().code == errors::kConflict
        && outcome.error().message.find(text) != std::string::npos;
}

}

class tst_CaRollOver : public QObject
{
    Q_OBJECT

private slots:
    void stepByStep_data() { addDatabaseRows(); }
    void stepByStep();
    void stragglersAreNamedAndMayBeAccepted();
    void whoWasAwayIsTold();
    void aNodeThatIsSetBackIsBehindAgain();
    void refusalsAreShown();
    void aRestartTakesUpWhereItWas_data() { addDatabaseRows(); }
    void aRestartTakesUpWhereItWas();
    void deregisteredNodesAreNotWaitedFor();
    void whoMayNotDoesNot_data();
    void whoMayNotDoesNot();
    void otherEnginesHaveToKnow();
};

void tst_CaRollOver::stepByStep() // [T18]
{
    QFETCH(QString, database);
    RollOverRooms rooms(database);
    QSignalSpy trustChanged(rooms.rollOver.get(), &CaRollOverService::trustChanged);
    const NodeId node = rooms.node(u"web-1"_s);
    rooms.connectNode(node, 0);
    QVERIFY(rooms.channel.sent.isEmpty()); // nothing is new
    QCOMPARE(rooms.status().phase, CaPhase::Stable);
    QCOMPARE(rooms.status().trusting, 1);

    QVERIFY(rooms.flushed(rooms.rollOver->begin(rooms.owner)));
    QCOMPARE(trustChanged.count(), 1);
    QCOMPARE(rooms.channel.sent[node].size(), 1);
    QCOMPARE(rooms.channel.sent[node][0].version(), uint64_t(1));
    QCOMPARE(rooms.channel.sent[node][0].ca_der_size(), 2);
    QCOMPARE(rooms.channel.sent[node][0].renew_within_ms(), 0u);
    QVERIFY(isConflict(rooms.rollOver->begin(rooms.owner), "under way already"));
    QVERIFY(isConflict(rooms.rollOver->retire(rooms.owner, 0), "does not issue yet"));
    rooms.db.clock.advance(CaRollOverService::kEveryEngineKnows);
    QVERIFY(isConflict(rooms.rollOver->issue(rooms.owner, 0), node.text().c_str()));
    rooms.keep(node, 1);
    QCOMPARE(rooms.status().trusting, 1);
    QCOMPARE(rooms.status().waitedFor, 0);

    QVERIFY(rooms.flushed(rooms.rollOver->issue(rooms.owner, 0)));
    QCOMPARE(trustChanged.count(), 1); // the listener has nothing new to do
    QVERIFY(rooms.channel.sent[node].last().renew_within_ms() >= 2000);
    QCOMPARE(rooms.status().renewed, 0);
    QVERIFY(isConflict(rooms.rollOver->retire(rooms.owner, 0), "would be cut off"));
    const QString old = rooms.serials[node];
    rooms.serials[node] = rooms.certified(node); // issued, and not used yet
    QCOMPARE(rooms.status().renewed, 0);
    rooms.connectNode(node, 1);
    QCOMPARE(rooms.status().renewed, 1);
    QCOMPARE(rooms.status().waitedFor, 0);
    QVERIFY(rooms.certificates->denyList()->isRevoked(toStd(old)));

    QVERIFY(rooms.flushed(rooms.rollOver->retire(rooms.owner, 0)));
    QCOMPARE(trustChanged.count(), 2);
    QCOMPARE(rooms.channel.sent[node].last().version(), uint64_t(2));
    QCOMPARE(rooms.channel.sent[node].last().ca_der_size(), 1);
    QCOMPARE(rooms.status().phase, CaPhase::Stable);
    QCOMPARE(rooms.status().present.number, qint64(2));
    QVERIFY(!rooms.certificates->denyList()->isRevoked(toStd(rooms.serials[node])));

    QCOMPARE(rooms.eventsOf(u"Fleet CA State Change"_s).size(), 3);
    const auto audited = rooms.db->reader().number(
        u"SELECT count(*) FROM audit_entry WHERE action IN ('flagbridge:BeginCaRollOver', "
        "'flagbridge:IssueFromNextCa', 'flagbridge:RetireCa')"_s);
    QCOMPARE(*audited, qint64(3));
}

void tst_CaRollOver::stragglersAreNamedAndMayBeAccepted() // [T18]
{
    RollOverRooms rooms;
    const NodeId good = rooms.node(u"good"_s);
    const NodeId old = rooms.node(u"old agent"_s); // knows nothing of bundles
    const NodeId away = rooms.node(u"away"_s);
    rooms.connectNode(good, 0);
    rooms.connectNode(old, 0);
    QVERIFY(rooms.flushed(rooms.rollOver->begin(rooms.owner)));
    rooms.keep(good, 1);
    CaRollOverStatus status = rooms.status();
    QCOMPARE(status.stragglerCount, 2);
    QCOMPARE(status.waitedFor, 1); // who is away hears of it when he comes back
    QCOMPARE(status.stragglers[0].node, old);
    QCOMPARE(status.stragglers[0].name, u"old agent"_s);
    QVERIFY(status.stragglers[0].connected && !status.stragglers[1].connected);
    const auto refused = rooms.rollOver->issue(rooms.owner, 0);
    QVERIFY(isConflict(refused, old.text().c_str()));
    QCOMPARE(refused.error().field, std::string("AcceptStragglers"));
    QVERIFY(rooms.rollOver->issue(rooms.owner, -1).error().code == errors::kValidation);
    QVERIFY(rooms.flushed(rooms.rollOver->issue(rooms.owner, 1)));
    rooms.renew(good);
    status = rooms.status();
    QCOMPARE(status.waitedFor, 2);
    QVERIFY(isConflict(rooms.rollOver->retire(rooms.owner, 1), "2 nodes"));
    QSignalSpy revoked(rooms.certificates.get(), &CertificateRegistry::revoked);
    QVERIFY(rooms.flushed(rooms.rollOver->retire(rooms.owner, 2)));
    QStringList cut;
    for (const auto &call : revoked)
        cut += call.at(0).toStringList();
    cut.sort();
    QStringList expected {rooms.serials[old], rooms.serials[away]};
    expected.sort();
    QCOMPARE(cut, expected);
    const QJsonObject told = rooms.eventsOf(u"Fleet CA State Change"_s).last().detail;
    QCOMPARE(told[u"LeftBehind"].toInt(), 2);
    QCOMPARE(told[u"LeftBehindNodes"].toArray().size(), 2);
}

void tst_CaRollOver::whoWasAwayIsTold() // [T18] away from the first step to the last but one
{
    RollOverRooms rooms;
    const NodeId away = rooms.node(u"away"_s);
    QVERIFY(rooms.flushed(rooms.rollOver->begin(rooms.owner)));
    QVERIFY(rooms.flushed(rooms.rollOver->issue(rooms.owner, 0)));
    QVERIFY(rooms.channel.sent.isEmpty());
    rooms.connectNode(away, 0);
    QCOMPARE(rooms.channel.sent[away].size(), 1);
    QCOMPARE(rooms.channel.sent[away][0].ca_der_size(), 2);
    QVERIFY(rooms.channel.sent[away][0].renew_within_ms() > 0);
    rooms.keep(away, 1);
    rooms.renew(away);
    QCOMPARE(rooms.channel.sent[away].size(), 1); // it has all there is
    QCOMPARE(rooms.status().waitedFor, 0);
    // Away at the last step, after it had renewed: it is told when it comes back.
    rooms.channel.connected.clear();
    QVERIFY(rooms.flushed(rooms.rollOver->retire(rooms.owner, 0)));
    rooms.connectNode(away, 1);
    QCOMPARE(rooms.channel.sent[away].last().version(), uint64_t(2));
    QCOMPARE(rooms.channel.sent[away].last().renew_within_ms(), 0u);
}

// Its disk was put back to an earlier state: what its HELLO says counts, not what it once confirmed.
void tst_CaRollOver::aNodeThatIsSetBackIsBehindAgain()
{
    RollOverRooms rooms;
    const NodeId node = rooms.node(u"web-1"_s);
    rooms.connectNode(node, 0);
    QVERIFY(rooms.flushed(rooms.rollOver->begin(rooms.owner)));
    rooms.keep(node, 1);
    QCOMPARE(rooms.status().trusting, 1);
    rooms.connectNode(node, 0);
    QCOMPARE(rooms.status().trusting, 0);
    QCOMPARE(rooms.channel.sent[node].size(), 2);
    rooms.connectNode(node, 77); // nor is a version that was never given
    QCOMPARE(rooms.status().trusting, 0);
    rooms.connectNode(node, std::numeric_limits<uint64_t>::max());
    QCOMPARE(rooms.status().trusting, 0);
}

void tst_CaRollOver::refusalsAreShown()
{
    RollOverRooms rooms;
    const NodeId node = rooms.node(u"web-1"_s);
    rooms.connectNode(node, 0);
    QVERIFY(rooms.flushed(rooms.rollOver->begin(rooms.owner)));
    rooms.keep(node, 0, std::string("No space left\non device\x1b[31m") + std::string(1000, 'x'));
    const CaStraggler behind = rooms.status().stragglers.value(0);
    QVERIFY(!behind.trusts);
    QVERIFY(behind.refusal.startsWith(u"No space left"_s));
    QVERIFY(behind.refusal.size() <= 320 && !behind.refusal.contains(u'\n')
            && !behind.refusal.contains(u'\x1b'));
    rooms.keep(node, 1);
    QCOMPARE(rooms.status().trusting, 1);
}

void tst_CaRollOver::aRestartTakesUpWhereItWas() // [T18] the engine dies in the middle
{
    QFETCH(QString, database);
    RollOverRooms rooms(database);
    const NodeId node = rooms.node(u"web-1"_s);
    rooms.connectNode(node, 0);
    QVERIFY(rooms.flushed(rooms.rollOver->begin(rooms.owner)));
    rooms.keep(node, 1);
    rooms.channel.connected.clear();
    rooms.restartAll();
    QCOMPARE(rooms.status().phase, CaPhase::Published);
    QCOMPARE(rooms.status().trusting, 1);
    rooms.db.clock.advance(CaRollOverService::kEveryEngineKnows);
    QVERIFY(rooms.flushed(rooms.rollOver->issue(rooms.owner, 0)));
    rooms.restartAll();
    rooms.connectNode(node, 1);
    QVERIFY(rooms.channel.sent[node].last().renew_within_ms() > 0);
    rooms.renew(node);
    rooms.restartAll();
    QCOMPARE(rooms.status().waitedFor, 0);
    QVERIFY(rooms.flushed(rooms.rollOver->retire(rooms.owner, 0)));
    rooms.restartAll();
    QCOMPARE(rooms.status().present.number, qint64(2));
}

void tst_CaRollOver::deregisteredNodesAreNotWaitedFor()
{
    RollOverRooms rooms;
    const NodeId gone = rooms.node(u"gone"_s);
    QVERIFY(rooms.flushed(rooms.rollOver->begin(rooms.owner)));
    QVERIFY(rooms.flushed(rooms.rollOver->issue(rooms.owner, 0)));
    QCOMPARE(rooms.status().waitedFor, 1);
    QVERIFY(rooms.flushed(rooms.fleet->deregister(rooms.owner, gone)));
    QCOMPARE(rooms.status().nodes, 0);
    QVERIFY(rooms.flushed(rooms.rollOver->retire(rooms.owner, 0)));
}

void tst_CaRollOver::whoMayNotDoesNot_data() // [T15]
{
    QTest::addColumn<QString>("action");
    QTest::addRow("look") << u"flagbridge:DescribeFleetCa"_s;
    QTest::addRow("begin") << u"flagbridge:BeginCaRollOver"_s;
    QTest::addRow("issue") << u"flagbridge:IssueFromNextCa"_s;
    QTest::addRow("retire") << u"flagbridge:RetireCa"_s;
}

void tst_CaRollOver::whoMayNotDoesNot()
{
    QFETCH(QString, action);
    RollOverRooms rooms;
    rooms.permissions.deny(Action(action.toStdString().c_str()));
    const QList<std::pair<QString, std::function<Result<void>()>>> calls {
        {u"flagbridge:DescribeFleetCa"_s,
         [&] { return rooms.rollOver->status(rooms.stranger).map([](const auto &) {}); }},
        {u"flagbridge:BeginCaRollOver"_s, [&] { return rooms.rollOver->begin(rooms.stranger); }},
        {u"flagbridge:IssueFromNextCa"_s, [&] { return rooms.rollOver->issue(rooms.stranger, 0); }},
        {u"flagbridge:RetireCa"_s, [&] { return rooms.rollOver->retire(rooms.stranger, 0); }},
    };
    for (const auto &[name, call] : calls) {
        const auto outcome = rooms.flushed(call());
        if (name != action)
            continue;
        QVERIFY(!outcome);
        QVERIFY(outcome.error().code == errors::kAccessDenied);
    }
}

// On a store that engines share, a node may be served by one that has not read the news yet.
void tst_CaRollOver::otherEnginesHaveToKnow()
{
    RollOverRooms rooms(u"postgres"_s);
    QVERIFY(rooms.flushed(rooms.rollOver->begin(rooms.owner)));
    QVERIFY(isConflict(rooms.rollOver->issue(rooms.owner, 0), "Try again in 15 seconds"));
    rooms.db.clock.advance(15s);
    QVERIFY(rooms.flushed(rooms.rollOver->issue(rooms.owner, 0)));
}

FB_TEST(tst_CaRollOver)
#include "tst_ca_roll_over.moc"
