#include "backend/security/fleet_ca.h"

#include "backend/base/qt_text.h"
#include "backend/core/byte_encoding.h"
#include "backend/security/node_csr.h"
#include "tests/support/test_database.h"
#include "tests/support/test_main.h"
#include "tests/unit/security/csr_maker.h"

#include <QTest>

#include <openssl/pem.h>
#include <openssl/x509v3.h>

using namespace fb;
using namespace Qt::StringLiterals;

class tst_FleetCa : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void staysTheSame_data() { test::addDatabaseRows(); }
    void staysTheSame();
    void caIsAnAuthorityForLeavesOnly();
    void nodeFieldsComeFromTheEngine_data();
    void nodeFieldsComeFromTheEngine();
    void engineCredentialWorks();
    void renewalGivesANewSerial();
    void refusesRequests_data();
    void refusesRequests();
    void refusesMangledRequests();
    void refusesOtherNodeIds();
    void chainHoldsForLeavesOfThisFleetOnly();
    void oneTakesThePlaceOfAnother_data() { test::addDatabaseRows(); }
    void oneTakesThePlaceOfAnother();
    void aStepThatIsUndoneChangesNothing();
    void enginesAgreeOnTheStep();
    void aLostKeyIsNeverMadeAnew();
    void earlierStoresHaveTheirCa_data() { test::addDatabaseRows(); }
    void earlierStoresHaveTheirCa();

private:
    std::unique_ptr<test::TestDatabase> m_db;
    std::unique_ptr<Vault> m_vault;
    std::unique_ptr<FleetCa> m_ca;
};

namespace {
const NodeId kNode("mi-0123456789abcdef0");

std::unique_ptr<Vault> openVault(test::TestDatabase &db)
{
    auto vault = Vault::open(*db, SecretBytes(std::string(32, 'k')), db.clock, db.random);
    return vault ? std::move(*vault) : nullptr;
}

openssl::Certificate parsed(const QByteArray &der)
{
    const auto *at = reinterpret_cast<const unsigned char *>(der.constData());
    return openssl::Certificate(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
}

QString text(X509 *certificate, int nid)
{
    const openssl::Bio bio(BIO_new(BIO_s_mem()));
    const int at = X509_get_ext_by_NID(certificate, nid, -1);
    if (at < 0)
        return {};
    X509_EXTENSION *extension = X509_get_ext(certificate, at);
    X509V3_EXT_print(bio.get(), extension, 0, 0);
    char *bytes = nullptr;
    const long length = BIO_get_mem_data(bio.get(), &bytes);
    const QString value = QString::fromUtf8(bytes, static_cast<qsizetype>(length));
    return X509_EXTENSION_get_critical(extension) ? u"critical "_s + value : value;
}

QString subject(X509 *certificate)
{
    const openssl::Bio bio(BIO_new(BIO_s_mem()));
    X509_NAME_print_ex(bio.get(), X509_get_subject_name(certificate), 0, XN_FLAG_ONELINE);
    char *bytes = nullptr;
    const long length = BIO_get_mem_data(bio.get(), &bytes);
    return QString::fromUtf8(bytes, static_cast<qsizetype>(length));
}

qint64 unixTime(const ASN1_TIME *time)
{
    tm parts {};
    ASN1_TIME_to_tm(time, &parts);
    return timegm(&parts);
}

// As a TLS peer checks it: chain, time and purpose.
int verified(X509 *leaf, X509 *ca, int purpose, Instant at)
{
    X509_STORE *store = X509_STORE_new();
    X509_STORE_add_cert(store, ca);
    X509_STORE_CTX *context = X509_STORE_CTX_new();
    X509_STORE_CTX_init(context, store, leaf, nullptr);
    X509_STORE_CTX_set_purpose(context, purpose);
    X509_STORE_CTX_set_time(context, 0, static_cast<time_t>(toMicros(at) / 1000000));
    const int result = X509_verify_cert(context) == 1 ? X509_V_OK : X509_STORE_CTX_get_error(context);
    X509_STORE_CTX_free(context);
    X509_STORE_free(store);
    return result;
}
}

void tst_FleetCa::initTestCase()
{
    m_db = std::make_unique<test::TestDatabase>(u"sqlite"_s);
    m_vault = openVault(*m_db);
    auto ca = FleetCa::open(**m_db, *m_vault, m_db->clock, m_db->random);
    QVERIFY(ca);
    m_ca = std::move(*ca);
}

void tst_FleetCa::staysTheSame()
{
    QFETCH(QString, database);
    test::TestDatabase db(database);
    QString sha256;
    {
        const auto vault = openVault(db);
        const auto ca = FleetCa::open(*db, *vault, db.clock, db.random);
        QVERIFY(ca);
        sha256 = (*ca)->caSha256();
        QCOMPARE(sha256.size(), 64);
        QVERIFY(db->flush());
    }
    db.reopen();
    const auto vault = openVault(db);
    const auto ca = FleetCa::open(*db, *vault, db.clock, db.random);
    QVERIFY(ca);
    QCOMPARE((*ca)->caSha256(), sha256);
    QVERIFY((*ca)->signNode(test::makeCsr(test::newKey("P-256").get()), kNode));
}

void tst_FleetCa::caIsAnAuthorityForLeavesOnly()
{
    const auto ca = parsed(m_ca->certificateDer());
    QCOMPARE(text(ca.get(), NID_basic_constraints), u"critical CA:TRUE, pathlen:0"_s);
    QCOMPARE(text(ca.get(), NID_key_usage), u"critical Certificate Sign, CRL Sign"_s);
    QCOMPARE(unixTime(X509_get0_notBefore(ca.get())), toMicros(m_db->clock.now() - kBackDating) / 1000000);
    const qint64 years
        = (unixTime(X509_get0_notAfter(ca.get())) - unixTime(X509_get0_notBefore(ca.get()))) / (365 * 86400);
    QCOMPARE(years, qint64(10));
    QVERIFY(m_ca->certificatePem().startsWith("-----BEGIN CERTIFICATE-----"));
    QVERIFY(!m_ca->certificatePem().contains("PRIVATE"));
}

void tst_FleetCa::nodeFieldsComeFromTheEngine_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QString>("commonName");
    QTest::addColumn<bool>("ownName");
    QTest::addRow("[T09] P-256, empty subject") << QByteArray("P-256") << QString() << false;
    QTest::addRow("[T09] Ed25519") << QByteArray("ED25519") << QString() << false;
    QTest::addRow("[T09] own id and SAN, as a renewal may have")
        << QByteArray("P-256") << toQString(kNode) << true;
}

