// Whether a node is still the machine that was registered, in virtual time (fleet-manager B3.4).
#include "tests/unit/fleet/fleet_rooms.h"

#include "backend/gateway/node_connection.h"
#include "tests/support/test_main.h"

#include <QTest>

using namespace fb;
using namespace fb::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

class tst_HardwareService : public QObject
{
    Q_OBJECT

private slots:
    void theFirstRecordIsTaken_data() { addDatabaseRows(); }
    void theFirstRecordIsTaken();
    void anotherMachineIsRefused();
    void aCloneIsToldOnceADay();
    void aDriftedNodeIsServed();
    void strictness();
    void dismissedAndSeenAgain();
    void anExactCloneIsListed();
    void deregisteredNodesAreForgotten();
    void onlyWhoMayDecides();

private:
    using Word = HardwareService::Word;

    struct Rooms : FleetRooms {
        explicit Rooms(const QString &database = u"sqlite"_s) : FleetRooms(database)
        {
            node = registered(u"web-1"_s);
            hello.set_fingerprint("first");
            wire::HardwareRecord &hardware = *hello.mutable_hardware();
            hardware.set_machine_id("m1");
            hardware.set_cpu("4 x Xeon");
            hardware.set_memory("15.6 GiB");
            hardware.set_bios("SeaBIOS");
            hardware.set_system("QEMU");
            hardware.set_hostname("web-1");
            hardware.set_ip_address("192.0.2.10");
            hardware.set_mac("52:54:00:12:34:56");
            hardware.set_disks("0011 20.0 GiB");
            if (judge(hello) != Word::Known)
                qFatal("the first record was not taken");
            Node known = *fleet->node(node);
            known.fingerprint = u"first"_s;
            fleet->linkUp(known);
        }
        Word judge(const wire::Hello &hello)
        {
            const Word word = hardware->judge(connection(hello));
            if (!db->flush())
                qFatal("nothing was stored");
            return word;
        }
        NodeConnection connection(const wire::Hello &hello) const
        {
            NodeConnection connection;
            connection.node = node;
            connection.hello = hello;
            connection.address = u"198.51.100.7"_s;
            return connection;
        }
        wire::Hello drifted(int equal) const // values, beside the machine id
        {
            wire::Hello other = hello;
            wire::HardwareRecord &hardware = *other.mutable_hardware();
            std::string *values[]
                = {hardware.mutable_ip_address(), hardware.mutable_hostname(), hardware.mutable_mac(),
                   hardware.mutable_memory(),     hardware.mutable_disks(),    hardware.mutable_bios(),
                   hardware.mutable_system(),     hardware.mutable_cpu()};
            for (int i = 0; i < 9 - equal; ++i)
                *values[i] += " changed";
            return other;
        }
        wire::Hello copied() const
        {
            wire::Hello other = hello;
            other.set_fingerprint("second");
            other.mutable_hardware()->set_machine_id("m2");
            return other;
        }
        HardwareFlag flag() const { return fleet->node(node)->hardwareFlag; }
        QStringList reasons()
        {
            QStringList reasons;
            for (const Event &event : eventsOf(u"Managed Node State Change"_s))
                reasons << event.detail[u"reason"].toString();
            return reasons;
        }
        QList<HardwareDifference> differences() { return *hardware->differences(owner); }

        NodeId node;
        wire::Hello hello;
    };
};

void tst_HardwareService::theFirstRecordIsTaken()
{
    QFETCH(QString, database);
    Rooms rooms(database);
    QCOMPARE(rooms.judge(rooms.hello), Word::Known);
    QVERIFY(rooms.fleet->node(rooms.node)->hardwareDigest != 0);
    QVERIFY(rooms.differences().isEmpty());
    rooms.restart();
    QVERIFY(rooms.fleet->start());
    QCOMPARE(rooms.judge(rooms.hello), Word::Known);
    QCOMPARE(rooms.judge(rooms.drifted(3)), Word::Like);
    rooms.restart();
    QVERIFY(rooms.fleet->start());
    QCOMPARE(rooms.flag(), HardwareFlag::HardwareChanged);
    const QList<HardwareDifference> all = rooms.differences();
    QCOMPARE(all.size(), 1);
    QCOMPARE(all[0].accepted.hostname, u"web-1"_s);
    QCOMPARE(all[0].other.hostname, u"web-1 changed"_s);
    QCOMPARE(all[0].seenAt, rooms.db.clock.now());
    wire::Hello silent = rooms.hello; // of an older agent
    silent.clear_hardware();
    QCOMPARE(rooms.judge(silent), Word::Like);
}

