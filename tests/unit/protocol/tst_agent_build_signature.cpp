#include "backend/core/byte_encoding.h"
#include "backend/protocol/agent_build_signature.h"
#include "backend/protocol/order_signature.h"
#include "tests/support/test_main.h"

#include <QTest>

using namespace fb;
using namespace fb::protocol;

class tst_AgentBuildSignature : public QObject
{
    Q_OBJECT

private slots:
    void versions_data();
    void versions();
    void notAVersion();
    void signatureCoversEveryField();
    void checks_data();
    void checks();
    void keyFiles();
    void signatureFiles();

private:
    static wire::AgentBuild build()
    {
        wire::AgentBuild build;
        build.set_version("1.4.0");
        build.set_platform("Linux");
        build.set_architecture("x86_64");
        build.set_sha256(sha256("bytes"));
        build.set_size(5);
        return build;
    }
};

void tst_AgentBuildSignature::versions_data()
{
    QTest::addColumn<std::string>("lower");
    QTest::addColumn<std::string>("higher");
    const std::pair<const char *, const char *> rows[]
        = {{"1.9", "1.10"},           {"1.0", "1.0.1"},        {"1.0-rc1", "1.0"},
           {"1.0-rc1", "1.0-rc2"},    {"1.0-rc9", "1.0-rc10"}, {"0.99", "1"},
           {"1.0-alpha", "1.0-beta"}, {"1.0-rc1", "1.0.1"},    {"2.99999999999999999999", "3"},
           {"1.2", "1.02.1"},         {"1.0~pre", "1.0"}};
    for (const auto &[lower, higher] : rows)
        QTest::addRow("%s < %s", lower, higher) << std::string(lower) << std::string(higher);
}

void tst_AgentBuildSignature::versions()
{
    QFETCH(std::string, lower);
    QFETCH(std::string, higher);
    QVERIFY(isAgentVersion(lower) && isAgentVersion(higher));
    QCOMPARE(compareAgentVersions(lower, higher), -1);
    QCOMPARE(compareAgentVersions(higher, lower), 1);
    QCOMPARE(compareAgentVersions(higher, higher), 0);
}

void tst_AgentBuildSignature::notAVersion()
{
    for (const char *text : {"", "v1", "1.0\n2", "../1", "1 0", "-1"})
        QVERIFY2(!isAgentVersion(text), text);
    QVERIFY(isAgentVersion(std::string(64, '1')));
    QVERIFY(!isAgentVersion(std::string(65, '1')));
    QCOMPARE(compareAgentVersions("1.02", "1.2"), 0);
}

void tst_AgentBuildSignature::signatureCoversEveryField()
{
    const OrderSigningKey key = *newOrderSigningKey();
    wire::AgentBuild good = build();
    good.set_signature(*signOrderText(key.seed, signedAgentBuildText(good)));
    QVERIFY(verifyAgentBuild(key.publicKey, good));
    QVERIFY(!verifyAgentBuild(newOrderSigningKey()->publicKey, good));
    QVERIFY(!verifyAgentBuild("", good));
    const auto changed = [&](auto change) {
        wire::AgentBuild other = good;
        change(other);
        return !verifyAgentBuild(key.publicKey, other);
    };
    QVERIFY(changed([](auto &b) { b.set_version("1.4.1"); }));
    QVERIFY(changed([](auto &b) { b.set_platform("MacOS"); }));
    QVERIFY(changed([](auto &b) { b.set_architecture("aarch64"); }));
    QVERIFY(changed([](auto &b) { b.set_sha256(sha256("other")); }));
    QVERIFY(changed([](auto &b) { b.set_size(6); }));
    QVERIFY(changed([](auto &b) { b.clear_signature(); }));
}

void tst_AgentBuildSignature::checks_data()
{
    QTest::addColumn<wire::AgentBuild>("given");
    QTest::addColumn<std::string>("field");
    wire::AgentBuild version = build();
    version.set_version("1.0\nLinux");
    QTest::addRow("line end in the version") << version << std::string("Version");
    wire::AgentBuild platform = build();
    platform.set_platform("Plan9");
    QTest::addRow("platform") << platform << std::string("Platform");
    wire::AgentBuild architecture = build();
    architecture.set_architecture("x86/64");
    QTest::addRow("architecture") << architecture << std::string("Architecture");
    wire::AgentBuild hash = build();
    hash.set_sha256("short");
    QTest::addRow("hash") << hash << std::string("Sha256");
    wire::AgentBuild empty = build();
    empty.set_size(0);
    QTest::addRow("no bytes") << empty << std::string("Size");
    wire::AgentBuild huge = build();
    huge.set_size(kMaxAgentBuildBytes + 1);
    QTest::addRow("too many bytes") << huge << std::string("Size");
}

void tst_AgentBuildSignature::checks()
{
    QFETCH(wire::AgentBuild, given);
    QFETCH(std::string, field);
    const auto checked = checkAgentBuild(given);
    QVERIFY(!checked);
    QCOMPARE(checked.error().field, field);
}

void tst_AgentBuildSignature::keyFiles()
{
    // RFC 8410, section 10.3 and 10.1
    const char *privateKey = "-----BEGIN PRIVATE KEY-----\n"
                             "MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n"
                             "-----END PRIVATE KEY-----\n";
    const char *publicKey = "-----BEGIN PUBLIC KEY-----\n"
                            "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n"
                            "-----END PUBLIC KEY-----\n";
    const auto seed = readReleaseSigningKey(privateKey);
    const auto key = readReleaseKey(publicKey);
    QVERIFY(seed && key);
    QCOMPARE(*orderPublicKey(*seed), *key);
    QCOMPARE(*readReleaseKey(toHex(*key) + "\n"), *key);
    for (const std::string &bad :
         {std::string(), std::string("x"), std::string(privateKey), std::string(20'000, 'a')})
        QVERIFY(!readReleaseKey(bad));
    QVERIFY(!readReleaseSigningKey(publicKey));
}

void tst_AgentBuildSignature::signatureFiles()
{
    const std::string raw(64, '\x07');
    QCOMPARE(*readAgentBuildSignature(raw), raw);
    QCOMPARE(*readAgentBuildSignature(toBase64(raw) + "\r\n"), raw);
    QCOMPARE(*readAgentBuildSignature("\n " + toBase64(raw)), raw);
    for (const std::string &bad : {std::string(), std::string(63, 'a'), std::string(20'000, 'a'),
                                   toBase64(std::string(63, '\x07')), toBase64(raw) + "x", toHex(raw)}) {
        const auto refused = readAgentBuildSignature(bad);
        QVERIFY2(!refused, bad.substr(0, 80).c_str());
        QCOMPARE(refused.error().field, std::string("Signature"));
    }
}

FB_TEST(tst_AgentBuildSignature)
#include "tst_agent_build_signature.moc"
