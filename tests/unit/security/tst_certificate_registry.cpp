#include "backend/security/certificate_registry.h"

#include "backend/security/ticket_key_ring.h"
#include "tests/support/test_database.h"
#include "tests/support/test_main.h"

#include <QSignalSpy>
#include <QTest>

#include <atomic>
#include <thread>

using namespace fb;
using namespace Qt::StringLiterals;

class tst_CertificateRegistry : public QObject
{
    Q_OBJECT

private slots:
    void revokingANodeDeniesItsSerials_data() { test::addDatabaseRows(); }
    void revokingANodeDeniesItsSerials();
    void undoneRevocationDeniesNothing();
    void renewalEndsTheOldOnes_data() { test::addDatabaseRows(); }
    void renewalEndsTheOldOnes();
    void oldCertificateEndsNoNewerOne_data() { test::addDatabaseRows(); }
    void oldCertificateEndsNoNewerOne();
    void expiredSerialsLeaveTheList();
    void listIsReadFromAnyThread();
    void ticketKeysTurnAndStay_data() { test::addDatabaseRows(); }
    void ticketKeysTurnAndStay();
};

namespace {
const NodeId kRegisteredNode("mi-0123456789abcdef0");

IssuedCertificate certificate(const test::TestDatabase &db, char digit)
{
    return {.der = {},
            .serial = QString(32, QChar::fromLatin1(digit)),
            .publicKeySha256 = QString(64, u'0'),
            .notBefore = db.clock.now(),
            .notAfter = db.clock.now() + kLeafLifetime};
}

void record(test::TestDatabase &db, CertificateRegistry &registry, const QString &owner, const char *digits)
{
    QVERIFY(db->write([&](Transaction &tx) -> Result<void> {
        for (const char *digit = digits; *digit; ++digit) {
            if (auto recorded = registry.record(tx, certificate(db, *digit), owner); !recorded)
                return recorded;
        }
        return {};
    }));
    QVERIFY(db->flush());
}

std::string serial(char digit) { return std::string(32, digit); }
}

// [T04] the store's part: revoked at once, also after a restart
void tst_CertificateRegistry::revokingANodeDeniesItsSerials()
{
    QFETCH(QString, database);
    test::TestDatabase db(database);
    CertificateRegistry registry(db.clock);
    record(db, registry, toQString(kRegisteredNode), "ab");
    record(db, registry, u"mi-ffffffffffffffff0"_s, "c");
    QSignalSpy revoked(&registry, &CertificateRegistry::revoked);
    const auto list = registry.denyList();
    QVERIFY(db->write(
        [&](Transaction &tx) { return registry.revokeNode(tx, kRegisteredNode, u"deregistered"_s); }));
    QVERIFY(!list->isRevoked(serial('a'))); // not before it is committed
    QVERIFY(db->flush());
    QVERIFY(list->isRevoked(serial('a')));
    QVERIFY(list->isRevoked(serial('b')));
    QVERIFY(!list->isRevoked(serial('c')));
    QCOMPARE(revoked.count(), 1);
    QStringList serials = revoked.at(0).at(0).toStringList();
    serials.sort();
    QCOMPARE(serials, QStringList({QString(32, u'a'), QString(32, u'b')}));
    QVERIFY(db->write([&](Transaction &tx) { return registry.revokeNode(tx, kRegisteredNode, u"again"_s); }));
    QVERIFY(db->flush());
    QCOMPARE(revoked.count(), 1); // nothing new
    db.reopen();
    CertificateRegistry later(db.clock);
    QVERIFY(later.reload(db->reader()));
    QCOMPARE(later.denyList()->size(), size_t(2));
    QVERIFY(later.denyList()->isRevoked(serial('b')));
    const auto rows = later.certificatesOf(db->reader(), toQString(kRegisteredNode));
    QCOMPARE(rows->size(), 2);
    QCOMPARE(rows->at(0).revokedReason, u"deregistered"_s);
    QVERIFY(rows->at(0).revokedAt);
}

void tst_CertificateRegistry::undoneRevocationDeniesNothing()
{
    test::TestDatabase db(u"sqlite"_s);
    CertificateRegistry registry(db.clock);
    record(db, registry, toQString(kRegisteredNode), "a");
    QVERIFY(!db->write([&](Transaction &tx) -> Result<void> {
        if (auto revoked = registry.revokeNode(tx, kRegisteredNode, u"x"_s); !revoked)
            return revoked;
        return makeError(errors::kConflict, "no");
    }));
    QVERIFY(db->flush());
    QVERIFY(!registry.denyList()->isRevoked(serial('a')));
}