// [fleet-manager B8.12] the engine's part, but for the OpsItem
void tst_HardwareService::anotherMachineIsRefused()
{
    Rooms rooms;
    QCOMPARE(rooms.judge(rooms.copied()), Word::Refused);
    QCOMPARE(rooms.flag(), HardwareFlag::PossibleClone);
    QCOMPARE(rooms.differences()[0].cause, HardwareCause::FingerprintMismatch);
    QCOMPARE(rooms.differences()[0].other.machineId, u"m2"_s);
    QCOMPARE(rooms.differences()[0].address, u"198.51.100.7"_s);
    QCOMPARE(rooms.judge(rooms.hello), Word::Known); // the first is not touched
    // A folder whose fingerprint went along without its record is found out by the engine's own.
    wire::Hello sameFingerprint = rooms.copied();
    sameFingerprint.set_fingerprint("first");
    QCOMPARE(rooms.judge(sameFingerprint), Word::Refused);

    QCOMPARE(rooms.judge(rooms.copied()), Word::Refused);
    QVERIFY(rooms.hardware->accept(rooms.owner, rooms.node));
    QCOMPARE(rooms.flag(), HardwareFlag::None);
    QVERIFY(rooms.differences().isEmpty());
    QCOMPARE(rooms.judge(rooms.copied()), Word::Known); // its next try is taken
    QCOMPARE(rooms.judge(rooms.hello), Word::Refused); // and the first is the stranger now
    QVERIFY(rooms.reasons().contains(u"hardware accepted"_s));
    const auto nothing = rooms.hardware->accept(rooms.owner, NodeId("mi-0123456789abcdef0"));
    QCOMPARE(nothing.error().code, errors::kInvalidInstanceId);
}

void tst_HardwareService::aCloneIsToldOnceADay()
{
    Rooms rooms;
    const auto told = [&] { return rooms.reasons().count(u"possible clone at 198.51.100.7"_s); };
    for (int hour = 0; hour < 24; ++hour) {
        QCOMPARE(rooms.judge(rooms.copied()), Word::Refused);
        rooms.db.clock.advance(1h);
    }
    QCOMPARE(told(), 1);
    rooms.restart();
    QVERIFY(rooms.fleet->start());
    QCOMPARE(rooms.judge(rooms.copied()), Word::Refused);
    QCOMPARE(told(), 2);
    QCOMPARE(rooms.differences()[0].seenAt, rooms.db.clock.now());
}

// [fleet-manager B8.14] the engine's part
void tst_HardwareService::aDriftedNodeIsServed()
{
    Rooms rooms;
    QCOMPARE(rooms.judge(rooms.drifted(4)), Word::Like);
    QCOMPARE(rooms.flag(), HardwareFlag::None);
    for (int i = 0; i < 3; ++i)
        QCOMPARE(rooms.judge(rooms.drifted(3)), Word::Like);
    QCOMPARE(rooms.flag(), HardwareFlag::HardwareChanged);
    QCOMPARE(rooms.reasons().count(u"hardware changed"_s), 1);
    QCOMPARE(rooms.judge(rooms.hello), Word::Known); // as it was
    QCOMPARE(rooms.flag(), HardwareFlag::None);
    QVERIFY(rooms.differences().isEmpty());
    QCOMPARE(rooms.judge(rooms.drifted(3)), Word::Like);
    QVERIFY(rooms.hardware->accept(rooms.owner, rooms.node));
    QCOMPARE(rooms.flag(), HardwareFlag::None);
    QCOMPARE(rooms.judge(rooms.drifted(3)), Word::Known);
    QCOMPARE(rooms.fleet->node(rooms.node)->fingerprint.text(), u"first"_s);
}

