// Which machine a folder belongs to: the nine values, the rules that compare them, the fingerprint on disk (fleet-manager B3.4).

#include "agent/collectors/hardware_reader.h"
#include "agent/supervisor/known_machine.h"
#include "backend/core/ids.h"
#include "backend/protocol/hardware_rules.h"
#include "tests/support/scripted_machine.h"
#include "tests/support/seeded_random.h"
#include "tests/support/test_main.h"

#include <QTemporaryDir>
#include <QTest>

#include <functional>

using namespace fb;
using namespace fb::agent;
using namespace fb::protocol;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(std::function<void(wire::HardwareRecord &)>)

class tst_KnownMachine : public QObject
{
    Q_OBJECT
private slots:
    void readsTheNineValues();
    void readsThisMachine();
    void rules_data();
    void rules();
    void loopbackSaysNothing();
    void aCopyGetsAFingerprintOfItsOwn();
    void anOlderFileIsTakenOver();
    void lateDevicesAreWaitedFor();

private:
    struct Place {
        QTemporaryDir temporary;
        PrivateFolder folder = *PrivateFolder::openOrMake((temporary.path() + u"/s"_s).toStdString());
        test::SeededRandom random;
        KnownMachine known() { return *KnownMachine::load(folder, random); }
    };
    static wire::HardwareRecord record(const char *machineId = "m1")
    {
        wire::HardwareRecord record;
        record.set_machine_id(machineId);
        record.set_cpu("4 x Xeon");
        record.set_memory("15.6 GiB");
        record.set_bios("SeaBIOS 1.16");
        record.set_system("QEMU");
        record.set_hostname("web-1");
        record.set_ip_address("192.0.2.10");
        record.set_mac("52:54:00:12:34:56");
        record.set_disks("0011223344556677 20.0 GiB");
        return record;
    }
};

void tst_KnownMachine::readsTheNineValues()
{
    const test::ScriptedMachine machine;
    const wire::HardwareRecord read = HardwareReader(machine.root().toStdString()).read();
    QCOMPARE(read.machine_id(), std::string("11112222333344445555666677778888"));
    QCOMPARE(read.cpu(), std::string("2 x Example CPU 3000"));
    QCOMPARE(read.memory(), std::string("15.6 GiB"));
    QCOMPARE(read.bios(), std::string("SeaBIOS 1.16 04/01/2014"));
    QCOMPARE(read.system(), std::string("QEMU Standard PC"));
    QCOMPARE(read.hostname(), std::string("web-1"));
    QCOMPARE(read.ip_address(), std::string("192.0.2.10"));
    QCOMPARE(read.mac(), std::string("52:54:00:12:34:56")); // not that of the bridge, nor of lo
    QVERIFY2(read.disks().ends_with(" 20.0 GiB") && read.disks().size() == 16 + 9, read.disks().c_str());
    const wire::HardwareRecord none = HardwareReader(machine.root().toStdString() + "/none").read();
    QCOMPARE(equalHardwareValues(none, wire::HardwareRecord()), kHardwareValues); // empty, and no complaint
}

void tst_KnownMachine::readsThisMachine()
{
    const wire::HardwareRecord read = HardwareReader().read();
    QVERIFY(!read.cpu().empty());
    QVERIFY(!read.memory().empty());
    QVERIFY(!read.hostname().empty());
    QVERIFY(!read.ip_address().empty());
    QVERIFY(isSameHardware(read, HardwareReader().read()));
}

void tst_KnownMachine::rules_data()
{
    using Change = std::function<void(wire::HardwareRecord &)>;
    QTest::addColumn<std::function<void(wire::HardwareRecord &)>>("change");
    QTest::addColumn<int>("threshold");
    QTest::addColumn<int>("likeness");
    const auto row = [](const char *name, const Change &change, int threshold, MachineLikeness likeness) {
        QTest::addRow("%s", name) << change << threshold << static_cast<int>(likeness);
    };
    const Change five = [](wire::HardwareRecord &r) {
        r.set_hostname("web-2");
        r.set_ip_address("192.0.2.11");
        r.set_mac("52:54:00:00:00:01");
        r.set_memory("31.2 GiB");
        r.set_disks("8899aabbccddeeff 40.0 GiB");
    };
    const Change six = [five](wire::HardwareRecord &r) {
        five(r);
        r.set_bios("SeaBIOS 1.17");
    };
    row(
        "nothing", [](wire::HardwareRecord &) {}, 40, MachineLikeness::Same);
    row(
        "another machine id", [](wire::HardwareRecord &r) { r.set_machine_id("m2"); }, 40,
        MachineLikeness::Other);
    row(
        "another machine id, judged by no threshold", [](wire::HardwareRecord &r) { r.set_machine_id("m2"); },
        kLikenessOff, MachineLikeness::Other);
    row(
        "a machine id that cannot be read", [](wire::HardwareRecord &r) { r.clear_machine_id(); }, 40,
        MachineLikeness::Same);
    row(
        "the same address is enough",
        [six](wire::HardwareRecord &r) {
            six(r);
            r.set_ip_address("192.0.2.10");
            r.set_system("Bochs");
            r.set_cpu("1 x i486");
        },
        40, MachineLikeness::Same);
    row("4 of 9", five, 40, MachineLikeness::Same);
    row("3 of 9", six, 40, MachineLikeness::Drifted);
    row("3 of 9 at 33 percent", six, 33, MachineLikeness::Same);
    row("3 of 9 at 34 percent", six, 34, MachineLikeness::Drifted);
    row("off", six, kLikenessOff, MachineLikeness::Same);
    row(
        "one differs at 100 percent", [](wire::HardwareRecord &r) { r.set_ip_address("192.0.2.99"); }, 100,
        MachineLikeness::Drifted);
}