void tst_FleetCa::nodeFieldsComeFromTheEngine()
{
    QFETCH(QByteArray, key);
    QFETCH(QString, commonName);
    QFETCH(bool, ownName);
    const auto nodeKey = test::newKey(key.constData());
    test::CsrWish wish {
        .commonName = commonName, .organisation = {}, .extensions = {}, .breakSignature = false};
    if (ownName)
        wish.extensions = {{NID_subject_alt_name, "URI:" + m_ca->nodeUri(kNode).toLatin1()}};
    const auto issued = m_ca->signNode(test::makeCsr(nodeKey.get(), wish), kNode);
    QVERIFY2(issued, issued ? "" : issued.error().message.c_str());
    const auto certificate = parsed(issued->der);
    QCOMPARE(subject(certificate.get()), u"CN = "_s + toQString(kNode));
    QCOMPARE(text(certificate.get(), NID_subject_alt_name),
             u"URI:fb:node/%1/%2"_s.arg(toQString((*m_db)->fleet().fleetId), toQString(kNode)));
    QCOMPARE(text(certificate.get(), NID_ext_key_usage), u"TLS Web Client Authentication"_s);
    QCOMPARE(text(certificate.get(), NID_key_usage), u"critical Digital Signature"_s);
    QCOMPARE(text(certificate.get(), NID_basic_constraints), u"critical CA:FALSE"_s);
    QCOMPARE(X509_get_ext_count(certificate.get()), 6); // and the two key identifiers: nothing else
    QCOMPARE(X509_check_private_key(certificate.get(), nodeKey.get()), 1);
    QCOMPARE(unixTime(X509_get0_notBefore(certificate.get())),
             toMicros(m_db->clock.now() - kBackDating) / 1000000);
    QCOMPARE(unixTime(X509_get0_notAfter(certificate.get())),
             toMicros(m_db->clock.now() + kLeafLifetime) / 1000000);
    QVERIFY(issued->notAfter == m_db->clock.now() + kLeafLifetime);
    QCOMPARE(issued->serial.size(), 32);
    QCOMPARE(issued->publicKeySha256.size(), 64);
    const auto ca = parsed(m_ca->certificateDer());
    QCOMPARE(verified(certificate.get(), ca.get(), X509_PURPOSE_SSL_CLIENT, m_db->clock.now()), X509_V_OK);
    QVERIFY(verified(certificate.get(), ca.get(), X509_PURPOSE_SSL_SERVER, m_db->clock.now()) != X509_V_OK);
}

