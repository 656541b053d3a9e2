#include "backend/core/token_bucket.h"
#include "backend/gateway/csr_names.h"
#include "backend/gateway/revoked_serials.h"

#include "tests/support/manual_clock.h"
#include "tests/support/seeded_random.h"
#include "tests/support/test_main.h"

#include <openssl/evp.h>
#include <openssl/x509v3.h>

#include <QTest>

#include <thread>

using namespace fb;
using namespace fb::test;
using namespace std::chrono_literals;

class tst_Parts : public QObject
{
    Q_OBJECT

private slots:
    void bucketKeepsItsRate();
    void namesInRequests();
    void garbageRequestsNameNobody();
    void serialsAreSharedByThreads();
};

void tst_Parts::bucketKeepsItsRate()
{
    ManualClock clock;
    TokenBucket bucket(300, clock.tick());
    int taken = 0;
    while (bucket.take(clock.tick()))
        ++taken;
    QCOMPARE(taken, 300); // one second's worth at once
    QVERIFY(bucket.untilNext() <= 5ms);
    for (int i = 0; i < 1000; ++i) {
        clock.advance(10ms);
        while (bucket.take(clock.tick()))
            ++taken;
    }
    QVERIFY(taken >= 3290 && taken <= 3300);
    clock.advance(1h);
    taken = 0;
    while (bucket.take(clock.tick()))
        ++taken;
    QCOMPARE(taken, 300); // rest is not saved up
}

namespace {
std::string request(const std::string &subject, const std::string &alternative)
{
    EVP_PKEY *key = EVP_EC_gen("P-256");
    X509_REQ *made = X509_REQ_new();
    if (!subject.empty())
        X509_NAME_add_entry_by_txt(X509_REQ_get_subject_name(made), "CN", MBSTRING_UTF8,
                                   reinterpret_cast<const unsigned char *>(subject.c_str()), -1, -1, 0);
    if (!alternative.empty()) {
        STACK_OF(X509_EXTENSION) *extensions = sk_X509_EXTENSION_new_null();
        sk_X509_EXTENSION_push(
            extensions, X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, alternative.c_str()));
        X509_REQ_add_extensions(made, extensions);
        sk_X509_EXTENSION_pop_free(extensions, X509_EXTENSION_free);
    }
    X509_REQ_set_pubkey(made, key);
    X509_REQ_sign(made, key, EVP_sha256());
    unsigned char *out = nullptr;
    const int size = i2d_X509_REQ(made, &out);
    std::string der(reinterpret_cast<char *>(out), static_cast<size_t>(size));
    OPENSSL_free(out);
    X509_REQ_free(made);
    EVP_PKEY_free(key);
    return der;
}
}

void tst_Parts::namesInRequests()
{
    const std::string node = "mi-0000000000000000b";
    QVERIFY(nodesNamedInCsr(request("", "")).empty());
    QVERIFY(nodesNamedInCsr(request("web-1", "")).empty());
    QCOMPARE(nodesNamedInCsr(request(node, "")), std::vector<std::string> {node});
    QCOMPARE(nodesNamedInCsr(request("", "URI:fb:node/fleet/" + node)), std::vector<std::string> {node});
    QCOMPARE(nodesNamedInCsr(request("", "DNS:" + node)), std::vector<std::string> {node});
    QCOMPARE(nodesNamedInCsr(request("x " + node + " y", "")), std::vector<std::string> {node});
}

void tst_Parts::garbageRequestsNameNobody()
{
    SeededRandom random(5);
    const std::string good = request("mi-0000000000000000b", "URI:fb:node/fleet/mi-0000000000000000b");
    for (int i = 0; i < 2000; ++i) {
        std::string bad = good;
        bad[random.below(bad.size())] = static_cast<char>(random.below(256));
        bad.resize(bad.size() - random.below(3));
        nodesNamedInCsr(bad); // no crash, no leak
    }
    QVERIFY(nodesNamedInCsr("").empty());
    QVERIFY(nodesNamedInCsr(std::string(100'000, '\x30')).empty());
}

void tst_Parts::serialsAreSharedByThreads()
{
    RevokedSerials revoked;
    std::thread writer([&] {
        for (int i = 0; i < 1000; ++i)
            revoked.add(std::to_string(i));
        revoked.replace({"a", "b"});
    });
    int hits = 0;
    for (int i = 0; i < 1000; ++i)
        hits += revoked.contains("a") ? 1 : 0;
    writer.join();
    QVERIFY(hits >= 0);
    QVERIFY(revoked.contains("a") && !revoked.contains("1"));
}

FB_TEST(tst_Parts)
#include "tst_parts.moc"
