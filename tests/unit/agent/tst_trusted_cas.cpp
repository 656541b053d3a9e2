// Which CAs a node takes from its engine, and what is on its disk at every moment of it [T18].

#include "agent/supervisor/trusted_cas.h"

#include "agent/supervisor/enrolment.h"
#include "agent/supervisor/node_key.h"
#include "backend/core/byte_encoding.h"
#include "backend/core/ca_bundle.h"
#include "backend/transport/tls_context.h"
#include "tests/support/test_certificates.h"
#include "tests/support/test_main.h"

#include <QTemporaryDir>
#include <QTest>

using namespace fb;
using namespace fb::agent;

namespace {

constexpr auto kFleet = "11111111-2222-4333-8444-555555555555";

struct Fleet {
    test::TestCa first {"first"};
    test::TestCa second {"second"};
    test::TestCa stranger {"stranger"};
    Registration registration {.nodeId = "mi-00000000000000001",
                               .fleetId = kFleet,
                               .caDer = {first.der()},
                               .endpoints = {"wss://a:1/agent/v1"}};

    static wire::TrustBundle bundle(uint64_t version, const std::vector<std::string> &cas,
                                    const test::TestCa &signer, const std::string &fleet = kFleet)
    {
        wire::TrustBundle bundle;
        bundle.set_version(version);
        for (const std::string &ca : cas)
            bundle.add_ca_der(ca);
        bundle.set_signature(*signText(signer.key(), caBundleText(fleet, version, cas)));
        return bundle;
    }
    wire::TrustBundle published() const { return bundle(1, {second.der(), first.der()}, first); }
};

using Change = std::function<void(const Fleet &, wire::TrustBundle &)>;

std::vector<std::string> casOf(const wire::TrustBundle &bundle)
{
    return {bundle.ca_der().begin(), bundle.ca_der().end()};
}

// With a signature that holds, so that what else is wrong is seen.
void resign(const Fleet &fleet, wire::TrustBundle &bundle)
{
    bundle = Fleet::bundle(bundle.version(), casOf(bundle), fleet.first);
}

}

Q_DECLARE_METATYPE(Change)

class tst_TrustedCas : public QObject
{
    Q_OBJECT
private slots:
    void oneTakesThePlaceOfAnother();
    void refused_data();
    void refused();
    void everyCutAndFlippedByteIsRefused();
    void olderOnesAreIgnored();
    void keptInOneFile();
    void pins_data();
    void pins();
};

void tst_TrustedCas::oneTakesThePlaceOfAnother()
{
    const Fleet fleet;
    const auto both = withBundle(fleet.registration, fleet.published());
    QVERIFY(both && *both);
    QCOMPARE((*both)->caDer, std::vector<std::string>({fleet.second.der(), fleet.first.der()}));
    QCOMPARE((*both)->caVersion, uint64_t(1));
    QCOMPARE((*both)->nodeId, fleet.registration.nodeId);
    QVERIFY(trustOf(**both));
    const auto retired = withBundle(**both, Fleet::bundle(2, {fleet.second.der()}, fleet.second));
    QVERIFY(retired && *retired);
    QCOMPARE((*retired)->caDer, std::vector<std::string>({fleet.second.der()}));
}

void tst_TrustedCas::refused_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<QString>("why");
    const auto row = [](const char *name, const char *why, Change change) {
        QTest::addRow("%s", name) << std::move(change) << QString::fromLatin1(why);
    };
    row("no CA", "0 CAs", [](const Fleet &fleet, auto &bundle) {
        bundle.clear_ca_der();
        resign(fleet, bundle);
    });
    row("five CAs", "5 CAs; it may have 1 to 4", [](const Fleet &fleet, auto &bundle) {
        for (int i = 0; i < 3; ++i)
            bundle.add_ca_der(test::TestCa("more").der());
        resign(fleet, bundle);
    });
    row("too long", "5000 bytes; it may have 1 to 4096", [](const Fleet &fleet, auto &bundle) {
        bundle.set_ca_der(0, std::string(5000, 'x'));
        resign(fleet, bundle);
    });
    row("no certificate", "no X.509 certificate", [](const Fleet &fleet, auto &bundle) {
        bundle.set_ca_der(0, "garbage");
        resign(fleet, bundle);
    });
    row("bytes behind it", "no X.509 certificate", [](const Fleet &fleet, auto &bundle) {
        bundle.set_ca_der(0, fleet.second.der() + "x");
        resign(fleet, bundle);
    });
    row("a leaf", "not a CA's", [](const Fleet &fleet, auto &bundle) {
        bundle.set_ca_der(0, fleet.second.node(kFleet, "mi-00000000000000002").der);
        resign(fleet, bundle);
    });
    row("signed by another", "not signed by itself", [](const Fleet &fleet, auto &bundle) {
        bundle.set_ca_der(0, fleet.first.crossSign(fleet.second));
        resign(fleet, bundle);
    });
    row("an RSA key", "neither EC P-256", [](const Fleet &fleet, auto &bundle) {
        bundle.set_ca_der(
            0,
            test::TestCa::selfSigned({.commonName = "r", .purpose = "", .isCa = true, .keyType = "RSA"}).der);
        resign(fleet, bundle);
    });
    row("the same twice", "there twice", [](const Fleet &fleet, auto &bundle) {
        bundle.set_ca_der(0, fleet.first.der());
        resign(fleet, bundle);
    });
    // Who has stolen an engine's certificate can be its engine, and no more.
    row("signed by nobody", "not signed by a CA",
        [](const Fleet &, auto &bundle) { bundle.clear_signature(); });
    row("signed by the new one alone", "not signed by a CA",
        [](const Fleet &fleet, auto &bundle) { bundle = Fleet::bundle(1, casOf(bundle), fleet.second); });
    row("signed for another fleet", "not signed by a CA", [](const Fleet &fleet, auto &bundle) {
        bundle = Fleet::bundle(1, casOf(bundle), fleet.first, "99999999-2222-4333-8444-555555555555");
    });
    row("signed for another version", "not signed by a CA",
        [](const Fleet &, auto &bundle) { bundle.set_version(2); });
    row("one CA put in", "not signed by a CA",
        [](const Fleet &fleet, auto &bundle) { bundle.set_ca_der(0, fleet.stranger.der()); });
    row("nothing stays", "none of those that this node trusts", [](const Fleet &fleet, auto &bundle) {
        bundle = Fleet::bundle(1, {fleet.second.der()}, fleet.first);
    });
}