void tst_FleetCa::engineCredentialWorks()
{
    const auto credential = m_ca->issueEngine();
    QVERIFY(credential);
    const auto certificate = parsed(credential->certificate.der);
    QCOMPARE(text(certificate.get(), NID_subject_alt_name),
             u"URI:fb:engine/"_s + toQString((*m_db)->fleet().fleetId));
    QCOMPARE(text(certificate.get(), NID_ext_key_usage), u"TLS Web Server Authentication"_s);
    const openssl::Bio bio(
        BIO_new_mem_buf(credential->keyPem.view().data(), static_cast<int>(credential->keyPem.size())));
    const openssl::Key key(PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr));
    QVERIFY(key);
    QCOMPARE(X509_check_private_key(certificate.get(), key.get()), 1);
    const auto ca = parsed(m_ca->certificateDer());
    QCOMPARE(verified(certificate.get(), ca.get(), X509_PURPOSE_SSL_SERVER, m_db->clock.now()), X509_V_OK);
    QVERIFY(verified(certificate.get(), ca.get(), X509_PURPOSE_SSL_CLIENT, m_db->clock.now()) != X509_V_OK);
}

void tst_FleetCa::renewalGivesANewSerial()
{
    QSet<QString> serials;
    for (int i = 0; i < 50; ++i)
        serials.insert(m_ca->signNode(test::makeCsr(test::newKey("P-256").get()), kNode)->serial);
    QCOMPARE(serials.size(), 50);
}

void tst_FleetCa::refusesRequests_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QString>("commonName");
    QTest::addColumn<QString>("organisation");
    QTest::addColumn<int>("nid");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<bool>("breakSignature");
    QTest::addColumn<QString>("reason");
    const QByteArray p256 = "P-256";
    const auto row
        = [](const char *name, const QByteArray &key, const QString &commonName, const QString &organisation,
             int nid, const QByteArray &value, bool breakSignature, const QString &reason) {
              QTest::addRow("%s", name)
                  << key << commonName << organisation << nid << value << breakSignature << reason;
          };
    row("[T09] odd subject", p256, u"administrator"_s, {}, 0, {}, false,
        u"names the subject 'administrator'"_s);
    row("[T09] subject of another node", p256, u"mi-ffffffffffffffff0"_s, {}, 0, {}, false,
        u"names the subject"_s);
    row("[T09] subject with more", p256, toQString(kNode), u"Acme"_s, 0, {}, false, u"names the subject"_s);
    row("[T09] escape in the subject", p256, u"\x1b[31mroot"_s, {}, 0, {}, false, u"'\\x1b[31mroot'"_s);
    row("[T09] huge key", "RSA-4096", {}, {}, 0, {}, false, u"a key of type RSA (4096 bits)"_s);
    row("[T09] weak curve", "secp224r1", {}, {}, 0, {}, false, u"on the curve 'secp224r1'"_s);
    row("[T09] other curve", "P-384", {}, {}, 0, {}, false, u"on the curve 'secp384r1'"_s);
    row("[T09] Ed448", "ED448", {}, {}, 0, {}, false, u"a key of type ED448"_s);
    row("[T09] bad self-signature", p256, {}, {}, 0, {}, true, u"not signed with its own key"_s);
    row("[T09] SAN of another node", p256, {}, {}, NID_subject_alt_name, "URI:fb:node/f/mi-ffffffffffffffff0",
        false, u"is not this node's"_s);
    row("[T09] SAN of an engine", p256, {}, {}, NID_subject_alt_name, "URI:fb:engine/f", false,
        u"is not this node's"_s);
    row("[T09] DNS name", p256, {}, {}, NID_subject_alt_name, "DNS:engine.example", false,
        u"'engine.example'"_s);
    row("[T09] address", p256, {}, {}, NID_subject_alt_name, "IP:127.0.0.1", false, u"is not this node's"_s);
    row("[T09] wants to be a CA", p256, {}, {}, NID_basic_constraints, "critical,CA:TRUE", false,
        u"asks for the extension basicConstraints"_s);
    row("[T09] wants to be a server", p256, {}, {}, NID_ext_key_usage, "serverAuth", false,
        u"asks for the extension extendedKeyUsage"_s);
}