void tst_CertificateRegistry::renewalEndsTheOldOnes()
{
    QFETCH(QString, database);
    test::TestDatabase db(database);
    CertificateRegistry registry(db.clock);
    record(db, registry, toQString(kRegisteredNode), "abc");
    QVERIFY(db->write([&](Transaction &tx) {
        return registry.revokeOlder(tx, kRegisteredNode, QString(32, u'c'), u"renewed"_s);
    }));
    QVERIFY(db->flush());
    QVERIFY(registry.denyList()->isRevoked(serial('a')));
    QVERIFY(registry.denyList()->isRevoked(serial('b')));
    QVERIFY(!registry.denyList()->isRevoked(serial('c')));
    // one serial is never recorded twice
    QVERIFY(!db->write([&](Transaction &tx) {
        return registry.record(tx, certificate(db, 'a'), toQString(kRegisteredNode));
    }));
}

// A node that comes back with its old certificate before it has used the new one: both stay valid (fleet-manager B3.3).
void tst_CertificateRegistry::oldCertificateEndsNoNewerOne()
{
    QFETCH(QString, database);
    test::TestDatabase db(database);
    CertificateRegistry registry(db.clock);
    const auto use = [&](char which) {
        QVERIFY(db->write([&](Transaction &tx) {
            return registry.revokeOlder(tx, kRegisteredNode, QString(32, QLatin1Char(which)), u"renewed"_s);
        }));
        QVERIFY(db->flush());
    };
    for (const char *each : {"a", "b", "c"}) {
        record(db, registry, toQString(kRegisteredNode), each);
        db.clock.advance(std::chrono::hours(1));
    }
    use('b');
    QVERIFY(registry.denyList()->isRevoked(serial('a')));
    QVERIFY(!registry.denyList()->isRevoked(serial('b')));
    QVERIFY(!registry.denyList()->isRevoked(serial('c')));
    use('c');
    QVERIFY(registry.denyList()->isRevoked(serial('b')));
    QVERIFY(!registry.denyList()->isRevoked(serial('c')));
    use('z'); // not of this fleet's records: it ends nothing
    QVERIFY(!registry.denyList()->isRevoked(serial('c')));
}

void tst_CertificateRegistry::expiredSerialsLeaveTheList()
{
    test::TestDatabase db(u"sqlite"_s);
    CertificateRegistry registry(db.clock);
    record(db, registry, toQString(kRegisteredNode), "a");
    QVERIFY(db->write([&](Transaction &tx) { return registry.revokeNode(tx, kRegisteredNode, u"x"_s); }));
    QVERIFY(db->flush());
    db.clock.advance(std::chrono::hours(46 * 24));
    QVERIFY(registry.reload(db->reader()));
    QCOMPARE(registry.denyList()->size(), size_t(0)); // its expiry refuses it
    QCOMPARE(*db->write([&](Transaction &tx) { return registry.prune(tx, db.clock.now()); }), qint64(1));
}

void tst_CertificateRegistry::listIsReadFromAnyThread()
{
    const auto list = std::make_shared<DenyList>();
    std::atomic<bool> stop {false};
    std::atomic<int> seen {0};
    std::vector<std::thread> readers;
    for (int i = 0; i < 3; ++i)
        readers.emplace_back([&] {
            while (!stop) {
                if (list->isRevoked(serial('a')))
                    ++seen;
            }
        });
    for (int i = 0; i < 200; ++i) {
        list->add({QString(32, u'a'), QString::number(i)});
        list->set({serial('a'), std::to_string(i)});
    }
    while (seen == 0)
        std::this_thread::yield();
    stop = true;
    for (std::thread &reader : readers)
        reader.join();
    QVERIFY(list->isRevoked(serial('a')));
}

void tst_CertificateRegistry::ticketKeysTurnAndStay()
{
    QFETCH(QString, database);
    test::TestDatabase db(database);
    auto vault = Vault::open(*db, SecretBytes(std::string(32, 'k')), db.clock, db.random);
    QVERIFY(vault);
    TicketKeyRing ring(*db, **vault, db.clock, db.random);
    QVERIFY(!ring.keys());
    QVERIFY(ring.rotateIfDue());
    QVERIFY(!ring.keys()); // not before it is stored
    QVERIFY(db->flush());
    const auto first = ring.keys();
    QCOMPARE(first->current.size(), kTicketKeyBytes);
    QVERIFY(first->previous.isEmpty());
    db.clock.advance(std::chrono::hours(11));
    QVERIFY(ring.rotateIfDue() && db->flush());
    QVERIFY(ring.keys()->current.equals(first->current));
    db.clock.advance(std::chrono::hours(1));
    QVERIFY(ring.rotateIfDue() && db->flush());
    const auto second = ring.keys();
    QVERIFY(!second->current.equals(first->current));
    QVERIFY(second->previous.equals(first->current));
    // another engine, or this one after a restart, accepts the same tickets
    TicketKeyRing other(*db, **vault, db.clock, db.random);
    QVERIFY(other.rotateIfDue() && db->flush());
    QVERIFY(other.keys()->current.equals(second->current));
    QVERIFY(other.keys()->previous.equals(first->current));
    db.clock.advance(std::chrono::hours(100)); // long down: tickets that old are not accepted any more
    QVERIFY(ring.rotateIfDue() && db->flush());
    QVERIFY(ring.keys()->previous.isEmpty());
}

FB_TEST(tst_CertificateRegistry)
#include "tst_certificate_registry.moc"