void tst_KnownMachine::rules()
{
    QFETCH(std::function<void(wire::HardwareRecord &)>, change);
    QFETCH(int, threshold);
    QFETCH(int, likeness);
    wire::HardwareRecord current = record();
    change(current);
    QCOMPARE(static_cast<int>(compareMachines(record(), current, threshold)), likeness);
}

void tst_KnownMachine::loopbackSaysNothing() // every machine without a network has that address
{
    wire::HardwareRecord stored = record();
    stored.set_ip_address("127.0.0.1");
    wire::HardwareRecord current;
    current.set_machine_id(stored.machine_id());
    current.set_ip_address("127.0.0.1");
    QCOMPARE(static_cast<int>(compareMachines(stored, current, 40)),
             static_cast<int>(MachineLikeness::Drifted));
}

void tst_KnownMachine::aCopyGetsAFingerprintOfItsOwn()
{
    Place place;
    KnownMachine first = place.known();
    const std::string fingerprint = first.fingerprint();
    QVERIFY(isUuid(fingerprint));
    QVERIFY(!first.hardware());
    QCOMPARE(*first.meet(record(), place.random), false); // the first record is kept
    QCOMPARE(place.known().fingerprint(), fingerprint);
    QVERIFY(isSameHardware(*place.known().hardware(), record()));
    // Drifted: the engine's to judge, and the record stays as it was.
    wire::HardwareRecord drifted = record();
    drifted.set_disks("other");
    KnownMachine again = place.known();
    QCOMPARE(*again.meet(drifted, place.random), false);
    QVERIFY(isSameHardware(*place.known().hardware(), record()));
    QVERIFY(again.keep(drifted)); // the engine said so
    QVERIFY(isSameHardware(*place.known().hardware(), drifted));
    // Copied to another machine; its second start is no other one again.
    KnownMachine copied = place.known();
    QCOMPARE(*copied.meet(record("m2"), place.random), true);
    QVERIFY(isUuid(copied.fingerprint()) && copied.fingerprint() != fingerprint);
    KnownMachine restarted = place.known();
    QCOMPARE(restarted.fingerprint(), copied.fingerprint());
    QCOMPARE(*restarted.meet(record("m2"), place.random), false);
    QCOMPARE(restarted.fingerprint(), copied.fingerprint());
    KnownMachine::wipe(place.folder);
    QVERIFY(place.known().fingerprint() != copied.fingerprint());
}

void tst_KnownMachine::anOlderFileIsTakenOver()
{
    Place place;
    const std::string fingerprint = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee";
    QVERIFY(place.folder.write("fingerprint", fingerprint)); // as agents wrote it that kept no record
    KnownMachine known = place.known();
    QCOMPARE(known.fingerprint(), fingerprint);
    QCOMPARE(*known.meet(record(), place.random), false);
    QCOMPARE(place.known().fingerprint(), fingerprint);
    QVERIFY(place.known().hardware());
    QVERIFY(
        place.folder.write("fingerprint", fingerprint + "\nnot base64!\n")); // damaged: as if it kept none
    QCOMPARE(place.known().fingerprint(), fingerprint);
    QVERIFY(!place.known().hardware());
}

void tst_KnownMachine::lateDevicesAreWaitedFor()
{
    Place place;
    KnownMachine known = place.known();
    QVERIFY(!known.mayComeLate(wire::HardwareRecord())); // nothing is known yet
    QVERIFY(known.keep(record()));
    QVERIFY(!known.mayComeLate(record()));
    wire::HardwareRecord early = record();
    early.clear_disks();
    QVERIFY(known.mayComeLate(early));
    QVERIFY(!known.mayComeLate(record("m2"))); // no device brings the machine id back
}

FB_TEST(tst_KnownMachine)
#include "tst_known_machine.moc"