void tst_TrustedCas::refused()
{
    QFETCH(Change, change);
    QFETCH(QString, why);
    const Fleet fleet;
    wire::TrustBundle bundle = fleet.published();
    change(fleet, bundle);
    const auto outcome = withBundle(fleet.registration, bundle);
    QVERIFY(!outcome);
    QVERIFY2(outcome.error().message.find(why.toStdString()) != std::string::npos,
             outcome.error().message.c_str());
}

void tst_TrustedCas::everyCutAndFlippedByteIsRefused()
{
    const Fleet fleet;
    const std::string der = fleet.second.der();
    for (size_t i = 0; i < der.size(); ++i) {
        for (const bool isCut : {true, false}) {
            std::string altered = isCut ? der.substr(0, i) : der;
            if (!isCut)
                altered[i] = static_cast<char>(altered[i] ^ 0x41);
            wire::TrustBundle bundle = fleet.published();
            bundle.set_ca_der(0, altered);
            QVERIFY(!withBundle(fleet.registration, bundle));
        }
    }
}

void tst_TrustedCas::olderOnesAreIgnored()
{
    const Fleet fleet;
    Registration registration = **withBundle(fleet.registration, fleet.published());
    registration.caVersion = 5;
    for (const uint64_t version : {0, 1, 4}) {
        const auto outcome
            = withBundle(registration, Fleet::bundle(version, {fleet.first.der()}, fleet.first));
        QVERIFY(outcome && !*outcome);
    }
    const auto again
        = withBundle(registration, Fleet::bundle(registration.caVersion, registration.caDer, fleet.first));
    QVERIFY(again && !*again);
    // The same number with others, as after the engine's store was restored: signed by one that is trusted, they are taken.
    const auto others
        = withBundle(registration, Fleet::bundle(registration.caVersion, {fleet.first.der()}, fleet.first));
    QVERIFY2(others && *others, others ? "" : others.error().message.c_str());
}

// The file is the old one or the new one, whatever moment the power goes in: PrivateFolder writes it whole.
void tst_TrustedCas::keptInOneFile()
{
    const Fleet fleet;
    QTemporaryDir temporary;
    const auto folder = PrivateFolder::openOrMake((temporary.path() + QStringLiteral("/s")).toStdString());
    const Identity identity(*folder);
    QVERIFY(identity.setRegistration(fleet.registration));
    QCOMPARE(identity.registration()->caVersion, uint64_t(0));
    const auto both = withBundle(fleet.registration, fleet.published());
    QVERIFY(identity.setRegistration(**both));
    const auto stored = identity.registration();
    QCOMPARE(stored->caDer, (*both)->caDer);
    QCOMPARE(stored->caVersion, uint64_t(1));
    QCOMPARE(folder->entries(), std::vector<std::string> {"node.conf"});
}

void tst_TrustedCas::pins_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("hashes"); // 0: refused
    const QString hash(64, u'a');
    QTest::addRow("one") << hash << 1;
    QTest::addRow("two") << hash + u':' + hash.toUpper() << 2;
    QTest::addRow("four") << QStringList({hash, hash, hash, hash}).join(u':') << 4;
    QTest::addRow("five") << QStringList({hash, hash, hash, hash, hash}).join(u':') << 0;
    QTest::addRow("none") << QString() << 0;
    QTest::addRow("short") << hash.left(63) << 0;
    QTest::addRow("open end") << hash + u':' << 0;
    QTest::addRow("open begin") << u':' + hash << 0;
    QTest::addRow("no hex") << QString(64, u'g') << 0;
    QTest::addRow("comma") << hash + u',' + hash << 0;
}

void tst_TrustedCas::pins()
{
    QFETCH(QString, text);
    QFETCH(int, hashes);
    const auto pins = caPins(text.toStdString());
    QCOMPARE(pins.has_value(), hashes > 0);
    if (pins)
        QCOMPARE(pins->size(), size_t(hashes) * 32);
    else
        QCOMPARE(pins.error().field, std::string("--ca-sha256"));
}

FB_TEST(tst_TrustedCas)
#include "tst_trusted_cas.moc"