void tst_FleetCa::refusesRequests()
{
    QFETCH(QByteArray, key);
    QFETCH(QString, commonName);
    QFETCH(QString, organisation);
    QFETCH(int, nid);
    QFETCH(QByteArray, value);
    QFETCH(bool, breakSignature);
    QFETCH(QString, reason);
    test::CsrWish wish {.commonName = commonName,
                        .organisation = organisation,
                        .extensions = {},
                        .breakSignature = breakSignature};
    if (nid)
        wish.extensions = {{nid, value}};
    const auto issued = m_ca->signNode(test::makeCsr(test::newKey(key.constData()).get(), wish), kNode);
    QVERIFY(!issued);
    QVERIFY(issued.error().code == errors::kValidation);
    QCOMPARE(issued.error().field, std::string("Csr"));
    QVERIFY2(toQString(issued.error().message).contains(reason), issued.error().message.c_str());
}

void tst_FleetCa::refusesMangledRequests()
{
    const QByteArray csr = test::makeCsr(test::newKey("P-256").get());
    QVERIFY(!m_ca->signNode({}, kNode));
    QVERIFY(!m_ca->signNode("garbage", kNode));
    QVERIFY(!m_ca->signNode(csr + 'x', kNode));
    QVERIFY(!m_ca->signNode(csr + QByteArray(kMostCsrBytes, '\0'), kNode));
    for (qsizetype i = 0; i < csr.size(); ++i) { // every cut and every flipped byte: refused, no crash
        QVERIFY(!m_ca->signNode(csr.left(i), kNode));
        QByteArray altered = csr;
        altered[i] = static_cast<char>(altered[i] ^ 0x41);
        QVERIFY(!m_ca->signNode(altered, kNode));
    }
    QVERIFY(m_ca->signNode(csr, kNode));
}

void tst_FleetCa::refusesOtherNodeIds()
{
    const QByteArray csr = test::makeCsr(test::newKey("P-256").get());
    for (const char *id : {"", "mi-../../x", "engine", "mi-0123456789abcdef0,URI:fb:engine/x"})
        QVERIFY(!m_ca->signNode(csr, NodeId(id)));
}

void tst_FleetCa::chainHoldsForLeavesOfThisFleetOnly()
{
    test::TestDatabase other(u"sqlite"_s);
    other.random = test::SeededRandom(9);
    const auto vault = openVault(other);
    const auto otherCa = FleetCa::open(*other, *vault, other.clock, other.random);
    QVERIFY(otherCa);
    const auto leaf = parsed(m_ca->signNode(test::makeCsr(test::newKey("P-256").get()), kNode)->der);
    const auto ca = parsed(m_ca->certificateDer());
    const auto foreign = parsed((*otherCa)->certificateDer());
    QVERIFY(verified(leaf.get(), foreign.get(), X509_PURPOSE_SSL_CLIENT, m_db->clock.now()) != X509_V_OK);
    QCOMPARE(verified(leaf.get(), ca.get(), X509_PURPOSE_SSL_CLIENT,
                      m_db->clock.now() + std::chrono::hours(46 * 24)),
             X509_V_ERR_CERT_HAS_EXPIRED);
    QCOMPARE(
        verified(leaf.get(), ca.get(), X509_PURPOSE_SSL_CLIENT, m_db->clock.now() - std::chrono::hours(23)),
        X509_V_OK);
}