void tst_HardwareService::strictness()
{
    Rooms rooms;
    QVERIFY(rooms.settings->update(rooms.owner, settings::kHardwareThreshold, u"50"_s));
    QCOMPARE(rooms.judge(rooms.drifted(4)), Word::Like);
    QCOMPARE(rooms.flag(), HardwareFlag::HardwareChanged);
    QVERIFY(rooms.settings->update(rooms.owner, settings::kStrictHardware, u"true"_s));
    QCOMPARE(rooms.judge(rooms.drifted(5)), Word::Like);
    QCOMPARE(rooms.flag(), HardwareFlag::None);
    QCOMPARE(rooms.judge(rooms.drifted(4)), Word::Refused);
    QCOMPARE(rooms.flag(), HardwareFlag::PossibleClone);
    QVERIFY(rooms.settings->update(rooms.owner, settings::kHardwareThreshold, u"-1"_s));
    QCOMPARE(rooms.judge(rooms.drifted(1)), Word::Like);
    QCOMPARE(rooms.judge(rooms.copied()), Word::Refused); // another machine id is no drift
}

void tst_HardwareService::dismissedAndSeenAgain()
{
    Rooms rooms;
    QCOMPARE(rooms.judge(rooms.copied()), Word::Refused);
    QVERIFY(rooms.hardware->dismiss(rooms.owner, rooms.node));
    QVERIFY(rooms.differences().isEmpty());
    QCOMPARE(rooms.flag(), HardwareFlag::None);
    QCOMPARE(rooms.judge(rooms.hello), Word::Known);
    QCOMPARE(rooms.judge(rooms.copied()), Word::Refused); // it goes on trying
    QCOMPARE(rooms.differences().size(), 1);
    QCOMPARE(rooms.reasons().count(u"possible clone at 198.51.100.7"_s), 1); // of this day
}

// [fleet-manager B8.13] the engine's books: listed, with both records
void tst_HardwareService::anExactCloneIsListed()
{
    Rooms rooms;
    rooms.hardware->duplicateSeen(rooms.connection(rooms.hello));
    QVERIFY(rooms.db->flush());
    QCOMPARE(rooms.differences()[0].cause, HardwareCause::DuplicateNode);
    QCOMPARE(rooms.flag(), HardwareFlag::PossibleClone);
    QCOMPARE(rooms.judge(rooms.drifted(3)), Word::Like);
    QCOMPARE(rooms.differences()[0].cause, HardwareCause::DuplicateNode); // what matters more stays
}

void tst_HardwareService::deregisteredNodesAreForgotten()
{
    Rooms rooms;
    rooms.fleet->onDeregister([&](Transaction &transaction, const NodeId &node) {
        return rooms.hardware->forget(transaction, node);
    });
    QCOMPARE(rooms.judge(rooms.copied()), Word::Refused);
    QVERIFY(rooms.fleet->deregister(rooms.owner, rooms.node));
    QVERIFY(rooms.db->flush());
    QVERIFY(rooms.differences().isEmpty());
    QCOMPARE(rooms.hardware->accept(rooms.owner, rooms.node).error().code, errors::kInvalidInstanceId);
}

void tst_HardwareService::onlyWhoMayDecides()
{
    Rooms rooms;
    QCOMPARE(rooms.judge(rooms.copied()), Word::Refused);
    QCOMPARE(rooms.hardware->differences(rooms.stranger).error().code, errors::kAccessDenied);
    QCOMPARE(rooms.hardware->accept(rooms.stranger, rooms.node).error().code, errors::kAccessDenied);
    QCOMPARE(rooms.hardware->dismiss(rooms.stranger, rooms.node).error().code, errors::kAccessDenied);
    QCOMPARE(rooms.differences().size(), 1);
}

FB_TEST(tst_HardwareService)
#include "tst_hardware_service.moc"