// [T18] the engine's keys: who signs what in each phase, also after a restart in it
void tst_FleetCa::oneTakesThePlaceOfAnother()
{
    QFETCH(QString, database);
    test::TestDatabase db(database);
    auto vault = openVault(db);
    auto ca = *FleetCa::open(*db, *vault, db.clock, db.random);
    const auto take = [&](Result<void> (FleetCa::*step)(Transaction &)) {
        QVERIFY(db->write([&](Transaction &tx) { return (ca.get()->*step)(tx); }));
        QVERIFY(db->flush());
        QCOMPARE(*ca->reload(), true);
        QCOMPARE(*ca->reload(), false);
        // as a new engine finds it
        ca.reset();
        vault.reset();
        db.reopen();
        vault = openVault(db);
        ca = *FleetCa::open(*db, *vault, db.clock, db.random);
    };
    const auto refused = [&](Result<void> (FleetCa::*step)(Transaction &)) {
        const auto outcome = db->write([&](Transaction &tx) { return (ca.get()->*step)(tx); });
        return !outcome && outcome.error().code == errors::kConflict;
    };
    const auto issuerOfNodes = [&] {
        const auto issued = ca->signNode(test::makeCsr(test::newKey("P-256").get()), kNode);
        for (const std::string &der : ca->bundle().caDer) {
            if (verified(parsed(issued->der).get(), parsed(toBytes(der)).get(), X509_PURPOSE_SSL_CLIENT,
                         db.clock.now())
                == X509_V_OK)
                return std::pair(toQString(sha256Hex(der)), issued->ca);
        }
        return std::pair(QString(), qint64(0));
    };
    const auto signatureHolds = [&](const QByteArray &by) {
        const CaBundle bundle = ca->bundle();
        const std::string text = caBundleText(db->fleet().fleetId.text(), bundle.version, bundle.caDer);
        const auto certificate = parsed(by);
        const openssl::DigestContext context(EVP_MD_CTX_new());
        return EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr,
                                    X509_get0_pubkey(certificate.get()))
            == 1
            && EVP_DigestVerify(
                   context.get(), reinterpret_cast<const unsigned char *>(bundle.signature.data()),
                   bundle.signature.size(), reinterpret_cast<const unsigned char *>(text.data()), text.size())
            == 1;
    };
    const QString first = ca->caSha256();
    const QByteArray firstDer = ca->certificateDer();
    QVERIFY(refused(&FleetCa::startIssuing));
    QVERIFY(refused(&FleetCa::retire));
    QCOMPARE(ca->pins(), QStringList {first});
    QCOMPARE(ca->bundle().version, uint64_t(0));

    take(&FleetCa::begin);
    QCOMPARE(ca->state().phase, CaPhase::Published);
    QVERIFY(refused(&FleetCa::begin));
    QVERIFY(refused(&FleetCa::retire));
    const QString second = ca->next()->sha256;
    QVERIFY(second != first);
    QCOMPARE(ca->pins(), QStringList({first, second}));
    QCOMPARE(ca->bundle().version, uint64_t(1));
    QCOMPARE(ca->bundle().caDer.size(), size_t(2));
    QVERIFY(signatureHolds(firstDer));
    QCOMPARE(issuerOfNodes(), std::pair(first, qint64(1)));
    QVERIFY(subject(parsed(toBytes(ca->bundle().caDer[0])).get()) != subject(parsed(firstDer).get()));

    take(&FleetCa::startIssuing);
    QVERIFY(refused(&FleetCa::begin));
    QVERIFY(refused(&FleetCa::startIssuing));
    QCOMPARE(issuerOfNodes(), std::pair(second, qint64(2)));
    QCOMPARE(ca->caSha256(), first); // the engine shows itself by the first still
    QCOMPARE(ca->issueEngine()->certificate.ca, qint64(1));
    QCOMPARE(ca->bundle().version, uint64_t(1)); // nodes have nothing new to trust

    take(&FleetCa::retire);
    QCOMPARE(ca->state().phase, CaPhase::Stable);
    QCOMPARE(ca->caSha256(), second);
    QCOMPARE(ca->pins(), QStringList {second});
    QCOMPARE(ca->bundle().version, uint64_t(2));
    QCOMPARE(ca->bundle().caDer.size(), size_t(1));
    QVERIFY(signatureHolds(ca->certificateDer()));
    QCOMPARE(issuerOfNodes(), std::pair(second, qint64(2)));
    QVERIFY(!*vault->get(db->reader(), u"fleet-ca"_s, u"key"_s)); // the key is gone for good
    take(&FleetCa::begin); // and again
    QCOMPARE(ca->next()->number, qint64(3));
}

void tst_FleetCa::aStepThatIsUndoneChangesNothing()
{
    test::TestDatabase db(u"sqlite"_s);
    const auto vault = openVault(db);
    const auto ca = *FleetCa::open(*db, *vault, db.clock, db.random);
    const QString before = ca->caSha256();
    QVERIFY(!db->write([&](Transaction &tx) -> Result<void> {
        if (auto begun = ca->begin(tx); !begun)
            return begun;
        return makeError(errors::kInternal, "no");
    }));
    QVERIFY(db->flush());
    QCOMPARE(*ca->reload(), false);
    QCOMPARE(ca->pins(), QStringList {before});
    QVERIFY(!*vault->get(db->reader(), u"fleet-ca"_s, u"key-2"_s));
}

// Two engines on one store: one is faster, the other reads what it has done.
void tst_FleetCa::enginesAgreeOnTheStep()
{
    test::TestDatabase db(u"sqlite"_s);
    const auto vault = openVault(db);
    const auto one = *FleetCa::open(*db, *vault, db.clock, db.random);
    const auto other = *FleetCa::open(*db, *vault, db.clock, db.random);
    QVERIFY(db->write([&](Transaction &tx) { return one->begin(tx); }));
    QVERIFY(db->flush());
    const auto late = db->write([&](Transaction &tx) { return other->begin(tx); });
    QVERIFY(!late);
    QVERIFY(late.error().code == errors::kConflict);
    QVERIFY(*one->reload());
    QVERIFY(*other->reload());
    QCOMPARE(other->pins(), one->pins());
    QCOMPARE(other->bundle().signature, one->bundle().signature);
}

void tst_FleetCa::aLostKeyIsNeverMadeAnew()
{
    test::TestDatabase db(u"sqlite"_s);
    const auto vault = openVault(db);
    {
        const auto ca = *FleetCa::open(*db, *vault, db.clock, db.random);
        for (auto step : {&FleetCa::begin, &FleetCa::startIssuing, &FleetCa::retire}) {
            QVERIFY(db->write([&](Transaction &tx) { return (ca.get()->*step)(tx); }));
            QVERIFY(db->flush() && ca->reload());
        }
    }
    QVERIFY(db->write(
        [&](Transaction &tx) { return vault->remove(tx, u"fleet-ca"_s, u"key-2"_s).map([](bool) {}); }));
    QVERIFY(db->flush());
    const auto opened = FleetCa::open(*db, *vault, db.clock, db.random);
    QVERIFY(!opened);
    QVERIFY(opened.error().message.find("not in the vault") != std::string::npos);
}

void tst_FleetCa::earlierStoresHaveTheirCa()
{
    QFETCH(QString, database);
    test::TestDatabase db(database, test::UpTo {65});
    QVERIFY(db->write([&](Transaction &tx) {
        return tx
            .execute(u"INSERT INTO certificate (serial, owner, not_before, not_after, public_key_sha256) "
                     "VALUES ('a', 'mi-0123456789abcdef0', 1, 2, 'b')"_s)
            .map([](qint64) {});
    }));
    QVERIFY(db->flush());
    db.reopen();
    const auto vault = openVault(db);
    const auto ca = FleetCa::open(*db, *vault, db.clock, db.random);
    QVERIFY(ca);
    QCOMPARE((*ca)->state(), FleetCaState {});
    QCOMPARE(*db->reader().number(u"SELECT ca_number FROM certificate WHERE serial = 'a'"_s), qint64(1));
}

FB_TEST(tst_FleetCa)
#include "tst_fleet_ca.moc"
